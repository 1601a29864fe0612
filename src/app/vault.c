/* The vault: holds the keys, answers messages, opens no file and talks to nobody else. Budgets bound what a broken web
 * process can have opened: over them it is refused, and the log says which worker, for what. */
#include "app/vault.h"

#include <poll.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/worker.h"
#include "base/log.h"
#include "base/timex.h"

#define ARENA ((size_t)1 << 20)

struct budget { i64 minute, opened; bool told; };

struct vault {
	struct process *p;
	struct keys *keys;
	struct arena *arena;
	struct budget budget[CLIENT_COUNT];
	char room[WAIT_MESSAGE_MAX];
};

static bool within_budget(struct vault *v, int client, u32 kind, str message)
{
	struct budget *b = &v->budget[client];
	str id, purpose;
	size_t n = vault_openings(kind, message, &id, &purpose);
	i64 minute = mono_us() / 60000000;
	if (!n)
		return true;
	if (b->minute != minute)
		*b = (struct budget){ .minute = minute };
	b->opened += (i64)n;
	if (b->opened <= v->p->config->opens_per_minute)
		return true;
	atomic_fetch_add(&v->p->shared->vault_refused, 1);
	if (!b->told)
		log_line(LOG_ERROR, "vault budget passed: openings refused until the next minute", "client=%d id=%s purpose=%s", client,
		         log_quote(v->arena, id), log_quote(v->arena, purpose));
	b->told = true;
	return false;
}

static void serve_one(struct vault *v, int client, int fd)
{
	struct ipc_head head;
	str body;
	while (ipc_receive(fd, &head, v->room, sizeof(v->room), &body) == OK) {
		str answer = S("");
		enum err e = FORBIDDEN;
		if (within_budget(v, client, head.kind, body))
			e = vault_answer(v->keys, v->arena, head.kind, body, &answer);
		head.result = e;
		if (ipc_send(fd, head, e == OK ? answer : S("")) != OK)
			log_line(LOG_WARN, "answer dropped: the client does not read", "client=%d", client);
		atomic_fetch_add_explicit(&v->p->shared->vault_calls, 1, memory_order_relaxed);
		arena_reset(v->arena);
	}
}

static void load_master(struct vault *v)
{
	struct key_ring ring;
	const char *problem = NULL, *path = vault_key_path(v->arena, v->p->config);
	if (!path) {
		log_line(LOG_WARN, "no master key: encrypted columns are closed", "see=\"gabare keys init\"");
		return;
	}
	enum err e = key_ring_read(path, &ring, &problem);
	if (e != OK) {
		log_line(LOG_ERROR, "master key not read: encrypted columns are closed", "path=%s reason=\"%s\"", log_quote(v->arena, str_c(path)), problem);
		return;
	}
	keys_of_ring(v->keys, &ring);
	sodium_memzero(&ring, sizeof(ring));
	sodium_mprotect_readonly(v->keys);
	log_line(LOG_INFO, "master key loaded", "id=%s before=%s", v->keys->id, *v->keys->before ? v->keys->before : "none");
}

static void no_dumps(void)
{
	struct rlimit none = { 0, 0 };
	prctl(PR_SET_DUMPABLE, 0);
	setrlimit(RLIMIT_CORE, &none);
}

int vault_main(struct process *p)
{
	static struct vault v;
	struct pollfd fd[CLIENT_COUNT + 1];
	int client[CLIENT_COUNT + 1];
	nfds_t n = 0;
	no_dumps();
	v.p = p;
	v.keys = keys_new();
	v.arena = arena_new(ARENA);
	load_master(&v);
	arena_reset(v.arena);
	fd[n++] = (struct pollfd){ p->signal_fd, POLLIN, 0 };
	for (int i = 0; i < CLIENT_COUNT; i++)
		if (p->channels->v[i][HELPER_VAULT].helper >= 0) {
			client[n] = i;
			fd[n++] = (struct pollfd){ p->channels->v[i][HELPER_VAULT].helper, POLLIN, 0 };
		}
	process_sandbox(p, SANDBOX_VAULT);
	while (!process_told_to_stop(p)) {
		poll(fd, n, -1);
		for (nfds_t i = 1; i < n; i++)
			if (fd[i].revents)
				serve_one(&v, client[i], fd[i].fd);
	}
	sodium_free(v.keys);
	return EXIT_SUCCESS;
}
