/* What only a server can do to us: go away, refuse to serialize. Skipped on SQLite. */
#include "db/db_test_tools.h"
#include "db/gen.h"

#include <libpq-fe.h>
#include <unistd.h>

static void only_pg(void)
{
	if (!test_on_pg())
		unit_skip("only PostgreSQL has this");
}

static const struct db_column number[] = {{"n", DB_I64, false}};
static const struct db_stmt pid_stmt = {"pid", "test", .pg = "SELECT pg_backend_pid() AS n", .n_out = 1, .out = number};

static i64 backend(struct db *db)
{
	struct db_value out[1];
	struct db_cursor *c;
	assert_ok(db_begin(db, &pid_stmt, NULL, &c));
	assert_ok(db_step(c, out));
	db_end(c);
	return out[0].i;
}

static void terminate(i64 pid)
{
	char sql[100];
	PGconn *c = PQconnectdb(getenv("GABARE_TEST_DB"));
	snprintf(sql, sizeof sql, "SELECT pg_terminate_backend(%lld, 5000)", (long long)pid);
	PGresult *r = PQexec(c, sql);
	assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
	assert_string_equal(PQgetvalue(r, 0, 0), "t");
	PQclear(r);
	PQfinish(c);
}

static enum err killed_inside(struct db *db, void *arg)
{
	(void)arg;
	try(sample_put(db, &(struct sampled){.id = 1}));
	terminate(backend(db));
	return sample_put(db, &(struct sampled){.id = 2});
}

TEST(pg_a_lost_connection_is_busy_and_said)
{
	only_pg();
	struct db *db = test_db(NULL, true), *idle = test_db(NULL, false);
	i64 pid = backend(idle);
	assert_false(db_lost(db));
	assert_err(db_tx(db, killed_inside, NULL), BUSY);
	assert_true(db_lost(db));
	assert_err(db_tx(db, sample_put_tx, &(struct sampled){.id = 3}), BUSY);
	db_close(db);
	terminate(pid);
	struct sampled s;
	assert_err(sample_get(idle, 1, &s), BUSY);
	assert_true(db_lost(idle));
	db_close(idle);
	db = test_db(NULL, false);
	assert_int_equal(sample_count(db), 0);
	db_close(db);
}

struct rivals { struct db *other; int runs; };

static enum err raise_row(struct db *db, void *id)
{
	const struct db_value in[] = {db_in_i64(*(i64 *)id)};
	struct db_cursor *c;
	try(db_begin(db, &sample_raise_stmt, in, &c));
	db_end(c);
	return OK;
}

static enum err read_then_write(struct db *db, void *arg)
{
	struct rivals *r = arg;
	struct sampled s;
	i64 id = 1;
	try(sample_get(db, 1, &s));
	if (++r->runs <= 2)
		assert_ok(db_tx(r->other, raise_row, &id));      /* meanwhile: ours cannot be serialized any more */
	return raise_row(db, &id);
}

TEST(pg_serialization_failures_are_run_again)
{
	only_pg();
	struct db *db = test_db(NULL, true);
	struct rivals r = {.other = test_db(NULL, false)};
	struct sampled s;
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 1, .i = {0, true}}));
	assert_ok(db_tx_serializable(db, read_then_write, &r));
	assert_int_equal(r.runs, 3);
	assert_ok(sample_get(db, 1, &s));
	assert_int_equal(s.i.v, 3);
	db_close(r.other);
	db_close(db);
}

TEST(pg_reads_of_a_server_are_bounded)
{
	only_pg();
	struct db *db = test_db(NULL, true), *server = test_db(test_shared(), false);
	struct db_cursor *c;
	assert_err(db_begin(server, &sample_slow_stmt, NULL, &c), INTERNAL);
	assert_false(db_lost(server));
	assert_int_equal(sample_count(server), 0);
	db_close(server);
	db_close(db);
}
