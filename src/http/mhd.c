/* The HTTP server (server.h) over libmicrohttpd 0.9.75, which only this file knows. The library reads requests and writes
 * answers; whatever it leaves open is closed here: framing (request.h), slow clients (watchdog.h), limits by address, the
 * answer's headers (response.h), the page cache (cache.h).
 *
 * The way of a request: on_target (a request line is there) → on_access, first call (headers) → on_access, a call per piece
 * of body → on_access, last call (complete) → [suspended, http_resume, on_access again] → on_completed. */
#include "http/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"
#include "http/cache.h"
#include "http/pieces.h"
#include "http/request.h"
#include "http/watchdog.h"

#define MEMORY_PER_CONNECTION ((size_t)32 * 1024) /* libmicrohttpd's: request headers (ours are capped lower) and its buffers */
#define SEND_BUFFER (128 * 1024)                  /* of the kernel's, for who does not read (left alone it grows to 4 MB each) */
#define MEMORY_STEP ((size_t)4 * 1024)
#define SWALLOWED ((size_t)1024 * 1024)           /* of a body that is refused: read and forgotten, so that the refusal is seen */
#define OUT_MAX ((size_t)4 * 1024 * 1024)         /* of an answer's body */
#define ARENAS_KEPT 32
#define PIECES_BLOCK ((size_t)64 * 1024)           /* of a body made while it is sent, for who reads slowly */

enum state {
	OPENING,                                 /* the headers are not complete */
	BODILESS,                                /* complete with its headers */
	READING,                                 /* the body is coming in */
	SWALLOWING,                              /* the answer is ready, but a body is still coming in */
	WORKING,                                 /* suspended */
	READY,                                   /* the answer is ready: to be sent at the next call */
	SENT,                                    /* given to libmicrohttpd */
};

/* One request. It lies in its own arena, and req comes first: a struct req of ours is an exchange. */
struct exchange {
	struct req req;
	struct http_server *server;
	struct connection *connection;
	struct MHD_Connection *mhd;
	enum state state;
	bool begun;                              /* its headers were complete */
	bool close;                              /* the connection cannot be trusted after this request */
	bool too_large;                          /* the body went over its maximum */
	struct framing framing;
	size_t body_max, swallowed;
	struct buf body;
	struct answer ans;
	enum coding coding;
	str cache_key;
	struct generations then;                 /* before the answer was computed */
	bool cacheable;
	struct http_outcome outcome;
};

struct http_server {
	struct MHD_Daemon *mhd;
	struct http_options o;
	struct networks trusted;
	struct deadlines deadlines;
	struct connection *connections, *free_connection;
	unsigned n_connections;
	struct arena *arenas[ARENAS_KEPT];
	size_t n_arenas;
	struct cache *cache;                     /* NULL: none */
	u64 last_id;
	int epoll_fd;
	bool draining;
};

/* ---- memory ---- */

static struct arena *arena_take(struct http_server *s)
{
	return s->n_arenas ? s->arenas[--s->n_arenas] : arena_new(s->o.limits.arena);
}

static void arena_give_back(struct http_server *s, struct arena *a)
{
	if (s->n_arenas == ARENAS_KEPT) {
		arena_free(a);
		return;
	}
	arena_reset(a);
	s->arenas[s->n_arenas++] = a;
}

static struct exchange *exchange_new(struct http_server *s, struct MHD_Connection *mhd, const char *target)
{
	struct arena *a = arena_take(s);
	struct exchange *x = arena_one(a, struct exchange);
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

	x->server = s;
	x->mhd = mhd;
	x->connection = info->socket_context;
	x->req.a = a;
	x->req.v.a = a;
	x->req.v.out = &x->req.out;
	x->req.status = 200;
	x->req.out = buf_new(a, OUT_MAX);
	x->req.target = str_copy(a, str_c(target));
	snprintf(x->req.id, sizeof x->req.id, "%016llx", (unsigned long long)++s->last_id);
	return x;
}

/* ---- connections ---- */

static struct address peer_of(struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	struct address a = { { [10] = 0xFF, [11] = 0xFF } };

	if (info && info->client_addr->sa_family == AF_INET)
		memcpy(a.b + 12, &((const struct sockaddr_in *)info->client_addr)->sin_addr, 4);
	if (info && info->client_addr->sa_family == AF_INET6)
		memcpy(a.b, &((const struct sockaddr_in6 *)info->client_addr)->sin6_addr, 16);
	return a;
}

static void connection_open(struct http_server *s, struct MHD_Connection *mhd, void **context)
{
	static const int send_buffer = SEND_BUFFER;
	struct connection *c = s->free_connection;

	assert(c);                               /* libmicrohttpd keeps to MHD_OPTION_CONNECTION_LIMIT */
	s->free_connection = c->next;
	*c = (struct connection){ .fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd, .peer = peer_of(mhd) };
	connection_phase(c, PHASE_NEW, mono_us());
	setsockopt(c->fd, SOL_SOCKET, SO_SNDBUF, &send_buffer, sizeof send_buffer);
	*context = c;
	s->n_connections++;
	bool proxy = networks_hold(&s->trusted, &c->peer);
	if (!proxy && connections_of(s->connections, s->o.limits.connections, &c->peer) > s->o.limits.per_client)
		connection_cut(c);
}

static void on_connection(void *cls, struct MHD_Connection *mhd, void **context, enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = cls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		connection_open(s, mhd, context);
		return;
	}
	struct connection *c = *context;
	*c = (struct connection){ .next = s->free_connection };
	s->free_connection = c;
	s->n_connections--;
}

/* ---- answers ---- */

static void add_header(struct MHD_Response *r, struct arena *a, str name, str value)
{
	if (MHD_add_response_header(r, str_z(a, name), str_z(a, value)) != MHD_YES)
		die("libmicrohttpd refuses the header %.*s", STR_ARG(name));
}

static void add_headers(struct MHD_Response *r, struct arena *a, const struct answer *ans, size_t coding)
{
	for (size_t i = 0; i < ans->n_headers; i++)
		if (coding != CACHED_304 || !str_ieq(ans->headers[i].name, S("Content-Type")))
			add_header(r, a, ans->headers[i].name, ans->headers[i].value);
	if (coding != CACHED_304 && coding != CODING_IDENTITY)
		add_header(r, a, S("Content-Encoding"), str_c(coding_name((enum coding)coding)));
}

/* A response of libmicrohttpd's for an answer in a coding (CACHED_304: "not modified"). `keep`: it copies the body. */
static struct MHD_Response *response_of(struct arena *a, const struct answer *ans, size_t coding, str body, bool keep)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(body.n, (void *)body.p, keep ? MHD_RESPMEM_MUST_COPY : MHD_RESPMEM_PERSISTENT);

	if (!r)
		die("out of memory");
	add_headers(r, a, ans, coding);
	return r;
}

static bool must_close(const struct exchange *x)
{
	return x->close || x->server->draining || x->connection->requests >= x->server->o.limits.requests;
}

static enum MHD_Result queue(struct exchange *x, int status, struct MHD_Response *r, u64 bytes)
{
	bool long_answer = x->req.route && (x->req.route->flags & ROUTE_LONG);

	if (must_close(x))
		add_header(r, x->req.a, S("Connection"), S("close"));
	x->outcome.status = status;
	x->outcome.bytes = x->req.method == HEAD ? 0 : bytes;
	x->outcome.us = mono_us() - x->req.started_us;
	x->state = SENT;
	connection_phase(x->connection, long_answer ? PHASE_LONG_ANSWER : PHASE_ANSWER, mono_us());
	return MHD_queue_response(x->mhd, (unsigned)status, r);
}

static bool client_knows(const struct exchange *x, str etag)
{
	size_t n;
	const char *value;

	if (MHD_lookup_connection_value_n(x->mhd, MHD_HEADER_KIND, "If-None-Match", 13, &value, &n) != MHD_YES)
		return false;
	return answer_is_known(etag, (str){ value, n });
}

/* ---- bodies made while they are sent ---- */

struct sending { struct exchange *x; struct pieces *pieces; };

static ssize_t on_room(void *cls, uint64_t at, char *room, size_t n)
{
	struct sending *s = cls;
	ssize_t got = pieces_read(s->pieces, room, n);

	(void)at;
	if (got > 0)
		s->x->outcome.bytes += (u64)got;
	return got > 0 ? got : got == PIECES_END ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void on_sent(void *cls)
{
	struct sending *s = cls;

	pieces_free(s->pieces);
	free(s);
}

static enum MHD_Result send_pieces(struct exchange *x, const struct answer *ans)
{
	struct sending *s = calloc(1, sizeof *s);
	enum coding coding = ans->compress && x->coding != CODING_IDENTITY ? CODING_GZIP : CODING_IDENTITY;

	if (!s)
		die("out of memory");
	*s = (struct sending){ x, pieces_new(&x->req, coding) };
	struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECES_BLOCK, on_room, s, on_sent);
	if (!r)
		die("out of memory");
	add_headers(r, x->req.a, ans, coding);
	enum MHD_Result result = queue(x, ans->status, r, 0);
	MHD_destroy_response(r);
	return result;
}

/* `lasting`: the answer lives as long as the request (one of the cache's may be dropped before it has gone). */
static enum MHD_Result send_once(struct exchange *x, const struct answer *ans, bool lasting)
{
	struct arena *a = x->req.a;
	int status = ans->status;
	size_t form = x->coding;
	str body = ans->body, coded;

	if (ans->pieces && !client_knows(x, ans->etag))
		return send_pieces(x, ans);
	if (client_knows(x, ans->etag)) {
		status = 304;
		form = CACHED_304;
		body = S("");
	} else if (!ans->compress || !(coded = coding_apply(a, x->coding, body, false)).p) {
		form = CODING_IDENTITY;
	} else {
		body = coded;
	}
	struct MHD_Response *r = response_of(a, ans, form, body, !lasting);
	enum MHD_Result result = queue(x, status, r, body.n);
	MHD_destroy_response(r);
	return result;
}

/* ---- the page cache ---- */

#define RESPONSE_BYTES 2048                      /* about what libmicrohttpd keeps for a response's headers */
#define BEST_FROM_HIT 4                          /* a page asked this often is worth the best compression */

static void drop_response(void *r)
{
	MHD_destroy_response(r);
}

/* Prepares the response kept for an entry in a form, unless it is there (made better once the page proves to be asked).
 * Returns the form: identity when the coding wanted gains nothing. */
static size_t kept_form(struct exchange *x, struct cached *c, size_t form)
{
	bool coded = form == CODING_GZIP || form == CODING_BROTLI;
	str body = form == CACHED_304 ? S("") : c->ans.body;

	if (c->sent[form] && !(coded && c->hits == BEST_FROM_HIT))
		return form;
	if (coded) {
		body = coding_apply(x->req.a, (enum coding)form, body, c->hits >= BEST_FROM_HIT);
		if (!body.p)
			return kept_form(x, c, CODING_IDENTITY);
	}
	if (c->sent[form])
		MHD_destroy_response(c->sent[form]);
	c->sent[form] = response_of(x->req.a, &c->ans, form, body, true);
	c->sent_n[form] = body.n;
	cache_grew(x->server->cache, c, body.n + RESPONSE_BYTES);
	return form;
}

static enum MHD_Result send_cached(struct exchange *x, struct cached *c)
{
	bool known = client_knows(x, c->ans.etag);
	size_t form = known ? CACHED_304 : c->ans.compress ? x->coding : CODING_IDENTITY;

	x->outcome.cached = true;
	if (must_close(x))
		return send_once(x, &c->ans, false); /* a kept response is shared: it cannot say "close" */
	form = kept_form(x, c, form);
	return queue(x, known ? 304 : c->ans.status, c->sent[form], c->sent_n[form]);
}

/* A GET or HEAD without session may be answered by what was kept for its target. */
static struct cached *find_cached(struct exchange *x)
{
	struct http_server *s = x->server;
	struct req *req = &x->req;

	if (!s->cache || (req->method != GET && req->method != HEAD))
		return NULL;
	if (req_cookie(req, "g").p || req_cookie(req, "__Host-g").p)
		return NULL;
	x->cache_key = str_printf(req->a, "%c%.*s", req->tls ? 's' : 'p', STR_ARG(req->target));
	struct cached *c = cache_find(s->cache, x->cache_key);
	if (!c)
		x->cacheable = cache_generations(s->cache, &x->then);
	return c;
}

/* ---- requests ---- */

static enum MHD_Result add_pair(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_n, const char *value, size_t value_n)
{
	struct pairs *p = cls;

	(void)kind;
	p->v[p->n++] = (struct pair){ { name, name_n }, { value ? value : "", value ? value_n : 0 } };
	return MHD_YES;
}

static void read_headers(struct exchange *x)
{
	int n = MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, NULL, NULL);

	x->req.headers.v = arena_many(x->req.a, struct pair, n > 0 ? (size_t)n : 0);
	MHD_get_connection_values_n(x->mhd, MHD_HEADER_KIND, add_pair, &x->req.headers);
}

static void refuse(struct exchange *x, int status, const char *reason)
{
	x->req.status = status;
	x->server->o.on.on_refused(x->server->o.app, &x->req, reason);
}

/* The answer is known from the headers alone; when a body comes along all the same, a small one is swallowed first, so that
 * the client reads the answer and not a reset connection. */
static enum MHD_Result answer_early(struct exchange *x)
{
	answer_seal(&x->req, &x->ans);
	bool no_body = x->framing.length == 0 && !x->framing.chunked;
	bool asks_first = req_header(&x->req, "Expect").p;
	if (!x->close && (no_body || (!asks_first && x->framing.length <= SWALLOWED))) {
		x->state = no_body ? READY : SWALLOWING;
		return MHD_YES;
	}
	x->close = true;
	return send_once(x, &x->ans, true);
}

static struct refusal open_request(struct exchange *x, const char *method, const char *version)
{
	struct http_server *s = x->server;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(x->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	struct incoming in = {
		.method = str_c(method), .target = x->req.target, .version = str_c(version), .header_bytes = info ? info->header_size : 0,
		.header_max = s->o.limits.headers, .peer = x->connection->peer, .tls = s->o.tls_cert != NULL,
	};

	read_headers(x);
	struct refusal r = request_open(&x->req, &in, &s->trusted, &x->framing);
	x->coding = coding_choose(req_header(&x->req, "Accept-Encoding"));
	return r;
}

/* The headers are there: what can be refused is refused before any body is read. */
static enum MHD_Result on_headers(struct exchange *x, const char *method, const char *version)
{
	struct http_server *s = x->server;

	x->begun = true;
	x->req.started_us = mono_us();
	x->body_max = s->o.limits.body;
	struct refusal r = open_request(x, method, version);
	if (r.status) {
		x->close = r.status != 308;
		x->req.status = r.status;
		if (x->close)
			refuse(x, r.status, r.reason);
		return answer_early(x);
	}
	if (x->framing.length == 0 && !x->framing.chunked) {
		x->state = BODILESS;
		return MHD_YES;
	}
	if (s->o.on.on_headers(s->o.app, &x->req, &x->body_max) == HTTP_ANSWER)
		return answer_early(x);
	if (x->req.method == GET || x->req.method == HEAD || x->req.method == OPTIONS)
		x->body_max = 0;
	if (x->framing.length > x->body_max || (x->framing.chunked && !x->body_max)) {
		refuse(x, 413, "body too large");
		return answer_early(x);
	}
	x->body = buf_new(x->req.a, x->body_max);
	x->state = READING;
	return MHD_YES;
}

/* A piece of body. Anything over the maximum is swallowed; over what is swallowed, the connection is dropped. */
static enum MHD_Result on_piece(struct exchange *x, const char *data, size_t *n)
{
	if (x->state == READING) {
		buf_put(&x->body, (str){ data, *n });
		x->too_large = x->body.full;
	}
	if (x->state != READING || x->too_large)
		x->swallowed += *n;
	*n = 0;
	return x->swallowed > SWALLOWED ? MHD_NO : MHD_YES;
}

static void keep(struct exchange *x)
{
	x->then.until = x->req.until_ms;
	if (x->cacheable && answer_is_public(&x->req, &x->ans))
		cache_keep(x->server->cache, x->cache_key, &x->ans, x->req.depends, &x->then);
}

static enum MHD_Result answer_now(struct exchange *x)
{
	answer_seal(&x->req, &x->ans);
	keep(x);
	return send_once(x, &x->ans, true);
}

static enum MHD_Result on_complete(struct exchange *x)
{
	struct http_server *s = x->server;

	x->req.body_raw = buf_str(&x->body);
	connection_phase(x->connection, PHASE_WORK, mono_us());
	if (x->too_large) {
		refuse(x, 413, "body too large");
	} else if (!request_read_form(&x->req)) {
		refuse(x, 400, "form");
	} else if (s->o.on.on_request(s->o.app, &x->req) == HTTP_SUSPEND) {
		x->state = WORKING;
		x->connection->suspended = x->mhd;
		MHD_suspend_connection(x->mhd);
		return MHD_YES;
	}
	return answer_now(x);
}

static enum MHD_Result on_bodiless(struct exchange *x)
{
	struct http_server *s = x->server;
	struct cached *c = find_cached(x);

	if (c)
		return send_cached(x, c);
	if (str_eq(x->req.path, S("*"))) {
		resp_options(&x->req, S("GET, HEAD, POST, OPTIONS"));
		return answer_now(x);
	}
	if (s->o.on.on_headers(s->o.app, &x->req, &x->body_max) == HTTP_ANSWER)
		return answer_now(x);
	return on_complete(x);
}

static enum MHD_Result on_access(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
                                 const char *data, size_t *data_n, void **request)
{
	struct exchange *x = *request;

	(void)cls, (void)mhd, (void)url;
	if (x->state == OPENING)
		return on_headers(x, method, version);
	if (*data_n)
		return on_piece(x, data, data_n);
	switch (x->state) {
	case BODILESS:
		return on_bodiless(x);
	case READING:
		return on_complete(x);
	case SWALLOWING:
	case READY:
		return send_once(x, &x->ans, true);
	default:
		return MHD_YES;
	}
}

static void *on_target(void *cls, const char *target, struct MHD_Connection *mhd)
{
	struct http_server *s = cls;
	struct exchange *x = exchange_new(s, mhd, target);

	x->connection->requests++;
	connection_phase(x->connection, PHASE_REQUEST, mono_us());
	return x;
}

static void on_completed(void *cls, struct MHD_Connection *mhd, void **request, enum MHD_RequestTerminationCode why)
{
	struct http_server *s = cls;
	struct exchange *x = *request;

	(void)mhd;
	if (!x)
		return;
	*request = NULL;
	x->outcome.broken = why != MHD_REQUEST_TERMINATED_COMPLETED_OK;
	if (x->begun)
		s->o.on.on_answered(s->o.app, &x->req, &x->outcome);
	connection_phase(x->connection, PHASE_IDLE, mono_us());
	arena_give_back(s, x->req.a);
}

/* Targets are decoded by request.c. */
static size_t decode_nothing(void *cls, struct MHD_Connection *mhd, char *s)
{
	(void)cls, (void)mhd;
	return strlen(s);
}

/* ---- the server ---- */

static void or_default(struct http_limits *l)
{
	l->connections = l->connections ? l->connections : 1000;
	l->per_client = l->per_client ? l->per_client : 200;
	l->requests = l->requests ? l->requests : 1000;
	l->headers = l->headers ? l->headers : (size_t)16 * 1024;
	l->body = l->body ? l->body : (size_t)64 * 1024;
	l->arena = l->arena ? l->arena : (size_t)32 << 20;
	l->cache = l->cache ? l->cache : (size_t)1 << 20;
	l->request_s = l->request_s ? l->request_s : 10;
	l->long_s = l->long_s ? l->long_s : 600;
	l->idle_s = l->idle_s ? l->idle_s : 15;
}

static struct MHD_Daemon *start_daemon(struct http_server *s)
{
	struct MHD_OptionItem tls[] = {
		{ MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)s->o.tls_cert },
		{ MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)s->o.tls_key },
		{ MHD_OPTION_END, 0, NULL },
	};
	unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME;

	if (s->o.tls_cert)
		flags |= MHD_USE_TLS;
	else
		tls[0].option = MHD_OPTION_END;
	return MHD_start_daemon(flags, 0, NULL, NULL, on_access, s,
	                        MHD_OPTION_LISTEN_SOCKET, s->o.listen_fd,
	                        MHD_OPTION_CONNECTION_LIMIT, s->o.limits.connections,
	                        MHD_OPTION_CONNECTION_MEMORY_LIMIT, MEMORY_PER_CONNECTION,
	                        MHD_OPTION_CONNECTION_MEMORY_INCREMENT, MEMORY_STEP,
	                        MHD_OPTION_CONNECTION_TIMEOUT, 0u,
	                        MHD_OPTION_STRICT_FOR_CLIENT, 0, /* 1 only adds refusals in its own words, that request.c makes in ours */
	                        MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
	                        MHD_OPTION_UNESCAPE_CALLBACK, decode_nothing, NULL,
	                        MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
	                        MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
	                        MHD_OPTION_ARRAY, tls,
	                        MHD_OPTION_END);
}

static struct http_server *server_new(const struct http_options *o)
{
	struct http_server *s = calloc(1, sizeof *s);

	if (!s)
		die("out of memory");
	s->o = *o;
	or_default(&s->o.limits);
	const struct http_limits *l = &s->o.limits;
	s->deadlines = (struct deadlines){ l->request_s * (i64)1000000, l->long_s * (i64)1000000, l->idle_s * (i64)1000000 };
	s->connections = calloc(l->connections, sizeof *s->connections);
	if (!s->connections)
		die("out of memory");
	for (size_t i = l->connections; i > 0; i--) {
		s->connections[i - 1].next = s->free_connection;
		s->free_connection = &s->connections[i - 1];
	}
	if (o->db && o->generations)
		s->cache = cache_new(l->cache, o->generations, o->db, drop_response);
	randombytes_buf(&s->last_id, sizeof s->last_id);
	return s;
}

struct http_server *http_start(const struct http_options *o)
{
	if (sodium_init() < 0)
		die("libsodium does not start");
	struct http_server *s = server_new(o);
	if (networks_parse(o->trusted_proxies, &s->trusted) != OK)
		log_line(LOG_ERROR, "trusted_proxies is not a list of addresses", " ");
	else
		s->mhd = start_daemon(s);
	if (!s->mhd) {
		log_line(LOG_ERROR, "the HTTP server does not start", "fd=%d tls=%d", o->listen_fd, o->tls_cert != NULL);
		http_stop(s);
		return NULL;
	}
	s->epoll_fd = MHD_get_daemon_info(s->mhd, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
	return s;
}

static void resume_all(struct http_server *s)
{
	for (unsigned i = 0; i < s->o.limits.connections; i++)
		if (s->connections[i].phase == PHASE_WORK && s->connections[i].suspended)
			MHD_resume_connection(s->connections[i].suspended);
}

void http_stop(struct http_server *s)
{
	if (!s)
		return;
	if (s->mhd) {
		resume_all(s);
		if (!s->draining)
			MHD_quiesce_daemon(s->mhd);     /* or libmicrohttpd would close the listening socket */
		MHD_stop_daemon(s->mhd);
	}
	cache_free(s->cache);
	while (s->n_arenas)
		arena_free(s->arenas[--s->n_arenas]);
	free(s->connections);
	free(s);
}

int http_epoll_fd(const struct http_server *s) { return s->epoll_fd; }
unsigned http_connections(const struct http_server *s) { return s->n_connections; }
bool http_idle(const struct http_server *s) { return s->n_connections == 0; }

int http_wait_ms(struct http_server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (MHD_get_timeout(s->mhd, &ms) != MHD_YES)
		return -1;
	return ms > 1000 ? 1000 : (int)ms;
}

void http_run(struct http_server *s)
{
	if (s->cache)
		cache_turn(s->cache);
	MHD_run(s->mhd);
}

void http_tick(struct http_server *s)
{
	unsigned n = watchdog_tick(s->connections, s->o.limits.connections, &s->deadlines, s->draining, mono_us());

	if (n && !s->draining)
		log_line(LOG_INFO, "slow clients cut", "n=%u", n);
}

void http_resume(struct req *req)
{
	struct exchange *x = (struct exchange *)req;

	assert(x->state == WORKING);
	answer_seal(&x->req, &x->ans);
	keep(x);
	x->state = READY;
	x->connection->suspended = NULL;
	MHD_resume_connection(x->mhd);
}

void http_stop_accepting(struct http_server *s)
{
	s->draining = true;
	MHD_quiesce_daemon(s->mhd);
}

void http_wrote(struct http_server *s)
{
	if (s->cache)
		cache_wrote(s->cache);
}
