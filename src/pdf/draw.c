/* Drawing what has been placed: in order with its structure, or two pages a sheet for the printer. Heads, numbers and rules stand
 * outside the structure: who listens hears the text only. */
#include <cairo-pdf.h>
#include <math.h>

#include "base/log.h"
#include "base/timex.h"
#include "pdf/draw_qr.h"
#include "pdf/parts.h"

#define SHEET_WIDTH 841.89                       /* A4, long side across */
#define RULE 3.0
#define DEPTH 8                                  /* of open groups */

struct colour { double r, g, b; };
static const struct colour ink = { .09, .149, .184 }, loire = { .071, .247, .322 }, yellow = { 1, .78, .173 }, grey = { .286, .341, .369 },
	line = { .66, .63, .57 }, water = { .827, .886, .906 };

struct drawing {
	struct pdf *d;
	const struct paper *p;
	cairo_t *cr;
	bool tagged;
	struct { const char *tag; enum lang lang; } open[DEPTH]; int depth;      /* groups */
	int part;                                /* in the outline; 0: none */
};

static void colour(cairo_t *cr, struct colour c) { cairo_set_source_rgb(cr, c.r, c.g, c.b); }

static void begin(struct drawing *w, const char *tag, const char *attributes)
{
	if (w->tagged && tag)
		cairo_tag_begin(w->cr, tag, attributes ? attributes : "");
}

static void end(struct drawing *w, const char *tag)
{
	if (w->tagged && tag)
		cairo_tag_end(w->cr, tag);
}

/* ---- text ---- */

/* Lines [from, from + n) of a layout (n 0: to the last), the first one's top at y. */
static void show_lines(cairo_t *cr, PangoLayout *l, double x, double y, int from, int n)
{
	PangoLayoutIter *it = pango_layout_get_iter(l);
	double top = 0;
	for (int i = 0; n == 0 || i < from + n; i++) {
		int y0, y1;
		PangoRectangle logical;
		pango_layout_iter_get_line_yrange(it, &y0, &y1);
		pango_layout_iter_get_line_extents(it, NULL, &logical);
		top = i == from ? (double)y0 / PANGO_SCALE : top;
		if (i >= from) {
			cairo_move_to(cr, x + (double)logical.x / PANGO_SCALE, y + (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE - top);
			pango_cairo_show_layout_line(cr, pango_layout_iter_get_line_readonly(it));
		}
		if (!pango_layout_iter_next_line(it))
			break;
	}
	pango_layout_iter_free(it);
}

static struct colour style_colour(enum pdf_style style)
{
	return style == PDF_TITLE || style == PDF_H1 || style == PDF_H2 || style == PDF_BIG ? loire : style == PDF_SMALL ? grey : ink;
}

/* A text that is not among the blocks: heads, feet, page numbers. `edge` -1: from x, 1: up to x, in the page's own sense. */
static double show(struct drawing *w, enum pdf_style style, str text, double x, double baseline, int edge)
{
	PangoLayout *l = pdf_layout(w->d, style, text, w->p->text_width);
	pango_layout_set_width(l, -1);
	double width = layout_width(l);
	cairo_move_to(w->cr, edge > 0 ? x - width : x, baseline);
	pango_cairo_show_layout_line(w->cr, pango_layout_get_line_readonly(l, 0));
	g_object_unref(l);
	return width;
}

/* ---- figures ---- */

/* Each run of dark modules as a line as thick as they are: half the bytes of rectangles. */
void draw_qr(cairo_t *cr, const struct qr *qr, double module, double left, double top)
{
	cairo_save(cr);
	cairo_translate(cr, left, top);
	cairo_scale(cr, module, module);
	for (int y = 0; y < qr->side; y++)
		for (int from = 0, to; from < qr->side; from = to) {
			const unsigned char *row = qr->modules + y * qr->side;
			for (to = from + 1; to < qr->side && row[to] == row[from];)
				to++;
			if (row[from]) {
				cairo_move_to(cr, from, y + .5);
				cairo_line_to(cr, to, y + .5);
			}
		}
	cairo_set_line_width(cr, 1);
	cairo_stroke(cr);
	cairo_restore(cr);
}

static void show_qr(struct drawing *w, const struct block *b)
{
	double x = langs[w->d->o.lang].rtl ? w->p->margin : w->p->margin + w->p->text_width - b->qr->side * QR_MODULE;
	begin(w, CAIRO_TAG_LINK, str_printf(w->d->a, "uri='%.*s'", STR_ARG(b->url)).p);
	colour(w->cr, ink);
	draw_qr(w->cr, b->qr, QR_MODULE, round(x), round(b->y));
	end(w, CAIRO_TAG_LINK);
}

static void show_boat(struct drawing *w, double y)
{
	cairo_t *cr = w->cr;
	cairo_save(cr);
	cairo_translate(cr, langs[w->d->o.lang].rtl ? w->p->width - w->p->margin - 112 : w->p->margin, y);
	cairo_scale(cr, 2, 2);
	cairo_rectangle(cr, 25, 2, 3, 34);
	colour(cr, loire);
	cairo_fill(cr);
	cairo_move_to(cr, 11, 7);
	cairo_rel_line_to(cr, 31, 0);
	cairo_rel_curve_to(cr, 2.67, 7.33, 2.33, 14.67, -1, 22);
	cairo_line_to(cr, 12, 29);
	cairo_curve_to(cr, 8.67, 21.67, 8.33, 14.33, 11, 7);
	cairo_close_path(cr);
	colour(cr, yellow);
	cairo_fill_preserve(cr);
	colour(cr, loire);
	cairo_set_line_width(cr, 2);
	cairo_stroke(cr);
	cairo_move_to(cr, 1, 30);
	cairo_rel_curve_to(cr, 4, 4, 8.67, 6, 14, 6);
	cairo_rel_line_to(cr, 24, 0);
	cairo_rel_curve_to(cr, 6, 0, 11.33, -2.67, 16, -8);
	cairo_rel_curve_to(cr, -1.33, 13.33, -8, 20, -20, 20);
	cairo_line_to(cr, 15, 48);
	cairo_curve_to(cr, 7, 48, 2.33, 42, 1, 30);
	cairo_fill(cr);
	cairo_restore(cr);
}

/* The river at the foot of a cover. */
static void show_river(struct drawing *w)
{
	cairo_t *cr = w->cr;
	static const struct { double below; const struct colour *c; } waves[] = { { 11, &water }, { 25, &loire } };
	for (size_t i = 0; i < lengthof(waves); i++) {
		double y = w->p->cover + waves[i].below, quarter = w->p->text_width / 4, high = 14;
		cairo_move_to(cr, w->p->margin, y);
		for (int k = 0; k < 4; k++, high = -high)
			cairo_rel_curve_to(cr, quarter / 3, high / 1.5, quarter * 2 / 3, high / 1.5, quarter, 0);
		cairo_line_to(cr, w->p->margin + w->p->text_width, w->p->height - w->p->margin);
		cairo_line_to(cr, w->p->margin, w->p->height - w->p->margin);
		cairo_close_path(cr);
		colour(cr, *waves[i].c);
		cairo_fill(cr);
	}
}

/* ---- blocks ---- */

static void show_text(struct drawing *w, const struct block *b)
{
	bool rtl = langs[b->lang].rtl;
	if (b->bullet) {
		const struct cell *c = &b->cell[0];
		double x = rtl ? w->p->margin + w->p->text_width - 4 : w->p->margin + 4;
		int baseline = pango_layout_get_baseline(c->layout);
		cairo_new_path(w->cr);
		cairo_arc(w->cr, x, b->y + (double)baseline / PANGO_SCALE - 4.2 * w->d->scale, 2.2, 0, 2 * M_PI);
		colour(w->cr, loire);
		cairo_fill(w->cr);
		begin(w, "LI", NULL);
	}
	begin(w, b->tag, NULL);
	for (size_t i = 0; i < b->n_cells; i++) {
		colour(w->cr, style_colour(b->style));
		show_lines(w->cr, b->cell[i].layout, w->p->margin + b->inset + b->cell[i].x, b->y + b->cell[i].y, b->first_line, b->lines);
	}
	end(w, b->tag);
	if (b->bullet)
		end(w, "LI");
}

/* Dots from the end of a text's last line to the page's number. */
static void show_leader(struct drawing *w, const struct block *b, double width, double baseline)
{
	PangoLayoutLine *last = pango_layout_get_line_readonly(b->cell[0].layout, pango_layout_get_line_count(b->cell[0].layout) - 1);
	PangoRectangle logical;
	bool rtl = langs[w->d->o.lang].rtl;
	pango_layout_line_get_extents(last, NULL, &logical);
	double text = (double)logical.width / PANGO_SCALE, from = w->p->margin + text + 6, to = w->p->margin + w->p->text_width - width - 6;
	if (rtl) {
		from = w->p->margin + width + 6;
		to = w->p->margin + w->p->text_width - text - 6;
	}
	if (to - from < 8)
		return;
	cairo_save(w->cr);
	cairo_set_dash(w->cr, (const double[]){ 0, 5 }, 2, 0);
	cairo_set_line_cap(w->cr, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_width(w->cr, 1.2);
	cairo_move_to(w->cr, rtl ? from : to, baseline);
	cairo_line_to(w->cr, rtl ? to : from, baseline);
	colour(w->cr, grey);
	cairo_stroke(w->cr);
	cairo_restore(w->cr);
}

static void show_line(struct drawing *w, const struct block *b)
{
	const struct block *target = w->d->marks[b->target];
	const struct cell *c = &b->cell[0];
	bool rtl = langs[w->d->o.lang].rtl;
	assert(target && target->page);
	str number = str_printf(w->d->a, "\2%d\3", target->page);
	double last = (double)pango_layout_get_baseline(c->layout) / PANGO_SCALE;
	PangoLayoutIter *it = pango_layout_get_iter(c->layout);
	while (pango_layout_iter_next_line(it))
		last = (double)pango_layout_iter_get_baseline(it) / PANGO_SCALE;
	pango_layout_iter_free(it);
	begin(w, b->tag, NULL);
	begin(w, CAIRO_TAG_LINK, str_printf(w->d->a, "page=%d pos=[0 %d]", target->page, (int)target->y - 20).p);
	colour(w->cr, ink);
	show_lines(w->cr, c->layout, w->p->margin + c->x, b->y, 0, 0);
	double width = show(w, PDF_BODY, number, rtl ? w->p->margin : w->p->margin + w->p->text_width, b->y + last, rtl ? -1 : 1);
	end(w, CAIRO_TAG_LINK);
	end(w, b->tag);
	show_leader(w, b, width, b->y + last);
}

/* A line before each cell and at the end, and one above the row. */
static void show_boxes(struct drawing *w, const struct block *b)
{
	double top = b->y - 2, down = b->y + b->height - 2, right = w->p->margin + w->p->text_width;
	for (size_t i = 0; i <= b->n_cells; i++) {
		double x = i < b->n_cells ? w->p->margin + b->cell[i].x - b->cell[0].x : right;
		cairo_move_to(w->cr, x, top);
		cairo_line_to(w->cr, x, down);
	}
	cairo_move_to(w->cr, w->p->margin, top);
	cairo_line_to(w->cr, right, top);
	cairo_set_line_width(w->cr, .5);
	colour(w->cr, grey);
	cairo_stroke(w->cr);
}

static void show_row(struct drawing *w, const struct block *b)
{
	const char *tag = b->head_row ? "TH" : "TD";
	if (b->boxed)
		show_boxes(w, b);
	cairo_set_line_width(w->cr, b->head_row ? 1.5 : .5);
	cairo_move_to(w->cr, w->p->margin, b->y + b->height - 2);
	cairo_line_to(w->cr, w->p->margin + w->p->text_width, b->y + b->height - 2);
	colour(w->cr, b->head_row ? loire : line);
	cairo_stroke(w->cr);
	begin(w, b->tag, NULL);
	for (size_t i = 0; i < b->n_cells; i++) {
		begin(w, tag, NULL);
		colour(w->cr, ink);
		show_lines(w->cr, b->cell[i].layout, w->p->margin + b->cell[i].x, b->y + b->cell[i].y, 0, 0);
		end(w, tag);
	}
	end(w, b->tag);
}

static void outline(struct drawing *w, const struct block *b, int *parent)
{
	if (!w->tagged || !b->text.n || (b->kind != B_TEXT && b->kind != B_PART))
		return;
	cairo_surface_t *s = cairo_get_target(w->cr);
	bool top = b->style != PDF_H2;
	w->part = b->kind == B_PART ? 0 : w->part;
	const char *where = str_printf(w->d->a, "page=%d pos=[0 %d]", b->page, (int)b->y - 20 > 0 ? (int)b->y - 20 : 0).p;
	int id = cairo_pdf_surface_add_outline(s, top ? w->part : *parent, str_z(w->d->a, b->text), where, (cairo_pdf_outline_flags_t)0);
	if (b->kind == B_PART)
		w->part = id;
	if (top)
		*parent = id;
}

/* A group begins, or goes on on another page: another element of the structure each time. */
static void begin_group(struct drawing *w, int i)
{
	if (i == 0 && strcmp(w->open[0].tag, "Div") == 0)
		buf_byte(&w->d->divs, (char)w->open[0].lang);
	begin(w, w->open[i].tag, NULL);
}

static void group(struct drawing *w, const struct block *b)
{
	if (!w->tagged)
		return;
	if (b->kind == B_OPEN) {
		assert(w->depth < DEPTH);
		w->open[w->depth].tag = b->tag;
		w->open[w->depth].lang = b->lang;
		begin_group(w, w->depth++);
	} else {
		end(w, w->open[--w->depth].tag);
	}
}

static void show_block(struct drawing *w, const struct block *b, int *parent)
{
	outline(w, b, parent);
	if (b->qr)
		show_qr(w, b);
	switch (b->kind) {
	case B_TEXT: show_text(w, b); break;
	case B_LINE: show_line(w, b); break;
	case B_ROW: show_row(w, b); break;
	case B_BOAT: show_boat(w, b->y); break;
	case B_OPEN: case B_CLOSE: group(w, b); break;
	default: break;
	}
}

/* ---- pages ---- */

static void show_edges(struct drawing *w, int n)
{
	const struct page *p = &w->d->pages[n - 1];
	bool rtl = langs[w->d->o.lang].rtl, right = (n % 2 == 1) != rtl;
	cairo_t *cr = w->cr;
	if (p->blank)
		return;
	if (p->cover) {
		show_river(w);
		return;
	}
	colour(cr, grey);
	show(w, PDF_SMALL, p->head, rtl ? w->p->margin + w->p->text_width : w->p->margin, 42, rtl ? 1 : -1);
	cairo_rectangle(cr, w->p->margin, 48, w->p->text_width, RULE);
	colour(cr, yellow);
	cairo_fill(cr);
	colour(cr, ink);
	show(w, PDF_BODY, str_printf(w->d->a, "\2%d\3", p->number), right ? w->p->margin + w->p->text_width : w->p->margin, w->p->foot, right ? 1 : -1);
	colour(cr, grey);
	show(w, PDF_SMALL, p->foot, right ? w->p->margin : w->p->margin + w->p->text_width, w->p->foot, right ? -1 : 1);
}

static void show_page(struct drawing *w, int n, int *parent)
{
	const struct block *past = n < w->d->n_pages ? w->d->pages[n].first : NULL;
	show_edges(w, n);
	for (int i = 0; i < w->depth; i++)
		begin_group(w, i);
	for (const struct block *b = w->d->pages[n - 1].first; b != past; b = b->next)
		show_block(w, b, parent);
	for (int i = w->depth; i > 0; i--)
		end(w, w->open[i - 1].tag);
}

/* Lines to write on, with their title. */
static void show_notes(struct drawing *w)
{
	cairo_t *cr = w->cr;
	bool rtl = langs[w->d->o.lang].rtl;
	colour(cr, loire);
	show(w, PDF_H2, w->d->o.notes, rtl ? w->p->margin + w->p->text_width : w->p->margin, 70, rtl ? 1 : -1);
	cairo_set_line_width(cr, .5);
	for (double y = 110; y < w->p->bottom; y += 28) {
		cairo_move_to(cr, w->p->margin, y);
		cairo_line_to(cr, w->p->margin + w->p->text_width, y);
	}
	colour(cr, line);
	cairo_stroke(cr);
}

/* Page n of a booklet of `all` pages whose blank ones stand before the last. */
static void show_half(struct drawing *w, int n, int all, double x)
{
	int parent = 0, pages = w->d->n_pages, blanks = all - pages;
	cairo_save(w->cr);
	cairo_translate(w->cr, x, 0);
	w->depth = 0;
	if (n < pages)
		show_page(w, n, &parent);
	else if (n == all)
		show_page(w, pages, &parent);
	else if (blanks)
		show_notes(w);
	cairo_restore(w->cr);
}

/* Folded in the middle, short edge: the sheet k has pages all-2k, 2k+1 outside, 2k+2, all-2k-1 inside; from the other side in Arabic. */
static void show_sheets(struct drawing *w)
{
	int all = (w->d->n_pages + 3) / 4 * 4;
	bool rtl = langs[w->d->o.lang].rtl;
	double right = SHEET_WIDTH / 2, left = SHEET_WIDTH / 2 - w->p->width;
	left = left < 0 ? 0 : left;
	for (int face = 0; face < all / 2; face++) {
		int low = face + 1, high = all - face;
		bool low_right = (face % 2 == 0) != rtl;
		show_half(w, low_right ? high : low, all, left);
		show_half(w, low_right ? low : high, all, right);
		cairo_show_page(w->cr);
	}
}

static void show_pages(struct drawing *w)
{
	int parent = 0;
	for (int n = 1; n <= w->d->n_pages; n++) {
		show_page(w, n, &parent);
		cairo_show_page(w->cr);
	}
}

static cairo_status_t write_bytes(void *arg, const unsigned char *bytes, unsigned int n)
{
	struct buf *out = arg;
	buf_put(out, (str){ (const char *)bytes, n });
	return out->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

enum err pdf_draw(struct pdf *d, struct buf *out)
{
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(write_bytes, out, d->o.two_up ? SHEET_WIDTH : d->paper->width, d->paper->height);
	struct drawing w = { .d = d, .p = d->paper, .cr = cairo_create(s), .tagged = !d->o.two_up };
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_TITLE, str_z(d->a, d->o.title));
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_AUTHOR, str_z(d->a, d->o.author));
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATOR, "Gabare");
	cairo_pdf_surface_set_metadata(s, CAIRO_PDF_METADATA_CREATE_DATE, str_z(d->a, ms_iso(d->a, d->o.made_ms)));
	if (d->o.two_up)
		show_sheets(&w);
	else
		show_pages(&w);
	cairo_surface_finish(s);
	cairo_status_t status = cairo_surface_status(s);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_status(w.cr);
	cairo_destroy(w.cr);
	cairo_surface_destroy(s);
	if (status != CAIRO_STATUS_SUCCESS)
		log_line(LOG_ERROR, "pdf not drawn", "cairo=\"%s\"", cairo_status_to_string(status));
	return status == CAIRO_STATUS_SUCCESS && !out->full ? OK : INTERNAL;
}
