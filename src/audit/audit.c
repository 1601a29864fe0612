/* Writing the audit log, sealing it, forgetting what is a year old; see audit.h. */
#include "audit/audit.h"

#include <sodium.h>

#include "audit/chain.h"
#include "base/pack.h"
#include "base/timex.h"
#include "db/id.h"

#define BATCH 500                                /* rows a transaction: the write lock is held for milliseconds */
#define LINK_MAX 4096

/* ---- writing ---- */

/* Lower-case words of ours: a name, an address or a sentence has other signs. */
static bool ours(str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c && strchr("._-", c)) || (c && strchr(more, c))))
			return false;
	}
	return true;
}

static struct opt_i64 some(i64 v)
{
	return (struct opt_i64){ v, v != 0 };
}

/* Its detail, once its words are known to be ours. */
static str checked(const struct audit *a)
{
	str action = str_c(a->action), detail = a->detail.p ? a->detail : S("");
	assert(action.n && ours(action, "") && ours(str_c(a->object), "") && ours(detail, "=,:+/ ") && detail.n <= AUDIT_DETAIL_MAX);
	return detail;
}

enum err audit_write(struct db *db, const struct audit *a)
{
	i64 id = id_new();
	str detail = checked(a);
	try(audit_put(db, id, now_ms(), some(a->user_id), some(a->organisation_id), str_c(a->action), str_c(a->object), some(a->object_id), detail));
	return audit_pending_put(db, id);
}

enum err audit_write_each(struct db *db, const struct audit *a, const i64 *object_ids, size_t n)
{
	str detail = checked(a);
	i64 *rows = arena_many(db_arena(db), i64, 2 * n + 1), *ids = arena_many(db_arena(db), i64, n + 1);
	for (size_t i = 0; i < n; i++) {
		rows[2 * i] = ids[i] = id_new();
		rows[2 * i + 1] = object_ids[i];
	}
	try(audit_put_each(db, ids_json(db_arena(db), rows, n, 2), now_ms(), some(a->user_id), some(a->organisation_id), str_c(a->action), str_c(a->object),
		detail));
	return audit_pending_put_each(db, ids_json(db_arena(db), ids, n, 1));
}

/* ---- the chain ---- */

static void pack_opt(struct buf *b, struct opt_i64 v)
{
	pack_i64(b, v.set);
	pack_i64(b, v.set ? v.v : 0);
}

void audit_link_hash(struct arena *a, str before, const struct audit_row *row, u8 ret[AUDIT_HASH])
{
	struct arena_mark mark = arena_mark(a);
	struct buf b = buf_new(a, LINK_MAX);
	pack_str(&b, before);
	pack_i64(&b, row->id);
	pack_i64(&b, row->at);
	pack_opt(&b, row->user_id);
	pack_opt(&b, row->organisation_id);
	pack_str(&b, row->action);
	pack_str(&b, row->object);
	pack_opt(&b, row->object_id);
	pack_str(&b, row->detail);
	crypto_generichash(ret, AUDIT_HASH, (const u8 *)b.p, b.n, NULL, 0);
	arena_rewind(a, mark);
}

struct sealing { i64 most, n; };

static enum err seal_tx(struct db *db, void *arg)
{
	struct sealing *s = arg;
	struct audit_head_row head;
	struct audit_row_list rows;
	u8 hash[AUDIT_HASH];
	try(audit_head_hold(db, &head));
	try(audit_to_seal(db, s->most, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		audit_link_hash(db_arena(db), head.hash, &rows.v[i], hash);
		head.hash = str_copy(db_arena(db), (str){ (const char *)hash, sizeof(hash) });
		try(audit_seal_put(db, ++head.position, rows.v[i].id, head.hash));
	}
	s->n = (i64)rows.n;
	if (!rows.n)
		return OK;
	try(audit_pending_done(db, head.position - s->n));
	return audit_head_set(db, head.position, head.hash);
}

enum err audit_seal_some(struct db *db, i64 most, i64 *ret_n)
{
	struct sealing s = { .most = most };
	i64 any = 0;
	*ret_n = 0;
	try(audit_pending_any(db, &any));
	if (!any)
		return OK;
	try(db_tx(db, seal_tx, &s));
	*ret_n = s.n;
	return OK;
}

enum err audit_seal_all(struct db *db)
{
	i64 n = BATCH;
	while (n == BATCH) {
		struct arena_mark mark = arena_mark(db_arena(db));
		try(audit_seal_some(db, BATCH, &n));
		arena_rewind(db_arena(db), mark);
	}
	return OK;
}

enum err audit_forget(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	i64 last = 0;
	*ret_n = 0;
	try(audit_forget_until(db, before, most, &last));
	if (!last)
		return OK;
	try(audit_forgotten_set(db, last + 1));
	try(audit_delete(db, last + 1));
	*ret_n = db_changes(db);
	return OK;
}
