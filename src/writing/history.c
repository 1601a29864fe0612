/* The versions of a text, and one of them put back: as a version more, so that this too can be taken back. */
#include "writing/history_html.h"

#include "base/timex.h"
#include "http/session.h"
#include "writing/pages.h"

#define HISTORY_ROUTE "/agent/ecrits/:genre/:ecrit/historique"

static str who(const struct req *req, i64 user)
{
	const struct view *v = &req->v;
	return !user ? _("une commande") : user == req->session->user_id ? _("vous") : _f("compte {1}", str_printf(v->a, "%lld", (long long)user));
}

/* Several may be of one day. */
static str moment(struct arena *a, i64 ms)
{
	struct civil c = paris_of_ms(ms);
	return str_printf(a, "%02d/%02d/%04d %02d:%02d", c.date.d, c.date.m, c.date.y, c.hh, c.mm);
}

static str state_words(const struct view *v, str state)
{
	return str_eq(state, S("published")) ? _("publié") : str_eq(state, S("draft")) ? _("brouillon") : _("retour au texte livré");
}

static enum err show(struct req *req, const struct written *w, enum lang l)
{
	struct written_pasts pasts;
	str back = str_printf(req->a, "?langue=%.*s", STR_ARG(written_lang_name(l)));
	try(written_history(req->db, w, l, &pasts));
	struct writing_pasts page = { .form = req->form, .v = arena_many(req->a, struct writing_past, pasts.n), .n = pasts.n, .lang = l, .delivered = w->delivered,
		.path = writing_path(req, w, "/historique"), .back = writing_path(req, w, back.p), .title = writing_title(&req->v, w),
		.label = writing_lang_label(&req->v, l) };
	for (size_t i = 0; i < pasts.n; i++) {
		const struct written_past *p = &pasts.v[i];
		bool text = !str_eq(p->state, S("delivered"));
		page.v[i] = (struct writing_past){ p->id, moment(req->a, p->saved_ms), state_words(&req->v, p->state), p->title,
			who(req, p->saved_by), text && p->id != w->lang[l].head, S("") };
		page.can |= page.v[i].can;
		if (text)
			page.v[i].read = str_printf(req->a, "%.*s%.*s&lire=%lld", STR_ARG(page.path), STR_ARG(back), (long long)p->id);
		if (p->id == form_int(req, "lire", 0))
			page.shown = p->text;
	}
	try(form_stamp(req, HISTORY_ROUTE));
	return writing_history_html(&req->v, &page);
}

enum err writing_history(struct req *req)
{
	struct written w;
	enum lang l;
	try(writing_load(req, &w));
	if (!form_ok(req))
		return NOT_FOUND;
	try(writing_lang(req, &l));
	return show(req, &w, l);
}

struct restoring { struct req *req; struct written_change change; };

static enum err restore_tx(struct db *db, void *arg, str *ret_path)
{
	const struct restoring *r = arg;
	struct written w;
	try(written_load(db, r->change.kind, r->change.name, &w));
	*ret_path = writing_path(r->req, &w, str_printf(r->req->a, "?langue=%.*s&fait=%s", STR_ARG(written_lang_name(r->change.lang)),
		r->change.publish ? "publie" : "brouillon").p);
	return written_save(db, &r->change);
}

enum err writing_restore(struct req *req)
{
	const struct view *v = &req->v;
	struct written w;
	struct written_past past;
	enum lang l;
	try(writing_load(req, &w));
	try(writing_lang(req, &l));
	enum err e = written_version(req->db, &w, l, form_int(req, "remettre", 0), &past);
	if (e == OK && !str_eq(past.state, S("delivered"))) {
		struct restoring r = { req, writing_change(req, &w, l) };
		r.change.text = past.text;
		r.change.publish = str_eq(past.state, S("published"));
		e = post_once(req, restore_tx, &r);
		if (e != CONFLICT && e != INVALID)
			return e;
	} else if (e != OK && e != NOT_FOUND) {
		return e;
	}
	form_fail(req, "remettre", e == CONFLICT ? _("Quelqu’un vient de changer ce texte. Regardez la liste, puis réessayez.") :
		_("Cette version ne peut pas être remise. Choisissez-en une autre."));
	form_refused(req);
	req->status = 409;
	return show(req, &w, l);
}
