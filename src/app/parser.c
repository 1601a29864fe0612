/* The parser process: starts one sandboxed child per task, as many at once as there are processors, and passes its answer on.
 * What waits beyond them stays in the channels, where dispatch bounds it. */
#include "app/parser.h"

#include <poll.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/worker.h"
#include "base/log.h"

#define TASKS_MAX 8
#define TASK_LIMITS (struct child_limits){ 20, 30, (size_t)512 << 20 }

struct task {
	struct child child;
	bool running;
	int client_fd;                           /* where the answer goes */
	struct ipc_head head;
};

struct parser {
	struct process *p;
	struct arena *arena;
	struct task task[TASKS_MAX];
	int at_once, running;
	int first;                               /* the channel looked at first: each in its turn */
	int fd[CLIENT_COUNT], n_fd;
	char room[WAIT_MESSAGE_MAX];
};

struct order { u32 kind; str message; };

static enum err in_child(int in_fd, struct child_out *out, void *arg)
{
	struct order *o = arg;
	(void)in_fd;
	return parser_task(o->kind, o->message, out);
}

static void answer(struct parser *s, struct task *t, enum err e, str body)
{
	t->head.result = e;
	if (ipc_send(t->client_fd, t->head, body) != OK)
		log_line(LOG_WARN, "answer dropped: the client does not read", "kind=%u", t->head.kind);
	atomic_fetch_add(e == INTERNAL ? &s->p->shared->parser_failed : &s->p->shared->parser_tasks, 1);
}

static void begin(struct parser *s, int client_fd, struct ipc_head head, str message)
{
	struct order o = { head.kind, message };
	for (int i = 0; i < s->at_once; i++) {
		struct task *t = &s->task[i];
		if (t->running)
			continue;
		t->client_fd = client_fd;
		t->head = head;
		enum err e = child_start(in_child, -1, &o, TASK_LIMITS, &t->child);
		t->running = e == OK;
		s->running += e == OK;
		if (e != OK)
			answer(s, t, e, S(""));
		return;
	}
}

static void take_orders(struct parser *s)
{
	struct ipc_head head;
	str message;
	for (int i = 0; i < s->n_fd && s->running < s->at_once; i++) {
		int fd = s->fd[(s->first + i) % s->n_fd];
		if (ipc_receive(fd, &head, s->room, sizeof(s->room), &message) != OK)
			continue;
		begin(s, fd, head, message);
		sodium_memzero(s->room, message.n);
		s->first = (s->first + i + 1) % s->n_fd;
		i = -1;
	}
}

static void end(struct parser *s, struct task *t)
{
	str body = S("");
	enum err got = child_next(&t->child, s->arena, &body);
	enum err e = child_end(&t->child);
	t->running = false;
	s->running--;
	answer(s, t, e == OK && got == INTERNAL ? INTERNAL : e, e == OK ? body : S(""));
	arena_reset(s->arena);
}

static nfds_t fill(struct parser *s, struct pollfd *v)
{
	nfds_t n = 0;
	v[n++] = (struct pollfd){ s->p->signal_fd, POLLIN, 0 };
	for (int i = 0; i < s->at_once; i++)
		v[n++] = (struct pollfd){ s->task[i].running ? s->task[i].child.out : -1, POLLIN, 0 };
	for (int i = 0; s->running < s->at_once && i < s->n_fd; i++)
		v[n++] = (struct pollfd){ s->fd[i], POLLIN, 0 };
	return n;
}

static void open_parser(struct parser *s, struct process *p)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	if (sodium_init() < 0)
		die("libsodium does not start");
	s->p = p;
	s->arena = arena_new(CHILD_RECORD_MAX + (1 << 16));
	s->at_once = processors < 2 ? 2 : processors > TASKS_MAX ? TASKS_MAX : (int)processors;
	for (int i = 0; i < CLIENT_COUNT; i++)
		if (p->channels->v[i][HELPER_PARSER].helper >= 0)
			s->fd[s->n_fd++] = p->channels->v[i][HELPER_PARSER].helper;
}

int parser_main(struct process *p)
{
	static struct parser s;
	struct pollfd v[1 + TASKS_MAX + CLIENT_COUNT];
	open_parser(&s, p);
	prctl(PR_SET_DUMPABLE, 0);
	process_sandbox(p, SANDBOX_PARSER);
	while (!process_told_to_stop(p)) {
		poll(v, fill(&s, v), -1);
		for (int i = 0; i < s.at_once; i++)
			if (s.task[i].running && v[1 + i].revents)
				end(&s, &s.task[i]);
		take_orders(&s);
	}
	return EXIT_SUCCESS;
}
