/* What the files of the spreadsheets' reader share. Nothing here is for others: see xlsx.h. */
#ifndef GABARE_XLSX_PARTS_H
#define GABARE_XLSX_PARTS_H

#include <zip.h>

#include "base/buf.h"
#include "base/xlsx.h"

/* How a number is shown: by its format's code, when it is of digits. */
enum xlsx_kind { XLSX_NUMBER, XLSX_DATE, XLSX_ELAPSED, XLSX_DIGITS };
struct xlsx_format { enum xlsx_kind kind; str code; };

/* Shared strings: texts from the bottom of one block, where each ends from its top. */
struct xlsx_strings { char *block; size_t used, count; };

struct xlsx_book {
	struct arena *a, *caller;                /* a: ours, as long as the book; caller: where the fault goes */
	str fault;
	const char *bytes; size_t n_bytes; bool mapped;
	zip_t *zip;
	u64 expanded;                            /* bytes of parts until now */
	struct xlsx_sheet { str name, part; } *sheets; size_t n_sheets;     /* the visible ones, in their order */
	struct xlsx_strings strings;
	struct xlsx_format *formats; size_t n_formats;                      /* by a cell's style (s) */
	bool from_1904;                          /* dates count from there */
};

/* Keeps the first fault and returns INVALID. */
enum err xlsx_fault(struct xlsx_book *b, const char *fmt, ...) printf_like(2, 3);

/* ---- xlsx_zip.c ---- */

/* Takes the file's bytes and opens the zip. INVALID: it is no workbook of this kind. */
must_use enum err xlsx_open(struct xlsx_book *b, FILE *in);
void xlsx_close(struct xlsx_book *b);
/* The index of a part by its name ("xl/workbook.xml"), -1 if there is none. */
i64 xlsx_part(const struct xlsx_book *b, str name);

/* ---- xlsx_xml.c ---- */

/* What is done with a part's elements. Names are local ones, "" in namespaces that are not those of workbooks; `end` and `text` may
 * be NULL. Texts come in pieces. What is returned but OK stops the reading. */
struct xlsx_xml {
	enum err (*start)(void *arg, const char *name, const char **attributes);
	enum err (*end)(void *arg, const char *name);
	enum err (*text)(void *arg, str piece);
	void *arg;
};
/* Reads a part whole. INVALID: it is missing, damaged, not well-formed, has a DOCTYPE, or goes over a limit. */
must_use enum err xlsx_xml(struct xlsx_book *b, str part, const struct xlsx_xml *x);
/* An attribute's value, absent if there is none. xlsx_relation: the r:id of an element, whatever its prefix. */
str xlsx_attribute(const char **attributes, const char *name);
str xlsx_relation(const char **attributes);

/* ---- xlsx_book.c ---- */

/* The list of sheets, the formats and the shared strings. */
must_use enum err xlsx_book(struct xlsx_book *b);
/* The shared string of that number; false if there is none. */
bool xlsx_string(const struct xlsx_strings *s, u64 i, str *ret);
void xlsx_strings_free(struct xlsx_strings *s);
/* Undoes the escapes of ST_Xstring (§22.9.2.19: "_x000D_") in place and makes ends of lines "\n". Returns what is left of n bytes. */
size_t xlsx_unescape(char *p, size_t n);

/* ---- xlsx_number.c ---- */

/* What a number's format is: the built-in `id` (§18.8.30) unless the file has a `code` for it. */
struct xlsx_format xlsx_format(i64 id, str code);
/* A number's text as people see it; as written, when it is no number. */
str xlsx_number(struct arena *a, str written, struct xlsx_format f, bool from_1904);
/* A cell of type "d" (ISO 8601, strict workbooks) in the same words. */
str xlsx_iso(struct arena *a, str written);

/* ---- xlsx_sheet.c ---- */

/* Gives a sheet's rows. NOT_FOUND: fewer than two say something, none was given. */
must_use enum err xlsx_sheet(struct xlsx_book *b, const struct xlsx_sheet *sheet, const struct xlsx_sink *sink);

#endif
