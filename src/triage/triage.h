/* Desk triage: two minutes at a counter, three questions and at most ten things, then the next steps, on screen and on paper. Nobody is
 * named and nothing is kept, but with the file of a family that agrees. */
#ifndef GABARE_TRIAGE_H
#define GABARE_TRIAGE_H

#include "http/route.h"
#include "people/people.h"

extern const struct route triage_routes[];

#define TRIAGE_KEEP_MS ((i64)365 * 24 * 3600 * 1000)

/* What was asked of a household, for people.h's held_elsewhere. */
held_fn triage_held;
/* Forgets what was kept before `before` (ms), and of households that were erased, at most `most`. In a transaction; for the jobs process. */
must_use enum err triage_purge(struct db *db, i64 before, i64 most, i64 *ret_n);
/* Two of the demonstration's families were asked. Again: changes nothing. */
must_use enum err triage_demo_load(struct db *db, const struct vault_asker *vault);

#endif
