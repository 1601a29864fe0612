/* /agent/registre: the registry of personal data, as the data protection officer reads it, prints it, and takes it away. */
#include "base/csv.h"
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

enum err registry_csv(struct req *req)
{
	const struct view *v = &req->v;
	const char *const heads[] = { N_("Donnée"), N_("Pourquoi"), N_("Responsable"), N_("Base légale"), N_("Qui le voit"), N_("Durée"), N_("À partir de"),
		N_("Colonnes") };
	str cells[lengthof(heads)];
	for (size_t i = 0; i < lengthof(heads); i++)
		cells[i] = tr(v->lang, heads[i]);
	csv_row(&req->out, cells, lengthof(heads));
	for (size_t i = 0; i < registry_count; i++) {
		const struct registry_line *l = &registry[i];
		const char *const texts[] = { l->what, l->why, l->controller, l->basis, l->recipients, l->kept, l->until };
		for (size_t k = 0; k < lengthof(texts); k++)
			cells[k] = tr(v->lang, texts[k]);
		cells[lengthof(texts)] = str_printf(req->a, "%s: %s", l->table, l->columns);
		csv_row(&req->out, cells, lengthof(heads));
	}
	resp_file(req, S("registre.csv"), false);
	return OK;
}
