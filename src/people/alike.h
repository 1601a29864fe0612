/* Whether two names or two households are perhaps the same, for those who take many families in at once. */
#ifndef GABARE_PEOPLE_ALIKE_H
#define GABARE_PEOPLE_ALIKE_H

#include "people/people.h"

/* Households of an organisation that are perhaps this adult's, found by keyed hashes alone: nothing is opened. */
struct alike { i64 household_id; bool phone, names; };       /* by which of them */
struct alikes { struct alike *v; size_t n; };
must_use enum err people_alike_unopened(struct db *db, const struct vault_asker *vault, i64 organisation, const struct person *p, struct alikes *ret);
/* A word of the one sounds like a word of the other. */
bool name_alike(struct arena *a, str one, str other);
/* How the words of a name sound, hashed: many are compared. */
struct name_sounds { u64 v[8]; size_t n; };
struct name_sounds name_heard(struct arena *a, str name);

#endif
