/* An HTTP client for the scenarios: real sockets, kept connections, cookies, and nothing that hides what the server did. */
#ifndef SCENARIO_CLIENT_H
#define SCENARIO_CLIENT_H

#include "base/buf.h"

struct header { str name, value; };

struct reply {
	bool came;                               /* false: the connection closed without an answer */
	int status;
	struct header headers[64];
	int n_headers;
	str body;                                /* decoded (gzip, br, chunked) */
	size_t encoded;                          /* bytes of the body on the wire */
	i64 took_us;
};

struct client {
	str name;
	int fd;                                  /* -1 when there is no connection */
	str cookies[16];                         /* "name=value" */
	int n_cookies;
	str url;                                 /* of the last page, for submit */
	struct client *next;
};

/* Sends `request` as it is to 127.0.0.1:port on the client's connection (a new one when the server has closed it) and reads
 * one answer into *ret, in arena a. `head`: the answer has no body. False, with errno, when there is no connection. */
bool client_send(struct arena *a, struct client *c, int port, str request, bool head, struct reply *ret);
void client_close(struct client *c);
/* A header of the reply, any case; absent when it is not there. Several are joined with ", ". */
str reply_header(struct arena *a, const struct reply *r, str name);

#endif
