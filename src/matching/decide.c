/* What becomes of a proposal: pairs taken out or changed, all of it accepted, all of it undone. Devices are kept and let go in batches, each a
 * transaction that writes its result file by file: stopped at any moment, it goes on where it was, and does nothing twice. */
#include "audit/audit.h"
#include "matching/pages.h"

#define BATCH 200

static enum err write_down(struct db *db, const struct match_doing *d, const char *action, str detail)
{
	return audit_write(db, &(struct audit){ .user_id = d->who.user_id, .organisation_id = d->who.organisation_id, .action = action, .object = "wave",
		.object_id = d->wave_id, .detail = detail });
}

enum err match_begin(struct db *db, const struct match_doing *d)
{
	try(match_wave_begin(db, d->wave_id));
	try(match_wave_take(db, d->wave_id, d->version));
	return db_changes(db) ? OK : CONFLICT;
}

static enum err found(struct db *db, const struct match_doing *d, struct match_proposal_row *ret, bool *ret_last)
{
	struct match_proposal_row_list rows;
	try(match_proposals(db, d->wave_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].id == d->proposal_id) {
			*ret = rows.v[i];
			*ret_last = i == 0;
			return OK;
		}
	return CONFLICT;
}

/* The last of its wave, that nobody has accepted. */
static enum err undecided(struct db *db, const struct match_doing *d, i64 *ret_number)
{
	struct match_proposal_row p;
	bool last;
	try(found(db, d, &p, &last));
	*ret_number = p.number;
	return last && !p.accepted_at.set ? OK : CONFLICT;
}

/* ---- before it is accepted ---- */

enum err match_change(struct db *db, const struct match_doing *d, const struct match_changing *c)
{
	struct match_line_found_list others;
	struct device device;
	i64 number;
	try(undecided(db, d, &number));
	if (c->device_id) {
		try(stock_get(db, c->device_id, &device));
		try(match_line_with(db, d->proposal_id, c->device_id, c->file_id, &others));
		if (device.state != SS_IN_STOCK || device.organisation_id != d->who.organisation_id || others.n)
			return INVALID;
	}
	if (!c->device_id && !c->reason.n)
		try(match_change_clear(db, d->proposal_id, c->file_id));
	else
		try(match_change_put(db, d->proposal_id, c->file_id, (struct opt_i64){ c->device_id, c->device_id != 0 }, c->reason, d->who.user_id, now_ms()));
	return audit_write(db, &(struct audit){ .user_id = d->who.user_id, .organisation_id = d->who.organisation_id, .action = "matching.change", .object = "file",
		.object_id = c->file_id, .detail = str_printf(db_arena(db), "device=%lld reason=%.*s", (long long)c->device_id, STR_ARG(c->reason)) });
}

/* ---- batches ---- */

static enum err keep_one(struct db *db, const struct match_act_row *a, const struct match_to_keep_row *r)
{
	struct device d;
	try(stock_get(db, r->device_id, &d));
	bool moved = !str_eq(r->state, S("allocated")) || r->wave_id != a->wave_id || r->erased.set;
	bool taken = d.state != SS_IN_STOCK || d.organisation_id != a->organisation_id;
	str result = moved ? S("moved") : r->had.set ? S("has") : taken ? S("taken") : S("kept");
	if (!moved && !r->had.set && !taken)
		try(stock_reserve(db, &d, r->file_id, &(struct stock_doer){ a->user_id, a->organisation_id }));
	return match_kept_put(db, a->proposal_id, r->file_id, r->device_id, result, now_ms());
}

static enum err keep_batch(struct db *db, const struct match_act_row *a)
{
	struct match_to_keep_row_list rows;
	try(match_to_keep(db, a->proposal_id, BATCH, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(keep_one(db, a, &rows.v[i]));
	return rows.n < BATCH ? match_act_end(db, a->proposal_id, a->act) : OK;
}

static enum err release_batch(struct db *db, const struct match_act_row *a)
{
	struct match_to_release_row_list rows;
	try(match_to_release(db, a->proposal_id, BATCH, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		struct device d;
		try(stock_get(db, rows.v[i].device_id, &d));
		try(stock_release(db, &d, &(struct stock_doer){ a->user_id, a->organisation_id }));
		try(match_kept_release(db, a->proposal_id, rows.v[i].file_id, now_ms()));
	}
	return rows.n < BATCH ? match_act_end(db, a->proposal_id, a->act) : OK;
}

static enum err batch(struct db *db, const struct match_act_row *a)
{
	return str_eq(a->act, S("accepted")) ? keep_batch(db, a) : release_batch(db, a);
}

enum err match_follow(struct db *db)
{
	struct match_act_row a;
	try(match_act_due(db, &a));
	try(match_wave_hold(db, a.wave_id));
	return batch(db, &a);
}

/* ---- all of it ---- */

static enum err act(struct db *db, const struct match_doing *d, const char *code)
{
	try(match_act_put(db, d->proposal_id, str_c(code), d->who.user_id, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	return batch(db, &(struct match_act_row){ d->proposal_id, str_c(code), d->who.user_id, d->wave_id, d->who.organisation_id });
}

enum err match_accept(struct db *db, const struct match_doing *d)
{
	i64 number;
	try(match_begin(db, d));
	try(undecided(db, d, &number));
	try(act(db, d, "accepted"));
	return write_down(db, d, "matching.accept", str_printf(db_arena(db), "proposal=%lld", (long long)number));
}

enum err match_undo(struct db *db, const struct match_doing *d)
{
	struct match_proposal_row p;
	bool last;
	try(match_begin(db, d));
	try(found(db, d, &p, &last));
	if (!p.accepted_at.set || p.undone_at.set)
		return CONFLICT;
	try(match_act_end(db, d->proposal_id, S("accepted")));               /* what it has not kept yet, it keeps no more */
	try(act(db, d, "undone"));
	return write_down(db, d, "matching.undo", str_printf(db_arena(db), "proposal=%lld", (long long)p.number));
}

/* ---- a file moves ---- */

enum err matching_moved(struct db *db, const struct file *f, enum file_state to, const struct file_doer *who)
{
	struct devices of;
	if (f->state != FS_ALLOCATED || to == FS_HANDED_OVER)
		return OK;
	try(stock_of_file(db, f->id, &of));
	for (size_t i = 0; i < of.n; i++)
		if (of.v[i].state == SS_RESERVED)
			try(stock_release(db, &of.v[i], &(struct stock_doer){ who->user_id, of.v[i].organisation_id }));
	return OK;
}
