/* What every process of the server is made of: its role, its numbers, the segment and the channels. The supervisor fills one
 * of these after fork and calls the role's main function, which returns the process's exit code. */
#ifndef GABARE_WORKER_H
#define GABARE_WORKER_H

#include "app/config.h"
#include "app/ipc.h"
#include "base/sandbox.h"
#include "http/seal.h"

enum role { ROLE_WEB, ROLE_VAULT, ROLE_JOBS, ROLE_PARSER, ROLE_OUTBOX, ROLE_OIDC, ROLE_COUNT };

struct process {
	enum role role;
	int index;                               /* of the web worker; 0 otherwise */
	const struct config *config;
	struct shared *shared;
	struct channels *channels;
	int listen_fd, metrics_fd;               /* -1 in those who do not listen */
	int signal_fd;                           /* SIGTERM, as a descriptor */
	const char *tls_cert, *tls_key;          /* PEM texts, or NULL */
};

typedef int process_main(struct process *p);
process_main web_main, vault_main, jobs_main, parser_main, outbox_main, oidc_main;
/* After a failed sync, alone with the database: checkpoints it, so that what is served again is on disk. 0 when it did. */
int jobs_recover(struct process *p);

/* "web", "vault"… Static storage. */
const char *role_name(enum role r);
/* "web3", "vault". In the arena. */
const char *process_name(struct arena *a, const struct process *p);

/* Its number among clients (ipc.h); -1 for those who ask nobody. */
int process_client(const struct process *p);

/* The exit code of a process whose database connection is lost: the supervisor starts another, later each time. */
#define EXIT_LOST 75

/* Opens this process's database connection and sets its ids apart, or ends the process with a log line (the supervisor tries again). */
struct db *process_db(const struct process *p);
/* The same, but NULL when it does not open (a log line says why). */
struct db *process_db_or_none(const struct process *p);
/* How a process that serves no request asks the vault; `id` says for what, in the budget's log. Answers go to `a`. */
struct vault_asker process_vault(struct process *p, struct arena *a, str id);
/* Enters the role's sandbox, with the data folder and the database's. */
void process_sandbox(const struct process *p, enum sandbox_role role);
/* A password or token that a file holds, without white space around it; empty when there is none (a log line says why). */
str process_secret(struct arena *a, str path);
/* True once SIGTERM has come (reads signal_fd). */
bool process_told_to_stop(const struct process *p);

#endif
