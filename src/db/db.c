/* What does not depend on the engine: transactions with their retries, and the rules that make both engines behave alike
 * (a failed statement spoils its transaction, writes only inside db_tx). */
#include "db/internal.h"
#include "base/log.h"
#include "base/timex.h"

#include <sodium.h>
#include <stdarg.h>

enum { RETRIES = 5 };

static char open_error[600];                     /* why the last db_open of this process failed: there is no connection to ask */

enum err db_fail(struct db *db, enum err e, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(db ? db->error : open_error, sizeof open_error, fmt, ap);
	va_end(ap);
	return e;
}

enum err db_unfit(struct db_cursor *c, int column, const char *what)
{
	return db_fail(c->db, INTERNAL, "%s (%s): column %s is %s", c->st->name, c->st->file, c->st->out[column].name, what);
}

enum err db_open(const char *url, struct db_options o, struct db **ret)
{
	*ret = NULL;
	if (sodium_init() < 0)
		return db_fail(NULL, INTERNAL, "libsodium does not start");
	if (strncmp(url, "sqlite:", 7) == 0 && url[7])
		return db_sqlite_open(url + 7, o, ret);
	if (strncmp(url, "postgresql://", 13) == 0 || strncmp(url, "postgres://", 11) == 0)
		return db_pg_open(url, o, ret);
	return db_fail(NULL, INVALID, "a database is sqlite:PATH or postgresql://…");
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->cache.cap; i++)
		if (db->cache.slots[i].c)
			db->ops->forget(db->cache.slots[i].c);
	free(db->cache.slots);
	db->ops->close(db);
}

void db_closep(struct db **db) { db_close(*db); }
enum db_engine db_engine(const struct db *db) { return db->engine; }
const char *db_error(const struct db *db) { return db ? db->error : open_error; }
void db_use_arena(struct db *db, struct arena *a) { db->arena = a; }
struct arena *db_arena(const struct db *db) { return db->arena; }
i64 db_changes(const struct db *db) { return db->changes; }
bool db_lost(const struct db *db) { return db->lost; }
enum err db_barrier(struct db *db) { return db->ops->barrier(db); }
enum err db_checkpoint_step(struct db *db) { return db->ops->checkpoint(db, false); }
enum err db_checkpoint_all(struct db *db) { return db->ops->checkpoint(db, true); }
i64 db_data_version(struct db *db) { return db->ops->data_version(db); }
enum err db_integrity(struct db *db) { return db->ops->integrity(db); }
enum err db_check_stmt(struct db *db, const struct db_stmt *st) { return db->ops->check(db, st); }

bool db_wrote(struct db *db, bool reset)
{
	bool wrote = db->wrote;
	if (reset)
		db->wrote = false;
	return wrote;
}

/* ---- the cache of statements: open addressing by the statement's address ---- */

static struct stmt_slot *probe(struct stmt_slot *slots, size_t cap, const struct db_stmt *st)
{
	size_t i = ((uintptr_t)st >> 4) * 0x9E3779B97F4A7C15u >> 20;
	while (slots[i & (cap - 1)].st && slots[i & (cap - 1)].st != st)
		i++;
	return &slots[i & (cap - 1)];
}

static void grow(struct stmt_cache *cache)
{
	size_t cap = cache->cap ? cache->cap * 2 : 256;
	struct stmt_slot *slots = calloc(cap, sizeof *slots);
	if (!slots)
		die("out of memory");
	for (size_t i = 0; i < cache->cap; i++)
		if (cache->slots[i].st)
			*probe(slots, cap, cache->slots[i].st) = cache->slots[i];
	free(cache->slots);
	cache->slots = slots;
	cache->cap = cap;
}

struct db_cursor **stmt_cache_slot(struct stmt_cache *cache, const struct db_stmt *st)
{
	if (cache->n * 2 >= cache->cap)
		grow(cache);
	struct stmt_slot *slot = probe(cache->slots, cache->cap, st);
	cache->n += !slot->st;
	slot->st = st;
	return &slot->c;
}

/* ---- transactions ---- */

static void pause_before_retry(int attempt)
{
	u32 us = 500u << attempt;
	struct timespec t = {.tv_nsec = (long)(us + randombytes_uniform(us)) * 1000};
	nanosleep(&t, NULL);
}

/* *ret_tried: a COMMIT was asked for; even when it fails, it may have happened. */
static enum err finish_tx(struct db *db, enum err e, bool *ret_tried)
{
	if (e == OK && db->aborted)
		e = db_fail(db, INTERNAL, "the transaction went on after a statement had failed");
	*ret_tried = e == OK;
	if (e == OK)
		e = db->ops->command(db, CMD_COMMIT);
	if (e == OK || db->lost)
		return e;
	char reason[sizeof db->error];
	memcpy(reason, db->error, sizeof reason);
	if (db->ops->command(db, CMD_ROLLBACK) != OK)
		log_line(LOG_WARN, "rollback failed", "reason=\"%s\"", db->error);
	memcpy(db->error, reason, sizeof reason);
	return e;
}

static enum err run_tx(struct db *db, bool serializable, db_tx_fn *fn, void *arg)
{
	try(db->ops->enter(db));
	enum err e = serializable ? db->ops->begin_serializable(db) : db->ops->command(db, CMD_BEGIN);
	bool tried = false;
	if (e == OK) {
		db->in_tx = true;
		db->aborted = false;
		e = finish_tx(db, fn(db, arg), &tried);
		db->in_tx = db->aborted = false;
	}
	db->ops->leave(db, tried);
	return e;
}

static enum err retry_tx(struct db *db, bool serializable, db_tx_fn *fn, void *arg)
{
	assert(!db->in_tx && !db->in_read && !db->streaming);
	if (db->o.read_only)
		return db_fail(db, FORBIDDEN, "this connection only reads");
	db->wrote = true;
	for (int attempt = 0;; attempt++) {
		db->transient = false;
		enum err e = run_tx(db, serializable, fn, arg);
		if (e != BUSY || !db->transient || attempt == RETRIES)
			return e;
		pause_before_retry(attempt);
	}
}

enum err db_tx(struct db *db, db_tx_fn *fn, void *arg) { return retry_tx(db, false, fn, arg); }
enum err db_tx_serializable(struct db *db, db_tx_fn *fn, void *arg) { return retry_tx(db, true, fn, arg); }

enum err db_savepoint(struct db *db, db_tx_fn *fn, void *arg)
{
	assert(db->in_tx);
	if (db->aborted)
		return db_fail(db, INTERNAL, "a savepoint after a statement had failed");
	try(db->ops->command(db, CMD_SAVEPOINT));
	enum err e = fn(db, arg);
	if (e == OK && db->aborted)
		e = db_fail(db, INTERNAL, "the savepoint went on after a statement had failed");
	if (e == OK)
		return db->ops->command(db, CMD_RELEASE);
	char reason[sizeof db->error];
	memcpy(reason, db->error, sizeof reason);
	db->aborted = db->ops->command(db, CMD_ROLLBACK_TO) != OK || db->ops->command(db, CMD_RELEASE) != OK;
	memcpy(db->error, reason, sizeof reason);
	return e;
}

enum err db_read(struct db *db, db_tx_fn *fn, void *arg)
{
	if (db->in_tx || db->in_read)
		return fn(db, arg);
	try(db->ops->command(db, CMD_BEGIN_READ));
	db->in_read = true;
	enum err e = fn(db, arg);
	db->in_read = false;
	if (db->lost || (db->ops->command(db, CMD_ROLLBACK) != OK && e == OK))
		return e == OK ? BUSY : e;
	return e;
}

/* ---- statements ---- */

static enum err noted(struct db *db, enum err e)
{
	if (e != OK && e != NOT_FOUND && db->in_tx)
		db->aborted = true;
	return e;
}

enum err db_begin(struct db *db, const struct db_stmt *st, const struct db_value *in, struct db_cursor **ret)
{
	*ret = NULL;
	if (db->aborted)
		return db_fail(db, INTERNAL, "%s: a statement of this transaction has failed before", st->name);
	if (st->writes && !db->in_tx)
		return db_fail(db, INTERNAL, "%s writes outside db_tx", st->name);
	try(noted(db, db->ops->begin(db, st, in, ret)));
	(*ret)->open = true;
	db->streaming += st->streams;
	return OK;
}

enum err db_step(struct db_cursor *c, struct db_value *out) { return noted(c->db, c->db->ops->step(c, out)); }

void db_end(struct db_cursor *c)
{
	if (!c)
		return;
	c->open = false;
	c->db->streaming -= c->st->streams;
	c->db->ops->end(c);
}

static enum err optimize(struct db *db, void *arg)
{
	(void)arg;
	return db->ops->script(db, "PRAGMA analysis_limit = 1000; ANALYZE");
}

enum err db_optimize(struct db *db)
{
	if (db->engine == DB_PG)
		return OK;
	db->ddl = true;
	enum err e = db_tx(db, optimize, NULL);
	db->ddl = false;
	return e;
}

enum err db_backup_to(struct db *db, const char *url, const char *path)
{
	enum err e = db->engine == DB_SQLITE ? db_sqlite_copy(url + sizeof "sqlite:" - 1, path) : db_pg_dump(db, url, path);
	return e == OK ? OK : db_fail(db, e, "%s", open_error);
}

enum err db_restore_from(const char *url, const char *path)
{
	if (strncmp(url, "sqlite:", 7) == 0)
		return db_sqlite_restore(url + 7, path);
	return db_pg_restore(url, path);
}
