/* Lists of a campaign or of a school: those that were sent, how far each is, and a form to send one. */
#include "lists/pages.h"

#include "audit/audit.h"
#include "db/id.h"
#include "directory/directory.h"
#include "http/session.h"
#include "lists/index_html.h"

enum { SHOWN = 30, SOURCES = 40 };

static str text_of(const struct req *req, const char *name)
{
	str s = form_text(req, name);
	return s.p ? s : S("");
}

static str state_words(const struct view *v, str state)
{
	static const struct { const char *state, *words; } all[] = {
		{ "look", N_("lecture en cours") }, { "columns", N_("colonnes à dire") }, { "schools", N_("écoles à reconnaître") }, { "check", N_("vérification en cours") },
		{ "checked", N_("vérifiée, pas encore prise") }, { "apply", N_("les familles entrent") }, { "done", N_("prise") }, { "undo", N_("annulation en cours") },
		{ "undone", N_("annulée") }, { "failed", N_("n’a pas pu être lue") }, { "stopped", N_("abandonnée") },
	};
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(state, str_c(all[i].state)))
			return tr_here(v, all[i].words);
	return state;
}

/* Where a list can be sent to: a school may be in several campaigns. */
struct target { i64 campaign_id, school_id, organisation_id; struct file_place_row_list places; };

static enum err target_of(struct req *req, struct target *ret)
{
	struct campaign c;
	struct school s;
	str chosen = text_of(req, "campagne");
	*ret = (struct target){ 0 };
	if (!lists_by_school(req)) {
		try(campaign_of(req, &c));
		ret->campaign_id = c.id;
		ret->organisation_id = c.organisation_id;
		return file_places(req->db, c.id, &ret->places);
	}
	try(school_by_uai(req->db, req_param(req, "ecole"), &s));
	ret->school_id = s.id;
	try(file_places_of_school(req->db, s.id, &ret->places));
	for (size_t i = 0; i < ret->places.n; i++) {
		const struct file_place_row *p = &ret->places.v[i];
		if (ret->places.n == 1 || str_eq(chosen, str_printf(req->a, "%lld", (long long)p->campaign_id))) {
			ret->campaign_id = p->campaign_id;
			ret->organisation_id = p->organisation_id;
		}
	}
	return OK;
}

static void put_campaigns(struct req *req, const struct target *t, struct lists_page *page)
{
	page->campaigns.v = arena_many(req->a, struct list_choice, t->places.n + 1);
	for (size_t i = 0; t->school_id && i < t->places.n; i++) {
		str value = str_printf(req->a, "%lld", (long long)t->places.v[i].campaign_id);
		bool before = false;
		for (size_t k = 0; k < page->campaigns.n; k++)
			before |= str_eq(page->campaigns.v[k].value, value);
		if (!before)
			page->campaigns.v[page->campaigns.n++] = (struct list_choice){ value, t->places.v[i].campaign, str_eq(value, text_of(req, "campagne")) };
	}
}

static enum err put_lines(struct req *req, const struct target *t, struct lists_page *page)
{
	const struct view *v = &req->v;
	struct list_summary_list rows;
	try(lists_of(req->db, t->school_id ? 0 : t->campaign_id, t->school_id, SHOWN, &rows));
	page->v = arena_many(req->a, struct list_index_line, rows.n + 1);
	for (; page->n < rows.n; page->n++) {
		const struct list_summary *r = &rows.v[page->n];
		str path = str_printf(req->a, "%.*s/%lld", STR_ARG(page->path), (long long)r->id);
		page->v[page->n] = (struct list_index_line){ path, r->school.p ? r->school : r->source, date_shown(v, paris_of_ms(r->at).date),
			state_words(v, r->state), r->waiting && !t->school_id ? number_shown(v->a, v->lang, r->waiting) : S("") };
	}
	return OK;
}

static enum err show_index(struct req *req)
{
	const struct view *v = &req->v;
	struct lists_page page = { .form = req->form, .path = lists_path(req), .by_school = lists_by_school(req) };
	struct target t;
	struct list_source_list sources = { .n = 0 };
	try(target_of(req, &t));
	if (!page.by_school)
		try(list_sources(req->db, t.organisation_id, SOURCES, &sources));
	page.sources.v = arena_many(req->a, str, sources.n + 1);
	for (size_t i = 0; i < sources.n; i++)
		if (!uai_valid(sources.v[i].source))     /* a school's own lists */
			page.sources.v[page.sources.n++] = sources.v[i].source;
	page.title = _("Listes de familles");
	page.back = page.by_school ? str_printf(req->a, "/agent/ecole/%.*s/familles", STR_ARG(req_param(req, "ecole")))
		: str_slice(page.path, 0, page.path.n - strlen("/listes"));
	page.back_label = page.by_school ? _("Familles nommées par l’école") : _("La campagne");
	page.may = t.places.n > 0;
	put_campaigns(req, &t, &page);
	try(put_lines(req, &t, &page));
	req->v.here = page.by_school ? S("/agent/ecole") : S("/agent/campagnes");
	req->no_store = true;
	try(form_stamp(req, page.by_school ? "/agent/ecole/:ecole/listes" : "/agent/campagnes/:campagne/listes"));
	return lists_index_html(&req->v, &page);
}

enum err lists_index(struct req *req)
{
	req->form->n_errors = 0;
	return show_index(req);
}

/* ---- sending ---- */

struct putting { struct req *req; const struct target *t; i64 id; str source; struct list_sealed sealed; };

static enum err put_tx(struct db *db, void *arg, str *ret_path)
{
	const struct putting *p = arg;
	i64 user = p->req->session->user_id;
	*ret_path = str_printf(db_arena(db), "%.*s/%lld", STR_ARG(lists_path(p->req)), (long long)p->id);
	try(list_put(db, p->id, p->t->campaign_id, (struct opt_i64){ p->t->school_id, p->t->school_id != 0 }, user, now_ms(), p->source, p->sealed.key));
	for (size_t i = 0; i < p->sealed.n; i++)
		try(list_piece_put(db, p->id, (i64)i, p->sealed.pieces[i]));
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = p->t->organisation_id, .action = "list.upload", .object = "list",
		.object_id = p->id });
}

/* The name under which a source is known, when what was typed differs by capitals or accents alone. */
static enum err known_source(struct req *req, i64 organisation, str *source)
{
	struct list_source_list known;
	str key = list_column_key(req->a, *source);
	try(list_sources(req->db, organisation, SOURCES, &known));
	for (size_t i = 0; i < known.n; i++)
		if (str_eq(key, list_column_key(req->a, known.v[i].source)))
			*source = known.v[i].source;
	return OK;
}

static void check_upload(struct req *req, const struct target *t)
{
	const struct view *v = &req->v;
	if (!req->file.content.n)
		form_fail(req, "fichier", req->file.content.p ? _("Ce fichier est vide.") : _("Choisissez un fichier."));
	else if (req->file.content.n > LIST_FILE_MAX)
		form_fail(req, "fichier", _("Ce fichier dépasse 2 Mo. Gardez la feuille des familles, ou envoyez-le en plusieurs fois."));
	if (!t->campaign_id)
		form_fail(req, "campagne", _("Choisissez la campagne."));
	if (!t->school_id && !form_given(req, "source"))
		form_fail(req, "source", _("Dites d’où vient cette liste."));
}

enum err lists_upload(struct req *req)
{
	const struct view *v = &req->v;
	struct target t;
	struct vault_asker vault = vault_of(req);
	try(target_of(req, &t));
	check_upload(req, &t);
	if (!t.places.n)
		form_fail(req, "fichier", _("Aucune école n’est dans les vagues de cette campagne : ajoutez-en une d’abord."));
	if (!form_ok(req)) {
		form_refused(req);
		return show_index(req);
	}
	struct putting p = { .req = req, .t = &t, .id = id_new(), .source = t.school_id ? req_param(req, "ecole") : text_of(req, "source") };
	try(t.school_id ? OK : known_source(req, t.organisation_id, &p.source));
	try(list_seal_file(&vault, p.id, req->file.content, &p.sealed));
	return post_once(req, put_tx, &p);
}

/* ---- a model ---- */

/* With a byte-order mark and semicolons: a spreadsheet opens it by a click. */
enum err list_template(struct req *req)
{
	resp_file(req, S("modele-liste-familles.csv"), false);
	buf_put(&req->out, lists_by_school(req)
		? S("\xEF\xBB\xBFNom du parent;Prénom du parent;Téléphone;Prénom de l’enfant;Classe;Adresse;Langue\r\n"
			"Modèle-Inventé;Camille;01 99 00 00 00;Zoé;CM1;1 rue de l’Exemple;français\r\n")
		: S("\xEF\xBB\xBFNom du parent;Prénom du parent;Téléphone;Prénom de l’enfant;Classe;École;Adresse;Langue\r\n"
			"Modèle-Inventé;Camille;01 99 00 00 00;Zoé;CM1;École de l’Exemple;1 rue de l’Exemple;français\r\n"));
	return OK;
}
