/* CSV as we write it (RFC 4180, but that lines end with LF, as the national schema's files do): commas, quotes where a cell needs them and
 * nowhere else. How others write it is read by table.h. */
#ifndef GABARE_CSV_H
#define GABARE_CSV_H

#include "base/buf.h"

/* A cell as it is, for what is read by programs or holds our own words. */
void csv_cell(struct buf *out, str s);
/* Cells with commas between them, and the end of the line. */
void csv_row(struct buf *out, const str *cells, size_t n);

/* The same for what people typed and somebody opens in a spreadsheet: whatever it would take for a formula (from = + - @, a tab or an end of
 * line at the beginning, or after a separator of cells: a spreadsheet in French cuts at semicolons) gets an apostrophe before it. Plain
 * numbers and telephones stay as they are. */
void csv_cell_typed(struct buf *out, str s);
void csv_row_typed(struct buf *out, const str *cells, size_t n);

#endif
