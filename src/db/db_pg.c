/* PostgreSQL behind db.h, by libpq: statements prepared once a connection, values in binary. What differs from SQLite, and
 * what is done so that nobody sees it, is in docs/decisions/0003-postgresql.md. */
#include "db/internal.h"
#include "base/log.h"
#include "base/timex.h"

#include <endian.h>
#include <libpq-fe.h>

enum { PARAMS_MAX = 100, ROWS_A_FETCH = 500 };
enum {
	OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25, OID_FLOAT4 = 700, OID_FLOAT8 = 701,
		OID_VARCHAR = 1043,
};

struct pg_db {
	struct db base;                          /* first */
	PGconn *c;
	int serial;                              /* names of prepared statements and cursors */
	i64 version;
	bool listens;
	bool warned;                             /* the server has said WARNING since this was cleared */
};

struct pg_cursor {
	struct db_cursor base;                   /* first */
	char name[16];                           /* of the prepared statement, and of its cursor when it streams */
	PGresult *rows;
	int at;
	bool last;                               /* no more rows to fetch */
	bool own_tx;
};

/* Parameters as libpq wants them. */
struct params {
	Oid types[PARAMS_MAX];
	const char *values[PARAMS_MAX];
	int lengths[PARAMS_MAX], formats[PARAMS_MAX];
	u64 numbers[PARAMS_MAX];
};

static struct pg_db *of(struct db *db) { return (struct pg_db *)db; }

/* ---- errors ---- */

static bool state_is(const char *state, const char *start) { return strncmp(state, start, strlen(start)) == 0; }

static enum err pg_error(struct pg_db *p, const char *state)
{
	if (PQstatus(p->c) != CONNECTION_OK || state_is(state, "08") || state_is(state, "57P") || state_is(state, "25006")) {
		p->base.lost = true;
		return BUSY;
	}
	if (state_is(state, "40001") || state_is(state, "40P01") || state_is(state, "55P03")) {
		p->base.transient = true;
		return BUSY;
	}
	return state_is(state, "23") || state_is(state, "P0001") ? CONFLICT : INTERNAL;
}

/* Takes the result: OK when the server is content, otherwise one of ours with the message kept. */
static enum err pg_result(struct pg_db *p, PGresult *r, const char *what)
{
	ExecStatusType status = PQresultStatus(r);
	enum err e = OK;
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
		const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *message = PQresultErrorField(r,
			PG_DIAG_MESSAGE_PRIMARY);
		state = state ? state : "";
		e = db_fail(&p->base, pg_error(p, state), "%s: %s (%s)", what, message ? message : PQerrorMessage(p->c), state);
	}
	PQclear(r);
	return e;
}

static enum err pg_run_named(struct pg_db *p, const char *sql, const char *name)
{
	if (p->base.lost)
		return db_fail(&p->base, BUSY, "the connection is gone");
	return pg_result(p, PQexec(p->c, sql), name);
}

static enum err pg_run(struct pg_db *p, const char *sql) { return pg_run_named(p, sql, sql); }

static void on_notice(void *arg, const PGresult *r)
{
	struct pg_db *p = arg;
	const char *severity = PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);
	if (severity && strcmp(severity, "WARNING") == 0)
		p->warned = true;
}

/* ---- transactions ---- */

static enum err pg_enter(struct db *db) { return db->lost ? db_fail(db, BUSY, "the connection is gone") : OK; }
static void pg_leave(struct db *db, bool tried) { (void)db, (void)tried; }

/* A COMMIT that comes with a warning is done here but perhaps on no standby: it is not acknowledged. The client asks again
 * with its idempotency key. */
static enum err pg_commit(struct pg_db *p)
{
	p->warned = false;
	PGresult *r = PQexec(p->c, "COMMIT");
	bool committed = strcmp(PQcmdStatus(r), "COMMIT") == 0;
	try(pg_result(p, r, "commit"));
	if (!committed)
		return db_fail(&p->base, INTERNAL, "the transaction had failed: the server rolled it back");
	return p->warned ? db_fail(&p->base, BUSY, "the commit is not on every server it must be on") : OK;
}

static enum err pg_command(struct db *db, enum db_command c)
{
	static const char *const texts[CMD_COUNT] = {
		[CMD_BEGIN] = "BEGIN READ WRITE", [CMD_BEGIN_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		[CMD_ROLLBACK] = "ROLLBACK", [CMD_SAVEPOINT] = "SAVEPOINT s", [CMD_RELEASE] = "RELEASE SAVEPOINT s",
			[CMD_ROLLBACK_TO] = "ROLLBACK TO SAVEPOINT s",
	};
	if (c == CMD_COMMIT)
		return pg_commit(of(db));
	if (c == CMD_BEGIN && db->ddl)
		return pg_run(of(db), "BEGIN READ WRITE; SET LOCAL statement_timeout = 0");
	return pg_run(of(db), texts[c]);
}

static enum err pg_begin_serializable(struct db *db) { return pg_run(of(db), "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE"); }
static enum err pg_script(struct db *db, const char *sql) { return pg_run_named(of(db), sql, "script"); }

/* A commit is on disk, and on its standbys, when COMMIT answers. */
static enum err pg_barrier(struct db *db) { return db->lost ? BUSY : OK; }
static enum err pg_checkpoint(struct db *db, bool full) { (void)db, (void)full; return OK; }

/* Counts notifications. A standby cannot listen: there the answer changes every second. */
static i64 pg_data_version(struct db *db)
{
	struct pg_db *p = of(db);
	if (!p->listens)
		return mono_us() / 1000000;
	if (!PQconsumeInput(p->c) && PQstatus(p->c) != CONNECTION_OK)
		db->lost = true;
	for (PGnotify *n = PQnotifies(p->c); n; n = PQnotifies(p->c)) {
		p->version++;
		PQfreemem(n);
	}
	return p->version;
}

/* ---- statements ---- */

static const Oid oids[] = { [DB_I64] = OID_INT8, [DB_F64] = OID_FLOAT8, [DB_TEXT] = OID_TEXT, [DB_BLOB] = OID_BYTEA };

static void fill(struct params *to, const struct db_stmt *st, const struct db_value *in)
{
	assert(st->n_in <= PARAMS_MAX);
	for (int i = 0; i < st->n_in; i++) {
		const struct db_value *v = &in[i];
		assert(v->type == st->in[i].type);
		to->types[i] = oids[v->type];
		to->formats[i] = 1;
		to->lengths[i] = 8;
		to->values[i] = v->null ? NULL : (const char *)&to->numbers[i];
		if (v->type == DB_I64) {
			to->numbers[i] = htobe64((u64)v->i);
		} else if (v->type == DB_F64) {
			assert(v->f == v->f);
			u64 bits;
			memcpy(&bits, &v->f, sizeof bits);
			to->numbers[i] = htobe64(bits);
		} else if (!v->null) {
			to->values[i] = v->s.p;
			to->lengths[i] = (int)v->s.n;
		}
	}
}

static enum err prepare(struct pg_db *p, const struct db_stmt *st, struct db_cursor **slot)
{
	Oid types[PARAMS_MAX];
	char name[16];
	assert(st->n_in <= PARAMS_MAX);
	for (int i = 0; i < st->n_in; i++)
		types[i] = oids[st->in[i].type];
	snprintf(name, sizeof name, "s%d", ++p->serial);
	if (!st->streams)
		try(pg_result(p, PQprepare(p->c, name, st->pg, st->n_in, types), st->name));
	struct pg_cursor *c = calloc(1, sizeof *c);
	if (!c)
		die("out of memory");
	*c = (struct pg_cursor){.base = {.db = &p->base, .st = st}};
	memcpy(c->name, name, sizeof name);
	*slot = &c->base;
	return OK;
}

static void pg_forget(struct db_cursor *cursor)
{
	struct pg_cursor *c = (struct pg_cursor *)cursor;
	PQclear(c->rows);
	free(c);
}

/* Takes the rows of an answer, or its error. */
static enum err take_rows(struct pg_cursor *c, PGresult *r)
{
	struct pg_db *p = of(c->base.db);
	if (PQresultStatus(r) != PGRES_TUPLES_OK && PQresultStatus(r) != PGRES_COMMAND_OK)
		return pg_result(p, r, c->base.st->name);
	if (PQnfields(r) != c->base.st->n_out) {
		int n = PQnfields(r);
		PQclear(r);
		return db_fail(&p->base, INTERNAL, "%s gives %d columns, not %d", c->base.st->name, n, c->base.st->n_out);
	}
	PQclear(c->rows);
	c->rows = r;
	c->at = 0;
	return OK;
}

/* Rows that come as they are asked for: a cursor, in a transaction of its own when there is none. */
static enum err declare(struct pg_cursor *c, const struct params *in)
{
	struct pg_db *p = of(c->base.db);
	const struct db_stmt *st = c->base.st;
	struct arena *a = arena_new((size_t)1 << 20);
	const char *sql = str_printf(a, "DECLARE %s NO SCROLL CURSOR FOR %s", c->name, st->pg).p;
	enum err e = OK;
	c->own_tx = !p->base.in_tx && !p->base.in_read;
	if (c->own_tx)
		e = pg_command(&p->base, CMD_BEGIN_READ);
	if (e == OK)
		e = pg_result(p, PQexecParams(p->c, sql, st->n_in, in->types, in->values, in->lengths, in->formats, 1), st->name);
	arena_free(a);
	if (e != OK && c->own_tx && !p->base.lost && PQtransactionStatus(p->c) != PQTRANS_IDLE)
		PQclear(PQexec(p->c, "ROLLBACK"));
	p->base.in_read = p->base.in_read || (c->own_tx && e == OK);
	c->own_tx = c->own_tx && e == OK;
	c->last = false;
	return e;
}

static enum err fetch(struct pg_cursor *c)
{
	char sql[64];
	snprintf(sql, sizeof sql, "FETCH %d FROM %s", ROWS_A_FETCH, c->name);
	try(take_rows(c, PQexecParams(of(c->base.db)->c, sql, 0, NULL, NULL, NULL, NULL, 1)));
	c->last = PQntuples(c->rows) < ROWS_A_FETCH;
	return OK;
}

static enum err pg_begin(struct db *db, const struct db_stmt *st, const struct db_value *in, struct db_cursor **ret)
{
	struct pg_db *p = of(db);
	struct db_cursor **slot = stmt_cache_slot(&db->cache, st);
	struct params params;
	if (db->lost)
		return db_fail(db, BUSY, "the connection is gone");
	if (!*slot)
		try(prepare(p, st, slot));
	struct pg_cursor *c = (struct pg_cursor *)*slot;
	assert(!c->base.open);
	fill(&params, st, in);
	*ret = *slot;
	if (st->streams)
		return declare(c, &params);
	try(take_rows(c, PQexecPrepared(p->c, c->name, st->n_in, params.values, params.lengths, params.formats, 1)));
	c->last = true;
	i64 changes = 0;
	if (st->writes && str_i64(str_c(PQcmdTuples(c->rows)), &changes))
		db->changes = changes;
	return OK;
}

static u64 big_endian(const char *p, int n)
{
	u64 v = 0;
	for (int i = 0; i < n; i++)
		v = v << 8 | (u8)p[i];
	return v;
}

/* int2, int4 and int8 by their length. */
static i64 integer(const char *p, int n)
{
	u64 v = big_endian(p, n);
	return n == 2 ? (int16_t)v : n == 4 ? (i32)v : (i64)v;
}

static double real(const char *p, int n)
{
	u64 bits = big_endian(p, n);
	u32 half = (u32)bits;
	double d;
	float f;
	memcpy(&d, &bits, sizeof d);
	memcpy(&f, &half, sizeof f);
	return n == 4 ? (double)f : d;
}

static bool fits(enum db_type want, Oid type)
{
	switch (want) {
	case DB_I64:
		return type == OID_INT8 || type == OID_INT4 || type == OID_INT2;
	case DB_F64:
		return type == OID_FLOAT8 || type == OID_FLOAT4;
	case DB_TEXT:
		return type == OID_TEXT || type == OID_VARCHAR;
	default:
		return type == OID_BYTEA;
	}
}

static enum err read_column(struct pg_cursor *c, int i, struct db_value *out)
{
	const struct db_column *want = &c->base.st->out[i];
	const char *p = PQgetvalue(c->rows, c->at, i);
	int n = PQgetlength(c->rows, c->at, i);
	*out = (struct db_value){.type = want->type, .null = PQgetisnull(c->rows, c->at, i)};
	if (out->null)
		return want->nullable ? OK : db_unfit(&c->base, i, "NULL");
	if (!fits(want->type, PQftype(c->rows, i)))
		return db_unfit(&c->base, i, "of another type");
	if (want->type == DB_I64)
		out->i = integer(p, n);
	else if (want->type == DB_F64)
		out->f = real(p, n);
	else
		out->s = str_copy(c->base.db->arena, (str){p, (size_t)n});
	return OK;
}

static enum err pg_step(struct db_cursor *cursor, struct db_value *out)
{
	struct pg_cursor *c = (struct pg_cursor *)cursor;
	if (!c->last && (!c->rows || c->at == PQntuples(c->rows)))
		try(fetch(c));
	if (c->at >= PQntuples(c->rows))
		return NOT_FOUND;
	for (int i = 0; i < cursor->st->n_out; i++)
		try(read_column(c, i, &out[i]));
	c->at++;
	return OK;
}

static void pg_end(struct db_cursor *cursor)
{
	struct pg_cursor *c = (struct pg_cursor *)cursor;
	struct db *db = cursor->db;
	PQclear(c->rows);
	c->rows = NULL;
	if (!cursor->st->streams || db->lost)
		return;
	if (c->own_tx) {
		db->in_read = c->own_tx = false;
		if (pg_command(db, CMD_ROLLBACK) != OK)
			log_line(LOG_WARN, "rollback failed", "reason=\"%s\"", db->error);
	} else if (!db->aborted) {
		char sql[32];
		snprintf(sql, sizeof sql, "CLOSE %s", c->name);
		PQclear(PQexec(of(db)->c, sql));
	}
}

static enum err pg_check(struct db *db, const struct db_stmt *st)
{
	struct pg_db *p = of(db);
	Oid types[PARAMS_MAX];
	for (int i = 0; i < st->n_in; i++)
		types[i] = oids[st->in[i].type];
	enum err e = pg_result(p, PQprepare(p->c, "", st->pg, st->n_in, types), st->name);
	if (e != OK)
		return e == BUSY ? BUSY : INVALID;
	PGresult *r = PQdescribePrepared(p->c, "");
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		return pg_result(p, r, st->name);
	if (PQnfields(r) != st->n_out)
		e = db_fail(db, INVALID, "%s gives %d columns, not %d", st->name, PQnfields(r), st->n_out);
	else if (PQnparams(r) != st->n_in)
		e = db_fail(db, INVALID, "%s takes %d parameters, not %d", st->name, PQnparams(r), st->n_in);
	for (int i = 0; e == OK && i < st->n_out; i++)
		if (!fits(st->out[i].type, PQftype(r, i)))
			e = db_fail(db, INVALID, "%s: column %s has type %u", st->name, st->out[i].name, PQftype(r, i));
	PQclear(r);
	return e;
}

/* ---- connections ---- */

static void pg_close(struct db *db)
{
	PQfinish(of(db)->c);
	free(db);
}

/* PostgreSQL keeps no whole-database check at hand: every row is read, and what it knows to be invalid is looked for. */
static enum err pg_integrity(struct db *db)
{
	static const char sql[] =
		"DO $$ DECLARE t regclass; BEGIN\n"
		"  IF EXISTS (SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid\n"
		"    WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace) THEN RAISE 'an index is invalid'; END IF;\n"
		"  IF EXISTS (SELECT 1 FROM pg_constraint WHERE NOT convalidated AND connamespace = current_schema()::regnamespace)\n"
		"    THEN RAISE 'a constraint is not validated'; END IF;\n"
		"  FOR t IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace LOOP\n"
		"    EXECUTE format('SELECT count(x::text) FROM %s x', t);\n"
		"  END LOOP; END $$";
	struct pg_db *p = of(db);
	enum err e = pg_run(p, "BEGIN READ ONLY; SET LOCAL statement_timeout = 0");
	if (e == OK)
		e = pg_run_named(p, sql, "integrity");
	if (!db->lost)
		PQclear(PQexec(p->c, "ROLLBACK"));
	return e == OK || e == BUSY ? e : INTERNAL;
}

static const struct db_engine_ops pg_ops = {
	.close = pg_close, .forget = pg_forget, .enter = pg_enter, .leave = pg_leave, .command = pg_command,
	.begin_serializable = pg_begin_serializable, .script = pg_script, .barrier = pg_barrier, .checkpoint = pg_checkpoint,
	.data_version = pg_data_version, .begin = pg_begin, .step = pg_step, .end = pg_end, .check = pg_check,
		.integrity = pg_integrity,
};

static enum err configure(struct pg_db *p)
{
	/* Writes only inside db_tx, as on SQLite; reads of a server are bounded, and so is waiting for a row. */
	try(pg_run(p, "SET default_transaction_read_only = on; SET lock_timeout = '2s';"
		" SET idle_in_transaction_session_timeout = '60s'"));
	if (p->base.o.shared)
		try(pg_run(p, "SET statement_timeout = '5s'"));
	PGresult *r = PQexec(p->c, "LISTEN gabare_generation");
	p->listens = PQresultStatus(r) == PGRES_COMMAND_OK;
	PQclear(r);
	return PQstatus(p->c) == CONNECTION_OK ? OK : db_fail(&p->base, BUSY, "the server went away");
}

enum err db_pg_open(const char *url, struct db_options o, struct db **ret)
{
	const char *const keys[] = {"application_name", "connect_timeout", "tcp_user_timeout", "client_encoding",
		"target_session_attrs",
		"dbname", NULL};
	const char *const values[] = {o.application ? o.application : "gabare", "3", "3000", "UTF8",
		o.read_only ? "any" : "read-write",
		url, NULL};     /* what the URL says comes last, and wins */
	struct pg_db *p = calloc(1, sizeof *p);
	if (!p)
		die("out of memory");
	*p = (struct pg_db){.base = {.ops = &pg_ops, .engine = DB_PG, .o = o}, .c = PQconnectdbParams(keys, values, 1)};
	if (!p->c)
		die("out of memory");
	PQsetNoticeReceiver(p->c, on_notice, p);
	enum err e = PQstatus(p->c) == CONNECTION_OK ? configure(p) : db_fail(&p->base, BUSY, "%s", PQerrorMessage(p->c));
	if (e != OK) {
		db_fail(NULL, e, "%s", p->base.error);
		db_close(&p->base);
		return e;
	}
	*ret = &p->base;
	return OK;
}
