/* The crash test. A server runs, people write to it (writer.c), and at random moments a process is killed with SIGKILL: a web
 * worker, the supervisor, a helper (vault, jobs, parser, outbox), or an import in the middle. After each: the server serves
 * again; at intervals, and at the end: the database is whole, every acknowledged message is there exactly once, an import is
 * whole or absent (after.c).
 *
 *   crash N --seed S --port P --data DIR --db URL --gabare PROGRAM      the data folder is a new one: the server makes its
 * demonstration city there (tests/crash/run) */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/timex.h"
#include "scene.h"

#define ROWS 400                                 /* of the file that is imported */
#define LOOK_EVERY 10                            /* iterations between two complete looks */

struct test {
	struct scene *s;
	u64 rnd;
	pid_t server, writers[WRITERS];
	int edition;                             /* the last one whose import succeeded */
	int import_us;                           /* how long that took */
	int passed, failed;
	int kills[4];
};

enum victim { WEB, SUPERVISOR, HELPER, IMPORT };
static const char *const victim_names[] = { "a web worker", "the supervisor", "a helper", "an import" };

static u64 next_random(struct test *t)
{
	t->rnd ^= t->rnd << 13;
	t->rnd ^= t->rnd >> 7;
	return t->rnd ^= t->rnd << 17;
}

/* ---- commands ---- */

pid_t command_start(struct scene *s, const char *out_path, char *const argv[])
{
	char *whole[24] = { (char *)s->gabare };
	int n = 1;
	for (; argv[n - 1]; n++)
		whole[n] = argv[n - 1];
	whole[n++] = "--data";
	whole[n++] = (char *)s->data;
	whole[n++] = "--db";
	whole[n++] = (char *)s->db_url;
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	char log[PATH_MAX];
	snprintf(log, sizeof log, "%s/log", s->scratch);
	int out = open(out_path ? out_path : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int err = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	execv(whole[0], whole);
	_exit(127);
}

static int ended(pid_t pid)
{
	int status = 0;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int command(struct scene *s, const char *out_path, char *const argv[])
{
	return ended(command_start(s, out_path, argv));
}

static void server_start(struct test *t)
{
	char port[16];
	snprintf(port, sizeof port, "%d", t->s->port);
	t->server = command_start(t->s, NULL, (char *[]){ "serve", "--port", port, NULL });
}

/* ---- who is killed ---- */

/* The children of the server of that name ("web", or anything else). Returns how many. */
static int children(struct test *t, bool web, pid_t *ret, int room)
{
	char path[64], name[32], list[4096] = "";
	int n = 0;
	snprintf(path, sizeof path, "/proc/%d/task/%d/children", t->server, t->server);
	FILE *f = fopen(path, "re");
	if (f && !fgets(list, sizeof list, f))
		list[0] = 0;
	if (f)
		fclose(f);
	char *end;
	for (char *p = list; n < room; p = end) {
		long pid = strtol(p, &end, 10);
		if (end == p)
			break;
		snprintf(path, sizeof path, "/proc/%ld/comm", pid);
		f = fopen(path, "re");
		if (f && fgets(name, sizeof name, f) && (strncmp(name, "web", 3) == 0) == web)
			ret[n++] = (pid_t)pid;
		if (f)
			fclose(f);
	}
	return n;
}

static bool kill_child(struct test *t, bool web)
{
	pid_t pids[96];
	int n = children(t, web, pids, (int)lengthof(pids));
	return n > 0 && kill(pids[next_random(t) % (u64)n], SIGKILL) == 0;
}

static bool kill_supervisor(struct test *t)
{
	pid_t pids[96];
	int n = children(t, true, pids, 48);
	n += children(t, false, pids + n, 48);
	kill(t->server, SIGKILL);
	ended(t->server);
	for (int i = 0; i < n; i++)
		for (int tries = 0; kill(pids[i], 0) == 0; tries++) {
			if (tries > 3000) {
				printf("  process %d outlived its supervisor\n", pids[i]);
				return false;
			}
			usleep(1000);
		}
	server_start(t);
	return true;
}

static int import(struct test *t, int edition, i64 kill_after_us)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/edition.csv", t->s->scratch);
	if (!edition_write(path, ROWS, edition))
		return -1;
	pid_t pid = command_start(t->s, NULL, (char *[]){ "import", "places", path, "--source", "crash", NULL });
	if (kill_after_us >= 0) {
		usleep((useconds_t)kill_after_us);
		kill(pid, SIGKILL);
	}
	return ended(pid);
}

/* Kills an import at a random moment of it, looks, then does it again to its end. */
static bool kill_import(struct test *t)
{
	int next = t->edition + 1;
	int code = import(t, next, (i64)(next_random(t) % (u64)(t->import_us + t->import_us / 8)));
	int shown = edition_shown(t->s, ROWS);
	if (shown != next && (shown != t->edition || code == 0)) {
		printf("  import killed (exit %d): edition %d is shown, %d was before\n", code, shown, t->edition);
		return false;
	}
	i64 began = mono_us();
	code = import(t, next + 1, -1);
	t->import_us = (int)(mono_us() - began);
	t->edition = next + 1;
	if (code != 0 || edition_shown(t->s, ROWS) != next + 1) {
		printf("  the import after the killed one: exit %d\n", code);
		return false;
	}
	return true;
}

/* ---- what must hold ---- */

static bool look(struct test *t)
{
	struct scene *s = t->s;
	i64 until = mono_us() + 30000000;
	bool still = false;
	atomic_store(&s->paused, 1);
	while (!still && mono_us() < until) {
		usleep(2000);
		still = true;
		for (int i = 0; i < WRITERS; i++)
			still &= atomic_load(&s->holding[i]) == 1;
	}
	if (!still)
		printf("  a message is still not acknowledged after 30 s\n");
	int code = command(s, NULL, (char *[]){ "check", NULL }), wrong = messages_wrong(s);
	if (code)
		printf("  gabare check: exit code %d\n", code);
	atomic_store(&s->paused, 0);
	return still && code == 0 && wrong == 0;
}

static enum victim choose(struct test *t)
{
	static const enum victim odds[] = { WEB, WEB, WEB, WEB, SUPERVISOR, SUPERVISOR, HELPER, HELPER, IMPORT, IMPORT };
	return odds[next_random(t) % lengthof(odds)];
}

static bool strike(struct test *t, enum victim v)
{
	usleep((useconds_t)(50000 + next_random(t) % 250000));
	bool done = v == IMPORT ? kill_import(t) : v == SUPERVISOR ? kill_supervisor(t) : kill_child(t, v == WEB);
	if (!done)
		printf("  no such victim, or it went wrong\n");
	bool up = serves(t->s, "/lieux", 10000);
	if (!up)
		printf("  the server does not serve within 10 s\n");
	return done && up;
}

static void iterate(struct test *t, int i, int n)
{
	enum victim v = choose(t);
	i64 before = atomic_load(&t->s->acknowledged);
	bool right = strike(t, v);
	t->kills[v]++;
	if ((i + 1) % LOOK_EVERY == 0 || i + 1 == n || v == SUPERVISOR)
		right &= look(t);
	if (right) {
		t->passed++;
		return;
	}
	t->failed++;
	printf("  failed: kill %d, %s (%lld messages acknowledged before)\n", i + 1, victim_names[v], (long long)before);
}

static bool set_the_scene(struct test *t)
{
	struct scene *s = t->s;
	server_start(t);
	if (!serves(s, "/lieux", 60000) || !find_place(s)) {
		printf("the server does not serve a place; see %s/log\n", s->scratch);
		return false;
	}
	i64 began = mono_us();
	int code = import(t, 1, -1);
	t->import_us = (int)(mono_us() - began);
	t->edition = 1;
	if (code != 0 || edition_shown(s, ROWS) != 1) {
		printf("the first import: exit %d\n", code);
		return false;
	}
	for (int i = 0; i < WRITERS; i++)
		if ((t->writers[i] = fork()) == 0)
			writer_live(s, i);
	return true;
}

static bool leave(struct test *t)
{
	struct scene *s = t->s;
	atomic_store(&s->stop, true);
	for (int i = 0; i < WRITERS; i++)
		ended(t->writers[i]);
	kill(t->server, SIGTERM);
	int code = ended(t->server);
	if (code)
		printf("  the server's own stop: exit code %d\n", code);
	if (s->acknowledged == 0 || s->refused)
		printf("  %lld messages acknowledged, %lld refused\n", (long long)s->acknowledged, (long long)s->refused);
	return code == 0 && s->acknowledged > 0 && s->refused == 0 && messages_wrong(s) == 0;
}

static int usage(void)
{
	fprintf(stderr, "usage: crash N --seed S --port P --data DIR --db URL --scratch DIR --gabare PROGRAM\n");
	return 2;
}

static bool read_options(struct scene *s, int argc, char **argv)
{
	for (int i = 2; i + 1 < argc; i += 2) {
		const char *a = argv[i], *v = argv[i + 1];
		if (!strcmp(a, "--seed"))
			s->seed = strtoull(v, NULL, 10);
		else if (!strcmp(a, "--port"))
			s->port = (int)strtol(v, NULL, 10);
		else if (!strcmp(a, "--data"))
			s->data = v;
		else if (!strcmp(a, "--db"))
			s->db_url = v;
		else if (!strcmp(a, "--scratch"))
			s->scratch = v;
		else if (!strcmp(a, "--gabare"))
			s->gabare = v;
		else
			return false;
	}
	return s->port > 0 && s->data && s->db_url && s->scratch && s->gabare;
}

int main(int argc, char **argv)
{
	struct scene *s = mmap(NULL, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int n = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0;
	if (s == MAP_FAILED || n < 1 || !read_options(s, argc, argv))
		return usage();
	setvbuf(stdout, NULL, _IOLBF, 0);
	time_init();
	struct test t = { .s = s, .rnd = s->seed * 2654435769u + 88172645463325252u };
	bool begun = set_the_scene(&t);
	for (int i = 0; begun && i < n; i++)
		iterate(&t, i, n);
	bool left = begun && leave(&t);
	printf("killed: %d web workers, %d supervisors, %d helpers, %d imports; %lld messages acknowledged, %lld sent again\n",
		t.kills[WEB], t.kills[SUPERVISOR], t.kills[HELPER], t.kills[IMPORT], (long long)s->acknowledged, (long long)s->replays);
	t.failed += !left;
	t.passed += left;
	printf("%d passed, %d failed\n", t.passed, t.failed);
	return t.failed > 0;
}
