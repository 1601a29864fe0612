/* A web process: one thread that parses, applies the rules and renders. This is its state, shared by the loop (web.c), the
 * pipeline (dispatch.c) and /metrics (metrics.c). */
#ifndef GABARE_WEB_H
#define GABARE_WEB_H

#include "app/worker.h"
#include "http/server.h"

#define HANDLER_BUDGET_US 50000                  /* a handler over it is a defect */

/* A request that waits for a helper's answer. */
struct pending { u64 number; struct req *req; enum helper helper; i64 deadline_us; };

struct web {
	struct process *p;
	const struct config *config;
	struct shared *shared;
	struct counters *counters;
	struct db *db;
	struct http_server *http, *metrics;
	struct pending *pending;                 /* waiting_max × HELPER_COUNT of them */
	size_t n_pending;
	u64 last_number;
	char *room;                              /* for one message */
	char *ask_room;                          /* for one answer of vault_ask */
	bool stopping;
};

/* The web process of this worker; NULL in other processes. */
extern struct web *web;

/* ---- dispatch.c: what the HTTP server calls ---- */
extern const struct http_callbacks dispatch_callbacks;
/* The same while the database is away: 503 to everything, with the telephone number. */
extern const struct http_callbacks closed_callbacks;
/* The helper has answered (or has not, in time): runs the handler's second half. */
void dispatch_answer(struct web *w, struct req *req);
/* The same without resuming the connection; false: it waits again. */
bool dispatch_go_on(struct web *w, struct req *req);

/* ---- web.c ---- */
/* Sends req->wait's message to its helper. BUSY: too many wait already, or the helper does not keep up. */
must_use enum err web_ask(struct web *w, struct req *req);
/* Forgets a request that waits, when its client has gone. */
void web_forget(struct web *w, const struct req *req);

/* ---- metrics.c: the server of /metrics, on its own listener ---- */
extern const struct http_callbacks metrics_callbacks;
/* The counters of all workers in Prometheus' text format. */
void metrics_text(struct buf *out, const struct shared *s, int workers);

#endif
