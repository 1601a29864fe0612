/* SQLite behind db.h: one connection per process, statements prepared once, writes only under the write lock. */
#include "db/sqlite.h"
#include "base/log.h"
#include "base/timex.h"

enum { TX_LIMIT_US = 1000 * 1000, READ_LIMIT_US = 5 * 1000 * 1000 };
enum { BUSY_LIMIT_US = 10 * 1000 * 1000, BUSY_IN_TX_US = 4 * 1000 * 1000 };

struct sqlite_cursor {
	struct db_cursor base;                   /* first */
	sqlite3_stmt *p;
	int *params;                             /* SQLite's index of $1, $2 … */
};

static struct sqlite_db *of(struct db *db) { return (struct sqlite_db *)db; }

enum err sqlite_fail(struct sqlite_db *s, int rc, const char *what)
{
	const char *message = s->h ? sqlite3_errmsg(s->h) : sqlite3_errstr(rc);
	enum err e = INTERNAL;
	switch (rc & 0xFF) {
	case SQLITE_CONSTRAINT:
		e = rc == SQLITE_CONSTRAINT_DATATYPE || rc == SQLITE_CONSTRAINT_COMMITHOOK ? INTERNAL : CONFLICT;
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		e = BUSY;
		s->base.transient = true;
		break;
	case SQLITE_IOERR:
		if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
			write_poison(s->lock.shared, what);
		break;
	default:
		break;
	}
	return db_fail(&s->base, e, "%s: %s (%d)", what, message, rc);
}

enum err sqlite_run(struct sqlite_db *s, const char *sql)
{
	int rc = sqlite3_exec(s->h, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? OK : sqlite_fail(s, rc, "sql");
}

/* ---- transactions ---- */

/* The flag changes when the pragma is compiled; to run it would only expire every prepared statement. */
static void query_only(struct sqlite_db *s, bool on)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(s->h, on ? "PRAGMA query_only = 1" : "PRAGMA query_only = 0", -1, &st, NULL);
	sqlite3_finalize(st);
	if (rc != SQLITE_OK)
		die("query_only: %s", sqlite3_errmsg(s->h));
}

static enum err sqlite_enter(struct db *db)
{
	struct sqlite_db *s = of(db);
	enum err e = write_lock_take(&s->lock);
	if (e != OK)
		return db_fail(db, e, "%s",
			e == BUSY ? "the write lock is not to be had" : "a sync has failed: nothing is written any more");
	s->busy_limit_us = BUSY_IN_TX_US;
	query_only(s, false);
	return OK;
}

static void sqlite_leave(struct db *db, bool committed)
{
	struct sqlite_db *s = of(db);
	s->deadline_us = 0;
	s->busy_limit_us = BUSY_LIMIT_US;
	query_only(s, true);
	if (committed && !s->lock.shared)
		sqlite_checkpoint_own(s);
	write_lock_release(&s->lock, committed);
}

/* Runs a statement that gives nothing, prepared the first time. */
static enum err run_prepared(struct sqlite_db *s, sqlite3_stmt **st, const char *sql)
{
	int rc = *st ? SQLITE_OK : sqlite3_prepare_v3(s->h, sql, -1, SQLITE_PREPARE_PERSISTENT, st, NULL);
	if (rc != SQLITE_OK)
		return sqlite_fail(s, rc, sql);
	rc = sqlite3_step(*st);
	enum err e = rc == SQLITE_DONE ? OK : sqlite_fail(s, rc, sql);
	sqlite3_reset(*st);
	return e;
}

static enum err sqlite_command(struct db *db, enum db_command c)
{
	static const char *const texts[CMD_COUNT] = {
		[CMD_BEGIN] = "BEGIN IMMEDIATE", [CMD_BEGIN_READ] = "BEGIN", [CMD_COMMIT] = "COMMIT", [CMD_ROLLBACK] = "ROLLBACK",
		[CMD_SAVEPOINT] = "SAVEPOINT s", [CMD_RELEASE] = "RELEASE s", [CMD_ROLLBACK_TO] = "ROLLBACK TO s",
	};
	struct sqlite_db *s = of(db);
	if (c == CMD_ROLLBACK || c == CMD_COMMIT)
		s->deadline_us = 0;              /* an interrupted COMMIT may have committed */
	if (c == CMD_ROLLBACK && sqlite3_get_autocommit(s->h))
		return OK;                       /* some errors have rolled back already */
	enum err e = run_prepared(s, &s->commands[c], texts[c]);
	if (e == OK && c == CMD_BEGIN && !db->ddl)
		s->deadline_us = mono_us() + TX_LIMIT_US;
	if (e == OK && c == CMD_BEGIN_READ && s->lock.shared)
		s->deadline_us = mono_us() + READ_LIMIT_US;
	return e;
}

/* BEGIN IMMEDIATE is serializable already. */
static enum err sqlite_begin_serializable(struct db *db) { return sqlite_command(db, CMD_BEGIN); }

static enum err sqlite_script(struct db *db, const char *sql) { return sqlite_run(of(db), sql); }

/* SQLite's own handle: another descriptor of the same file goes stale silently when the WAL is made anew. */
static bool sync_wal(void *arg)
{
	struct sqlite_db *s = arg;
	sqlite3_file *wal = NULL;
	if (sqlite3_file_control(s->h, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal) != SQLITE_OK || !wal || !wal->pMethods)
		return false;
	return wal->pMethods->xSync(wal, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) == SQLITE_OK;
}

static enum err sqlite_barrier(struct db *db)
{
	struct sqlite_db *s = of(db);
	if (!s->lock.shared)
		return OK;                       /* synchronous=FULL: a commit is on disk already */
	if (write_barrier(s->lock.shared, sync_wal, s) != OK)
		return db_fail(db, INTERNAL, "a sync has failed: nothing may be acknowledged");
	return OK;
}

/* Every commit, by whoever, changes the header of the WAL index (sqlite.org/walformat.html), whose checksum is the version. It
 * is read where SQLite has mapped it: 13 ns, against 5 to 12 µs for PRAGMA data_version, which takes locks to say the same.
 * A header torn by a commit under way differs from those before and after it, and only costs one more reading. */
static i64 sqlite_data_version(struct db *db)
{
	enum { REGION = 32768, CHECKSUM = 40 };
	struct sqlite_db *s = of(db);
	sqlite3_file *f = NULL;
	void volatile *header = NULL;
	u32 sum[2];
	if (sqlite3_file_control(s->h, "main", SQLITE_FCNTL_FILE_POINTER, &f) != SQLITE_OK || !f || !f->pMethods ||
	    f->pMethods->iVersion < 2 || f->pMethods->xShmMap(f, 0, REGION, 0, &header) != SQLITE_OK || !header)
		return --s->unknown_version;     /* never the same: to be read again */
	atomic_thread_fence(memory_order_acquire);
	for (size_t i = 0; i < 2; i++)
		sum[i] = ((const u32 volatile *)header)[CHECKSUM / 4 + i];
	return (i64)((u64)sum[0] << 32 | sum[1]);
}

/* ---- statements ---- */

static enum err prepare(struct sqlite_db *s, const struct db_stmt *st, struct sqlite_cursor **ret)
{
	struct sqlite_cursor *c = calloc(1, sizeof *c);
	int *params = calloc((size_t)st->n_in + 1, sizeof *params);
	if (!c || !params)
		die("out of memory");
	*c = (struct sqlite_cursor){.base = {.db = &s->base, .st = st}, .params = params};
	*ret = c;
	int rc = sqlite3_prepare_v3(s->h, st->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &c->p, NULL);
	if (rc != SQLITE_OK)
		return sqlite_fail(s, rc, st->name);
	for (int i = 0; i < st->n_in; i++) {
		char name[12];
		snprintf(name, sizeof name, "$%d", i + 1);
		params[i] = sqlite3_bind_parameter_index(c->p, name);
	}
	return OK;
}

static void forget(struct sqlite_cursor *c)
{
	sqlite3_finalize(c->p);
	free(c->params);
	free(c);
}

static int bind(struct sqlite_cursor *c, int i, const struct db_value *v)
{
	int at = c->params[i];
	if (v->null)
		return sqlite3_bind_null(c->p, at);
	switch (v->type) {
	case DB_I64:
		return sqlite3_bind_int64(c->p, at, v->i);
	case DB_F64:
		assert(v->f == v->f);            /* NaN would become NULL */
		return sqlite3_bind_double(c->p, at, v->f);
	case DB_TEXT:
		return sqlite3_bind_text64(c->p, at, v->s.p, v->s.n, SQLITE_STATIC, SQLITE_UTF8);
	default:
		return sqlite3_bind_blob64(c->p, at, v->s.p, v->s.n, SQLITE_STATIC);
	}
}

static enum err sqlite_begin(struct db *db, const struct db_stmt *st, const struct db_value *in, struct db_cursor **ret)
{
	struct sqlite_db *s = of(db);
	struct db_cursor **slot = stmt_cache_slot(&db->cache, st);
	if (!*slot) {
		struct sqlite_cursor *made;
		enum err e = prepare(s, st, &made);
		if (e != OK) {
			forget(made);
			return e;
		}
		*slot = &made->base;
	}
	struct sqlite_cursor *c = (struct sqlite_cursor *)*slot;
	assert(!c->base.open);
	for (int i = 0; i < st->n_in; i++) {
		assert(in[i].type == st->in[i].type);
		int rc = bind(c, i, &in[i]);
		if (rc != SQLITE_OK)
			return sqlite_fail(s, rc, st->name);
	}
	if (!db->in_tx && !db->in_read && s->lock.shared && db->streaming == 0)
		s->deadline_us = mono_us() + READ_LIMIT_US;
	*ret = *slot;
	return OK;
}

static str copied(struct arena *a, const void *p, int n)
{
	return str_copy(a, (str){n ? p : "", (size_t)n});
}

static enum err read_column(struct sqlite_cursor *c, int i, struct db_value *out)
{
	const struct db_column *want = &c->base.st->out[i];
	int type = sqlite3_column_type(c->p, i);
	struct arena *a = c->base.db->arena;
	*out = (struct db_value){.type = want->type, .null = type == SQLITE_NULL};
	if (out->null)
		return want->nullable ? OK : db_unfit(&c->base, i, "NULL");
	if (want->type == DB_I64 && type == SQLITE_INTEGER)
		out->i = sqlite3_column_int64(c->p, i);
	else if (want->type == DB_F64 && (type == SQLITE_FLOAT || type == SQLITE_INTEGER))
		out->f = sqlite3_column_double(c->p, i);
	else if (want->type == DB_TEXT && type == SQLITE_TEXT)
		out->s = copied(a, sqlite3_column_text(c->p, i), sqlite3_column_bytes(c->p, i));
	else if (want->type == DB_BLOB && type == SQLITE_BLOB)
		out->s = copied(a, sqlite3_column_blob(c->p, i), sqlite3_column_bytes(c->p, i));
	else
		return db_unfit(&c->base, i, "of another type");
	return OK;
}

static enum err sqlite_step(struct db_cursor *cursor, struct db_value *out)
{
	struct sqlite_cursor *c = (struct sqlite_cursor *)cursor;
	struct sqlite_db *s = of(cursor->db);
	int rc = sqlite3_step(c->p);
	if (rc == SQLITE_DONE) {
		if (cursor->st->writes)
			cursor->db->changes = sqlite3_changes64(s->h);
		return NOT_FOUND;
	}
	if (rc != SQLITE_ROW)
		return sqlite_fail(s, rc, cursor->st->name);
	if (cursor->st->writes)
		cursor->db->changes = sqlite3_changes64(s->h);
	for (int i = 0; i < cursor->st->n_out; i++)
		try(read_column(c, i, &out[i]));
	return OK;
}

static void sqlite_end(struct db_cursor *cursor)
{
	struct sqlite_cursor *c = (struct sqlite_cursor *)cursor;
	struct db *db = cursor->db;
	sqlite3_reset(c->p);
	sqlite3_clear_bindings(c->p);
	if (!db->in_tx && !db->in_read && db->streaming == 0)
		of(db)->deadline_us = 0;
}

static enum err sqlite_check(struct db *db, const struct db_stmt *st)
{
	struct sqlite_cursor *c;
	enum err e = prepare(of(db), st, &c);
	if (e != OK)
		e = INVALID;
	else if (sqlite3_column_count(c->p) != st->n_out)
		e = db_fail(db, INVALID, "%s gives %d columns, not %d", st->name, sqlite3_column_count(c->p), st->n_out);
	else if (sqlite3_bind_parameter_count(c->p) != st->n_in)
		e = db_fail(db, INVALID, "%s takes %d parameters, not %d", st->name, sqlite3_bind_parameter_count(c->p),
			st->n_in);
	else if (!sqlite3_stmt_readonly(c->p) != st->writes)
		e = db_fail(db, INVALID, "%s: whether it writes is not as declared", st->name);
	for (int i = 0; e == OK && i < st->n_in; i++)
		if (!c->params[i])
			e = db_fail(db, INVALID, "%s: $%d does not occur", st->name, i + 1);
	forget(c);
	return e;
}

static void sqlite_close(struct db *db)
{
	struct sqlite_db *s = of(db);
	for (size_t i = 0; i < CMD_COUNT; i++)
		sqlite3_finalize(s->commands[i]);
	if (sqlite3_close(s->h) != SQLITE_OK)
		die("a statement was left open");
	write_lock_close(&s->lock);
	free(s->path);
	free(s);
}

static void sqlite_forget(struct db_cursor *c) { forget((struct sqlite_cursor *)c); }

const struct db_engine_ops sqlite_ops = {
	.close = sqlite_close, .forget = sqlite_forget, .enter = sqlite_enter, .leave = sqlite_leave, .command = sqlite_command,
	.begin_serializable = sqlite_begin_serializable, .script = sqlite_script, .barrier = sqlite_barrier,
		.checkpoint = sqlite_upkeep,
	.data_version = sqlite_data_version, .begin = sqlite_begin, .step = sqlite_step, .end = sqlite_end, .check = sqlite_check,
	.integrity = sqlite_integrity,
};
