/* Starts one child per task and passes its answer on; see crew.h. */
#include "app/crew.h"

#include <poll.h>
#include <sodium.h>

#include "base/log.h"

struct task {
	struct child child;
	bool running;
	int client_fd;                           /* where the answer goes */
	struct ipc_head head;
};

struct serving {
	struct process *p;
	const struct crew *crew;
	struct arena *arena;
	struct task task[CREW_MAX];
	int running;
	int first;                               /* the channel looked at first: each in its turn */
	int fd[CLIENT_COUNT], n_fd;
	char room[WAIT_MESSAGE_MAX];
};

struct order { const struct crew *crew; u32 kind; str message; };

static enum err in_child(int in_fd, struct child_out *out, void *arg)
{
	struct order *o = arg;
	(void)in_fd;
	return o->crew->work(o->crew->arg, o->kind, o->message, out);
}

static void answer(struct serving *s, struct task *t, enum err e, str body)
{
	t->head.result = e;
	if (ipc_send(t->client_fd, t->head, body) != OK)
		log_line(LOG_WARN, "answer dropped: the client does not read", "kind=%u", t->head.kind);
	atomic_fetch_add(e == INTERNAL ? s->crew->failed : s->crew->done, 1);
}

static void begin(struct serving *s, int client_fd, struct ipc_head head, str message)
{
	struct order o = { s->crew, head.kind, message };
	for (int i = 0; i < s->crew->at_once; i++) {
		struct task *t = &s->task[i];
		if (t->running)
			continue;
		t->client_fd = client_fd;
		t->head = head;
		enum err e = child_start(in_child, -1, &o, s->crew->limits, &t->child);
		t->running = e == OK;
		s->running += e == OK;
		if (e != OK)
			answer(s, t, e, S(""));
		return;
	}
}

static void take_orders(struct serving *s)
{
	struct ipc_head head;
	str message;
	for (int i = 0; i < s->n_fd && s->running < s->crew->at_once; i++) {
		int fd = s->fd[(s->first + i) % s->n_fd];
		if (ipc_receive(fd, &head, s->room, sizeof(s->room), &message) != OK)
			continue;
		begin(s, fd, head, message);
		sodium_memzero(s->room, message.n);
		s->first = (s->first + i + 1) % s->n_fd;
		i = -1;
	}
}

static void end(struct serving *s, struct task *t)
{
	str body = S(""), more;
	enum err got = child_next(&t->child, s->arena, &body);
	while (got == OK && s->crew->keep && child_next(&t->child, s->arena, &more) == OK)
		s->crew->keep(s->crew->arg, more);
	enum err e = child_end(&t->child);
	t->running = false;
	s->running--;
	answer(s, t, e == OK && got == INTERNAL ? INTERNAL : e, e == OK ? body : S(""));
	arena_reset(s->arena);
}

static nfds_t fill(struct serving *s, struct pollfd *v)
{
	nfds_t n = 0;
	v[n++] = (struct pollfd){ s->p->signal_fd, POLLIN, 0 };
	for (int i = 0; i < s->crew->at_once; i++)
		v[n++] = (struct pollfd){ s->task[i].running ? s->task[i].child.out : -1, POLLIN, 0 };
	for (int i = 0; s->running < s->crew->at_once && i < s->n_fd; i++)
		v[n++] = (struct pollfd){ s->fd[i], POLLIN, 0 };
	return n;
}

void crew_run(struct process *p, const struct crew *c)
{
	static struct serving s;
	struct pollfd v[1 + CREW_MAX + CLIENT_COUNT];
	assert(c->at_once > 0 && c->at_once <= CREW_MAX);
	s = (struct serving){ .p = p, .crew = c, .arena = arena_new(2 * CHILD_RECORD_MAX + (1 << 16)) };
	for (int i = 0; i < CLIENT_COUNT; i++)
		if (p->channels->v[i][c->helper].helper >= 0)
			s.fd[s.n_fd++] = p->channels->v[i][c->helper].helper;
	while (!process_told_to_stop(p)) {
		poll(v, fill(&s, v), -1);
		for (int i = 0; i < c->at_once; i++)
			if (s.task[i].running && v[1 + i].revents)
				end(&s, &s.task[i]);
		take_orders(&s);
	}
}
