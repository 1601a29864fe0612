/* The database, one interface for both engines. SQL is only in .sql files: tools/sqlgen.c turns each named statement into a
 * typed C function that calls what is below. Times are int64 ms UTC, money int64 cents, booleans INTEGER 0/1.
 *
 * URLs: "sqlite:PATH" and "postgresql://…". One connection per process, opened after fork and never shared. */
#ifndef GABARE_DB_H
#define GABARE_DB_H

#include "base/arena.h"
#include "db/shared.h"
#include "db/upkeep.h"

struct db;

enum db_engine { DB_SQLITE, DB_PG };

struct db_options {
	struct db_shared *shared;                /* NULL outside a server */
	bool read_only;                          /* refuse any write */
	bool create;                             /* make the SQLite file if it is not there */
	const char *application;                 /* "gabare web3": application_name on PostgreSQL */
};

/* Opens a connection. INVALID: the URL is not one of ours; NOT_FOUND: no such file (create is false); BUSY: the server
 * does not answer; the reason is in db_error(NULL). */
must_use enum err db_open(const char *url, struct db_options o, struct db **ret);
void db_close(struct db *db);                    /* NULL is fine */
void db_closep(struct db **db);
enum db_engine db_engine(const struct db *db);
const char *db_error(const struct db *db);       /* the engine's last message, for logs */
/* Where the rows of the next queries are allocated (the request's arena). */
void db_use_arena(struct db *db, struct arena *a);
struct arena *db_arena(const struct db *db);

/* ---- transactions ----
 * Runs fn in one write transaction: write lock, BEGIN IMMEDIATE (READ COMMITTED on PostgreSQL), fn, COMMIT; anything but
 * OK from fn rolls back and is returned. Inside fn: SQL only. Retries a bounded number of times on BUSY/serialization:
 * fn may run again, so it must not have effects outside the database. Not nested. */
typedef enum err db_tx_fn(struct db *db, void *arg);
must_use enum err db_tx(struct db *db, db_tx_fn *fn, void *arg);
must_use enum err db_tx_serializable(struct db *db, db_tx_fn *fn, void *arg);
/* A savepoint inside a transaction: whatever may fail (a constraint) goes through it. */
must_use enum err db_savepoint(struct db *db, db_tx_fn *fn, void *arg);
/* A read snapshot over several queries. */
must_use enum err db_read(struct db *db, db_tx_fn *fn, void *arg);
/* Returns once everything committed so far, by anyone, is on disk. Dispatch calls it before any answer of a writing route,
 * refusals and replays included. INTERNAL when a sync has failed: nothing may be acknowledged any more. */
must_use enum err db_barrier(struct db *db);
/* True once this connection has run db_tx since the last call with reset (dispatch asks). */
bool db_wrote(struct db *db, bool reset);
/* True once the connection is gone for good (PostgreSQL): what follows is BUSY. The process answers what it can, exits with
 * EX_TEMPFAIL (75), and the supervisor starts another one, later each time. Never true on SQLite. */
bool db_lost(const struct db *db);

/* Changes when anybody has committed: re-read what you cached (SQLite: the header of the WAL index; PostgreSQL: a NOTIFY
 * seen on this connection). Cheap enough to be asked at every request. */
i64 db_data_version(struct db *db);
i64 db_changes(const struct db *db);             /* rows changed by the last writing statement */

#endif
