/* The power-loss test. Runs the writers (writers.c) under the journal (shadow.c), kills them, and cuts the power at random
 * moments of what was journalled: each cut is rebuilt (rebuild.c) into a directory, opened with the real db layer, and
 * checked: whole, every acknowledged payment there exactly once, and payments go on.
 *
 *   power --writers PROGRAM --shadow LIBRARY [--runs N] [--cuts N] [--workers N] [--records N] [--sync-us N] [--seed S]
 *         [--no-barrier] [--expect-loss]
 *
 * A run lasts until N records are in the journal, so that a busy machine only takes longer.
 *
 * --expect-loss is for the controls (a database without the barrier, a barrier with a known fault): it passes when at least
 * one cut shows a loss, so that the test is known to be able to fail. Ends with "N passed, N failed". */
#include "rebuild.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct options {
	int runs, cuts, workers, records, sync_us;
	uint64_t seed;
	const char *writers, *shadow;
	bool barrier, expect_loss;
};

struct tally { long cuts, bad, acks, failed_runs; };

static char scratch[64] = "/dev/shm/gabare-power.XXXXXX";

static void empty_directory(const char *dir)
{
	DIR *d = opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.')
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
}

static void within(char out[PATH_MAX], const char *name)
{
	snprintf(out, PATH_MAX, "%s/%s", scratch, name);
}

static pid_t spawn(char *const argv[], const char *dir, const char *journal, const struct options *o)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (journal) {
		char us[16];
		snprintf(us, sizeof us, "%d", o->sync_us);
		setenv("SHADOW_DIR", dir, 1);
		setenv("SHADOW_JOURNAL", journal, 1);
		setenv("SHADOW_SYNC_US", us, 1);
		setenv("LD_PRELOAD", o->shadow, 1);
	}
	execv(argv[0], argv);
	fprintf(stderr, "%s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

static void pause_for(double seconds)
{
	struct timespec t = { (time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9) };
	while (nanosleep(&t, &t) < 0 && errno == EINTR)
		continue;
}

/* Until the journal is long enough, the writers have left, or a minute has passed. True when they are still there. */
static bool let_write(const struct shadow_journal *j, pid_t pid, int records)
{
	for (int i = 0; i < 6000 && j->records < (uint64_t)records; i++) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return false;
		pause_for(0.01);
	}
	return true;
}

/* Lets the writers write for a while, then kills them all. NULL when they did not behave. */
static const struct shadow_journal *write_and_die(const struct options *o, uint64_t seed)
{
	char live[PATH_MAX], path[PATH_MAX], n[16], s[24];
	within(live, "live");
	within(path, "journal");
	mkdir(live, 0700);
	empty_directory(live);
	if (!journal_make(path))
		return NULL;
	snprintf(n, sizeof n, "%d", o->workers);
	snprintf(s, sizeof s, "%llu", (unsigned long long)(seed >> 1));
	char *argv[] = { (char *)o->writers, (char[]){ "--run" }, live, n, s, o->barrier ? NULL : (char[]){ "--no-barrier" }, NULL };
	pid_t pid = spawn(argv, live, path, o);
	const struct shadow_journal *j = journal_open(path);
	bool there = j && let_write(j, pid, o->records);
	kill(-pid, SIGKILL);
	if (there)
		waitpid(pid, NULL, 0);
	pause_for(0.1);          /* the grandchildren, who die with it, are gone */
	return there && !j->full ? j : NULL;
}

static bool write_acks(const struct shadow_journal *j, uint64_t at, const char *path, long *acks)
{
	size_t n;
	unsigned char *said = journal_said(j, "acks", at, &n);
	FILE *f = fopen(path, "we");
	bool written = f && fwrite(said, 1, n, f) == n;
	if (f)
		written &= fclose(f) == 0;
	free(said);
	*acks += (long)(n / 8);
	return written;
}

/* Whether what survives this cut is right. */
static bool survives(const struct options *o, const struct shadow_journal *j, struct cut cut, struct tally *t)
{
	char dir[PATH_MAX], acks[PATH_MAX];
	within(dir, "after");
	within(acks, "acks");
	mkdir(dir, 0700);
	empty_directory(dir);
	if (!rebuild(j, cut, dir, "acks") || !write_acks(j, cut.at, acks, &t->acks))
		return false;
	char *argv[] = { (char *)o->writers, (char[]){ "--check" }, dir, acks, NULL };
	int status = 0;
	pid_t pid = spawn(argv, NULL, NULL, o);
	return waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* The record of the first acknowledgement: before it there is nothing to lose, and perhaps not yet a database. */
static uint64_t first_ack(const struct shadow_journal *j)
{
	for (uint64_t i = 0; i < journal_length(j); i++)
		if (j->record[i].kind == SHADOW_CREATE && !strcmp((const char *)j->bytes + j->record[i].data, "acks"))
			return i;
	return journal_length(j);
}

static void one_run(const struct options *o, uint64_t *rnd, struct tally *t)
{
	const struct shadow_journal *j = write_and_die(o, random_next(rnd));
	uint64_t from = j ? first_ack(j) : 0, end = j ? journal_length(j) : 0;
	if (end <= from + 100) {
		t->failed_runs++;
		fprintf(stderr, "the writers stopped, or wrote next to nothing\n");
		return;
	}
	for (int i = 0; i < o->cuts; i++) {
		struct cut cut = {
			.at = i == 0 ? end : from + random_next(rnd) % (end - from),
			.p = i % 2 ? 0.5 : 0,
			.block = i % 4 == 1 ? 512 : 4096,
			.seed = random_next(rnd),
		};
		t->cuts++;
		if (survives(o, j, cut, t))
			continue;
		t->bad++;
		printf("  lost at record %llu of %llu, p %.1f, blocks of %u, seed %llu\n", (unsigned long long)cut.at,
			(unsigned long long)end, cut.p, cut.block, (unsigned long long)cut.seed);
	}
}

static bool set_option(struct options *o, const char *name, const char *v)
{
	const struct { const char *name; int *to; } numbers[] = {
		{ "--runs", &o->runs }, { "--cuts", &o->cuts }, { "--workers", &o->workers },
		{ "--records", &o->records }, { "--sync-us", &o->sync_us },
	};
	const struct { const char *name; const char **to; } texts[] = { { "--writers", &o->writers }, { "--shadow", &o->shadow } };
	bool known = !strcmp(name, "--seed");
	if (known)
		o->seed = strtoull(v, NULL, 10);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (!strcmp(name, numbers[i].name) && (known = true))
			*numbers[i].to = (int)strtol(v, NULL, 10);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (!strcmp(name, texts[i].name) && (known = true))
			*texts[i].to = v;
	return known;
}

static bool read_options(int argc, char **argv, struct options *o)
{
	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--no-barrier"))
			o->barrier = false;
		else if (!strcmp(argv[i], "--expect-loss"))
			o->expect_loss = true;
		else if (i + 1 >= argc || !set_option(o, argv[i], argv[i + 1]))
			return false;
		else
			i++;
	}
	return o->runs > 0 && o->cuts > 0 && o->writers && o->shadow;
}

static void clean_up(void)
{
	char path[PATH_MAX];
	static const char *const names[] = { "after", "live" };
	for (size_t i = 0; i < 2; i++) {
		within(path, names[i]);
		empty_directory(path);
		rmdir(path);
	}
	empty_directory(scratch);
	rmdir(scratch);
}

int main(int argc, char **argv)
{
	struct options o = { .runs = 2, .cuts = 10, .workers = 16, .records = 8000, .sync_us = 500, .barrier = true,
		.seed = (uint64_t)time(NULL) };
	if (!read_options(argc, argv, &o) || !mkdtemp(scratch)) {
		fprintf(stderr, "usage: see tests/power/run\n");
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("seed %llu, %d runs of %d writers, %d cuts each%s\n", (unsigned long long)o.seed, o.runs, o.workers, o.cuts,
		o.barrier ? "" : ", without the barrier");
	struct tally t = { 0 };
	uint64_t rnd = o.seed;
	for (int i = 0; i < o.runs && !(o.expect_loss && t.bad); i++)
		one_run(&o, &rnd, &t);
	clean_up();
	printf("%ld cuts, %ld acknowledgements checked, %ld cuts with a loss\n", t.cuts, t.acks, t.bad);
	bool control = o.expect_loss && t.bad > 0 && t.failed_runs == 0;
	if (o.expect_loss)
		printf("%d passed, %d failed\n", control, !control);
	else
		printf("%ld passed, %ld failed\n", t.cuts - t.bad, t.bad + t.failed_runs);
	return o.expect_loss ? !control : t.bad + t.failed_runs > 0;
}
