/* What the pipeline promises of every request, whatever its page: refusals come before the handler, in words of the right kind. */
#include "ask.h"

#include "app/pages.h"
#include "app/web.h"
#include "base/timex.h"

#define POST_URL "/api/essai/ecrit"

TEST(pipeline_says_which_methods_a_page_has)
{
	struct answer a = post("/healthz", "");
	expect_status(a, 405);
	assert_str(header_of(a, "Allow"), "GET, HEAD");
}

TEST(pipeline_answers_the_api_in_its_own_language)
{
	struct answer a = get("/api/v9/rien");
	expect_status(a, 404);
	assert_str(header_of(a, "Content-Type"), "application/problem+json");
	expect_text(a, "\"status\":404");
	a = get("/rien");
	assert_str(header_of(a, "Content-Type"), "text/html; charset=utf-8");
}

TEST(pipeline_sends_the_public_to_log_in_where_a_capability_is_wanted)
{
	expect_status(get("/essai/operateur"), 303);
	struct answer a = get_with("/essai/operateur", "Cookie", "g=0000000000000000000000000000000000000000000000000000000000000000");
	expect_status(a, 303);
	assert_str(header_of(a, "Location"), "/connexion?suite=/essai/operateur");
}

TEST(pipeline_writes_are_counted_and_seen_by_the_barrier)
{
	expect_text(post(POST_URL, ""), "written");
	assert_false(db_wrote(web->db, false));  /* the pipeline has asked, and waited for the disk */
}

TEST(pipeline_brakes_posts_of_one_address_and_says_when_to_come_back)
{
	struct answer a = get("/");
	int taken = 0;
	for (int i = 0; i < 1000 && taken == i; i++) {
		a = post(POST_URL, "");
		taken += a.status == 200;
	}
	expect_status(a, 429);
	assert_in_range(taken, web->config->post_burst, web->config->post_burst + 5);
	assert_str(header_of(a, "Retry-After"), "5");
	expect_status(get("/"), 200);
	assert_int_equal(atomic_load(&web->counters->limited), 1);
}

TEST(pipeline_finds_no_fault_in_the_routes)
{
	struct arena *a = arena_new(1 << 20);
	assert_null(route_fault(route_tables, a).p);
	arena_free(a);
}

TEST(pipeline_counts_a_slow_handler_as_a_defect)
{
	expect_status(get("/essai/bloque"), 200);
	assert_int_equal(atomic_load(&web->counters->slow), 1);
	expect_status(get("/"), 200);
	assert_int_equal(atomic_load(&web->counters->slow), 1);
}

TEST(metrics_add_up_over_workers)
{
	struct arena *a = arena_new(1 << 20);
	struct shared *s = shared_new();
	struct buf out = buf_new(a, 1 << 18);
	shared_count(&s->worker[0], 200, 100, 90);
	shared_count(&s->worker[1], 200, 50, 700);
	shared_count(&s->worker[3], 503, 1, 2000000);
	metrics_text(&out, s, 4);
	str text = buf_str(&out);
	assert_true(str_find(text, S("\ngabare_requests_total 3\n")) > 0);
	assert_true(str_find(text, S("\ngabare_response_bytes_total 151\n")) > 0);
	assert_true(str_find(text, S("\ngabare_responses_total{class=\"2xx\"} 2\n")) > 0);
	assert_true(str_find(text, S("\ngabare_request_seconds_bucket{le=\"0.0001\"} 1\n")) > 0);
	assert_true(str_find(text, S("\ngabare_request_seconds_bucket{le=\"0.001\"} 2\n")) > 0);
	assert_true(str_find(text, S("\ngabare_request_seconds_bucket{le=\"+Inf\"} 3\n")) > 0);
	assert_true(str_find(text, S("\ngabare_request_seconds_sum 2.000790\n")) > 0);
	arena_free(a);
}

TEST(shared_forgets_what_a_dead_worker_waited_for)
{
	struct shared *s = shared_new();
	atomic_store(&s->waiting[HELPER_PARSER], 5);
	atomic_store(&s->worker[2].waiting[HELPER_PARSER], 3);
	atomic_store(&s->worker[2].connections, 9);
	shared_forget_worker(s, 2);
	assert_int_equal(atomic_load(&s->waiting[HELPER_PARSER]), 2);
	assert_int_equal(atomic_load(&s->worker[2].waiting[HELPER_PARSER]), 0);
	assert_int_equal(atomic_load(&s->worker[2].connections), 0);
}
