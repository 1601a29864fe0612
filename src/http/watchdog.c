/* See watchdog.h. */
#include "http/watchdog.h"

#include <sys/socket.h>

void connection_phase(struct connection *c, enum phase p, i64 now_us)
{
	/* the first request's time runs from the connection: headers and body together must come in time */
	bool same_clock = c->phase == PHASE_NEW && p == PHASE_REQUEST;

	c->phase = p;
	if (!same_clock)
		c->since_us = now_us;
}

/* Who has just connected is about to ask, and the server they would turn to is this one: refused, a reload would show. */
#define DRAIN_NEW_US ((i64)500000)

static i64 allowed_us(enum phase p, const struct deadlines *d, bool draining)
{
	switch (p) {
	case PHASE_NEW:
		return draining ? DRAIN_NEW_US : d->request_us;
	case PHASE_IDLE:
		return draining ? 0 : d->idle_us;
	case PHASE_REQUEST:
	case PHASE_ANSWER:
		return d->request_us;
	case PHASE_LONG_ANSWER:
		return d->long_us;
	default:
		return INT64_MAX;
	}
}

void connection_cut(struct connection *c)
{
	c->cut = true;
	shutdown(c->fd, SHUT_RDWR);
}

unsigned watchdog_tick(struct connection *v, size_t n, const struct deadlines *d, bool draining, i64 now_us)
{
	unsigned n_cut = 0;

	for (size_t i = 0; i < n; i++) {
		if (v[i].cut || now_us - v[i].since_us < allowed_us(v[i].phase, d, draining))
			continue;
		connection_cut(&v[i]);
		n_cut++;
	}
	return n_cut;
}

unsigned connections_of(const struct connection *v, size_t n, const struct address *peer)
{
	unsigned count = 0;

	for (size_t i = 0; i < n; i++)
		count += v[i].phase != PHASE_FREE && memcmp(&v[i].peer, peer, sizeof *peer) == 0;
	return count;
}
