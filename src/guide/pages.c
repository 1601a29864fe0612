/* /guide: the paper guide to print at home, whole or one area, as it was last published. */
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
	try(guide_files_in(req->db, guide_lang_name(v->lang), &all));
	struct guide_page page = { .parts = all };
	if (all.n && !all.v[0].code.n) {
		page.whole = &all.v[0];
		page.parts = (struct guide_file_list){ .v = all.v + 1, .n = all.n - 1 };
		page.date = paris_of_ms(page.whole->made_ms).date;
	}
	return guide_index_html(v, &page);
}

static enum err send(struct req *req, str code)
{
	struct guide_file_pdf file;
	depends_on(req, GEN_DIRECTORY);
	try(guide_file_read(req->db, guide_lang_name(req->v.lang), code, &file));
	req->content_type = S("application/pdf");
	resp_header(req, "Content-Disposition", str_printf(req->a, "inline; filename=\"guide%s%.*s.pdf\"", code.n ? "-" : "", STR_ARG(code)));
	buf_put(&req->out, file.pdf);
	return OK;
}

static enum err guide_whole(struct req *req)
{
	return send(req, S(""));
}

static enum err guide_part(struct req *req)
{
	str code = req_param(req, "code");
	return code.n ? send(req, code) : NOT_FOUND;
}

ROUTES(guide,
	ROUTE(GET, "/guide", guide_index, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/guide.pdf", guide_whole, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/guide/:code.pdf", guide_part, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
);
