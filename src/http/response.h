/* The last step of every answer: security headers, caching rules, validators, content codings. Pure over `struct req`. */
#ifndef GABARE_RESPONSE_H
#define GABARE_RESPONSE_H

#include "http/compress.h"
#include "http/route.h"

#define ANSWER_HEADERS (REQ_HEADERS_OUT + 16)

/* What goes on the wire, but for Content-Length, Date and Connection. Lives in the request's arena. */
struct answer {
	int status;
	struct pair headers[ANSWER_HEADERS];     /* with Content-Type, without Content-Encoding */
	size_t n_headers;
	str body;                                /* in identity coding */
	str etag;                                /* absent when the answer has none */
	piece_fn *pieces;                        /* the body is made while it is sent: pieces.h */
	bool compress;                           /* its type and size make a coding worth while */
};

/* The answer of a request that has been handled. */
void answer_seal(struct req *req, struct answer *ret);
/* True when the client has this very answer (If-None-Match, weakly compared). */
bool answer_is_known(str etag, str if_none_match);
/* True when it may be kept and given to anyone: a 200 to a GET that declared what it depends on and holds nothing personal. */
bool answer_is_public(const struct req *req, const struct answer *ans);

/* The answer to OPTIONS: 204, what is allowed, and CORS's preflight when the route is an API's. */
void resp_options(struct req *req, str allow);
/* A problem+json (RFC 9457) as the answer; `detail` may be absent. */
void resp_problem(struct req *req, int status, str title, str detail);

#endif
