/* What a list holds, sealed under a key of its own: its file until it is read, its rows, what names its columns. */
#ifndef GABARE_LISTS_KEPT_H
#define GABARE_LISTS_KEPT_H

#include "base/buf.h"
#include "http/seal.h"
#include "lists/columns.h"
#include "lists/lists_sql.h"

/* The file in pieces; a new key for the list. */
struct list_sealed { str key, *pieces; size_t n; };
must_use enum err list_seal_file(const struct vault_asker *vault, i64 id, str content, struct list_sealed *ret);
must_use enum err list_open_file(struct db *db, const struct vault_asker *vault, const struct list_line *l, str *ret);
/* The cells of rows, under the list's key; `rows->v[i]` is number first + i. And back: those that were erased have no cells. */
must_use enum err list_seal_rows(const struct vault_asker *vault, const struct list_line *l, const struct list_rows *rows, size_t first, str *ret);
must_use enum err list_open_rows(const struct vault_asker *vault, const struct list_line *l, str purpose, const struct list_row_line_list *rows,
	struct list_rows *ret);
/* A text of the list, in its column `what` ("head", "schools"). */
must_use enum err list_seal_text(const struct vault_asker *vault, const struct list_line *l, const char *what, str text, str *ret);
must_use enum err list_open_text(const struct vault_asker *vault, const struct list_line *l, const char *what, str sealed, str *ret);

/* The columns of a list as it is stored: names from its sealed head. */
must_use enum err list_columns_of(const struct vault_asker *vault, const struct list_line *l, struct list_columns *ret);

#endif
