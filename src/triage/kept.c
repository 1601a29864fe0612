/* Desk triage of a household: the same questions from its file, the places near its address, and the answers kept there when the family
 * agrees: the last ones only, under the household's key, for a year. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "http/session.h"
#include "triage/desk_html.h"
#include "triage/pages.h"

struct asking { struct req *req; struct household h; i64 organisation; str path, name, sealed; bool erase; };

static struct vault_own answers_item(struct arena *a, i64 household_id, str key, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "household_triage:answers:%lld", (long long)household_id), value } };
}

static enum err ask_of(struct req *req, struct asking *k)
{
	struct vault_asker vault = vault_of(req);
	*k = (struct asking){ .req = req };
	try(household_reached(req, &k->h, &k->organisation));
	try(household_open(&vault, S("desk triage"), &(struct household *const){ &k->h }, 1));
	k->path = str_printf(req->a, "/agent/foyers/%.*s", STR_ARG(k->h.public_id));
	k->name = household_name(req->a, &k->h);
	req->no_store = true;
	req->v.here = S("/agent/foyers");
	return households_seen(req, k->organisation, &k->h.id, 1, "triage");
}

/* The last answers that were kept. NOT_FOUND: none. */
static enum err read_kept(struct req *req, const struct household *h, struct triage_row *row, struct triage_answers *ret)
{
	struct vault_asker vault = vault_of(req);
	str text;
	try(triage_of_household(req->db, h->id, h->organisation_id, row));
	struct vault_own item = answers_item(req->a, row->household_id, row->key_enc, row->answers_enc);
	try(vault_open_own(&vault, S("desk triage"), &item, 1, &text));
	triage_read(text, ret);
	return OK;
}

/* The language of the sheet: that of an adult. */
static enum lang language_of(const struct household *h)
{
	for (size_t i = 0; i < h->n; i++)
		for (enum lang l = LANG_EN; l < LANG_COUNT; l++)
			if (str_eq(h->persons[i].language, str_c(langs[l].tag)))
				return l;
	return LANG_FR;
}

static bool has_child_of_campaigns(const struct household *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->persons[i].child && (str_eq(h->persons[i].class_, S("CM1")) || str_eq(h->persons[i].class_, S("CM2"))))
			return true;
	return false;
}

static enum err show_form(const struct asking *k, bool items)
{
	struct req *req = k->req;
	struct triage_form_page page = { .path = k->path, .name = k->name, .action = str_printf(req->a, "%.*s/point", STR_ARG(k->path)) };
	triage_asked_of(req, items, &page);
	if (items)
		page.back = str_printf(req->a, "%.*s/point?refaire=1", STR_ARG(k->path));
	try(form_stamp(req, TRIAGE_OF_ROUTE));
	return triage_form_html(&req->v, &page);
}

static enum err show_result(const struct asking *k, const struct triage_answers *a, enum lang lang, struct triage_result_page *page)
{
	struct req *req = k->req;
	page->form = req->form;
	page->path = k->path;
	page->name = k->name;
	page->back = str_printf(req->a, "%.*s/point?refaire=1", STR_ARG(k->path));
	page->child = has_child_of_campaigns(&k->h);
	try(triage_sheet_of(req, a, k->h.address, lang, &page->sheet));
	try(triage_result_of(req, a, page));
	try(form_stamp(req, TRIAGE_OF_ROUTE));
	return triage_result_html(&req->v, page);
}

static enum err show_kept(const struct asking *k, const struct triage_row *row, const struct triage_answers *a)
{
	struct req *req = k->req;
	struct vault_asker vault = vault_of(req);
	struct triage_result_page page = { .kept = date_shown(&req->v, paris_of_ms(row->at).date), .saved = form_bool(req, "fait") };
	try(accounts_names(req->db, &vault, &row->user_id, 1, &page.who));
	return show_result(k, a, form_given(req, "langue") ? triage_language(req) : language_of(&k->h), &page);
}

enum err triage_of_show(struct req *req)
{
	struct asking k;
	struct triage_row row;
	struct triage_answers a;
	req->form->n_errors = 0;
	try(ask_of(req, &k));
	enum err e = form_bool(req, "refaire") ? NOT_FOUND : read_kept(req, &k.h, &row, &a);
	if (e == OK)
		return show_kept(&k, &row, &a);
	return e == NOT_FOUND ? show_form(&k, false) : e;
}

/* ---- keeping ---- */

static enum err keep_tx(struct db *db, void *arg, str *ret_path)
{
	const struct asking *k = arg;
	i64 user = k->req->session->user_id;
	*ret_path = k->erase ? k->path : str_printf(k->req->a, "%.*s/point?fait=1", STR_ARG(k->path));
	if (k->erase)
		try(triage_drop(db, k->h.id, k->h.organisation_id));
	else
		try(triage_put(db, k->h.id, k->organisation, user, now_ms(), k->sealed));
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = k->organisation,
		.action = k->erase ? "household.triage-erase" : "household.triage", .object = "household", .object_id = k->h.id });
}

static enum err keep(struct asking *k, const struct triage_answers *a)
{
	struct vault_asker vault = vault_of(k->req);
	struct vault_own item = answers_item(k->req->a, k->h.id, k->h.key, triage_text(k->req->a, a));
	try(vault_seal_own(&vault, &item, 1, &k->sealed));
	return post_once(k->req, keep_tx, k);
}

static enum err show_answers(const struct asking *k, const struct triage_answers *a)
{
	struct req *req = k->req;
	struct triage_result_page page = { .hidden.v = arena_many(req->a, struct pair, TQ_COUNT + 1) };
	for (enum triage_question q = 0; q < TQ_COUNT; q++)
		if (form_given(req, triage_facts[q].name))
			page.hidden.v[page.hidden.n++] = (struct pair){ str_c(triage_facts[q].name), form_text(req, triage_facts[q].name) };
	if (form_given(req, "langue"))
		page.hidden.v[page.hidden.n++] = (struct pair){ S("langue"), form_text(req, "langue") };
	return show_result(k, a, form_given(req, "langue") ? triage_language(req) : language_of(&k->h), &page);
}

enum err triage_of_post(struct req *req)
{
	const struct view *v = &req->v;
	struct asking k;
	struct triage_answers a;
	str done = form_text(req, "geste");
	try(ask_of(req, &k));
	k.erase = str_eq(done, S("effacer"));
	if (k.erase)
		return post_once(req, keep_tx, &k);
	if (!form_ok(req)) {
		form_refused(req);
		return show_form(&k, false);
	}
	triage_answers_of(req, &a);
	if (str_eq(done, S("questions")))
		return show_form(&k, true);
	if (str_eq(done, S("garder")) && form_bool(req, "accord"))
		return keep(&k, &a);
	if (str_eq(done, S("garder"))) {
		form_fail(req, "accord", _("Demandez à la personne, puis cochez la case. Sans son accord, rien n’est gardé."));
		form_refused(req);
	}
	return show_answers(&k, &a);
}

/* ---- for its access file, and forgetting ---- */

enum err triage_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct triage_row row;
	struct triage_answers a;
	enum err e = read_kept(req, h, &row, &a);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	str title = _f("Ce qui a été demandé à l’accueil le {1} ({2})", date_shown(v, paris_of_ms(row.at).date), row.organisation);
	for (enum triage_question q = 0; q < TQ_COUNT; q++)
		if (a.need[q])
			held_put(req->a, ret, title, tr(v->lang, triage_facts[q].text), tr(v->lang, triage_facts[q].choices[a.need[q] - 1].label));
	return OK;
}

enum err triage_purge(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(triage_over(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}

/* ---- the demonstration ---- */

struct demo_triage { struct household h; str sealed; };

static enum err demo_tx(struct db *db, void *arg)
{
	const struct demo_triage *d = arg;
	return triage_put(db, d->h.id, d->h.organisation_id, 0, now_ms() - (i64)5 * 86400 * 1000, d->sealed);
}

enum err triage_demo_load(struct db *db, const struct vault_asker *vault)
{
	static const struct { const char *household, *answers; } invented[] = {
		{ "DEMO-2221", "appareil=2 connexion=2 seul=2 message=2 joindre=2 chercher=2 passe=2 formulaire=2 rendez-vous=3 droits=2 ecole=3 imprimer=3 arnaque=2" },
		{ "DEMO-2227", "appareil=1 connexion=1 seul=1 joindre=1 passe=1 droits=1 ecole=2 imprimer=1 arnaque=2" },
	};
	for (size_t i = 0; i < lengthof(invented); i++) {
		struct demo_triage d;
		struct triage_row had;
		enum err e = household_named(db, str_c(invented[i].household), &d.h);
		if (e == NOT_FOUND || (e == OK && d.h.erased))
			continue;
		try(e);
		e = triage_of_household(db, d.h.id, d.h.organisation_id, &had);
		if (e == OK)
			continue;
		if (e != NOT_FOUND)
			return e;
		struct vault_own item = answers_item(vault->a, d.h.id, d.h.key, str_c(invented[i].answers));
		try(vault_seal_own(vault, &item, 1, &d.sealed));
		try(db_tx(db, demo_tx, &d));
	}
	return OK;
}
