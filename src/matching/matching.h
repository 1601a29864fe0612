/* Devices of the stock matched to the files of a wave: what families ask for, a proposal at the least cost (src/allocation/match.h), what an
 * officer decides of it, devices kept until they are handed over. */
#ifndef GABARE_MATCHING_H
#define GABARE_MATCHING_H

#include "files/files.h"

extern const struct route matching_routes[];

/* The next thing that waits: a proposal that was asked for, devices of an accepted one to be kept, of an undone one to be let go. By the jobs
 * process. NOT_FOUND: nothing waits. */
must_use enum err matching_step(struct db *db);

/* For src/app/routes.c: what a file asks for and what is kept for it; let go when the file no longer waits for a device. */
file_panel_fn matching_panel;
file_moved_fn matching_moved;
held_fn matching_held;

/* A proposal for the demonstration's first wave, accepted in part. Again: changes nothing. */
must_use enum err matching_demo_load(struct db *db);

#endif
