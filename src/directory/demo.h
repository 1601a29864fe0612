/* The demonstration: an invented city in the place of a real one. */
#ifndef GABARE_DIRECTORY_DEMO_H
#define GABARE_DIRECTORY_DEMO_H

#include "directory/place_import.h"

/* Loads the gazetteer and the places of demo/, compiled in, as any import. Again: changes nothing. CONFLICT: the directory holds places and none of
 * them is the demonstration's; it would be spoilt. Otherwise as place_import. */
must_use enum err demo_load(struct db *db, const char *url, struct arena *a, struct place_import_report *ret);

#endif
