/* /agent/guide/tirages/:tirage: one print run: its totals, who gets how many, and what was delivered. */
#include "audit/audit.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "db/id.h"
#include "distribution/pages.h"
#include "distribution/runs_html.h"
#include "http/seal.h"
#include "http/session.h"

#define RUN_ROUTE "/agent/guide/tirages/:tirage"
enum { DELIVERIES_A_PAGE = 25, ORGANISATIONS_MOST = 5000, CLOSE_MOST = 5 };

static enum err run_of(struct req *req, struct print_run_row *ret)
{
	i64 id;
	req->v.here = S("/agent/guide");
	return str_i64(req_param(req, "tirage"), &id) ? print_run_get(req->db, id, ret) : NOT_FOUND;
}

/* ---- the page ---- */

static enum err put_deliveries(struct req *req, struct run_page *page)
{
	const struct view *v = &req->v;
	struct print_delivery_line_list rows;
	i64 before = form_int(req, "avant", INT64_MAX);
	try(print_deliveries(req->db, (struct opt_i64){ page->row->id, true }, (struct opt_i64){ 0 }, before, DELIVERIES_A_PAGE, &rows));
	page->v = arena_many(req->a, struct delivery_line, rows.n + 1);
	for (; page->n < rows.n; page->n++) {
		const struct print_delivery_line *d = &rows.v[page->n];
		page->v[page->n] = (struct delivery_line){ d->id, d->organisation, iso_date_shown(v, d->day), d->dropped_at,
			number_shown(v->a, v->lang, d->quantity < 0 ? -d->quantity : d->quantity), d->reverses.set, d->taken_back > 0 };
	}
	if (rows.n == DELIVERIES_A_PAGE)
		page->older = str_printf(req->a, "/agent/guide/tirages/%lld?avant=%lld", (long long)page->row->id, (long long)rows.v[rows.n - 1].id);
	return OK;
}

/* From a request: its structure and number stand in the form already. */
static enum err put_request(struct req *req, struct run_page *page)
{
	struct print_request_row asked;
	enum err e = form_given(req, "demande") ? print_request_get(req->db, form_int(req, "demande", 0), &asked) : NOT_FOUND;
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	page->structure = asked.organisation;
	page->asked = asked.quantity;
	return OK;
}

static enum err show(struct req *req, const struct print_run_row *r)
{
	const struct view *v = &req->v;
	struct date day;
	struct run_page page = { .form = req->form, .row = r, .saved = req->method == GET && form_given(req, "fait") };
	page.title = _f("{1}, {2}", r->title, lang_words(v, r->lang));
	page.day = iso_date_shown(v, r->printed_on);
	if (date_parse(r->printed_on, &day))
		page.day_typed = str_printf(req->a, "%02d/%02d/%d", day.d, day.m, day.y);
	page.printed = number_shown(v->a, v->lang, r->quantity);
	page.delivered = number_shown(v->a, v->lang, r->delivered);
	page.rest = number_shown(v->a, v->lang, r->quantity - r->delivered);
	page.left = number_shown(v->a, v->lang, r->left_over);
	page.handed = number_shown(v->a, v->lang, r->delivered - r->left_over);
	try(put_request(req, &page));
	try(put_deliveries(req, &page));
	try(form_stamp(req, RUN_ROUTE));
	return run_html(&req->v, &page);
}

enum err run_show(struct req *req)
{
	struct print_run_row row;
	try(run_of(req, &row));
	return show(req, &row);
}

/* ---- finding the structure that is named ---- */

static str close_names(struct req *req, const struct print_organisation_row_list *all, str folded)
{
	str close[CLOSE_MOST];
	size_t n = 0;
	for (size_t i = 0; i < all->n && n < CLOSE_MOST && folded.n; i++)
		if (str_find(utf8_fold(req->a, all->v[i].name), folded) >= 0)
			close[n++] = all->v[i].name;
	return str_join(req->a, close, n, S(", "));
}

/* By its name whatever its case and accents; said in the form when there is none, or several. */
static enum err find_structure(struct req *req, i64 *ret)
{
	const struct view *v = &req->v;
	struct print_organisation_row_list all;
	str folded = utf8_fold(req->a, form_text(req, "structure"));
	size_t found = 0;
	if (!form_given(req, "structure")) {
		form_fail(req, "structure", _("Dites à quelle structure."));
		return OK;
	}
	try(print_organisations(req->db, ORGANISATIONS_MOST, &all));
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(utf8_fold(req->a, all.v[i].name), folded)) {
			*ret = all.v[i].id;
			found++;
		}
	str close = found ? S("") : close_names(req, &all, folded);
	if (found > 1)
		form_fail(req, "structure", _("Deux structures ont ce nom. Corrigez d’abord leurs fiches, pour qu’on les distingue."));
	else if (!found && close.n)
		form_fail(req, "structure", _f("Aucune structure n’a ce nom exact. Proches : {1}.", close));
	else if (!found)
		form_fail(req, "structure", _("Aucune structure n’a ce nom. Écrivez-le comme dans l’annuaire."));
	return OK;
}

/* ---- what is done ---- */

struct doing { struct req *req; struct print_run_row run; struct print_handover h; };

static str path_of(const struct doing *d)
{
	return str_printf(d->req->a, "/agent/guide/tirages/%lld?fait=1", (long long)d->run.id);
}

static enum err deliver_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	*ret_path = path_of(d);
	return print_deliver(db, &d->h);
}

static enum err take_back_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	*ret_path = path_of(d);
	return print_take_back(db, form_int(d->req, "annuler", 0), date_iso(d->req->a, today_paris()), d->req->session->user_id);
}

static enum err correct_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	struct req *req = d->req;
	str printer = form_text(req, "imprimeur");
	*ret_path = path_of(d);
	try(print_run_correct(db, d->run.id, form_int(req, "tires", 0), printer.p ? printer : S(""),
		form_given(req, "imprime") ? form_text(req, "imprime") : d->run.printed_on));
	if (!db_changes(db))
		return CONFLICT;
	return audit_write(db, &(struct audit){ .user_id = req->session->user_id, .action = "print.correct", .object = "print-run", .object_id = d->run.id,
		.detail = str_printf(req->a, "from=%lld, to=%lld", (long long)d->run.quantity, (long long)form_int(req, "tires", 0)) });
}

static enum err seal_name(struct req *req, struct print_handover *h)
{
	struct vault_item item = { str_printf(req->a, "print_delivery:received_enc:%lld", (long long)h->id), form_text(req, "recu") };
	return form_given(req, "recu") ? vault_seal(req, &item, 1, &h->received_enc) : OK;
}

static enum err deliver(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct date day = today_paris();
	str where = form_text(req, "depot");
	if (form_given(req, "jour") && date_parse(form_text(req, "jour"), &day) && date_days(day) > date_days(today_paris()))
		form_fail(req, "jour", _("Ce jour n’est pas encore venu."));
	if (!form_given(req, "quantite"))
		form_fail(req, "quantite", _("Dites combien d’exemplaires sont livrés."));
	try(find_structure(req, &d->h.organisation_id));
	if (!form_ok(req))
		return OK;
	d->h = (struct print_handover){ id_new(), d->run.id, d->h.organisation_id, form_int(req, "quantite", 0), req->session->user_id, d->run.lang,
		date_iso(req->a, day), where.p ? where : S(""), (str){ 0 } };
	try(seal_name(req, &d->h));
	enum err e = post_once(req, deliver_tx, d);
	if (e != CONFLICT)
		return e;
	try(run_of(req, &d->run));               /* how many are left now */
	form_fail(req, "quantite", _f("Il ne reste que {1} exemplaires de ce tirage à livrer.", number_shown(v->a, v->lang, d->run.quantity - d->run.delivered)));
	return OK;
}

static enum err take_back(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct print_delivery_row row;
	struct print_stock_row stock;
	try(print_delivery_get(req->db, form_int(req, "annuler", 0), &row));
	if (row.run_id != d->run.id)
		return NOT_FOUND;
	enum err e = post_once(req, take_back_tx, d);
	if (e != CONFLICT)
		return e;
	try(print_stock_of(req->db, row.run_id, row.organisation_id, &stock));
	form_fail(req, "annuler", _f("{1} a déjà distribué une partie de ces exemplaires : il lui en reste {2}. Demandez-lui d’abord ce qu’il en est.",
		row.organisation, number_shown(v->a, v->lang, stock.received - stock.handed)));
	return OK;
}

static enum err correct(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	if (!form_given(req, "tires")) {
		form_fail(req, "tires", _("Dites combien d’exemplaires sont imprimés."));
		return OK;
	}
	enum err e = post_once(req, correct_tx, d);
	if (e != CONFLICT)
		return e;
	form_fail(req, "tires", _f("{1} exemplaires sont déjà livrés : il ne peut pas y en avoir moins d’imprimés.",
		number_shown(v->a, v->lang, d->run.delivered)));
	return OK;
}

enum err run_act(struct req *req)
{
	struct doing d = { .req = req };
	str act = form_text(req, "geste");
	enum err e = OK;
	try(run_of(req, &d.run));
	if (form_ok(req))
		e = form_given(req, "annuler") ? take_back(req, &d) : str_eq(act, S("corriger")) ? correct(req, &d) : deliver(req, &d);
	if (form_ok(req) || e != OK)
		return e;
	form_refused(req);
	return show(req, &d.run);
}
