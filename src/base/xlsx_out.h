/* Writing an XLSX file, in memory: libzip makes the zip, and the few parts of XML that a table needs are made here (docs/decisions/0010-xlsx-out.md).
 * Texts are inline strings, so that nothing of them is ever a formula; numbers are numbers, days are days; the first row is frozen. */
#ifndef GABARE_XLSX_OUT_H
#define GABARE_XLSX_OUT_H

#include "base/buf.h"

#define XLSX_SHEETS_MOST 8
#define XLSX_OUT_MAX ((size_t)32 << 20)          /* bytes of a sheet's XML */

struct xlsx_out { struct arena *a; struct buf sheets[XLSX_SHEETS_MOST]; str names[XLSX_SHEETS_MOST]; size_t n, row, column; };

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
/* The file, in the arena. INTERNAL: a sheet is too large, or there was no memory. */
must_use enum err xlsx_out_end(struct xlsx_out *x, str *ret);

#endif
