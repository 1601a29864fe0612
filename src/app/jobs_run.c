/* Taking jobs from the timetable and running them; see jobs.h. */
#include "app/jobs.h"

#include "app/jobs_sql.h"
#include "base/log.h"
#include "base/timex.h"
#include "db/id.h"

#define RETRY_FIRST_MS 30000

static const struct job_kind *kind_of(str kind)
{
	for (size_t i = 0; i < job_kinds_count; i++)
		if (str_eq(kind, str_c(job_kinds[i].kind)))
			return &job_kinds[i];
	return NULL;
}

/* ---- planning ---- */

static enum err plan_tx(struct db *db, void *arg)
{
	i64 now = *(i64 *)arg;
	for (size_t i = 0; i < job_kinds_count; i++)
		try(job_plan(db, id_new(), str_c(job_kinds[i].kind), now, now));
	return OK;
}

enum err jobs_plan(struct db *db, i64 now)
{
	return db_tx(db, plan_tx, &now);
}

/* ---- claiming and ending ---- */

struct claim { i64 now; const char *owner; struct job_row row; };

static enum err claim_tx(struct db *db, void *arg)
{
	struct claim *c = arg;
	return job_claim(db, c->now, c->now + JOB_LEASE_MS, str_c(c->owner), &c->row);
}

struct ending { const struct claim *claim; enum err e; str result; const struct job_kind *kind; };

/* Done, to be tried again, or failed for good; a periodic kind gets its next row either way. */
static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	const struct job_row *row = &x->claim->row;
	str owner = str_c(x->claim->owner);
	i64 now = now_ms();
	if (x->e != OK && x->kind && row->attempts < JOB_ATTEMPTS)
		return job_retry(db, row->id, owner, now + (RETRY_FIRST_MS << (row->attempts < 8 ? row->attempts : 8)), x->result, now);
	try(job_end(db, row->id, owner, x->e == OK ? S("done") : S("failed"), x->result, now));
	return x->kind && x->kind->every_ms ? job_plan(db, id_new(), row->kind, now + x->kind->every_ms, now) : OK;
}

enum err jobs_run_one(const struct runner *r, i64 now, enum err *ret_of_job)
{
	struct db *db = r->db;
	struct arena *a = r->a;
	i64 due = 0;
	db_use_arena(db, a);
	try(job_next(db, now, &due));
	if (!due)
		return NOT_FOUND;
	struct claim c = { now, r->owner, { 0 } };
	try(db_tx(db, claim_tx, &c));
	struct ending x = { &c, INTERNAL, S("unknown kind"), kind_of(c.row.kind) };
	struct job j = { x.kind, db, a, r->url, c.row.id, c.row.payload, r->owner };
	if (x.kind) {
		x.result = S("");
		x.e = x.kind->run(&j, &x.result);
		if (x.e != OK && !x.result.n)
			x.result = str_printf(a, "%s: %s", err_name(x.e), db_error(db));
	}
	*ret_of_job = x.e;
	log_line(x.e == OK ? LOG_INFO : LOG_ERROR, "job", "kind=%s id=%lld err=%s attempts=%lld result=%s", log_quote(a, c.row.kind),
	         (long long)c.row.id, err_name(x.e), (long long)c.row.attempts, log_quote(a, x.result));
	return db_tx(db, end_tx, &x);
}

struct move { const struct job *j; i64 done, total; };

static enum err move_tx(struct db *db, void *arg)
{
	const struct move *m = arg;
	i64 now = now_ms();
	return job_moves(db, m->j->id, str_c(m->j->owner), m->done, m->total, now + JOB_LEASE_MS, now);
}

enum err job_progress(struct job *j, i64 done, i64 total)
{
	struct move m = { j, done, total };
	return db_tx(j->db, move_tx, &m);
}
