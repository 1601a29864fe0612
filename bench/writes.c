/* Durable write transactions a second, the same payment (tests/power/ledger.h) done two ways:
 *
 *   writes real N SECONDS FILE      N processes through the real db layer: write lock, transaction, barrier, acknowledgement;
 *                                   another process checkpoints, as jobs does
 *   writes raw 1 SECONDS FILE       one process with SQLite alone, synchronous=FULL, its own checkpoints: the reference
 *
 * Prints tx/s, and the median and 99th percentile of a transaction in milliseconds. The first 0.3 s are not counted. */
#include "../tests/power/ledger.h"
#include "db/shared.h"
#include "db/upkeep.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROCESSES_MAX 64
#define WARM_UP_NS 300000000
#define BUCKETS 4096                             /* of latency, each 2 % wider than the one before, from 1 µs */

struct scene {
	_Atomic i64 counts[BUCKETS], failures;
	i64 begin, end;                          /* CLOCK_MONOTONIC, ns: what is counted */
	const char *url;
	struct db_shared *lock;
};

static i64 now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int bucket_of(i64 ns)
{
	double upper = 1000;
	int b = 0;
	for (; b < BUCKETS - 1 && (double)ns > upper; b++)
		upper *= 1.02;
	return b;
}

static double bucket_ms(int b)
{
	double upper = 1000;
	while (b-- > 0)
		upper *= 1.02;
	return upper / 1e6;
}

static void count(struct scene *s, i64 began, i64 ended)
{
	if (began >= s->begin && ended <= s->end)
		atomic_fetch_add(&s->counts[bucket_of(ended - began)], 1);
}

static struct db *open_or_die(struct scene *s)
{
	struct db *db;
	if (db_open(s->url, (struct db_options){ .shared = s->lock, .application = "bench" }, &db) != OK) {
		fprintf(stderr, "%s: %s\n", s->url, db_error(NULL));
		_exit(1);
	}
	db_use_arena(db, arena_new(1 << 20));
	return db;
}

static _Noreturn void pay_on(struct scene *s, int me)
{
	struct db *db = open_or_die(s);
	for (i64 n = 1; now_ns() < s->end; n++) {
		i64 key = (i64)(me + 1) << 40 | n, began = now_ns();
		arena_reset(db_arena(db));
		enum err e = ledger_pay(db, key, key % LEDGER_ACCOUNTS, n % 1000);
		if (e == OK)
			e = db_barrier(db);
		if (e != OK)
			atomic_fetch_add(&s->failures, 1);
		else
			count(s, began, now_ns());
	}
	db_close(db);
	_exit(0);
}

static _Noreturn void checkpoint_on(struct scene *s)
{
	struct db *db = open_or_die(s);
	while (now_ns() < s->end) {
		if (db_checkpoint_step(db) == INTERNAL)
			atomic_fetch_add(&s->failures, 1);
		usleep(20000);
	}
	_exit(0);
}

static void real_writers(struct scene *s, int n)
{
	for (int i = 0; i <= n; i++) {
		if (fork() != 0)
			continue;
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (i == n)
			checkpoint_on(s);
		pay_on(s, i);
	}
	while (wait(NULL) > 0)
		continue;
}

static void bind(sqlite3_stmt *st, const struct db_stmt *d, i64 key, i64 account, i64 amount)
{
	for (int i = 0; i < d->n_in; i++) {
		i64 v = d->in[i].name[0] == 'k' ? key : !strcmp(d->in[i].name, "account") ? account : amount;
		char name[16];
		snprintf(name, sizeof name, "$%d", i + 1);
		sqlite3_bind_int64(st, sqlite3_bind_parameter_index(st, name), v);
	}
}

static void raw_writer(struct scene *s, const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *begin, *commit, *st[3];
	const struct db_stmt *d[3] = { &ledger_entry, &ledger_balance, &ledger_effect };
	if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, "PRAGMA synchronous=FULL", NULL, NULL, NULL) != SQLITE_OK)
		_exit(1);
	sqlite3_prepare_v2(db, "BEGIN IMMEDIATE", -1, &begin, NULL);
	sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL);
	for (int i = 0; i < 3; i++)
		sqlite3_prepare_v2(db, d[i]->sqlite, -1, &st[i], NULL);
	for (i64 key = 1; now_ns() < s->end; key++) {
		i64 began = now_ns();
		int bad = sqlite3_step(begin) != SQLITE_DONE;
		for (int i = 0; i < 3; i++) {
			bind(st[i], d[i], key, key % LEDGER_ACCOUNTS, key % 1000);
			bad |= sqlite3_step(st[i]) != SQLITE_DONE;
			sqlite3_reset(st[i]);
		}
		bad |= sqlite3_step(commit) != SQLITE_DONE;
		sqlite3_reset(begin);
		sqlite3_reset(commit);
		if (bad)
			s->failures++;
		else
			count(s, began, now_ns());
	}
}

static void report(struct scene *s)
{
	i64 total = 0, seen = 0;
	double p50 = 0, p99 = 0;
	for (int b = 0; b < BUCKETS; b++)
		total += s->counts[b];
	for (int b = 0; b < BUCKETS; b++) {
		seen += s->counts[b];
		if (p50 <= 0 && seen * 2 >= total && total)
			p50 = bucket_ms(b);
		if (p99 <= 0 && seen * 100 >= total * 99 && total)
			p99 = bucket_ms(b);
	}
	printf("tx_s=%.0f p50=%.2f p99=%.2f failures=%lld\n", (double)total * 1e9 / (double)(s->end - s->begin), p50, p99,
		(long long)s->failures);
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: writes real|raw PROCESSES SECONDS FILE\n");
		return 2;
	}
	char url[4096];
	struct scene *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	s->lock = mmap(NULL, db_shared_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int n = (int)strtol(argv[2], NULL, 10);
	snprintf(url, sizeof url, "sqlite:%s", argv[4]);
	s->url = url;
	if (n < 1 || n > PROCESSES_MAX || !ledger_make(argv[4]))
		return 1;
	db_shared_init(s->lock);
	s->begin = now_ns() + WARM_UP_NS;
	s->end = s->begin + (i64)(strtod(argv[3], NULL) * 1e9);
	if (!strcmp(argv[1], "raw"))
		raw_writer(s, argv[4]);
	else
		real_writers(s, n);
	report(s);
	return s->failures > 0;
}
