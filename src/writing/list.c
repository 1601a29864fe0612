/* The list of written pages, each with where it stands in each language; and a page made of nothing but its title. */
#include "base/buf.h"
#include "base/utf8.h"
#include "http/session.h"
#include "writing/list_html.h"
#include "writing/pages.h"

#define NEW_ROUTE "/agent/ecrits/nouveau"

str writing_state(const struct view *v, enum lang l, bool published, bool draft, bool stale)
{
	if (!published)
		return draft ? _("brouillon") : l == LANG_FR ? _("à écrire") : _("à traduire");
	if (stale)
		return draft ? _("à revoir, brouillon") : _("à revoir");
	return draft ? _("publié, brouillon") : _("publié");
}

/* Something is left to do in one of its languages. */
static bool is_todo(const struct written_line *w)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (!w->lang[l].published || w->lang[l].draft || w->lang[l].stale)
			return true;
	return false;
}

static bool is_shown(const struct written_line *w, str filter)
{
	enum written_kind kind;
	if (written_kind_of(filter, &kind))
		return w->kind == kind;
	return !filter.n || (is_todo(w) && !w->withdrawn);
}

static struct writing_line line_of(const struct req *req, const struct written_line *w)
{
	struct writing_line line = { .title = w->title.n ? w->title : w->name, .withdrawn = w->withdrawn, .cells = { .n = LANG_COUNT } };
	line.path = str_printf(req->a, "/agent/ecrits/%s/%.*s", written_kinds[w->kind].name, STR_ARG(w->name));
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		bool published = w->lang[l].published, draft = w->lang[l].draft, stale = w->lang[l].stale;
		line.cells.v[l] = (struct writing_cell){ l, writing_state(&req->v, l, published, draft, stale), !published || draft || stale };
	}
	return line;
}

static struct writing_filters filters(const struct view *v, str chosen)
{
	struct writing_filters all = { arena_many(v->a, struct writing_filter, 4), 0 };
	all.v[all.n++] = (struct writing_filter){ S("/agent/ecrits"), _("Toutes"), !chosen.n };
	for (const struct choice *c = writing_filter_choices; c->value; c++)
		all.v[all.n++] = (struct writing_filter){ str_printf(v->a, "/agent/ecrits?voir=%s", c->value), tr(v->lang, c->label), str_eq(chosen, str_c(c->value)) };
	return all;
}

static str page_url(struct req *req, str filter, i64 page)
{
	struct buf b = buf_new(req->a, 200);
	put_prefix(&b, &req->v);
	buf_printf(&b, "/agent/ecrits?page=%lld%s%.*s", (long long)page, filter.n ? "&voir=" : "", STR_ARG(filter));
	return buf_str(&b);
}

enum err writing_index(struct req *req)
{
	struct written_lines all;
	str filter = form_text(req, "voir");
	i64 number = form_int(req, "page", 1), total = 0, from = (number - 1) * WRITING_PAGE;
	req->v.here = S("/agent/ecrits");
	if (!form_ok(req))
		return NOT_FOUND;
	try(written_list(req->db, req->a, &all));
	struct writing_index page = { .v = arena_many(req->a, struct writing_line, WRITING_PAGE), .filters = filters(&req->v, filter),
		.todo = str_eq(filter, S("a-faire")) };
	for (size_t i = 0; i < all.n; i++) {
		if (!is_shown(&all.v[i], filter))
			continue;
		if (total >= from && total < from + WRITING_PAGE)
			page.v[page.n++] = line_of(req, &all.v[i]);
		total++;
	}
	if (number > 1 && !page.n)
		return NOT_FOUND;
	page.pager = pager_of(number, total, WRITING_PAGE, page_url(req, filter, number - 1), page_url(req, filter, number + 1));
	return writing_index_html(&req->v, &page);
}

/* ---- a new one ---- */

static enum err show_new(struct req *req)
{
	struct writing_new page = { req->form };
	req->v.here = S("/agent/ecrits");
	try(form_stamp(req, NEW_ROUTE));
	return writing_new_html(&req->v, &page);
}

enum err writing_make(struct req *req)
{
	req->form->n_errors = 0;                 /* nobody has been asked yet */
	return show_new(req);
}

struct making { struct req *req; struct written_change change; };

static enum err make_tx(struct db *db, void *arg, str *ret_path)
{
	struct making *m = arg;
	struct written there;
	enum err e = written_load(db, m->change.kind, m->change.name, &there);
	if (e != NOT_FOUND)
		return e == OK ? CONFLICT : e;
	*ret_path = writing_path(m->req, &(struct written){ .kind = m->change.kind, .name = m->change.name }, "?fait=cree");
	return written_save(db, &m->change);
}

enum err writing_make_post(struct req *req)
{
	const struct view *v = &req->v;
	struct making m = { .req = req };
	enum err e = OK;
	if (form_ok(req) && written_kind_of(form_text(req, "genre"), &m.change.kind)) {
		m.change.name = writing_name(req->a, form_text(req, "titre"));
		m.change.text = str_printf(req->a, "# %.*s\n", STR_ARG(form_text(req, "titre")));
		m.change.user_id = req->session->user_id;
		if (m.change.name.n)
			e = post_once(req, make_tx, &m);
		else
			form_fail(req, "titre", _("L’adresse de la page est faite de son titre : il faut des lettres latines, ou des chiffres."));
	}
	if (e == CONFLICT)
		form_fail(req, "titre", _f("Une page existe déjà à l’adresse « {1} ». Changez-la, ou prenez un autre titre.", m.change.name));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show_new(req);
}
