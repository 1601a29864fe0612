/* PostgreSQL's own copies: pg_dump and pg_restore, for commands only (a server runs no program). The password goes by the
 * environment, never by arguments, which other users can read. */
#include "db/internal.h"

#include <libpq-fe.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { VARIABLES_MAX = 512 };

/* The environment of this process with the URL's parts in it; the database's name in *ret_name. */
static char **environment(struct arena *a, const char *url, const char **ret_name)
{
	char **to = arena_many(a, char *, VARIABLES_MAX), *error = NULL;
	size_t n = 0;
	PQconninfoOption *parts = PQconninfoParse(url, &error);
	PQfreemem(error);
	if (!parts)
		return NULL;
	*ret_name = "";
	for (PQconninfoOption *o = parts; o->keyword; o++) {
		if (!o->val || !o->envvar)
			continue;
		to[n++] = (char *)(uintptr_t)str_printf(a, "%s=%s", o->envvar, o->val).p;
		if (strcmp(o->keyword, "dbname") == 0)
			*ret_name = str_z(a, str_c(o->val));
	}
	for (char **e = environ; *e && n < VARIABLES_MAX - 1; e++)
		if (strncmp(*e, "PG", 2) != 0)
			to[n++] = *e;
	PQconninfoFree(parts);
	return to;
}

static enum err run(char *const *argv, char *const *env)
{
	pid_t pid;
	int status = -1;
	int rc = posix_spawnp(&pid, argv[0], NULL, NULL, argv, env);
	if (rc)
		return db_fail(NULL, INTERNAL, "%s: %s (Debian: postgresql-client)", argv[0], strerror(rc));
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return db_fail(NULL, INTERNAL, "%s failed: what it said is above", argv[0]);
	return OK;
}

static char *arg(const char *s) { return (char *)(uintptr_t)s; }

static enum err current_schema(struct arena *a, const char *url, const char **ret_schema, bool *ret_empty)
{
	PGconn *c = PQconnectdb(url);
	PGresult *r = PQexec(c, "SELECT current_schema(), count(*) FROM pg_tables WHERE schemaname = current_schema()");
	enum err e = OK;
	if (PQresultStatus(r) != PGRES_TUPLES_OK)
		e = db_fail(NULL, BUSY, "%s", PQerrorMessage(c));
	else if (PQgetisnull(r, 0, 0))
		e = db_fail(NULL, NOT_FOUND, "the schema of the URL's search_path is not there");
	else
		*ret_schema = str_z(a, str_c(PQgetvalue(r, 0, 0)));
	*ret_empty = e == OK && strcmp(PQgetvalue(r, 0, 1), "0") == 0;
	PQclear(r);
	PQfinish(c);
	return e;
}

static enum err dump(struct arena *a, const char *url, const char *to)
{
	const char *name = "", *schema = "";
	bool empty;
	char **env = environment(a, url, &name);
	if (!env)
		return db_fail(NULL, INVALID, "not a database's URL");
	if (access(to, F_OK) == 0)
		return db_fail(NULL, CONFLICT, "%s is there already", to);
	try(current_schema(a, url, &schema, &empty));
	char *argv[] = {arg("pg_dump"), arg("-Fc"), arg("--no-owner"), arg("-n"), arg(schema), arg("-f"), arg(to), NULL};
	mode_t before = umask(077);
	enum err e = run(argv, env);
	umask(before);
	if (e != OK)
		unlink(to);
	return e;
}

enum err db_pg_dump(struct db *db, const char *url, const char *to)
{
	(void)db;
	struct arena *a = arena_new((size_t)1 << 20);
	enum err e = dump(a, url, to);
	arena_free(a);
	return e;
}

static enum err restore(struct arena *a, const char *url, const char *from)
{
	const char *name = "", *schema = "";
	bool empty;
	char **env = environment(a, url, &name);
	if (!env)
		return db_fail(NULL, INVALID, "not a database's URL");
	if (access(from, R_OK) != 0)
		return db_fail(NULL, NOT_FOUND, "%s is not there", from);
	try(current_schema(a, url, &schema, &empty));
	if (!empty)
		return db_fail(NULL, CONFLICT, "the database is not empty");
	char *argv[] = {arg("pg_restore"), arg("-d"), arg(name), arg("-n"), arg(schema), arg("--no-owner"),
		arg("--exit-on-error"),
		arg("--single-transaction"), arg(from), NULL};
	return run(argv, env);
}

enum err db_pg_restore(const char *url, const char *from)
{
	struct arena *a = arena_new((size_t)1 << 20);
	enum err e = restore(a, url, from);
	arena_free(a);
	return e;
}
