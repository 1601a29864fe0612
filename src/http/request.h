/* From what libmicrohttpd has read (a method, a target, header lines) to a struct req, or a refusal. Pure, and fuzzed. */
#ifndef GABARE_REQUEST_H
#define GABARE_REQUEST_H

#include "http/client.h"
#include "http/parse.h"

struct incoming {
	str method, target, version;             /* as sent */
	size_t header_bytes;                     /* request line and headers */
	size_t header_max;
	struct address peer;
	bool tls;                                /* on this connection */
};

struct refusal {
	int status;                              /* 0: the request is well-formed */
	const char *reason;                      /* for the log */
};

/* Fills req (its headers are there already) and *ret_framing. A refusal of 308 has its Location set. After any other, what
 * follows on the connection cannot be trusted: it must be closed. */
struct refusal request_open(struct req *req, const struct incoming *in, const struct networks *trusted, struct framing *ret_framing);
/* Reads req->body_raw into req->body when it is a form. False: it is not well-formed. */
bool request_read_form(struct req *req);

#endif
