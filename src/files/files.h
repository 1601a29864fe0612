/* Files of families in a campaign of equipment: who named them, how far they have come, what is to be done. The households are those of
 * src/people, and belong to the organisation that runs the campaign, even when a school named them: a school sees what it wrote and a
 * word on where it stands, nothing else. */
#ifndef GABARE_FILES_H
#define GABARE_FILES_H

#include "equipment/equipment.h"
#include "files/steps.h"
#include "http/seal.h"
#include "people/people.h"

extern const struct route files_routes[];

/* For equipment.h's wave_counts_source. */
wave_counts_fn files_wave_counts;

/* What files say of a household, for people.h's held_elsewhere. */
held_fn files_held;

/* Some thirty invented families over the waves of the demonstration's campaign. Again: changes nothing. */
must_use enum err files_demo_load(struct db *db, const struct vault_asker *vault);

#endif
