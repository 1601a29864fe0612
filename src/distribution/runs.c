/* /agent/guide/tirages: what was printed, who asks for more, who runs out. */
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "distribution/pages.h"
#include "distribution/runs_html.h"
#include "http/session.h"

#define RUNS_ROUTE "/agent/guide/tirages"
enum { RUNS_A_PAGE = 10, REQUESTS_SHOWN = 12, SCARCE_SHOWN = 12 };

/* ---- words ---- */

str lang_words(const struct view *v, str code)
{
	return choice_shown(v, lang_choices, code);
}

str day_words(const struct view *v, i64 ms)
{
	return date_shown(v, paris_of_ms(ms).date);
}

static str n_words(const struct view *v, i64 n)
{
	return number_shown(v->a, v->lang, n);
}

/* ---- the page ---- */

static str page_url(struct req *req, i64 page)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, RUNS_ROUTE "?page=%lld", (long long)page));
}

static enum err put_runs(struct req *req, struct runs_page *page)
{
	const struct view *v = &req->v;
	struct print_run_row_list rows;
	i64 total, at = form_int(req, "page", 1);
	try(print_runs_n(req->db, &total));
	try(print_runs(req->db, (at - 1) * RUNS_A_PAGE, RUNS_A_PAGE, &rows));
	page->pager = pager_of(at, total, RUNS_A_PAGE, page_url(req, at - 1), page_url(req, at + 1));
	page->runs.v = arena_many(req->a, struct run_line, rows.n + 1);
	for (; page->runs.n < rows.n; page->runs.n++) {
		const struct print_run_row *r = &rows.v[page->runs.n];
		page->runs.v[page->runs.n] = (struct run_line){ r->id, _f("{1}, {2}", r->title, lang_words(v, r->lang)), iso_date_shown(v, r->printed_on),
			n_words(v, r->quantity), n_words(v, r->delivered), n_words(v, r->quantity - r->delivered) };
	}
	return OK;
}

static enum err put_requests(struct req *req, struct runs_page *page)
{
	const struct view *v = &req->v;
	struct print_request_row_list rows;
	try(print_requests(req->db, (struct opt_i64){ 0 }, REQUESTS_SHOWN, &rows));
	page->requests.v = arena_many(req->a, struct request_line, rows.n + 1);
	for (; page->requests.n < rows.n; page->requests.n++) {
		const struct print_request_row *r = &rows.v[page->requests.n];
		i64 run = 0;
		enum err e = print_run_for(req->db, r->lang, &run);
		if (e != OK && e != NOT_FOUND)
			return e;
		page->requests.v[page->requests.n] = (struct request_line){ r->id, run, r->organisation, lang_words(v, r->lang), day_words(v, r->at), r->quantity };
	}
	return OK;
}

static enum err put_scarce(struct req *req, struct runs_page *page)
{
	const struct view *v = &req->v;
	struct print_stock_line_list rows;
	try(print_stocks(req->db, (struct opt_i64){ 0 }, 1, SCARCE_SHOWN, &rows));
	page->scarce.v = arena_many(req->a, struct scarce_line, rows.n + 1);
	for (; page->scarce.n < rows.n; page->scarce.n++) {
		const struct print_stock_line *r = &rows.v[page->scarce.n];
		page->scarce.v[page->scarce.n] = (struct scarce_line){ r->organisation_id, r->organisation, _f("{1}, {2}", r->title, lang_words(v, r->lang)),
			n_words(v, r->received - r->handed), n_words(v, r->received) };
	}
	return OK;
}

static enum err show(struct req *req)
{
	struct runs_page page = { .form = req->form, .saved = req->method == GET && form_given(req, "fait") };
	try(put_runs(req, &page));
	try(put_requests(req, &page));
	try(put_scarce(req, &page));
	req->v.here = S("/agent/guide");
	try(form_stamp(req, RUNS_ROUTE));
	return runs_html(&req->v, &page);
}

enum err runs_index(struct req *req)
{
	req->form->n_errors = 0;                 /* nobody has been asked yet */
	return show(req);
}

/* ---- what is done ---- */

static str text_or_empty(struct req *req, const char *name)
{
	str s = form_text(req, name);
	return s.p ? s : S("");
}

static enum err new_run_tx(struct db *db, void *arg, str *ret_path)
{
	struct req *req = arg;
	i64 id = id_new();
	str day = form_given(req, "jour") ? form_text(req, "jour") : date_iso(req->a, today_paris());
	*ret_path = str_printf(req->a, RUNS_ROUTE "/%lld", (long long)id);
	return print_run_add(db, &(struct print_order){ id, form_text(req, "guide"), form_text(req, "langue"), text_or_empty(req, "imprimeur"), day,
		form_int(req, "exemplaires", 0), req->session->user_id });
}

static enum err file_tx(struct db *db, void *arg, str *ret_path)
{
	struct req *req = arg;
	i64 id = form_int(req, "classer", 0);
	*ret_path = S(RUNS_ROUTE "?fait=1");
	try(print_request_settle(db, id, (struct opt_i64){ 0 }, S("refused"), now_ms()));
	if (!db_changes(db))
		return OK;                       /* it was settled already */
	return audit_write(db, &(struct audit){ .user_id = req->session->user_id, .action = "print.refuse", .object = "print-request", .object_id = id });
}

static void check_run(struct req *req)
{
	const struct view *v = &req->v;
	struct date day;
	if (!form_given(req, "guide"))
		form_fail(req, "guide", _("Dites quel guide est imprimé : Guide 2026, par exemple."));
	if (!form_given(req, "langue"))
		form_fail(req, "langue", _("Dites dans quelle langue."));
	if (!form_given(req, "exemplaires"))
		form_fail(req, "exemplaires", _("Dites combien d’exemplaires sont imprimés."));
	if (form_given(req, "jour") && date_parse(form_text(req, "jour"), &day) && date_days(day) > date_days(today_paris()))
		form_fail(req, "jour", _("Ce jour n’est pas encore venu."));
}

enum err runs_act(struct req *req)
{
	if (form_given(req, "classer") && form_ok(req))
		return post_once(req, file_tx, req);
	if (form_ok(req))
		check_run(req);
	if (form_ok(req))
		return post_once(req, new_run_tx, req);
	form_refused(req);
	return show(req);
}
