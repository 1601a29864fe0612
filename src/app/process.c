/* What every process of the server does alike; see worker.h. */
#include "app/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/log.h"
#include "db/id.h"

#define SECRET_MAX 512

static const char *const role_names[ROLE_COUNT] = { "web", "vault", "jobs", "parser", "outbox", "oidc" };

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

int process_client(const struct process *p)
{
	switch (p->role) {
	case ROLE_WEB:
		return p->index;
	case ROLE_JOBS:
		return CLIENT_JOBS;
	case ROLE_OUTBOX:
		return CLIENT_OUTBOX;
	default:
		return -1;
	}
}

/* ---- the vault ---- */

#define VAULT_PATIENCE_MS 5000                   /* it answers in microseconds, or is being restarted */

static enum err ask_vault(const struct vault_asker *v, u32 kind, str message, str *ret_answer)
{
	static char room[WAIT_MESSAGE_MAX];
	const struct process *p = v->arg;
	enum err result;
	str answer = { 0 };
	try(ipc_ask(p->channels->v[process_client(p)][HELPER_VAULT].client, kind, message, VAULT_PATIENCE_MS, room, sizeof(room), &result, &answer));
	*ret_answer = str_copy(v->a, answer);    /* the room serves for the next question */
	return result;
}

struct vault_asker process_vault(struct process *p, struct arena *a, str id)
{
	return (struct vault_asker){ ask_vault, a, id, p };
}

struct db *process_db_or_none(const struct process *p)
{
	struct arena *a = arena_new(1 << 16);
	struct db_options o = { .shared = p->shared->db, .application = str_printf(a, "gabare %s", process_name(a, p)).p };
	struct db *db = NULL;
	enum err e = db_open(str_z(a, p->config->db_url), o, &db);
	if (e != OK) {
		log_line(LOG_ERROR, "database not opened", "err=%s reason=%s", err_name(e), log_quote(a, str_c(db_error(NULL))));
		db = NULL;
	}
	arena_free(a);
	id_worker(p->shared->id_base + (process_client(p) < 0 ? 0 : process_client(p)));
	return db;
}

struct db *process_db(const struct process *p)
{
	struct db *db = process_db_or_none(p);
	if (!db)
		_exit(EXIT_FAILURE);
	return db;
}

/* The folder that holds a file: "." when the path has none. */
static const char *folder_of(struct arena *a, str path)
{
	size_t n = path.n;
	while (n && path.p[n - 1] != '/')
		n--;
	return n > 1 ? str_z(a, str_slice(path, 0, n - 1)) : n ? "/" : ".";
}

void process_sandbox(const struct process *p, enum sandbox_role role)
{
	struct arena *a = arena_new(1 << 14);
	const char *folders[2] = { str_z(a, p->config->data) };
	size_t n = 1;
	str file = p->config->db_url;
	if (str_starts(file, S("sqlite:")))
		folders[n++] = folder_of(a, str_slice(file, 7, file.n));
	sandbox_enter(role, folders, n);
	arena_free(a);
}

str process_secret(struct arena *a, str path)
{
	char *text = arena_alloc(a, SECRET_MAX);
	if (!path.n)
		return S("");
	int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, text, SECRET_MAX) : -1;
	if (fd >= 0)
		close(fd);
	if (n < 0)
		log_line(LOG_ERROR, "password not read", "path=%s", log_quote(a, path));
	return n > 0 ? str_trim((str){ text, (size_t)n }) : S("");
}

/* Told once, told for good: who asks in the middle of a turn must not take the word from who asks at its end. */
bool process_told_to_stop(const struct process *p)
{
	static bool told;
	struct signalfd_siginfo s;
	told = told || read(p->signal_fd, &s, sizeof(s)) == (ssize_t)sizeof(s);
	return told;
}
