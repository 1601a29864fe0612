/* /guide: the paper guide to print at home, whole or one area, as it was last published. */
#include "accounts/accounts.h"
#include "base/timex.h"
#include "db/db.h"
#include "guide/guide.h"
#include "guide/guide_html.h"
#include "guide/pages.h"
#include "guide/routes.h"

static enum err guide_index(struct req *req)
{
	struct view *v = &req->v;
	struct guide_file_list all;
	depends_on(req, GEN_DIRECTORY);
	v->description = _("Le livret des lieux d’aide, à imprimer : en entier, ou pour un quartier.");
	struct guide_making_row now;
	enum err e = guide_published(req->db, &now);
	if (e == OK)
		e = guide_files_of(req->db, now.id, guide_lang_name(v->lang), &all);
	if (e != OK && e != NOT_FOUND)
		return e;
	struct guide_page page = { .parts = e == OK ? all : (struct guide_file_list){ .n = 0 } };
	all = page.parts;
	if (all.n && !all.v[0].code.n) {
		page.whole = &all.v[0];
		page.parts = (struct guide_file_list){ .v = all.v + 1, .n = all.n - 1 };
		if (!date_parse(now.told, &page.date))
			page.date = paris_of_ms(now.since).date;
	}
	return guide_index_html(v, &page);
}

enum err guide_send(struct req *req, i64 making, str lang, str code, bool attached)
{
	struct guide_file_pdf file;
	try(guide_file_read(req->db, making, lang, code, &file));
	req->content_type = S("application/pdf");
	str name = str_printf(req->a, "guide%s%.*s%s%.*s.pdf", code.n ? "-" : "", STR_ARG(code), attached ? "-" : "", (int)(attached ? lang.n : 0), lang.p);
	resp_header(req, "Content-Disposition", str_printf(req->a, "%s; filename=\"%.*s\"", attached ? "attachment" : "inline", STR_ARG(name)));
	buf_put(&req->out, file.pdf);
	return OK;
}

static enum err send_published(struct req *req, str code)
{
	struct guide_making_row now;
	depends_on(req, GEN_DIRECTORY);
	try(guide_published(req->db, &now));
	return guide_send(req, now.id, guide_lang_name(req->v.lang), code, false);
}

static enum err guide_whole(struct req *req)
{
	return send_published(req, S(""));
}

static enum err guide_part(struct req *req)
{
	str code = req_param(req, "code");
	return code.n ? send_published(req, code) : NOT_FOUND;
}

static const struct choice lang_choices[] = {
	{ "fr", N_("français") }, { "simple", N_("version simple") }, { "en", N_("anglais") }, { "ar", N_("arabe") }, { NULL, NULL },
};
FORM_FIELDS(order,
	{ .name = "source", .kind = F_TEXT, .label = N_("D’où viennent les lieux"), .max = 20 },
	{ .name = "quartier", .kind = F_TEXT, .label = N_("Quels lieux"), .max = 20 },
	{ .name = "langues", .kind = F_CHOICES, .label = N_("Langues"), .choices = lang_choices },
	{ .name = "codes", .kind = F_BOOL, .label = N_("Un code pour téléphone à côté de chaque lieu") },
	{ .name = "feuilles", .kind = F_BOOL, .label = N_("En feuilles A4 pour l’imprimeur") },
	{ .name = "titre", .kind = F_TEXT, .label = N_("Titre sur la couverture"), .max = 60 },
);
FORM_FIELDS(on_making,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "sur", .kind = F_BOOL, .label = N_("Je le mets sur le site") },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);

#define DESK(method_, path_, handler_, form_, flags_) \
	ROUTE_WITH(method_, path_, handler_, CAP_NETWORK, SCOPE(scope_somewhere), form_, ROUTE_AGENT | (flags_))

ROUTES(guide,
	ROUTE(GET, "/guide", guide_index, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/guide.pdf", guide_whole, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/guide/:code.pdf", guide_part, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	DESK(GET, "/agent/guide", guide_desk_page, FORM(order), 0),
	DESK(POST, "/agent/guide", guide_desk_post, FORM(order), 0),
	DESK(GET, "/agent/guide/faits/:guide", guide_making_show, FORM(on_making), 0),
	DESK(POST, "/agent/guide/faits/:guide", guide_making_act, FORM(on_making), 0),
	DESK(GET, "/agent/guide/faits/:guide/:langue.pdf", guide_making_file, FORM_NONE, 0),
);
