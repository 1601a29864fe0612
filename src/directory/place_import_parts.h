/* What the parts of an import share; not for others. */
#ifndef GABARE_DIRECTORY_PLACE_IMPORT_PARTS_H
#define GABARE_DIRECTORY_PLACE_IMPORT_PARTS_H

#include "directory/place_import.h"
#include "directory/place_store.h"

/* The ids that a file has had so far: 12 bytes of hash and the line of the first, in a table that doubles. */
struct place_seen { struct arena *a; struct seen_id *slots; size_t n, size; };   /* all zero: empty */
/* Notes (id, line); gives the line of the first when the id was there already, else 0. */
i64 place_seen_add(struct place_seen *s, str id, i64 line);
bool place_seen_has(const struct place_seen *s, str id);
void place_seen_free(struct place_seen *s);

/* One import at a time: takes the lock without waiting. BUSY when another has it. */
must_use enum err place_import_lock(struct db *db, const char *url, struct arena *a, int *ret_fd);
/* The same, waiting a few seconds: the sweeping after a killed import holds it for moments. */
must_use enum err place_import_wait(struct db *db, const char *url, struct arena *a, int *ret_fd);
void place_import_unlock(struct db *db, int fd);

/* Takes away what an import that did not end has left, in short transactions. The lock must be held. */
must_use enum err place_import_sweep(struct db *db);
/* After the epoch was raised to `epoch`: sources that came back, readings and versions that are no longer needed. */
must_use enum err place_import_tidy(struct db *db, str source, i64 epoch);
/* Makes again what was staged for places changed by hand since `since` (an id); *ret_n: how many such changes there are. */
must_use enum err place_import_settle(struct db *db, const struct place_writer *w, struct place_words *words, i64 since, i64 *ret_n);

#endif
