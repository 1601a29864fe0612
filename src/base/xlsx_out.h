/* Writing an XLSX file, whole or while it is sent: the few parts of XML that a table needs are made here (docs/decisions/0010-xlsx-out.md).
 * Texts are inline strings, so that nothing of them is ever a formula; numbers are numbers, days are days; the first row is frozen. */
#ifndef GABARE_XLSX_OUT_H
#define GABARE_XLSX_OUT_H

#include "base/zip_out.h"

#define XLSX_SHEETS_MOST 8
#define XLSX_OUT_MAX ((size_t)32 << 20)          /* bytes of a sheet's XML that wait */

struct xlsx_out {
	struct arena *a;
	struct zip_out zip;
	struct buf sheets[XLSX_SHEETS_MOST];     /* what of them waits to be sent */
	str names[XLSX_SHEETS_MOST];
	size_t n, sent, row, column;             /* sent: sheets that are, to their end */
	bool full;
};

struct xlsx_out *xlsx_out_new(struct arena *a);
/* A sheet of that name (at most 31 characters, without []:*?/\), its first row: the heads, and how wide each column is (characters). */
struct xlsx_head { str name; int width; };
void xlsx_out_sheet(struct xlsx_out *x, str name, const struct xlsx_head *heads, size_t n);
void xlsx_out_row(struct xlsx_out *x);
/* The cells of a row, from left to right. */
void xlsx_out_text(struct xlsx_out *x, str s);
void xlsx_out_number(struct xlsx_out *x, i64 n);
void xlsx_out_day(struct xlsx_out *x, str iso);  /* what is no day stays a text */
void xlsx_out_empty(struct xlsx_out *x);
/* What there is until now, as bytes of the file, and lets go of it: a file of any size is made in pieces. The last sheet goes on. */
void xlsx_out_flush(struct xlsx_out *x, struct buf *out);
/* The rest of the file. INTERNAL: more than XLSX_OUT_MAX waited. */
must_use enum err xlsx_out_end(struct xlsx_out *x, struct buf *out);

#endif
