/* The server over real sockets, in one thread: the test writes to a socket, turns the server's loop, and reads. */
#include "http/server.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/timex.h"
#include "db/db.h"
#include "http/response.h"
#include "http/watchdog.h"

#include "unit.h"

#define LARGE ((size_t)800 * 1000)

static struct http_server *server;
static struct sockaddr_in address;
static int listening = -1, n_headers_calls, n_requests, n_refused, n_answered, n_broken, n_cached;
static struct db *db;
static _Atomic u64 generations[GEN_COUNT];
static struct req *suspended;
static char got[1024 * 1024];
static size_t got_n;

/* ---- an application ---- */

static enum http_next on_headers(void *app, struct req *req, size_t *body_max)
{
	assert_ptr_equal(app, &listening);
	n_headers_calls++;
	if (str_starts(req->path, S("/large")))
		*body_max = 4096;
	if (!str_eq(req->path, S("/missing")))
		return HTTP_GO_ON;
	req->status = 404;
	buf_put(&req->out, S("missing"));
	return HTTP_ANSWER;
}

/* Five pieces of 20,000 bytes. */
static enum err one_piece(struct req *req, struct buf *out)
{
	int *n = req->handler_data;
	for (int i = 0; *n < 5 && i < 2000; i++)
		buf_printf(out, "%d,bonjour\n", *n);
	(*n)++;
	return OK;
}

static enum err breaks(struct req *req, struct buf *out)
{
	return *(int *)req->handler_data < 2 ? one_piece(req, out) : CONFLICT;
}

static enum http_next on_request(void *app, struct req *req)
{
	(void)app;
	n_requests++;
	if (str_starts(req->path, S("/page")))
		depends_on(req, GEN_DIRECTORY);
	if (str_starts(req->path, S("/pieces"))) {
		req->handler_data = arena_one(req->a, int);
		req->content_type = S("text/csv");
		resp_pieces(req, str_eq(req->path, S("/pieces/broken")) ? breaks : one_piece, S("W/\"p1\""));
		return HTTP_ANSWER;
	}
	if (str_eq(req->path, S("/wait"))) {
		suspended = req;
		return HTTP_SUSPEND;
	}
	buf_printf(&req->out, "%s %.*s", req->method == POST ? "POST" : "GET", STR_ARG(req->path));
	for (size_t i = 0; i < req->body.n; i++)
		buf_printf(&req->out, " %.*s=%.*s", STR_ARG(req->body.v[i].name), STR_ARG(req->body.v[i].value));
	size_t size = str_eq(req->path, S("/page/large")) ? LARGE : 8000;
	while (str_starts(req->path, S("/page")) && req->out.n < size)
		buf_put(&req->out, S("<p>Bonjour</p>\n"));
	return HTTP_ANSWER;
}

static void on_refused(void *app, struct req *req, const char *reason)
{
	(void)app;
	n_refused++;
	buf_printf(&req->out, "refused: %s", reason);
}

static void on_answered(void *app, const struct req *req, const struct http_outcome *o)
{
	(void)app, (void)req;
	n_answered++;
	n_broken += o->broken;
	n_cached += o->cached;
}

static void serve(struct http_limits limits)
{
	socklen_t n = sizeof address;

	listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	assert_int_equal(bind(listening, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(listen(listening, 64), 0);
	assert_int_equal(getsockname(listening, (struct sockaddr *)&address, &n), 0);
	server = http_start(&(struct http_options){
		.listen_fd = listening, .limits = limits, .on = { on_headers, on_request, on_refused, on_answered }, .app = &listening,
		.generations = generations, .db = db });
	assert_non_null(server);
}

static void leave(void)
{
	http_stop(server);
	assert_int_equal(fcntl(listening, F_GETFD) < 0, 0); /* it stays the caller's */
	close(listening);
}

/* ---- a client ---- */

/* Turns the server's loop n times; true when it still had something to do. */
static bool turns(int n)
{
	bool busy = false;

	for (int i = 0; i < n; i++) {
		struct pollfd p = { http_epoll_fd(server), POLLIN, 0 };
		bool pending = http_wait_ms(server) == 0;
		busy = poll(&p, 1, pending ? 0 : 1) > 0 || pending;
		http_run(server);
	}
	return busy;
}

static int dial(void)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	return fd;
}

static void say(int fd, str s)
{
	for (int idle = 0; s.n > 0 && idle < 20;) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
		if (n < 0 && errno != EAGAIN)
			return;                  /* the server has closed: the test sees it when reading */
		idle = turns(1) || n > 0 ? 0 : idle + 1;
		s = str_slice(s, n > 0 ? (size_t)n : 0, s.n);
	}
}

/* Reads until the connection closes (true) or nothing happens for a while (false). */
static bool hear(int fd)
{
	got_n = 0;
	for (int idle = 0; idle < 8;) {
		bool busy = turns(1);
		ssize_t n = recv(fd, got + got_n, sizeof got - 1 - got_n, 0);
		if (n == 0 || (n < 0 && errno != EAGAIN))
			return true;
		idle = busy || n > 0 ? 0 : idle + 1;
		got_n += n > 0 ? (size_t)n : 0;
		got[got_n] = '\0';
	}
	return false;
}

/* One exchange on a connection of its own; true when the server has closed it. */
static bool ask(str request)
{
	int fd = dial();

	say(fd, request);
	bool closed = hear(fd);
	close(fd);
	turns(3);
	return closed;
}

static bool heard(const char *what)
{
	return got_n > 0 && strstr(got, what) != NULL;
}

#define expect(what)                                          \
	do {                                                  \
		if (!heard(what))                             \
			fail_msg("no \"%s\" in: %s", what, got); \
	} while (0)

TEST(server_answers_and_keeps_the_connection)
{
	serve((struct http_limits){ 0 });
	int fd = dial();

	for (int i = 0; i < 3; i++) {
		say(fd, S("GET /lieux HTTP/1.1\r\nHost: x\r\n\r\n"));
		assert_false(hear(fd));
		expect("HTTP/1.1 200 OK");
		expect("\r\n\r\nGET /lieux");
		expect("Content-Security-Policy: default-src 'none'");
		assert_false(heard("Connection: close"));
	}
	close(fd);
	turns(3);
	assert_int_equal(n_answered, 3);
	assert_int_equal(http_connections(server), 0);
	leave();
}

TEST(server_answers_pipelined_requests_in_order)
{
	serve((struct http_limits){ 0 });
	assert_false(ask(S("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("\r\n\r\nGET /a");
	expect("\r\n\r\nGET /b");
	assert_true(strstr(got, "GET /a") < strstr(got, "GET /b"));
	leave();
}

TEST(server_answers_head_without_body)
{
	serve((struct http_limits){ 0 });
	assert_false(ask(S("HEAD /lieux HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("Content-Length: 10");
	assert_true(strcmp(got + got_n - 4, "\r\n\r\n") == 0);
	assert_false(ask(S("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("HTTP/1.1 204");
	leave();
}

TEST(server_reads_forms_of_both_framings)
{
	serve((struct http_limits){ 0 });
	assert_false(ask(S("POST /f HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=1&b=2")));
	expect("POST /f a=1 b=2");
	assert_false(ask(S("POST /f HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
	                   "3\r\na=1\r\n4\r\n&b=2\r\n0\r\n\r\n")));
	expect("POST /f a=1 b=2");
	assert_false(ask(S("POST /f HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=%")));
	expect("HTTP/1.1 400");
	leave();
}

TEST(server_refuses_smuggling_and_closes)
{
	static const str shapes[] = {
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 50\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: +44\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
		S_INIT("POST /f HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /evil HTTP/1.1\r\nHost: x\r\n\r\n"),
	};

	serve((struct http_limits){ 0 });
	for (size_t i = 0; i < lengthof(shapes); i++) {
		if (!ask(shapes[i]))
			fail_msg("shape %zu: the connection is kept: %s", i, got);
		if (heard("/evil") || heard(" 200 "))
			fail_msg("shape %zu goes through: %s", i, got);
	}
	assert_int_equal(n_requests, 0);
	leave();
}

TEST(server_has_its_own_words_for_what_it_refuses)
{
	serve((struct http_limits){ 0 });
	assert_true(ask(S("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("HTTP/1.1 501");
	expect("refused: method");
	assert_true(ask(S("GET /../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("HTTP/1.1 400");
	assert_false(ask(S("GET /lieux/ HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("HTTP/1.1 308");
	expect("Location: /lieux\r\n");
	assert_false(ask(S("GET http://x/lieux HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("\r\n\r\nGET /lieux");
	leave();
}

static str with_header_of(struct arena *a, size_t n)
{
	struct buf b = buf_new(a, n + 1000);

	buf_put(&b, S("GET / HTTP/1.1\r\nHost: x\r\nX-Large: "));
	memset(buf_room(&b, n), 'a', n);
	b.n += n;
	buf_put(&b, S("\r\n\r\n"));
	return buf_str(&b);
}

TEST(server_limits_headers)
{
	struct arena *a = arena_new(1 << 20);

	serve((struct http_limits){ 0 });
	assert_false(ask(with_header_of(a, 15 * 1024)));
	expect("HTTP/1.1 200");
	assert_true(ask(with_header_of(a, 17 * 1024)));
	expect("HTTP/1.1 431");
	expect("refused: headers too large");
	assert_true(ask(with_header_of(a, 200 * 1024)));
	assert_false(heard(" 200 "));
	assert_int_equal(n_requests, 1);
	arena_free(a);
	leave();
}

static str with_body_of(struct arena *a, const char *path, size_t announced, size_t n)
{
	struct buf b = buf_new(a, n + 1000);

	buf_printf(&b, "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", path, announced);
	memset(buf_room(&b, n), 'a', n);
	b.n += n;
	return buf_str(&b);
}

TEST(server_limits_bodies_by_route)
{
	struct arena *a = arena_new(8 << 20);

	serve((struct http_limits){ 0 });
	assert_false(ask(with_body_of(a, "/f", 60000, 60000)));
	expect("HTTP/1.1 200");
	assert_false(ask(with_body_of(a, "/f", 70000, 70000))); /* swallowed: a browser reads why */
	expect("HTTP/1.1 413");
	assert_false(ask(with_body_of(a, "/large", 4097, 4097)));
	expect("HTTP/1.1 413");
	assert_true(ask(with_body_of(a, "/f", 64 << 20, 0)));
	expect("HTTP/1.1 413");
	assert_int_equal(n_requests, 1);
	arena_free(a);
	leave();
}

TEST(server_limits_chunked_bodies)
{
	struct arena *a = arena_new(8 << 20);
	struct buf b = buf_new(a, 4 << 20);

	serve((struct http_limits){ 0 });
	buf_put(&b, S("POST /f HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
	for (int i = 0; i < 10; i++) {
		buf_put(&b, S("4000\r\n"));
		memset(buf_room(&b, 0x4000), 'a', 0x4000);
		b.n += 0x4000;
		buf_put(&b, S("\r\n"));
	}
	struct buf endless = b;
	buf_put(&b, S("0\r\n\r\n"));
	assert_false(ask(buf_str(&b)));
	expect("HTTP/1.1 413");
	for (int i = 0; i < 100; i++)
		buf_put(&endless, S("4000\r\n")), memset(buf_room(&endless, 0x4000), 'a', 0x4000), endless.n += 0x4000, buf_put(&endless, S("\r\n"));
	assert_true(ask(buf_str(&endless)));
	assert_int_equal(n_requests, 0);
	arena_free(a);
	leave();
}

TEST(server_refuses_a_body_before_it_is_sent)
{
	serve((struct http_limits){ 0 });
	assert_true(ask(S("POST /f HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100000\r\n\r\n")));
	expect("HTTP/1.1 413");
	assert_false(heard("100 Continue"));
	assert_false(ask(S("POST /f HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n")));
	expect("100 Continue");
	assert_true(ask(S("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n")));
	expect("HTTP/1.1 413");
	assert_false(ask(S("POST /missing HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")));
	expect("HTTP/1.1 404");
	leave();
}

TEST(server_compresses_and_revalidates)
{
	char request[200];

	serve((struct http_limits){ 0 });
	assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n")));
	expect("Content-Encoding: gzip");
	assert_true(got_n < 2000);
	assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\n")));
	expect("Content-Encoding: br");
	expect("Vary: Accept-Encoding");
	const char *etag = strstr(got, "ETag: ");
	assert_non_null(etag);
	snprintf(request, sizeof request, "GET /page HTTP/1.1\r\nHost: x\r\nIf-None-Match: %.20s\r\n\r\n", etag + 6);
	assert_false(ask(str_c(request)));
	expect("HTTP/1.1 304");
	assert_false(heard("<p>"));
	assert_false(heard("\r\nContent-Type"));
	expect("ETag: ");
	leave();
}

TEST(server_sends_a_body_as_it_is_made)
{
	serve((struct http_limits){ 0 });
	int fd = dial();
	say(fd, S("GET /pieces HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_false(hear(fd));
	expect("Transfer-Encoding: chunked");
	expect("ETag: W/\"p1\"");
	assert_true(got_n > (size_t)100 * 1000 && heard("0,bonjour") && heard("4,bonjour"));
	assert_memory_equal(got + got_n - 5, "0\r\n\r\n", 5);
	say(fd, S("GET /pieces HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip, br\r\n\r\n"));
	assert_false(hear(fd));
	expect("Content-Encoding: gzip");
	assert_true(got_n < 5000);
	say(fd, S("GET /pieces HTTP/1.1\r\nHost: x\r\nIf-None-Match: W/\"p1\"\r\n\r\n"));
	assert_false(hear(fd));
	expect("HTTP/1.1 304");
	say(fd, S("HEAD /pieces HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_false(hear(fd));
	expect("HTTP/1.1 200");
	assert_false(heard("bonjour"));
	close(fd);
	leave();
}

/* Nobody may take a part for the whole: the last chunk never comes, and the connection closes. */
TEST(server_cuts_a_body_that_cannot_be_made_to_its_end)
{
	serve((struct http_limits){ 0 });
	int fd = dial();
	say(fd, S("GET /pieces/broken HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_true(hear(fd));
	assert_true(heard("1,bonjour") && !heard("2,bonjour"));
	assert_memory_not_equal(got + got_n - 5, "0\r\n\r\n", 5);
	close(fd);
	turns(5);
	assert_int_equal(n_broken, 1);
	leave();
}

static struct db *open_db(void)
{
	return unit_db((struct db_options){ .create = true }, arena_new(1 << 22));
}

static enum err bump(struct db *of, void *arg)
{
	(void)arg;
	return generation_bump(of, GEN_DIRECTORY);
}

static void close_db(struct db *of)
{
	struct arena *a = db_arena(of);

	db_close(of);
	arena_free(a);
}

TEST(server_keeps_public_pages_until_they_change)
{
	struct db *other;

	db = open_db();
	other = open_db();
	serve((struct http_limits){ 0 });
	for (int i = 0; i < 6; i++) {            /* the fifth hit makes its coding again, better */
		assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n")));
		expect("Content-Encoding: br");
	}
	assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("<p>Bonjour</p>");
	assert_false(heard("Content-Encoding"));
	assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n\r\n")));
	expect("HTTP/1.1 304");
	assert_false(ask(S("HEAD /page HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("HTTP/1.1 200");
	assert_false(heard("<p>"));
	assert_int_equal(n_requests, 1);
	assert_int_equal(n_cached, 8);
	assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\nCookie: g=abc\r\n\r\n"))); /* somebody: not from the cache */
	assert_int_equal(n_requests, 2);
	assert_ok(db_tx(other, bump, NULL));
	for (int i = 0; i < 50 && n_requests == 2; i++)
		assert_false(ask(S("GET /page HTTP/1.1\r\nHost: x\r\n\r\n")));
	assert_int_equal(n_requests, 3);
	leave();
	close_db(db);
	close_db(other);
}

TEST(server_may_drop_a_kept_page_while_it_goes_out)
{
	db = open_db();
	serve((struct http_limits){ .requests = 1, .cache = 8 << 20 }); /* each answer closes: none of the prepared ones */
	int slow = dial();
	assert_true(ask(S("GET /page/large HTTP/1.1\r\nHost: x\r\n\r\n")));
	say(slow, S("GET /page/large HTTP/1.1\r\nHost: x\r\n\r\n"));
	turns(5);
	assert_ok(db_tx(db, bump, NULL));
	http_wrote(server);
	assert_true(ask(S("GET /page/large HTTP/1.1\r\nHost: x\r\n\r\n")));
	assert_true(hear(slow));
	assert_true(got_n > LARGE && strcmp(got + got_n - 15, "<p>Bonjour</p>\n") == 0);
	assert_int_equal(n_cached, 1);
	close(slow);
	leave();
	close_db(db);
}

TEST(server_serves_others_while_one_waits)
{
	serve((struct http_limits){ 0 });
	int waiting = dial();

	say(waiting, S("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_false(hear(waiting));
	assert_int_equal(got_n, 0);
	assert_false(ask(S("GET /other HTTP/1.1\r\nHost: x\r\n\r\n")));
	expect("GET /other");
	buf_put(&suspended->out, S("at last"));
	http_resume(suspended);
	assert_false(hear(waiting));
	expect("\r\n\r\nat last");
	close(waiting);
	turns(3);
	leave();
}

TEST(server_stops_with_requests_that_wait)
{
	serve((struct http_limits){ 0 });
	int waiting = dial(), gone = dial();

	say(waiting, S("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"));
	say(gone, S("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"));
	turns(5);
	close(gone);                             /* a client that does not wait for its answer */
	turns(5);
	http_resume(suspended);
	turns(5);
	assert_int_equal(n_answered, 1);
	leave();
	assert_int_equal(n_answered, 2);
	close(waiting);
}

TEST(server_drains)
{
	serve((struct http_limits){ 0 });
	int silent = dial(), busy = dial();

	say(silent, S("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	hear(silent);
	say(busy, S("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n"));
	turns(5);
	http_stop_accepting(server);
	http_tick(server);
	assert_true(hear(silent));
	assert_false(http_idle(server));
	http_resume(suspended);
	assert_true(hear(busy));
	expect("Connection: close");
	turns(3);
	assert_true(http_idle(server));
	close(silent);
	close(busy);
	leave();
}

TEST(server_closes_after_enough_requests)
{
	serve((struct http_limits){ .requests = 2 });
	int fd = dial();

	say(fd, S("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_false(hear(fd));
	say(fd, S("GET /b HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_true(hear(fd));
	expect("Connection: close");
	close(fd);
	turns(3);
	leave();
}

TEST(server_cuts_slow_clients)
{
	serve((struct http_limits){ .request_s = 1, .idle_s = 1 });
	int header = dial(), body = dial(), idle = dial();
	i64 began = mono_us();

	say(header, S("GET / HTT"));
	say(body, S("POST /f HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\na"));
	say(idle, S("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	hear(idle);
	while (mono_us() - began < 1100000) {
		http_tick(server);
		turns(20);
		if (mono_us() - began < 900000) {
			say(header, S("P"));
			say(body, S("a"));
			assert_int_equal(http_connections(server), 3);
		}
	}
	http_tick(server);
	assert_true(hear(header));
	assert_true(hear(body));
	assert_true(hear(idle));
	assert_int_equal(http_connections(server), 0);
	assert_int_equal(n_broken, 1);           /* the body's; the header's never began */
	close(header);
	close(body);
	close(idle);
	leave();
}

TEST(server_limits_connections_of_one_address)
{
	serve((struct http_limits){ .per_client = 2 });
	int first = dial(), second = dial(), third = dial();

	turns(5);
	assert_true(hear(third));
	say(first, S("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
	assert_false(hear(first));
	expect("GET /a");
	close(first);
	close(second);
	close(third);
	turns(5);
	leave();
}
