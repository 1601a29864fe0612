/* An open-loop load generator: each connection asks at fixed times whatever the answers do, and a latency counts from the
 * time the request was *due*, so that a server that makes people queue cannot hide it (a closed loop would just ask less).
 * Besides, some connections may ask for slow work one request after another.
 *
 *   openloop --port N --path PATH [--conns 32] [--rate 20] [--seconds 10] [--slow FILE] [--slow-conns 4]
 *
 * FILE holds a whole HTTP request, sent as it is. Prints one line of key=value; times in milliseconds. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNS_MAX 256
#define HEAD_MAX 16384

struct conn {
	int fd;
	bool busy, slow;
	int64_t due, step;                       /* of the next request to send; between two */
	int64_t asked_for;                       /* when the request under way was due */
	size_t head_n;
	char head[HEAD_MAX];
	int64_t body_left;                       /* -1: the head is not whole yet */
	int64_t *latency;
	size_t n, room;
	long errors, refused, reconnects;
};

struct run {
	int port, conns, slow_conns, epoll;
	double rate, seconds;
	const char *path;
	char request[4096];
	char *slow_request;
	size_t slow_n;
	int64_t end;
	struct conn conn[CONNS_MAX];
};

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "openloop: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void connect_to_server(struct run *r, struct conn *c)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)r->port) };
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int one = 1;
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&a, sizeof a) < 0)
		fail("connect");
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
	if (epoll_ctl(r->epoll, EPOLL_CTL_ADD, c->fd, &e) < 0)
		fail("epoll");
	c->busy = false;
	c->head_n = 0;
	c->body_left = -1;
}

static void reconnect(struct run *r, struct conn *c)
{
	c->errors += c->busy;
	c->reconnects++;
	close(c->fd);
	connect_to_server(r, c);
}

static void ask(struct run *r, struct conn *c)
{
	const char *request = c->slow ? r->slow_request : r->request;
	size_t n = c->slow ? r->slow_n : strlen(r->request);
	c->asked_for = c->slow ? now_ns() : c->due;
	c->due += c->step;
	if (send(c->fd, request, n, MSG_NOSIGNAL) != (ssize_t)n) {
		reconnect(r, c);
		return;
	}
	c->busy = true;
	c->head_n = 0;
	c->body_left = -1;
}

static void answered(struct run *r, struct conn *c)
{
	if (c->n == c->room) {
		c->room = c->room * 2 + 256;
		c->latency = realloc(c->latency, c->room * sizeof *c->latency);
		if (!c->latency)
			fail("memory");
	}
	c->latency[c->n++] = now_ns() - c->asked_for;
	c->busy = false;
	if (c->slow && now_ns() < r->end)
		ask(r, c);
}

/* The head is whole: how long is the body? */
static void read_head(struct conn *c, const char *end_of_head)
{
	int status = 0;
	sscanf(c->head, "HTTP/1.1 %d", &status);
	bool expected = status == 200 || (c->slow && status >= 200 && status < 400);
	c->refused += c->slow && status == 503;
	c->errors += !expected && !(c->slow && status == 503);
	const char *length = strcasestr(c->head, "\r\nContent-Length:");
	if (!length || length > end_of_head)
		fail("an answer without Content-Length");
	c->body_left = strtoll(length + 17, NULL, 10);
}

static void take(struct run *r, struct conn *c, const char *p, size_t n)
{
	if (c->body_left < 0) {
		size_t before = c->head_n, room = HEAD_MAX - 1 - c->head_n, part = n < room ? n : room;
		memcpy(c->head + c->head_n, p, part);
		c->head_n += part;
		c->head[c->head_n] = 0;
		const char *end = strstr(c->head, "\r\n\r\n");
		if (!end) {
			if (part < n)
				fail("a head too long");
			return;
		}
		read_head(c, end);
		size_t used = (size_t)(end + 4 - c->head) - before;
		p += used;
		n -= used;
	}
	(void)p;
	c->body_left -= (int64_t)n;
	if (c->body_left == 0)
		answered(r, c);
	else if (c->body_left < 0)
		fail("more bytes than announced");
}

static void receive(struct run *r, struct conn *c)
{
	static char data[65536];
	for (;;) {
		ssize_t n = recv(c->fd, data, sizeof data, 0);
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			reconnect(r, c);
			return;
		}
		take(r, c, data, (size_t)n);
	}
}

/* Sends whatever is due; returns the time until the next, at most 10 ms. */
static struct timespec send_due(struct run *r)
{
	int64_t now = now_ns(), next = now + 10000000;
	for (int i = 0; i < r->conns + r->slow_conns; i++) {
		struct conn *c = &r->conn[i];
		int64_t due = c->slow ? now : c->due;
		if (c->busy || due >= r->end)
			continue;
		if (due <= now)
			ask(r, c);
		else if (due < next)
			next = due;
	}
	int64_t wait = next - now_ns();
	return (struct timespec){ 0, wait < 0 ? 0 : wait };
}

static void go(struct run *r)
{
	int64_t start = now_ns() + 50000000, step = (int64_t)(1e9 / r->rate);
	r->end = start + (int64_t)(r->seconds * 1e9);
	r->epoll = epoll_create1(EPOLL_CLOEXEC);
	for (int i = 0; i < r->conns + r->slow_conns; i++) {
		struct conn *c = &r->conn[i];
		c->slow = i >= r->conns;
		c->step = step;
		c->due = start + step * i / r->conns;
		connect_to_server(r, c);
	}
	/* the last answers have five seconds to come */
	while (now_ns() < r->end + 5000000000) {
		struct epoll_event e[64];
		struct timespec wait = send_due(r);
		int n = epoll_pwait2(r->epoll, e, 64, &wait, NULL);
		for (int i = 0; i < n; i++)
			receive(r, e[i].data.ptr);
		bool busy = now_ns() < r->end;
		for (int i = 0; i < r->conns; i++)
			busy |= r->conn[i].busy || r->conn[i].due < r->end;
		if (!busy)
			break;
	}
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static double quantile(int64_t *sorted, size_t n, double q)
{
	size_t i = (size_t)(q * (double)n);
	return n ? (double)sorted[i < n ? i : n - 1] / 1e6 : -1;
}

static void report(struct run *r)
{
	size_t total = 0, unanswered = 0, n = 0;
	long errors = 0, reconnects = 0, slow = 0, refused = 0;
	double worst = 0;
	for (int i = 0; i < r->conns; i++)
		total += r->conn[i].n;
	int64_t *all = calloc(total + 1, sizeof *all);
	for (int i = 0; all && i < r->conns + r->slow_conns; i++) {
		struct conn *c = &r->conn[i];
		errors += c->errors;
		reconnects += c->reconnects;
		refused += c->refused;
		if (c->slow) {
			slow += (long)c->n;
			continue;
		}
		unanswered += c->busy;
		memcpy(all + n, c->latency, c->n * sizeof *all);
		n += c->n;
		qsort(c->latency, c->n, sizeof *c->latency, compare);
		double median = c->n ? quantile(c->latency, c->n, 0.5) : 1e9;
		worst = median > worst ? median : worst;
	}
	qsort(all, n, sizeof *all, compare);
	printf("requests=%zu errors=%ld unanswered=%zu reconnects=%ld ", n, errors, unanswered, reconnects);
	printf("p50=%.2f p99=%.2f max=%.2f ", quantile(all, n, 0.5), quantile(all, n, 0.99), quantile(all, n, 1));
	printf("worst_median=%.2f slow=%ld slow_503=%ld\n", worst, slow, refused);
	free(all);
}

static char *read_whole(const char *path, size_t *ret_n)
{
	FILE *f = fopen(path, "re");
	char *p = malloc(65536);
	if (!f || !p)
		fail(path);
	*ret_n = fread(p, 1, 65536, f);
	fclose(f);
	return p;
}

static bool set_option(struct run *r, const char *name, const char *v)
{
	if (!strcmp(name, "--port"))
		r->port = (int)strtol(v, NULL, 10);
	else if (!strcmp(name, "--path"))
		r->path = v;
	else if (!strcmp(name, "--conns"))
		r->conns = (int)strtol(v, NULL, 10);
	else if (!strcmp(name, "--rate"))
		r->rate = strtod(v, NULL);
	else if (!strcmp(name, "--seconds"))
		r->seconds = strtod(v, NULL);
	else if (!strcmp(name, "--slow"))
		r->slow_request = read_whole(v, &r->slow_n);
	else if (!strcmp(name, "--slow-conns"))
		r->slow_conns = (int)strtol(v, NULL, 10);
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	static struct run r = { .conns = 32, .slow_conns = 4, .rate = 20, .seconds = 10, .path = "/" };
	bool good = argc % 2 == 1;
	for (int i = 1; good && i + 1 < argc; i += 2)
		good = set_option(&r, argv[i], argv[i + 1]);
	r.slow_conns = r.slow_request ? r.slow_conns : 0;
	if (!good || r.port <= 0 || r.conns < 1 || r.conns + r.slow_conns > CONNS_MAX || r.rate <= 0) {
		fprintf(stderr, "usage: openloop --port N --path PATH [--conns N] [--rate N] [--seconds S] [--slow FILE] [--slow-conns N]\n");
		return 2;
	}
	snprintf(r.request, sizeof r.request, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAccept: text/html\r\n\r\n", r.path, r.port);
	go(&r);
	report(&r);
	return 0;
}
