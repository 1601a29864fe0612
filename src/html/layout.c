/* See layout.h. */
#include "html/layout.h"

#include "html/escape.h"
#include "html/widgets.h"

static str path_in(const struct view *v, enum lang l)
{
	return in_language(v, l, v->path.n ? v->path : S("/"));
}

static str address_in(const struct view *v, enum lang l)
{
	if (!v->city->public_url.n || v->noindex)
		return (str){ NULL, 0 };
	return str_printf(v->a, "%.*s%.*s", STR_ARG(v->city->public_url), STR_ARG(path_in(v, l)));
}

const struct language_links *language_links(const struct view *v)
{
	struct language_links *links = arena_one(v->a, struct language_links);
	links->v = arena_many(v->a, struct language_link, LANG_COUNT);
	const struct lang_info *here = &langs[v->lang];
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		const struct lang_info *info = &langs[l];
		if (v->agent && l != LANG_FR && l != LANG_EN)
			continue;
		links->v[links->n++] = (struct language_link){
			.lang = l, .url = path_in(v, l), .full_url = address_in(v, l),
			.name = info->name, .tag = info->tag, .dir = info->rtl ? "rtl" : "ltr",
			.current = l == v->lang, .foreign = strcmp(info->tag, here->tag) != 0, .turned = info->rtl != here->rtl,
			.indexed = l != LANG_SIMPLE,
		};
	}
	return links;
}

static const struct section public_sections[] = {
	{ "/lieux", N_("Lieux d’aide") },
	{ "/demarches", N_("Démarches") },
	{ "/conseils", N_("Conseils") },
	{ "/etre-aide", N_("Être aidé sans Internet") },
	{ NULL, NULL },
};

const struct menu_links *menu_links(const struct view *v)
{
	struct menu_links *links = arena_one(v->a, struct menu_links);
	const struct section *sections = v->agent && v->sections ? v->sections : public_sections;
	size_t n = 0;
	while (sections[n].path)
		n++;
	links->v = arena_many(v->a, struct menu_link, n);
	for (size_t i = 0; i < n; i++) {
		str path = str_c(sections[i].path);
		const char *current = str_eq(v->path, path) ? "page" : str_eq(v->here, path) ? "true" : NULL;
		links->v[links->n++] = (struct menu_link){ in_language(v, v->lang, path), tr(v->lang, sections[i].label), current };
	}
	return links;
}

str page_classes(const struct view *v, const char *own)
{
	const char *kind = v->agent ? "agent" : v->lang == LANG_SIMPLE ? "simple" : "";
	own = own ? own : "";
	return str_printf(v->a, "%s%s%s", kind, *kind && *own ? " " : "", own);
}

str canonical_url(const struct view *v)
{
	return address_in(v, v->lang);
}

str page_title(const struct view *v, str title)
{
	str whole = _f("{1} – Gabare {2}", title, v->city->name);
	return v->error ? _f("Erreur : {1}", whole) : whole;
}

struct pager pager_of(i64 page, i64 total, i64 size, str previous, str next)
{
	i64 pages = (total + size - 1) / size;
	return (struct pager){ .page = page, .pages = pages, .previous = page > 1 ? previous : (str){ 0 }, .next = page < pages ? next : (str){ 0 } };
}
