/* What the timetable promises: each kind is planned once, run once, planned again; what fails is tried again, then given up;
 * what a dead runner held is taken over when its lease ends. */
#include "app/jobs.h"

#include "app/jobs_sql.h"
#include "ask.h"
#include "base/timex.h"
#include "db/id.h"

#define NOON ((i64)1795600800000)

static struct arena *memory;

static enum err run_one(const char *owner)
{
	enum err of_job = OK;
	enum err e = jobs_run_one(&(struct runner){ ask_db(), ask_db_url(), memory, owner }, now_ms(), &of_job);
	return e == OK ? of_job : e;
}

static void begin(void)
{
	memory = arena_new(1 << 22);
	clock_set(NOON);
	db_use_arena(ask_db(), memory);
}

struct row { const char *kind; };

static enum err insert(struct db *db, void *arg)
{
	const struct row *r = arg;
	return job_plan(db, id_new(), str_c(r->kind), now_ms(), now_ms());
}

TEST(jobs_are_planned_once_and_run_in_turn)
{
	begin();
	assert_ok(jobs_plan(ask_db(), NOON));
	assert_ok(jobs_plan(ask_db(), NOON));
	for (size_t i = 0; i < job_kinds_count; i++)
		assert_ok(run_one("a"));
	assert_err(run_one("a"), NOT_FOUND);
	clock_set(NOON + (i64)3600 * 1000 + 1);
	size_t hourly = 0;
	for (size_t i = 0; i < job_kinds_count; i++)
		hourly += job_kinds[i].every_ms <= (i64)3600 * 1000;
	for (size_t i = 0; i < hourly; i++)
		assert_ok(run_one("a"));
	assert_err(run_one("a"), NOT_FOUND);
	arena_free(memory);
}

TEST(jobs_of_an_unknown_kind_fail_for_good)
{
	begin();
	struct row r = { "no-such-kind" };
	assert_ok(db_tx(ask_db(), insert, &r));
	assert_err(run_one("a"), INTERNAL);
	assert_err(run_one("a"), NOT_FOUND);
	arena_free(memory);
}

static enum err claim_and_die(struct db *db, void *arg)
{
	struct job_row row;
	(void)arg;
	return job_claim(db, now_ms(), now_ms() + JOB_LEASE_MS, S("dead"), &row);
}

TEST(jobs_of_a_dead_runner_are_taken_over)
{
	begin();
	struct row r = { "purge-sessions" };
	assert_ok(db_tx(ask_db(), insert, &r));
	assert_ok(db_tx(ask_db(), claim_and_die, NULL));
	assert_err(run_one("b"), NOT_FOUND);
	clock_set(NOON + JOB_LEASE_MS + 1);
	assert_ok(run_one("b"));
	arena_free(memory);
}
