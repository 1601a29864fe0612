/* /agent/guide/stock: what a structure has had, what it says is left, what it asks for. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "distribution/pages.h"
#include "distribution/stock_html.h"
#include "http/session.h"

#define STOCK_ROUTE "/agent/guide/stock/:organisation"
enum { STOCKS_SHOWN = 20, REQUESTS_SHOWN = 10, DELIVERIES_SHOWN = 20 };

/* ---- which structure ---- */

enum err stock_doors(struct req *req)
{
	const struct grants *g = req->session->grants;
	struct stock_doors doors = { .v = arena_many(req->a, struct stock_door, g->n + 1) };
	struct print_organisation_row row;
	req->v.here = S("/agent/guide/stock");
	for (size_t i = 0; i < g->n; i++) {
		if (!accounts_may_in(req, CAP_PLACES, g->v[i].organisation_id))
			continue;
		try(print_organisation(req->db, g->v[i].organisation_id, &row));
		doors.v[doors.n++] = (struct stock_door){ row.id, row.name };
	}
	if (doors.n == 1)
		return resp_redirect(req, str_printf(req->a, "/agent/guide/stock/%lld", (long long)doors.v[0].id));
	return stock_doors_html(&req->v, &doors);
}

/* ---- one of them ---- */

static enum err put_stocks(struct req *req, struct stock_page *page)
{
	const struct view *v = &req->v;
	struct print_stock_line_list rows;
	try(print_stocks(req->db, (struct opt_i64){ page->organisation_id, true }, 0, STOCKS_SHOWN, &rows));
	page->stocks.v = arena_many(req->a, struct stock_line, rows.n + 1);
	for (; page->stocks.n < rows.n; page->stocks.n++) {
		const struct print_stock_line *r = &rows.v[page->stocks.n];
		page->stocks.v[page->stocks.n] = (struct stock_line){ r->run_id, _f("{1}, {2}", r->title, lang_words(v, r->lang)),
			number_shown(v->a, v->lang, r->received), number_shown(v->a, v->lang, r->received - r->handed),
			r->told_at.set ? day_words(v, r->told_at.v) : S(""), form_int(req, "tirage", 0) == r->run_id };
	}
	return OK;
}

static enum err put_requests(struct req *req, struct stock_page *page)
{
	struct print_request_row_list rows;
	try(print_requests(req->db, (struct opt_i64){ page->organisation_id, true }, REQUESTS_SHOWN, &rows));
	page->requests.v = arena_many(req->a, struct request_line, rows.n + 1);
	for (; page->requests.n < rows.n; page->requests.n++) {
		const struct print_request_row *r = &rows.v[page->requests.n];
		page->requests.v[page->requests.n] = (struct request_line){ r->id, 0, r->organisation, lang_words(&req->v, r->lang), day_words(&req->v, r->at), r->quantity };
	}
	return OK;
}

static enum err put_deliveries(struct req *req, struct stock_page *page)
{
	const struct view *v = &req->v;
	struct print_delivery_line_list rows;
	try(print_deliveries(req->db, (struct opt_i64){ 0 }, (struct opt_i64){ page->organisation_id, true }, INT64_MAX, DELIVERIES_SHOWN, &rows));
	page->deliveries.v = arena_many(req->a, struct delivery_line, rows.n + 1);
	for (; page->deliveries.n < rows.n; page->deliveries.n++) {
		const struct print_delivery_line *d = &rows.v[page->deliveries.n];
		page->deliveries.v[page->deliveries.n] = (struct delivery_line){ d->id, _f("{1}, {2}", d->title, lang_words(v, d->lang)), iso_date_shown(v, d->day),
			d->dropped_at, number_shown(v->a, v->lang, d->quantity < 0 ? -d->quantity : d->quantity), d->reverses.set, d->taken_back > 0 };
	}
	return OK;
}

static enum err organisation_of(struct req *req, struct stock_page *page)
{
	struct print_organisation_row row;
	i64 id;
	if (!str_i64(req_param(req, "organisation"), &id))
		return NOT_FOUND;
	try(print_organisation(req->db, id, &row));
	page->organisation_id = row.id;
	page->organisation = row.name;
	req->v.here = session_may(req->session, CAP_NETWORK) ? S("/agent/guide") : S("/agent/guide/stock");
	return OK;
}

static enum err show(struct req *req)
{
	struct stock_page page = { .form = req->form, .saved = req->method == GET && form_given(req, "fait") };
	try(organisation_of(req, &page));
	try(put_stocks(req, &page));
	try(put_requests(req, &page));
	try(put_deliveries(req, &page));
	try(form_stamp(req, STOCK_ROUTE));
	return stock_html(&req->v, &page);
}

enum err stock_show(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

/* ---- what is done ---- */

struct telling { struct req *req; i64 organisation; };

static str path_of(const struct telling *t)
{
	return str_printf(t->req->a, "/agent/guide/stock/%lld?fait=1", (long long)t->organisation);
}

static enum err left_tx(struct db *db, void *arg, str *ret_path)
{
	const struct telling *t = arg;
	*ret_path = path_of(t);
	return print_left(db, form_int(t->req, "tirage", 0), t->organisation, form_int(t->req, "reste", 0), t->req->session->user_id);
}

static enum err line(struct db *db, const struct telling *t, const char *action, i64 n)
{
	return audit_write(db, &(struct audit){ .user_id = t->req->session->user_id, .organisation_id = t->organisation, .action = action,
		.object = "organisation", .object_id = t->organisation, .detail = str_printf(t->req->a, "n=%lld", (long long)n) });
}

static enum err ask_tx(struct db *db, void *arg, str *ret_path)
{
	const struct telling *t = arg;
	i64 n = form_int(t->req, "besoin", 0);
	*ret_path = path_of(t);
	try(print_request_put(db, id_new(), t->organisation, form_text(t->req, "langue"), n, now_ms(), t->req->session->user_id));
	return line(db, t, "print.ask", n);
}

static enum err drop_tx(struct db *db, void *arg, str *ret_path)
{
	const struct telling *t = arg;
	*ret_path = path_of(t);
	try(print_request_settle(db, form_int(t->req, "retirer", 0), (struct opt_i64){ t->organisation, true }, S("dropped"), now_ms()));
	return db_changes(db) ? line(db, t, "print.drop", 0) : OK;
}

static enum err tell_left(struct req *req, struct telling *t)
{
	const struct view *v = &req->v;
	struct print_stock_row stock;
	if (!form_given(req, "reste"))
		form_fail(req, "reste", _("Dites combien il en reste ; zéro s’il n’y en a plus."));
	if (!form_given(req, "tirage"))
		form_fail(req, "tirage", _("Choisissez un guide de la liste."));
	if (!form_ok(req))
		return OK;
	enum err e = post_once(req, left_tx, t);
	if (e != CONFLICT)
		return e;
	e = print_stock_of(req->db, form_int(req, "tirage", 0), t->organisation, &stock);
	if (e == OK)
		form_fail(req, "reste", _f("On vous en a livré {1} : il ne peut pas en rester plus.", number_shown(v->a, v->lang, stock.received)));
	else
		form_fail(req, "tirage", _("Choisissez un guide de la liste."));
	return e == NOT_FOUND ? OK : e;
}

static enum err ask_for_more(struct req *req, struct telling *t)
{
	const struct view *v = &req->v;
	if (!form_given(req, "besoin"))
		form_fail(req, "besoin", _("Dites combien il vous en faut."));
	if (!form_given(req, "langue"))
		form_fail(req, "langue", _("Dites dans quelle langue."));
	return form_ok(req) ? post_once(req, ask_tx, t) : OK;
}

enum err stock_act(struct req *req)
{
	struct stock_page page = { .form = req->form };
	str act = form_text(req, "geste");
	enum err e = OK;
	try(organisation_of(req, &page));
	struct telling t = { req, page.organisation_id };
	if (form_ok(req))
		e = form_given(req, "retirer") ? post_once(req, drop_tx, &t) : str_eq(act, S("reste")) ? tell_left(req, &t) : ask_for_more(req, &t);
	if (form_ok(req) || e != OK)
		return e;
	form_refused(req);
	return show(req);
}
