/* What sqlgen accepts, what it refuses and where it says so, and what it makes. */
#include "unit.h"

#define main sqlgen_main
#include "sqlgen.c"
#undef main
#include "sqlgen_check.c"
#include "sqlgen_read.c"
#include "sqlgen_write.c"

static char said_text[8192];

static const char *put(const char *name, const char *text)
{
	static char paths[4][200];
	static int n;
	char *path = paths[n++ % 4];
	snprintf(path, 200, "%s/%s", unit_dir(), name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	return path;
}

static str got(const char *name)
{
	static char path[200];
	snprintf(path, sizeof path, "%s/%s", unit_dir(), name);
	return read_file(unit_arena((size_t)16 << 20), path);
}

/* Runs sqlgen with its messages kept in said_text. */
static int run_sqlgen(int argc, const char **argv)
{
	FILE *kept = stderr;
	memset(said_text, 0, sizeof said_text);
	said = 0;
	stderr = fmemopen(said_text, sizeof said_text, "w");
	int rc = sqlgen_main(argc, (char **)(uintptr_t)argv);
	fclose(stderr);
	stderr = kept;
	return rc;
}

static const char schema[] =
	"CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT NOT NULL, price DOUBLE PRECISION, photo BYTEA, owner BIGINT NOT NULL);\n"
	"-- sqlite:\nCREATE TABLE only_sqlite (x BIGINT);\n-- pg:\nnot even sql;\n-- both:\n";

/* The exit code for one file of statements over `schema`; its output in x.c and x.h. */
static int make(const char *migration, const char *sql)
{
	char out_c[200], out_h[200];
	snprintf(out_c, sizeof out_c, "%s/x.c", unit_dir());
	snprintf(out_h, sizeof out_h, "%s/x.h", unit_dir());
	const char *argv[] = {"sqlgen", "-m", put("0001_m.sql", migration), put("x.sql", sql), out_c, out_h};
	return run_sqlgen(6, argv);
}

static void refused(const char *sql, const char *place, const char *why)
{
	char want[300];
	snprintf(want, sizeof want, "x.sql:%s: ", place);
	assert_int_equal(make(schema, sql), 1);
	if (!strstr(said_text, want) || !strstr(said_text, why))
		fail_msg("\"%s … %s\" is not in: %s", want, why, said_text);
}

TEST(sqlgen_makes_functions_of_every_kind)
{
	int rc = make(schema,
		"-- A file of statements.\n\n"
		"-- name: item_by_id :one -> item_row\n-- in: id i64\n-- out: id i64, name text, price f64?\n"
		"SELECT id, name, price FROM item WHERE id = $1;\n\n"
		"-- name: item_list :many -> item_row\n-- in: name text?, limit_to i64\n-- out: id i64, name text, price f64?\n"
		"SELECT id, name, price FROM item WHERE CAST($1 AS TEXT) IS NULL OR name = $1 ORDER BY name COLLATE fr LIMIT $2;\n"
		"-- name: item_each :each -> item_row\n-- out: id i64, name text, price f64?\nSELECT id, name, price FROM item;\n"
		"-- name: item_photo :scalar\n-- in: id i64\n-- out: photo blob?\nSELECT photo FROM item WHERE id = $1;\n"
		"-- name: item_add :exec\n-- in: id i64, name text, price f64?, photo blob?, owner i64\n"
		"INSERT INTO item (id, name, price, photo, owner) VALUES ($1, $2, $3, $4, $5);\n"
		"-- name: item_two :scalar\n-- out: n i64\n-- sqlite:\nSELECT 2 AS n;\n-- pg:\nSELECT 2::bigint AS n;\n-- both:\n");
	assert_string_equal(said_text, "");
	assert_int_equal(rc, 0);
	static const char *const header[] = {
		"enum err item_by_id(struct db *db, i64 id, struct item_row *ret);",
		"enum err item_list(struct db *db, str name, i64 limit_to, struct item_row_list *ret);",
		"enum err item_each(struct db *db, enum err (*fn)(void *arg, const struct item_row *row), void *arg);",
		"enum err item_photo(struct db *db, i64 id, str *ret);",
		"enum err item_add(struct db *db, i64 id, str name, struct opt_f64 price, str photo, i64 owner);",
		"struct item_row {\n\ti64 id;\n\tstr name;\n\tstruct opt_f64 price;\n};",
	};
	static const char *const source[] = {"\"SELECT 2 AS n\"", "\"SELECT 2::bigint AS n\"",
		".n_in = 5, .n_out = 0, .writes = true", "{\"photo\", DB_BLOB, true}"};
	str h = got("x.h"), c = got("x.c");
	for (size_t i = 0; i < lengthof(header); i++)
		if (str_find(h, str_c(header[i])) < 0)
			fail_msg("%s is not in %.*s", header[i], STR_ARG(h));
	for (size_t i = 0; i < lengthof(source); i++)
		if (str_find(c, str_c(source[i])) < 0)
			fail_msg("%s is not in %.*s", source[i], STR_ARG(c));
}

TEST(sqlgen_refuses_with_the_place)
{
	refused("-- name: a :one -> r\n-- out: id i64\nSELECT id\nFROM item WHERE\n  prise = 1;\n", "5:3",
		"no such column: prise");
	refused("-- name: a :exec\n-- in: x i64, y text\nUPDATE item SET owner = $1;\n", "1:1", "$2 (y) is not used");
	refused("-- name: a :exec\n-- in: x i64\nUPDATE item SET owner = $1, name = $2;\n", "1:1", "$2 has no name");
	refused("-- name: a :one -> r\n-- out: id i64, name text\nSELECT id FROM item;\n", "1:1",
		"names 2 columns, the statement gives 1");
	refused("-- name: a :one -> r\n-- out: id i64, name text\nSELECT name, id FROM item;\n", "1:1",
		"column 1 is id in \"-- out:\", name in the statement");
	refused("-- name: a :scalar\n-- out: name i64\nSELECT name FROM item;\n", "1:1", "is TEXT in the table");
	refused("-- name: a :exec\nDROP TABLE item;\n", "2:1", "only SELECT, INSERT, UPDATE and DELETE");
	refused("-- name: a :exec\nDELETE FROM item; DELETE FROM item;\n", "2:18", "one name, one statement");
	refused("-- name: a :exec\nDELETE FROM item\n", "1:1", "does not end with ';'");
	refused("-- name: a :exec\nDELETE FROM item RETURNING id;\n", "1:1", ":exec gives nothing");
	refused("-- name: a :each -> r\n-- out: id i64\nDELETE FROM item RETURNING id;\n", "1:1", ":each only reads");
	refused("-- name: a :every\nSELECT 1;\n", "1:12", "the kind is one of");
	refused("-- name: a :one\n-- out: id i64\nSELECT id FROM item;\n", "1:16", "wants \"-> name_of_the_row\"");
	refused("-- name: Int :exec\n-- in: int i64, ok sort\nDELETE FROM item;\n", "2:8", "\"int\" cannot be a name in C");
	refused("-- name: Int :exec\n-- in: int i64, ok sort\nDELETE FROM item;\n", "2:17", "wants a type");
	refused("-- name: a :one -> r\n-- out: id i64\nSELECT id FROM item;\n"
		"-- name: b :one -> r\n-- out: id i64?\nSELECT id FROM item;\n",
		"4:1", "r has other columns here than in a (line 1)");
	refused("-- name: a :exec\nDELETE FROM item;\n-- name: a :exec\nDELETE FROM item;\n", "3:1", "there twice");
	refused("SELECT 1;\n", "1:1", "SQL before the first");
	refused("-- name: a :exec\n-- in: id i64\n-- sqlite:\nDELETE FROM item WHERE id = $1;\n-- pg:\nDELETE FROM item;\n",
		"1:1", "not used for PostgreSQL");
	refused("-- name: a :exec\nDELETE FROM \"item\" WHERE name = \"x\";\n", "2:33", "no such column: x");
}

TEST(sqlgen_refuses_lists_of_scoped_tables_without_scope)
{
	char scoped[600];
	snprintf(scoped, sizeof scoped, "%s-- scoped: item\n", schema);
	assert_int_equal(make(scoped, "-- name: a :many -> r\n-- out: id i64\nSELECT id FROM item;\n"), 1);
	assert_non_null(strstr(said_text, "item, which is scoped"));
	assert_int_equal(make(scoped,
		"-- name: a :many -> r\n-- in: scope i64\n-- out: id i64\nSELECT id FROM item WHERE owner = $1;\n"), 0);
	assert_int_equal(make(scoped,
		"-- name: a :many -> r\n-- out: x i64?\nSELECT x FROM only_sqlite WHERE x IN (SELECT id FROM item);\n"), 1);
	assert_int_equal(make(scoped, "-- name: a :many -> r\n-- out: x i64?\nSELECT x FROM only_sqlite;\n"), 0);
}

TEST(sqlgen_says_where_a_migration_fails)
{
	assert_int_equal(make("CREATE TABLE a (x BIGINT);\n\nCREATE TABLE b (\n  x BIGINT,\n  y NUMBER\n);\n",
		"-- name: a :exec\nDELETE FROM a;\n"), 1);
	assert_non_null(strstr(said_text, "0001_m.sql:"));
	assert_non_null(strstr(said_text, "unknown datatype"));
}

TEST(sqlgen_table_and_migrations)
{
	char out[200];
	snprintf(out, sizeof out, "%s/t.c", unit_dir());
	const char *a = put("a.sql", "-- name: one_a :exec\nDELETE FROM item;\n"), *b = put("b.sql",
		"-- name: one_b :exec\nDELETE FROM item;\n");
	assert_int_equal(run_sqlgen(5, (const char *[]){"sqlgen", "--table", out, a, b}), 0);
	assert_true(str_find(got("t.c"), S("\t&stmt_one_a,\n\t&stmt_one_b,\n\tNULL,")) > 0);
	b = put("b.sql", "-- name: one_a :exec\nDELETE FROM item;\n");
	assert_int_equal(run_sqlgen(5, (const char *[]){"sqlgen", "--table", out, a, b}), 1);
	assert_non_null(strstr(said_text, "b.sql:1:1: one_a is in"));
	const char *m = put("0001_first.sql", "CREATE TABLE \"a\\b\" (x BIGINT);\n");
	assert_int_equal(run_sqlgen(4, (const char *[]){"sqlgen", "--migrations", out, m}), 0);
	assert_true(str_find(got("t.c"), S("{1, \"0001_first\",\n\t\t\"CREATE TABLE \\\"a\\\\b\\\" (x BIGINT);\\n\"")) > 0);
	m = put("0003_third.sql", "");
	assert_int_equal(run_sqlgen(4, (const char *[]){"sqlgen", "--migrations", out, m}), 1);
	assert_non_null(strstr(said_text, "migration 3 comes after 0"));
	assert_int_equal(run_sqlgen(1, (const char *[]){"sqlgen"}), 2);
}
