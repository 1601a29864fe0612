/* Writing the directory: places, their versions, where they come from, what changed. All inside db_tx.
 *
 * Visible is what was born at or before the current epoch and dies after it. A change by hand is born in the current epoch and
 * shows when it is committed; an import's is born in the next one and shows when the epoch is raised. */
#ifndef GABARE_DIRECTORY_PLACE_STORE_H
#define GABARE_DIRECTORY_PLACE_STORE_H

#include "db/db.h"
#include "directory/place.h"

#define EPOCH_NEVER ((i64)1 << 62)

/* Who changes, in which epoch it shows; `import` is 0 for a change by hand. */
struct place_writer { i64 epoch, born, at, import; str author; };

/* Words already known to be in place_word, so that they are not written again; a plain cache, that may forget. */
struct place_words { u64 known[1 << 14]; };

/* A new place of (source, source_id), with its first version and its organisation. Its public id is the imported one, unless
 * another place bears it: then "source--id". */
must_use enum err place_store_new(struct db *db, const struct place_writer *w, struct place_words *words, str source, const struct place *p,
	i64 *ret_place_id);
/* Gives the chosen fields (all when `chosen` is NULL) of a place the values of `p`, where they are not absent. *ret_changed:
 * whether that changed anything; one line of history a field. NOT_FOUND: no such place to be seen. */
must_use enum err place_store_fields(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p,
	const bool *chosen, bool *ret_changed);
/* What readers see of a place, and its version. NOT_FOUND: nothing. */
must_use enum err place_store_seen(struct db *db, i64 place_id, i64 epoch, i64 *ret_version_id, struct place *ret);
/* A line of history: the place has left the directory; or, given its id in the source, is in it again as it is in `p`. */
must_use enum err place_store_gone(struct db *db, const struct place_writer *w, i64 place_id);
must_use enum err place_store_returned(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p);
/* A place that had no version any more gets this one. */
must_use enum err place_store_back(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id, const struct place *p);
/* What place_store_fields would change; writes nothing. */
must_use enum err place_store_compare(struct db *db, i64 epoch, i64 place_id, const struct place *p, const bool *chosen, struct place *ret_now,
	struct place *ret_next, bool *ret_changed);
/* After a change by hand to a place that an import had staged: the staged version is made again from what is seen now,
 * or forgotten when the place was taken out. */
must_use enum err place_store_again(struct db *db, const struct place_writer *w, struct place_words *words, i64 place_id);

/* The fingerprint of what a source says of a place: one hash of everything, then one a field. */
#define PLACE_HASH (16 + 4 * P_COUNT)
str place_hash(struct arena *a, const struct place *p);
/* Which fields differ between two fingerprints. */
void place_hash_differences(str before, str after, bool ret[P_COUNT]);

#endif
