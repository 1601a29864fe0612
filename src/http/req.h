/* One request: what came in, what goes out, and what the pipeline has established about it (session, capability, form).
 * Everything lives in req->a and dies with the answer. Handlers see libmicrohttpd nowhere: http/mhd.c alone does. */
#ifndef GABARE_REQ_H
#define GABARE_REQ_H

#include "base/buf.h"
#include "html/view.h"

struct db;
struct route;
struct session;
struct form;

enum method { GET, HEAD, POST, OPTIONS, OTHER_METHOD };

struct pair { str name, value; };                /* decoded; in order of arrival, names may repeat */
struct pairs { struct pair *v; size_t n; };
struct req_file { str field, name, content; };   /* of a form with a file; content absent: none was sent */

#define REQ_PATH_PARAMS 4
#define REQ_HEADERS_OUT 16

struct req;
typedef enum err piece_fn(struct req *req, struct buf *out);

struct req {
	struct arena *a;
	struct db *db;
	struct view v;                           /* language, output, page: what templates get */

	/* what came in */
	enum method method;
	str target;                              /* as sent, undecoded: for logs (masked where the route says so) */
	str path;                                /* decoded, without the language prefix: "/lieux" */
	str raw_query;                           /* undecoded, without '?' */
	struct pairs query, headers, cookies, body;
	str body_raw;                            /* as received (JSON, CSV…) */
	struct req_file file;
	str client;                              /* address, after trusted_proxies; never logged */
	bool tls;                                /* TLS here or at the trusted proxy */
	char id[17];                             /* request id, hexadecimal */
	i64 started_us;
	const struct route *route;
	struct pair params[REQ_PATH_PARAMS];     /* ":id" → {"id", "…"} */
	struct session *session;                 /* NULL for the public */
	struct form *form;                       /* values and errors of route->form; NULL with FORM_NONE */
	str idem;                                /* idempotency key of a POST (from its form stamp or header) */

	/* what goes out */
	int status;                              /* 200 unless said */
	str content_type;                        /* "text/html; charset=utf-8" unless said */
	struct buf out;                          /* the body */
	struct pair out_headers[REQ_HEADERS_OUT];
	int n_out_headers;
	piece_fn *next_piece;                    /* see resp_pieces(): the body is not in `out` */
	u32 depends;                             /* bit per enum generation declared with depends_on(): makes the page cacheable */
	i64 until_ms;                            /* when the page stops being true by itself (0: never): see true_until() */
	bool no_store;                           /* personal page */
	str secret_path;                         /* what logs show instead of the path */

	/* waiting on a helper (wait.h) */
	struct wait *wait;
	void *handler_data;                      /* from x_start to x_done */
};

/* The value of a path parameter, header (any case) or cookie; absent str if there is none. */
str req_param(const struct req *req, const char *name);
str req_header(const struct req *req, const char *name);
str req_cookie(const struct req *req, const char *name);
str pairs_get(const struct pairs *p, const char *name);

/* Adds a response header. Names and values with control characters abort: they are ours. */
void resp_header(struct req *req, const char *name, str value);
/* The answer is a file to take away, saved as `name`, whose end says its type: .csv (its first line names the columns), .json, .geojson.
 * personal: nothing on the way keeps it. */
void resp_file(struct req *req, str name, bool personal);
/* 303 See Other to a path of ours (the language prefix is added); what every successful POST answers. */
must_use enum err resp_redirect(struct req *req, str path);
/* What the path speaks of is now at another path of ours, of the same kind: 301 to it with the same query, or 308 for a form, which is
 * sent there again as it is. Not to be kept by anyone: it may move back. Always MOVED, for the handler to return. */
must_use enum err resp_moved(struct req *req, str path);
/* The page depends on this domain's generation: it may be cached until a writer bumps it. Call it before reading. */
enum generation { GEN_DIRECTORY, GEN_CONFIG, GEN_CONTENT, GEN_COUNT };
void depends_on(struct req *req, enum generation g);
/* The page says something that the clock changes ("open until 17:00"): it may be cached no longer than this instant. */
void true_until(struct req *req, i64 ms);
/* A domain's pages are out of date: call inside the transaction that changes it (works outside a server too). */
must_use enum err generation_bump(struct db *db, enum generation g);
/* How often that has happened: the same number, the same pages. */
must_use enum err generation_now(struct db *db, enum generation g, i64 *ret);

/* A body too large for one handler is made piece by piece while the client reads. `next` writes the next piece into out, or
 * nothing after the last one, within a handler's 50 ms; what it makes in out->a is gone with the piece, what lasts is in req->a.
 * Anything but OK cuts the connection, so that nobody takes a part for the whole. `etag` names the whole body ("W/\"…\""); absent for a personal file. */
void resp_pieces(struct req *req, piece_fn *next, str etag);

#endif
