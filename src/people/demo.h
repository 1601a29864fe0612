/* The invented households of the demonstration city: names that say so, telephones of the ranges that the regulator keeps for fiction,
 * addresses of streets that do not exist. */
#ifndef GABARE_PEOPLE_DEMO_H
#define GABARE_PEOPLE_DEMO_H

#include "db/db.h"
#include "http/seal.h"

/* Makes them, unless they are there already. After the demonstration's accounts and streets. */
must_use enum err demo_people_load(struct db *db, const struct vault_asker *vault, i64 *ret_n);

#endif
