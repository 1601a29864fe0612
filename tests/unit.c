/* The runner of the unit tests: build/unit-tests [--list] [FILTER]…, a filter being part of a test's name or file.
 * Ends with "N passed, N failed[, N skipped]"; exit 1 when something failed or nothing ran. */
#include "unit.h"
#include "unit_db.h"

#include "base/arena.h"
#include "base/log.h"
#include "base/timex.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

/* Tests of one process do not wait for the disk: what a kill or a cut of the power leaves is the matter of tests/crash and tests/power. */
#define MEMORY "/dev/shm"
#define ROOM ((size_t)1 << 30)
enum { SECONDS_PER_TEST = 300, SLOW_SECONDS = 10, EXIT_SKIPPED = 77 };

static struct unit_test *tests;
static char dir[64];
static struct arena *arenas[32768];
static size_t n_arenas;

void unit_register(struct unit_test *t)
{
	t->next = tests;
	tests = t;
}

/* By file, then as written in it: constructors of one file may run in any order. */
static int by_place(const void *a, const void *b)
{
	const struct unit_test *x = *(struct unit_test *const *)a, *y = *(struct unit_test *const *)b;
	int c = strcmp(x->file, y->file);
	return c ? c : x->line - y->line;
}

static struct unit_test **sorted(size_t *ret_n)
{
	size_t n = 0;
	for (struct unit_test *t = tests; t; t = t->next)
		n++;
	struct unit_test **v = calloc(n + 1, sizeof *v);
	if (!v)
		abort();
	*ret_n = n;
	for (struct unit_test *t = tests; t; t = t->next)
		v[--n] = t;
	qsort(v, *ret_n, sizeof *v, by_place);
	return v;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

const char *unit_dir(void)
{
	return dir;
}

const char *unit_place(void)
{
	static const char *place;
	struct statvfs st;
	if (!place)
		place = statvfs(MEMORY, &st) == 0 && (size_t)st.f_bavail * st.f_frsize >= ROOM && access(MEMORY, W_OK) == 0 ? MEMORY : "/tmp";
	return place;
}

struct arena *unit_arena(size_t max)
{
	if (n_arenas == lengthof(arenas))
		fail_msg("more than %zu arenas in one test", n_arenas);
	return arenas[n_arenas++] = arena_new(max);
}

void unit_skip(const char *why)
{
	fprintf(stderr, "%s\n", why);
	fflush(NULL);
	_exit(EXIT_SKIPPED);                     /* what the test holds is no leak */
}

void unit_assert_str(str actual, const char *expected, const char *file, int line)
{
	if (str_eq(actual, str_c(expected)))
		return;
	fprintf(stderr, "got      \"%.*s\"\nexpected \"%s\"\n", STR_ARG(actual), expected);
	_fail(file, line);
	abort();
}

void unit_assert_err(enum err actual, enum err expected, const char *what, const char *file, int line)
{
	if (actual == expected)
		return;
	fprintf(stderr, "%s gave %s, expected %s\n", what, err_name(actual), err_name(expected));
	_fail(file, line);
	abort();
}

void unit_assert_aborts(void (*fn)(void), const char *what, const char *file, int line)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 2);
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		signal(SIGABRT, SIG_DFL);
		fn();
		_exit(0);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
		return;
	fprintf(stderr, "%s was expected to abort\n", what);
	_fail(file, line);
	abort();
}

static void show(FILE *log)
{
	char line[512];
	bool ended = true;
	rewind(log);
	while (fgets(line, sizeof line, log)) {
		printf(ended ? "    %s" : "%s", line);
		ended = strchr(line, '\n') != NULL;
	}
	if (!ended)
		printf("\n");
}

/* The child: everything it writes goes to the log, shown only when it fails. */
static _Noreturn void run_child(const struct unit_test *t, FILE *log)
{
	dup2(fileno(log), 1);
	dup2(fileno(log), 2);
	alarm(SECONDS_PER_TEST);
	t->run();
	while (n_arenas > 0)
		arena_free(arenas[--n_arenas]);
	fflush(NULL);
	exit(0);
}

static void explain(const struct unit_test *t, int status, FILE *log)
{
	printf("FAIL %s (%s:%d): ", t->name, t->file, t->line);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
		printf("longer than %d s\n", SECONDS_PER_TEST);
	else if (WIFSIGNALED(status) && WTERMSIG(status) != SIGABRT)
		printf("%s\n", strsignal(WTERMSIG(status)));
	else
		printf("\n");
	show(log);
}

static pid_t start(const struct unit_test *t, FILE *log)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid < 0)
		die("fork: %s", strerror(errno));
	if (pid == 0)
		run_child(t, log);
	return pid;
}

enum outcome { PASSED, FAILED, SKIPPED };

static enum outcome outcome_of(int status)
{
	if (!WIFEXITED(status))
		return FAILED;
	return WEXITSTATUS(status) == 0 ? PASSED : WEXITSTATUS(status) == EXIT_SKIPPED ? SKIPPED : FAILED;
}

static enum outcome run(const struct unit_test *t)
{
	snprintf(dir, sizeof dir, "%s/gabare-unit-XXXXXX", unit_place());
	FILE *log = tmpfile();
	if (!log || !mkdtemp(dir))
		die("no room for a test in %s: %s", unit_place(), strerror(errno));
	int status = 0;
	i64 began = mono_us();
	pid_t pid = start(t, log);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	enum outcome outcome = outcome_of(status);
	if (outcome == FAILED)
		explain(t, status, log);
	else if (outcome == SKIPPED)
		printf("skip %s:\n", t->name), show(log);
	else if (getenv("GABARE_BENCH"))          /* a measure says what it found */
		printf("%s:\n", t->name), show(log);
	if (mono_us() - began > SLOW_SECONDS * (i64)1000000)
		printf("slow %s (%s:%d): %d s\n", t->name, t->file, t->line, (int)((mono_us() - began) / 1000000));
	fclose(log);
	unit_db_drop();
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return outcome;
}

static bool chosen(const struct unit_test *t, char **filters)
{
	if (!*filters)
		return true;
	for (; *filters; filters++)
		if (strstr(t->name, *filters) || strstr(t->file, *filters))
			return true;
	return false;
}

int main(int argc, char **argv)
{
	bool list = argc > 1 && strcmp(argv[1], "--list") == 0;
	char **filters = argv + 1 + list;
	size_t n = 0, count[3] = { 0 };
	struct unit_test **all = sorted(&n);
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	unit_db_start();
	for (size_t i = 0; i < n; i++) {
		if (!chosen(all[i], filters))
			continue;
		if (list)
			printf("%s (%s:%d)\n", all[i]->name, all[i]->file, all[i]->line);
		else
			count[run(all[i])]++;
	}
	free(all);
	unit_db_stop();
	if (list)
		return 0;
	printf("%zu passed, %zu failed", count[0], count[1]);
	printf(count[2] ? ", %zu skipped\n" : "\n", count[2]);
	return count[1] || !(count[0] + count[2]);
}
