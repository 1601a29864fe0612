/* SMS through the configured HTTP gateway: one message, one request. Only the outbox process calls it. */
#ifndef GABARE_APP_GATEWAY_H
#define GABARE_APP_GATEWAY_H

#include "app/send.h"

/* The request as it goes out: the configured templates with {to} {text} {from} {id} {secret} in them, each escaped for where it
 * stands (URL, JSON or form). INVALID: too long, or a value that a header cannot hold. */
struct gateway_request { str url, body; str *headers; size_t n_headers; };
must_use enum err gateway_request(struct arena *a, const struct config *c, str secret, const struct message *m, struct gateway_request *ret);
/* Hands it over. */
struct sending gateway_send(struct arena *a, const struct config *c, str secret, const struct message *m);
/* What is wrong with a success pattern; NULL: nothing. */
const char *gateway_check_pattern(str pattern);

#endif
