/* Messages between processes; see ipc.h. */
#include "app/ipc.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"

static void open_pair(struct channel *c)
{
	int fd[2];
	int size = 1 << 20;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fd))
		die("socketpair: errno=%d", errno);
	for (int i = 0; i < 2; i++)
		setsockopt(fd[i], SOL_SOCKET, SO_SNDBUF, &size, sizeof(size));
	*c = (struct channel){ fd[0], fd[1] };
}

void ipc_open(struct channels *c, int workers)
{
	for (int i = 0; i < CLIENT_COUNT; i++)
		for (int h = 0; h < HELPER_COUNT; h++) {
			c->v[i][h] = (struct channel){ -1, -1 };
			if (i < workers || i >= WORKERS_MAX)
				open_pair(&c->v[i][h]);
		}
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void ipc_keep(struct channels *c, int client, int helper)
{
	for (int i = 0; i < CLIENT_COUNT; i++)
		for (int h = 0; h < HELPER_COUNT; h++) {
			if (i != client)
				close_end(&c->v[i][h].client);
			if (h != helper)
				close_end(&c->v[i][h].helper);
		}
}

enum err ipc_send(int fd, struct ipc_head head, str body)
{
	struct iovec v[2] = { { &head, sizeof(head) }, { (void *)(uintptr_t)body.p, body.n } };
	struct msghdr m = { .msg_iov = v, .msg_iovlen = body.n ? 2 : 1 };
	if (body.n > WAIT_MESSAGE_MAX)
		return INVALID;
	for (;;) {
		if (sendmsg(fd, &m, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
			return OK;
		if (errno != EINTR)
			return BUSY;
	}
}

enum err ipc_receive(int fd, struct ipc_head *ret_head, char *room, size_t cap, str *ret_body)
{
	struct iovec v[2] = { { ret_head, sizeof(*ret_head) }, { room, cap } };
	struct msghdr m = { .msg_iov = v, .msg_iovlen = 2 };
	for (;;) {
		ssize_t n = recvmsg(fd, &m, MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < (ssize_t)sizeof(*ret_head) || m.msg_flags & MSG_TRUNC)
			return NOT_FOUND;
		*ret_body = (str){ room, (size_t)n - sizeof(*ret_head) };
		return OK;
	}
}

enum err ipc_ask(int fd, u32 kind, str body, int timeout_ms, char *room, size_t cap, enum err *ret_result, str *ret_body)
{
	static u64 last;
	u64 number = (u64)getpid() << 32 | (++last & 0x7fffffff) | 0x80000000;
	i64 deadline = mono_us() + (i64)timeout_ms * 1000;
	struct ipc_head head;
	try(ipc_send(fd, (struct ipc_head){ number, kind, 0 }, body));
	for (;;) {
		while (ipc_receive(fd, &head, room, cap, ret_body) == OK)
			if (head.number == number) {
				*ret_result = (enum err)head.result;
				return OK;
			}
		i64 left = deadline - mono_us();
		if (left <= 0)
			return BUSY;
		struct pollfd p = { fd, POLLIN, 0 };
		poll(&p, 1, (int)(left / 1000) + 1);
	}
}
