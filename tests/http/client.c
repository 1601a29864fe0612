/* Sockets, HTTP/1.1 framing and decoding for the scenarios; see client.h. */
#include "client.h"

#include <arpa/inet.h>
#include <brotli/decode.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

#include "base/timex.h"

enum { REPLY_MAX = 64 << 20, PATIENCE_MS = 15000 };

void client_close(struct client *c)
{
	if (c->fd >= 0)
		close(c->fd);
	c->fd = -1;
}

static bool connect_to(struct client *c, int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((u16)port), .sin_addr = { htonl(INADDR_LOOPBACK) } };
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (c->fd < 0)
		return false;
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof(int));
	if (connect(c->fd, (struct sockaddr *)&to, sizeof to) == 0)
		return true;
	client_close(c);
	return false;
}

/* True when the kept connection has been closed by the server, or has something unexpected to say. */
static bool gone(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	return poll(&p, 1, 0) != 0;
}

static bool send_all(int fd, str s)
{
	while (s.n > 0) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
		if (n <= 0)
			return false;
		s.p += n;
		s.n -= (size_t)n;
	}
	return true;
}

/* More bytes into b; false at the end of the stream, on an error, or after PATIENCE_MS of silence. */
static bool more(int fd, struct buf *b)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char *room = buf_room(b, 65536);
	if (!room || poll(&p, 1, PATIENCE_MS) <= 0)
		return false;
	ssize_t n = recv(fd, room, 65536, 0);
	if (n <= 0)
		return false;
	b->n += (size_t)n;
	return true;
}

static void keep_cookie(struct arena *a, struct client *c, str value)
{
	str pair = value, name;
	str_next(&pair, ';', &value);
	value = str_copy(a, str_trim(value));
	pair = value;
	str_next(&pair, '=', &name);
	for (int i = 0; i < c->n_cookies; i++)
		if (str_starts(c->cookies[i], name) && c->cookies[i].p[name.n] == '=') {
			c->cookies[i] = value;
			return;
		}
	if (c->n_cookies < (int)lengthof(c->cookies))
		c->cookies[c->n_cookies++] = value;
}

static void read_head(struct arena *a, struct client *c, str head, struct reply *r)
{
	str line, name;
	i64 status = 0;
	str_next(&head, '\n', &line);
	if (str_starts(line, S("HTTP/1.")) && str_i64(str_slice(line, 9, 12), &status))
		r->status = (int)status;
	while (str_next(&head, '\n', &line)) {
		line = str_trim(line);
		if (line.n == 0 || r->n_headers == (int)lengthof(r->headers))
			continue;
		str_next(&line, ':', &name);
		r->headers[r->n_headers++] = (struct header){ name, str_trim(line) };
		if (str_ieq(name, S("set-cookie")))
			keep_cookie(a, c, str_trim(line));
	}
}

str reply_header(struct arena *a, const struct reply *r, str name)
{
	str found = { NULL, 0 };
	for (int i = 0; i < r->n_headers; i++)
		if (str_ieq(r->headers[i].name, name))
			found = found.p ? str_printf(a, "%.*s, %.*s", STR_ARG(found), STR_ARG(r->headers[i].value)) : r->headers[i].value;
	return found;
}

/* The chunks that begin at `at` in b, joined; reads on as needed. */
static str unchunk(struct arena *a, int fd, struct buf *b, size_t at)
{
	struct buf out = buf_new(a, REPLY_MAX);
	for (;;) {
		ptrdiff_t eol;
		while ((eol = str_find(str_slice(buf_str(b), at, b->n), S("\r\n"))) < 0)
			if (!more(fd, b))
				return buf_str(&out);
		size_t size = strtoul(b->p + at, NULL, 16);
		at += (size_t)eol + 2;
		while (b->n < at + size + 2)
			if (!more(fd, b))
				return buf_str(&out);
		if (size == 0)
			return buf_str(&out);
		buf_put(&out, str_slice(buf_str(b), at, at + size));
		at += size + 2;
	}
}

static str gunzip(struct arena *a, str in)
{
	struct buf out = buf_new(a, REPLY_MAX);
	z_stream z = { .next_in = (Bytef *)(uintptr_t)in.p, .avail_in = (uInt)in.n };
	if (inflateInit2(&z, 15 + 16) != Z_OK)
		return S("(gzip: no memory)");
	for (int rc = Z_OK; rc == Z_OK;) {
		char *room = buf_room(&out, 65536);
		if (!room)
			break;
		z.next_out = (Bytef *)room;
		z.avail_out = 65536;
		rc = inflate(&z, Z_NO_FLUSH);
		out.n += 65536 - z.avail_out;
	}
	inflateEnd(&z);
	return buf_str(&out);
}

static str unbrotli(struct arena *a, str in)
{
	for (size_t max = 256 << 10; max <= REPLY_MAX; max *= 4) {
		size_t n = max;
		u8 *out = arena_alloc(a, max);
		if (BrotliDecoderDecompress(in.n, (const u8 *)in.p, &n, out) == BROTLI_DECODER_RESULT_SUCCESS)
			return (str){ (char *)out, n };
	}
	return S("(br: malformed)");
}

static void read_body(struct arena *a, int fd, struct buf *b, size_t at, struct reply *r)
{
	i64 length = -1;
	if (str_ieq(reply_header(a, r, S("transfer-encoding")), S("chunked"))) {
		r->body = unchunk(a, fd, b, at);
	} else {
		str_i64(reply_header(a, r, S("content-length")), &length);
		while ((length < 0 || b->n < at + (size_t)length) && more(fd, b))
			;
		r->body = str_slice(buf_str(b), at, length < 0 ? b->n : at + (size_t)length);
	}
	r->encoded = r->body.n;
	str encoding = reply_header(a, r, S("content-encoding"));
	if (str_ieq(encoding, S("gzip")))
		r->body = gunzip(a, r->body);
	else if (str_ieq(encoding, S("br")))
		r->body = unbrotli(a, r->body);
}

bool client_send(struct arena *a, struct client *c, int port, str request, bool head, struct reply *ret)
{
	*ret = (struct reply){ 0 };
	if (c->fd >= 0 && gone(c->fd))
		client_close(c);
	if (c->fd < 0 && !connect_to(c, port))
		return false;
	i64 began = mono_us();
	struct buf b = buf_new(a, REPLY_MAX);
	ptrdiff_t end = -1;
	send_all(c->fd, request);
	while ((end = str_find(buf_str(&b), S("\r\n\r\n"))) < 0 && more(c->fd, &b))
		;
	if (end < 0) {
		client_close(c);
		return true;
	}
	ret->came = true;
	read_head(a, c, str_slice(buf_str(&b), 0, (size_t)end), ret);
	if (!head && ret->status != 304 && ret->status != 204)
		read_body(a, c->fd, &b, (size_t)end + 4, ret);
	ret->took_us = mono_us() - began;
	if (str_ieq(reply_header(a, ret, S("connection")), S("close")))
		client_close(c);
	return true;
}
