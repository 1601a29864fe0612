/* Two records of one place made one, and the way back. The other record is taken out and its addresses lead to the kept one. */
#ifndef GABARE_DIRECTORY_PLACE_MERGE_H
#define GABARE_DIRECTORY_PLACE_MERGE_H

#include "directory/place_life.h"

struct place_merge {
	struct place_owned kept, other;          /* as they were seen */
	struct place change;                     /* what the kept one becomes: absent fields stay */
	str author;
};
/* Gives the kept place its new values, one line of history each, and takes the other one out as its twin. CONFLICT: one of them has
 * changed since it was seen; INVALID: a value does not satisfy the schema. In a transaction, which must not be kept on an error. */
must_use enum err place_merge(struct db *db, const struct place_merge *m);

struct place_unmerged {
	str kept_code;                           /* the public id of the place that had been kept */
	bool left[P_COUNT];                      /* the merge had changed it, and somebody has since: it stays as it is now. Fields that say
	                                          * one thing together are told by their first one. */
};
/* Puts a place that was merged back whole, and gives the kept one its former values where nobody has changed them since. NOT_FOUND: it
 * was not merged; CONFLICT: the kept one is itself out, and must be put back first. In a transaction, as above. */
must_use enum err place_unmerge(struct db *db, str public_id, str author, struct place_unmerged *ret);

/* The former values where nobody has changed them since: where `before` and `after` differ and `now` is still `after`, by fields that say
 * one thing together (an address with its point, the telephones); other fields are absent. `left`: what stays as it is now. */
struct place place_former(const struct place *before, const struct place *after, const struct place *now, bool left[P_COUNT]);

/* The public id of the place that stands for this one, merges of merges included: its own when it was not merged. NOT_FOUND: merges that
 * never end. */
must_use enum err place_kept(struct db *db, str public_id, str *ret);
/* The same, of a merged place whose kept one is in the directory. NOT_FOUND: it was not merged, or that one is out. */
must_use enum err place_moved(struct db *db, str public_id, str *ret);

#endif
