/* The routes and forms of the back office of written pages, and what its handlers share. */
#include "writing/writing.h"

#include "accounts/accounts.h"
#include "http/session.h"
#include "writing/pages.h"

const struct choice writing_kind_choices[] = { { "demarche", N_("Démarche") }, { "conseil", N_("Conseil") }, { NULL, NULL } };
const struct choice writing_lang_choices[] = { { "fr", N_("Français") }, { "simple", N_("Version simple") }, { "en", N_("Anglais") }, { "ar", N_("Arabe") },
	{ NULL, NULL } };
const struct choice writing_filter_choices[] = { { "demarche", N_("Démarches") }, { "conseil", N_("Conseils") }, { "a-faire", N_("À faire") }, { NULL, NULL } };

FORM_FIELDS(writing_list,
	{ .name = "voir", .kind = F_CHOICE, .label = N_("Lesquelles"), .choices = writing_filter_choices },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
);
FORM_FIELDS(writing_new,
	{ .name = "genre", .kind = F_CHOICE, .label = N_("Genre"), .choices = writing_kind_choices, .required = true,
	  .missing = N_("Choisissez : une démarche, ou un conseil.") },
	{ .name = "titre", .kind = F_TEXT, .label = N_("Titre"), .required = true, .max = 120,
	  .missing = N_("Donnez un titre à cette page.") },
);
FORM_FIELDS(writing,
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langue"), .choices = writing_lang_choices },
	{ .name = "texte", .kind = F_LINES, .label = N_("Texte"), .max = WRITTEN_MAX },
	{ .name = "version", .kind = F_TEXT, .label = N_("Version"), .max = 20 },
	{ .name = "francais", .kind = F_TEXT, .label = N_("Français"), .max = 20 },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 20 },
);
FORM_FIELDS(writing_past,
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langue"), .choices = writing_lang_choices },
	{ .name = "lire", .kind = F_INT, .label = N_("Lire"), .min = 1, .max = 9e18 },
	{ .name = "remettre", .kind = F_INT, .label = N_("Remettre"), .min = 1, .max = 9e18 },
);
FORM_FIELDS(writing_life,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 20 },
);

/* ---- what handlers share ---- */

enum err writing_load(struct req *req, struct written *ret)
{
	enum written_kind kind;
	req->v.here = S("/agent/ecrits");
	if (!written_kind_of(req_param(req, "genre"), &kind))
		return NOT_FOUND;
	return written_load(req->db, kind, req_param(req, "ecrit"), ret);
}

enum err writing_lang(struct req *req, enum lang *ret)
{
	*ret = LANG_FR;
	str name = form_text(req, "langue");
	return !name.n || written_lang_of(name, ret) ? OK : NOT_FOUND;
}

struct written_change writing_change(const struct req *req, const struct written *w, enum lang l)
{
	return (struct written_change){ .kind = w->kind, .name = w->name, .lang = l, .head = w->lang[l].head, .french = w->french,
		.user_id = req->session->user_id };
}

str writing_title(const struct view *v, const struct written *w)
{
	struct article article = { .name = w->name };
	const struct written_lang *fr = &w->lang[LANG_FR];
	article_parse(v->a, fr->published.p ? fr->published : fr->draft, &article, NULL);
	return article.title.n ? article.title : w->name;
}

str writing_path(struct req *req, const struct written *w, const char *more)
{
	return str_printf(req->a, "/agent/ecrits/%s/%.*s%s", written_kinds[w->kind].name, STR_ARG(w->name), more);
}

str writing_public_path(struct req *req, const struct written *w)
{
	return str_printf(req->a, "%s/%.*s", written_kinds[w->kind].section, STR_ARG(w->name));
}

str writing_lang_label(const struct view *v, enum lang l)
{
	return tr(v->lang, writing_lang_choices[l].label);
}

#define AGENT(method_, path_, handler_, form_) \
	ROUTE_WITH(method_, path_, handler_, CAP_NETWORK, SCOPE(scope_somewhere), form_, ROUTE_AGENT)

ROUTES(writing,
	AGENT(GET, "/agent/ecrits", writing_index, FORM(writing_list)),
	AGENT(GET, "/agent/ecrits/nouveau", writing_make, FORM(writing_new)),
	AGENT(POST, "/agent/ecrits/nouveau", writing_make_post, FORM(writing_new)),
	AGENT(GET, "/agent/ecrits/:genre/:ecrit", writing_edit, FORM(writing)),
	ROUTE_WITH(POST, "/agent/ecrits/:genre/:ecrit", writing_edit_post, CAP_NETWORK, SCOPE(scope_somewhere), FORM(writing), ROUTE_AGENT | ROUTE_UPLOAD),
	AGENT(GET, "/agent/ecrits/:genre/:ecrit/historique", writing_history, FORM(writing_past)),
	AGENT(POST, "/agent/ecrits/:genre/:ecrit/historique", writing_restore, FORM(writing_past)),
	AGENT(GET, "/agent/ecrits/:genre/:ecrit/retirer", writing_out, FORM(writing_life)),
	AGENT(POST, "/agent/ecrits/:genre/:ecrit/retirer", writing_out_post, FORM(writing_life)),
	AGENT(GET, "/agent/ecrits/:genre/:ecrit/livre", writing_back, FORM_NONE),
	AGENT(POST, "/agent/ecrits/:genre/:ecrit/livre", writing_back_post, FORM_NONE),
);
