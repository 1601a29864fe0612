/* The loop of a web process; see web.h. */
#include "app/web.h"

#include <errno.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"

#define CLOSED_US 2000000                        /* how long a process without database says so before another tries */

struct web *web;

/* What the loop watches; HELPER_COUNT values from WATCH_HELPER on. */
enum watch { WATCH_SIGNAL, WATCH_HTTP, WATCH_METRICS, WATCH_HELPER };

static void watch(int epoll, int fd, u32 what)
{
	struct epoll_event e = { .events = EPOLLIN, .data.u32 = what };
	if (fd >= 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e))
		die("epoll_ctl: errno=%d", errno);
}

static int helper_fd(const struct web *w, enum helper h)
{
	return w->p->channels->v[w->p->index][h].client;
}

enum err web_ask(struct web *w, struct req *req)
{
	enum helper h = req->wait->helper;
	struct ipc_head head = { (u64)getpid() << 32 | (++w->last_number & 0x7fffffff), req->wait->kind, 0 };
	u32 before = atomic_fetch_add(&w->shared->waiting[h], 1);
	if (before < w->config->waiting_max && ipc_send(helper_fd(w, h), head, req->wait->message) == OK) {
		atomic_fetch_add(&w->counters->waiting[h], 1);
		atomic_fetch_add(&w->counters->waits[h], 1);
		w->pending[w->n_pending++] = (struct pending){ head.number, req, h, mono_us() + w->config->wait_s * 1000000 };
		return OK;
	}
	atomic_fetch_sub(&w->shared->waiting[h], 1);
	atomic_fetch_add(&w->counters->refused_waiting, 1);
	return BUSY;
}

static struct req *take_pending(struct web *w, size_t i)
{
	struct pending p = w->pending[i];
	w->pending[i] = w->pending[--w->n_pending];
	atomic_fetch_sub(&w->shared->waiting[p.helper], 1);
	atomic_fetch_sub(&w->counters->waiting[p.helper], 1);
	return p.req;
}

void web_forget(struct web *w, const struct req *req)
{
	for (size_t i = 0; i < w->n_pending; i++)
		if (w->pending[i].req == req) {
			take_pending(w, i);
			return;
		}
}

static void answered(struct web *w, struct ipc_head head, str body)
{
	for (size_t i = 0; i < w->n_pending; i++)
		if (w->pending[i].number == head.number) {
			struct req *req = take_pending(w, i);
			req->wait->result = (enum err)head.result;
			req->wait->answer = str_copy(req->a, body);
			dispatch_answer(w, req);
			return;
		}
}

static void read_helper(struct web *w, enum helper h)
{
	struct ipc_head head;
	str body;
	while (ipc_receive(helper_fd(w, h), &head, w->room, WAIT_MESSAGE_MAX, &body) == OK)
		answered(w, head, body);
}

static void give_up_on_the_late(struct web *w)
{
	for (size_t i = 0; i < w->n_pending;) {
		if (mono_us() < w->pending[i].deadline_us) {
			i++;
			continue;
		}
		struct req *req = take_pending(w, i);
		req->wait->result = BUSY;
		dispatch_answer(w, req);
		i = 0;
	}
}

static struct http_server *serve(struct web *w, int fd, const struct http_callbacks *on, bool pages)
{
	const struct config *c = w->config;
	struct http_options o = {
		.listen_fd = fd, .on = *on, .app = w, .trusted_proxies = c->trusted_proxies,
		.limits = { .connections = (unsigned)c->connections, .per_client = (unsigned)c->connections_per_address,
		            .body = (size_t)c->body_max, .request_s = (int)c->deadline_s, .long_s = (int)c->download_deadline_s },
	};
	if (pages) {
		o.tls_cert = w->p->tls_cert;
		o.tls_key = w->p->tls_key;
		o.generations = w->shared->generation;
		o.db = w->db;
	}
	struct http_server *s = http_start(&o);
	if (!s)
		exit(EXIT_FAILURE);
	return s;
}

static struct web *open_web(struct process *p)
{
	static struct web w;
	struct arena *a = arena_new(1 << 20);
	w.p = p;
	w.config = p->config;
	w.shared = p->shared;
	w.counters = &p->shared->worker[p->index];
	w.pending = arena_many(a, struct pending, (size_t)p->config->waiting_max * HELPER_COUNT);
	w.room = arena_alloc(a, WAIT_MESSAGE_MAX);
	w.ask_room = arena_alloc(a, WAIT_MESSAGE_MAX);
	w.db = process_db_or_none(p);
	w.http = serve(&w, p->listen_fd, w.db ? &dispatch_callbacks : &closed_callbacks, true);
	if (p->metrics_fd >= 0)
		w.metrics = serve(&w, p->metrics_fd, &metrics_callbacks, false);
	return &w;
}

static int open_epoll(struct web *w)
{
	int epoll = epoll_create1(EPOLL_CLOEXEC);
	if (epoll < 0)
		die("epoll_create1: errno=%d", errno);
	watch(epoll, w->p->signal_fd, WATCH_SIGNAL);
	watch(epoll, http_epoll_fd(w->http), WATCH_HTTP);
	if (w->metrics)
		watch(epoll, http_epoll_fd(w->metrics), WATCH_METRICS);
	for (u32 h = 0; h < HELPER_COUNT; h++)
		watch(epoll, helper_fd(w, (enum helper)h), WATCH_HELPER + h);
	return epoll;
}

/* Milliseconds to sleep at most: the servers' own wishes, and the tick of a second (a tenth while leaving). */
static int patience(struct web *w)
{
	int ms = w->stopping ? 50 : 1000;
	int http = http_wait_ms(w->http);
	int metrics = w->metrics ? http_wait_ms(w->metrics) : -1;
	if (http >= 0 && http < ms)
		ms = http;
	return metrics >= 0 && metrics < ms ? metrics : ms;
}

/* Told to leave, or of no use any more because its database connection is gone. */
static void stop_accepting(struct web *w)
{
	w->stopping = true;
	http_stop_accepting(w->http);
	if (w->metrics)
		http_stop_accepting(w->metrics);
}

static void tick(struct web *w)
{
	http_tick(w->http);
	if (w->metrics)
		http_tick(w->metrics);
	give_up_on_the_late(w);
	atomic_store(&w->counters->connections, http_connections(w->http));
}

static void handle(struct web *w, const struct epoll_event *events, int n)
{
	for (int i = 0; i < n; i++) {
		u32 what = events[i].data.u32;
		if (what == WATCH_SIGNAL && process_told_to_stop(w->p) && !w->stopping)
			stop_accepting(w);
		if (what >= WATCH_HELPER)
			read_helper(w, (enum helper)(what - WATCH_HELPER));
	}
	http_run(w->http);
	if (w->metrics)
		http_run(w->metrics);
	if (w->db && db_lost(w->db) && !w->stopping)
		stop_accepting(w);
}

int web_main(struct process *p)
{
	struct epoll_event events[8];
	web = open_web(p);
	int epoll = open_epoll(web);
	i64 last_tick = 0, leave_at = 0, closed_until = web->db ? 0 : mono_us() + CLOSED_US;
	process_sandbox(p, SANDBOX_WEB);
	for (;;) {
		int n = epoll_wait(epoll, events, (int)lengthof(events), patience(web));
		handle(web, events, n > 0 ? n : 0);
		i64 now = mono_us();
		if (now - last_tick >= (web->stopping ? 50000 : 1000000)) {
			tick(web);
			last_tick = now;
		}
		if (closed_until && now >= closed_until && !web->stopping)
			stop_accepting(web);
		if (web->stopping && !leave_at)
			leave_at = now + p->config->drain_s * 1000000;
		if (web->stopping && (http_idle(web->http) || now >= leave_at))
			break;
	}
	http_stop(web->http);
	http_stop(web->metrics);
	bool lost = !web->db || db_lost(web->db);
	db_close(web->db);
	return lost ? EXIT_LOST : EXIT_SUCCESS;
}
