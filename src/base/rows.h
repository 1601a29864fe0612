/* A table that somebody made, as rows of cells: CSV (comma, semicolon or tab, quoted newlines, CRLF, BOM) in UTF-8, UTF-16 or Windows-1252,
 * or a sheet of a workbook (xlsx.h). What cannot be read at all is said in French. For the children that read files (child.h). */
#ifndef GABARE_ROWS_H
#define GABARE_ROWS_H

#include "base/charset.h"
#include "base/xlsx.h"

#define ROWS_COLUMNS XLSX_COLUMNS
#define ROWS_RECORD_MAX ((size_t)256 << 10)      /* bytes of one record of a CSV */

struct rows_in {
	FILE *in;
	struct arena *a;                         /* for the fault and for what lasts as long as the file */
	bool workbook;                           /* a zip, or the older container of Office: xlsx.h tells which of them are workbooks */
	str head;                                /* read already, to be used first; without BOM, in UTF-8 */
	struct charset_reading charset;          /* what the rest is in */
	str fault;
};

/* Looks at what a file is, and leaves `in` at its beginning when it is a workbook. INVALID: ret->fault says why it is surely none of ours. */
must_use enum err rows_open(FILE *in, struct arena *a, struct rows_in *ret);
/* The next bytes of a text, in UTF-8; 0 at its end. `n` is thousands. */
size_t rows_more(struct rows_in *r, char *buffer, size_t n);
/* Each row that says something, as xlsx_read gives them, with the line it begins on; cells are as written, and may be no UTF-8 when a text is
 * mostly that. Of a CSV, n may be more than ROWS_COLUMNS: those beyond are not kept. INVALID: r->fault. Other errors are the sink's. */
must_use enum err rows_read(struct rows_in *r, const struct xlsx_sink *sink);

#endif
