/* Migrations, the common dialect, and identifiers. */
#include "db/db_test_tools.h"
#include "db/ddl.h"
#include "db/id.h"
#include "base/timex.h"

TEST(ddl_becomes_each_engines)
{
	static const char sql[] =
		"CREATE TABLE a (id BIGINT PRIMARY KEY, x double  precision, b BYTEA, t TEXT DEFAULT 'BIGINT'); -- BIGINT\n"
		"CREATE UNIQUE INDEX i ON a (x);\n"
		"-- sqlite:\nCREATE VIRTUAL TABLE f USING fts5 (t);\n-- pg:\nCREATE FUNCTION f() AS $$ ; $$;\n-- both:\n"
		"CREATE TABLE \"BIGINT\" (n BIGINT CHECK (n IN (1, 2)), bigints BIGINT) WITHOUT ROWID;\n";
	struct arena *a = unit_arena((size_t)1 << 20);
	assert_str(ddl_text(a, str_c(sql), DB_SQLITE),
		"CREATE TABLE a (id INTEGER PRIMARY KEY, x REAL, b BLOB, t TEXT DEFAULT 'BIGINT') STRICT; -- BIGINT\n"
		"CREATE UNIQUE INDEX i ON a (x);\n"
		"\nCREATE VIRTUAL TABLE f USING fts5 (t);\n\n\n\n"
		"CREATE TABLE \"BIGINT\" (n INTEGER CHECK (n IN (1, 2)), bigints INTEGER) WITHOUT ROWID, STRICT;\n");
	assert_str(ddl_text(a, str_c(sql), DB_PG),
		"CREATE TABLE a (id BIGINT PRIMARY KEY, x double  precision, b BYTEA, t TEXT DEFAULT 'BIGINT'); -- BIGINT\n"
		"CREATE UNIQUE INDEX i ON a (x);\n"
		"\n\n\nCREATE FUNCTION f() AS $$ ; $$;\n\n"
		"CREATE TABLE \"BIGINT\" (n BIGINT CHECK (n IN (1, 2)), bigints BIGINT) WITHOUT ROWID;\n");
}

static struct db *empty_db(void)
{
	struct db *db = NULL;
	assert_ok(db_open(unit_db_url(), (struct db_options){.create = true}, &db));
	db_use_arena(db, unit_arena((size_t)16 << 20));
	return db;
}

TEST(migrate_brings_a_database_up_to_date)
{
	struct db *db = empty_db();
	int applied, version;
	bool known;
	assert_true(db_schema_wanted() >= 2);
	assert_ok(db_schema_version(db, &version, &known));
	assert_int_equal(version, 0);
	assert_true(known);
	assert_ok(db_migrate(db, true, &applied));
	assert_int_equal(applied, db_schema_wanted());
	assert_ok(db_schema_version(db, &version, &known));
	assert_int_equal(version, 0);
	assert_ok(db_migrate(db, false, &applied));
	assert_int_equal(applied, db_schema_wanted());
	assert_ok(db_migrate(db, false, &applied));
	assert_int_equal(applied, 0);
	assert_ok(db_schema_version(db, &version, &known));
	assert_int_equal(version, db_schema_wanted());
	assert_true(known);
	db_close(db);
}

static void is_unknown_after(const char *change, int version_then)
{
	struct db *db = test_db(NULL, true);
	int applied, version;
	bool known;
	test_ddl(db, change);
	assert_ok(db_schema_version(db, &version, &known));
	assert_false(known);
	assert_int_equal(version, version_then);
	assert_err(db_migrate(db, false, &applied), INVALID);
	assert_true(strstr(db_error(db), "migration") != NULL);
	db_close(db);
}

TEST(migrate_refuses_another_checksum)
{
	is_unknown_after("UPDATE schema_migration SET checksum = 'other' WHERE number = 1;", db_schema_wanted());
}

TEST(migrate_refuses_a_newer_schema)
{
	is_unknown_after("INSERT INTO schema_migration (number, name, checksum, applied_at) VALUES (9000, 'later', 'x', 0);", 9000);
}

static enum err half(struct db *db, void *arg)
{
	(void)arg;
	return db->ops->script(db, "CREATE TABLE half_done (x INTEGER); CREATE TABLE half_done (x INTEGER);");
}

static enum err put_half(struct db *db, void *arg)
{
	(void)arg;
	return db->ops->script(db, "CREATE TABLE half_done (x INTEGER);");
}

TEST(migrate_a_failing_script_leaves_nothing)
{
	struct db *db = empty_db();
	db->ddl = true;
	assert_err(db_tx(db, half, NULL), INTERNAL);
	assert_ok(db_tx(db, put_half, NULL));    /* it was not there */
	db->ddl = false;
	db_close(db);
}

TEST(id_rises_whatever_the_clock_does)
{
	i64 ms = 1795000000000, last = 0;
	id_worker(5);
	for (int i = 0; i < 20000; i++) {
		clock_set(i == 9000 ? ms - 5000 : ms + i / 100);
		i64 id = id_new();
		assert_true(id > last);
		assert_int_equal(id >> 12 & 1023, 5);
		last = id;
	}
	clock_set(ms);
	assert_int_equal(id_new() >> 22, last >> 22);
	clock_set(0);
}

TEST(id_random_is_positive_and_never_twice)
{
	i64 a = id_random();
	for (int i = 0; i < 1000; i++) {
		i64 b = id_random();
		assert_true(a > 0 && b > 0 && a != b);
		a = b;
	}
}
