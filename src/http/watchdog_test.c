/* Each phase has its deadline, and only what is past it is cut. */
#include "http/watchdog.h"

#include <sys/socket.h>
#include <unistd.h>

#include "unit.h"

static const struct deadlines deadlines = { .request_us = 10, .long_us = 600, .idle_us = 15 };

/* A connection in this phase since 1000: is it cut at `now`? */
static bool cut_at(enum phase p, bool draining, i64 now)
{
	int pair[2];
	char byte;
	struct connection c = { .phase = p, .since_us = 1000 };

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
	c.fd = pair[0];
	unsigned n = watchdog_tick(&c, 1, &deadlines, draining, now);
	bool closed = read(pair[1], &byte, 1) == 0;
	assert_int_equal(n, closed);
	assert_int_equal(c.cut, closed);
	assert_int_equal(watchdog_tick(&c, 1, &deadlines, draining, now), 0); /* once */
	close(pair[0]);
	close(pair[1]);
	return closed;
}

TEST(watchdog_cuts_after_each_phases_deadline)
{
	static const struct { enum phase p; i64 allowed; } phases[] = {
		{ PHASE_NEW, 10 }, { PHASE_REQUEST, 10 }, { PHASE_ANSWER, 10 }, { PHASE_IDLE, 15 }, { PHASE_LONG_ANSWER, 600 },
	};

	for (size_t i = 0; i < lengthof(phases); i++) {
		assert_false(cut_at(phases[i].p, false, 1000 + phases[i].allowed - 1));
		assert_true(cut_at(phases[i].p, false, 1000 + phases[i].allowed));
	}
	assert_false(cut_at(PHASE_WORK, false, INT64_MAX));
	assert_false(cut_at(PHASE_FREE, false, INT64_MAX));
}

TEST(watchdog_closes_the_silent_when_draining)
{
	assert_true(cut_at(PHASE_IDLE, true, 1000));
	assert_false(cut_at(PHASE_NEW, true, 1000 + 499999));
	assert_true(cut_at(PHASE_NEW, true, 1000 + 500000));
	assert_false(cut_at(PHASE_REQUEST, true, 1001));
	assert_false(cut_at(PHASE_ANSWER, true, 1001));
}

TEST(watchdog_counts_the_first_request_from_the_connection)
{
	struct connection c = { .phase = PHASE_NEW, .since_us = 1000 };

	connection_phase(&c, PHASE_REQUEST, 1009);
	assert_int_equal(c.since_us, 1000);
	connection_phase(&c, PHASE_ANSWER, 1011);
	assert_int_equal(c.since_us, 1011);
	connection_phase(&c, PHASE_IDLE, 1012);
	connection_phase(&c, PHASE_REQUEST, 1020);
	assert_int_equal(c.since_us, 1020);
}

TEST(connections_are_counted_by_address)
{
	struct connection v[3] = { { .phase = PHASE_IDLE }, { .phase = PHASE_FREE }, { .phase = PHASE_WORK } };
	struct address other = { { 1 } };

	assert_int_equal(connections_of(v, 3, &v[0].peer), 2);
	assert_int_equal(connections_of(v, 3, &other), 0);
}
