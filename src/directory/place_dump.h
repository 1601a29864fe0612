/* The whole directory, a piece at a time: into a file by the command line, to a client by the site. */
#ifndef GABARE_DIRECTORY_PLACE_DUMP_H
#define GABARE_DIRECTORY_PLACE_DUMP_H

#include <stdio.h>

#include "directory/place_format.h"

struct db;

/* How far a reading of every place, in the order of their ids, has come. Begin with the voice alone. */
struct place_reading {
	struct place_voice voice;
	i64 after, written, generation;
	enum { READING_BEGINS, READING_GOES_ON, READING_ENDED } state;
};

/* Writes the next piece (about 100 places; nothing at all after the last). CONFLICT: the directory has changed since the first
 * one, and what follows would not be of the same moment. */
must_use enum err place_reading_next(struct db *db, struct place_reading *r, struct buf *out);

/* Writes every place, from one moment of the database. INTERNAL: the database, or `out` cannot be written (errno). */
must_use enum err place_dump(struct db *db, const struct place_voice *voice, FILE *out, i64 *ret_n);
/* {"structures":[…],"services":[…]} of data·inclusion; how many of each. */
must_use enum err place_dump_inclusion(struct db *db, const struct city *city, FILE *out, i64 *ret_structures, i64 *ret_services);

#endif
