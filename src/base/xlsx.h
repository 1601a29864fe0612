/* The rows of a spreadsheet, read from an .xlsx file (Office Open XML: ECMA-376 and ISO/IEC 29500, part 1 §18, transitional and strict),
 * as the texts that people see in it. The file is hostile: what it may take is bounded, and what is wrong is said in a sentence. For
 * the children that read files (child.h): opens nothing, needs no more than 400 MB. */
#ifndef GABARE_XLSX_H
#define GABARE_XLSX_H

#include <stdio.h>

#include "base/arena.h"

#define XLSX_COLUMNS 300                         /* A to KN: a cell beyond them that says something is a fault */
#define XLSX_ROWS 200000                         /* that say something; empty ones are not counted */
#define XLSX_CELL ((size_t)32 << 10)             /* bytes of one cell */
#define XLSX_STRINGS ((size_t)128 << 20)         /* bytes of the shared strings, 4 more for each */
#define XLSX_FILE ((size_t)128 << 20)            /* bytes of the file */
#define XLSX_EXPANDED ((u64)512 << 20)           /* bytes of the parts that are read, expanded, in all */
#define XLSX_RATIO 200                           /* a part may expand that many times, */
#define XLSX_RATIO_FROM ((u64)64 << 20)          /* or to so many bytes */

/* Called for each row that says something, in the file's order. `line` is its number in the sheet, from 1. cells[0] is column A's;
 * n ≤ XLSX_COLUMNS, cells[n - 1] is not empty, missing cells and those of white space alone are "". UTF-8, lasts until the function
 * returns. What it returns but OK stops the reading. */
struct xlsx_sink { enum err (*row)(void *arg, i64 line, const str *cells, size_t n); void *arg; };

/* Reads the first visible sheet that has two rows or more that say something; nothing is given of those before it. `in` is at any
 * position and stays the caller's (a regular file is mapped: nobody may shorten it meanwhile); one that cannot seek is read to its end.
 *
 * A cell's text (§18.3.1.4, §18.18.11): a string without its formatting or phonetic hints; "oui" or "non" of a boolean; "" of an
 * error; a formula's last result. A number in plain decimals, 15 digits as spreadsheets show, all of them for integers; if its format
 * (§18.8.30) is one of dates, "2026-11-29", "2026-11-29 14:05" when there is a time, "14:05" below 1; of elapsed time ([h]:mm),
 * "36:00"; of digits alone that begins with 0 (postal codes, telephone numbers), with its zeros and spaces: "01000", "06 12 34 56 78".
 *
 * INVALID: *ret_fault, in `a`, says in French what is wrong, with the sheet, the line and the column where there are any; rows may
 * have been given before. Other errors are the sink's; *ret_fault is then absent. */
must_use enum err xlsx_read(FILE *in, const struct xlsx_sink *sink, struct arena *a, str *ret_fault);

#endif
