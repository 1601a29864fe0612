/* Pages that belong to no domain: /healthz, and what is answered when something is refused. */
#ifndef GABARE_APP_PAGES_H
#define GABARE_APP_PAGES_H

#include "http/route.h"

/* Makes req's answer the error page of `status` in the person's language, or a problem+json for the API (RFC 9457).
 * What the handler had begun to write is dropped. */
void pages_error(struct req *req, int status, const char *detail);
/* The HTTP status of a handler's error. */
int pages_status(enum err e);

extern const struct route app_routes[];
#ifdef GABARE_TESTING
extern const struct route doors_routes[];
#endif

#endif
