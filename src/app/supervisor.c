/* The supervisor; see supervisor.h. One loop over signals and a clock; every child is a slot that is running, waiting to be
 * started again, or told to leave. */
#include "app/supervisor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/listen.h"
#include "app/worker.h"
#include "base/log.h"
#include "base/timex.h"

#define TICK_MS 100
#define LOCK_HELD_MAX_US 5000000
#define BACKOFF_FIRST_US 100000
#define BACKOFF_MAX_US 10000000
#define STEADY_US 10000000                       /* a process that lived this long starts again at once */
#define SLOTS_MAX (WORKERS_MAX + ROLE_COUNT)

struct slot {
	enum role role;
	int index;
	pid_t pid;                               /* 0: not running */
	i64 started_us, start_at_us;             /* start_at_us: when to start it again */
	i64 told_us;                             /* when it was told to leave; 0: it was not */
	int failures;                            /* quick deaths in a row */
};

struct supervisor {
	const struct supervisor_options *o;
	struct config *config;
	struct arena *arena, *config_arena;
	struct shared *shared;
	struct channels channels;
	int listen_fd, metrics_fd, signal_fd;
	const char *tls_cert, *tls_key;
	struct slot slot[SLOTS_MAX];
	int slots;
	bool stopping;
	int reloading;                           /* the slot being renewed; -1: none */
	bool recovering;                         /* a sync has failed: everybody leaves, then starts on a sound file */
};

static process_main *const mains[ROLE_COUNT] = { web_main, vault_main, jobs_main, parser_main, outbox_main, oidc_main };

/* ---- children ---- */

static int helper_of(enum role r)
{
	static const int helper[ROLE_COUNT] = { -1, HELPER_VAULT, HELPER_JOBS, HELPER_PARSER, -1, HELPER_OIDC };
	return helper[r];
}

static int signals_of_child(void)
{
	sigset_t set;
	signal(SIGINT, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_SETMASK, &set, NULL);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static _Noreturn void child(struct supervisor *s, const struct slot *slot, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(EXIT_FAILURE);
	close(s->signal_fd);
	struct process p = { slot->role, slot->index, s->config, s->shared, &s->channels, s->listen_fd, s->metrics_fd,
	                     signals_of_child(), s->tls_cert, s->tls_key };
	ipc_keep(&s->channels, process_client(&p), helper_of(slot->role));
	if (slot->role != ROLE_WEB) {
		close(p.listen_fd);
		p.listen_fd = -1;
	}
	if ((slot->role != ROLE_WEB || slot->index != 0) && p.metrics_fd >= 0) {
		close(p.metrics_fd);
		p.metrics_fd = -1;
	}
	log_process(process_name(s->arena, &p));
	prctl(PR_SET_NAME, process_name(s->arena, &p));        /* what ps and top show: web3, vault… */
	exit(mains[slot->role](&p));
}

static void start(struct supervisor *s, struct slot *slot)
{
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0)
		child(s, slot, parent);
	slot->started_us = mono_us();
	slot->told_us = 0;
	if (pid > 0) {
		slot->pid = pid;
		return;
	}
	log_line(LOG_ERROR, "fork failed", "proc=%s errno=%d", role_name(slot->role), errno);
	slot->start_at_us = mono_us() + BACKOFF_MAX_US / 10;
}

static void tell_to_leave(struct slot *slot)
{
	if (!slot->pid || slot->told_us)
		return;
	slot->told_us = mono_us();
	kill(slot->pid, SIGTERM);
}

static bool any_running(const struct supervisor *s)
{
	for (int i = 0; i < s->slots; i++)
		if (s->slot[i].pid)
			return true;
	return false;
}

static void back_off(struct slot *slot)
{
	bool steady = mono_us() - slot->started_us > STEADY_US;
	i64 wait = 0;
	slot->failures = steady ? 0 : slot->failures + 1;
	if (slot->failures > 1)
		wait = BACKOFF_FIRST_US << (slot->failures < 9 ? slot->failures - 2 : 7);
	slot->start_at_us = mono_us() + (wait < BACKOFF_MAX_US ? wait : BACKOFF_MAX_US);
}

static void buried(struct supervisor *s, struct slot *slot, int status)
{
	bool expected = (slot->told_us || s->stopping) && (WIFEXITED(status) || WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM);
	if (WIFSIGNALED(status) && !expected) {
		log_line(LOG_ERROR, "process crashed", "name=%s%d pid=%d signal=%d core=%d", role_name(slot->role), slot->index, slot->pid,
		         WTERMSIG(status), WCOREDUMP(status) ? 1 : 0);
		atomic_fetch_add(&s->shared->crashes, 1);
	} else if (!expected && WEXITSTATUS(status) == EXIT_LOST)
		log_line(LOG_WARN, "database connection lost", "name=%s%d pid=%d", role_name(slot->role), slot->index, slot->pid);
	else if (!expected)
		log_line(LOG_WARN, "process left", "name=%s%d pid=%d exit=%d", role_name(slot->role), slot->index, slot->pid, WEXITSTATUS(status));
	if (slot->role == ROLE_WEB)
		shared_forget_worker(s->shared, slot->index);
	if (expected || (slot->role == ROLE_WEB && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_LOST))
		slot->start_at_us = mono_us();     /* a web process without database answers 503 for a while: no need to wait */
	else {
		atomic_fetch_add(&s->shared->restarts, 1);
		back_off(slot);
	}
	slot->pid = 0;
	slot->told_us = 0;
}

static void reap(struct supervisor *s)
{
	int status;
	pid_t pid;
	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (int i = 0; i < s->slots; i++)
			if (s->slot[i].pid == pid)
				buried(s, &s->slot[i], status);
}

/* ---- the clock's duties ---- */

static void kill_the_late(struct supervisor *s)
{
	i64 limit = (s->config->drain_s + 1) * 1000000;
	for (int i = 0; i < s->slots; i++) {
		struct slot *slot = &s->slot[i];
		if (!slot->pid || !slot->told_us || mono_us() - slot->told_us < limit)
			continue;
		log_line(LOG_WARN, "process killed: it would not leave", "name=%s%d pid=%d", role_name(slot->role), slot->index, slot->pid);
		kill(slot->pid, SIGKILL);
		slot->told_us = mono_us();
	}
}

static void kill_lock_holder(struct supervisor *s)
{
	int pid = 0;
	i64 since = 0;
	db_shared_holder(s->shared->db, &pid, &since);
	if (!since || mono_us() - since < LOCK_HELD_MAX_US)
		return;
	for (int i = 0; i < s->slots; i++)
		if (pid > 0 && s->slot[i].pid == pid) {
			log_line(LOG_ERROR, "write lock held too long: holder killed", "name=%s%d pid=%d held_ms=%lld", role_name(s->slot[i].role),
			         s->slot[i].index, pid, (long long)(mono_us() - since) / 1000);
			atomic_fetch_add(&s->shared->lock_kills, 1);
			kill(pid, SIGKILL);
			return;
		}
}

static void recover(struct supervisor *s)
{
	if (!s->recovering && db_shared_poisoned(s->shared->db)) {
		log_line(LOG_ERROR, "a sync has failed: nothing more is acknowledged; starting again alone", "commits=%llu",
		         (unsigned long long)db_shared_commits(s->shared->db));
		s->recovering = true;
		for (int i = 0; i < s->slots; i++)
			if (s->slot[i].pid)
				kill(s->slot[i].pid, SIGKILL);
	}
	if (!s->recovering || any_running(s))
		return;
	db_shared_init(s->shared->db);
	pid_t parent = getpid();
	pid_t pid = fork();
	if (pid == 0) {
		struct process p = { .role = ROLE_JOBS, .config = s->config, .shared = s->shared };
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != parent)
			_exit(EXIT_FAILURE);
		log_process("recovery");
		exit(jobs_recover(&p));
	}
	int status = 1;
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
		log_line(LOG_ERROR, "recovery failed: trying again", "status=%d", status);
		usleep(BACKOFF_MAX_US / 10);
		return;
	}
	log_line(LOG_WARN, "recovered: serving again", "pid=%d", (int)pid);
	s->recovering = false;
}

static void start_the_missing(struct supervisor *s)
{
	if (s->stopping || s->recovering)
		return;
	for (int i = 0; i < s->slots; i++)
		if (!s->slot[i].pid && mono_us() >= s->slot[i].start_at_us)
			start(s, &s->slot[i]);
}

/* Renews the slots one after the other: the next is told to leave once the one before is back. */
static void reload_step(struct supervisor *s)
{
	if (s->reloading < 0 || s->stopping)
		return;
	const struct slot *now = &s->slot[s->reloading];
	if (now->told_us || !now->pid)
		return;
	if (++s->reloading == s->slots) {
		s->reloading = -1;
		log_line(LOG_INFO, "reloaded", "processes=%d", s->slots);
		service_notify("READY=1");
		return;
	}
	tell_to_leave(&s->slot[s->reloading]);
}

static const char *read_pem(struct arena *a, str path)
{
	char *text = arena_alloc(a, 1 << 16);
	int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, (1 << 16) - 1) : -1;
	if (fd >= 0)
		close(fd);
	if (n > 0)
		return text;
	log_line(LOG_ERROR, "cannot read TLS file", "path=%s", log_quote(a, path));
	return NULL;
}

static bool read_tls(const struct config *c, struct arena *a, const char **ret_cert, const char **ret_key)
{
	if (!c->tls_cert.n)
		return true;
	*ret_cert = read_pem(a, c->tls_cert);
	*ret_key = read_pem(a, c->tls_key);
	return *ret_cert && *ret_key;
}

static void reload(struct supervisor *s)
{
	const char *cert = NULL, *key = NULL;
	struct arena *a = arena_new(1 << 20);
	struct config *c = arena_one(a, struct config);
	if (s->reloading >= 0 || s->o->again(a, s->o->arg, c) != OK || !read_tls(c, a, &cert, &key)) {
		log_line(LOG_ERROR, "not reloaded: the configuration is wrong, or a reload is under way", "reloading=%d", s->reloading);
		arena_free(a);
		return;
	}
	service_notify("RELOADING=1");
	arena_free(s->config_arena);
	s->config_arena = a;
	s->config = c;
	s->tls_cert = cert;
	s->tls_key = key;
	s->reloading = 0;
	tell_to_leave(&s->slot[0]);
}

/* Web processes first, then those that they ask; the vault last: who waited for its answer would be late. */
static void stop_step(struct supervisor *s)
{
	static const int place[] = { [ROLE_WEB] = 0, [ROLE_PARSER] = 1, [ROLE_JOBS] = 1, [ROLE_OUTBOX] = 1, [ROLE_OIDC] = 1, [ROLE_VAULT] = 2 };
	int first = place[ROLE_VAULT];
	for (int i = 0; i < s->slots; i++)
		if (s->slot[i].pid && place[s->slot[i].role] < first)
			first = place[s->slot[i].role];
	for (int i = 0; i < s->slots; i++)
		if (place[s->slot[i].role] == first)
			tell_to_leave(&s->slot[i]);
}

/* ---- life ---- */

static void on_signals(struct supervisor *s)
{
	struct signalfd_siginfo info;
	while (read(s->signal_fd, &info, sizeof(info)) == (ssize_t)sizeof(info)) {
		if (info.ssi_signo == SIGHUP)
			reload(s);
		if (info.ssi_signo != SIGTERM && info.ssi_signo != SIGINT)
			continue;
		if (!s->stopping)
			log_line(LOG_INFO, "stopping", "signal=%u", info.ssi_signo);
		service_notify("STOPPING=1");
		s->stopping = true;
	}
}

static void loop(struct supervisor *s)
{
	for (;;) {
		struct pollfd p = { s->signal_fd, POLLIN, 0 };
		poll(&p, 1, TICK_MS);
		on_signals(s);
		reap(s);
		kill_the_late(s);
		kill_lock_holder(s);
		if (s->stopping)
			stop_step(s);
		else
			recover(s);
		if (s->stopping && !any_running(s))
			return;
		start_the_missing(s);
		reload_step(s);
	}
}

static bool open_sockets(struct supervisor *s)
{
	str problem = S("");
	s->metrics_fd = -1;
	s->listen_fd = listen_inherited();
	if (s->listen_fd < 0)
		s->listen_fd = listen_on(s->arena, s->config->listen, (int)s->config->port, &problem);
	if (s->listen_fd >= 0 && s->config->metrics_port) {
		s->metrics_fd = listen_on(s->arena, S("127.0.0.1"), (int)s->config->metrics_port, &problem);
		if (s->metrics_fd < 0)
			return log_line(LOG_ERROR, "cannot serve", "reason=%s", log_quote(s->arena, problem)), false;
	}
	if (s->listen_fd < 0)
		log_line(LOG_ERROR, "cannot serve", "reason=%s", log_quote(s->arena, problem));
	return s->listen_fd >= 0;
}

/* The vault and one web process come first: somebody answers before all compete for the processors. */
static void fill_slots(struct supervisor *s)
{
	i64 later = mono_us() + TICK_MS * 500;
	static const enum role helpers[] = { ROLE_VAULT, ROLE_PARSER, ROLE_JOBS, ROLE_OUTBOX, ROLE_OIDC };
	for (size_t i = 0; i < lengthof(helpers); i++)
		s->slot[s->slots++] = (struct slot){ .role = helpers[i], .start_at_us = helpers[i] == ROLE_VAULT ? 0 : later };
	for (int i = 0; i < (int)s->config->workers; i++)
		s->slot[s->slots++] = (struct slot){ .role = ROLE_WEB, .index = i, .start_at_us = i == 0 ? 0 : later };
}

static void block_signals(struct supervisor *s)
{
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	s->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
	if (s->signal_fd < 0)
		die("signalfd: errno=%d", errno);
}

int supervise(const struct supervisor_options *o)
{
	static struct supervisor s;
	s.o = o;
	s.arena = arena_new(1 << 20);
	s.config_arena = arena_new(1 << 20);
	s.config = arena_one(s.config_arena, struct config);
	*s.config = *o->config;
	s.reloading = -1;
	log_process("supervisor");
	block_signals(&s);
	if (!open_sockets(&s) || !read_tls(s.config, s.config_arena, &s.tls_cert, &s.tls_key))
		return EXIT_FAILURE;
	s.shared = shared_new();
	ipc_open(&s.channels, (int)s.config->workers);
	fill_slots(&s);
	start_the_missing(&s);
	log_line(LOG_INFO, "serving", "url=%s://%.*s:%d/ workers=%d", s.tls_cert ? "https" : "http", STR_ARG(s.config->listen),
	         listen_port(s.listen_fd), (int)s.config->workers);
	service_notify("READY=1");
	loop(&s);
	log_line(LOG_INFO, "stopped", "processes=%d", s.slots);
	return EXIT_SUCCESS;
}
