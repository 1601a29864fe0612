/* How a loan ends, in the database: the computer comes back, is lost or stolen, is found again; and mistakes taken back. */
#include "aftersales/pages.h"
#include "audit/audit.h"
#include "db/id.h"

static struct loan_end end_of_row(const struct care_end_row *r)
{
	return (struct loan_end){ .id = r->id, .file_id = r->file_id, .household_id = r->household_id, .device_id = r->device_id.set ? r->device_id.v : 0,
		.version = r->version, .spare = r->spare != 0, .kind = r->kind, .reason = r->reason, .day = r->day, .key = r->key_enc, .sealed = r->report_enc,
		.state = r->state, .state_day = r->state_day };
}

enum err end_of_file(struct db *db, i64 file_id, bool lost, struct loan_end *ret)
{
	struct care_end_row_list rows;
	try(care_ends_of_file(db, file_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].state, S("noted")) && str_eq(rows.v[i].kind, S("returned")) != lost) {
			*ret = end_of_row(&rows.v[i]);
			return OK;
		}
	return NOT_FOUND;
}

static enum err tell(struct db *db, const struct loan_end *e, const char *what, const struct file_doer *who)
{
	return audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id, .action = "aftersales.loan-end", .object = "file",
		.object_id = e->file_id, .detail = str_printf(db_arena(db), "kind=%.*s what=%s", STR_ARG(e->kind), what) });
}

/* The file goes back to its step when this was it; a spare computer never moved it. */
static enum err unstep(struct db *db, const struct file *f, const struct loan_end *e, const struct file_doer *who)
{
	return e->spare ? OK : file_step_undo(db, f, str_eq(e->kind, S("returned")) ? FS_RETURNED : FS_LOST, S("mistake"), who);
}

static enum err close_end(struct db *db, const struct loan_end *e, const char *state, str day)
{
	try(care_end_move(db, e->id, e->version, str_c(state), day));
	return db_changes(db) ? OK : CONFLICT;
}

enum err end_note(struct db *db, const struct file *f, const struct loan_end *e, const struct file_doer *who)
{
	bool returned = str_eq(e->kind, S("returned"));
	struct stock_doer doer = { who->user_id, who->organisation_id };
	struct device d;
	if (e->device_id) {
		try(stock_get(db, e->device_id, &d));
		if (d.state != SS_LENT || d.file_id != f->id)
			return INVALID;
		try(stock_back(db, &d, returned ? SS_RETURNED : SS_LOST, e->day, returned ? S("finished") : e->kind, &doer));
	}
	try(care_end_insert(db, e->id, f->id, e->household_id, (struct opt_i64){ .v = e->device_id, .set = e->device_id != 0 }, e->spare, e->kind, e->reason, e->day,
		e->sealed, who->user_id, now_ms()));
	if (!e->spare)
		try(file_step_make(db, f, returned ? FS_RETURNED : FS_LOST, e->day, e->reason, who));
	return tell(db, e, "noted", who);
}

/* To the family again, from where this end left it. INVALID: it is elsewhere by now. */
static enum err lend_again(struct db *db, const struct loan_end *e, str day, const struct file_doer *who)
{
	struct stock_doer doer = { who->user_id, who->organisation_id };
	struct device d;
	try(stock_get(db, e->device_id, &d));
	if (d.state != (str_eq(e->kind, S("returned")) ? SS_RETURNED : SS_LOST))
		return INVALID;
	try(stock_move(db, &d, SS_IN_STOCK, S("mistake"), &doer));
	try(stock_get(db, e->device_id, &d));
	return stock_lend(db, &d, &(struct stock_loan){ .file_id = e->file_id, .from_day = day }, &doer);
}

enum err end_undo(struct db *db, const struct file *f, const struct loan_end *e, const struct file_doer *who)
{
	str today = date_iso(db_arena(db), today_paris());
	if (e->spare)
		return INVALID;                  /* it is found, or it is not */
	try(close_end(db, e, "undone", today));
	if (e->device_id)
		try(lend_again(db, e, today, who));
	try(unstep(db, f, e, who));
	return tell(db, e, "undone", who);
}

enum err end_found(struct db *db, const struct file *f, const struct loan_end *e, bool kept, str day, const struct file_doer *who)
{
	struct device d;
	if (str_eq(e->kind, S("returned")) || (kept && e->spare))
		return INVALID;
	try(close_end(db, e, kept ? "found_kept" : "found", day));
	if (kept) {
		if (e->device_id)
			try(lend_again(db, e, day, who));
		try(file_step_make(db, f, FS_FOLLOWED, day, S("recovered"), who));
	} else if (e->device_id) {
		try(stock_get(db, e->device_id, &d));
		if (d.state != SS_LOST)
			return INVALID;
		try(stock_move(db, &d, SS_RETURNED, S("found"), &(struct stock_doer){ who->user_id, who->organisation_id }));
	}
	return tell(db, e, kept ? "found-kept" : "found", who);
}
