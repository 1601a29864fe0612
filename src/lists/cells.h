/* What people write in the cells of a list of families, and what it says: classes, names in one cell, telephones, years, languages. */
#ifndef GABARE_LISTS_CELLS_H
#define GABARE_LISTS_CELLS_H

#include "base/arena.h"

/* "CM1" of "CM 1", "cm1 A", "10ème", "Cours moyen 1re année"; absent: no class; "?" when it may be two of them ("CM1-CM2"). */
str cell_class(struct arena *a, str cell);

/* "BENALI Leïla", "Mme Leïla BENALI": capitals are the family name; without them the first word is one or the other, as said. */
struct cell_name { str given, family; };
struct cell_name cell_name(struct arena *a, str cell, bool given_first);
/* A first or a family name alone, without title nor spaces too many; "LEÏLA" becomes "Leïla". */
str cell_word(struct arena *a, str cell);

/* The telephones of a cell, E.164, at most `most`; how many. A number that lost its 0 is one; *ret_bad: there is one that is none. */
size_t cell_phones(struct arena *a, str cell, str *ret, size_t most, bool *ret_bad);

/* The year of a birth date however written, between 1900 and 2100; 0: none. */
i64 cell_year(str cell);
/* ISO 639-1 of "arabe", "français", "ar"; "" for what is no language of the house. */
str cell_language(struct arena *a, str cell);

/* A number of social security: 13 digits, or 15 with its key, from 1 or 2 and a month. */
bool cell_is_nir(str cell);
/* What a spreadsheet would calculate, or what only it understands ("#REF!"). A telephone that begins with + is none. */
bool cell_is_formula(str cell);

#endif
