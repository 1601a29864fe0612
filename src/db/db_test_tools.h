/* What the tests of this folder share: a fresh database with one table that has every type. */
#ifndef GABARE_DB_TEST_TOOLS_H
#define GABARE_DB_TEST_TOOLS_H

#include "db/internal.h"
#include "unit.h"

#include <sys/mman.h>

/* A connection to the test's database, with an arena; made and migrated when `fresh`. */
struct db *test_db(struct db_shared *shared, bool fresh);
struct db_shared *test_shared(void);
bool test_on_pg(void);
/* DDL in the common dialect, in a transaction of its own. */
void test_ddl(struct db *db, const char *sql);
/* The same, when it may be refused. */
enum err test_script(struct db *db, const char *sql);

/* The table `sample`: id, i, f, s, b (NULL allowed), u (unique when not NULL). */
struct sampled { i64 id; struct opt_i64 i; struct opt_f64 f; str s, b; struct opt_i64 u; };
enum err sample_put(struct db *db, const struct sampled *row);             /* INSERT */
enum err sample_get(struct db *db, i64 id, struct sampled *ret);
enum err sample_put_tx(struct db *db, void *row);                          /* for db_tx */
i64 sample_count(struct db *db);
extern const struct db_stmt sample_insert_stmt, sample_all_stmt, sample_slow_stmt, sample_raise_stmt;

#endif
