/* How long the state of a campaign takes to read when it has many files: progress URL [FILES]. Fills a database that is empty with a campaign
 * of three waves and thirty schools whose families have gone more or less far in 180 days, then reads the whole page's counts, the trend and
 * what waits: "state median p95" in milliseconds, and the processor's own in this process (on SQLite: all of it). */
#include <stdio.h>
#include <stdlib.h>

#include "accounts/accounts_sql.h"
#include "base/timex.h"
#include "db/db.h"
#include "db/id.h"
#include "files/files_sql.h"
#include "people/people_sql.h"
#include "progress/counts.h"
#include "progress/progress_sql.h"
#include "schools/school_sql.h"

#define BATCH 50
#define ROUNDS 60
#define P95 (ROUNDS * 95 / 100)
#define WAVES 3
#define SCHOOLS 30
#define DAYS 180

static const enum file_state path[] = { FS_IDENTIFIED, FS_CONTACTED, FS_INVITED, FS_ATTENDED, FS_ELIGIBLE, FS_SIGNED, FS_ALLOCATED, FS_HANDED_OVER,
	FS_FOLLOWED };
static u32 state = 7;
static u32 dice(u32 n) { state = state * 1664525u + 1013904223u; return (state >> 8) % n; }

struct plan { i64 organisation, campaign, waves[WAVES], schools[SCHOOLS]; };

static enum err plan_tx(struct db *db, void *arg)
{
	struct plan *p = arg;
	struct opt_f64 nowhere = { 0 };
	struct campaign c = { .organisation_id = p->organisation, .f = { S("Essai"), S("2027"), S(""), S("100000"), S(""), S(""), S("2027-01-01"), S("2027-12-31"),
		S("open"), S("") } };
	try(account_organisation_put(db, p->organisation, S("bench"), now_ms()));
	try(campaign_save(db, &c, 0));
	p->campaign = c.id;
	for (size_t i = 0; i < WAVES; i++) {
		struct wave w = { .campaign_id = c.id, .f = { S("Essai"), S("30000"), S("2027-03-01"), S("2027-06-30"), S(""), S(""), S(""), S("") } };
		try(wave_save(db, &w, p->organisation, 0));
		p->waves[i] = w.id;
	}
	for (size_t i = 0; i < SCHOOLS; i++) {
		str uai = str_printf(db_arena(db), "99900%02zuX", i);
		p->schools[i] = id_new();
		try(school_put(db, p->schools[i], uai, uai, S("elementaire"), S("public"), S(""), S("44000"), S("Nantes"), S("44109"), nowhere, nowhere, S(""), S(""),
			S(""), (struct opt_i64){ 0 }, S(""), S("open")));
	}
	return OK;
}

static str day_of(struct db *db, i64 days_ago) { return date_iso(db_arena(db), date_of_days(date_days(today_paris()) - days_ago)); }

/* A family was named that many days ago, and has gone a step further every few days. */
static enum err put_file(struct db *db, const struct plan *p)
{
	i64 household = id_new(), person = id_new(), file = id_new(), ago = dice(DAYS), now = now_ms();
	size_t school = dice(SCHOOLS), steps = dice(lengthof(path)), at = 0;
	str none = S(""), id = str_printf(db_arena(db), "%lld", (long long)household);
	try(household_insert(db, household, id, p->organisation, S("k"), S("a"), none, none, none, none, none, 1, 0, S("school"), now, (struct opt_i64){ 0 },
		(struct opt_i64){ 0 }));
	try(person_upsert(db, person, id, household, S("child"), S("k"), S("g"), S(""), S(""), S(""), S(""), S(""), S("CM1"), none, none, now));
	try(file_insert(db, file, id, p->campaign, household, p->waves[school % WAVES], day_of(db, ago), now));
	try(file_event_put(db, id_new(), file, S("named"), none, S("identified"), day_of(db, ago), none, 0, now));
	try(file_child_put(db, id_new(), file, household, person, p->schools[school], S("CM1"), S("n"), 1, p->organisation, 0, now));
	for (; at < steps && ago >= 5; at++) {
		ago -= 1 + dice(5);
		try(file_event_put(db, id_new(), file, S("step"), str_c(file_states[path[at]].code), str_c(file_states[path[at + 1]].code), day_of(db, ago), none, 0, now));
	}
	return at ? file_move(db, ids_json(db_arena(db), (const i64[]){ file, 1 }, 1, 2), str_c(file_states[path[at]].code), day_of(db, ago), none) : OK;
}

static enum err batch_tx(struct db *db, void *arg)
{
	for (size_t i = 0; i < BATCH; i++)
		try(put_file(db, arg));
	return OK;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static enum err measure(struct db *db, struct arena *a, double *ret_p95)
{
	double ms[ROUNDS], cpu[ROUNDS];
	i64 campaign;
	try(progress_first_campaign(db, &campaign));
	for (size_t i = 0; i < ROUNDS; i++) {
		struct campaign c;
		struct progress p;
		struct progress_waiting_row_list waiting;
		arena_reset(a);
		i64 from = mono_us();
		clock_t began = clock();
		try(campaign_get(db, campaign, &c));
		try(progress_read(db, &c, 0, today_paris(), false, &p));
		try(progress_waiting(db, campaign, 0, day_of(db, 14), &waiting));
		ms[i] = (double)(mono_us() - from) / 1000;
		cpu[i] = (double)(clock() - began) * 1000 / CLOCKS_PER_SEC;
	}
	qsort(ms, ROUNDS, sizeof *ms, by_size);
	qsort(cpu, ROUNDS, sizeof *cpu, by_size);
	printf("state %.1f %.1f, our own processor %.1f\n", ms[ROUNDS / 2], ms[P95], cpu[ROUNDS / 2]);
	*ret_p95 = ms[P95];
	return OK;
}

int main(int argc, char **argv)
{
	struct db *db;
	int applied;
	double p95 = 0;
	struct plan p = { .organisation = 1 };
	struct arena *a = arena_new((size_t)256 << 20);
	time_init();
	if (argc < 2 || db_open(argv[1], (struct db_options){ .create = true, .application = "gabare bench" }, &db) != OK) {
		fprintf(stderr, "usage: progress URL [FILES]   (%s)\n", argc < 2 ? "" : db_error(NULL));
		return 2;
	}
	db_use_arena(db, a);
	i64 campaign;
	enum err e = db_migrate(db, false, &applied);
	bool empty = e == OK && progress_first_campaign(db, &campaign) == NOT_FOUND;
	size_t files = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 100000;
	if (e == OK && empty)
		e = db_tx(db, plan_tx, &p);
	for (size_t done = 0; e == OK && empty && done < files; done += BATCH) {
		arena_reset(a);
		e = db_tx(db, batch_tx, &p);
	}
	if (e == OK && empty)
		e = db_optimize(db);
	if (e == OK)
		e = measure(db, a, &p95);
	if (e != OK)
		fprintf(stderr, "%s: %s\n", err_name(e), db_error(db));
	printf("p95 %.1f ms (aim: under 50)\n", p95);
	return e == OK && p95 < 50 ? 0 : 1;
}
