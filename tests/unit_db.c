/* A database for each test: a file, or a database of the server named as the test's folder. Most tests want a migrated one; they
 * get a copy of one that was migrated once (the model), because the migrations took half the time of all the tests. */
#include "unit_db.h"

#include "unit.h"
#include "base/arena.h"
#include "db/db.h"
#include "db/upkeep.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

static char db_url[600];                         /* of the running test */
static char model[64];                           /* a file: there once the model is whole; of that name it is on the server */

/* The PostgreSQL server of the tests, or NULL: SQLite. */
static const char *pg_server(void)
{
	const char *url = getenv("GABARE_TEST_DB");
	return url && strncmp(url, "postgres", 8) == 0 ? url : NULL;
}

/* Begins a command on that server; psql_done() waits for it. */
__attribute__((format(printf, 1, 2))) static pid_t psql(const char *command, ...)
{
	char sql[200];
	pid_t pid;
	va_list ap;
	va_start(ap, command);
	vsnprintf(sql, sizeof sql, command, ap);
	va_end(ap);
	char *argv[] = { "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-d", (char *)(uintptr_t)pg_server(), "-c", sql, NULL };
	return posix_spawnp(&pid, "psql", NULL, NULL, argv, environ) == 0 ? pid : -1;
}

static bool psql_done(pid_t pid)
{
	int status = -1;
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status == 0;
}

static const char *last_part(const char *path) { return strrchr(path, '/') + 1; }

/* The URL of another database of that server. */
static void pg_url(char *ret, size_t size, const char *name)
{
	const char *server = pg_server(), *query = strchr(server, '?');
	size_t n = query ? (size_t)(query - server) : strlen(server);
	while (n > 0 && server[n - 1] != '/')
		n--;
	snprintf(ret, size, "%.*s%s%s", (int)n, server, name, query ? query : "");
}

static void mark(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0 && close(fd) == 0);
}

static void copy_file(const char *from, const char *to)
{
	int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t n;
	assert_true(in >= 0 && out >= 0);
	while ((n = copy_file_range(in, NULL, out, NULL, 1 << 30, 0)) > 0)
		;
	assert_true(n == 0 && close(in) == 0 && close(out) == 0);
}

/* Left by a test that has a database on the server, for the runner to see. */
static const char *made_mark(void)
{
	static char path[96];
	snprintf(path, sizeof path, "%s/.made", unit_dir());
	return path;
}

static void make_on_server(const char *from)
{
	const char *name = last_part(unit_dir());
	assert_true(psql_done(psql("CREATE DATABASE \"%s\" TEMPLATE \"%s\" STRATEGY FILE_COPY", name, from)));
	mark(made_mark());
	pg_url(db_url, sizeof db_url, name);
}

const char *unit_db_url(void)
{
	if (!db_url[0] && pg_server())
		make_on_server("template1");
	else if (!db_url[0])
		snprintf(db_url, sizeof db_url, "sqlite:%s/test.db", unit_dir());
	return db_url;
}

static void migrate(const char *url)
{
	struct arena *a = arena_new(16 << 20);
	struct db *db;
	int applied;
	if (db_open(url, (struct db_options){ .create = true, .application = "gabare test" }, &db) != OK)
		fail_msg("%s", db_error(NULL));
	db_use_arena(db, a);
	if (db_migrate(db, false, &applied) != OK || db_checkpoint_all(db) != OK)
		fail_msg("%s", db_error(db));
	db_close(db);
	arena_free(a);
}

/* A test that dies meanwhile leaves no model: the next one makes it. */
static void make_model(void)
{
	char url[600];
	if (pg_server()) {
		assert_true(psql_done(psql("DROP DATABASE IF EXISTS \"%s\"", last_part(model))));
		assert_true(psql_done(psql("CREATE DATABASE \"%s\"", last_part(model))));
		pg_url(url, sizeof url, last_part(model));
		migrate(url);
		mark(model);
	} else {
		snprintf(url, sizeof url, "sqlite:%s/model.db", unit_dir());
		migrate(url);
		assert_int_equal(rename(url + sizeof "sqlite:" - 1, model), 0);
	}
}

struct db *unit_db(struct db_options o, struct arena *a)
{
	struct db *db = NULL;
	if (!db_url[0] && access(model, F_OK) != 0)
		make_model();
	if (!db_url[0] && pg_server())
		make_on_server(last_part(model));
	else if (!db_url[0])
		copy_file(model, unit_db_url() + sizeof "sqlite:" - 1);
	if (db_open(db_url, o, &db) != OK)
		fail_msg("%s", db_error(NULL));
	db_use_arena(db, a);
	return db;
}

void unit_db_start(void)
{
	snprintf(model, sizeof model, "%s/gabare-unit-model-%d", unit_place(), (int)getpid());
}

/* Not waited for before the next test has ended: dropping waits for the disk. */
static pid_t dropping;

static void dropped(void)
{
	if (dropping && !psql_done(dropping))
		printf("    the database of a test stays\n");
	dropping = 0;
}

void unit_db_drop(void)
{
	if (access(made_mark(), F_OK) != 0)
		return;
	dropped();
	dropping = psql("DROP DATABASE \"%s\" WITH (FORCE)", last_part(unit_dir()));
}

void unit_db_stop(void)
{
	dropped();
	if (pg_server() && access(model, F_OK) == 0)
		psql_done(psql("DROP DATABASE \"%s\"", last_part(model)));
	unlink(model);
}
