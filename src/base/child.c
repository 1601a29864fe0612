/* Work apart; see child.h. */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/log.h"
#include "base/sandbox.h"

#define BUFFER ((size_t)64 << 10)
#define PIECE ((size_t)1 << 20)
#define BEHIND_PAGES 10                          /* niceness: heavy work does not make readers wait */

static void limit(int what, rlim_t value)
{
	struct rlimit r = { value, value };
	setrlimit(what, &r);
}

/* The child's own descriptors become 3 (in) and 4 (out); everything else goes, the parent's locks with it. */
static void keep_descriptors(int *in_fd, int *out_fd)
{
	int in = *in_fd >= 0 ? fcntl(*in_fd, F_DUPFD, 100) : -1;
	int out = fcntl(*out_fd, F_DUPFD, 100);
	int nothing = open("/dev/null", O_RDONLY);
	if (nothing >= 0) {
		dup2(nothing, 0);
		dup2(nothing, 1);
	}
	if (in >= 0)
		dup2(in, 3);
	else
		close(3);
	dup2(out, 4);
	if (close_range(5, ~0u, 0))
		for (int fd = 5; fd < 1024; fd++)
			close(fd);
	*in_fd = in >= 0 ? 3 : -1;
	*out_fd = 4;
}

/* Bytes of addresses that this process has from its parent: mostly reserved and never touched, and not the child's doing. */
static size_t inherited(void)
{
	char text[32];
	unsigned long long pages = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, sizeof(text)) : -1;
	if (fd >= 0)
		close(fd);
	for (ssize_t i = 0; i < n && text[i] >= '0' && text[i] <= '9'; i++)
		pages = pages * 10 + (unsigned)(text[i] - '0');
	return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void obey(struct child_limits l)
{
	sigset_t none;
	sigemptyset(&none);
	signal(SIGTERM, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGALRM, SIG_DFL);
	signal(SIGPIPE, SIG_IGN);
	sigprocmask(SIG_SETMASK, &none, NULL);
	limit(RLIMIT_CPU, (rlim_t)l.cpu_s);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
#ifndef __SANITIZE_ADDRESS__
	limit(RLIMIT_AS, inherited() + l.memory);
#endif
	alarm((unsigned)l.wall_s);
	setpriority(PRIO_PROCESS, 0, BEHIND_PAGES);
}

static _Noreturn void run(child_fn *fn, int in_fd, int out_fd, void *arg, struct child_limits l, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(INTERNAL);
	keep_descriptors(&in_fd, &out_fd);
	struct child_out out = { .fd = out_fd, .buffer = malloc(BUFFER) };
	if (!out.buffer)
		_exit(INTERNAL);
	obey(l);
	sandbox_enter(l.net ? SANDBOX_NET_CHILD : l.fonts ? SANDBOX_PAPER : SANDBOX_CHILD, NULL, 0);
	enum err e = fn(in_fd, &out, arg);
	enum err sent = child_flush(&out);
	_exit((int)(e == OK ? sent : e));
}

enum err child_start(child_fn *fn, int in_fd, void *arg, struct child_limits l, struct child *ret)
{
	int pipe_fd[2];
	pid_t parent = getpid();
	if (pipe2(pipe_fd, O_CLOEXEC))
		return BUSY;
	pid_t pid = fork();
	if (pid == 0)
		run(fn, in_fd, pipe_fd[1], arg, l, parent);
	close(pipe_fd[1]);
	if (pid < 0) {
		close(pipe_fd[0]);
		return BUSY;
	}
	*ret = (struct child){ .pid = pid, .out = pipe_fd[0], .buffer = malloc(BUFFER) };
	if (!ret->buffer)
		die("out of memory");
	return OK;
}

static enum err write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t w = write(fd, p, n);
		if (w < 0 && errno == EINTR)
			continue;
		if (w <= 0)
			return INTERNAL;
		p += w;
		n -= (size_t)w;
	}
	return OK;
}

enum err child_flush(struct child_out *out)
{
	size_t n = out->n;
	out->n = 0;
	return write_all(out->fd, out->buffer, n);
}

enum err child_send(struct child_out *out, str record)
{
	u32 length = (u32)record.n;
	if (record.n > CHILD_RECORD_MAX)
		return INVALID;
	if (out->n + sizeof(length) + record.n > BUFFER)
		try(child_flush(out));
	memcpy(out->buffer + out->n, &length, sizeof(length));
	out->n += sizeof(length);
	if (out->n + record.n > BUFFER) {
		try(child_flush(out));
		return write_all(out->fd, record.p, record.n);
	}
	if (record.n)
		memcpy(out->buffer + out->n, record.p, record.n);
	out->n += record.n;
	return OK;
}

enum err child_send_bytes(struct child_out *out, str bytes)
{
	for (size_t at = 0; at < bytes.n; at += PIECE)
		try(child_send(out, str_slice(bytes, at, at + PIECE)));
	return child_flush(out);
}

/* Fills `to` from the buffer and the pipe. NOT_FOUND: the end, before the first byte. */
static enum err read_exactly(struct child *c, char *to, size_t n)
{
	size_t done = 0;
	while (done < n) {
		if (c->used == c->got) {
			ssize_t r = read(c->out, c->buffer, BUFFER);
			if (r < 0 && errno == EINTR)
				continue;
			if (r <= 0)
				return done || r < 0 ? INTERNAL : NOT_FOUND;
			c->used = 0;
			c->got = (size_t)r;
		}
		size_t take = c->got - c->used < n - done ? c->got - c->used : n - done;
		memcpy(to + done, c->buffer + c->used, take);
		c->used += take;
		done += take;
	}
	return OK;
}

enum err child_next(struct child *c, struct arena *a, str *ret_record)
{
	u32 length;
	try(read_exactly(c, (char *)&length, sizeof(length)));
	if (length > CHILD_RECORD_MAX)
		return INTERNAL;
	char *p = arena_alloc(a, length + 1);
	if (length && read_exactly(c, p, length) != OK)
		return INTERNAL;
	*ret_record = (str){ p, length };
	return OK;
}

enum err child_end(struct child *c)
{
	int status;
	char rest;
	if (c->used < c->got || read(c->out, &rest, 1) > 0)
		kill(c->pid, SIGKILL);
	close(c->out);
	free(c->buffer);
	c->buffer = NULL;
	while (waitpid(c->pid, &status, 0) < 0)
		if (errno != EINTR)
			return INTERNAL;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > INTERNAL)
		return INTERNAL;
	return (enum err)WEXITSTATUS(status);
}

enum err child_made(child_fn *fn, void *arg, struct child_limits l, struct arena *a, size_t max, str *ret)
{
	struct child c;
	struct buf all = buf_new(a, max);
	str piece;
	enum err e;
	try(child_start(fn, -1, arg, l, &c));
	while ((e = child_next(&c, a, &piece)) == OK)
		buf_put(&all, piece);
	if (e != NOT_FOUND)
		kill(c.pid, SIGKILL);
	enum err of_child = child_end(&c);
	*ret = buf_str(&all);
	return e != NOT_FOUND ? e : all.full || (of_child == OK && !all.n) ? INTERNAL : of_child;
}
