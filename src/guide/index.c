/* The end of the booklet: by service, which places and on which pages; then all names. */
#include "guide/parts.h"

#define LINE_MAX ((size_t)64 * 1024)

/* "Bellevue : Le Ponton 12, Médiathèque des Lavoirs 12." */
static void put_area(struct booklet *b, size_t service, size_t area)
{
	const struct view *v = b->v;
	struct buf out = buf_new(v->a, LINE_MAX);
	for (size_t i = 0; i < b->g->n_places; i++) {
		const struct guide_place *p = &b->g->places[i];
		if (p->area != area || !place_offers(p->place, service))
			continue;
		str one = str_printf(v->a, "%.*s\u00A0\2%d\3", STR_ARG(p->words.name), pdf_page_of(b->d, p->mark));
		buf_printf(&out, "%s%.*s", !out.n ? "" : v->lang == LANG_AR ? "، " : ", ", STR_ARG(one));
	}
	if (out.n)
		pdf_text(b->d, PDF_BODY, _f("{1} : {2}", pdf_french(v->a, v->lang, b->g->areas[area].name), buf_str(&out)));
}

static bool offered(const struct booklet *b, size_t service)
{
	for (size_t i = 0; i < b->g->n_places; i++)
		if (place_offers(b->g->places[i].place, service))
			return true;
	return false;
}

static void put_services(struct booklet *b)
{
	const struct view *v = b->v;
	str title = _("Qui aide à quoi"), words;
	pdf_page(b->d, running_head(b, title));
	pdf_mark_here(b->d, b->index_mark);
	pdf_text(b->d, PDF_H1, title);
	pdf_text(b->d, PDF_LEAD, _("Le nombre après chaque lieu est celui de sa page."));
	for (size_t s = 0; (words = service_words(v, s)).n; s++) {
		if (!offered(b, s))
			continue;
		pdf_text(b->d, PDF_H2, words);
		for (size_t area = 0; area < b->g->n_areas; area++)
			put_area(b, s, area);
	}
}

static void put_names(struct booklet *b)
{
	const struct view *v = b->v;
	str title = _("Tous les lieux");
	pdf_page(b->d, running_head(b, title));
	pdf_mark_here(b->d, b->names_mark);
	pdf_text(b->d, PDF_H1, title);
	pdf_open(b->d, "TOC");
	for (size_t i = 0; i < b->g->n_places; i++)
		pdf_line(b->d, b->g->places[i].words.name, b->g->places[i].mark);
	pdf_close(b->d);
}

void put_indexes(struct booklet *b)
{
	put_services(b);
	put_names(b);
}
