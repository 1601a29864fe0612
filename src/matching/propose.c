/* A proposal: what is free and what is asked for, read at one moment; matched in a sandboxed child; written whole with what it was made from. */
#include "audit/audit.h"
#include "base/json_out.h"
#include "base/log.h"
#include "db/id.h"
#include "matching/pages.h"

#define ARENA_MAX ((size_t)128 << 20)
#define LINES_MAX ((size_t)4 << 20)
#define LEASE_MS ((i64)150 * 1000)               /* longer than a child may live */
#define TRIES 2
#define FOLLOW_US 200000

struct proposing {
	const struct match_due_row *due;
	struct campaign c;
	struct match_wave_row wave;
	struct needs needs;
	struct devices free;
	struct match_sides sides, devices;
	struct match m;
	str needs_csv, devices_csv, digest, lines;
	bool failed;
};

static enum err read_tx(struct db *db, void *arg)
{
	struct proposing *p = arg;
	try(campaign_get(db, p->due->campaign_id, &p->c));
	try(match_asks_of(db, p->due->wave_id, &p->wave));
	try(match_needs_of(db, &p->wave, &p->needs));
	return stock_free_list(db, p->c.organisation_id, MATCH_MOST, &p->free);
}

static void put_sides(struct arena *a, struct proposing *p)
{
	p->sides.v = arena_many(a, struct match_side, p->needs.n + 1);
	for (; p->sides.n < p->needs.n; p->sides.n++)
		p->sides.v[p->sides.n] = p->needs.v[p->sides.n].side;
	p->devices.v = arena_many(a, struct match_side, p->free.n + 1);
	for (; p->devices.n < p->free.n; p->devices.n++)
		p->devices.v[p->devices.n] = match_device_of(&p->free.v[p->devices.n]);
}

static void put_line(struct json *j, struct arena *a, const struct need *n, const struct device *d, i64 cost)
{
	struct match_side side = { .id = S("") };
	json_open(j, '[');
	json_i64(j, n->file_id);
	json_i64(j, n->school_id);
	json_i64(j, d ? d->id : 0);
	json_str(j, match_need_text(a, &n->side));
	json_i64(j, cost);
	if (d)
		side = match_device_of(d);
	json_i64(j, d && match_falls_short(&side, &n->side));
	json_close(j, ']');
}

/* Each file once, with its device or without. */
static str lines_of(struct arena *a, const struct proposing *p)
{
	const struct match_pair **of = arena_many(a, const struct match_pair *, p->needs.n + 1);
	struct buf b = buf_new(a, LINES_MAX);
	struct json j = json_new(&b);
	for (size_t i = 0; i < p->m.n; i++)
		of[p->m.v[i].need] = &p->m.v[i];
	json_open(&j, '[');
	for (size_t i = 0; i < p->needs.n; i++)
		put_line(&j, a, &p->needs.v[i], of[i] ? &p->free.v[of[i]->device] : NULL, of[i] ? of[i]->cost : MATCH_NOTHING);
	json_close(&j, ']');
	return buf_str(&b);
}

/* Before anything is written: a device given twice, or a file that has two, would be a fault of the engine's. */
static enum err sound(struct arena *a, const struct proposing *p)
{
	bool *device = arena_many(a, bool, p->free.n + 1), *need = arena_many(a, bool, p->needs.n + 1);
	for (size_t i = 0; i < p->m.n; i++) {
		const struct match_pair *x = &p->m.v[i];
		if (device[x->device] || need[x->need] || x->cost != match_cost(&p->devices.v[x->device], &p->sides.v[x->need]) || x->cost == MATCH_NEVER)
			return INTERNAL;
		device[x->device] = need[x->need] = true;
	}
	return OK;
}

static enum err compute(struct db *db, struct arena *a, struct proposing *p)
{
	try(db_read(db, read_tx, p));
	put_sides(a, p);
	p->needs_csv = match_csv(a, p->sides);
	p->devices_csv = match_csv(a, p->devices);
	p->digest = draw_digest(a, str_printf(a, "%.*s%.*s", STR_ARG(p->devices_csv), STR_ARG(p->needs_csv)));
	try(match_apart(a, p->devices, p->sides, &p->m));
	try(sound(a, p));
	p->lines = lines_of(a, p);
	return OK;
}

static enum err write_tx(struct db *db, void *arg)
{
	const struct proposing *p = arg;
	struct match_proposal_row_list before;
	i64 wave_id = p->due->wave_id, id = id_new(), user = p->due->asked_by.set ? p->due->asked_by.v : 0;
	try(match_wave_end(db, wave_id, p->failed));
	if (!db_changes(db))
		return NOT_FOUND;                /* somebody else has made it meanwhile */
	if (p->failed)
		return OK;
	try(match_proposals(db, wave_id, &before));
	i64 number = before.n ? before.v[0].number + 1 : 1;
	try(match_proposal_put(db, id, wave_id, number, p->devices_csv, p->needs_csv, p->digest, p->m.cost, user, now_ms()));
	try(match_lines_put(db, id, p->lines));
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = p->c.organisation_id, .action = "matching.propose", .object = "wave",
		.object_id = wave_id, .detail = str_printf(db_arena(db), "proposal=%lld files=%zu devices=%zu pairs=%zu", (long long)number, p->needs.n, p->free.n,
		p->m.n) });
}

enum err match_propose(struct db *db, const struct match_due_row *due)
{
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_MAX);
	struct arena *ours = db_arena(db);
	struct proposing p = { .due = due };
	db_use_arena(db, a);
	enum err e = compute(db, a, &p);
	if (e != OK)
		log_line(LOG_WARN, "devices not matched", "wave=%lld err=%s", (long long)due->wave_id, err_name(e));
	p.failed = e != OK;
	if (e == OK || e == INVALID || due->tries + 1 >= TRIES)
		e = db_tx(db, write_tx, &p);
	db_use_arena(db, ours);
	return e == NOT_FOUND ? OK : e;
}

/* ---- for the jobs process ---- */

struct claiming { i64 wave_id; };

static enum err claim_tx(struct db *db, void *arg)
{
	i64 now = now_ms();
	try(match_wave_claim(db, ((const struct claiming *)arg)->wave_id, now, now + LEASE_MS));
	return db_changes(db) ? OK : NOT_FOUND;
}

static enum err follow_tx(struct db *db, void *arg)
{
	(void)arg;
	return match_follow(db);
}

enum err matching_step(struct db *db)
{
	struct match_due_row due;
	struct match_act_row act;
	enum err e = match_act_due(db, &act);
	for (i64 until = mono_us() + FOLLOW_US; e == OK && mono_us() < until; e = match_act_due(db, &act))
		try(db_tx(db, follow_tx, NULL));
	if (e != NOT_FOUND)
		return e;
	try(match_wave_due(db, now_ms(), &due));
	e = db_tx(db, claim_tx, &(struct claiming){ due.wave_id });
	if (e != OK)
		return e == NOT_FOUND ? OK : e;  /* another process was faster */
	return match_propose(db, &due);
}
