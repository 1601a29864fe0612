/* How an SQLite connection is made: never before a fork, always with the same settings. */
#include "db/sqlite.h"
#include "base/log.h"
#include "base/timex.h"
#include "db/collate.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUSY_LIMIT_US = 10 * 1000 * 1000, BUSY_POLL_US = 500 };

static const struct { int what, value; } switches[] = {
	{SQLITE_DBCONFIG_ENABLE_FKEY, 1},
	{SQLITE_DBCONFIG_DEFENSIVE, 1},
	{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	{SQLITE_DBCONFIG_DQS_DML, 0},
	{SQLITE_DBCONFIG_DQS_DDL, 0},
	{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	{SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
	{SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1},   /* a checkpoint wants the write lock */
};

static const struct { int what, value; } limits[] = {
	{SQLITE_LIMIT_LENGTH, 64 << 20},
	{SQLITE_LIMIT_SQL_LENGTH, 200000},
	{SQLITE_LIMIT_COLUMN, 200},
	{SQLITE_LIMIT_EXPR_DEPTH, 200},
	{SQLITE_LIMIT_COMPOUND_SELECT, 30},
	{SQLITE_LIMIT_FUNCTION_ARG, 32},
	{SQLITE_LIMIT_ATTACHED, 0},
	{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
	{SQLITE_LIMIT_VARIABLE_NUMBER, 200},
	{SQLITE_LIMIT_TRIGGER_DEPTH, 20},
	{SQLITE_LIMIT_WORKER_THREADS, 0},
};

static int on_busy(void *arg, int times)
{
	struct sqlite_db *s = arg;
	i64 now = mono_us();
	if (times == 0)
		s->busy_since_us = now;
	if (now - s->busy_since_us > s->busy_limit_us)
		return 0;
	nanosleep(&(struct timespec){.tv_nsec = BUSY_POLL_US * 1000}, NULL);
	return 1;
}

static int on_progress(void *arg)
{
	const struct sqlite_db *s = arg;
	return s->deadline_us && mono_us() > s->deadline_us;
}

/* Nothing commits without the write lock, whatever the program asks. */
static int on_commit(void *arg)
{
	const struct sqlite_db *s = arg;
	return !s->lock.held;
}

static int on_wal(void *arg, sqlite3 *h, const char *schema, int frames)
{
	struct sqlite_db *s = arg;
	(void)h, (void)schema;
	struct db_shared *shared = s->lock.shared;
	s->wal_frames = (u32)frames;
	if (s->wal_copied > s->wal_frames)
		s->wal_copied = 0;               /* the WAL has begun anew */
	if (shared) {
		atomic_store(&shared->wal_frames, (u32)frames);
		if (atomic_load(&shared->wal_copied) > (u32)frames)
			atomic_store(&shared->wal_copied, 0);
	}
	return SQLITE_OK;
}

/* Statements read and write rows; only migrations and upkeep do more. */
static int on_prepare(void *arg, int action, const char *a, const char *b, const char *schema, const char *trigger)
{
	const struct sqlite_db *s = arg;
	(void)b, (void)schema, (void)trigger;
	if (s->base.ddl)
		return action == SQLITE_ATTACH || action == SQLITE_DETACH ? SQLITE_DENY : SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT: case SQLITE_READ: case SQLITE_INSERT: case SQLITE_UPDATE: case SQLITE_DELETE:
	case SQLITE_FUNCTION: case SQLITE_RECURSIVE: case SQLITE_TRANSACTION: case SQLITE_SAVEPOINT:
		return SQLITE_OK;
	case SQLITE_PRAGMA:
		/* the full-text module asks for data_version when it opens its tables */
		return strcmp(a, "query_only") == 0 || strcmp(a, "data_version") == 0 ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

bool sync_directory(const char *path)
{
	char copy[4096];
	snprintf(copy, sizeof copy, "%s", path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

/* The file, there or made; it is ours alone to read. */
static enum err find_file(const char *path, bool create)
{
	struct stat st;
	if (stat(path, &st) == 0)
		return S_ISREG(st.st_mode) ? OK : db_fail(NULL, INVALID, "%s is not a file", path);
	if (errno != ENOENT || !create)
		return db_fail(NULL, NOT_FOUND, "%s: %s", path, strerror(errno));
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno != EEXIST)
		return db_fail(NULL, NOT_FOUND, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return OK;
}

static bool is_wal(struct sqlite_db *s)
{
	sqlite3_stmt *st = NULL;
	bool wal = sqlite3_prepare_v2(s->h, "PRAGMA journal_mode", -1, &st, NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW &&
		strcmp((const char *)sqlite3_column_text(st, 0), "wal") == 0;
	sqlite3_finalize(st);
	return wal;
}

/* A file that is new becomes one with a write-ahead log, under the write lock: two processes may open it at once. */
static enum err make_wal(struct sqlite_db *s)
{
	if (is_wal(s))
		return OK;
	if (s->base.o.read_only)
		return db_fail(&s->base, INVALID, "%s is not a database of Gabare", s->path);
	enum err e = write_lock_take(&s->lock);
	if (e != OK)
		return db_fail(&s->base, e, "the write lock is not to be had");
	e = sqlite_run(s, "PRAGMA journal_mode = WAL");
	write_lock_release(&s->lock, true);
	return e == OK && !is_wal(s) ? db_fail(&s->base, INTERNAL, "no write-ahead log for %s", s->path) : e;
}

static enum err configure(struct sqlite_db *s)
{
	int on = 1;
	for (size_t i = 0; i < lengthof(switches); i++)
		if (sqlite3_db_config(s->h, switches[i].what, switches[i].value, NULL) != SQLITE_OK)
			return db_fail(&s->base, INTERNAL, "SQLite refuses setting %d", switches[i].what);
	for (size_t i = 0; i < lengthof(limits); i++)
		sqlite3_limit(s->h, limits[i].what, limits[i].value);
	sqlite3_extended_result_codes(s->h, 1);
	sqlite3_busy_handler(s->h, on_busy, s);
	sqlite3_progress_handler(s->h, 2000, on_progress, s);
	sqlite3_commit_hook(s->h, on_commit, s);
	sqlite3_wal_hook(s->h, on_wal, s);       /* instead of SQLite's own checkpoints */
	if (collate_register(s->h) != SQLITE_OK)
		return db_fail(&s->base, INTERNAL, "no French collation");
	s->base.ddl = true;                      /* the settings below are not for statements to change */
	try(make_wal(s));
	try(sqlite_run(s, s->lock.shared ? "PRAGMA synchronous = NORMAL" : "PRAGMA synchronous = FULL"));
	try(sqlite_run(s, "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA secure_delete = FAST; PRAGMA query_only = 1"));
	/* The first read opens the WAL: after it the process may be shut in, and the barrier has a file to sync. */
	try(sqlite_run(s, "SELECT count(*) FROM sqlite_schema"));
	s->base.ddl = false;
	sqlite3_file_control(s->h, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
	sqlite3_set_authorizer(s->h, on_prepare, s);
	return sync_directory(s->path) ? OK : db_fail(&s->base, INTERNAL, "%s: its directory does not sync", s->path);
}

static enum err open_into(struct sqlite_db *s)
{
	enum err e = write_lock_open(&s->lock, s->base.o.shared, s->path);
	if (e != OK)
		return db_fail(&s->base, e, "%s.lock: %s", s->path, strerror(errno));
	int rc = sqlite3_open_v2(s->path, &s->h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK)
		return sqlite_fail(s, rc, s->path);
	return configure(s);
}

enum err db_sqlite_open(const char *path, struct db_options o, struct db **ret)
{
	try(find_file(path, o.create && !o.read_only));
	struct sqlite_db *s = calloc(1, sizeof *s);
	if (!s)
		die("out of memory");
	s->base = (struct db){.ops = &sqlite_ops, .engine = DB_SQLITE, .o = o};
	s->path = strdup(path);
	s->busy_limit_us = BUSY_LIMIT_US;
	enum err e = open_into(s);
	if (e != OK) {
		db_fail(NULL, e, "%s", s->base.error);
		db_close(&s->base);
		return e;
	}
	*ret = &s->base;
	return OK;
}
