/* Messy lists of families, as schools send them: invented, and the same for the same seed. Each row knows whose family it truly is, and what
 * was planted: children of one family in one list or in two, parents spelt in two ways, telephones that changed, that two parents share,
 * that are a neighbour's. */
#ifndef GABARE_GIVEN_LISTS_H
#define GABARE_GIVEN_LISTS_H

#include "base/arena.h"

enum planted {
	PLANTED_NONE,                            /* the first of its family */
	PLANTED_CERTAIN,                         /* the same telephone, names that sound alike */
	PLANTED_DOUBT,                           /* the other parent with the same telephone, or the same parent with another one */
};
struct given_row { i64 family; enum planted planted; };
struct given_list { const char *uai; str content; struct given_row *v; size_t n; };      /* v: in the order of the file's rows */
struct given_lists { struct given_list *v; size_t n; i64 families, rows, certain, doubts; };

/* At least as many schools as lists wanted; `families` in all. Columns, separators, titles, spellings and bytes differ from list to list. */
struct given_lists given_lists_of(struct arena *a, u64 seed, const char *const *uais, size_t schools, i64 families);
/* "9990100": the code of an invented school, with its letter. */
const char *given_uai(struct arena *a, i64 number);

#endif
