/* See talk.h. */
#include "talk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/timex.h"

#define FILLER 16384

int dial(int port, int receive_buffer, u8 from)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((u16)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct sockaddr_in own = { .sin_family = AF_INET, .sin_addr.s_addr = htonl((u32)INADDR_LOOPBACK + ((u32)from << 8)) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;

	if (fd < 0)
		return -1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (receive_buffer)
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
	bool bound = !from || bind(fd, (struct sockaddr *)&own, sizeof own) == 0;
	if (!bound || connect(fd, (struct sockaddr *)&to, sizeof to) != 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Waits for an event; false after `ms`. */
static bool await(int fd, short events, int ms)
{
	struct pollfd p = { fd, events, 0 };

	return poll(&p, 1, ms) > 0;
}

/* What the server has said: only the status lines matter, and where the first answer ends. */
struct ear { char head[4096]; size_t n; u64 total; bool complete; };

static int count(const char *in, const char *what)
{
	int n = 0;

	for (const char *p = strstr(in, what); p; p = strstr(p + 1, what))
		n++;
	return n;
}

/* Takes what has come; false once the server has closed. */
static bool hear(int fd, struct ear *e, struct talk *t)
{
	char piece[FILLER];
	ssize_t n = recv(fd, piece, sizeof piece, 0);

	if (n == 0 || (n < 0 && errno != EAGAIN))
		return false;
	if (n < 0)
		return true;
	size_t kept = sizeof e->head - 1 - e->n;
	kept = (size_t)n < kept ? (size_t)n : kept;
	memcpy(e->head + e->n, piece, kept);
	e->n += kept;
	e->head[e->n] = '\0';
	e->total += (u64)n;
	t->accepted = count(e->head, "HTTP/1.1 200");
	const char *status = strstr(e->head, "HTTP/1.1 "), *length = strstr(e->head, "Content-Length: "), *end = strstr(e->head, "\r\n\r\n");
	t->status = status ? (int)strtol(status + 9, NULL, 10) : 0;
	e->complete = end && length && e->total >= (u64)(end + 4 - e->head) + strtoull(length + 16, NULL, 10);
	return true;
}

/* Sends as much as is taken now; false once the server has closed. */
static bool push(int fd, str *rest, struct talk *t)
{
	ssize_t n = send(fd, rest->p, rest->n, MSG_NOSIGNAL);

	if (n < 0)
		return errno == EAGAIN;
	t->sent += (u64)n;
	*rest = str_slice(*rest, (size_t)n, rest->n);
	return true;
}

/* Sends all of `says`, hearing what comes meanwhile; false once closed or stuck. */
static bool say(int fd, str says, struct ear *e, struct talk *t)
{
	while (says.n > 0) {
		if (!await(fd, POLLIN | POLLOUT, PATIENCE_MS))
			return false;
		if (!push(fd, &says, t) || !hear(fd, e, t))
			return false;
	}
	return true;
}

static void listen_to(int fd, struct ear *e, struct talk *t, int quiet_ms, bool until_complete)
{
	while (!t->closed && !(until_complete && e->complete) && await(fd, POLLIN, quiet_ms))
		t->closed = !hear(fd, e, t);
}

struct talk talk(int port, str says, int quiet_ms)
{
	struct talk t = { 0 };
	struct ear e = { 0 };
	i64 began = mono_us();
	int fd = dial(port, 0, 0);

	if (fd < 0)
		return t;
	t.connected = true;
	t.closed = !say(fd, says, &e, &t);
	listen_to(fd, &e, &t, quiet_ms, false);
	t.us = mono_us() - began;
	close(fd);
	return t;
}

struct talk talk_long(int port, str head, u64 n, bool chunked)
{
	static char filler[FILLER + 16];
	struct talk t = { 0 };
	struct ear e = { 0 };
	i64 began = mono_us();
	int fd = dial(port, 0, 0), lead = chunked ? snprintf(filler, 16, "%x\r\n", FILLER) : 0;

	if (fd < 0)
		return t;
	t.connected = true;
	memset(filler + lead, 'a', FILLER);
	memcpy(filler + lead + FILLER, "\r\n", 3);
	str piece = { filler, (size_t)lead + FILLER + (chunked ? 2 : 0) };
	t.closed = !say(fd, head, &e, &t);
	for (u64 done = 0; done < n && !t.closed && mono_us() - began < PATIENCE_MS * 1000; done += FILLER)
		t.closed = !say(fd, piece, &e, &t);
	if (!t.closed)
		listen_to(fd, &e, &t, 1000, false);
	t.us = mono_us() - began;
	close(fd);
	return t;
}

struct talk ask(int port, const char *path)
{
	char request[300];
	struct talk t = { 0 };
	struct ear e = { 0 };
	i64 began = mono_us();
	int fd = dial(port, 0, 0), n = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);

	if (fd < 0)
		return t;
	t.connected = true;
	t.closed = !say(fd, (str){ request, (size_t)n }, &e, &t);
	listen_to(fd, &e, &t, PATIENCE_MS, true);
	t.us = mono_us() - began;
	close(fd);
	return t;
}
