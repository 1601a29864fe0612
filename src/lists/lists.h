/* Lists of families that schools and services send: a file of a school's own making is read, its columns are said, what it would bring is
 * shown, and its families are named as by the form (files/naming.h). Pages only change the state of a list; the jobs process does the work. */
#ifndef GABARE_LISTS_H
#define GABARE_LISTS_H

#include "db/db.h"
#include "http/route.h"
#include "http/seal.h"

extern const struct route lists_routes[];

#define LIST_KEPT_MS ((i64)7 * 86400000)         /* what a list holds is erased then at the latest */

/* Does the step that the oldest waiting list waits for, if one does. NOT_FOUND: none does. */
must_use enum err lists_step(struct db *db, const struct vault_asker *vault);
/* Erases what lists that old hold (LIST_KEPT_MS); a day before, has a school's families taken in that nobody has looked at. At most `most`;
 * *ret_n were erased. In a transaction. */
must_use enum err lists_forget(struct db *db, i64 before, i64 most, i64 *ret_n);

/* A list of the demonstration's school that was taken, and one that waits for a look. Again: changes nothing. */
must_use enum err lists_demo_load(struct db *db, const struct vault_asker *vault);

#endif
