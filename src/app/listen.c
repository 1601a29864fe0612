/* Listening sockets; see listen.h. */
#include "app/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define BACKLOG 1024

static int bind_one(const struct addrinfo *ai)
{
	int on = 1;
	int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (!bind(fd, ai->ai_addr, ai->ai_addrlen) && !listen(fd, BACKLOG))
		return fd;
	int saved = errno;
	close(fd);
	errno = saved;
	return -1;
}

int listen_on(struct arena *a, str address, int port, str *ret_problem)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV };
	struct addrinfo *list = NULL;
	int e = getaddrinfo(str_z(a, address), str_printf(a, "%d", port).p, &hints, &list);
	if (e) {
		*ret_problem = str_printf(a, "%.*s is not an address: %s", STR_ARG(address), gai_strerror(e));
		return -1;
	}
	int fd = bind_one(list);
	if (fd < 0)
		*ret_problem = str_printf(a, "cannot listen on %.*s port %d: %s", STR_ARG(address), port, strerror(errno));
	freeaddrinfo(list);
	return fd;
}

int listen_inherited(void)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	i64 for_pid, n;
	if (!pid || !fds || !str_i64(str_c(pid), &for_pid) || !str_i64(str_c(fds), &n) || for_pid != getpid() || n < 1)
		return -1;
	fcntl(3, F_SETFD, FD_CLOEXEC);
	fcntl(3, F_SETFL, O_NONBLOCK);
	return 3;
}

int listen_port(int fd)
{
	struct sockaddr_storage s;
	socklen_t n = sizeof(s);
	if (getsockname(fd, (struct sockaddr *)&s, &n))
		return 0;
	if (s.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&s)->sin6_port);
	return s.ss_family == AF_INET ? ntohs(((struct sockaddr_in *)&s)->sin_port) : 0;
}

void service_notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t n = path ? strlen(path) : 0;
	if (n < 2 || n >= sizeof(to.sun_path))
		return;
	memcpy(to.sun_path, path, n);
	if (to.sun_path[0] == '@')
		to.sun_path[0] = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&to, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
	close(fd);
}
