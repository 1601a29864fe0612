/* Blocks, and the pages they flow to. See pdf.h. */
#include "pdf/parts.h"
#include "pdf/sheets.h"

#define GAP 12.0                                 /* between a heading and what stands at the other end of its line */
#define INDENT 14.0                              /* of a list */
#define NUMBER_WIDTH 34.0                        /* of a page's number at the end of a line */
#define RULE_GAP 6.0                             /* around the rules of a table */
#define BOXES_BEFORE 10.0                        /* above a table of boxes */
#define BOX_INSET 3.0                            /* of what a box holds */

static double qr_side(const struct qr *qr) { return qr->side * QR_MODULE; }

/* What the entry's QR code takes of the lines beside it. */
static double inset(const struct pdf *d)
{
	double height = 0;
	if (!d->beside)
		return 0;
	for (const struct block *b = d->beside->next; b; b = b->next)
		height += b->before + b->height;
	return height < qr_side(d->beside->qr) + QR_GAP / 2 ? qr_side(d->beside->qr) + QR_GAP : 0;
}

static double text_width(const struct pdf *d)
{
	return d->paper->text_width - inset(d);
}

static PangoContext *context_of(enum lang l)
{
	PangoContext *context = pango_font_map_create_context(pango_cairo_font_map_get_default());
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_context_set_base_dir(context, langs[l].rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
	pango_context_set_language(context, pango_language_from_string(langs[l].tag));
	cairo_font_options_destroy(options);
	return context;
}

struct pdf *pdf_new(struct arena *a, const struct pdf_options *o)
{
	static const struct paper a5 = { 419.53, 595.28, 32, 355.53, 546, 505, 567 }, a4 = { 595.28, 841.89, 56, 483.28, 788, 745, 812 };
	struct pdf *d = arena_one(a, struct pdf);
	assert(!o->a4 || !o->two_up);
	d->a = a;
	d->o = *o;
	d->paper = o->a4 ? &a4 : &a5;
	d->lang = o->lang;
	d->other = o->other;
	d->foot = o->foot;
	d->divs = buf_new(a, (size_t)1 << 16);
	d->scale = o->large ? 14.0 / 12 : 1;
	d->context = d->of[o->lang] = context_of(o->lang);
	return d;
}

struct block *pdf_block(struct pdf *d, enum block_kind kind)
{
	struct block *b = arena_one(d->a, struct block);
	b->kind = kind;
	b->lang = d->lang;
	if (d->last)
		d->last->next = b;
	else
		d->first = b;
	d->last = b;
	if (kind <= B_BOAT && d->next_mark) {
		d->marks[d->next_mark] = b;
		b->mark = d->next_mark;
		d->next_mark = 0;
	}
	return b;
}

static void put_cell(struct block *b, PangoLayout *l, double x, double y)
{
	double bottom = y + layout_height(l);
	b->cell[b->n_cells++] = (struct cell){ l, x, y };
	if (bottom > b->height)
		b->height = bottom;
}

static bool heading(enum pdf_style style)
{
	return style == PDF_TITLE || style == PDF_H1 || style == PDF_H2 || style == PDF_H3;
}

static struct block *text_block(struct pdf *d, enum pdf_style style, str text)
{
	static const char *const tags[PDF_STYLES] = { "H1", "H1", "H2", "H3", "P", "P", "P", "P" };
	struct block *b = pdf_block(d, B_TEXT);
	b->style = style;
	b->tag = tags[style];
	b->before = style_before(d, style);
	b->keep = heading(style) || d->in_entry;
	b->inset = langs[d->lang].rtl ? inset(d) : 0;
	if (style == PDF_TITLE || style == PDF_H1 || style == PDF_H2)
		b->text = str_copy(d->a, text);
	return b;
}

void pdf_text(struct pdf *d, enum pdf_style style, str text)
{
	if (!text.n)
		return;
	double width = text_width(d);
	struct block *b = text_block(d, style, text);
	put_cell(b, pdf_layout(d, style, text, width), 0, 0);
}

static void put_qr(struct pdf *d);

void pdf_pair(struct pdf *d, enum pdf_style style, str text, str other)
{
	double width = text_width(d);
	struct block *b = text_block(d, style, text);
	if (!other.n) {
		put_cell(b, pdf_layout(d, style, text, width), 0, 0);
		put_qr(d);
		return;
	}
	PangoLayout *right = pdf_layout(d, style, other, width);
	double beside = width - layout_width(right) - GAP;
	PangoLayout *left = pdf_layout(d, style, text, beside > 0 ? beside : width);
	bool one_line = beside > 0 && pango_layout_get_line_count(left) == 1;
	if (!one_line)
		pango_layout_set_width(left, (int)(width * PANGO_SCALE));
	put_cell(b, left, 0, 0);
	if (one_line && !langs[d->lang].rtl) {
		pango_layout_set_width(right, -1);
		put_cell(b, right, beside + GAP, 0);
	} else if (one_line) {
		pango_layout_set_width(right, -1);
		put_cell(b, right, 0, 0);
		b->cell[0].x = layout_width(right) + GAP;
	} else {
		put_cell(b, right, 0, b->height);
	}
	put_qr(d);
}

void pdf_list(struct pdf *d, const str *items, size_t n)
{
	pdf_open(d, "L");
	for (size_t i = 0; i < n; i++) {
		struct block *b = text_block(d, PDF_BODY, items[i]);
		b->tag = "LBody";
		b->bullet = true;
		b->indent = INDENT;
		b->keep = d->in_entry;
		put_cell(b, pdf_layout(d, PDF_BODY, items[i], text_width(d) - INDENT), langs[d->lang].rtl ? 0 : INDENT, 0);
	}
	pdf_close(d);
}

void pdf_line(struct pdf *d, str text, int mark)
{
	struct block *b = pdf_block(d, B_LINE);
	b->tag = "TOCI";
	b->style = PDF_BODY;
	b->before = style_before(d, PDF_BODY);
	b->target = mark;
	put_cell(b, pdf_layout(d, PDF_BODY, text, text_width(d) - NUMBER_WIDTH), langs[d->lang].rtl ? NUMBER_WIDTH : 0, 0);
}

static struct block *put_row(struct pdf *d, enum pdf_style style, const str *cells, const double *widths, size_t n, bool head)
{
	struct block *b = pdf_block(d, B_ROW);
	double x = 0, all = 0, gap = 8;
	assert(n <= PDF_COLUMNS);
	for (size_t i = 0; i < n; i++)
		all += widths[i];
	b->tag = "TR";
	b->head_row = b->keep = head;
	b->style = style;
	b->before = RULE_GAP / 2;
	b->table_head = head ? NULL : d->table_head;
	for (size_t i = 0; i < n; i++) {
		double w = text_width(d) * widths[i] / all;
		str text = head ? str_printf(d->a, "\2%.*s\3", STR_ARG(cells[i])) : cells[i];
		put_cell(b, pdf_layout(d, style, text, w - gap), langs[d->lang].rtl ? text_width(d) - x - w + gap : x, 0);
		x += w;
	}
	b->height += RULE_GAP;
	d->table_head = head ? b : d->table_head;
	return b;
}

void pdf_row(struct pdf *d, const str *cells, const double *widths, size_t n, bool head)
{
	(void)put_row(d, PDF_BODY, cells, widths, n, head);
}

void pdf_boxes(struct pdf *d, const str *cells, const double *widths, size_t n, double least, bool head)
{
	struct block *b = put_row(d, PDF_SMALL, cells, widths, n, head);
	b->boxed = true;
	b->before = head ? BOXES_BEFORE : 0;
	for (size_t i = 0; i < n; i++) {
		b->cell[i].x += BOX_INSET;
		b->cell[i].y += BOX_INSET;
	}
	b->height = b->height + BOX_INSET < least ? least : b->height + BOX_INSET;
}

void pdf_entry(struct pdf *d, str url)
{
	struct qr *qr = arena_one(d->a, struct qr);
	struct block *b = pdf_block(d, B_SPACE);
	b->before = style_before(d, PDF_H3);
	b->keep = true;
	d->entry = b;
	d->in_entry = true;
	d->qr = url.n && qr_make(d->a, url, qr) == OK ? qr : NULL;
	d->url = url;
}

/* After the entry's title. */
static void put_qr(struct pdf *d)
{
	if (!d->in_entry || !d->qr)
		return;
	struct block *b = pdf_block(d, B_SPACE);
	b->keep = true;
	b->before = QR_GAP / 2;
	b->qr = d->qr;
	b->url = d->url;
	d->beside = b;
	d->qr = NULL;
}

void pdf_entry_end(struct pdf *d)
{
	double height = 0, least = d->beside ? qr_side(d->beside->qr) : 0;
	for (struct block *b = d->beside ? d->beside->next : NULL; b; b = b->next)
		height += b->before + b->height;
	d->in_entry = false;
	d->beside = NULL;
	d->entry->next->before = 0;
	struct block *end = pdf_block(d, B_SPACE);
	end->height = height < least ? least - height : 0;
}

void pdf_open(struct pdf *d, const char *tag)
{
	pdf_block(d, B_OPEN)->tag = tag;
	d->open++;
	if (strcmp(tag, "Div") != 0 || d->div)
		return;
	d->div = d->open;
	d->lang = d->last->lang = d->other;
	d->context = d->of[d->lang] = d->of[d->lang] ? d->of[d->lang] : context_of(d->lang);
}

void pdf_close(struct pdf *d)
{
	assert(d->open > 0);
	if (d->open == d->div) {
		d->div = 0;
		d->lang = d->o.lang;
		d->context = d->of[d->lang];
	}
	d->open--;
	pdf_block(d, B_CLOSE);
	d->table_head = NULL;
}

void pdf_page(struct pdf *d, str head)
{
	pdf_block(d, B_PAGE);
	pdf_head(d, head);
}

void pdf_part(struct pdf *d, str title, str foot, enum lang other)
{
	assert(d->open == 0 && !d->in_entry);
	struct block *b = pdf_block(d, B_PART);
	b->text = str_copy(d->a, title);
	b->foot = str_copy(d->a, foot);
	d->other = other;
}

void pdf_cover(struct pdf *d)
{
	pdf_block(d, B_COVER);
	pdf_block(d, B_BOAT)->height = 104;
}

void pdf_head(struct pdf *d, str head)
{
	pdf_block(d, B_HEAD)->text = str_copy(d->a, head);
}

int pdf_mark(struct pdf *d)
{
	if (d->n_marks + 1 >= d->marks_cap) {
		int cap = d->marks_cap ? d->marks_cap * 2 : 64;
		struct block **v = arena_many(d->a, struct block *, (size_t)cap);
		if (d->marks)
			memcpy(v, d->marks, sizeof *v * (size_t)d->marks_cap);
		d->marks = v;
		d->marks_cap = cap;
	}
	return ++d->n_marks;
}

void pdf_mark_here(struct pdf *d, int mark)
{
	assert(mark > 0 && mark <= d->n_marks);
	d->next_mark = mark;
}

int pdf_page_of(struct pdf *d, int mark)
{
	pdf_place(d);
	assert(d->marks[mark] && d->marks[mark]->page > 0);
	return d->marks[mark]->page;
}

int pdf_pages(struct pdf *d)
{
	pdf_place(d);
	return d->n_pages;
}
