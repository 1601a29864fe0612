/* Writing from several processes: nothing is lost, whoever dies; and on SQLite, what the lock and the barrier promise. */
#include "db/db_test_tools.h"
#include "db/gen.h"
#include "db/sqlite.h"
#include "base/timex.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void only_sqlite(void)
{
	if (test_on_pg())
		unit_skip("only SQLite has this");
}

static enum err raise_one(struct db *db, void *arg)
{
	const struct db_value in[] = {db_in_i64(1)};
	struct db_cursor *c;
	(void)arg;
	try(db_begin(db, &sample_raise_stmt, in, &c));
	enum err e = db_rows_done(db_step(c, NULL));
	db_end(c);
	return e;
}

static i64 counter(struct db *db)
{
	struct sampled s;
	assert_ok(sample_get(db, 1, &s));
	return s.i.v;
}

/* A database with one row whose i is 0; closed again, so that children may open it. */
static void with_counter(void)
{
	struct db *db = test_db(NULL, true);
	assert_ok(db_tx(db, sample_put_tx, &(struct sampled){.id = 1, .i = {0, true}}));
	db_close(db);
}

static pid_t child(void (*run)(struct db *db, void *arg), struct db_shared *shared, void *arg)
{
	fflush(NULL);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct db *db = test_db(shared, false);
		run(db, arg);
		db_close(db);
		_exit(0);
	}
	return pid;
}

static void expect_success(pid_t pid)
{
	int status = -1;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void raise_hundred(struct db *db, void *arg)
{
	(void)arg;
	for (int i = 0; i < 100; i++)
		if (db_tx(db, raise_one, NULL) != OK || db_barrier(db) != OK) {
			fprintf(stderr, "%s\n", db_error(db));
			_exit(1);
		}
}

TEST(write_several_processes_and_a_command_lose_nothing)
{
	with_counter();
	struct db_shared *shared = test_shared();
	pid_t pids[6];
	for (size_t i = 0; i < lengthof(pids); i++)
		pids[i] = child(raise_hundred, i < 4 ? shared : NULL, NULL);
	for (size_t i = 0; i < lengthof(pids); i++)
		expect_success(pids[i]);
	struct db *db = test_db(NULL, false);
	assert_int_equal(counter(db), 600);
	db_close(db);
	if (!test_on_pg())
		assert_int_equal(db_shared_commits(shared), 400);
}

static enum err raise_and_hang(struct db *db, void *pipe_end)
{
	try(raise_one(db, NULL));
	if (write(*(int *)pipe_end, "x", 1) != 1)
		return INTERNAL;
	pause();
	return OK;
}

static void hang_inside(struct db *db, void *pipe_end) { (void)!db_tx(db, raise_and_hang, pipe_end); }

TEST(write_goes_on_when_the_holder_of_the_lock_is_killed)
{
	with_counter();
	struct db_shared *shared = test_shared();
	int ends[2], holder;
	char byte;
	i64 since;
	assert_int_equal(pipe(ends), 0);
	for (int round = 0; round < 5; round++) {
		pid_t pid = child(hang_inside, shared, &ends[1]);
		assert_int_equal(read(ends[0], &byte, 1), 1);
		if (!test_on_pg()) {
			db_shared_holder(shared, &holder, &since);
			assert_int_equal(holder, pid);
			assert_true(since > 0 && since <= mono_us());
		}
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		struct db *db = test_db(shared, false);
		i64 start = mono_us();
		assert_ok(db_tx(db, raise_one, NULL));
		assert_ok(db_barrier(db));
		assert_true(mono_us() - start < 8 * 1000000);
		assert_int_equal(counter(db), round + 1);        /* the killed one's has gone with it */
		db_close(db);
	}
	db_shared_holder(shared, &holder, &since);
	assert_int_equal(holder, 0);
	if (!test_on_pg())
		assert_int_equal(db_shared_commits(shared), 10);  /* 5 of ours, and 1 for each death: it might have committed */
}

struct acks { _Atomic i64 n; };

static void raise_for_ever(struct db *db, void *arg)
{
	struct acks *acks = arg;
	for (;;) {
		enum err e = db_tx(db, raise_one, NULL);
		if (e == OK && db_barrier(db) == OK)
			atomic_fetch_add(&acks->n, 1);
		else if (e != BUSY)
			_exit(1);
	}
}

TEST(write_twenty_kills_lose_nothing_acknowledged)
{
	enum { WRITERS = 4, KILLS = 20 };
	with_counter();
	struct db_shared *shared = test_shared();
	struct acks *acks = mmap(NULL, sizeof *acks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pids[WRITERS];
	unsigned seed = (unsigned)mono_us();
	fprintf(stderr, "seed %u\n", seed);
	for (size_t i = 0; i < WRITERS; i++)
		pids[i] = child(raise_for_ever, shared, acks);
	for (int k = 0; k < KILLS; k++) {
		size_t victim = (size_t)rand_r(&seed) % WRITERS;
		usleep(5000 + (unsigned)rand_r(&seed) % 50000);
		int status;
		kill(pids[victim], SIGKILL);
		waitpid(pids[victim], &status, 0);
		assert_true(WIFSIGNALED(status));                 /* it had not stopped by itself */
		pids[victim] = child(raise_for_ever, shared, acks);
	}
	for (size_t i = 0; i < WRITERS; i++) {
		kill(pids[i], SIGKILL);
		waitpid(pids[i], NULL, 0);
	}
	struct db *db = test_db(NULL, false);
	i64 acked = atomic_load(&acks->n), done = counter(db);
	assert_true(acked > KILLS);
	assert_true(done >= acked && done <= acked + WRITERS + KILLS);
	assert_ok(db_integrity(db));
	db_close(db);
}

/* ---- SQLite's syncs, watched and made to fail ---- */

static sqlite3_io_methods watched;
static int (*real_sync)(sqlite3_file *f, int flags);
static int syncs;
static bool syncs_fail;
static struct db_shared *commits_during_sync;

static int watched_sync(sqlite3_file *f, int flags)
{
	syncs++;
	if (commits_during_sync)
		atomic_fetch_add(&commits_during_sync->committed, 1);
	return syncs_fail ? SQLITE_IOERR_FSYNC : real_sync(f, flags);
}

static void watch_syncs(struct db *db)
{
	sqlite3_file *wal = NULL;
	assert_int_equal(sqlite3_file_control(((struct sqlite_db *)db)->h, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal), SQLITE_OK);
	watched = *wal->pMethods;
	real_sync = watched.xSync;
	watched.xSync = watched_sync;
	wal->pMethods = &watched;
}

TEST(write_one_sync_serves_all_who_committed_before_it)
{
	only_sqlite();
	with_counter();
	struct db_shared *shared = test_shared();
	struct db *db = test_db(shared, false);
	watch_syncs(db);
	assert_ok(db_barrier(db));               /* what a server before this one may have left */
	assert_int_equal(syncs, 1);
	assert_ok(db_barrier(db));
	assert_int_equal(syncs, 1);
	for (int i = 0; i < 3; i++)
		assert_ok(db_tx(db, raise_one, NULL));
	int before = syncs;                      /* the first commit has begun the WAL anew, and synced its header */
	assert_ok(db_barrier(db));
	assert_ok(db_barrier(db));
	assert_int_equal(syncs, before + 1);
	commits_during_sync = shared;            /* a commit while the sync runs is not served by it */
	assert_ok(db_tx(db, raise_one, NULL));
	assert_ok(db_barrier(db));
	commits_during_sync = NULL;
	assert_ok(db_barrier(db));
	assert_int_equal(syncs, before + 3);
	db_close(db);
}

TEST(write_a_failed_sync_poisons)
{
	only_sqlite();
	with_counter();
	struct db_shared *shared = test_shared();
	struct db *db = test_db(shared, false), *other = test_db(shared, false);
	watch_syncs(db);
	assert_ok(db_tx(db, raise_one, NULL));
	syncs_fail = true;
	assert_false(db_shared_poisoned(shared));
	assert_err(db_barrier(db), INTERNAL);
	syncs_fail = false;
	assert_true(db_shared_poisoned(shared));
	assert_err(db_barrier(db), INTERNAL);    /* never again, even if the disk seems well */
	assert_err(db_barrier(other), INTERNAL);
	assert_err(db_tx(other, raise_one, NULL), INTERNAL);
	assert_int_equal(counter(other), 1);
	db_close(other);
	db_close(db);
	shared = test_shared();                  /* a new server: alone, it checkpoints, then serves */
	db = test_db(shared, false);
	assert_ok(db_checkpoint_all(db));
	assert_int_equal(counter(db), 1);
	assert_ok(db_tx(db, raise_one, NULL));
	assert_ok(db_barrier(db));
	watch_syncs(db);                         /* SQLite's own syncs count too */
	syncs_fail = true;
	assert_err(db_checkpoint_all(db), INTERNAL);
	assert_true(db_shared_poisoned(shared));
	db_close(db);
}

/* ---- what a connection refuses ---- */

TEST(write_nothing_commits_without_the_lock)
{
	only_sqlite();
	with_counter();
	struct db *db = test_db(test_shared(), false);
	sqlite3 *h = ((struct sqlite_db *)db)->h;
	assert_int_equal(sqlite3_exec(h, "UPDATE sample SET i = 9", NULL, NULL, NULL), SQLITE_READONLY);
	assert_int_equal(sqlite3_exec(h, "PRAGMA query_only = 0", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_exec(h, "UPDATE sample SET i = 9", NULL, NULL, NULL), SQLITE_CONSTRAINT_COMMITHOOK);
	assert_int_equal(counter(db), 0);
	assert_int_equal(sqlite3_exec(h, "DROP TABLE sample", NULL, NULL, NULL), SQLITE_AUTH);
	assert_int_equal(sqlite3_exec(h, "ATTACH ':memory:' AS x", NULL, NULL, NULL), SQLITE_AUTH);
	assert_int_equal(sqlite3_exec(h, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL), SQLITE_AUTH);
	assert_int_equal(sqlite3_exec(h, "SELECT \"no such name\"", NULL, NULL, NULL), SQLITE_ERROR);
	assert_ok(db_tx(db, raise_one, NULL));
	assert_int_equal(sqlite3_exec(h, "UPDATE sample SET i = 9", NULL, NULL, NULL), SQLITE_READONLY);
	db_close(db);
}

static enum err raise_then_dawdle(struct db *db, void *arg)
{
	struct db_value out[1];
	struct db_cursor *c;
	try(raise_one(db, arg));
	try(db_begin(db, &sample_slow_stmt, NULL, &c));
	enum err e = db_step(c, out);
	db_end(c);
	return e;
}

TEST(write_transactions_are_cut_after_a_second)
{
	only_sqlite();
	with_counter();
	struct db *db = test_db(test_shared(), false);
	i64 start = mono_us();
	assert_err(db_tx(db, raise_then_dawdle, NULL), INTERNAL);
	assert_true(mono_us() - start > 900000 && mono_us() - start < 5000000);
	assert_int_equal(counter(db), 0);
	assert_ok(db_tx(db, raise_one, NULL));
	assert_int_equal(counter(db), 1);
	db_close(db);
}

/* ---- the size of the WAL ---- */

static enum err put_pages(struct db *db, void *id)
{
	static char page[4000 * 50];
	return sample_put(db, &(struct sampled){.id = ++*(i64 *)id, .b = {page, sizeof page}});
}

static i64 wal_bytes(struct db *db)
{
	struct stat st;
	char path[700];
	snprintf(path, sizeof path, "%s-wal", ((struct sqlite_db *)db)->path);
	assert_int_equal(stat(path, &st), 0);
	return st.st_size;
}

TEST(write_checkpoints_bound_the_log)
{
	only_sqlite();
	with_counter();
	struct db_shared *shared = test_shared();
	struct db *db = test_db(shared, false);
	i64 id = 10;
	for (int i = 0; i < 15; i++)             /* about 750 frames: too few to bother */
		assert_ok(db_tx(db, put_pages, &id));
	assert_ok(db_checkpoint_step(db));
	assert_int_equal(atomic_load(&shared->wal_copied), 0);
	for (int i = 0; i < 100; i++) {
		assert_ok(db_tx(db, put_pages, &id));
		assert_ok(db_checkpoint_step(db));
	}
	assert_true(atomic_load(&shared->wal_copied) <= atomic_load(&shared->wal_frames));
	assert_true(wal_bytes(db) < 1200 * 4120);
	db_close(db);
}

static enum err read_slowly(struct db *db, void *other)
{
	i64 id = 1000;
	assert_true(counter(db) == 0);
	for (int i = 0; i < 330; i++) {
		assert_ok(db_tx(other, put_pages, &id));
		if (i % 50 == 0)
			assert_ok(db_checkpoint_step(other));     /* in our way, but never an error */
	}
	return OK;
}

TEST(write_a_log_that_a_reader_held_begins_anew)
{
	only_sqlite();
	with_counter();
	struct db_shared *shared = test_shared();
	struct db *db = test_db(shared, false), *reader = test_db(NULL, false);
	i64 id = 10;
	assert_ok(db_read(reader, read_slowly, db));
	assert_true(wal_bytes(db) > 16000 * 4120);
	assert_ok(db_checkpoint_step(db));
	assert_int_equal(atomic_load(&shared->wal_frames), 0);
	assert_ok(db_tx(db, put_pages, &id));
	assert_true(atomic_load(&shared->wal_frames) < 100);
	assert_ok(db_integrity(db));
	db_close(reader);
	db_close(db);
}

TEST(write_a_command_keeps_its_own_log_short)
{
	only_sqlite();
	with_counter();
	struct db *db = test_db(NULL, false);
	i64 id = 10;
	for (int i = 0; i < 100; i++)
		assert_ok(db_tx(db, put_pages, &id));
	assert_true(wal_bytes(db) < 1200 * 4120);
	db_close(db);
}

static void raise_once(struct db *db, void *arg)
{
	if (db_tx(db, raise_one, arg) != OK)
		_exit(1);
}

TEST(write_waits_for_the_file_lock_of_a_command)
{
	only_sqlite();
	with_counter();
	struct write_lock command;
	assert_ok(write_lock_open(&command, NULL, unit_db_url() + sizeof "sqlite:" - 1));
	assert_ok(write_lock_take(&command));
	i64 start = mono_us();
	pid_t pid = child(raise_once, test_shared(), NULL);
	usleep(200000);
	assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
	write_lock_release(&command, false);
	expect_success(pid);
	assert_true(mono_us() - start >= 200000);
	write_lock_close(&command);
	struct db *db = test_db(NULL, false);
	assert_int_equal(counter(db), 1);
	db_close(db);
}

static void keep_writing(struct db *db, void *stop)
{
	while (!atomic_load((_Atomic bool *)stop))
		if (db_tx(db, raise_one, NULL) != OK)
			_exit(1);
}

TEST(write_a_busy_command_lets_the_server_in_between)
{
	with_counter();
	_Atomic bool *stop = mmap(NULL, sizeof *stop, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t pid = child(keep_writing, NULL, (void *)stop);
	struct db *db = test_db(test_shared(), false);
	i64 slowest = 0;
	while (counter(db) == 0)
		usleep(1000);
	for (int i = 0; i < 50; i++) {
		i64 start = mono_us();
		assert_ok(db_tx(db, raise_one, NULL));
		slowest = mono_us() - start > slowest ? mono_us() - start : slowest;
	}
	atomic_store(stop, true);
	expect_success(pid);
	assert_true(counter(db) > 50);
	assert_true(slowest < 2000000);
	db_close(db);
}
