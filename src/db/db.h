/* The database, one interface for both engines. SQL is only in .sql files: tools/sqlgen.c turns each named statement into a
 * typed C function that calls what is below. Times are int64 ms UTC, money int64 cents, booleans INTEGER 0/1.
 *
 * URLs: "sqlite:PATH" and "postgresql://…". One connection per process, opened after fork and never shared. */
#ifndef GABARE_DB_H
#define GABARE_DB_H

#include "base/arena.h"

struct db;

/* ---- the write lock and the barrier (SQLite; see docs/decisions/0002) ----
 * Shared by all processes of one server; made by the supervisor with db_shared_init in MAP_SHARED memory before forking.
 * A command outside the server passes NULL: it takes the file lock alone and commits at synchronous=FULL. */
struct db_shared;
size_t db_shared_size(void);
void db_shared_init(struct db_shared *s);
/* Who holds the write lock and since when (mono_us; 0 = nobody): the supervisor kills a holder over 5 s. */
void db_shared_holder(const struct db_shared *s, int *ret_pid, i64 *ret_since_us);
bool db_shared_poisoned(const struct db_shared *s);
/* Commits so far (for /metrics). */
u64 db_shared_commits(const struct db_shared *s);

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

/* ---- upkeep ---- */
/* One bounded step of checkpointing, for the jobs process (nothing to do on PostgreSQL). */
must_use enum err db_checkpoint_step(struct db *db);
/* Everything of the WAL into the database file, which is then synced: what a server does alone, before it serves, after a
 * sync has failed. */
must_use enum err db_checkpoint_all(struct db *db);
/* Changes when another process has committed: re-read what you cached (SQLite: PRAGMA data_version; PostgreSQL: a
 * NOTIFY seen on this connection). */
i64 db_data_version(struct db *db);
/* A consistent copy while serving, to a path that must not exist (VACUUM INTO; pg_dump -Fc). */
must_use enum err db_backup_to(struct db *db, const char *url, const char *path);
/* From such a copy into a database that must not exist (SQLite) or must be empty (PostgreSQL): CONFLICT otherwise. The
 * reason of a failure is in db_error(NULL). */
must_use enum err db_restore_from(const char *url, const char *path);
/* The engine's own integrity check: OK, or INTERNAL with the first complaint in db_error(). */
must_use enum err db_integrity(struct db *db);

/* ---- migrations (migrate.c) ---- */
struct migration { int number; const char *name; const char *sql; };
extern const struct migration migrations[];      /* generated from migrations/NNNN_name.sql, ends with number 0 */
/* The schema's version in the database; 0 when empty. *ret_known is false when it is newer than this program or its
 * checksums differ. */
must_use enum err db_schema_version(struct db *db, int *ret_version, bool *ret_known);
int db_schema_wanted(void);
/* Brings the schema up to date, each file in one transaction, checksummed. */
must_use enum err db_migrate(struct db *db, bool dry_run, int *ret_applied);

/* ---- what sqlgen's functions call ---- */
enum db_type { DB_I64, DB_F64, DB_TEXT, DB_BLOB };   /* upper-case letters in .sql: i64 f64 text blob, '?' when nullable */

struct db_column { const char *name; enum db_type type; bool nullable; };

/* One named statement. Parameters are bound by name ("$n"), never by position. */
struct db_stmt {
	const char *name, *file;
	const char *sqlite, *pg;                 /* the text for each engine (often the same pointer) */
	int n_in, n_out;
	const struct db_column *in, *out;
	bool writes;                             /* refused outside db_tx */
	bool streams;                            /* :each: rows come as they are asked for, however many */
};

/* Every statement of the program, for the build's and the tests' checks; ends with NULL. Generated. */
extern const struct db_stmt *const db_statements[];

struct db_value { enum db_type type; bool null; i64 i; double f; str s; };

struct db_cursor;
/* Starts a statement with its n_in values, which must stay until db_end. The cursor must be closed before the next db_begin
 * of the same statement. */
must_use enum err db_begin(struct db *db, const struct db_stmt *st, const struct db_value *in, struct db_cursor **ret);
/* The next row into `out` (n_out values; text and blobs copied into db_arena). NOT_FOUND after the last. */
must_use enum err db_step(struct db_cursor *c, struct db_value *out);
void db_end(struct db_cursor *c);
i64 db_changes(const struct db *db);             /* rows changed by the last writing statement */
/* Prepares a statement and compares its parameters and columns with what the .sql file declares (tests; PostgreSQL's
 * Describe gives the types). INVALID with the reason in db_error(). */
must_use enum err db_check_stmt(struct db *db, const struct db_stmt *st);

#endif
