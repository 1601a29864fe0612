/* The reading of a spreadsheet as a whole; see xlsx.h. */
#include "base/xlsx_parts.h"

#include <stdarg.h>

#define BOOK_MAX ((size_t)64 << 20)              /* names of sheets, formats, relationships: each is bounded */

enum err xlsx_fault(struct xlsx_book *b, const char *fmt, ...)
{
	char text[1500];
	va_list args;
	if (b->fault.p)
		return INVALID;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	b->fault = str_copy(b->caller, str_c(text));
	return INVALID;
}

static enum err read_sheets(struct xlsx_book *b, const struct xlsx_sink *sink)
{
	for (size_t i = 0; i < b->n_sheets; i++) {
		enum err e = xlsx_sheet(b, &b->sheets[i], sink);
		if (e != NOT_FOUND)
			return e;
	}
	return xlsx_fault(b, "aucune feuille visible du classeur n’a deux lignes remplies, les noms des colonnes et une ligne de données");
}

enum err xlsx_read(FILE *in, const struct xlsx_sink *sink, struct arena *a, str *ret_fault)
{
	struct xlsx_book b = { .a = arena_new(BOOK_MAX), .caller = a };
	enum err e = xlsx_open(&b, in);
	if (e == OK)
		e = xlsx_book(&b);
	if (e == OK)
		e = read_sheets(&b, sink);
	*ret_fault = b.fault;
	xlsx_strings_free(&b.strings);
	xlsx_close(&b);
	arena_free(b.a);
	return e;
}
