/* Letters; see letter.h. They are for paper alone: no structure, no links. */
#include "pdf/letter.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/buf.h"
#include "pdf/draw_qr.h"

#define MM (72 / 25.4)
#define WIDTH (210 * MM)
#define HEIGHT (297 * MM)
#define MARGIN (20 * MM)
#define SENDER_TOP (15 * MM)
#define ADDRESS_LEFT (110 * MM)                  /* the window: 100 × 35 mm, 20 mm from the right and bottom of the folded sheet */
#define ADDRESS_TOP (50 * MM)
#define ADDRESS_WIDTH (85 * MM)
#define TEXT_TOP (100 * MM)
#define TEXT_BOTTOM (280 * MM)
#define FOLD (99 * MM)
#define PARAGRAPH (3 * MM)
#define BODY_LARGE 12
#define BODY_SMALL 9
#define QR_TOP (55 * MM)
#define LETTER_MODULE (.75 * MM)                 /* read at arm's length from any telephone */
#define FILE_MAX ((size_t)64 << 20)

/* Draws a text in a box from its top left, or only measures it; its height. */
static double put_or_measure(cairo_t *cr, struct arena *a, str text, double x, double y, double width, const char *font, bool auto_dir, bool draw)
{
	PangoLayout *l = pango_cairo_create_layout(cr);
	PangoFontDescription *f = pango_font_description_from_string(font);
	int height;
	pango_layout_set_font_description(l, f);
	pango_font_description_free(f);
	pango_layout_set_auto_dir(l, auto_dir);
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(l, str_z(a, text), -1);
	cairo_move_to(cr, x, y);
	if (draw)
		pango_cairo_show_layout(cr, l);
	pango_layout_get_size(l, NULL, &height);
	g_object_unref(l);
	return (double)height / PANGO_SCALE;
}

static double put(cairo_t *cr, struct arena *a, str text, double x, double y, double width, const char *font, bool auto_dir)
{
	return put_or_measure(cr, a, text, x, y, width, font, auto_dir, true);
}

static void mark_folds(cairo_t *cr)
{
	cairo_set_line_width(cr, .5);
	for (int i = 1; i <= 2; i++) {
		cairo_move_to(cr, 4 * MM, i * FOLD);
		cairo_line_to(cr, 8 * MM, i * FOLD);
	}
	cairo_stroke(cr);
}

/* The first line that is nothing but a link; empty when none is. */
static str link_of(str body)
{
	for (str line; body.n && str_next(&body, '\n', &line);)
		if ((str_starts(line, S("https://")) || str_starts(line, S("http://"))) && str_find_byte(line, ' ') < 0)
			return line;
	return S("");
}

/* What a telephone reads of the link: beside the address, where the envelope has no window. */
static void put_qr(cairo_t *cr, struct arena *a, str link)
{
	struct qr qr;
	if (link.n && qr_make(a, link, &qr) == OK)
		draw_qr(cr, &qr, LETTER_MODULE, MARGIN, QR_TOP);
}

/* Its paragraphs, half a line apart; where it ends. */
static double put_body(cairo_t *cr, struct arena *a, str body, double y, int size, bool draw)
{
	str font = str_printf(a, "Noto Sans, Noto Sans Arabic %d", size);
	double gap_after = PARAGRAPH * size / BODY_LARGE;
	while (body.n) {
		ptrdiff_t gap = str_find(body, S("\n\n"));
		size_t end = gap < 0 ? body.n : (size_t)gap;
		y += put_or_measure(cr, a, str_slice(body, 0, end), MARGIN, y, WIDTH - 2 * MARGIN, font.p, true, draw) + gap_after;
		body = str_slice(body, gap < 0 ? end : end + 2, body.n);
	}
	return y - gap_after;
}

/* The largest in which it takes one page: a letter in two languages needs a smaller one. Pango's points are 4/3 of a printer's. */
static int size_for(cairo_t *cr, struct arena *a, str body, double y)
{
	int size = BODY_LARGE;
	while (size > BODY_SMALL && put_body(cr, a, body, y, size, false) > TEXT_BOTTOM)
		size--;
	return size;
}

static bool put_letter(cairo_t *cr, struct arena *a, const struct pdf_letter *l)
{
	mark_folds(cr);
	put(cr, a, l->sender, MARGIN, SENDER_TOP, 80 * MM, "Noto Sans 10", false);
	put(cr, a, l->to, ADDRESS_LEFT, ADDRESS_TOP, ADDRESS_WIDTH, "Noto Sans 10", false);
	double y = TEXT_TOP;
	y += put(cr, a, l->subject, MARGIN, y, WIDTH - 2 * MARGIN, "Noto Sans, Noto Sans Arabic bold 12", true) + 6 * MM;
	y = put_body(cr, a, l->body, y, size_for(cr, a, l->body, y), true);
	put_qr(cr, a, link_of(l->body));
	cairo_show_page(cr);
	return y <= TEXT_BOTTOM;
}

static cairo_status_t write_out(void *arg, const unsigned char *p, unsigned n)
{
	struct buf *b = arg;
	buf_put(b, (str){ (const char *)p, n });
	return b->full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

enum err pdf_letters(struct arena *a, const struct pdf_letter *v, size_t n, str *ret, size_t *ret_bad)
{
	struct buf out = buf_new(a, FILE_MAX);
	cairo_surface_t *s = cairo_pdf_surface_create_for_stream(write_out, &out, WIDTH, HEIGHT);
	cairo_t *cr = cairo_create(s);
	enum err e = OK;
	for (*ret_bad = 0; e == OK && *ret_bad < n; ++*ret_bad)
		if (!put_letter(cr, a, &v[*ret_bad])) {
			e = INVALID;
			break;
		}
	cairo_destroy(cr);
	cairo_surface_finish(s);
	if (e == OK && (cairo_surface_status(s) != CAIRO_STATUS_SUCCESS || out.full))
		e = INTERNAL;
	cairo_surface_destroy(s);
	*ret = buf_str(&out);
	return e;
}
