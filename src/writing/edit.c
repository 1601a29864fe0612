/* One text of a page: the French beside it, what the public would see, kept as a draft or published. Two people at once: the second is
 * shown what the first wrote, and keeps their own. */
#include "writing/edit_html.h"

#include "base/buf.h"
#include "http/session.h"
#include "writing/pages.h"

#define EDIT_ROUTE "/agent/ecrits/:genre/:ecrit"

/* ---- the form ---- */

static struct writing_links links_of(struct req *req, const struct written *w, enum lang current)
{
	struct writing_links all = { arena_many(req->a, struct writing_link, LANG_COUNT), LANG_COUNT };
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		const struct written_lang *of = &w->lang[l];
		str more = str_printf(req->a, "?langue=%.*s", STR_ARG(written_lang_name(l)));
		all.v[l] = (struct writing_link){ writing_path(req, w, more.p), writing_lang_label(&req->v, l),
			writing_state(&req->v, l, of->published.p, of->draft.p, of->stale), l == current };
	}
	return all;
}

static str done_words(const struct req *req)
{
	static const struct { const char *word, *said; } all[] = {
		{ "publie", N_("C’est publié. La page publique est à jour.") },
		{ "brouillon", N_("C’est gardé. Le public ne le voit pas encore.") },
		{ "cree", N_("La page est là, en brouillon. Écrivez-la, puis publiez-la.") },
		{ "juste", N_("C’est noté : ce texte dit bien ce que dit le français.") },
		{ "abandonne", N_("Le brouillon est abandonné. Il reste dans la liste des versions.") },
		{ "livre", N_("La page est revenue aux textes livrés avec Gabare.") },
	};
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(form_text(req, "fait"), str_c(all[i].word)))
			return tr(req->v.lang, all[i].said);
	return S("");
}

static str id_text(struct arena *a, i64 id) { return str_printf(a, "%lld", (long long)id); }

/* The text in the field: what was typed, else the draft, else what is published. */
static struct writing_page page_of(struct req *req, const struct written *w, enum lang l)
{
	const struct written_lang *now = &w->lang[l];
	struct writing_page page = { .form = req->form, .w = w, .now = now, .lang = l, .path = writing_path(req, w, ""),
		.public_path = writing_public_path(req, w), .title = writing_title(&req->v, w), .head = id_text(req->a, now->head),
		.french_id = id_text(req->a, w->french), .links = links_of(req, w, l), .done = done_words(req) };
	const struct written_lang *fr = &w->lang[LANG_FR];
	page.text = req->method == POST ? form_text(req, "texte") : now->draft.p ? now->draft : now->published;
	if (l != LANG_FR)
		page.french = fr->published.p ? fr->published : fr->draft;
	return page;
}

static struct written_change change_of(struct req *req, const struct writing_page *page)
{
	struct written_change c = writing_change(req, page->w, page->lang);
	c.text = page->text.p ? page->text : S("");
	return c;
}

static enum err check(struct req *req, struct writing_page *page)
{
	struct written_change c = change_of(req, page);
	page->checked = c.text.n > 0;
	return page->checked ? writing_check(req->db, &req->v, &c, page->french, NULL, &page->check) : OK;
}

static enum err show(struct req *req, struct writing_page *page)
{
	try(form_stamp(req, EDIT_ROUTE));
	return writing_edit_html(&req->v, page);
}

enum err writing_edit(struct req *req)
{
	struct written w;
	enum lang l;
	try(writing_load(req, &w));
	if (!form_ok(req))
		return NOT_FOUND;
	try(writing_lang(req, &l));
	struct writing_page page = page_of(req, &w, l);
	try(check(req, &page));
	return show(req, &page);
}

/* ---- what the public would see ---- */

static enum err preview(struct req *req, struct writing_page *page)
{
	struct view bar = req->v, public_view = req->v;
	struct buf out = buf_new(req->a, (size_t)1 << 20);
	struct article article = { .name = page->w->name, .lang = page->lang };
	article_parse(req->a, page->text, &article, NULL);
	if (!article.title.n)
		return show(req, page);          /* a page without a title cannot be shown: the form says so */
	try(form_stamp(req, EDIT_ROUTE));
	bar.stamp = req->v.stamp;
	bar.out = &out;
	try(writing_preview_html(&bar, page));
	public_view.agent = false;
	public_view.sections = NULL;
	public_view.lang = page->lang;
	public_view.path = page->public_path;
	public_view.noindex = true;
	return content_preview(&public_view, page->w->kind, &article, (html){ buf_str(&out) });
}

/* ---- keeping and publishing ---- */

static enum err save_tx(struct db *db, void *arg) { return written_save(db, arg); }
static enum err compared_tx(struct db *db, void *arg) { return written_compared(db, arg); }
static enum err drop_tx(struct db *db, void *arg) { return written_drop(db, arg); }

static i64 seen(const struct req *req, const char *field)
{
	i64 id;
	return str_i64(form_text(req, field), &id) ? id : 0;
}

static enum err refuse(struct req *req, struct writing_page *page, int status)
{
	form_refused(req);
	req->status = status;
	return show(req, page);
}

/* Somebody saved another text meanwhile: it is shown, and sending again takes the place of it. */
static enum err show_both(struct req *req, struct writing_page *before)
{
	const struct view *v = &req->v;
	struct written w;
	try(writing_load(req, &w));
	struct writing_page again = page_of(req, &w, before->lang), *page = &again;
	again.other = again.now->draft.p ? again.now->draft : again.now->published;
	try(check(req, &again));
	form_fail(req, "texte", _("Entre-temps, quelqu’un a enregistré un autre texte : il est à côté du vôtre. "
		"Reprenez-y ce qu’il faut, puis envoyez à nouveau le vôtre."));
	return refuse(req, page, 409);
}

static enum err done(struct req *req, const struct writing_page *page, const char *what)
{
	return resp_redirect(req, str_printf(req->a, "%.*s?langue=%.*s&fait=%s", STR_ARG(page->path), STR_ARG(written_lang_name(page->lang)), what));
}

static enum err save(struct req *req, struct writing_page *page, bool publish)
{
	const struct view *v = &req->v;
	struct written_change c = change_of(req, page);
	c.publish = publish;
	c.head = seen(req, "version");
	c.french = seen(req, "francais");
	if (publish && (page->check.faults.n || !c.text.n)) {
		form_fail(req, "texte", c.text.n ? _n("Une chose empêche de publier ce texte : elle est dite au-dessus de lui.",
			"{n} choses empêchent de publier ce texte : elles sont dites au-dessus de lui.", (i64)page->check.faults.n) :
			_("Ce texte est vide : il n’y a rien à publier."));
		return refuse(req, page, 422);
	}
	enum err e = db_tx(req->db, save_tx, &c);
	if (e == CONFLICT)
		return show_both(req, page);
	if (e == INVALID) {
		form_fail(req, "texte", _("Publiez d’abord le français : c’est lui que l’on traduit. Gardez ce texte en brouillon en attendant."));
		return refuse(req, page, 422);
	}
	try(e);
	return done(req, page, publish ? "publie" : "brouillon");
}

static enum err still_right(struct req *req, struct writing_page *page)
{
	struct written_change c = change_of(req, page);
	c.french = seen(req, "francais");
	try(db_tx(req->db, compared_tx, &c));
	return done(req, page, "juste");
}

/* A page whose only draft is given up is no page any more. */
static enum err give_up(struct req *req, struct writing_page *page)
{
	struct written_change c = change_of(req, page);
	struct written left;
	c.head = seen(req, "version");
	enum err e = db_tx(req->db, drop_tx, &c);
	if (e == CONFLICT)
		return show_both(req, page);
	if (e != OK && e != NOT_FOUND)
		return e;
	e = written_load(req->db, c.kind, c.name, &left);
	if (e == NOT_FOUND)
		return resp_redirect(req, S("/agent/ecrits"));
	try(e);
	return done(req, page, "abandonne");
}

enum err writing_edit_post(struct req *req)
{
	struct written w;
	enum lang l;
	try(writing_load(req, &w));
	try(writing_lang(req, &l));
	str act = form_text(req, "geste");
	struct writing_page page = page_of(req, &w, l);
	page.head = form_text(req, "version");   /* as they were seen */
	page.french_id = form_text(req, "francais");
	if (!form_ok(req))
		return refuse(req, &page, 422);
	if (str_eq(act, S("juste")))
		return still_right(req, &page);
	if (str_eq(act, S("abandonner")))
		return give_up(req, &page);
	try(check(req, &page));
	if (str_eq(act, S("publier")) || str_eq(act, S("brouillon")))
		return save(req, &page, str_eq(act, S("publier")));
	return str_eq(act, S("voir")) ? preview(req, &page) : show(req, &page);
}
