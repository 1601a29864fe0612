/* Paper for an evening: several documents in one file, printed on both sides of the sheet, and lists to sign. */
#ifndef GABARE_PDF_SHEETS_H
#define GABARE_PDF_SHEETS_H

#include "pdf/pdf.h"

/* What follows is a document of its own in the same file: it begins on the front of a sheet (the back before it stays blank), its pages are
 * numbered from 1 and bear `foot`, its "Div" is in `other`. They are the pages that it would have alone. `title`: in the outline. */
void pdf_part(struct pdf *d, str title, str foot, enum lang other);
/* As pdf_row, small, with a box around each cell, at least `least` points high: where somebody signs. */
void pdf_boxes(struct pdf *d, const str *cells, const double *widths, size_t n, double least, bool head);

#endif
