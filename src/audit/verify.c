/* Verifying the audit log: the chain is computed again from the rows and compared with its seals, one link after the other. */
#include "audit/audit.h"

#include "audit/chain.h"
#include "base/timex.h"
#include "db/id.h"

#define EARLY_SLACK_MS ((i64)24 * 3600 * 1000)

const char *audit_fault_name(enum audit_fault f)
{
	static const char *const names[] = {
		[AUDIT_SOUND] = "sound", [AUDIT_ROW_CHANGED] = "row changed", [AUDIT_ROW_MISSING] = "row missing", [AUDIT_ROW_UNSEALED] = "row never sealed",
		[AUDIT_SEAL_CHANGED] = "seal changed", [AUDIT_SEAL_MISSING] = "seal missing", [AUDIT_CUT] = "chain cut at its end",
		[AUDIT_FORGOTTEN_EARLY] = "rows forgotten before a year", [AUDIT_HEAD_LOST] = "the head noted earlier is not in the chain",
	};
	return names[f];
}

struct verifying {
	struct arena *a;
	struct audit_report *r;
	const struct audit_noted *noted;
	struct audit_head_row head;
	u8 before[AUDIT_HASH];
	bool noted_seen;
	/* a link that does not fit: its row was changed, or its seal; the next link tells */
	bool doubt;
	u8 wanted[AUDIT_HASH];
};

static void fault(struct verifying *v, enum audit_fault f, i64 id, i64 position)
{
	if (v->r->fault)
		return;
	v->r->fault = f;
	v->r->id = id;
	v->r->fault_position = position;
}

static struct audit_row row_of(const struct audit_link *l)
{
	return (struct audit_row){ l->id.v, l->at.v, l->user_id, l->organisation_id, l->action, l->object, l->object_id, l->detail };
}

static str hash_of(const u8 *h, i64 position)
{
	return position ? (str){ (const char *)h, AUDIT_HASH } : S("");
}

/* The link before did not fit. When this one follows from the hash that should have been there, that seal was changed;
 * otherwise its row was. */
static void settle_doubt(struct verifying *v, const struct audit_link *l)
{
	u8 hash[AUDIT_HASH];
	struct audit_row row = row_of(l);
	if (!v->doubt)
		return;
	v->doubt = false;
	if (l->id.set)
		audit_link_hash(v->a, hash_of(v->wanted, l->position - 1), &row, hash);
	if (l->id.set && str_eq((str){ (const char *)hash, AUDIT_HASH }, l->hash))
		v->r->fault = AUDIT_SEAL_CHANGED;
}

static void check_link(struct verifying *v, const struct audit_link *l)
{
	struct audit_row row = row_of(l);
	if (!l->id.set && l->audit_id < v->head.forgotten_before) {
		v->r->forgotten++;
		return;
	}
	if (!l->id.set) {
		fault(v, AUDIT_ROW_MISSING, l->audit_id, l->position);
		return;
	}
	v->r->rows++;
	audit_link_hash(v->a, hash_of(v->before, l->position - 1), &row, v->wanted);
	if (v->r->fault || str_eq((str){ (const char *)v->wanted, AUDIT_HASH }, l->hash))
		return;
	fault(v, AUDIT_ROW_CHANGED, l->audit_id, l->position);
	v->doubt = true;
}

static enum err on_link(void *arg, const struct audit_link *l)
{
	struct verifying *v = arg;
	struct audit_report *r = v->r;
	if (l->position != r->position + 1 || l->hash.n != AUDIT_HASH) {
		fault(v, l->hash.n != AUDIT_HASH ? AUDIT_SEAL_CHANGED : AUDIT_SEAL_MISSING, 0, r->position + 1);
		return CONFLICT;
	}
	settle_doubt(v, l);
	check_link(v, l);
	r->position = l->position;
	r->sealed++;
	memcpy(v->before, l->hash.p, AUDIT_HASH);
	if (v->noted && v->noted->position == l->position)
		v->noted_seen = memcmp(v->noted->hash, v->before, AUDIT_HASH) == 0;
	return OK;
}

static void check_ends(struct verifying *v)
{
	struct audit_report *r = v->r;
	if (v->doubt && str_eq(v->head.hash, (str){ (const char *)v->wanted, AUDIT_HASH }))
		r->fault = AUDIT_SEAL_CHANGED;       /* of the last: the head remembers what it was */
	if (v->head.position != r->position || !str_eq(v->head.hash, hash_of(v->before, r->position)))
		fault(v, AUDIT_CUT, 0, r->position < v->head.position ? r->position + 1 : v->head.position);
	if (v->head.forgotten_before && id_at(v->head.forgotten_before) > now_ms() - AUDIT_KEEP_MS + EARLY_SLACK_MS)
		fault(v, AUDIT_FORGOTTEN_EARLY, 0, 0);
	if (v->noted && !v->noted_seen)
		fault(v, AUDIT_HEAD_LOST, 0, v->noted->position);
}

static enum err verify_tx(struct db *db, void *arg)
{
	struct verifying *v = arg;
	struct audit_stray stray;
	try(audit_head_read(db, &v->head));
	enum err e = audit_links(db, on_link, v);
	if (e != OK && !(e == CONFLICT && v->r->fault))
		return e;
	if (e == OK)
		check_ends(v);
	memcpy(v->r->hash, v->before, AUDIT_HASH);
	try(audit_pending_count(db, &v->r->pending));
	e = audit_strays(db, &stray);
	if (e == OK)
		fault(v, AUDIT_ROW_UNSEALED, stray.id, 0);
	if (e == OK || e == NOT_FOUND)
		e = audit_lost(db, &stray);
	if (e == OK)
		fault(v, AUDIT_ROW_MISSING, stray.id, 0);
	return e == NOT_FOUND ? OK : e;
}

enum err audit_verify(struct db *db, const struct audit_noted *noted, struct audit_report *ret)
{
	*ret = (struct audit_report){ 0 };
	cleanup(arena_freep) struct arena *a = arena_new(1 << 16);
	struct verifying v = { .a = a, .r = ret, .noted = noted, .noted_seen = false };
	return db_read(db, verify_tx, &v);
}
