/* See qr.h. libqrencode places the modules; here they become a drawing. */
#include "html/qr.h"

#include "html/parts_html.h"

#include <qrencode.h>

#define QR_BYTES_MAX 2331                        /* of version 40 at level M */
#define PATH_MAX_BYTES ((size_t)256 * 1024)

enum err qr_make(struct arena *a, str text, struct qr *ret)
{
	if (!text.n || text.n > QR_BYTES_MAX)
		return INVALID;
	QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
	if (!code)
		return INVALID;
	size_t n = (size_t)code->width * (size_t)code->width;
	unsigned char *modules = arena_many(a, unsigned char, n);
	for (size_t i = 0; i < n; i++)
		modules[i] = code->data[i] & 1;      /* the other bits say what the module is for */
	*ret = (struct qr){ .side = code->width, .modules = modules };
	QRcode_free(code);
	return OK;
}

str qr_path(struct arena *a, const struct qr *qr)
{
	struct buf b = buf_new(a, PATH_MAX_BYTES);
	for (int y = 0; y < qr->side; y++) {
		const unsigned char *row = qr->modules + y * qr->side;
		for (int x = 0, to; x < qr->side; x = to) {
			for (to = x + 1; to < qr->side && row[to] == row[x];)
				to++;
			if (row[x])
				buf_printf(&b, "M%d %dh%dv1h-%dz", x, y, to - x, to - x);
		}
	}
	assert(!b.full);
	return buf_str(&b);
}

html qr_html(const struct view *v, const struct qr *qr, str label)
{
	struct buf out = buf_new(v->a, PATH_MAX_BYTES);
	struct view w = *v;
	w.out = &out;
	int whole = qr->side + 2 * QR_QUIET;
	str box = str_printf(v->a, "-%d -%d %d %d", QR_QUIET, QR_QUIET, whole, whole);
	enum err e = part_qr_html(&w, box, qr_path(v->a, qr), label);
	assert(e == OK && !out.full);
	return (html){ buf_str(&out) };
}
