/* /agent/registre: the registry of personal data, as the data protection officer reads it, prints it, and takes it away. */
#include "http/response.h"
#include "http/session.h"
#include "people/pages.h"
#include "people/registry_html.h"

enum err registry_show(struct req *req)
{
	struct registry_page page = { .v = registry, .n = registry_count };
	size_t n = 0;
	req->v.here = S("/agent/registre");
	while (registry_never[2 * n])
		n++;
	page.never.v = arena_many(req->a, struct registry_never_line, n + 1);
	for (; page.never.n < n; page.never.n++)
		page.never.v[page.never.n] = (struct registry_never_line){ registry_never[2 * page.never.n], registry_never[2 * page.never.n + 1] };
	return registry_html(&req->v, &page);
}

/* Our own words: no quote in them. */
static void cell(struct buf *b, str text, char after)
{
	buf_byte(b, '"');
	buf_put(b, text);
	buf_byte(b, '"');
	buf_byte(b, after);
}

enum err registry_csv(struct req *req)
{
	const struct view *v = &req->v;
	const char *const heads[] = { N_("Donnée"), N_("Pourquoi"), N_("Responsable"), N_("Base légale"), N_("Qui le voit"), N_("Durée"), N_("À partir de"),
		N_("Colonnes") };
	for (size_t i = 0; i < lengthof(heads); i++)
		cell(&req->out, tr(v->lang, heads[i]), i + 1 < lengthof(heads) ? ',' : '\n');
	for (size_t i = 0; i < registry_count; i++) {
		const struct registry_line *l = &registry[i];
		const char *const texts[] = { l->what, l->why, l->controller, l->basis, l->recipients, l->kept, l->until };
		for (size_t k = 0; k < lengthof(texts); k++)
			cell(&req->out, tr(v->lang, texts[k]), ',');
		cell(&req->out, str_printf(req->a, "%s: %s", l->table, l->columns), '\n');
	}
	req->content_type = S("text/csv; charset=utf-8; header=present");
	resp_header(req, "Content-Disposition", S("attachment; filename=\"registre.csv\""));
	return OK;
}
