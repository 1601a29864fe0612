/* sqlgen, checking: what each statement says of itself against what SQLite makes of it. */
#include "sqlgen.h"
#include "db/collate.h"
#include "db/ddl.h"

/* What the authorizer sees while a statement is prepared. */
struct watch {
	bool statement;                          /* not a migration: only data may be touched */
	str scoped[50];                          /* tables that lists must be limited on ("-- scoped: table") */
	size_t n_scoped;
	str touched;                             /* such a table that the statement reads */
	const char *refused;
};

static int authorize(void *arg, int action, const char *a, const char *b, const char *schema, const char *trigger)
{
	struct watch *w = arg;
	(void)b, (void)schema, (void)trigger;
	if (!w->statement)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_READ:
		for (size_t i = 0; i < w->n_scoped; i++)
			if (str_eq(w->scoped[i], str_c(a)))
				w->touched = w->scoped[i];
		return SQLITE_OK;
	case SQLITE_SELECT: case SQLITE_INSERT: case SQLITE_UPDATE: case SQLITE_DELETE: case SQLITE_FUNCTION: case SQLITE_RECURSIVE:
		return SQLITE_OK;
	default:
		w->refused = "only SELECT, INSERT, UPDATE and DELETE";
		return SQLITE_DENY;
	}
}

/* Complains at the place of `offset` in a text that begins at column 1 of `line`. */
static void complain_at(const char *path, int line, str text, int offset, const char *message)
{
	int col = 1;
	for (int i = 0; i < offset && (size_t)i < text.n; i++) {
		col = text.p[i] == '\n' ? 1 : col + 1;
		line += text.p[i] == '\n';
	}
	complain(path, line, col, "%s", message);
}

static void find_scoped(struct watch *w, str sql)
{
	str line;
	while (str_next(&sql, '\n', &line)) {
		str t = str_trim(line);
		if (str_starts(t, S("-- scoped:")) && w->n_scoped < lengthof(w->scoped))
			w->scoped[w->n_scoped++] = str_trim(str_slice(t, sizeof "-- scoped:" - 1, t.n));
	}
}

static bool apply(sqlite3 *db, struct arena *a, const char *path, struct watch *w)
{
	str sql = read_file(a, path);
	find_scoped(w, sql);
	str text = str_copy(a, ddl_text(a, sql, DB_SQLITE));
	for (const char *at = text.p; at < text.p + text.n;) {
		sqlite3_stmt *st = NULL;
		const char *tail = NULL;
		int rc = sqlite3_prepare_v2(db, at, -1, &st, &tail);
		if (rc == SQLITE_OK && st) {
			rc = sqlite3_step(st);
			while (rc == SQLITE_ROW)
				rc = sqlite3_step(st);
			rc = rc == SQLITE_DONE ? SQLITE_OK : rc;
		}
		if (rc != SQLITE_OK) {
			int offset = sqlite3_error_offset(db);
			complain_at(path, 1, text, (int)(at - text.p) + (offset > 0 ? offset : 0), sqlite3_errmsg(db));
		}
		sqlite3_finalize(st);
		if (rc != SQLITE_OK)
			return false;
		at = tail;
	}
	return true;
}

/* A migration that alters tables closes the virtual ones: they are opened while that is allowed, for it declares a table. */
static void open_virtual_tables(sqlite3 *db)
{
	sqlite3_stmt *names = NULL, *one = NULL;
	int rc = sqlite3_prepare_v2(db, "SELECT 'SELECT 1 FROM \"' || name || '\"' FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL %'", -1, &names, NULL);
	while (rc == SQLITE_OK && sqlite3_step(names) == SQLITE_ROW) {
		rc = sqlite3_prepare_v2(db, (const char *)sqlite3_column_text(names, 0), -1, &one, NULL);
		sqlite3_finalize(one);
	}
	sqlite3_finalize(names);
}

static size_t number_at(str text, size_t at)
{
	size_t k = 0;
	for (; at < text.n && text.p[at] >= '0' && text.p[at] <= '9' && k < 10000; at++)
		k = k * 10 + (size_t)(text.p[at] - '0');
	return k;
}

/* The highest parameter of a text ($1 $2 …), and which of them occur. */
static size_t scan_params(str text, bool *ret_used, size_t n)
{
	size_t most = 0;
	char quote = 0;
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '\'' || c == '"') {
			quote = c;
		} else if (c == '$') {
			size_t k = number_at(text, i + 1);
			most = k > most ? k : most;
			if (k >= 1 && k <= n)
				ret_used[k - 1] = true;
		}
	}
	return most;
}

static void check_params(const char *path, const struct stmt *st, str text, const char *engine)
{
	bool used[lengthof(st->in.v)] = { false };
	size_t most = scan_params(text, used, st->in.n);
	if (most > st->in.n)
		complain(path, st->line, 1, "$%zu%s has no name in \"-- in:\"", most, engine);
	for (size_t i = 0; i < st->in.n; i++)
		if (!used[i])
			complain(path, st->line, 1, "$%zu (%.*s) is not used%s", i + 1, STR_ARG(st->in.v[i].name), engine);
}

static const char *const declared_as[] = { [DB_I64] = "INT INTEGER", [DB_F64] = "REAL", [DB_TEXT] = "TEXT", [DB_BLOB] = "BLOB" };

static void check_columns(const char *path, const struct stmt *st, sqlite3_stmt *p)
{
	size_t n = (size_t)sqlite3_column_count(p);
	if (n != st->out.n) {
		if (st->kind == KIND_EXEC)
			complain(path, st->line, 1, ":exec gives nothing, the statement gives %zu columns", n);
		else
			complain(path, st->line, 1, "\"-- out:\" names %zu columns, the statement gives %zu", st->out.n, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const struct field *f = &st->out.v[i];
		str name = str_c(sqlite3_column_name(p, (int)i));
		const char *type = sqlite3_column_decltype(p, (int)i);
		if (st->kind != KIND_SCALAR && !str_eq(name, f->name))
			complain(path, st->line, 1, "column %zu is %.*s in \"-- out:\", %.*s in the statement (say AS %.*s?)",
				i + 1, STR_ARG(f->name), STR_ARG(name), STR_ARG(f->name));
		if (type && *type && !strstr(declared_as[f->type], type))
			complain(path, st->line, 1, "column %zu (%.*s) is %s in the table", i + 1, STR_ARG(f->name), type);
	}
}

static void check_scope(const char *path, const struct stmt *st, str table)
{
	bool scope = st->kind != KIND_MANY && st->kind != KIND_EACH;
	for (size_t i = 0; i < st->in.n; i++)
		scope = scope || str_eq(st->in.v[i].name, S("scope"));
	if (table.p && !scope)
		complain(path, st->line, 1, "%.*s lists %.*s, which is scoped: it must take a parameter named scope",
			STR_ARG(st->name), STR_ARG(table));
}

static void check_one(sqlite3 *db, struct arena *a, struct watch *w, const char *path, struct stmt *st)
{
	sqlite3_stmt *p = NULL;
	const char *tail = NULL;
	str text = str_copy(a, st->sqlite);
	w->touched = (str){NULL, 0};
	w->refused = NULL;
	if (sqlite3_prepare_v2(db, text.p, -1, &p, &tail) != SQLITE_OK || !p) {
		const char *why = w->refused ? w->refused : p ? sqlite3_errmsg(db) : sqlite3_errcode(db) ? sqlite3_errmsg(db) : "no statement";
		int offset = sqlite3_error_offset(db);
		complain_at(path, st->line + 1, text, offset > 0 ? offset : (int)strspn(text.p, " \t\n"), why);
		return;
	}
	if (str_trim(str_c(tail)).n)
		complain_at(path, st->line + 1, text, (int)(tail - text.p), "a second statement: one name, one statement");
	st->writes = !sqlite3_stmt_readonly(p);
	if (st->writes && st->kind == KIND_EACH)
		complain(path, st->line, 1, ":each only reads");
	check_params(path, st, st->sqlite, "");
	if (st->pg.p != st->sqlite.p)
		check_params(path, st, st->pg, " for PostgreSQL");
	check_columns(path, st, p);
	check_scope(path, st, w->touched);
	sqlite3_finalize(p);
}

void check_statements(struct arena *a, const char *const *before, size_t n, struct sqlfile *f)
{
	sqlite3 *db = NULL;
	struct watch w = { .n_scoped = 0 };
	if (sqlite3_open(":memory:", &db) != SQLITE_OK || collate_register(db) != SQLITE_OK) {
		complain(f->path, 1, 1, "no SQLite database in memory");
		sqlite3_close(db);
		return;
	}
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	bool applied = true;
	for (size_t i = 0; applied && i < n; i++)
		applied = apply(db, a, before[i], &w);
	sqlite3_set_authorizer(db, authorize, &w);
	open_virtual_tables(db);
	w.statement = true;
	for (size_t i = 0; applied && i < f->n; i++)
		check_one(db, a, &w, f->path, &f->v[i]);
	sqlite3_close(db);
}
