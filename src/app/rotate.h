/* Rotation of the master key while serving: what is sealed under the one before is sealed again under the next, by the jobs process, in
 * bounded batches, gone on with after any end. Both keys open meanwhile (vault.h: key_ring). */
#ifndef GABARE_APP_ROTATE_H
#define GABARE_APP_ROTATE_H

#include "db/db.h"
#include "http/seal.h"

#define ROTATE_BATCH 200

/* One batch of at most `most` values, in a transaction; *ret_more: there may be more to do now. OK also when no key is being replaced. A
 * rotation lasts two minutes at least: until all that was sealed under the key before has been written. */
must_use enum err rotate_step(struct db *db, const struct vault_asker *vault, i64 most, bool *ret_more);

struct rotation { bool begun, ended; str from, column; i64 columns_done, columns, pass, moved, lost; };
/* How far the rotation to that key is. */
must_use enum err rotation_state(struct db *db, str to_id, struct rotation *ret);

#endif
