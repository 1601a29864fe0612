/* What db.h promises, on the engine under test (GABARE_TEST_DB). */
#include "db/db_test_tools.h"
#include "db/gen.h"
#include "db/trunk_sql.h"

static struct sampled of_id(i64 id) { return (struct sampled){.id = id}; }

TEST(db_values_of_every_type_come_back)
{
	static const char bytes[] = {0, 1, (char)0xFF, 'x', 0};
	struct db *db = test_db(NULL, true);
	struct sampled put[] = {
		{1, {INT64_MAX, true}, {1.5, true}, S("Éric a « œuvré » ' \" \\ %"), {bytes, sizeof bytes}, {7, true}},
		{2, {INT64_MIN, true}, {-0.1, true}, S(""), S(""), {INT64_MAX, true}},
		{3, {0, true}, {1e308, true}, S("مرحبا"), {bytes, 1}, {0, false}},
		{4, {0, false}, {0, false}, {NULL, 0}, {NULL, 0}, {0, false}},
	};
	for (size_t k = 0; k < lengthof(put); k++) {
		struct sampled got;
		assert_ok(db_tx(db, sample_put_tx, &put[k]));
		assert_int_equal(db_changes(db), 1);
		assert_ok(sample_get(db, put[k].id, &got));
		assert_int_equal(got.i.set, put[k].i.set);
		assert_true(got.i.v == put[k].i.v);
		assert_int_equal(got.f.set, put[k].f.set);
		assert_true(memcmp(&got.f.v, &put[k].f.v, sizeof got.f.v) == 0);
		assert_int_equal(got.s.p == NULL, put[k].s.p == NULL);
		assert_true(str_eq(got.s, put[k].s));
		assert_int_equal(got.b.p == NULL, put[k].b.p == NULL);
		assert_true(got.b.n == put[k].b.n && str_eq(got.b, put[k].b));
		assert_int_equal(got.u.set, put[k].u.set);
	}
	assert_err(sample_get(db, 5, put), NOT_FOUND);
	db_close(db);
}

TEST(db_constraints_are_conflicts_and_roll_back)
{
	struct db *db = test_db(NULL, true);
	struct sampled a = {.id = 1, .u = {5, true}}, same_id = {.id = 1};
	struct sampled same_u = {.id = 2, .u = {5, true}}, bad_u = {.id = 3, .u = {-1, true}};
	assert_ok(db_tx(db, sample_put_tx, &a));
	assert_err(db_tx(db, sample_put_tx, &same_id), CONFLICT);
	assert_true(strlen(db_error(db)) > 10);
	assert_err(db_tx(db, sample_put_tx, &same_u), CONFLICT);
	assert_err(db_tx(db, sample_put_tx, &bad_u), CONFLICT);
	assert_int_equal(sample_count(db), 1);
	db_close(db);
}

TEST(db_writes_outside_a_transaction_are_refused)
{
	struct db *db = test_db(NULL, true);
	struct sampled a = {.id = 1};
	assert_err(sample_put(db, &a), INTERNAL);
	struct db_stmt liar = sample_insert_stmt;
	liar.writes = false;                     /* then the engine itself refuses */
	const struct db_value in[] = {db_in_i64(1), db_in_i64_opt((struct opt_i64){0}), db_in_f64_opt((struct opt_f64){0}),
		db_in_text_opt((str){0}), db_in_blob_opt((str){0}), db_in_i64_opt((struct opt_i64){0})};
	struct db_cursor *c;
	enum err e = db_begin(db, &liar, in, &c);
	if (e == OK)
		e = db_step(c, NULL);
	assert_true(e == INTERNAL || e == BUSY);
	db_end(c);
	db_close(db);
	db = test_db(NULL, false);
	assert_int_equal(sample_count(db), 0);
	assert_false(db_wrote(db, true));
	assert_ok(db_tx(db, sample_put_tx, &a));
	assert_true(db_wrote(db, true));
	assert_false(db_wrote(db, false));
	db_close(db);
}

static enum err put_two_then_fail(struct db *db, void *arg)
{
	(void)arg;
	try(sample_put(db, &(struct sampled){.id = 1}));
	try(sample_put(db, &(struct sampled){.id = 2}));
	return FORBIDDEN;
}

static enum err go_on_after_failure(struct db *db, void *arg)
{
	struct sampled a = of_id(1);
	(void)arg;
	assert_ok(sample_put(db, &a));
	assert_err(sample_put(db, &a), CONFLICT);
	assert_err(sample_put(db, &(struct sampled){.id = 2}), INTERNAL);
	return OK;
}

TEST(db_a_refusal_rolls_back_and_a_failed_statement_spoils_its_transaction)
{
	struct db *db = test_db(NULL, true);
	assert_err(db_tx(db, put_two_then_fail, NULL), FORBIDDEN);
	assert_int_equal(sample_count(db), 0);
	assert_err(db_tx(db, go_on_after_failure, NULL), INTERNAL);
	assert_int_equal(sample_count(db), 0);
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 9}));
	assert_int_equal(sample_count(db), 1);
	db_close(db);
}

static enum err savepoints(struct db *db, void *arg)
{
	struct sampled a = of_id(1), b = of_id(2);
	(void)arg;
	try(sample_put(db, &a));
	assert_err(db_savepoint(db, sample_put_tx, &a), CONFLICT);
	assert_true(strstr(db_error(db), "sample_insert") != NULL);
	assert_err(db_savepoint(db, put_two_then_fail, NULL), CONFLICT);
	try(db_savepoint(db, sample_put_tx, &b));
	return sample_count(db) == 2 ? OK : INTERNAL;
}

TEST(db_savepoints_keep_what_was_before)
{
	struct db *db = test_db(NULL, true);
	assert_ok(db_tx(db, savepoints, NULL));
	assert_int_equal(sample_count(db), 2);
	db_close(db);
}

struct retry { int runs, busy; };

static enum err busy_at_first(struct db *db, void *arg)
{
	struct retry *r = arg;
	try(sample_put(db, &(struct sampled){.id = 1}));
	if (++r->runs > r->busy)
		return OK;
	db->transient = true;                    /* as the engine does on a deadlock or a serialization failure */
	return BUSY;
}

static enum err busy_by_rule(struct db *db, void *arg) { (void)db; ++*(int *)arg; return BUSY; }

TEST(db_retries_are_bounded_and_only_for_the_engine)
{
	struct db *db = test_db(NULL, true);
	struct retry twice = {.busy = 2}, always = {.busy = 1000};
	int runs = 0;
	assert_ok(db_tx(db, busy_at_first, &twice));
	assert_int_equal(twice.runs, 3);
	assert_int_equal(sample_count(db), 1);
	assert_err(db_tx(db, busy_by_rule, &runs), BUSY);
	assert_int_equal(runs, 1);
	test_ddl(db, "DELETE FROM sample;");
	assert_err(db_tx(db, busy_at_first, &always), BUSY);
	assert_true(always.runs > 2 && always.runs < 20);
	db_close(db);
}

static enum err fill(struct db *db, void *arg)
{
	for (i64 id = 1; id <= *(i64 *)arg; id++)
		try(sample_put(db, &(struct sampled){.id = id, .s = S("some text to hold in memory while it is read")}));
	return OK;
}

TEST(db_streams_rows_and_answers_others_meanwhile)
{
	struct db *db = test_db(NULL, true);
	i64 n = 1777, seen = 0;
	struct db_value out[6];
	struct db_cursor *c;
	assert_ok(db_tx(db, fill, &n));
	assert_ok(db_begin(db, &sample_all_stmt, NULL, &c));
	while (db_step(c, out) == OK) {
		struct sampled again;
		assert_int_equal(out[0].i, ++seen);
		if (seen % 500 == 3)
			assert_ok(sample_get(db, seen, &again));
	}
	db_end(c);
	assert_int_equal(seen, n);
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = n + 1}));
	db_close(db);
}

static enum err two_counts(struct db *db, void *other)
{
	i64 before = sample_count(db);
	assert_ok(db_tx(other, sample_put_tx, &(struct sampled){.id = before + 1}));
	return sample_count(db) == before ? OK : INTERNAL;
}

TEST(db_a_read_sees_one_moment)
{
	struct db *db = test_db(NULL, true), *other = test_db(NULL, false);
	assert_ok(db_read(db, two_counts, other));
	assert_int_equal(sample_count(db), 1);
	db_close(other);
	db_close(db);
}

static enum err raise_generation(struct db *db, void *domain) { return generation_raise(db, *(i64 *)domain); }

TEST(db_generations_rise_and_are_noticed)
{
	struct db *db = test_db(NULL, true), *other = test_db(NULL, false);
	struct generation_row_list rows;
	i64 domain = 1;
	i64 v = db_data_version(db);
	assert_int_equal(db_data_version(db), v);
	assert_ok(db_tx(other, raise_generation, &domain));
	assert_ok(db_tx(other, raise_generation, &domain));
	assert_ok(generation_all(db, &rows));
	assert_int_equal(rows.n, 1);
	assert_int_equal(rows.v[0].value, 2);
	assert_true(db_data_version(db) != v);
	db_close(other);
	db_close(db);
}

static const struct db_column text[] = {{"s", DB_TEXT, false}};
static const struct db_stmt french_stmt = {"french", "test", .sqlite = "SELECT s FROM sample ORDER BY s COLLATE fr",
	.pg = "SELECT s FROM sample ORDER BY s COLLATE fr", .n_out = 1, .out = text};

TEST(db_french_order_is_the_same_everywhere)
{
	static const char *const words[] = {"zoé", "Été", "ete", "été", "Eté", "cote", "côte", "coté", "côté", "œuvre", "oeuvre",
		"ouvre", "À", "a", "à", "A", "l'eau", "leau", "l’eau", "Saint-Herblain", "Saint Herblain",
		"Sainte", "10", "9", "", "ÿ", "y", "z", "ﬁn", "fin"};
	static const char *const sorted = "|10|9|a|A|à|À|cote|coté|côte|côté|ete|Eté|été|Été|fin|ﬁn|l'eau|"
		"l’eau|leau|oeuvre|œuvre|ouvre|Saint Herblain|Saint-Herblain|Sainte|y|ÿ|z|zoé|";
	struct db *db = test_db(NULL, true);
	struct db_value out[1];
	struct db_cursor *c;
	struct buf b = buf_new(db_arena(db), 4096);
	for (size_t i = 0; i < lengthof(words); i++)
		assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = (i64)i, .s = str_c(words[i])}));
	assert_ok(db_begin(db, &french_stmt, NULL, &c));
	while (db_step(c, out) == OK) {
		buf_put(&b, out[0].s);
		buf_byte(&b, '|');
	}
	db_end(c);
	assert_str(buf_str(&b), sorted);
	db_close(db);
}

TEST(db_every_statement_fits_this_engine)
{
	struct db *db = test_db(NULL, true);
	int n = 0, wrong = 0;
	for (; db_statements[n]; n++)
		if (db_check_stmt(db, db_statements[n]) != OK) {
			fprintf(stderr, "%s: %s\n", db_statements[n]->file, db_error(db));
			wrong++;
		}
	assert_true(n >= 5);
	assert_int_equal(wrong, 0);
	struct db_stmt odd = french_stmt;
	odd.out = (const struct db_column[]){{"s", DB_TEXT, false}, {"t", DB_TEXT, false}};
	odd.n_out = 2;
	assert_err(db_check_stmt(db, &odd), INVALID);
	db_close(db);
}

TEST(db_null_where_none_is_declared_is_a_defect)
{
	struct db *db = test_db(NULL, true);
	struct db_value out[1];
	struct db_cursor *c;
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 1}));
	assert_ok(db_begin(db, &french_stmt, NULL, &c));
	assert_err(db_step(c, out), INTERNAL);
	db_end(c);
	assert_true(strstr(db_error(db), "NULL") != NULL);
	db_close(db);
}

TEST(db_open_says_what_is_wrong)
{
	struct db *db;
	assert_err(db_open("mysql://x", (struct db_options){0}, &db), INVALID);
	assert_err(db_open("sqlite:/nowhere/at/all.db", (struct db_options){.create = true}, &db), NOT_FOUND);
	assert_err(db_open("sqlite:/tmp/gabare-no-such.db", (struct db_options){0}, &db), NOT_FOUND);
	assert_true(strstr(db_error(NULL), "gabare-no-such") != NULL);
	assert_err(db_open("postgresql://127.0.0.1:1/x?connect_timeout=1", (struct db_options){0}, &db), BUSY);
	assert_null(db);
}

TEST(db_a_read_only_connection_refuses)
{
	struct db *db = test_db(NULL, true), *reader = NULL;
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 1}));
	char url[600];
	snprintf(url, sizeof url, "%s", unit_db_url());
	assert_ok(db_open(url, (struct db_options){.read_only = true}, &reader));
	db_use_arena(reader, unit_arena((size_t)1 << 20));
	assert_int_equal(sample_count(reader), 1);
	assert_err(db_tx(reader, sample_put_tx, &(struct sampled){.id = 2}), FORBIDDEN);
	db_close(reader);
	db_close(db);
}

/* Where a copy is restored in the test: SQLite into another file, PostgreSQL into its own schema, emptied. */
static const char *restore_target(struct db *db)
{
	static char url[700];
	if (test_on_pg()) {
		test_ddl(db, "DO $$ DECLARE s text := current_schema(); BEGIN\n"
			"EXECUTE 'DROP SCHEMA ' || s || ' CASCADE'; EXECUTE 'CREATE SCHEMA ' || s; END $$");
		snprintf(url, sizeof url, "%s", unit_db_url());
	} else {
		snprintf(url, sizeof url, "sqlite:%s/again.db", unit_dir());
	}
	return url;
}

TEST(db_integrity_copy_and_restore)
{
	char url[600], copy[600];
	struct sampled got;
	int version;
	bool known;
	struct db *db = test_db(NULL, true);
	snprintf(url, sizeof url, "%s", unit_db_url());
	snprintf(copy, sizeof copy, "%s/copy", unit_dir());
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 1, .s = S("kept")}));
	assert_ok(db_integrity(db));
	assert_ok(db_backup_to(db, url, copy));
	assert_err(db_backup_to(db, url, copy), CONFLICT);
	assert_err(db_restore_from(url, copy), CONFLICT);
	const char *target = restore_target(db);
	assert_err(db_restore_from(target, "/no/such/copy"), NOT_FOUND);
	assert_ok(db_restore_from(target, copy));
	db_close(db);
	assert_ok(db_open(target, (struct db_options){0}, &db));
	db_use_arena(db, unit_arena((size_t)1 << 20));
	assert_ok(sample_get(db, 1, &got));
	assert_str(got.s, "kept");
	assert_ok(db_integrity(db));
	assert_ok(db_schema_version(db, &version, &known));
	assert_int_equal(version, db_schema_wanted());
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 2}));
	db_close(db);
}

TEST(db_integrity_says_what_is_broken)
{
	struct db *db = test_db(NULL, true);
	if (test_on_pg())
		test_ddl(db, "ALTER TABLE sample ADD CONSTRAINT positive CHECK (id > 0) NOT VALID;");
	else
		test_ddl(db, "PRAGMA ignore_check_constraints = 1; INSERT INTO sample (id, u) VALUES (1, -1);"
			" PRAGMA ignore_check_constraints = 0;");
	assert_err(db_integrity(db), INTERNAL);
	assert_true(strstr(db_error(db), test_on_pg() ? "not validated" : "CHECK constraint failed") != NULL);
	db_close(db);
}
