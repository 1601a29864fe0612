/* How long each of some pages takes, one request at a time on a kept connection: latency PORT ROUNDS < paths. A '#' in a path
 * becomes a number that is never twice the same, so that no cache answers. Prints the median of each in milliseconds, the
 * slowest last. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PATHS_MAX 500
#define ROUNDS_MAX 1000
#define KEPT_REQUESTS 500                        /* a server ends a kept connection after a thousand */

struct timed { char *path; double ms[ROUNDS_MAX]; };

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static int connect_to(int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
	if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) < 0) {
		perror("latency");
		exit(1);
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return fd;
}

static bool fetch(int fd, const char *path, int unique)
{
	static char text[1 << 20];
	char request[2048], *end = NULL, *length = NULL;
	size_t n = 0;
	const char *mark = strchr(path, '#');
	char number[16] = "";
	if (mark)
		snprintf(number, sizeof number, "%d", unique);
	int made = snprintf(request, sizeof request, "GET %.*s%s%s HTTP/1.1\r\nHost: localhost\r\n\r\n",
		mark ? (int)(mark - path) : (int)strlen(path), path, number, mark ? mark + 1 : "");
	if (send(fd, request, (size_t)made, MSG_NOSIGNAL) != made)
		return false;
	for (;;) {
		ssize_t part = recv(fd, text + n, sizeof text - 1 - n, 0);
		if (part <= 0)
			return false;
		n += (size_t)part;
		text[n] = 0;
		end = end ? end : strstr(text, "\r\n\r\n");
		length = end ? strcasestr(text, "\r\nContent-Length:") : NULL;
		if (end && length && n >= (size_t)(end + 4 - text) + strtoul(length + 17, NULL, 10))
			return !strncmp(text, "HTTP/1.1 200", 12);
	}
}

static int by_number(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int rounds;

static int by_median(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;
	return by_number(&x->ms[rounds / 2], &y->ms[rounds / 2]);
}

int main(int argc, char **argv)
{
	static struct timed pages[PATHS_MAX];
	char line[1500];
	int n = 0, unique = 1000;
	rounds = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
	if (rounds < 1 || rounds > ROUNDS_MAX)
		return 2;
	for (; n < PATHS_MAX && fgets(line, sizeof line, stdin); n++) {
		line[strcspn(line, "\n")] = 0;
		pages[n].path = strdup(line);
	}
	int fd = connect_to((int)strtol(argv[1], NULL, 10));
	for (int r = 0; r < rounds; r++)
		for (int i = 0; i < n; i++) {
			if (unique % KEPT_REQUESTS == 0) {
				close(fd);
				fd = connect_to((int)strtol(argv[1], NULL, 10));
			}
			double began = now_ms();
			if (!fetch(fd, pages[i].path, unique++)) {
				fprintf(stderr, "latency: %s does not answer 200\n", pages[i].path);
				close(fd);
				fd = connect_to((int)strtol(argv[1], NULL, 10));
			}
			pages[i].ms[r] = now_ms() - began;
		}
	for (int i = 0; i < n; i++)
		qsort(pages[i].ms, (size_t)rounds, sizeof(double), by_number);
	qsort(pages, (size_t)n, sizeof pages[0], by_median);
	for (int i = 0; i < n; i++)
		printf("%.2f %.2f %s\n", pages[i].ms[rounds / 2], pages[i].ms[rounds * 99 / 100], pages[i].path);
	return 0;
}
