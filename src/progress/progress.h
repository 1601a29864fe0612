/* The state of a campaign on one page, for who is asked "where are we?"; and what of it is published (figures.h says by which rules). */
#ifndef GABARE_PROGRESS_H
#define GABARE_PROGRESS_H

#include "equipment/equipment.h"

extern const struct route progress_routes[];

/* For the jobs process, in a transaction: writes down the figures of the last full month, of at most `most` public campaigns that have none. */
must_use enum err progress_freeze(struct db *db, i64 most, i64 *ret_n);

/* The demonstration's campaign is public. In a transaction; again: changes nothing. */
must_use enum err progress_demo_load(struct db *db);

#endif
