/* What may happen to copies: each step is one guarded update, so that totals hold whoever else is at it; see distribution.h. */
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "distribution/pages.h"

static enum err line(struct db *db, i64 user, i64 organisation, const char *action, const char *object, i64 id, str detail)
{
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = organisation, .action = action, .object = object, .object_id = id,
		.detail = detail });
}

static struct opt_i64 by(i64 user) { return (struct opt_i64){ user, user != 0 }; }
static str number(struct db *db, i64 n) { return str_printf(db_arena(db), "n=%lld", (long long)n); }

enum err print_run_add(struct db *db, const struct print_order *o)
{
	try(print_run_put(db, o->id, o->title, o->lang, o->quantity, o->printer, o->day, now_ms(), by(o->user_id)));
	return line(db, o->user_id, 0, "print.run", "print-run", o->id, number(db, o->quantity));
}

enum err print_deliver(struct db *db, const struct print_handover *h)
{
	struct opt_i64 request = { 0 };
	i64 now = now_ms();
	try(print_run_take(db, h->run_id, h->quantity));
	if (!db_changes(db))
		return CONFLICT;
	enum err e = print_request_open_of(db, h->organisation_id, h->lang, &request.v);
	if (e != OK && e != NOT_FOUND)
		return e;
	request.set = e == OK;
	try(print_stock_add(db, h->run_id, h->organisation_id, h->quantity));
	try(print_delivery_put(db, h->id, h->run_id, h->organisation_id, h->quantity, h->day, h->where, h->received_enc, now, by(h->user_id), request));
	if (request.set)
		try(print_request_settle(db, request.v, (struct opt_i64){ 0 }, S("done"), now));
	return line(db, h->user_id, h->organisation_id, "print.deliver", "print-delivery", h->id, number(db, h->quantity));
}

enum err print_take_back(struct db *db, i64 delivery, str day, i64 user_id)
{
	struct print_delivery_row d;
	try(print_delivery_get(db, delivery, &d));
	if (d.quantity < 0)
		return NOT_FOUND;
	try(print_delivery_reverse(db, id_new(), delivery, day, now_ms(), user_id));
	if (!db_changes(db))
		return OK;                       /* it was taken back already */
	try(print_stock_take(db, d.run_id, d.organisation_id, d.quantity));
	if (!db_changes(db))
		return CONFLICT;
	try(print_run_give_back(db, d.run_id, d.quantity));
	if (d.request_id.set)
		try(print_request_reopen(db, d.request_id.v));
	return line(db, user_id, d.organisation_id, "print.take-back", "print-delivery", delivery, number(db, d.quantity));
}

enum err print_left(struct db *db, i64 run, i64 organisation, i64 left, i64 user_id)
{
	try(print_stock_tell(db, run, organisation, left, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	return line(db, user_id, organisation, "print.left", "print-run", run, number(db, left));
}

enum err print_forget_names(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(print_names_forget(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}
