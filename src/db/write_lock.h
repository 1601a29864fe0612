/* The one lock around every write and every checkpoint on SQLite, and the barrier that makes one sync serve all who wait
 * (docs/decisions/0002-sqlite-writes.md). */
#ifndef GABARE_WRITE_LOCK_H
#define GABARE_WRITE_LOCK_H

#include "db/db.h"

#include <pthread.h>
#include <stdatomic.h>

struct db_shared {
	pthread_mutex_t write, sync;             /* robust, PRIO_INHERIT: fair, and survive the death of their holder */
	_Atomic u64 committed;                   /* raised under `write`, after each COMMIT */
	_Atomic u64 synced;                      /* what was `committed` before the last completed sync began */
	_Atomic int holder;
	_Atomic i64 since_us;
	_Atomic bool poisoned;
	_Atomic u32 wal_frames, wal_copied;      /* in the WAL; of these, already in the database file */
};

/* One connection's way to the lock. */
struct write_lock { struct db_shared *shared; int fd; bool held; };

enum err write_lock_open(struct write_lock *l, struct db_shared *shared, const char *db_path);
void write_lock_close(struct write_lock *l);
/* Waits at most ten seconds: BUSY after them, INTERNAL when poisoned. */
enum err write_lock_take(struct write_lock *l);
void write_lock_release(struct write_lock *l, bool committed);
/* Waits until everything committed is on disk; `sync` is called, by one process for all, with arg. */
enum err write_barrier(struct db_shared *s, bool (*sync)(void *arg), void *arg);
void write_poison(struct db_shared *s, const char *why);

#endif
