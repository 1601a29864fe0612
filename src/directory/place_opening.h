/* Which places are open, now or at a given moment. What the hours of each version say now and next is kept (place_opening), put
 * by whoever stores versions and renewed by a job; for other moments hours are evaluated, each distinct text once. */
#ifndef GABARE_DIRECTORY_PLACE_OPENING_H
#define GABARE_DIRECTORY_PLACE_OPENING_H

#include "base/arena.h"

struct db;

/* Keeps what `hours` say for a version. Nothing when they are empty or not understood. In a transaction. */
must_use enum err place_opening_store(struct db *db, i64 version_id, str hours, i64 now);
/* Renews at most `max` rows whose first period has ended; *ret_n of them. In a transaction. */
must_use enum err place_opening_renew(struct db *db, i64 now, i64 max, i64 *ret_n);

/* How many places one question may look at when hours must be evaluated. */
#define OPENING_BUDGET 50000

/* A question "is it open?", for many versions. */
struct open_question {
	bool on;                                 /* false: everything passes */
	bool kept;                               /* answered from what is kept; else hours are evaluated */
	i64 at;                                  /* ms */
	i64 *open; size_t n_open;                /* kept: version ids, in order */
	i64 *late; size_t n_late;                /* kept: those that had expired and are open */
	bool expired;                            /* some had */
	i64 left;                                /* of OPENING_BUDGET */
	struct open_seen *seen;                  /* texts of hours already evaluated */
	struct db *db;
};

/* Sets a question up: at 0 is now. Memory in db_arena. */
must_use enum err open_question(struct db *db, i64 at, struct open_question *ret);
/* Is this version open? *ret false too when the budget is spent (left is then 0). */
must_use enum err open_ask(struct open_question *o, i64 version_id, bool *ret);

#endif
