/* Files of families, for page tests. */
#ifndef GABARE_GIVEN_FILES_H
#define GABARE_GIVEN_FILES_H

#include "given_people.h"

/* That school answers to an organisation, and is in a wave. */
void given_school_in_wave(const char *uai, i64 organisation, i64 wave);
/* The file of a household of that organisation, in its campaign; its public id. */
str given_file(i64 organisation);
/* Moves a file along the table of steps, as the module that makes that step would: "contacted", or "lost:stolen". */
void given_file_step(i64 file_id, const char *to);
/* A household of a child of that class, named in that school (given_school_in_wave before), whose charter is signed; its file. `number`: of the
 * test's, from 0. */
struct given_signed { i64 file_id, household_id; str public_id; };
struct given_signed given_signed_file(i64 organisation, int number, const char *uai, const char *class_);
/* A meeting of the organisation's campaign, far from today; its id. Twice: the same. */
i64 given_meeting(i64 organisation);
/* What the database says to a second live file of a household. */
enum err given_file_refused(struct given_wave w, i64 household);
void given_erased(i64 household);
/* A list of families that waits to be read, in the campaign of that organisation: a service's, or its school's ("U" and its number); its id. */
i64 given_family_list(i64 organisation, bool by_school);

#endif
