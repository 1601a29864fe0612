/* The whole directory into a file, page by page, from one moment of the database. */
#ifndef GABARE_DIRECTORY_PLACE_DUMP_H
#define GABARE_DIRECTORY_PLACE_DUMP_H

#include <stdio.h>

#include "db/db.h"

enum dump_format { DUMP_CSV, DUMP_JSON, DUMP_GEOJSON };

/* Writes every place, in the order of their ids. INTERNAL: the database, or `out` cannot be written (errno). */
must_use enum err place_dump(struct db *db, enum dump_format format, bool full, FILE *out, i64 *ret_n);

#endif
