/* Slow clients. libmicrohttpd's timeout only sees silence: a byte a second keeps a connection for ever. Here each connection
 * has a phase and the moment it began; once a second whoever is past the phase's deadline is cut. */
#ifndef GABARE_WATCHDOG_H
#define GABARE_WATCHDOG_H

#include "http/client.h"

enum phase {
	PHASE_FREE,                              /* no connection in this slot */
	PHASE_NEW,                               /* connected, its first request not there yet: the request's deadline runs */
	PHASE_IDLE,                              /* between two requests */
	PHASE_REQUEST,                           /* a request is coming in */
	PHASE_WORK,                              /* ours: being handled, or waiting for a helper */
	PHASE_ANSWER,                            /* an answer is going out */
	PHASE_LONG_ANSWER,                       /* a download is */
};

struct connection {
	enum phase phase;
	i64 since_us;
	int fd;
	bool cut;                                /* past a deadline: shut down, waiting for libmicrohttpd to notice */
	unsigned requests;                       /* begun on it */
	struct address peer;
	void *suspended;                         /* whom mhd.c has to resume before it can stop */
	struct connection *next;                 /* in the list of free slots */
};

struct deadlines { i64 request_us, long_us, idle_us; };

void connection_phase(struct connection *c, enum phase p, i64 now_us);
/* Cuts those past their deadline; with `draining`, the idle ones at once, and those that have not
 * asked anything half a second after they came. Returns how many were cut. */
unsigned watchdog_tick(struct connection *v, size_t n, const struct deadlines *d, bool draining, i64 now_us);
/* Cuts one connection. */
void connection_cut(struct connection *c);
/* How many connections this address has. */
unsigned connections_of(const struct connection *v, size_t n, const struct address *peer);

#endif
