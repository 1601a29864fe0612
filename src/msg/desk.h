/* What those who watch over messages see and do: what went, what waits and why, what failed; trying again, giving up, and the
 * list of those who asked for no more. All but the reading in a transaction of the caller's. */
#ifndef GABARE_MSG_DESK_H
#define GABARE_MSG_DESK_H

#include "msg/msg.h"
#include "msg/msg_sql.h"

/* Tries a message again now: one that failed, was given up, or waits; a letter that was printed. CONFLICT: it left, or what it said is forgotten. */
must_use enum err msg_retry(struct db *db, i64 id);
/* Tries all that failed again; *ret_n: how many. */
must_use enum err msg_retry_all(struct db *db, i64 *ret_n);
/* Gives a message up. CONFLICT: it has left, or is leaving. */
must_use enum err msg_give_up(struct db *db, i64 id);
/* The recipient with this index (msg_index) is never written to again by this channel; what waits for them never leaves. */
must_use enum err msg_stop(struct db *db, enum msg_channel channel, str index);
/* They want messages again. NOT_FOUND: they were not on the list. */
must_use enum err msg_stop_lift(struct db *db, enum msg_channel channel, str index);
/* Recipients in clear of n rows, absent where they are forgotten: `ret` has room for n. `purpose`: for the vault's log. */
must_use enum err msg_recipients(const struct vault_asker *vault, str purpose, const struct msg_row *rows, size_t n, str *ret);

#endif
