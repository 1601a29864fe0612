/* Jobs: what runs by the timetable, away from requests. A kind is one row of the table in job_kinds.c. */
#ifndef GABARE_APP_JOBS_H
#define GABARE_APP_JOBS_H

#include "db/db.h"

#define JOB_LEASE_MS (5 * 60 * 1000)
#define JOB_ATTEMPTS 5

/* A job being run. */
struct job { const struct job_kind *kind; struct db *db; struct arena *a; const char *url; i64 id; str payload; const char *owner; };

/* Does the work in bounded transactions; `ret_result` (arena) is kept in the row. Calls job_progress on the way when it is long. */
typedef enum err job_fn(struct job *j, str *ret_result);

/* Does a part of a long work, at most `most`; *ret_n were: what is older than `before` (ms), or what is due by its own dates. In a
 * transaction. */
typedef enum err some_fn(struct db *db, i64 before, i64 most, i64 *ret_n);
typedef enum err due_fn(struct db *db, i64 most, i64 *ret_n);

struct job_kind {
	const char *kind;
	i64 every_ms;
	job_fn *run;
	due_fn *due; some_fn *some;              /* of those done in batches: one of the two */
	i64 age_ms, batch;                       /* from which age on (some), and how many a transaction */
};
extern const struct job_kind job_kinds[];
extern const size_t job_kinds_count;

/* Says how far the job is, and keeps its lease. In a transaction of its own. */
must_use enum err job_progress(struct job *j, i64 done, i64 total);
/* Plans each periodic kind that is not planned yet. */
must_use enum err jobs_plan(struct db *db, i64 now);
/* Who runs jobs: the connection and its URL, memory for one job, and a name for the leases. */
struct runner { struct db *db; const char *url; struct arena *a; const char *owner; };

/* Runs one job that is due. NOT_FOUND: none is. What the job itself returned is in *ret_of_job. */
must_use enum err jobs_run_one(const struct runner *r, i64 now, enum err *ret_of_job);

#endif
