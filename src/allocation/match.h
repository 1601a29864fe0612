/* Which device for which file: the assignment whose total cost is the least, in whole numbers. Identical devices are one class and
 * identical needs another, so that 5,000 of each are a transportation problem of a few thousand arcs, solved by GLPK's out-of-kilter
 * algorithm (docs/decisions/0009-allocation.md). Needs that get nothing cost MATCH_NOTHING each: as many as can be are served. */
#ifndef GABARE_ALLOCATION_MATCH_H
#define GABARE_ALLOCATION_MATCH_H

#include "allocation/run.h"
#include "base/child.h"

enum trait { TRAIT_KIND, TRAIT_RAM, TRAIT_SCREEN, TRAIT_GRADE, TRAITS };
#define TRAIT_ANY ((i64)-1)                      /* of a need: it does not matter */
enum device_kind { KIND_LAPTOP, KIND_DESKTOP, KIND_TABLET };   /* "portable", "fixe", "tablette" */
/* ram: gigabytes; screen: inches; grade: 0 A, 1 B, 2 C. Of a need: the kind wished, at least so much memory and screen, at worst this grade. */
struct match_side { str id; i64 v[TRAITS]; };
struct match_sides { struct match_side *v; size_t n; };

#define MATCH_NEVER ((i64)-1)                    /* a tablet where none is asked for; a desktop where there is no room for one */
#define MATCH_NOTHING 10000
#define MATCH_MOST 20000                         /* on either side */
#define MATCH_CLASSES_MOST 1000

/* What giving this device for this need costs: 50 for a laptop where another kind is asked for, 10 for each gigabyte too few, 1 for each too many, 5 for
 * each inch too few, 20 for each grade too low. */
i64 match_cost(const struct match_side *device, const struct match_side *need);

struct match_pair { size_t device, need; i64 cost; };          /* in the arrays of what came in */
struct match { struct match_pair *v; size_t n; i64 cost; };    /* cost: of all, those without a device included */
/* By need's id. The order of what comes in changes nothing, ids being different. INVALID: too many, or too many kinds of them. Takes
 * seconds at the worst: for a child (match_apart), never in web. */
must_use enum err match_run(struct arena *a, struct match_sides devices, struct match_sides needs, struct match *ret);
/* The same in a sandboxed child. BUSY: no process to be had; INTERNAL: it was stopped. */
must_use enum err match_apart(struct arena *a, struct match_sides devices, struct match_sides needs, struct match *ret);

/* CSV: id, genre (portable, fixe, tablette), memoire, ecran, note (A, B, C); of needs, empty does not matter. */
must_use enum err match_read(struct arena *a, str csv, bool needs, struct match_sides *ret, struct alloc_fault *ret_fault);
/* The same, written. */
str match_csv(struct arena *a, struct match_sides s);

#endif
