/* The scenario runner: scenarios --gabare PROGRAM [--pg URL] [--jobs N] FILE.t…   (README.md: the language)
 * Each file runs in a process of its own, on a fresh server and database. Ends with "N passed, N failed[, N skipped]". */
#include "scenario.h"

#include <errno.h>
#include <ftw.h>
#include <getopt.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"

void fails(struct scenario *s, const char *fmt, ...)
{
	char text[2000];
	va_list args;
	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	if (!s->failure.p)
		s->failure = str_copy(s->a, str_c(text));
}

void set_var(struct scenario *s, str name, str value)
{
	for (int i = 0; i < s->n_vars; i++)
		if (str_eq(s->vars[i].name, name)) {
			s->vars[i].value = value;
			return;
		}
	if (s->n_vars < VARS)
		s->vars[s->n_vars++] = (struct var){ name, value };
}

str expand(struct scenario *s, str text)
{
	if (str_find(text, S("${")) < 0)
		return text;
	for (int i = s->n_vars; i-- > 0;)
		text = str_replace(s->a, text, str_printf(s->a, "${%.*s}", STR_ARG(s->vars[i].name)), s->vars[i].value);
	return text;
}

/* ---- reading a file ---- */

static char escaped(char c)
{
	return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
}

/* The next word of *rest: bare, or "quoted" with \n \r \t \" \\. */
static str word(struct scenario *s, str *rest)
{
	struct buf b = buf_new(s->a, 65536);
	size_t i = 1;
	*rest = str_trim(*rest);
	if (rest->p[0] != '"') {
		str w;
		str_next(rest, ' ', &w);
		return expand(s, w);
	}
	for (; i < rest->n && rest->p[i] != '"'; i++)
		buf_byte(&b, rest->p[i] == '\\' && i + 1 < rest->n ? escaped(rest->p[++i]) : rest->p[i]);
	*rest = str_slice(*rest, i + 1, rest->n);
	return expand(s, buf_str(&b));
}

static void split(struct scenario *s, struct step *st)
{
	str rest = st->rest;
	st->words = arena_many(s->a, str, rest.n + 1);
	st->n_words = 0;
	while (str_trim(rest).n > 0)
		st->words[st->n_words++] = word(s, &rest);
}

/* Takes one step, with its indented lines, off *text. False at the end. */
static bool next_step(struct scenario *s, str *text, int *line, struct step *ret)
{
	str one;
	*ret = (struct step){ 0 };
	while (str_next(text, '\n', &one)) {
		++*line;
		if (one.n && one.p[0] != '#' && one.p[0] != '\t')
			break;
		one.n = 0;
	}
	if (!one.n)
		return false;
	ret->line = *line;
	ret->rest = one;
	str_next(&ret->rest, ' ', &ret->verb);
	ret->rest = str_trim(ret->rest);
	ret->block = arena_many(s->a, str, 200);
	while (text->n && text->p[0] == '\t' && ret->n_block < 200) {
		++*line;
		str_next(text, '\n', &one);
		ret->block[ret->n_block++] = str_slice(one, 1, one.n);
	}
	return true;
}

/* ---- playing it ---- */

/* file NAME, then indented lines: each ends with LF; a line in quotes is taken as it says, with no end of its own. */
static void make_file(struct scenario *s, const struct step *st)
{
	char path[200];
	snprintf(path, sizeof path, "%s/%.*s", s->dir, STR_ARG(st->rest));
	FILE *f = fopen(path, "wb");
	if (!f) {
		fails(s, "%s: %s", path, strerror(errno));
		return;
	}
	for (size_t i = 0; i < st->n_block; i++) {
		str line = st->block[i];
		bool quoted = line.n > 1 && line.p[0] == '"' && line.p[line.n - 1] == '"' && str_find_byte(line, ',') < 0;
		line = quoted ? word(s, &line) : expand(s, line);
		fprintf(f, quoted ? "%.*s" : "%.*s\n", STR_ARG(line));
	}
	fclose(f);
}

static bool scenery_step(struct scenario *s, const struct step *st)
{
	if (str_eq(st->verb, S("server")))
		server_start(s, st);
	else if (str_eq(st->verb, S("stop")))
		server_stop(s);
	else if (str_eq(st->verb, S("kill")))
		server_kill(s);
	else if (str_eq(st->verb, S("exec")))
		command(s, st);
	else if (str_eq(st->verb, S("file")))
		make_file(s, st);
	else if (str_eq(st->verb, S("errors-logged")))
		s->may_log_errors = true;
	else
		return false;
	return true;
}

static void close_section(struct scenario *s)
{
	if (s->status > 0)
		fails(s, "the command exited with %d", s->status);
	s->status = -1;
	if (s->failure.p) {
		printf("FAIL %s:%d (%.*s): %.*s\n", s->file, s->failed_line, STR_ARG(s->section), STR_ARG(s->failure));
		printf("    answer: %d, %zu bytes: %.*s\n", s->reply.status, s->reply.body.n, STR_ARG(str_slice(s->reply.body, 0, 1500)));
		if (s->err.n)
			printf("    stderr: %.*s\n", STR_ARG(s->err));
		server_log(s, stdout);
		s->failed++;
	} else if (s->section.n) {
		s->passed++;
	}
	s->failure = (str){ NULL, 0 };
	s->failed_line = 0;
}

/* A command that fails is a failure, unless the next thing said about it is `exit`. */
static void mind_exit(struct scenario *s, const struct step *st)
{
	bool looks = str_eq(st->verb, S("exit")) || str_eq(st->verb, S("err")) || str_eq(st->verb, S("text"));
	if (s->status > 0 && !looks)
		fails(s, "the command exited with %d", s->status);
}

static void play(struct scenario *s, const struct step *st)
{
	if (str_eq(st->verb, S("test"))) {
		close_section(s);
		if (s->section.n || !s->failed)  /* what the file begins with has failed: nothing that follows can hold */
			s->section = st->rest;
		s->weight = 0;
		return;
	}
	if (s->failure.p)
		return;
	if (str_eq(st->verb, S("needs"))) {
		str path = str_copy(s->a, expand(s, st->rest));
		if (access(path.p, R_OK) != 0)
			s->skip = str_printf(s->a, "%s is not here", path.p);
		return;
	}
	mind_exit(s, st);
	if (!s->failure.p && !scenery_step(s, st) && !request_step(s, st) && !expect_step(s, st))
		fails(s, "no such step: %.*s", STR_ARG(st->verb));
	if (s->failure.p && !s->failed_line)
		s->failed_line = st->line;
}

static str text_of(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct buf b = buf_new(a, 1 << 20);
	char *room = buf_room(&b, 1 << 19);
	if (f && room)
		b.n = fread(room, 1, 1 << 19, f);
	if (f)
		fclose(f);
	return buf_str(&b);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st, (void)type, (void)ftw;
	return remove(path);
}

static void scenery(struct scenario *s)
{
	const char *place = getenv("TMPDIR");
	snprintf(s->dir, sizeof s->dir, "%.*s/gabare-scenario-XXXXXX", (int)sizeof s->dir - 32, place && *place ? place : "/tmp");
	if (!mkdtemp(s->dir) || !database_make(s))
		die("no place for a scenario: %s", strerror(errno));
	set_var(s, S("dir"), str_c(s->dir));
	set_var(s, S("root"), str_c(s->root));
	const char *shared = getenv("GABARE_SHARED");
	set_var(s, S("shared"), shared ? str_c(shared) : str_printf(s->a, "%s/../shared", s->root));
	set_var(s, S("db"), s->db);
	set_var(s, S("engine"), s->pg ? S("postgresql") : S("sqlite"));
}

/* Plays one file. Its counts go down the pipe to the runner. */
static void run_file(struct scenario *s, int to)
{
	str text = text_of(s->a, s->file);
	struct step st;
	int line = 0;
	scenery(s);
	if (!text.n)
		fails(s, "cannot be read, or is empty");
	while (!s->skip.p && !(s->failed && !s->section.n) && next_step(s, &text, &line, &st)) {
		split(s, &st);
		play(s, &st);
	}
	close_section(s);
	s->section = S("the end");
	server_stop(s);
	close_section(s);
	server_kill(s);
	database_drop(s);
	nftw(s->dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	if (s->skip.p)
		printf("skip %s: %.*s\n", s->file, STR_ARG(s->skip));
	fflush(stdout);
	int counts[3] = { s->passed, s->failed, s->skip.p ? 1 : 0 };
	if (write(to, counts, sizeof counts) != (ssize_t)sizeof counts)
		_exit(1);
}

static pid_t start(const struct scenario *proto, const char *file, int to)
{
	fflush(NULL);
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	struct scenario s = *proto;
	s.a = arena_new(SCENARIO_MEMORY);
	s.file = file;
	s.status = -1;
	run_file(&s, to);
	_exit(0);
}

static bool options(int argc, char **argv, struct scenario *proto, int *jobs)
{
	static const struct option known[] = { { "gabare", required_argument, NULL, 'g' }, { "pg", required_argument, NULL, 'p' },
		{ "root", required_argument, NULL, 'r' }, { "jobs", required_argument, NULL, 'j' }, { NULL, 0, NULL, 0 } };
	for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;) {
		i64 n = 0;
		if (o == 'g')
			proto->gabare = realpath(optarg, NULL);
		else if (o == 'p')
			proto->pg = optarg;
		else if (o == 'r')
			proto->root = realpath(optarg, NULL);
		else if (o == 'j' && str_i64(str_c(optarg), &n) && n > 0)
			*jobs = (int)n;
		else
			return false;
	}
	return proto->gabare && proto->root && optind < argc;
}

int main(int argc, char **argv)
{
	struct scenario proto = { .root = "." };
	int jobs = 2, running = 0, counts[3], total[3] = { 0 }, pipe_of[2];
	if (!options(argc, argv, &proto, &jobs) || pipe(pipe_of) != 0) {
		fprintf(stderr, "usage: scenarios --gabare PROGRAM --root PROJECT [--pg URL] [--jobs N] FILE.t…\n");
		return 2;
	}
	time_init();
	for (int next = optind; next < argc || running > 0;) {
		if (next < argc && running < jobs) {
			start(&proto, argv[next++], pipe_of[1]);
			running++;
			continue;
		}
		int status = 0;
		wait(&status);
		running--;
		if (status != 0)
			total[1]++;
		else if (read(pipe_of[0], counts, sizeof counts) == (ssize_t)sizeof counts)
			for (int i = 0; i < 3; i++)
				total[i] += counts[i];
	}
	printf("%d passed, %d failed", total[0], total[1]);
	printf(total[2] ? ", %d skipped\n" : "\n", total[2]);
	return total[1] > 0;
}
