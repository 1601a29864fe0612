/* /agent/guide: a guide is asked for, and what was made is looked at, downloaded, put on the site. */
#include "audit/audit.h"
#include "base/timex.h"
#include "census/census.h"
#include "db/id.h"
#include "guide/desk_html.h"
#include "guide/pages.h"
#include "http/session.h"

#define DESK_ROUTE "/agent/guide"
#define MAKING_ROUTE "/agent/guide/faits/:guide"
enum { EDITIONS_MOST = 20, AREAS_MOST = 60, SHOWN = 12 };

/* ---- words ---- */

/* "édition 2026", "annuaire du 25 novembre 2026". */
static str source_words(const struct view *v, const struct guide_making_row *r)
{
	str day = r->told.n ? iso_date_shown(v, r->told) : date_shown(v, paris_of_ms(r->since ? r->since : r->at).date);
	return r->edition.n ? _f("édition {1}", r->edition) : _f("annuaire du {1}", day);
}

static str langs_words(const struct view *v, str codes)
{
	static const struct { const char *code, *label; } words[] = { { "fr", N_("français") }, { "simple", N_("version simple") }, { "en", N_("anglais") },
		{ "ar", N_("arabe") } };
	str parts[4], one;
	size_t n = 0;
	for (str rest = codes; n < 4 && rest.n && str_next(&rest, ' ', &one);)
		for (size_t i = 0; i < lengthof(words); i++)
			if (str_eq(one, str_c(words[i].code)))
				parts[n++] = tr(v->lang, words[i].label);
	return str_join(v->a, parts, n, S(", "));
}

/* "édition 2026, toute la ville, livret, français, anglais" */
static str making_words(const struct view *v, const struct guide_making_row *r)
{
	str parts[] = { source_words(v, r), r->area.n ? r->area : _("toute la ville"), r->sheets ? _("feuilles A4") : _("livret"),
		str_eq(r->langs, S(GUIDE_ALL_LANGS)) ? _("quatre langues") : langs_words(v, r->langs), _("sans codes") };
	return str_join(v->a, parts, r->codes ? 4 : 5, S(", "));
}

static str state_words(const struct view *v, str state)
{
	if (str_eq(state, S("waiting")))
		return _("attend son tour");
	if (str_eq(state, S("making")))
		return _("se prépare");
	if (str_eq(state, S("stopped")))
		return _("arrêté");
	return str_eq(state, S("done")) ? _("prêt") : _("n’a pas pu être fait");
}

static str fault_words(const struct view *v, str fault)
{
	if (str_eq(fault, S("nothing")))
		return _("Il n’y a aucun lieu à y mettre : ni dans cette édition, ni dans ce quartier.");
	if (str_eq(fault, S("many")))
		return _f("Il y a plus de {1} lieux. Faites un livret par quartier ou par commune.", number_shown(v->a, v->lang, GUIDE_PLACES_MAX));
	if (str_eq(fault, S("altered")))
		return _("Cette édition n’est plus ce qui a été copié. Prévenez qui s’occupe du serveur.");
	if (str_eq(fault, S("font")))
		return _("Une police d’écriture manque sur le serveur (paquet fonts-noto-core). Prévenez qui s’en occupe.");
	return _("Le guide n’a pas pu être dessiné. Essayez encore ; sinon, prévenez qui s’occupe du serveur.");
}

/* ---- what can be asked for ---- */

static void add(struct guide_choices *to, str value, str label, str chosen)
{
	to->v[to->n++] = (struct guide_choice){ value, label, str_eq(value, chosen) };
}

static enum err put_sources(struct req *req, struct guide_desk *page)
{
	const struct view *v = &req->v;
	struct closed_editions rows;
	str chosen = form_text(req, "source");
	try(census_closed_names(req->db, EDITIONS_MOST, &rows));
	page->sources.v = arena_many(req->a, struct guide_choice, rows.n + 1);
	add(&page->sources, S(""), _("l’annuaire d’aujourd’hui"), chosen);
	for (size_t i = 0; i < rows.n; i++)
		add(&page->sources, rows.v[i].name, _f("l’édition {1}, fermée le {2}", rows.v[i].name,
			date_shown(v, rows.v[i].date)), chosen);
	return OK;
}

static enum err put_areas(struct req *req, struct guide_desk *page)
{
	struct gazetteer_areas areas;
	struct guide_commune_list communes;
	str chosen = form_text(req, "quartier");
	try(gazetteer_areas_now(req->db, &areas));
	try(guide_communes(req->db, AREAS_MOST, &communes));
	page->districts.v = arena_many(req->a, struct guide_choice, AREAS_MOST);
	page->communes.v = arena_many(req->a, struct guide_choice, AREAS_MOST);
	for (size_t i = 0; i < areas.n && page->districts.n < AREAS_MOST; i++)
		if (areas.v[i].kind == GAZ_DISTRICT)
			add(&page->districts, areas.v[i].code, areas.v[i].name, chosen);
	for (size_t i = 0; i < communes.n; i++)
		add(&page->communes, communes.v[i].code, communes.v[i].name, chosen);
	return OK;
}

static void put_langs(struct req *req, struct guide_desk *page, bool fresh)
{
	page->langs.v = arena_many(req->a, struct guide_choice, LANG_COUNT);
	for (int l = 0; l < LANG_COUNT; l++) {
		str name = guide_lang_name((enum lang)l);
		page->langs.v[page->langs.n++] = (struct guide_choice){ name, langs_words(&req->v, name), fresh || form_has(req, "langues", name) };
	}
}

/* ---- the desk ---- */

static enum err put_published(struct req *req, struct guide_desk *page)
{
	const struct view *v = &req->v;
	struct guide_making_row now;
	enum err e = guide_published(req->db, &now);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	page->published = true;
	page->published_id = now.id;
	page->on_site = _f("Sur le site : un guide fait le {1}, {2}.", date_shown(v, paris_of_ms(now.at).date), source_words(v, &now));
	try(census_withdrawn_since(req->db, now.edition, now.at, &page->withdrawn));
	return guide_changed_since(req->db, now.since, &page->changed);
}

static enum err put_makings(struct req *req, struct guide_desk *page)
{
	const struct view *v = &req->v;
	struct guide_making_row_list rows;
	try(guide_makings(req->db, SHOWN, &rows));
	page->v = arena_many(req->a, struct guide_line, rows.n + 1);
	for (; page->n < rows.n; page->n++) {
		const struct guide_making_row *r = &rows.v[page->n];
		page->v[page->n] = (struct guide_line){ r->id, making_words(v, r), date_shown(v, paris_of_ms(r->at).date), state_words(v, r->state),
			page->published && r->id == page->published_id };
	}
	return OK;
}

static enum err show_desk(struct req *req)
{
	bool fresh = req->method == GET;
	struct guide_desk page = { .form = req->form, .codes = fresh || form_bool(req, "codes"), .sheets = form_bool(req, "feuilles") };
	try(put_sources(req, &page));
	try(put_areas(req, &page));
	put_langs(req, &page, fresh);
	try(put_published(req, &page));
	try(put_makings(req, &page));
	req->v.here = S(DESK_ROUTE);
	try(form_stamp(req, DESK_ROUTE));
	return guide_desk_html(&req->v, &page);
}

enum err guide_desk_page(struct req *req)
{
	return show_desk(req);
}

static str path_of(const struct req *req, i64 id)
{
	return str_printf(req->a, "/agent/guide/faits/%lld", (long long)id);
}

struct asking { struct req *req; str area, langs; };

static enum err ask_tx(struct db *db, void *arg, str *ret_path)
{
	const struct asking *k = arg;
	struct req *req = k->req;
	i64 id = id_new(), user = req->session->user_id;
	str edition = form_text(req, "source"), title = form_text(req, "titre"), code = form_text(req, "quartier");
	*ret_path = path_of(req, id);
	try(guide_making_put(db, id, now_ms(), (struct opt_i64){ user, true }, edition.p ? edition : S(""), title.p ? title : S(""), code.p ? code : S(""),
		k->area, k->langs, form_bool(req, "codes"), form_bool(req, "feuilles")));
	return audit_write(db, &(struct audit){ .user_id = user, .action = "guide.make", .object = "guide", .object_id = id });
}

static const struct guide_choice *chosen_of(const struct guide_choices *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].chosen)
			return &all->v[i];
	return NULL;
}

static enum err check_order(struct req *req, struct asking *k)
{
	const struct view *v = &req->v;
	struct guide_desk page = { .form = req->form };
	str parts[LANG_COUNT];
	size_t n = 0;
	try(put_sources(req, &page));
	try(put_areas(req, &page));
	put_langs(req, &page, false);
	for (size_t i = 0; i < page.langs.n; i++)
		if (page.langs.v[i].chosen)
			parts[n++] = page.langs.v[i].value;
	const struct guide_choice *area = chosen_of(&page.districts) ? chosen_of(&page.districts) : chosen_of(&page.communes);
	k->langs = str_join(req->a, parts, n, S(" "));
	k->area = area ? area->label : S("");
	if (!n)
		form_fail(req, "langues", _("Choisissez au moins une langue."));
	if (!chosen_of(&page.sources))
		form_fail(req, "source", _("Choisissez une édition de la liste."));
	if (form_given(req, "quartier") && !area)
		form_fail(req, "quartier", _("Choisissez un quartier ou une commune de la liste."));
	return OK;
}

enum err guide_desk_post(struct req *req)
{
	struct asking k = { .req = req };
	try(check_order(req, &k));
	if (form_ok(req))
		return post_once(req, ask_tx, &k);
	form_refused(req);
	return show_desk(req);
}

/* ---- one of them ---- */

static enum err making_of(struct req *req, struct guide_making_row *ret)
{
	i64 id;
	req->v.here = S(DESK_ROUTE);
	return str_i64(req_param(req, "guide"), &id) ? guide_making_get(req->db, id, ret) : NOT_FOUND;
}

static enum err put_booklets(struct req *req, struct guide_making_page *page)
{
	struct guide_booklet_list rows;
	try(guide_booklets_of(req->db, page->row->id, &rows));
	page->v = arena_many(req->a, struct guide_booklet_line, rows.n + 1);
	for (; page->n < rows.n; page->n++) {
		const struct guide_booklet *r = &rows.v[page->n];
		page->v[page->n] = (struct guide_booklet_line){ r->lang, langs_words(&req->v, r->lang), number_shown(req->a, req->v.lang, r->pages),
			number_shown(req->a, req->v.lang, (r->bytes + 999) / 1000) };
	}
	return OK;
}

static enum err show_making(struct req *req, const struct guide_making_row *r)
{
	struct guide_making_row now;
	struct guide_making_page page = { .form = req->form, .row = r, .what = making_words(&req->v, r), .saved = req->method == GET && form_given(req, "fait") };
	page.done = str_eq(r->state, S("done"));
	page.failed = str_eq(r->state, S("failed"));
	page.stopped = str_eq(r->state, S("stopped"));
	page.waits = !page.done && !page.failed && !page.stopped;
	page.fault = page.failed ? fault_words(&req->v, r->fault) : S("");
	enum err e = guide_published(req->db, &now);
	if (e != OK && e != NOT_FOUND)
		return e;
	page.on_site = e == OK && now.id == r->id;
	try(census_withdrawn_since(req->db, r->edition, r->at, &page.withdrawn));
	page.may_publish = guide_may_publish(r) && !page.on_site;
	if (page.done) {
		try(put_booklets(req, &page));
		try(guide_changed_since(req->db, r->since, &page.changed));
	}
	try(form_stamp(req, MAKING_ROUTE));
	return guide_making_html(&req->v, &page);
}

enum err guide_making_show(struct req *req)
{
	struct guide_making_row row;
	try(making_of(req, &row));
	return show_making(req, &row);
}

struct acting { struct req *req; struct guide_making_row row; str act; };

static enum err act_tx(struct db *db, void *arg, str *ret_path)
{
	const struct acting *t = arg;
	i64 user = t->req->session->user_id;
	*ret_path = str_printf(t->req->a, "%.*s?fait=1", STR_ARG(path_of(t->req, t->row.id)));
	if (str_eq(t->act, S("publier")))
		return guide_put_on_site(db, &t->row, user);
	bool stop = str_eq(t->act, S("arreter"));
	try(stop ? guide_making_stop(db, t->row.id) : guide_publish_set(db, t->row.id, (struct opt_i64){ 0 }));
	if (!db_changes(db))
		return OK;                       /* it was over already: its page says so */
	if (!stop)
		try(generation_bump(db, GEN_DIRECTORY));
	return audit_write(db, &(struct audit){ .user_id = user, .action = stop ? "guide.stop" : "guide.unpublish", .object = "guide", .object_id = t->row.id });
}

enum err guide_making_act(struct req *req)
{
	const struct view *v = &req->v;
	struct acting t = { .req = req, .act = form_text(req, "geste") };
	bool publish = str_eq(t.act, S("publier")), withdrawn;
	try(making_of(req, &t.row));
	try(census_withdrawn_since(req->db, t.row.edition, t.row.at, &withdrawn));
	if (!publish && !str_eq(t.act, S("arreter")) && !str_eq(t.act, S("retirer")))
		return INVALID;
	if (form_ok(req) && publish && !form_bool(req, "sur"))
		form_fail(req, "sur", _("Cochez la case : tout le monde lira ce guide."));
	if (form_ok(req) && publish && withdrawn)
		form_fail(req, "sur", _("Un contact a été retiré de cette édition depuis : préparez ce guide à nouveau."));
	if (form_ok(req))
		return post_once(req, act_tx, &t);
	form_refused(req);
	return show_making(req, &t.row);
}

enum err guide_making_file(struct req *req)
{
	struct guide_making_row row;
	try(making_of(req, &row));
	req->no_store = true;
	return guide_send(req, row.id, req_param(req, "langue"), S(""), true);
}
