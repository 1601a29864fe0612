/* /metrics: the shared counters in Prometheus' text format, on a listener of its own. */
#include "app/web.h"

struct metric { const char *name, *help; size_t offset; };

#define COUNTER(field) offsetof(struct counters, field)
static const struct metric worker_metrics[] = {
	{ "gabare_requests_total", "Requests answered.", COUNTER(requests) },
	{ "gabare_response_bytes_total", "Bytes of bodies sent.", COUNTER(bytes) },
	{ "gabare_slow_handlers_total", "Handlers over 50 ms: defects.", COUNTER(slow) },
	{ "gabare_rate_limited_total", "Requests refused by the rate limit.", COUNTER(limited) },
	{ "gabare_waiting_refused_total", "Requests refused because too many waited on a helper.", COUNTER(refused_waiting) },
	{ "gabare_cache_hits_total", "Pages answered from the cache.", COUNTER(cache_hits) },
	{ "gabare_cache_misses_total", "Pages that were rendered.", COUNTER(cache_misses) },
};

#define SHARED(field) offsetof(struct shared, field)
static const struct metric shared_metrics[] = {
	{ "gabare_restarts_total", "Processes started again.", SHARED(restarts) },
	{ "gabare_crashes_total", "Processes ended by a signal.", SHARED(crashes) },
	{ "gabare_lock_kills_total", "Processes killed for holding the write lock.", SHARED(lock_kills) },
	{ "gabare_vault_calls_total", "Messages answered by the vault.", SHARED(vault_calls) },
	{ "gabare_vault_refused_total", "Openings refused by the vault's budgets.", SHARED(vault_refused) },
	{ "gabare_jobs_total", "Jobs run.", SHARED(jobs_run) },
	{ "gabare_jobs_failed_total", "Jobs that failed.", SHARED(jobs_failed) },
	{ "gabare_mail_sent_total", "E-mails handed to the relay.", SHARED(mail_sent) },
	{ "gabare_mail_failed_total", "E-mails given up.", SHARED(mail_failed) },
	{ "gabare_parser_tasks_total", "Tasks done by the parser.", SHARED(parser_tasks) },
	{ "gabare_parser_failed_total", "Tasks of the parser that failed.", SHARED(parser_failed) },
	{ "gabare_oidc_tasks_total", "Questions to the identity provider.", SHARED(oidc_tasks) },
	{ "gabare_oidc_failed_total", "Questions to the identity provider that ended badly.", SHARED(oidc_failed) },
};

static u64 value_at(const void *base, size_t offset)
{
	return atomic_load_explicit((const _Atomic u64 *)(const void *)((const char *)base + offset), memory_order_relaxed);
}

static u64 summed(const struct shared *s, int workers, size_t offset)
{
	u64 sum = 0;
	for (int i = 0; i < workers; i++)
		sum += value_at(&s->worker[i], offset);
	return sum;
}

static void head(struct buf *out, const char *name, const char *help, const char *type)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void put_latency(struct buf *out, const struct shared *s, int workers)
{
	u64 below = 0;
	head(out, "gabare_request_seconds", "Time from headers to answer.", "histogram");
	for (size_t b = 0; b <= LATENCY_BUCKETS; b++) {
		below += summed(s, workers, COUNTER(latency) + b * sizeof(u64));
		if (b < LATENCY_BUCKETS)
			buf_printf(out, "gabare_request_seconds_bucket{le=\"%g\"} %llu\n", shared_latency_bounds_us[b] / 1e6, (unsigned long long)below);
		else
			buf_printf(out, "gabare_request_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)below);
	}
	buf_printf(out, "gabare_request_seconds_sum %.6f\n", (double)summed(s, workers, COUNTER(microseconds)) / 1e6);
	buf_printf(out, "gabare_request_seconds_count %llu\n", (unsigned long long)below);
}

static void put_gauges(struct buf *out, const struct shared *s, int workers)
{
	static const char *const helpers[HELPER_COUNT] = { "vault", "parser", "oidc", "jobs" };
	u64 connections = 0;
	for (int i = 0; i < workers; i++)
		connections += atomic_load(&s->worker[i].connections);
	head(out, "gabare_connections", "Connections held.", "gauge");
	buf_printf(out, "gabare_connections %llu\n", (unsigned long long)connections);
	head(out, "gabare_waiting", "Requests waiting on a helper.", "gauge");
	for (int h = 0; h < HELPER_COUNT; h++)
		buf_printf(out, "gabare_waiting{helper=\"%s\"} %u\n", helpers[h], atomic_load(&s->waiting[h]));
}

void metrics_text(struct buf *out, const struct shared *s, int workers)
{
	for (size_t i = 0; i < lengthof(worker_metrics); i++) {
		const struct metric *m = &worker_metrics[i];
		head(out, m->name, m->help, "counter");
		buf_printf(out, "%s %llu\n", m->name, (unsigned long long)summed(s, workers, m->offset));
	}
	head(out, "gabare_responses_total", "Answers by class of status.", "counter");
	for (size_t h = 1; h < 6; h++)
		buf_printf(out, "gabare_responses_total{class=\"%zuxx\"} %llu\n", h,
		           (unsigned long long)summed(s, workers, COUNTER(status) + h * sizeof(u64)));
	for (size_t i = 0; i < lengthof(shared_metrics); i++) {
		const struct metric *m = &shared_metrics[i];
		head(out, m->name, m->help, "counter");
		buf_printf(out, "%s %llu\n", m->name, (unsigned long long)value_at(s, m->offset));
	}
	head(out, "gabare_commits_total", "Transactions committed.", "counter");
	buf_printf(out, "gabare_commits_total %llu\n", (unsigned long long)db_shared_commits(s->db));
	put_latency(out, s, workers);
	put_gauges(out, s, workers);
}

/* ---- the listener ---- */

static enum http_next on_headers(void *app, struct req *req, size_t *body_max)
{
	struct web *w = app;
	*body_max = 0;
	req->content_type = S("text/plain; version=0.0.4; charset=utf-8");
	if (str_eq(req->path, S("/metrics")) && (req->method == GET || req->method == HEAD))
		metrics_text(&req->out, w->shared, (int)w->config->workers);
	else {
		req->status = 404;
		buf_put(&req->out, S("see /metrics\n"));
	}
	return HTTP_ANSWER;
}

static enum http_next on_request(void *app, struct req *req)
{
	(void)app;
	req->status = 404;
	return HTTP_ANSWER;
}

static void on_refused(void *app, struct req *req, const char *reason)
{
	(void)app;
	buf_put(&req->out, str_c(reason));
}

static void on_answered(void *app, const struct req *req, const struct http_outcome *o)
{
	(void)app;
	(void)req;
	(void)o;
}

const struct http_callbacks metrics_callbacks = { on_headers, on_request, on_refused, on_answered };
