/* The inside of an SQLite connection, for the files db_sqlite.c, sqlite_open.c and sqlite_upkeep.c. */
#ifndef GABARE_SQLITE_H
#define GABARE_SQLITE_H

#include "db/internal.h"
#include "db/write_lock.h"

#include <sqlite3.h>

struct sqlite_db {
	struct db base;                          /* first */
	sqlite3 *h;
	char *path;
	struct write_lock lock;
	sqlite3_stmt *commands[CMD_COUNT];
	i64 unknown_version;
	i64 deadline_us;                         /* statements are interrupted after it; 0: never */
	i64 busy_since_us, busy_limit_us;        /* how long SQLite's own locks are waited for */
	u32 wal_frames, wal_copied;              /* outside a server: as in struct db_shared */
};

/* An SQLite result as one of ours, with the message kept. A failed sync poisons the server. */
enum err sqlite_fail(struct sqlite_db *s, int rc, const char *what);
enum err sqlite_run(struct sqlite_db *s, const char *sql);                 /* statements that give nothing */
/* After a commit outside a server, still under the lock: nobody else checkpoints what a command writes. */
void sqlite_checkpoint_own(struct sqlite_db *s);
enum err sqlite_upkeep(struct db *db, bool full);
enum err sqlite_integrity(struct db *db);
/* Syncs the directory that holds `path`. */
bool sync_directory(const char *path);
extern const struct db_engine_ops sqlite_ops;

#endif
