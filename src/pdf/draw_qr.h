/* A QR code on paper. */
#ifndef GABARE_PDF_DRAW_QR_H
#define GABARE_PDF_DRAW_QR_H

#include <cairo.h>

#include "html/qr.h"

/* Draws it in the current colour, its first dark module at `left`, `top`; a module is `module` wide. */
void draw_qr(cairo_t *cr, const struct qr *qr, double module, double left, double top);

#endif
