/* The pages about open data: what there is (/donnees), and how another site shows it (/integrer). */
#include "directory/open_pages.h"

#include "base/timex.h"
#include "directory/open_page_html.h"

/* "environ 120 ko"; absent where it is not worth saying. */
static str weight_shown(const struct view *v, i64 bytes)
{
	if (bytes <= 0)
		return (str){ 0 };
	if (bytes < 1000000)
		return _f("environ {1} ko", number_shown(v->a, v->lang, bytes < 1000 ? 1 : bytes / 1000));
	return _f("environ {1} Mo", number_shown(v->a, v->lang, bytes / 1000000));
}

enum err open_page(struct req *req)
{
	struct view *v = &req->v;
	struct open_facts facts;
	struct open_catalogue_page page = { .places = 0 };
	try(open_facts(req, &facts));
	page.places = facts.places;
	page.updated = facts.updated_ms ? date_shown(v, paris_of_ms(facts.updated_ms).date) : (str){ 0 };
	page.source = str_printf(req->a, "%.*s, Gabare, %.*s", STR_ARG(v->city->name), STR_ARG(open_url(req, "/donnees")));
	for (size_t i = 0; i < OPEN_SETS; i++) {
		const struct open_set *set = &open_sets[i];
		page.sets[i] = (struct shown_set){ tr(v->lang, set->title), tr(v->lang, set->what), arena_many(req->a, struct shown_file, set->n_files), set->n_files };
		for (size_t k = 0; k < set->n_files; k++) {
			const struct open_file *f = &set->files[k];
			const char *name = strrchr(f->url, '/') + 1;
			page.sets[i].v[k] = (struct shown_file){ str_c(f->url), str_c(name), f->format, weight_shown(v, facts.bytes[f->weight]) };
		}
	}
	v->here = S("/donnees");
	v->description = _("Les données ouvertes de l’aide au numérique : lieux, communes, changements, sans clé.");
	return open_catalogue_html(v, &page);
}

enum err open_embed(struct req *req)
{
	struct view *v = &req->v;
	str address = open_url(req, "/fragment/lieux?style=gabare&service=demarches");
	depends_on(req, GEN_CONFIG);
	v->here = S("/donnees");
	v->description = _("Montrer les lieux d’aide sur un autre site, sans programme et sans compte.");
	return open_embed_html(v, address);
}
