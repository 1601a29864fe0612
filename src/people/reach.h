/* Who reaches a household, who saw it, how long it is kept. Part of people.h, which includes it. */
#ifndef GABARE_PEOPLE_REACH_H
#define GABARE_PEOPLE_REACH_H

#include "db/db.h"
#include "html/format.h"
#include "http/route.h"

struct date;
struct household;

/* Of ":foyer": its organisation's, or one with which it is shared now; the second: its organisation's alone. An erased one is reached by
 * nobody. */
scope_fn scope_household, scope_household_own;
/* The household of ":foyer", sealed, and the organisation for which the session reaches it: its own, or the one with which it is shared. */
must_use enum err household_reached(struct req *req, struct household *ret, i64 *ret_organisation);
/* Several by our ids, in that order, sealed: two statements, however many. NOT_FOUND: one is not there. */
must_use enum err households_get(struct db *db, const i64 *ids, size_t n, struct household *ret);
/* Writes down that the session sees a household for that organisation, and why: a "see=" of share.c, in words for the family. In a
 * transaction. */
must_use enum err household_seen(struct db *db, const struct req *req, i64 household_id, i64 organisation_id, const char *why);
/* The same of several (none: nothing), in a transaction of its own. */
must_use enum err households_seen(struct req *req, i64 organisation_id, const i64 *ids, size_t n, const char *why);
/* Several to be shown: read in that order into ret, opened (all that is theirs, or names alone), written down as seen. */
must_use enum err households_shown(struct req *req, i64 organisation_id, const i64 *ids, size_t n, bool all, const char *why, struct household *ret);

/* For agents: that nobody has told it its rights yet, with the link that leads to it; empty: it was told. */
html household_uninformed(const struct view *v, const struct household *h);

/* They were met, or talked with, at that moment: how long the file is kept is counted from there. In a transaction. */
must_use enum err households_met(struct db *db, const i64 *ids, size_t n, i64 at);
/* The file is held until then (a loan, a charter): neither purged nor erased before; 0: no longer. In a transaction. */
struct hold { i64 household_id, until; };
must_use enum err households_hold(struct db *db, const struct hold *v, size_t n);

/* The day on which the file is erased, by the rules of today, if nobody talks with them until then; holds apart. */
must_use enum err household_ends(struct db *db, const struct household *h, struct date *ret);
/* Erases the files whose time is over, by the rules in force today, and forgets visits that have ended; at most `most` of each. In a
 * transaction. For the jobs process. */
must_use enum err people_purge(struct db *db, i64 most, i64 *ret_n);

#endif
