/* QR codes, made by the server as one path of SVG: what paper says to a telephone. */
#ifndef GABARE_QR_H
#define GABARE_QR_H

#include "html/escape.h"

#define QR_QUIET 4                               /* modules of white that readers want around it */

/* A symbol: `side` × `side` modules, row after row, each 1 (dark) or 0. */
struct qr { int side; const unsigned char *modules; };

/* The smallest symbol that holds the bytes of `text`, readable with 15 % of it lost (level M). INVALID when nothing holds them
 * (empty, or over 2,331 bytes). The modules live in the arena. */
must_use enum err qr_make(struct arena *a, str text, struct qr *ret);

/* The dark modules as the data of a <path>, one run of a row at a time, the first module at 0 0. */
str qr_path(struct arena *a, const struct qr *qr);

/* The symbol with its quiet zone, as an image whose name is `label`. */
html qr_html(const struct view *v, const struct qr *qr, str label);

#endif
