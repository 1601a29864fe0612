/* Allocation joined to files: what is known of a family for the rule, runs made from the database, what an officer decides of them, and the
 * reasons that are told. The rule itself is src/allocation, which knows no file. */
#ifndef GABARE_AWARDING_H
#define GABARE_AWARDING_H

#include "allocation/allocation.h"
#include "files/files.h"

extern const struct route awarding_routes[];

/* What is known today of a file, for the rule: FACT_UNKNOWN where nobody has said. */
must_use enum err award_facts_of(struct db *db, i64 file_id, i64 ret[FACTS]);

/* For src/app/routes.c. */
file_panel_fn award_situation_panel, award_rank_panel;
held_fn award_held;
/* What is told to a family on its own page. */
family_panel_fn award_family;

/* Runs every kept run again, from the database: *ret_n of them, *ret_wrong of which do not give the same bytes; each that does not is told. */
typedef void award_told_fn(void *arg, i64 wave_id, i64 number);
must_use enum err awards_verify(struct db *db, award_told_fn *told, void *arg, i64 *ret_n, i64 *ret_wrong);

/* One run of the demonstration's first wave, decided in part. Again: changes nothing. */
must_use enum err awarding_demo_load(struct db *db, const struct vault_asker *vault);

#endif
