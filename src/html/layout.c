/* See layout.h. */
#include "html/layout.h"

#include "html/escape.h"
#include "html/widgets.h"

#include <string.h>

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

#define MENU_FLAT 7                              /* more than a line of a desk's screen holds */

static const struct section *sections_of(const struct view *v, size_t *ret_n)
{
	const struct section *sections = v->agent && v->sections ? v->sections : public_sections;
	*ret_n = 0;
	while (sections[*ret_n].path)
		++*ret_n;
	return sections;
}

static struct menu_link link_of(const struct view *v, const struct section *s)
{
	str path = str_c(s->path);
	const char *current = str_eq(v->path, path) ? "page" : str_eq(v->here, path) ? "true" : NULL;
	return (struct menu_link){ in_language(v, v->lang, path), tr(v->lang, s->label), current };
}

/* How many follow each other in the group of the first. */
static size_t group_size(const struct section *s)
{
	size_t n = 1;
	while (s->group && s[n].path && s[n].group && !strcmp(s[n].group, s->group))
		n++;
	return n;
}

static struct menu_links *links_of(const struct view *v, const struct section *sections, size_t n)
{
	struct menu_links *links = arena_one(v->a, struct menu_links);
	links->v = arena_many(v->a, struct menu_link, n + 1);
	for (; links->n < n; links->n++)
		links->v[links->n] = link_of(v, &sections[links->n]);
	return links;
}

static bool any_current(const struct menu_links *links)
{
	for (size_t i = 0; i < links->n; i++)
		if (links->v[i].current)
			return true;
	return false;
}

const struct menu_links *menu_all_links(const struct view *v)
{
	size_t n;
	const struct section *sections = sections_of(v, &n);
	return links_of(v, sections, n);
}

const struct menu_links *menu_links(const struct view *v)
{
	size_t n, size;
	const struct section *sections = sections_of(v, &n);
	if (n <= MENU_FLAT)
		return links_of(v, sections, n);
	struct menu_links *groups = arena_one(v->a, struct menu_links);
	groups->v = arena_many(v->a, struct menu_link, n);
	for (size_t i = 0; i < n; i += size) {
		size = group_size(&sections[i]);
		struct menu_links *in = links_of(v, &sections[i], size);
		if (size > 1)
			in->v[0] = (struct menu_link){ in->v[0].url, tr(v->lang, sections[i].group), any_current(in) ? "true" : NULL };
		groups->v[groups->n++] = in->v[0];
	}
	return groups;
}

const struct menu_links *menu_group_links(const struct view *v)
{
	size_t n, size;
	const struct section *sections = sections_of(v, &n);
	for (size_t i = 0; i < n && n > MENU_FLAT; i += size) {
		size = group_size(&sections[i]);
		struct menu_links *in = links_of(v, &sections[i], size);
		if (size > 1 && any_current(in))
			return in;
	}
	return links_of(v, sections, 0);
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
