/* A whole page goes and comes back: withdrawn from the public and put back, or brought back to the texts that come with the program. */
#include "http/session.h"
#include "writing/life_html.h"
#include "writing/pages.h"

#define OUT_ROUTE "/agent/ecrits/:genre/:ecrit/retirer"
#define BACK_ROUTE "/agent/ecrits/:genre/:ecrit/livre"

static struct writing_life life_of(struct req *req, const struct written *w)
{
	return (struct writing_life){ .form = req->form, .path = writing_path(req, w, ""), .title = writing_title(&req->v, w),
		.public_path = writing_public_path(req, w), .withdrawn = w->withdrawn };
}

struct act { struct written_change change; str path; bool withdraw; };

/* ---- withdrawn, and put back ---- */

static enum err show_out(struct req *req)
{
	struct written w;
	try(writing_load(req, &w));
	struct writing_life page = life_of(req, &w);
	page.done = form_given(req, "fait");
	try(form_stamp(req, OUT_ROUTE));
	return writing_out_html(&req->v, &page);
}

enum err writing_out(struct req *req)
{
	return form_ok(req) ? show_out(req) : NOT_FOUND;
}

static enum err out_tx(struct db *db, void *arg, str *ret_path)
{
	const struct act *act = arg;
	*ret_path = act->path;
	enum err e = written_withdraw(db, &act->change, act->withdraw);
	return e == NOT_FOUND ? OK : e;          /* somebody did it already */
}

enum err writing_out_post(struct req *req)
{
	struct written w;
	try(writing_load(req, &w));
	bool withdraw = str_eq(form_text(req, "geste"), S("retirer"));
	if (!withdraw && !str_eq(form_text(req, "geste"), S("remettre")))
		return INVALID;
	struct act act = { writing_change(req, &w, LANG_FR), writing_path(req, &w, "/retirer?fait=1"), withdraw };
	return post_once(req, out_tx, &act);
}

/* ---- back to what comes with the program ---- */

static enum err back_tx(struct db *db, void *arg, str *ret_path)
{
	const struct act *act = arg;
	*ret_path = act->path;
	enum err e = written_reset(db, &act->change);
	return e == NOT_FOUND ? OK : e;          /* nothing of it was changed */
}

enum err writing_back(struct req *req)
{
	struct written w;
	try(writing_load(req, &w));
	if (!w.delivered)
		return NOT_FOUND;
	struct writing_life page = life_of(req, &w);
	try(form_stamp(req, BACK_ROUTE));
	return writing_back_html(&req->v, &page);
}

enum err writing_back_post(struct req *req)
{
	struct written w;
	try(writing_load(req, &w));
	if (!w.delivered)
		return NOT_FOUND;
	struct act act = { writing_change(req, &w, LANG_FR), writing_path(req, &w, "?fait=livre"), false };
	return post_once(req, back_tx, &act);
}
