/* Two sets of parameters side by side, on the same files: who changes, and how many in each school. */
#ifndef GABARE_ALLOCATION_COMPARE_H
#define GABARE_ALLOCATION_COMPARE_H

#include "allocation/run.h"

struct alloc_pair { const struct alloc_line *a, *b; };         /* the same file in both runs */
struct alloc_pairs { struct alloc_pair *v; size_t n; };
struct alloc_side { const struct alloc_share *a, *b; i64 enter, leave; };      /* proposed by the second only; by the first only */
struct alloc_sides { struct alloc_side *v; size_t n; };
struct alloc_comparison { struct alloc_pairs all, changed; struct alloc_sides schools; };

/* Runs of the same files and schools. all: by school and the first run's order; changed: those whose state is another. */
struct alloc_comparison alloc_compare(struct arena *a, const struct alloc_run *first, const struct alloc_run *second);

/* "id;ecole;points;rang;etat" of one run; with both, the second's columns follow. */
str alloc_csv(struct arena *a, const struct alloc_run *run);
str alloc_compare_csv(struct arena *a, const struct alloc_comparison *c);

#endif
