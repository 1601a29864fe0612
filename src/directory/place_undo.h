/* A whole import taken back: what it changed is as it was before, what it brought is gone again. */
#ifndef GABARE_DIRECTORY_PLACE_UNDO_H
#define GABARE_DIRECTORY_PLACE_UNDO_H

#include "db/db.h"

struct place_undo_report {
	i64 restored, removed;                   /* places that are as before; places that it had brought */
	i64 kept;                                /* places it had brought or changed, and somebody has changed since: their later values stay */
	str fault;                               /* why nothing was taken back, in French */
};

/* Takes back the last import of `source` that changed something and was not taken back, whole or not at all, as an import is taken in: staged, then shown at
 * once. What somebody has changed by hand since stays. The same file may be imported again afterwards. NOT_FOUND: there is none; BUSY: an
 * import runs; both with the fault. `url`: the database's, for the lock between imports. */
must_use enum err place_import_undo(struct db *db, str source, str author, const char *url, struct arena *a, struct place_undo_report *ret);
/* Whether the import of this id is the one that would be taken back. */
must_use enum err place_import_is_last(struct db *db, str source, i64 import_id, bool *ret);

#endif
