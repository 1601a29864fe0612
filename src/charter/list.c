/* Charters to be signed, school by school: the list to take to a meeting, all of them prepared at once, all of them on paper. */
#include "accounts/accounts.h"
#include "base/csv.h"
#include "charter/list_html.h"
#include "charter/sheet_html.h"
#include "charter/show.h"
#include "http/session.h"
#include "schools/schools.h"

#define LIST_ROUTE CHARTER_ROUTE "/a-signer"
#define CSV_MOST 200

struct listing {
	struct req *req;
	struct campaign c;
	i64 school_id;
	struct charter_to_sign_row_list rows;
	struct household *h;                     /* of each row, names opened */
	const char *why;
};

/* The families, opened and written down as seen. */
static enum err open_all(struct listing *l)
{
	i64 *roots = arena_many(l->req->a, i64, l->rows.n + 1);
	l->h = arena_many(l->req->a, struct household, l->rows.n + 1);
	for (size_t i = 0; i < l->rows.n; i++)
		roots[i] = l->rows.v[i].root;
	return households_shown(l->req, l->c.organisation_id, roots, l->rows.n, false, l->why, l->h);
}

/* The school that was chosen, by its code; of the campaign or not, only its own families are read. */
static enum err read_rows(struct req *req, bool only_prepared, i64 most, const char *why, struct listing *l)
{
	*l = (struct listing){ .req = req, .why = why };
	struct school s;
	try(campaign_of(req, &l->c));
	if (form_given(req, "ecole")) {
		enum err e = school_by_uai(req->db, form_text(req, "ecole"), &s);
		if (e != OK && e != NOT_FOUND)
			return e;
		l->school_id = e == OK ? s.id : -1;
	}
	return charter_to_sign(req->db, l->c.id, l->school_id, only_prepared, most, &l->rows);
}

static str first_school(const struct charter_to_sign_row *r) { return r->school.p ? r->school : S(""); }

static str state_words(const struct view *v, const struct charter_to_sign_row *r)
{
	enum lang lang = LANG_FR;
	if (!r->act_id.set)
		return _("à préparer");
	(void)charter_lang_of(r->act_lang, &lang);
	str langs_said = lang == LANG_FR ? _("français seul") : _f("français et {1}", charter_lang_label(v, lang));
	return _f("préparée ({1})", langs_said);
}

static enum err put_schools(struct listing *l, struct charter_list_page *page)
{
	struct req *req = l->req;
	struct charter_school_row_list rows;
	try(charter_schools(req->db, l->c.id, &rows));
	page->schools.v = arena_many(req->a, struct option, rows.n + 1);
	for (; page->schools.n < rows.n; page->schools.n++)
		page->schools.v[page->schools.n] = (struct option){ str_z(req->a, rows.v[page->schools.n].uai), rows.v[page->schools.n].school,
			str_eq(rows.v[page->schools.n].uai, form_text(req, "ecole")) };
	return OK;
}

static void put_lines(struct listing *l, struct charter_list_page *page)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	page->v = arena_many(req->a, struct charter_list_line, l->rows.n + 1);
	for (; page->n < l->rows.n; page->n++) {
		const struct charter_to_sign_row *r = &l->rows.v[page->n];
		page->v[page->n] = (struct charter_list_line){ charter_file_path(req->a, &l->c, r->public_id, "/charte"), household_name(req->a, &l->h[page->n]),
			r->public_id, first_school(r), r->class.p ? r->class : S(""), state_words(v, r),
			r->signatures ? _f("signatures : {1} sur {2}", number_shown(v->a, v->lang, r->signatures),
				number_shown(v->a, v->lang, (i64)charter_signers_count(r->signers))) : S("") };
		page->prepared += r->act_id.set;
		page->unprepared += !r->act_id.set;
	}
}

static enum err show(struct req *req)
{
	const struct view *v = &req->v;
	struct listing l;
	struct charter_version_row in_force;
	try(read_rows(req, false, CHARTER_LIST_MOST + 1, "charter-list", &l));
	bool more = l.rows.n > CHARTER_LIST_MOST;
	l.rows.n -= more;
	try(open_all(&l));
	enum err e = charter_version_in_force(req->db, l.c.id, date_iso(req->a, today_paris()), &in_force);
	if (e != OK && e != NOT_FOUND)
		return e;
	str school = form_given(req, "ecole") ? form_text(req, "ecole") : S("");
	static const char *const fields[] = { "ecole", NULL };
	str query = fields_query(req, fields);
	query = query.n ? str_printf(req->a, "?%.*s", STR_ARG(query)) : S("");
	struct charter_list_page page = { .form = req->form, .back = charter_campaign_path(req->a, &l.c, "/charte"), .name = l.c.f[C_NAME],
		.path = charter_campaign_path(req->a, &l.c, "/charte/a-signer"), .today = date_shown(v, today_paris()), .none = e == NOT_FOUND, .more = more,
		.filtered = school.n > 0, .school = school, .saved = form_given(req, "fait") ? _("Les chartes sont prêtes : imprimez-les.") : S("") };
	page.csv = str_printf(req->a, "%.*s.csv%.*s", STR_ARG(page.path), STR_ARG(query));
	page.print = str_printf(req->a, "%.*s%.*s", STR_ARG(charter_campaign_path(req->a, &l.c, "/charte/feuilles")), STR_ARG(query));
	page.sign = str_printf(req->a, "%.*s%.*s", STR_ARG(charter_campaign_path(req->a, &l.c, "/charte/signatures")), STR_ARG(query));
	page.bundle = str_printf(req->a, "%.*s%.*s", STR_ARG(charter_campaign_path(req->a, &l.c, "/charte/piles")), STR_ARG(query));
	put_lines(&l, &page);
	try(put_schools(&l, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, LIST_ROUTE));
	return charter_list_html(&req->v, &page);
}

enum err charter_list_show(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

/* ---- all of them prepared ---- */

struct preparing { struct listing l; struct charter_prepare *v; size_t n; };

static enum err prepare_tx(struct db *db, void *arg, str *ret_path)
{
	const struct preparing *p = arg;
	struct file_doer who = { p->l.req->session->user_id, p->l.c.organisation_id };
	str school = form_given(p->l.req, "ecole") ? form_text(p->l.req, "ecole") : S("");
	*ret_path = charter_campaign_path(db_arena(db), &p->l.c, str_printf(db_arena(db), "/charte/a-signer?fait=1%s%.*s", school.n ? "&ecole=" : "",
		STR_ARG(school)).p);
	for (size_t i = 0; i < p->n; i++) {
		enum err e = charter_prepare_put(db, &p->v[i], &who);
		if (e != OK && e != CONFLICT)    /* somebody has prepared this one meanwhile: it is prepared */
			return e;
	}
	return OK;
}

/* Each in the language of its family, when the text in force has it. */
static enum err prepare_one(struct preparing *p, size_t i)
{
	struct req *req = p->l.req;
	struct vault_asker vault = vault_of(req);
	const struct household *h = &p->l.h[i];
	enum lang lang = LANG_FR;
	struct file f;
	if (p->l.rows.v[i].act_id.set)
		return OK;
	(void)(h->n && charter_lang_of(h->persons[0].language, &lang));
	try(file_get(req->db, p->l.rows.v[i].id, &f));
	enum err e = charter_prepare(req->db, &vault, req->v.city, &p->l.c, &f, h, lang, 1, &p->v[p->n]);
	p->n += e == OK;
	return e;
}

enum err charter_list_post(struct req *req)
{
	const struct view *v = &req->v;
	struct preparing p;
	enum err e = OK;
	try(read_rows(req, false, CHARTER_LIST_MOST, "charter-list", &p.l));
	try(open_all(&p.l));
	p.v = arena_many(req->a, struct charter_prepare, p.l.rows.n + 1);
	p.n = 0;
	for (size_t i = 0; i < p.l.rows.n && e == OK; i++)
		e = prepare_one(&p, i);
	if (e == NOT_FOUND)
		form_fail(req, "ecole", _("Aucun texte n’est en vigueur : écrivez-en un d’abord."));
	if (e != OK && e != NOT_FOUND)
		return e;
	if (form_ok(req))
		return post_once(req, prepare_tx, &p);
	form_refused(req);
	return show(req);
}

/* ---- on paper ---- */

enum err charter_batch_show(struct req *req)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct listing l;
	try(read_rows(req, true, CHARTER_LIST_MOST + 1, "charter", &l));
	struct charter_batch_page page = { .back = charter_campaign_path(req->a, &l.c, "/charte/a-signer"), .title = _("Chartes à imprimer"),
		.more = l.rows.n > CHARTER_LIST_MOST, .sheets.v = arena_many(req->a, struct charter_sheet, l.rows.n + 1) };
	l.rows.n -= page.more;
	try(open_all(&l));
	for (size_t i = 0; i < l.rows.n; i++) {
		struct charter_act_row act;
		struct charter_doc d;
		try(charter_act_of_file(req->db, l.rows.v[i].id, &act));
		enum err e = charter_doc_read(req->db, &vault, S("charters"), &act, &d);
		if (e != OK)
			return e == INVALID ? INTERNAL : e;
		charter_sheet_of(v, &d, &page.sheets.v[page.sheets.n++]);
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return charter_batch_html(&req->v, &page);
}

/* ---- to take away ---- */

enum err charter_list_csv(struct req *req)
{
	struct listing l;
	try(read_rows(req, false, CSV_MOST, "export", &l));
	try(open_all(&l));
	buf_put(&req->out, S("famille,dossier,ecole,classe,charte,langue,signatures\n"));
	for (size_t i = 0; i < l.rows.n; i++) {
		const struct charter_to_sign_row *r = &l.rows.v[i];
		const str cells[] = { household_name(req->a, &l.h[i]), r->public_id, first_school(r), r->class.p ? r->class : S(""),
			r->act_id.set ? S("prepared") : S(""), r->act_lang.p ? r->act_lang : S(""), str_printf(req->a, "%lld", (long long)r->signatures) };
		csv_row_typed(&req->out, cells, lengthof(cells));
	}
	resp_file(req, S("chartes-a-signer.csv"), true);
	return OK;
}
