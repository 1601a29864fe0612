/* People who write while the server is being killed, with a client of their own small enough to trust. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/timex.h"
#include "scene.h"

#define ANSWER_MAX 200000

struct answer { int status; char text[ANSWER_MAX]; };

/* One request on a connection of its own, from 127.0.0.FROM. False when no whole answer came. */
static bool ask(struct scene *s, int from, const char *request, struct answer *ret)
{
	struct sockaddr_in me = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000000u + (u32)from) };
	struct sockaddr_in it = { .sin_family = AF_INET, .sin_port = htons((u16)s->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { 5, 0 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t n = 0, length = strlen(request);
	ssize_t part = -1;
	if (fd < 0)
		return false;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (bind(fd, (struct sockaddr *)&me, sizeof me) == 0 && connect(fd, (struct sockaddr *)&it, sizeof it) == 0
	    && send(fd, request, length, MSG_NOSIGNAL) == (ssize_t)length)
		while (n < ANSWER_MAX - 1 && (part = recv(fd, ret->text + n, ANSWER_MAX - 1 - n, 0)) > 0)
			n += (size_t)part;
	close(fd);
	ret->text[n] = 0;
	char *end = strstr(ret->text, "\r\n\r\n"), *announced = strcasestr(ret->text, "\r\nContent-Length: ");
	if (part != 0 || !end || sscanf(ret->text, "HTTP/1.1 %d", &ret->status) != 1)
		return false;
	return !announced || announced > end || strtol(announced + 18, NULL, 10) == (long)(n - (size_t)(end + 4 - ret->text));
}

static bool get(struct scene *s, int from, const char *path, struct answer *ret)
{
	char request[512];
	snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n", path, s->port);
	return ask(s, from, request, ret);
}

bool serves(struct scene *s, const char *path, int ms)
{
	static struct answer a;
	i64 until = mono_us() + ms * 1000;
	while (mono_us() < until) {
		if (get(s, 1, path, &a) && a.status == 200)
			return true;
		usleep(5000);
	}
	return false;
}

bool find_place(struct scene *s)
{
	static struct answer a;
	if (!get(s, 1, "/api/v1/lieux.csv?limit=1", &a) || a.status != 200)
		return false;
	char *row = strstr(a.text, "\r\n\r\n");
	row = row ? strchr(row + 4, '\n') : NULL;
	if (!row)
		return false;
	row += row[1] == '"' ? 2 : 1;
	snprintf(s->place, sizeof s->place, "%.*s", (int)strcspn(row, "\",\r\n"), row);
	return s->place[0] != 0;
}

/* The stamp of the form, as it must be sent back. */
static bool find_stamp(const char *page, char *ret, size_t room)
{
	const char *field = strstr(page, "name=\"_s\""), *value = field ? strstr(field, "value=\"") : NULL;
	if (!value)
		return false;
	snprintf(ret, room, "%.*s", (int)strcspn(value + 7, "\""), value + 7);
	return ret[0] != 0;
}

static void form_body(struct scene *s, int me, i64 serial, const char *stamp, char *ret, size_t room)
{
	size_t n = (size_t)snprintf(ret, room, "erreur=crash+%llu+%d+%lld&_s=", (unsigned long long)s->seed, me, (long long)serial);
	for (; *stamp && n + 4 < room; stamp++)
		n += (size_t)snprintf(ret + n, room - n, strchr("+/=%&", *stamp) ? "%%%02X" : "%c", *stamp);
}

/* Sends until it is acknowledged: what a person does who gets no answer, on whichever worker answers next. */
static void send_until_settled(struct scene *s, int me, i64 serial, const char *body)
{
	static char request[4096];
	static struct answer a;
	snprintf(request, sizeof request,
		"POST /lieux/%s/erreur HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n"
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %zu\r\n\r\n%s", s->place, s->port, strlen(body), body);
	atomic_store(&s->sent[me][serial], SENT_ASKED);
	for (int tries = 0; !atomic_load(&s->stop); tries++) {
		atomic_fetch_add(&s->replays, tries > 0);
		if (ask(s, 10 + me, request, &a) && a.status < 500 && a.status != 429) {
			if (a.status == 303) {
				atomic_store(&s->sent[me][serial], SENT_ACKNOWLEDGED);
				atomic_fetch_add(&s->acknowledged, 1);
			} else if (atomic_fetch_add(&s->refused, 1) == 0) {
				fprintf(stderr, "a form was refused: %.300s\n", a.text);
			}
			return;
		}
		usleep(20000);
	}
}

void writer_live(struct scene *s, int me)
{
	static struct answer page;
	char path[256], stamp[1024], body[2048];
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	snprintf(path, sizeof path, "/lieux/%s/erreur", s->place);
	while (!atomic_load(&s->stop)) {
		if (atomic_load(&s->paused)) {
			atomic_store(&s->holding[me], 1);
			usleep(2000);
			continue;
		}
		atomic_store(&s->holding[me], 0);
		i64 serial = atomic_load(&s->serial[me]);
		if (serial >= MESSAGES_MAX || !get(s, 10 + me, path, &page) || page.status != 200
		    || !find_stamp(page.text, stamp, sizeof stamp)) {
			usleep(10000);
			continue;
		}
		atomic_store(&s->serial[me], serial + 1);
		form_body(s, me, serial, stamp, body, sizeof body);
		send_until_settled(s, me, serial, body);
		usleep(8000);
	}
	_exit(0);
}
