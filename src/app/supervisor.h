/* The supervisor: starts the processes, restarts the dead, stops and reloads them by draining. It owns the listening sockets,
 * the channels and the shared segment; it parses nothing that comes from outside and never opens the database (a connection
 * open across fork would leave its children without any lock). */
#ifndef GABARE_SUPERVISOR_H
#define GABARE_SUPERVISOR_H

#include "app/config.h"

/* What the command line adds to the configuration, applied again at each reload. */
typedef enum err config_again_fn(struct arena *a, void *arg, struct config *ret);

struct supervisor_options {
	const struct config *config;
	config_again_fn *again;                  /* reads the configuration anew, for SIGHUP */
	void *arg;
};

/* Serves until SIGTERM or SIGINT; returns the exit code of the program. */
int supervise(const struct supervisor_options *o);

#endif
