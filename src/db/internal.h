/* What db.c, the two engines and migrate.c share; nobody else includes it. */
#ifndef GABARE_DB_INTERNAL_H
#define GABARE_DB_INTERNAL_H

#include "base/buf.h"
#include "db/stmt.h"

/* Statements that manage transactions: the same words on both engines but for the first two. */
enum db_command { CMD_BEGIN, CMD_BEGIN_READ, CMD_COMMIT, CMD_ROLLBACK, CMD_SAVEPOINT, CMD_RELEASE, CMD_ROLLBACK_TO, CMD_COUNT };

struct db_engine_ops {
	void (*close)(struct db *db);
	void (*forget)(struct db_cursor *c);                     /* frees a prepared statement */
	/* Enters and leaves the place where writing is allowed (SQLite: the write lock). */
	enum err (*enter)(struct db *db);
	void (*leave)(struct db *db, bool committed);
	enum err (*command)(struct db *db, enum db_command c);
	enum err (*begin_serializable)(struct db *db);
	enum err (*script)(struct db *db, const char *sql);      /* several statements of DDL */
	enum err (*barrier)(struct db *db);
	enum err (*checkpoint)(struct db *db, bool full);
	i64 (*data_version)(struct db *db);
	enum err (*begin)(struct db *db, const struct db_stmt *st, const struct db_value *in, struct db_cursor **ret);
	enum err (*step)(struct db_cursor *c, struct db_value *out);
	void (*end)(struct db_cursor *c);
	enum err (*check)(struct db *db, const struct db_stmt *st);
	enum err (*integrity)(struct db *db);
};

/* Per connection: statement → the engine's prepared form of it. */
struct stmt_cache { struct stmt_slot { const struct db_stmt *st; struct db_cursor *c; } *slots; size_t n, cap; };
struct db_cursor **stmt_cache_slot(struct stmt_cache *cache, const struct db_stmt *st);   /* points to NULL when new */

/* The common head of both engines' connections. */
struct db {
	const struct db_engine_ops *ops;
	enum db_engine engine;
	struct db_options o;
	struct arena *arena;
	struct stmt_cache cache;
	bool in_tx, in_read;
	bool wrote;
	bool aborted;                            /* a statement of the transaction has failed: nothing but rolling back is left */
	bool transient;                          /* the last BUSY came from the engine: the transaction may be run again */
	bool lost;                               /* PostgreSQL: the connection is gone */
	bool ddl;                                /* a migration: schema changes and any duration */
	int streaming;                           /* :each statements open */
	i64 changes;
	char error[600];
};

/* The common head of both engines' cursors. */
struct db_cursor { struct db *db; const struct db_stmt *st; bool open; };

enum err db_sqlite_open(const char *path, struct db_options o, struct db **ret);
enum err db_pg_open(const char *url, struct db_options o, struct db **ret);
enum err db_sqlite_copy(const char *path, const char *to);
enum err db_sqlite_restore(const char *path, const char *from);
enum err db_pg_dump(struct db *db, const char *url, const char *to);
enum err db_pg_restore(const char *url, const char *from);

/* Keeps a message for db_error() and returns e. db NULL: for db_error(NULL). */
enum err db_fail(struct db *db, enum err e, const char *fmt, ...) printf_like(3, 4);
/* Whether a value read fits what the statement declares; INTERNAL with a message otherwise. */
enum err db_unfit(struct db_cursor *c, int column, const char *what);

#endif
