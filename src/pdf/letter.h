/* Letters for window envelopes: A4, one a page, the address where the window of a 110 × 220 mm envelope shows it (NF Z 10-011),
 * marks for folding in three. A link that stands alone on its line is also there as a QR code, beside the address. */
#ifndef GABARE_PDF_LETTER_H
#define GABARE_PDF_LETTER_H

#include "base/arena.h"

struct pdf_letter { str sender, to, subject, body; };      /* UTF-8; line feeds are line breaks */

/* All of them in one file. INVALID: the text of one takes more than its page (*ret_bad says which). INTERNAL: cairo refused. */
must_use enum err pdf_letters(struct arena *a, const struct pdf_letter *v, size_t n, str *ret, size_t *ret_bad);

#endif
