/* Many hostile connections at once, and users who go on asking meanwhile; see talk.h. */
#include "talk.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/timex.h"

/* Besiegers come from ten addresses: from one alone, a worker that had accepted most of them would refuse its users too, who share it. */
#define ENEMY_ADDRESSES 10
#define DRIP_MS 700                              /* a byte each */
#define USER_MS 50
#define USERS_MAX 4000
#define PIPELINED 100                            /* requests of a client that never reads */

const char *const siege_names[] = { "slow headers", "slow bodies", "slow readers", "silent", "all kinds" };

struct enemy { int fd; enum siege_kind kind; i64 next_ms; bool cut; };

static i64 ms_now(void) { return mono_us() / 1000; }

static int compare(const void *a, const void *b)
{
	i64 x = *(const i64 *)a, y = *(const i64 *)b;

	return x < y ? -1 : x > y;
}

/* What users have met so far. */
struct diary { i64 us[USERS_MAX]; int n, failed; };

static void one_user(struct diary *d, int port, const char *path)
{
	struct talk t = ask(port, path);

	if (t.status != 200)
		d->failed++;
	else if (d->n < USERS_MAX)
		d->us[d->n++] = t.us;
}

static struct latencies sum_up(struct diary *d)
{
	qsort(d->us, (size_t)d->n, sizeof d->us[0], compare);
	if (d->n == 0)
		return (struct latencies){ .failed = d->failed };
	return (struct latencies){ d->us[d->n / 2], d->us[d->n * 99 / 100], d->us[d->n - 1], d->n, d->failed };
}

struct latencies users(int port, const char *path, int n, int every_ms)
{
	static struct diary d;

	d = (struct diary){ .n = 0 };
	for (int i = 0; i < n; i++) {
		one_user(&d, port, path);
		usleep((useconds_t)every_ms * 1000);
	}
	return sum_up(&d);
}

/* The enemy's first words. */
static void greet(struct enemy *e, const char *path)
{
	char text[200];
	int n = 0;

	if (e->kind == SLOW_HEADERS)
		n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", path);
	if (e->kind == SLOW_BODIES)
		n = snprintf(text, sizeof text, "POST /lieux/x/erreur HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000\r\n"
		             "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
	if (e->kind == SLOW_READERS)
		n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
	for (int i = 0; i < (e->kind == SLOW_READERS ? PIPELINED : 1); i++)
		if (send(e->fd, text, (size_t)n, MSG_NOSIGNAL) != n)
			return;
}

/* One more byte, or a look at whether the server has cut the connection (a slow reader must not read). */
static void annoy(struct enemy *e, i64 now)
{
	char byte = 'a';

	if (e->cut || now < e->next_ms)
		return;
	e->next_ms = now + DRIP_MS;
	if (e->kind == SLOW_READERS || e->kind == SILENT) {
		int fault = 0;
		socklen_t size = sizeof fault;
		bool over = e->kind == SILENT && recv(e->fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0;
		getsockopt(e->fd, SOL_SOCKET, SO_ERROR, &fault, &size);
		e->cut = over || fault != 0 || (e->kind == SLOW_READERS && send(e->fd, &byte, 1, MSG_NOSIGNAL) < 0 && errno != EAGAIN);
		return;
	}
	bool closed = recv(e->fd, &byte, 1, MSG_DONTWAIT) == 0;
	byte = 'a';
	e->cut = closed || (send(e->fd, &byte, 1, MSG_NOSIGNAL) < 0 && errno != EAGAIN);
}

static int gather(struct enemy *v, int n, int port, enum siege_kind kind, const char *path)
{
	int opened = 0;

	for (int i = 0; i < n; i++) {
		struct enemy *e = &v[opened];
		*e = (struct enemy){ .kind = kind == ALL_KINDS ? (enum siege_kind)(i % ALL_KINDS) : kind };
		e->fd = dial(port, e->kind == SLOW_READERS ? 4096 : 0, (u8)(1 + i % ENEMY_ADDRESSES));
		if (e->fd < 0)
			continue;
		greet(e, path);
		e->next_ms = ms_now() + i % DRIP_MS;
		opened++;
	}
	return opened;
}

static void note_cuts(struct siege *s, const struct enemy *v, i64 began)
{
	int cut = 0;

	for (int i = 0; i < s->opened; i++)
		cut += v[i].cut;
	if (cut == s->cut)
		return;
	s->last_cut_ms = ms_now() - began;
	if (s->cut == 0)
		s->first_cut_ms = s->last_cut_ms;
	s->cut = cut;
}

struct siege siege(int port, enum siege_kind kind, int n, int most_ms, const char *path)
{
	static struct diary d;
	struct enemy *v = calloc((size_t)n, sizeof *v);
	struct siege s = { .n = n };
	i64 began = ms_now(), next_user = began;

	assert(v);
	d = (struct diary){ .n = 0 };
	s.opened = gather(v, n, port, kind, path);
	while (s.cut < s.opened && ms_now() - began < most_ms) {
		for (int i = 0; i < s.opened; i++)
			annoy(&v[i], ms_now());
		if (ms_now() >= next_user) {
			one_user(&d, port, path);
			next_user += USER_MS;
		}
		note_cuts(&s, v, began);
		usleep(2000);
	}
	for (int i = 0; i < s.opened; i++)
		close(v[i].fd);
	free(v);
	s.users = sum_up(&d);
	return s;
}
