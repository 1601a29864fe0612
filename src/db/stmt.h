/* Statements: what the code made by sqlgen is made of, and calls. Nobody else needs it. */
#ifndef GABARE_DB_STMT_H
#define GABARE_DB_STMT_H

#include "db/db.h"

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
/* Prepares a statement and compares its parameters and columns with what the .sql file declares (tests; PostgreSQL's
 * Describe gives the types). INVALID with the reason in db_error(). */
must_use enum err db_check_stmt(struct db *db, const struct db_stmt *st);

#endif
