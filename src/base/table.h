/* A table that others made: rows of cells under column names that each city writes its own way. Its CSV is read with the separator
 * of its first line; columns are found among the names that are in use for them. For the children that read files. */
#ifndef GABARE_TABLE_H
#define GABARE_TABLE_H

#include "base/buf.h"

#define TABLE_COLUMNS 60                         /* those beyond are not looked at */

struct table {
	str names[TABLE_COLUMNS], cells[TABLE_COLUMNS];
	size_t n_names, n_cells;
	i64 line;                                /* of the row, from 1; lines inside a cell are not counted */
	struct arena *a, *row;                   /* a: lasts as long as the table; row: forgotten after each row */
	bool ended;                              /* nothing more is to be read: the reader sets it */
};

/* `a` stays the caller's; table_free gives up what it made. */
struct table table_new(struct arena *a);
void table_free(struct table *t);

/* A whole file, without its byte-order mark. False: it cannot be read, or is longer than `max` bytes. */
bool table_bytes(int fd, size_t max, struct arena *a, str *ret);

/* One more column: "Nom du site", "nom_du_site" and "#Nom_du_site" are one name. */
void table_name(struct table *t, struct arena *a, str name);
/* The cell of this row under the first of these names (ending with NULL) that says something, trimmed; else "". */
str table_cell(const struct table *t, const char *const *names);
bool table_has(const struct table *t, const char *const *names);

typedef enum err table_fn(void *arg);
/* Calls `header` once the names are there, then `row` for each row that is not blank, until one fails or sets t->ended.
 * NOT_FOUND: there is no header. INTERNAL: it cannot be parsed. */
must_use enum err table_read_csv(struct table *t, str bytes, table_fn *header, table_fn *row, void *arg);

#endif
