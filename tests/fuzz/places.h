/* What must hold of every row that the readers of places give, whatever the file: shared by the CSV and JSON fuzzers. */
#ifndef GABARE_FUZZ_PLACES_H
#define GABARE_FUZZ_PLACES_H

#include "base/utf8.h"
#include "directory/place_read.h"
#include "fuzz.h"

#define PLACES_HEADER "id,pivot,nom,commune,code_postal,adresse,date_maj,latitude,longitude,horaires,telephone,courriels,services"

/* Text, on a line of the file; and what is not refused satisfies the schema. */
static inline void check_row(struct arena *a, const struct file_row *row, i64 lines)
{
	struct arena_mark mark = arena_mark(a);
	struct place_cleaned cleaned;
	enum place_field bad;
	struct date today = { 2026, 11, 25 };
	must_hold(row->n <= PLACE_COLUMNS_MAX && row->line >= 1 && row->line <= lines);
	for (size_t i = 0; i < row->n; i++)
		must_hold(utf8_valid(row->v[i].name) && utf8_valid(row->v[i].value));
	place_clean(a, row, today, &cleaned);
	must_hold(cleaned.n_told <= PLACE_TOLD_MAX);
	must_hold(cleaned.refused || place_holds(a, &cleaned.place, today, &bad));
	arena_rewind(a, mark);
}

static inline i64 lines_of(str s)
{
	i64 n = 1;
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n' || s.p[i] == '\r';
	return n;
}

#endif
