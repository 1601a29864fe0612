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
/* The same, where label and value are in French whatever the family reads: a page then says so to who listens. */
void held_put_french(struct arena *a, struct held_facts *facts, str title, str label, str value);

/* ret: empty when it is asked. */
typedef enum err held_fn(struct req *req, const struct household *h, struct held_facts *ret);
extern held_fn *const held_elsewhere[];          /* ends with NULL: src/app/routes.c */

#endif
