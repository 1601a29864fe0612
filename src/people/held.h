/* What another module holds on a household, in words, for the file that is handed over to the family: facts under a title, in order. Part of
 * people.h, which includes it. */
#ifndef GABARE_PEOPLE_HELD_H
#define GABARE_PEOPLE_HELD_H

#include "http/route.h"

struct household;
struct held_fact { str title, label, value; bool french; };
struct held_facts { struct held_fact *v; size_t n; };
/* One more, unless there is nothing to say; however many: the file is whole. */
void held_put(struct arena *a, struct held_facts *facts, str title, str label, str value);
/* The same, where the value is in French whatever the family reads: a page then says so to who listens. */
void held_put_french(struct arena *a, struct held_facts *facts, str title, str label, str value);

/* The schools, and bodies like them, that named a household and see how far its demand is, by name. Whoever knows is in src/app/routes.c. */
#define RECIPIENTS_MOST 4
struct recipients { str *v; size_t n; };
typedef enum err recipients_fn(struct db *db, i64 root, struct recipients *ret);
extern recipients_fn *const schools_told;

/* ret: empty when it is asked. */
typedef enum err held_fn(struct req *req, const struct household *h, struct held_facts *ret);
extern held_fn *const held_elsewhere[];          /* ends with NULL: src/app/routes.c */

#endif
