/* What every process of the server does alike; see worker.h. */
#include "app/worker.h"

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"

static const char *const role_names[ROLE_COUNT] = { "web", "vault", "jobs", "parser", "outbox" };

const char *role_name(enum role r)
{
	return role_names[r];
}

const char *process_name(struct arena *a, const struct process *p)
{
	if (p->role != ROLE_WEB)
		return role_name(p->role);
	return str_printf(a, "web%d", p->index).p;
}

struct db *process_db(const struct process *p)
{
	struct arena *a = arena_new(1 << 16);
	struct db_options o = { .shared = p->shared->db, .application = str_printf(a, "gabare %s", process_name(a, p)).p };
	struct db *db = NULL;
	enum err e = db_open(str_z(a, p->config->db_url), o, &db);
	if (e != OK) {
		log_line(LOG_ERROR, "database not opened", "err=%s reason=%s", err_name(e), log_quote(a, str_c(db_error(NULL))));
		_exit(EXIT_FAILURE);
	}
	arena_free(a);
	return db;
}

bool process_told_to_stop(const struct process *p)
{
	struct signalfd_siginfo s;
	return read(p->signal_fd, &s, sizeof(s)) == (ssize_t)sizeof(s);
}

bool process_wait(const struct process *p, int fd, int ms)
{
	struct pollfd v[2] = { { p->signal_fd, POLLIN, 0 }, { fd, POLLIN, 0 } };
	int n = poll(v, fd >= 0 ? 2 : 1, ms);
	return n > 0 && fd >= 0 && v[1].revents;
}
