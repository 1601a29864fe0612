/* Imports by hand: a coordinator uploads a file of places with whatever columns it has, says what they are, looks at what would change,
 * and takes it in. Pages only change the state of an upload; the jobs process does the work. */
#ifndef GABARE_INTAKE_H
#define GABARE_INTAKE_H

#include "db/db.h"
#include "http/route.h"

extern const struct route intake_routes[];

/* Does the step that the oldest waiting upload waits for, if one does; `url`: the database's. NOT_FOUND: none does. */
must_use enum err intake_step(struct db *db, const char *url);
/* Forgets uploads older than `before`, at most `most`; *ret_n were. In a transaction. */
must_use enum err intake_forget(struct db *db, i64 before, i64 most, i64 *ret_n);

#endif
