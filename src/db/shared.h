/* What the processes of one server share about its database (SQLite; see docs/decisions/0002-sqlite-writes.md): the write
 * lock and the barrier. */
#ifndef GABARE_DB_SHARED_H
#define GABARE_DB_SHARED_H

#include "base/base.h"

/* Made by the supervisor with db_shared_init in MAP_SHARED memory before forking.
 * A command outside the server passes NULL: it takes the file lock alone and commits at synchronous=FULL. */
struct db_shared;
size_t db_shared_size(void);
void db_shared_init(struct db_shared *s);
/* Who holds the write lock and since when (mono_us; 0 = nobody): the supervisor kills a holder over 5 s. */
void db_shared_holder(const struct db_shared *s, int *ret_pid, i64 *ret_since_us);
bool db_shared_poisoned(const struct db_shared *s);
/* Commits so far (for /metrics). */
u64 db_shared_commits(const struct db_shared *s);

#endif
