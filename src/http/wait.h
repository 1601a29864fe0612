/* Handlers that wait. Whatever may take over ~10 ms is asked of a helper process: x_start returns
 * wait_for(req, …, x_done); dispatch suspends the connection; x_done runs when the answer is there. */
#ifndef GABARE_WAIT_H
#define GABARE_WAIT_H

#include "http/route.h"

enum helper { HELPER_VAULT, HELPER_PARSER, HELPER_OIDC, HELPER_JOBS, HELPER_COUNT };

#define WAIT_MESSAGE_MAX 65000                   /* bytes of one message, either way */

struct wait {
	enum helper helper;
	u32 kind;                                /* of message: each helper's own enum */
	str message;
	handler_fn *done;
	/* the answer, for `done` */
	enum err result;                         /* BUSY: too many waiting, or no answer in time */
	str answer;
};

/* Hands `message` to a helper and returns WAITING; `done` runs with req->wait filled. */
must_use enum err wait_for(struct req *req, enum helper h, u32 kind, str message, handler_fn *done);
/* A question answered within microseconds (vault only: 18 µs): blocks. BUSY when the vault is away. */
must_use enum err vault_ask(struct req *req, u32 kind, str message, str *ret_answer);

#endif
