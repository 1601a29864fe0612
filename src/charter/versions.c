/* The texts of a campaign's charter: versions, each in French and in the languages it was translated to. A draft is written, put in force from a
 * day, and from then on never changed: what was signed stays what it was. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "charter/pages.h"
#include "charter/versions_html.h"
#include "db/id.h"
#include "html/markdown.h"
#include "http/session.h"

#define VERSION_ROUTE CHARTER_ROUTE "/textes/:texte"
#define TEXT_ROUTE VERSION_ROUTE "/:langue"

str charter_campaign_path(struct arena *a, const struct campaign *c, const char *rest)
{
	return str_printf(a, "/agent/campagnes/%lld%s", (long long)c->id, rest);
}

static str version_path(struct arena *a, const struct campaign *c, i64 id)
{
	return str_printf(a, "/agent/campagnes/%lld/charte/textes/%lld", (long long)c->id, (long long)id);
}

static enum err version_of(struct req *req, struct campaign *ret_campaign, struct charter_version_row *ret)
{
	i64 id;
	try(campaign_of(req, ret_campaign));
	return str_i64(req_param(req, "texte"), &id) ? charter_version_by_id(req->db, id, ret_campaign->id, ret) : NOT_FOUND;
}

enum err scope_charter_text(struct req *req)
{
	struct campaign c;
	struct charter_version_row row;
	try(scope_files_officer(req));
	return version_of(req, &c, &row);
}

static enum err told(struct db *db, const struct req *req, const struct campaign *c, const char *action, i64 id, str detail)
{
	return audit_write(db, &(struct audit){ .user_id = req->session->user_id, .organisation_id = c->organisation_id, .action = action,
		.object = "charter", .object_id = id, .detail = detail });
}

static str title_of(const struct view *v, const struct charter_version_row *r)
{
	return _f("Texte n° {1}", number_shown(v->a, v->lang, r->number));
}

static str state_of(const struct view *v, const struct charter_version_row *r, i64 in_force)
{
	if (!r->from_day.p)
		return _("brouillon");
	if (r->id == in_force)
		return _f("en vigueur depuis le {1}", iso_date_shown(v, r->from_day));
	return str_cmp(r->from_day, date_iso(v->a, today_paris())) > 0 ? _f("en vigueur à partir du {1}", iso_date_shown(v, r->from_day))
		: _f("a été en vigueur à partir du {1}", iso_date_shown(v, r->from_day));
}

static enum err in_force_id(struct req *req, i64 campaign, i64 *ret)
{
	struct charter_version_row row = { .id = 0 };
	enum err e = charter_version_in_force(req->db, campaign, date_iso(req->a, today_paris()), &row);
	*ret = e == OK ? row.id : 0;
	return e == NOT_FOUND ? OK : e;
}

/* ---- all of them ---- */

static enum err put_version(struct req *req, const struct campaign *c, const struct charter_version_row *r, i64 in_force, struct charter_version_line *ret)
{
	const struct view *v = &req->v;
	struct charter_text_row_list texts;
	struct buf langs_b = buf_new(req->a, 400);
	try(charter_texts(req->db, r->id, &texts));
	for (size_t i = 0; i < texts.n; i++) {
		enum lang l = LANG_FR;
		(void)charter_lang_of(texts.v[i].lang, &l);
		buf_printf(&langs_b, "%s%.*s", i ? ", " : "", STR_ARG(charter_lang_label(v, l)));
	}
	*ret = (struct charter_version_line){ version_path(req->a, c, r->id), title_of(v, r), state_of(v, r, in_force), buf_str(&langs_b) };
	return OK;
}

static enum err show_all(struct req *req, const struct campaign *c)
{
	struct charter_version_row_list rows;
	i64 in_force;
	try(charter_versions(req->db, c->id, CHARTER_VERSIONS_MOST, &rows));
	try(in_force_id(req, c->id, &in_force));
	struct charter_versions_page page = { .form = req->form, .back = charter_campaign_path(req->a, c, ""), .name = c->f[C_NAME],
		.path = charter_campaign_path(req->a, c, "/charte"), .none = in_force == 0, .v = arena_many(req->a, struct charter_version_line, rows.n + 1) };
	for (; page.n < rows.n; page.n++) {
		page.draft |= !rows.v[page.n].from_day.p;
		try(put_version(req, c, &rows.v[page.n], in_force, &page.v[page.n]));
	}
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, CHARTER_ROUTE));
	return charter_versions_html(&req->v, &page);
}

enum err charter_versions_show(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	return show_all(req, &c);
}

struct beginning { struct req *req; struct campaign c; };

/* Of people of age, no school signs. */
static str first_signers(const struct campaign *c) { return campaign_of_adults(c) ? S("family city association") : S(CHARTER_SIGNERS); }

/* A draft begins as the last text, in all its languages, with those who sign it. */
static enum err begin_tx(struct db *db, void *arg, str *ret_path)
{
	const struct beginning *b = arg;
	struct charter_version_row_list last;
	struct charter_text_row_list texts = { .n = 0 };
	i64 id = id_new(), number, user = b->req->session->user_id;
	try(charter_versions(db, b->c.id, 1, &last));
	if (last.n && !last.v[0].from_day.p)
		id = last.v[0].id;               /* there is one already */
	*ret_path = version_path(db_arena(db), &b->c, id);
	if (last.n && !last.v[0].from_day.p)
		return OK;
	try(charter_version_last(db, b->c.id, &number));
	try(last.n ? charter_texts(db, last.v[0].id, &texts) : OK);
	try(charter_version_put(db, id, b->c.id, number + 1, user, now_ms(), last.n ? last.v[0].signers : first_signers(&b->c)));
	for (size_t i = 0; i < texts.n; i++)
		try(charter_text_put(db, id_new(), id, texts.v[i].lang, texts.v[i].body, texts.v[i].hash, user, now_ms()));
	return told(db, b->req, &b->c, "charter.text.draft", id, S(""));
}

enum err charter_versions_post(struct req *req)
{
	struct beginning b = { .req = req };
	try(campaign_of(req, &b.c));
	return post_once(req, begin_tx, &b);
}

/* ---- one ---- */

static enum err put_part(struct req *req, const struct charter_version_row *r, const struct charter_text_row *t, struct charter_text_part *ret)
{
	const struct view *v = &req->v;
	struct view in = *v;
	struct charter_review_row review;
	struct charter_values dots = charter_no_values();
	in.lang = LANG_FR;
	(void)charter_lang_of(t->lang, &in.lang);
	*ret = (struct charter_text_part){ .label = charter_lang_label(v, in.lang), .hash = charter_hash_words(req->a, t->hash, false),
		.tag = langs[in.lang].tag, .dir = langs[in.lang].rtl ? "rtl" : "ltr", .aid = in.lang != LANG_FR, .review = S("") };
	ret->shown = markdown_html(&in, charter_fill(req->a, t->body, in.lang, &dots));
	if (!ret->aid)
		return OK;
	enum err e = charter_review_of(req->db, r->id, t->lang, t->hash, &review);
	if (e == OK)
		ret->review = _f("Relue par {1}, le {2}.", review.who, iso_date_shown(v, review.day));
	return e == NOT_FOUND ? OK : e;
}

static bool has_text(const struct charter_text_row_list *texts, enum lang l)
{
	for (size_t i = 0; i < texts->n; i++)
		if (str_eq(texts->v[i].lang, charter_lang_code(l)))
			return true;
	return false;
}

static void put_langs(struct req *req, const struct charter_text_row_list *texts, struct charter_version_page *page)
{
	const struct view *v = &req->v;
	page->langs.v = arena_many(req->a, struct charter_lang_line, LANG_COUNT);
	page->reviewable.v = arena_many(req->a, struct option, LANG_COUNT);
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		bool there = has_text(texts, l);
		page->langs.v[page->langs.n++] = (struct charter_lang_line){ str_printf(req->a, "%.*s/%.*s", STR_ARG(page->path), STR_ARG(charter_lang_code(l))),
			charter_lang_label(v, l), there ? _("écrit") : _("à écrire") };
		if (there && l != LANG_FR)
			page->reviewable.v[page->reviewable.n++] = (struct option){ charter_lang_code(l).p, charter_lang_label(v, l),
				str_eq(form_text(req, "langue"), charter_lang_code(l)) };
	}
}

static void put_signers(struct req *req, const struct charter_version_row *r, struct charter_version_page *page)
{
	page->signers.v = arena_many(req->a, struct option, CR_COUNT);
	for (enum charter_role k = 0; k < CR_COUNT; k++)
		page->signers.v[page->signers.n++] = (struct option){ charter_roles[k].code, tr(req->v.lang, said_for(&req->v, charter_roles[k].label)),
			req->method == POST && form_given(req, "signataires")
				? form_has(req, "signataires", str_c(charter_roles[k].code))
				: charter_signs(r->signers, k) };
}

static str saved_words(const struct req *req)
{
	static const struct { const char *word, *said; } all[] = {
		{ "texte", N_("C’est gardé. Personne ne signe ce texte avant qu’il soit en vigueur.") },
		{ "publie", N_("Ce texte ne changera plus. Les chartes préparées avant gardent le leur.") },
		{ "signe", N_("C’est gardé : les chartes de ce texte seront signées par ceux que vous avez cochés.") },
		{ "relu", N_("C’est noté : les chartes préparées à partir de maintenant diront qui l’a relue.") },
	};
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(form_text(req, "fait"), str_c(all[i].word)))
			return tr(req->v.lang, all[i].said);
	return S("");
}

static enum err show_version(struct req *req, const struct campaign *c, const struct charter_version_row *r)
{
	const struct view *v = &req->v;
	struct charter_text_row_list texts;
	i64 in_force;
	try(charter_texts(req->db, r->id, &texts));
	try(in_force_id(req, c->id, &in_force));
	struct charter_version_page page = { .form = req->form, .back = charter_campaign_path(req->a, c, "/charte"), .path = version_path(req->a, c, r->id),
		.title = title_of(v, r), .state = state_of(v, r, in_force), .version = str_printf(req->a, "%lld", (long long)r->version), .saved = saved_words(req),
		.today = date_iso(req->a, today_paris()), .draft = !r->from_day.p, .ready = has_text(&texts, LANG_FR) };
	page.parts.v = arena_many(req->a, struct charter_text_part, texts.n + 1);
	for (; page.parts.n < texts.n; page.parts.n++)
		try(put_part(req, r, &texts.v[page.parts.n], &page.parts.v[page.parts.n]));
	put_langs(req, &texts, &page);
	put_signers(req, r, &page);
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, VERSION_ROUTE));
	return charter_version_html(&req->v, &page);
}

enum err charter_version_show(struct req *req)
{
	struct campaign c;
	struct charter_version_row r;
	try(version_of(req, &c, &r));
	req->form->n_errors = 0;
	return show_version(req, &c, &r);
}

struct deciding { struct req *req; struct campaign c; struct charter_version_row r; str act, day, lang, who, signers; struct charter_text_row text;
	i64 shown; };

static enum err decide_tx(struct db *db, void *arg, str *ret_path)
{
	const struct deciding *d = arg;
	i64 user = d->req->session->user_id;
	str path = version_path(db_arena(db), &d->c, d->r.id);
	if (str_eq(d->act, S("relire"))) {
		*ret_path = str_printf(db_arena(db), "%.*s?fait=relu", STR_ARG(path));
		try(charter_review_put(db, id_new(), d->r.id, d->lang, d->text.hash, d->who, d->day, user, now_ms()));
		return told(db, d->req, &d->c, "charter.text.review", d->r.id, str_printf(db_arena(db), "lang=%.*s", STR_ARG(d->lang)));
	}
	if (str_eq(d->act, S("signataires"))) {
		*ret_path = str_printf(db_arena(db), "%.*s?fait=signe", STR_ARG(path));
		try(charter_version_signers(db, d->r.id, d->shown, d->signers));
		return db_changes(db) ? told(db, d->req, &d->c, "charter.text.signers", d->r.id, d->signers) : CONFLICT;
	}
	if (str_eq(d->act, S("abandonner"))) {
		*ret_path = charter_campaign_path(db_arena(db), &d->c, "/charte");
		try(charter_version_touch(db, d->r.id, d->shown));
		if (!db_changes(db))
			return CONFLICT;
		try(charter_texts_drop(db, d->r.id));
		try(charter_reviews_drop(db, d->r.id));
		try(charter_version_drop(db, d->r.id, d->shown + 1));
		return told(db, d->req, &d->c, "charter.text.drop", d->r.id, S(""));
	}
	*ret_path = str_printf(db_arena(db), "%.*s?fait=publie", STR_ARG(path));
	try(charter_version_publish(db, d->r.id, d->shown, d->day, user, now_ms()));
	return db_changes(db) ? told(db, d->req, &d->c, "charter.text.publish", d->r.id, str_printf(db_arena(db), "from=%.*s", STR_ARG(d->day))) : CONFLICT;
}

static void take_publish(struct req *req, struct deciding *d, bool has_french)
{
	const struct view *v = &req->v;
	str today = date_iso(req->a, today_paris());
	d->day = form_given(req, "jour") ? form_text(req, "jour") : today;
	if (!has_french)
		form_fail(req, "jour", _("Écrivez d’abord le texte en français : c’est lui qui fait foi."));
	else if (str_cmp(d->day, today) < 0)
		form_fail(req, "jour", _("Ce jour est passé : un texte entre en vigueur aujourd’hui ou plus tard."));
}

static void take_signers(struct req *req, struct deciding *d)
{
	const struct view *v = &req->v;
	struct buf b = buf_new(req->a, 200);
	for (enum charter_role r = 0; r < CR_COUNT; r++)
		if (form_has(req, "signataires", str_c(charter_roles[r].code)))
			buf_printf(&b, "%s%s", b.n ? " " : "", charter_roles[r].code);
	d->signers = buf_str(&b);
	if (!charter_signs(d->signers, CR_FAMILY) || charter_signers_count(d->signers) < 2)
		form_fail(req, "signataires", _("La personne équipée signe toujours, avec au moins une autre partie."));
}

static enum err take_review(struct req *req, struct deciding *d)
{
	const struct view *v = &req->v;
	str today = date_iso(req->a, today_paris());
	d->lang = form_text(req, "langue");
	d->who = form_text(req, "par");
	d->day = form_given(req, "relu") ? form_text(req, "relu") : today;
	enum err e = form_given(req, "langue") ? charter_text_of(req->db, d->r.id, d->lang, &d->text) : NOT_FOUND;
	if (e == NOT_FOUND || str_eq(d->lang, S("fr")))
		form_fail(req, "langue", _("Choisissez la traduction qui a été relue."));
	else if (e != OK)
		return e;
	if (!form_given(req, "par"))
		form_fail(req, "par", _("Dites quel service, ou quelle fonction, l’a relue."));
	if (str_cmp(d->day, today) > 0)
		form_fail(req, "relu", _("Ce jour n’est pas encore venu."));
	return OK;
}

enum err charter_version_post(struct req *req)
{
	const struct view *v = &req->v;
	struct deciding d = { .req = req, .act = form_text(req, "geste"), .shown = form_int(req, "version", -1), .day = S("") };
	struct charter_text_row_list texts;
	try(version_of(req, &d.c, &d.r));
	try(charter_texts(req->db, d.r.id, &texts));
	if (str_eq(d.act, S("relire")))
		try(take_review(req, &d));
	else if (str_eq(d.act, S("publier")))
		take_publish(req, &d, has_text(&texts, LANG_FR));
	else if (str_eq(d.act, S("signataires")))
		take_signers(req, &d);
	else if (!str_eq(d.act, S("abandonner")))
		form_fail(req, "jour", _("Choisissez ce qu’il faut faire."));
	enum err e = form_ok(req) ? post_once(req, decide_tx, &d) : INVALID;
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == CONFLICT)
		form_fail(req, "jour", _("Quelqu’un vient de changer ce texte : rien n’est fait. Relisez-le."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(version_of(req, &d.c, &d.r));
	return show_version(req, &d.c, &d.r);
}

/* ---- one text ---- */

static enum err text_lang(struct req *req, enum lang *ret)
{
	return charter_lang_of(req_param(req, "langue"), ret) ? OK : NOT_FOUND;
}

static void put_blanks(const struct view *v, struct charter_lines *ret)
{
	ret->v = arena_many(v->a, str, CB_COUNT);
	for (; ret->n < CB_COUNT; ret->n++)
		ret->v[ret->n] = str_printf(v->a, "{%s} : %.*s", charter_blanks[ret->n].name, STR_ARG(tr_here(v, charter_blanks[ret->n].label)));
}

static enum err show_text(struct req *req, const struct campaign *c, const struct charter_version_row *r, enum lang l)
{
	const struct view *v = &req->v;
	struct charter_text_row now = { .body = S("") }, french = { .body = (str){ 0 } };
	enum err e = charter_text_of(req->db, r->id, charter_lang_code(l), &now);
	if (e == OK || e == NOT_FOUND)
		e = l == LANG_FR ? OK : charter_text_of(req->db, r->id, S("fr"), &french);
	if (e != OK && e != NOT_FOUND)
		return e;
	struct charter_text_page page = { .form = req->form, .back = version_path(req->a, c, r->id), .title = title_of(v, r), .label = charter_lang_label(v, l),
		.version = str_printf(req->a, "%lld", (long long)r->version), .text = req->method == POST ? form_text(req, "texte") : now.body,
		.french = french.body, .tag = langs[l].tag, .dir = langs[l].rtl ? "rtl" : "ltr", .can_drop = l != LANG_FR && now.body.n };
	page.path = str_printf(req->a, "%.*s/%.*s", STR_ARG(page.back), STR_ARG(charter_lang_code(l)));
	put_blanks(v, &page.blanks);
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, TEXT_ROUTE));
	return charter_text_html(&req->v, &page);
}

enum err charter_text_form(struct req *req)
{
	struct campaign c;
	struct charter_version_row r;
	enum lang l;
	try(version_of(req, &c, &r));
	try(text_lang(req, &l));
	req->form->n_errors = 0;
	return r.from_day.p ? resp_redirect(req, version_path(req->a, &c, r.id)) : show_text(req, &c, &r, l);
}

struct writing { struct req *req; struct campaign c; struct charter_version_row r; enum lang l; str body; u8 hash[CHARTER_HASH]; i64 shown; bool drop; };

static enum err write_tx(struct db *db, void *arg, str *ret_path)
{
	const struct writing *w = arg;
	*ret_path = str_printf(db_arena(db), "%.*s?fait=texte", STR_ARG(version_path(db_arena(db), &w->c, w->r.id)));
	try(charter_version_touch(db, w->r.id, w->shown));
	if (!db_changes(db))
		return CONFLICT;
	try(w->drop ? charter_text_drop(db, w->r.id, charter_lang_code(w->l)) : charter_text_put(db, id_new(), w->r.id, charter_lang_code(w->l), w->body,
		(str){ (const char *)w->hash, CHARTER_HASH }, w->req->session->user_id, now_ms()));
	return told(db, w->req, &w->c, "charter.text.write", w->r.id, str_printf(db_arena(db), "lang=%.*s", STR_ARG(charter_lang_code(w->l))));
}

enum err charter_text_post(struct req *req)
{
	const struct view *v = &req->v;
	struct writing w = { .req = req, .shown = form_int(req, "version", -1) };
	try(version_of(req, &w.c, &w.r));
	try(text_lang(req, &w.l));
	w.drop = w.l != LANG_FR && str_eq(form_text(req, "geste"), S("enlever"));
	w.body = charter_canonical(req->a, form_text(req, "texte"));
	charter_hash_of(w.body, w.hash);
	str fault = w.drop ? (str){ 0 } : charter_fault(v, w.body);
	if (fault.p && form_ok(req))
		form_fail(req, "texte", fault);
	enum err e = form_ok(req) ? post_once(req, write_tx, &w) : INVALID;
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == CONFLICT)
		form_fail(req, "texte",
			_("Quelqu’un vient de changer ce brouillon, ou de le mettre en vigueur : rien n’est gardé. Copiez votre texte, puis rouvrez la page."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show_text(req, &w.c, &w.r, w.l);
}
