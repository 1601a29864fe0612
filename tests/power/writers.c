/* What the power-loss test runs: sixteen processes that pay into one ledger through the real db layer, acknowledge after the
 * barrier, and replay one another's keys as clients do whose answer was lost; a seventeenth that checkpoints; now and then
 * one is killed and replaced. It goes on until it is killed. With --check it says what a rebuilt database still holds.
 *
 *   power-writers --run DIR N SEED [--no-barrier]        acknowledgements go to DIR/acks, eight bytes each
 *   power-writers --check DIR ACKS                       exit 0: whole; 1: says what is wrong */
#include "ledger.h"
#include "db/shared.h"
#include "db/upkeep.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORKERS_MAX 64

/* What the processes of a run share: the last key each has begun, and the serial number of its process. */
struct scene {
	_Atomic i64 last_key[WORKERS_MAX], round[WORKERS_MAX], acknowledged;
	const char *dir;
	char url[PATH_MAX];
	int workers;
	u64 seed;
	bool barrier;
	struct db_shared *lock;
};

static u64 next_random(u64 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	return *state ^= *state << 17;
}

static struct db *open_or_die(const struct scene *s, const char *name)
{
	struct db *db;
	if (db_open(s->url, (struct db_options){ .shared = s->lock, .application = name }, &db) != OK) {
		fprintf(stderr, "%s: %s\n", s->url, db_error(NULL));
		_exit(2);
	}
	db_use_arena(db, arena_new(1 << 20));
	return db;
}

/* The client's side of a payment: a fresh key, or one that another worker has perhaps done already. */
static i64 next_key(struct scene *s, int me, i64 *serial, u64 *rnd)
{
	i64 borrowed = atomic_load(&s->last_key[next_random(rnd) % (u64)s->workers]);
	if (borrowed && next_random(rnd) % 8 == 0)
		return borrowed;
	i64 key = (i64)(me + 1) << 48 | atomic_load(&s->round[me]) << 32 | ++*serial;
	atomic_store(&s->last_key[me], key);
	return key;
}

static _Noreturn void work(struct scene *s, int me)
{
	struct db *db = open_or_die(s, "worker");
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/acks", s->dir);
	int acks = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	u64 rnd = (s->seed + 1) * 0x9e3779b97f4a7c15u ^ (u64)(me + 1) << 32 ^ (u64)atomic_load(&s->round[me]) << 8 ^ 1;
	for (i64 serial = 0;;) {
		i64 key = next_key(s, me, &serial, &rnd);
		arena_reset(db_arena(db));
		enum err e = ledger_pay(db, key, key % LEDGER_ACCOUNTS, key % 1000);
		if (e == BUSY)
			continue;
		if (e != OK && e != CONFLICT) {
			fprintf(stderr, "payment: %s: %s\n", err_name(e), db_error(db));
			_exit(2);
		}
		if (s->barrier && db_barrier(db) != OK)
			_exit(2);
		if (write(acks, &key, sizeof key) != sizeof key)
			_exit(2);
		atomic_fetch_add(&s->acknowledged, 1);
	}
}

static _Noreturn void checkpoint(struct scene *s)
{
	struct db *db = open_or_die(s, "jobs");
	for (;;) {
		enum err e = db_checkpoint_step(db);
		if (e != OK && e != BUSY)
			fprintf(stderr, "checkpoint: %s: %s\n", err_name(e), db_error(db));
		usleep(2000);
	}
}

static pid_t start(struct scene *s, int i)
{
	atomic_fetch_add(&s->round[i], 1);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (i == s->workers)
		checkpoint(s);
	work(s, i);
}

static int run(struct scene *s)
{
	pid_t pids[WORKERS_MAX];
	u64 rnd = s->seed * 2 + 1;
	for (int i = 0; i <= s->workers; i++)
		pids[i] = start(s, i);
	for (;;) {
		/* one is killed every so many payments, however long those take */
		i64 until = atomic_load(&s->acknowledged) + 50 + (i64)(next_random(&rnd) % 100);
		while (atomic_load(&s->acknowledged) < until) {
			usleep(500 + (useconds_t)(next_random(&rnd) % 2000));
			if (waitpid(-1, NULL, WNOHANG) != 0)
				return 2;        /* one has given up on its own, and said why */
		}
		int i = (int)(next_random(&rnd) % (u64)(s->workers + 1));
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
		pids[i] = start(s, i);
	}
}

static int complain(const char *what, i64 a, i64 b)
{
	printf("%s: %lld against %lld\n", what, (long long)a, (long long)b);
	return 1;
}

static int check_totals(struct db *db)
{
	struct ledger_state t;
	if (db_integrity(db) != OK || ledger_state(db, &t) != OK) {
		printf("corrupt: %s\n", db_error(db));
		return 1;
	}
	if (t.effects != t.entries || t.keys_with_effect != t.entries)
		return complain("effects", t.effects, t.entries);
	if (t.balance != t.amounts)
		return complain("balance", t.balance, t.amounts);
	return 0;
}

static int check(struct scene *s, const char *acks_path)
{
	struct db *db = open_or_die(s, "check");
	FILE *f = fopen(acks_path, "re");
	i64 key, n = 0, lost = 0;
	int wrong = f ? check_totals(db) : 1;
	while (f && fread(&key, sizeof key, 1, f) == 1) {
		bool there = false;
		arena_reset(db_arena(db));
		if (ledger_has(db, key, &there) != OK)
			wrong = 1;
		lost += !there;
		n++;
	}
	if (lost)
		wrong = complain("acknowledged and lost", lost, n);
	/* and it goes on taking payments */
	if (!wrong && (ledger_pay(db, 1, 1, 1) != OK || ledger_pay(db, 1, 1, 1) != CONFLICT || db_barrier(db) != OK))
		wrong = complain("a payment afterwards", 0, 1);
	db_close(db);
	return wrong;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	size_t room = sizeof(struct scene) + db_shared_size() + 64;
	struct scene *s = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s == MAP_FAILED)
		return 2;
	s->dir = argv[2];
	s->lock = (struct db_shared *)(((uintptr_t)(s + 1) + 63) & ~(uintptr_t)63);
	db_shared_init(s->lock);
	snprintf(s->url, sizeof s->url, "sqlite:%s/ledger.db", s->dir);
	if (!strcmp(argv[1], "--check"))
		return check(s, argv[3]);
	s->workers = (int)strtol(argv[3], NULL, 10);
	s->seed = argc > 4 ? strtoull(argv[4], NULL, 10) : 1;
	s->barrier = !(argc > 5 && !strcmp(argv[5], "--no-barrier"));
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/ledger.db", s->dir);
	if (s->workers < 1 || s->workers >= WORKERS_MAX || !ledger_make(path))
		return 2;
	return run(s);
}
