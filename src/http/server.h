/* The HTTP server of one worker, as src/app/ sees it: one thread, no thread of its own, driven by the worker's loop.
 * The worker polls http_epoll_fd() among its other descriptors, calls http_run() when it is readable or when http_wait_ms()
 * has passed, and http_tick() each second. mhd.c implements it and is the only file that knows libmicrohttpd. */
#ifndef GABARE_SERVER_H
#define GABARE_SERVER_H

#include <stdatomic.h>

#include "http/req.h"

struct http_server;

/* Zero means the default in brackets. */
struct http_limits {
	unsigned connections;                    /* at once in this worker [1000] */
	unsigned per_client;                     /* of those, from one address, trusted proxies excepted [200] */
	unsigned requests;                       /* on one connection, then `Connection: close` [1000] */
	size_t headers;                          /* bytes of the request line and headers, 431 beyond [16 KB] */
	size_t body;                             /* bytes of a body where on_headers says nothing, 413 beyond [64 KB] */
	size_t arena;                            /* bytes of memory of one request [32 MB: an answer of 4 MB grows through 8] */
	size_t cache;                            /* bytes of the page cache of this worker [1 MB] */
	int request_s;                           /* a request, and then its answer, must get through in [10] */
	int long_s;                              /* the same for ROUTE_LONG [600] */
	int idle_s;                              /* a kept-alive connection may stay silent [15] */
};

enum http_next {
	HTTP_GO_ON,                              /* on_headers only: read the body, then call on_request */
	HTTP_ANSWER,                             /* the answer is in req: send it */
	HTTP_SUSPEND,                            /* the answer comes later: http_resume(req) when it is in req */
};

/* What became of a request, for the log line and the counters. */
struct http_outcome {
	int status;
	u64 bytes;                               /* of the body, as sent (compressed) */
	i64 us;                                  /* from the headers' arrival to the answer being ready */
	bool cached;                             /* answered by the page cache: req->route is NULL, on_headers was not called */
	bool broken;                             /* the client left, or was cut by a limit, before the end */
};

struct http_callbacks {
	/* Headers are in; a body, if any, is not. `req` has method, target, path, language, query, headers, cookies, client. The
	 * callee gives db, v.city, finds req->route (ROUTE_LONG sets the deadline), may raise or lower *body_max, and may
	 * answer at once (404, 405…). */
	enum http_next (*on_headers)(void *app, struct req *req, size_t *body_max);
	/* The request is complete (body_raw, and body when it is a form). Never HTTP_GO_ON. */
	enum http_next (*on_request)(void *app, struct req *req);
	/* The HTTP layer refuses the request: req->status is set (400 408 413 414 417 431 501 505); the callee writes the page
	 * or the problem+json. Path, query… are only set as far as parsing went; v.lang always is. */
	void (*on_refused)(void *app, struct req *req, const char *reason);
	/* The answer has gone, or the client has; req dies on return. */
	void (*on_answered)(void *app, const struct req *req, const struct http_outcome *o);
};

struct http_options {
	int listen_fd;                           /* bound, listening, non-blocking; stays the caller's */
	struct http_limits limits;
	struct http_callbacks on;
	void *app;                               /* first argument of the callbacks */
	str trusted_proxies;                     /* "127.0.0.1, 10.0.0.0/8, ::1": their X-Forwarded-For and -Proto are believed */
	const char *tls_cert, *tls_key;          /* PEM texts, or NULL for plain HTTP */
	/* The page cache: the generations shared by all workers (GEN_COUNT of them, in the shared segment, zeroed at start)
	 * and the connection on which it re-reads them. db NULL: no cache. */
	_Atomic u64 *generations;
	struct db *db;
};

/* NULL when it cannot start: the reason is logged. */
struct http_server *http_start(const struct http_options *o);
/* Cuts every connection and frees all; suspended requests are answered to nobody. NULL is fine. */
void http_stop(struct http_server *s);

int http_epoll_fd(const struct http_server *s);
/* Milliseconds until http_run must be called although nothing is readable; -1: never. */
int http_wait_ms(struct http_server *s);
void http_run(struct http_server *s);
/* The watchdog, once a second: cuts what is past its deadline. */
void http_tick(struct http_server *s);

/* The answer of a suspended request is in `req`: it is sent at the next http_run. Call it once per HTTP_SUSPEND. */
void http_resume(struct req *req);

/* Draining: accepts nothing new, answers carry `Connection: close`, silent connections are closed at the next tick. */
void http_stop_accepting(struct http_server *s);
bool http_idle(const struct http_server *s);     /* no connection left: a draining worker may leave */
unsigned http_connections(const struct http_server *s);

/* This worker has committed something (after db_barrier): the generations are read again and shared. */
void http_wrote(struct http_server *s);

#endif
