/* Layouts kept by source. */
#ifndef GABARE_DIRECTORY_PLACE_LAYOUTS_H
#define GABARE_DIRECTORY_PLACE_LAYOUTS_H

#include "db/db.h"
#include "directory/place_layout.h"

/* That of a source, in the connection's arena. NOT_FOUND: its files have the national columns. */
must_use enum err place_layout_of(struct db *db, str source, struct place_layout *ret);
/* Keeps it; in a transaction. */
must_use enum err place_layout_keep(struct db *db, str source, const struct place_layout *l, str author);
/* NOT_FOUND: there was none. In a transaction. */
must_use enum err place_layout_forget(struct db *db, str source);

#endif
