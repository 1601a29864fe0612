/* See db_test_tools.h. */
#include "db/db_test_tools.h"
#include "db/ddl.h"
#include "db/gen.h"

static const struct db_column columns[] = {
	{"id", DB_I64, false}, {"i", DB_I64, true}, {"f", DB_F64, true}, {"s", DB_TEXT, true}, {"b", DB_BLOB, true}, {"u",
		DB_I64, true},
};
static const struct db_column number[] = {{"n", DB_I64, false}};

#define TEXT(sql_) .sqlite = sql_, .pg = sql_
const struct db_stmt sample_insert_stmt = {"sample_insert", "test",
	TEXT("INSERT INTO sample (id, i, f, s, b, u) VALUES ($1, $2, $3, $4, $5, $6)"),
	.n_in = 6, .in = columns, .writes = true};
const struct db_stmt sample_all_stmt = {"sample_all", "test",
	TEXT("SELECT id, i, f, s, b, u FROM sample ORDER BY id"),
	.n_out = 6, .out = columns, .streams = true};
/* Counts for far longer than any deadline. */
const struct db_stmt sample_slow_stmt = {"sample_slow", "test",
	TEXT("WITH RECURSIVE c (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM c WHERE n < 2000000000)"
		" SELECT max(n) AS n FROM c"),
	.n_out = 1, .out = number};
const struct db_stmt sample_raise_stmt = {"sample_raise", "test", TEXT("UPDATE sample SET i = i + 1 WHERE id = $1"),
	.n_in = 1, .in = number, .writes = true};
static const struct db_stmt get_stmt = {"sample_get", "test",
	TEXT("SELECT id, i, f, s, b, u FROM sample WHERE id = $1"),
	.n_in = 1, .in = number, .n_out = 6, .out = columns};
static const struct db_stmt count_stmt = {"sample_count", "test", TEXT("SELECT count(*) AS n FROM sample"), .n_out = 1,
	.out = number};

bool test_on_pg(void)
{
	const char *url = getenv("GABARE_TEST_DB");
	return url && strncmp(url, "postgres", 8) == 0;
}

struct db_shared *test_shared(void)
{
	void *p = mmap(NULL, db_shared_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(p != MAP_FAILED);
	db_shared_init(p);
	return p;
}

static enum err run_script(struct db *db, void *sql) { return db->ops->script(db, sql); }

enum err test_script(struct db *db, const char *sql)
{
	db->ddl = true;
	str text = ddl_text(db_arena(db), str_c(sql), db_engine(db));
	enum err e = db_tx(db, run_script, (void *)(uintptr_t)str_z(db_arena(db), text));
	db->ddl = false;
	return e;
}

void test_ddl(struct db *db, const char *sql)
{
	assert_ok(test_script(db, sql));
}

struct db *test_db(struct db_shared *shared, bool fresh)
{
	struct db *db = unit_db((struct db_options){.shared = shared, .application = "gabare test"}, unit_arena((size_t)256 << 20));
	if (!fresh)
		return db;
	test_ddl(db, "CREATE TABLE sample (id BIGINT PRIMARY KEY, i BIGINT, f DOUBLE PRECISION, s TEXT, b BYTEA,"
		" u BIGINT UNIQUE CHECK (u > 0));");
	return db;
}

enum err sample_put(struct db *db, const struct sampled *row)
{
	const struct db_value in[] = {
		db_in_i64(row->id), db_in_i64_opt(row->i), db_in_f64_opt(row->f), db_in_text_opt(row->s), db_in_blob_opt(row->b),
			db_in_i64_opt(row->u),
	};
	struct db_cursor *c;
	try(db_begin(db, &sample_insert_stmt, in, &c));
	enum err e = db_rows_done(db_step(c, NULL));
	db_end(c);
	return e;
}

enum err sample_put_tx(struct db *db, void *row) { return sample_put(db, row); }

enum err sample_get(struct db *db, i64 id, struct sampled *ret)
{
	const struct db_value in[] = {db_in_i64(id)};
	struct db_value out[6];
	struct db_cursor *c;
	try(db_begin(db, &get_stmt, in, &c));
	enum err e = db_step(c, out);
	if (e == OK)
		*ret = (struct sampled){db_out_i64(&out[0]), db_out_i64_opt(&out[1]), db_out_f64_opt(&out[2]),
			db_out_text_opt(&out[3]),
			db_out_blob_opt(&out[4]), db_out_i64_opt(&out[5])};
	db_end(c);
	return e;
}

i64 sample_count(struct db *db)
{
	struct db_value out[1];
	struct db_cursor *c;
	assert_ok(db_begin(db, &count_stmt, NULL, &c));
	assert_ok(db_step(c, out));
	db_end(c);
	return out[0].i;
}
