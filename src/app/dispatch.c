/* The pipeline every request goes through, always in this order: route, deadline, rate limit, session, capability, scope,
 * stamp or CSRF, form, handler, barrier, answer, log line. */
#include "app/web.h"

#include <ctype.h>
#include <sys/resource.h>

#include "accounts/accounts.h"
#include "app/pages.h"
#include "base/log.h"
#include "base/timex.h"
#include "http/response.h"
#include "http/session.h"

#define RETRY_AFTER S("5")
#define WAITED_US 250000

static void refuse(struct req *req, int status, const char *detail)
{
	pages_error(req, status, detail);
	if (status == 429 || status == 503)
		resp_header(req, "Retry-After", RETRY_AFTER);
}

/* Every answer of a writing route waits for the disk, refusals and replays included: they too reveal someone's commit. */
static void barrier(struct web *w, struct req *req)
{
	bool wrote = db_wrote(w->db, true);
	if (!wrote && req->method != POST)
		return;
	enum err e = db_barrier(w->db);
	if (e != OK) {
		log_line(LOG_ERROR, "not acknowledged: the sync failed", "id=%s err=%s", req->id, err_name(e));
		refuse(req, 503, NULL);
		return;
	}
	if (wrote)
		http_wrote(w->http);
}

static void finish(struct web *w, struct req *req, enum err e)
{
	if (e == MOVED)
		e = OK;                          /* the redirect is the answer */
	if (e == OK && req->out.full)
		e = INTERNAL;
	if (e != OK) {
		if (e == INTERNAL)
			log_line(LOG_ERROR, "handler failed", "id=%s handler=%s reason=%s", req->id, req->route->handler_name,
			         log_quote(req->a, str_c(db_error(w->db))));
		refuse(req, e == FORBIDDEN ? 503 : pages_status(e), NULL);      /* of a handler: the vault has opened enough for this minute */
	}
	barrier(w, req);
}

/* Over the budget is a defect of ours when the time went into computing or, beyond doubt, into waiting; not when the machine gave
 * the processor to others meanwhile: a short wait, and then no processor for a while, is nobody's defect. */
static bool over_budget(const struct rusage *began, i64 us)
{
	struct rusage now;
	if (us <= HANDLER_BUDGET_US)
		return false;
	getrusage(RUSAGE_THREAD, &now);
	i64 computed = (now.ru_utime.tv_sec - began->ru_utime.tv_sec + now.ru_stime.tv_sec - began->ru_stime.tv_sec) * 1000000 +
		now.ru_utime.tv_usec - began->ru_utime.tv_usec + now.ru_stime.tv_usec - began->ru_stime.tv_usec;
	return computed > HANDLER_BUDGET_US || (us > WAITED_US && now.ru_nvcsw != began->ru_nvcsw);
}

/* Runs one half of a handler, timed. */
static enum err run(struct web *w, struct req *req, handler_fn *fn)
{
	struct rusage before;
	i64 began = mono_us();
	getrusage(RUSAGE_THREAD, &before);
	db_use_arena(w->db, req->a);
	enum err e = fn(req);
	i64 us = mono_us() - began;
	if (over_budget(&before, us)) {
		atomic_fetch_add(&w->counters->slow, 1);
		log_line(LOG_WARN, "slow handler: a defect", "id=%s handler=%s us=%lld", req->id, req->route->handler_name, (long long)us);
	}
	if (e == WAITING)
		e = web_ask(w, req) == OK ? WAITING : BUSY;
	return e;
}

static bool within_limits(struct web *w, struct req *req)
{
	if (req->method != POST && !(req->route->flags & ROUTE_COUNTED))
		return true;
	bool ok = shared_take_token(w->shared, req->client, (u32)w->config->post_burst, (u32)w->config->post_per_minute, mono_us());
	if (!ok)
		atomic_fetch_add(&w->counters->limited, 1);
	return ok;
}

/* Session, capability, scope. FORBIDDEN: nobody has logged in. NOT_FOUND: not within reach, which must look like not existing. */
static enum err authorize(struct req *req)
{
	try(session_load(req));
	try(accounts_begin(req));
	if (!session_may(req->session, req->route->cap))
		return session_may(req->session, CAP_SESSION) ? NOT_FOUND : FORBIDDEN;
	return req->route->scope ? req->route->scope(req) : OK;
}

/* Who has not logged in is sent to do so, and back; after a form, whose content is not kept, to the agents' home. */
static void send_to_login(struct req *req)
{
	bool back = req->method == GET && req->path.n < 200;
	for (size_t i = 0; back && i < req->path.n; i++)
		back = isalnum((u8)req->path.p[i]) || req->path.p[i] == '/' || req->path.p[i] == '-';
	enum err e = resp_redirect(req, back ? str_printf(req->a, "/connexion?suite=%.*s", STR_ARG(req->path)) : S("/connexion"));
	assert(e == OK);
	req->no_store = true;
}

/* On plain HTTP away from this machine, no secret may travel: public pages only. */
static bool channel_fits(const struct web *w, const struct req *req)
{
	bool secret = req->route->cap != CAP_PUBLIC || req->method == POST || req->route->flags & ROUTE_AGENT;
	return !secret || req->tls || config_private(w->config);
}

static enum err prepare(struct web *w, struct req *req, int *ret_status)
{
	*ret_status = 429;
	if (!within_limits(w, req))
		return BUSY;
	*ret_status = 403;
	if (!channel_fits(w, req))
		return FORBIDDEN;
	enum err e = authorize(req);
	*ret_status = pages_status(e);
	if (e != OK)
		return e;
	if (req->method == POST && !(req->route->flags & ROUTE_API)) {
		e = session_check_post(req);
		*ret_status = e == BUSY ? 503 : 403;
		if (e != OK)
			return e;
	}
	if (req->route->form)
		req->form = form_read(req, req->route->form, req->method == POST ? &req->body : &req->query);
	return OK;
}

static enum http_next on_request(void *app, struct req *req)
{
	struct web *w = app;
	int status;
	db_use_arena(w->db, req->a);
	enum err prepared = prepare(w, req, &status);
	if (prepared != OK) {
		bool stranger = status == 403 && req->route->cap != CAP_PUBLIC && !session_may(req->session, CAP_SESSION) && channel_fits(w, req);
		if (stranger)
			send_to_login(req);
		else
			refuse(req, status, NULL);
		barrier(w, req);
		return HTTP_ANSWER;
	}
	enum err e = run(w, req, req->route->handler);
	if (e == WAITING)
		return HTTP_SUSPEND;
	finish(w, req, e);
	return HTTP_ANSWER;
}

bool dispatch_go_on(struct web *w, struct req *req)
{
	enum err e = run(w, req, req->wait->done);
	if (e != WAITING)
		finish(w, req, e);
	return e != WAITING;
}

void dispatch_answer(struct web *w, struct req *req)
{
	if (dispatch_go_on(w, req))
		http_resume(req);
}

/* Agents' pages are in French and English. False: who asked in another language is sent to French. */
static bool agents_language(struct req *req)
{
	if (!req->v.agent || req->v.lang == LANG_FR || req->v.lang == LANG_EN)
		return true;
	req->v.lang = LANG_FR;
	if (req->method == POST)
		return true;
	enum err e = resp_redirect(req, req->path);
	assert(e == OK);
	return false;
}

/* Nobody else has so much of theirs kept in memory: what is larger than a form is refused to them. */
static bool may_upload(struct web *w, struct req *req)
{
	db_use_arena(w->db, req->a);
	return channel_fits(w, req) && authorize(req) == OK;
}

static enum http_next on_headers(void *app, struct req *req, size_t *body_max)
{
	struct web *w = app;
	str allow = { 0 };
	req->db = w->db;
	req->v.city = &w->config->city;
	*body_max = (size_t)w->config->body_max;
	enum err e = route_find(req->a, req->method, req->path, &req->route, req->params, &allow);
	if (e == OK && req->v.lang != LANG_FR && req->route->flags & (ROUTE_API | ROUTE_NO_LANG))
		e = NOT_FOUND;                   /* these have no language */
	if (e == OK) {
		req->v.agent = req->route->flags & ROUTE_AGENT;
		if (req->route->flags & ROUTE_UPLOAD && may_upload(w, req))
			*body_max = UPLOAD_MAX;
		return agents_language(req) ? HTTP_GO_ON : HTTP_ANSWER;
	}
	if (e == FORBIDDEN && req->method == OPTIONS) {
		resp_options(req, allow);
		return HTTP_ANSWER;
	}
	refuse(req, e == FORBIDDEN ? 405 : 404, NULL);
	if (e == FORBIDDEN)
		resp_header(req, "Allow", allow);
	return HTTP_ANSWER;
}

static void on_refused(void *app, struct req *req, const char *reason)
{
	struct web *w = app;
	req->v.city = &w->config->city;
	pages_error(req, req->status, reason);
}

/* The route's pattern; where there is none (refused, or from the cache), no more than the first segment: what comes after may
 * be somebody's secret link. */
static str logged_path(const struct req *req)
{
	if (req->route)
		return str_c(req->route->path);
	if (req->secret_path.p)
		return req->secret_path;
	ptrdiff_t q = str_find_byte(str_slice(req->path, 1, req->path.n), '/');
	return q < 0 ? req->path : str_printf(req->a, "%.*s/…", (int)q + 1, req->path.p);
}

static void on_answered(void *app, const struct req *req, const struct http_outcome *o)
{
	static const char *const methods[] = { "GET", "HEAD", "POST", "OPTIONS", "other" };
	struct web *w = app;
	if (req->wait)
		web_forget(w, req);
	shared_count(w->counters, o->status, o->bytes, o->us);
	atomic_fetch_add_explicit(o->cached ? &w->counters->cache_hits : &w->counters->cache_misses, 1, memory_order_relaxed);
	log_line(LOG_INFO, "request", "id=%s method=%s path=%s status=%d us=%lld bytes=%llu%s%s", req->id, methods[req->method],
	         log_quote(req->a, logged_path(req)), o->status, (long long)o->us, (unsigned long long)o->bytes, o->cached ? " cached=1" : "",
	         o->broken ? " broken=1" : "");
}

enum err wait_for(struct req *req, enum helper h, u32 kind, str message, handler_fn *done)
{
	req->wait = arena_one(req->a, struct wait);
	*req->wait = (struct wait){ .helper = h, .kind = kind, .message = message, .done = done, .result = BUSY };
	return WAITING;
}

static enum http_next on_headers_closed(void *app, struct req *req, size_t *body_max)
{
	struct web *w = app;
	*body_max = 0;
	req->v.city = &w->config->city;
	refuse(req, 503, "the database is away");
	return HTTP_ANSWER;
}

static enum http_next on_request_closed(void *app, struct req *req)
{
	size_t none;
	return on_headers_closed(app, req, &none);
}

const struct http_callbacks closed_callbacks = { on_headers_closed, on_request_closed, on_refused, on_answered };
const struct http_callbacks dispatch_callbacks = { on_headers, on_request, on_refused, on_answered };
