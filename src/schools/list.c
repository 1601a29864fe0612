/* The schools of the city: the list with its filters, and one of them, with what is said of its network and who answers for it. */
#include "audit/audit.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "db/id.h"
#include "html/escape.h"
#include "http/session.h"
#include "schools/list_html.h"
#include "schools/pages.h"

str school_short(str name)
{
	static const char *const kinds[] = { "École élémentaire ", "École maternelle ", "École primaire ", "Ecole élémentaire ", "Ecole maternelle ",
		"Ecole primaire ", "École " };
	for (size_t i = 0; i < lengthof(kinds); i++)
		if (str_starts(name, str_c(kinds[i])))
			return str_slice(name, strlen(kinds[i]), name.n);
	return name;
}

bool school_is_primary(const struct school *s) { return !str_eq(s->kind, S("superieur")) && !str_eq(s->kind, S("structure")); }

str school_kind_words(const struct view *v, const struct school *s)
{
	bool is_private = str_eq(s->sector, S("private"));
	if (!school_is_primary(s))
		return str_eq(s->kind, S("superieur")) ? _("enseignement supérieur") : _("association ou service");
	if (str_eq(s->kind, S("maternelle")))
		return is_private ? _("maternelle privée") : _("maternelle publique");
	if (str_eq(s->kind, S("elementaire")))
		return is_private ? _("élémentaire privée") : _("élémentaire publique");
	return is_private ? _("primaire privée") : _("primaire publique");
}

str school_rep_words(const struct view *v, const struct school *s)
{
	const char *label = choice_label(rep_choices, s->rep);
	return label ? tr(v->lang, label) : _("pas encore dit");
}

str who_words(const struct req *req, struct opt_i64 user)
{
	const struct view *v = &req->v;
	if (!user.set)
		return _("un fichier");
	return user.v == req->session->user_id ? _("vous") : _f("compte {1}", str_printf(req->a, "%lld", (long long)user.v));
}

/* ---- the list ---- */

static bool said(struct arena *a, const struct school *s, str words)
{
	str hay = utf8_fold(a, str_printf(a, "%.*s %.*s %.*s %.*s", STR_ARG(s->name), STR_ARG(s->uai), STR_ARG(s->address), STR_ARG(s->commune)));
	str rest = utf8_fold(a, words), w;
	while (rest.n && str_next(&rest, ' ', &w))
		if (w.n && str_find(hay, w) < 0)
			return false;
	return true;
}

static str page_url(struct req *req, i64 page)
{
	struct buf b = buf_new(req->a, 2048);
	static const char *const kept[] = { "q", "reseau", "quartier" };
	put_prefix(&b, &req->v);
	buf_printf(&b, "/agent/ecoles?page=%lld", (long long)page);
	for (size_t i = 0; i < lengthof(kept); i++) {
		buf_printf(&b, "&%s=", kept[i]);
		esc_url_part(&b, form_text(req, kept[i]));
	}
	return buf_str(&b);
}

enum err schools_index(struct req *req)
{
	struct school_list all;
	struct school_district_list districts;
	struct schools_page page = { .form = req->form };
	i64 number = form_int(req, "page", 1);
	str q = form_text(req, "q"), network = form_given(req, "reseau") ? form_text(req, "reseau") : S("");
	req->v.here = S("/agent/ecoles");
	try(school_all(req->db, S(""), network, form_text(req, "quartier"), SCHOOLS_MOST, &all));
	try(school_districts(req->db, &districts));
	try(spellings_count(req->db, S("waiting"), &page.waiting));
	page.districts = (struct districts){ districts.v, districts.n, form_text(req, "quartier") };
	page.any = all.n || network.n || q.n || page.districts.chosen.n;
	page.v = arena_many(req->a, struct school_line_shown, SCHOOLS_PAGE);
	for (size_t i = 0; i < all.n; i++) {
		if (!said(req->a, &all.v[i], q))
			continue;
		if (page.total / SCHOOLS_PAGE == number - 1)
			page.v[page.n++] = (struct school_line_shown){ all.v[i], school_kind_words(&req->v, &all.v[i]), school_rep_words(&req->v, &all.v[i]) };
		page.total++;
	}
	if (number > 1 && !page.n)
		return NOT_FOUND;
	page.pager = pager_of(number, page.total, SCHOOLS_PAGE, page_url(req, number - 1), page_url(req, number + 1));
	return schools_index_html(&req->v, &page);
}

/* ---- one ---- */

enum err scope_school(struct req *req)
{
	struct school s;
	return session_may(req->session, CAP_CAMPAIGNS) ? school_by_uai(req->db, req_param(req, "uai"), &s) : NOT_FOUND;
}

static enum err put_pasts(struct req *req, struct school_page *page)
{
	const struct view *v = &req->v;
	struct school_past_row_list rows;
	try(school_pasts(req->db, page->s.id, SCHOOL_PASTS, &rows));
	page->pasts.v = arena_many(req->a, struct school_past_shown, rows.n + 1);
	for (; page->pasts.n < rows.n; page->pasts.n++) {
		const struct school_past_row *p = &rows.v[page->pasts.n];
		bool rep = str_eq(p->field, S("rep"));
		struct school before = { .rep = p->before }, after = { .rep = p->after };
		page->pasts.v[page->pasts.n] = (struct school_past_shown){ date_shown(v, paris_of_ms(p->at).date), rep ? _("Réseau") : _("Structure"),
			rep ? school_rep_words(v, &before) : p->before, rep ? school_rep_words(v, &after) : p->after, p->reason, who_words(req, p->user_id) };
	}
	return OK;
}

/* "86,5" in French, "86.5" in English. */
static str tenths_shown(const struct view *v, i64 n)
{
	return str_printf(v->a, "%lld%s%lld", (long long)(n / 10), v->lang == LANG_EN ? "." : ",", (long long)(n % 10));
}

static enum err show(struct req *req)
{
	struct school_organisation_row organisation;
	struct school_page page = { .form = req->form, .saved = req->method == GET && form_given(req, "fait") };
	try(school_by_uai(req->db, req_param(req, "uai"), &page.s));
	enum err e = school_organisation_of(req->db, page.s.id, &organisation);
	if (e == OK) {
		page.organisation = organisation.name;
		page.organisation_id = organisation.id;
	} else if (e != NOT_FOUND)
		return e;
	try(spellings_of(req->db, (struct opt_i64){ page.s.id, true }, &page.spellings));
	try(put_pasts(req, &page));
	page.kind = school_kind_words(&req->v, &page.s);
	page.rep = school_rep_words(&req->v, &page.s);
	page.rep_day = iso_date_shown(&req->v, page.s.rep_day);
	page.ips = page.s.ips.set ? tenths_shown(&req->v, page.s.ips.v) : S("");
	req->v.here = S("/agent/ecoles");
	try(form_stamp(req, "/agent/ecoles/:uai"));
	return school_html(&req->v, &page);
}

enum err school_show(struct req *req)
{
	return show(req);
}

struct changing { struct req *req; struct school s; str rep, reason, organisation; bool late; };

static enum err line(struct db *db, const struct changing *c, const char *action, str detail)
{
	return audit_write(db, &(struct audit){ .user_id = c->req->session->user_id, .action = action, .object = "school", .object_id = c->s.id, .detail = detail });
}

static str school_path(struct req *req, const struct school *s)
{
	return str_printf(req->a, "/agent/ecoles/%.*s?fait=1", STR_ARG(s->uai));
}

static enum err rep_tx(struct db *db, void *arg, str *ret_path)
{
	struct changing *c = arg;
	struct opt_i64 user = { c->req->session->user_id, true };
	*ret_path = school_path(c->req, &c->s);
	try(school_set_rep(db, c->s.id, c->rep, c->reason, date_iso(c->req->a, today_paris()), c->s.rep));
	if (!db_changes(db))
		return CONFLICT;
	try(school_past_put(db, id_new(), c->s.id, S("rep"), c->s.rep, c->rep, c->reason, now_ms(), user));
	return line(db, c, "school.rep", c->rep);
}

static enum err attach_tx(struct db *db, void *arg, str *ret_path)
{
	struct changing *c = arg;
	*ret_path = school_path(c->req, &c->s);
	try(school_attach(db, &c->s, c->organisation, c->req->session->user_id));
	return line(db, c, "school.organisation", S(""));
}

enum err school_attach(struct db *db, const struct school *s, str organisation, i64 user_id)
{
	struct school_organisation_row was = { .name = S("") };
	struct school_organisation_row_list named;
	enum err e = school_organisation_of(db, s->id, &was);
	if (e != OK && e != NOT_FOUND)
		return e;
	try(school_organisation_named(db, organisation, &named));
	if (named.n > 1)
		return CONFLICT;
	i64 id = named.n ? named.v[0].id : id_new();
	if (organisation.n && !named.n)
		try(school_organisation_make(db, id, organisation, now_ms()));
	try(school_organisation_forget(db, s->id));
	if (organisation.n)
		try(school_organisation_put(db, s->id, id));
	return school_past_put(db, id_new(), s->id, S("organisation"), was.name, organisation, S(""), now_ms(), (struct opt_i64){ user_id, user_id != 0 });
}

static enum err change_rep(struct req *req, struct changing *c)
{
	const struct view *v = &req->v;
	if (!form_given(req, "reseau"))
		form_fail(req, "reseau", _("Choisissez un réseau."));
	if (!form_given(req, "raison"))
		form_fail(req, "raison", _("Dites d’où vous le savez : une liste, un arrêté, un appel…"));
	if (!form_ok(req))
		return OK;
	c->rep = form_text(req, "reseau");
	c->reason = form_text(req, "raison");
	bool late = !str_eq(form_text(req, "avant"), c->s.rep);
	enum err e = late ? CONFLICT : str_eq(c->rep, c->s.rep) ? resp_redirect(req, school_path(req, &c->s)) : post_once(req, rep_tx, c);
	if (e != CONFLICT)
		return e;
	form_fail(req, "reseau", _f("Entre-temps, quelqu’un a écrit « {1} ». Gardez votre réponse, ou reprenez la sienne.", school_rep_words(v, &c->s)));
	return OK;
}

static enum err change_organisation(struct req *req, struct changing *c)
{
	const struct view *v = &req->v;
	c->organisation = form_text(req, "structure");
	enum err e = post_once(req, attach_tx, c);
	if (e != CONFLICT)
		return e;
	form_fail(req, "structure", _("Plusieurs structures ont ce nom. Donnez à celle de l’école un nom à elle."));
	return OK;
}

enum err school_change_post(struct req *req)
{
	struct changing c = { .req = req };
	try(school_by_uai(req->db, req_param(req, "uai"), &c.s));
	bool rep = str_eq(form_text(req, "geste"), S("reseau"));
	try(rep ? change_rep(req, &c) : change_organisation(req, &c));
	if (form_ok(req))
		return OK;
	form_refused(req);
	return show(req);
}
