/* Texts as pango lays them out: one layout a paragraph, in the styles of the house. */
#include "pdf/parts.h"
#include "pdf/typeset.h"

#include <string.h>

#define ARABIC_MORE 0.2                          /* of the size: its letters go higher and lower */

struct style { double size, before, line; bool bold; };      /* line: its height, of the size */

static const struct style styles[PDF_STYLES] = {
	[PDF_TITLE] = { 34, 0, 1.15, true }, [PDF_H1] = { 23, 26, 1.2, true }, [PDF_H2] = { 16, 14, 1.25, true }, [PDF_H3] = { 14, 13, 1.25, true },
	[PDF_BIG] = { 28, 4, 1.2, true }, [PDF_LEAD] = { 14, 8, 1.35, false }, [PDF_BODY] = { 12, 2.5, 1.27, false }, [PDF_SMALL] = { 10.5, 3, 1.3, false },
};

static const char *family(enum lang l)
{
	return langs[l].rtl ? "Noto Sans Arabic, Noto Sans" : "Noto Sans, Noto Sans Arabic";
}

/* What is already large stays as it is in a document of large letters. */
static double size_of(const struct pdf *d, enum pdf_style style)
{
	return styles[style].size * (styles[style].size < 20 ? d->scale : 1);
}

double style_before(const struct pdf *d, enum pdf_style style)
{
	return styles[style].before * d->scale;
}

/* Bold between \2 and \3: the marks are taken out, their places become attributes. */
static char *take_marks(struct arena *a, str s, PangoAttrList *attributes)
{
	char *z = arena_alloc(a, s.n + 1);
	guint n = 0, from = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\2') {
			from = n;
		} else if (s.p[i] == '\3') {
			PangoAttribute *bold = pango_attr_weight_new(PANGO_WEIGHT_BOLD);
			bold->start_index = from;
			bold->end_index = n;
			pango_attr_list_insert(attributes, bold);
		} else {
			z[n++] = s.p[i];
		}
	}
	return z;
}

/* Compound words ("rendez-vous", "Sainte-Anne") stay whole. */
static void keep_compounds(const char *z, PangoAttrList *attributes)
{
	for (guint i = 1; z[0] && z[i]; i++)
		if (z[i] == '-' && z[i - 1] != ' ' && z[i + 1] && z[i + 1] != ' ') {
			PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
			whole->start_index = i - 1;
			whole->end_index = i + 2;
			pango_attr_list_insert(attributes, whole);
		}
}

PangoLayout *pdf_layout(struct pdf *d, enum pdf_style style, str text, double width)
{
	const struct style *s = &styles[style];
	PangoLayout *l = pango_layout_new(d->context);
	PangoAttrList *attributes = pango_attr_list_new();
	PangoFontDescription *font = pango_font_description_from_string(family(d->lang));
	pango_font_description_set_absolute_size(font, size_of(d, style) * PANGO_SCALE);
	pango_font_description_set_weight(font, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(l, font);
	pango_font_description_free(font);
	char *z = take_marks(d->a, pdf_typeset(d->a, d->lang, text), attributes);
	keep_compounds(z, attributes);
	double line = size_of(d, style) * (s->line + (langs[d->lang].rtl ? ARABIC_MORE : 0));
	pango_attr_list_insert(attributes, pango_attr_line_height_new_absolute((int)(line * PANGO_SCALE)));
	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(l, attributes);
	pango_attr_list_unref(attributes);
	pango_layout_set_text(l, z, -1);
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_auto_dir(l, FALSE);
	pango_layout_set_alignment(l, langs[d->lang].rtl ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	return l;
}

double layout_height(PangoLayout *l)
{
	PangoRectangle logical;
	pango_layout_get_extents(l, NULL, &logical);
	return (double)logical.height / PANGO_SCALE;
}

double layout_width(PangoLayout *l)
{
	PangoRectangle logical;
	pango_layout_get_extents(l, NULL, &logical);
	return (double)logical.width / PANGO_SCALE;
}

/* The font that pango would take: another one when this one is not there. */
static bool there(PangoContext *context, const char *name)
{
	PangoFontDescription *wanted = pango_font_description_from_string(name);
	PangoFont *font = pango_context_load_font(context, wanted);
	PangoFontDescription *got = font ? pango_font_describe(font) : NULL;
	bool same = got && strcmp(pango_font_description_get_family(got), pango_font_description_get_family(wanted)) == 0;
	if (got)
		pango_font_description_free(got);
	if (font)
		g_object_unref(font);
	pango_font_description_free(wanted);
	return same;
}

const char *pdf_missing_font(enum lang l)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	const char *missing = !there(context, "Noto Sans 12") ? "Noto Sans" : langs[l].rtl && !there(context, "Noto Sans Arabic 12") ? "Noto Sans Arabic" : NULL;
	g_object_unref(context);
	return missing;
}
