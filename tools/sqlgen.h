/* sqlgen turns .sql files into typed C functions; these are its parts: reading, checking on SQLite, writing C.
 * The language of a .sql file is described in sqlgen.c. */
#ifndef GABARE_SQLGEN_H
#define GABARE_SQLGEN_H

#include "base/buf.h"
#include "db/stmt.h"

enum kind { KIND_ONE, KIND_MANY, KIND_EACH, KIND_EXEC, KIND_SCALAR };

struct field { str name; enum db_type type; bool nullable; };
struct fields { struct field v[100]; size_t n; };

struct stmt {
	str name, row;                           /* row is absent where the kind has none */
	enum kind kind;
	int line;                                /* of "-- name:" */
	struct fields in, out;
	str text;                                /* what follows that line, comments and directives emptied */
	str sqlite, pg;                          /* per engine, the end's ';' taken off; the same pointer when equal */
	bool writes;
};

struct sqlfile { const char *path; str name; struct stmt *v; size_t n; };

/* Says "path:line:col: message" on stderr and counts it: sqlgen fails at its end. */
void complain(const char *path, int line, int col, const char *fmt, ...) printf_like(4, 5);
int complaints(void);

str read_file(struct arena *a, const char *path);                          /* exits when it cannot */
struct sqlfile *sqlfile_read(struct arena *a, const char *path);           /* complains about its syntax */

/* Applies the migrations `before` to a database in memory and prepares every statement there; complains about what does not fit.
 * Fills in `writes`. */
void check_statements(struct arena *a, const char *const *before, size_t n, struct sqlfile *f);
/* Complains about names that two files share. */
void check_names(struct sqlfile *const *files, size_t n);

void write_source(struct buf *out, const struct sqlfile *f, str header);
void write_header(struct buf *out, const struct sqlfile *f);
void write_table(struct buf *out, struct sqlfile *const *files, size_t n);
void write_migrations(struct arena *a, struct buf *out, const char *const *paths, size_t n);

#endif
