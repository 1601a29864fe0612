/* The headers every answer bears, and the validators. */
#include "http/response.h"

#include "unit.h"

static struct req *request(struct arena *a, enum method m, const char *path)
{
	struct req *req = arena_one(a, struct req);

	req->a = a;
	req->method = m;
	req->path = str_c(path);
	req->out = buf_new(a, 1 << 20);
	return req;
}

static str header(const struct answer *ans, const char *name)
{
	str found = { 0 };

	for (size_t i = 0; i < ans->n_headers; i++)
		if (str_ieq(ans->headers[i].name, str_c(name))) {
			assert_null(found.p);    /* no header twice */
			found = ans->headers[i].value;
		}
	return found;
}

static void body(struct req *req, size_t n)
{
	while (req->out.n < n)
		buf_put(&req->out, S("<p>Bonjour</p>\n"));
}

TEST(answer_bears_the_security_headers)
{
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/lieux");
	struct answer ans;

	body(req, 1000);
	answer_seal(req, &ans);
	assert_int_equal(ans.status, 200);
	assert_str(header(&ans, "Content-Type"), "text/html; charset=utf-8");
	assert_str(header(&ans, "X-Content-Type-Options"), "nosniff");
	assert_true(str_starts(header(&ans, "Content-Security-Policy"), S("default-src 'none';")));
	assert_true(str_find(header(&ans, "Content-Security-Policy"), S("unsafe")) < 0);
	assert_true(str_find(header(&ans, "Content-Security-Policy"), S("script")) < 0);
	assert_str(header(&ans, "Referrer-Policy"), "same-origin");
	assert_str(header(&ans, "Cross-Origin-Opener-Policy"), "same-origin");
	assert_str(header(&ans, "Cross-Origin-Resource-Policy"), "same-origin");
	assert_str(header(&ans, "Cache-Control"), "no-cache");
	assert_str(header(&ans, "Vary"), "Accept-Encoding");
	assert_null(header(&ans, "Strict-Transport-Security").p);
	assert_null(header(&ans, "Access-Control-Allow-Origin").p);
	assert_null(header(&ans, "Set-Cookie").p);
	assert_true(ans.compress);
	arena_free(a);
}

TEST(answer_lets_the_handler_decide)
{
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/a/gabare-0123.css");
	struct answer ans;

	body(req, 1000);
	req->content_type = S("text/css");
	resp_header(req, "Cache-Control", S("public, max-age=31536000, immutable"));
	resp_header(req, "Content-Encoding", S("br"));
	resp_header(req, "ETag", S("\"x\""));
	resp_header(req, "Link", S(""));
	answer_seal(req, &ans);
	assert_str(header(&ans, "Cache-Control"), "public, max-age=31536000, immutable");
	assert_str(header(&ans, "ETag"), "\"x\"");
	assert_null(header(&ans, "Link").p);
	assert_false(ans.compress);
	arena_free(a);
}

TEST(answer_keeps_personal_pages_out_of_caches)
{
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/dossier");
	struct answer ans;

	req->no_store = true;
	answer_seal(req, &ans);
	assert_str(header(&ans, "Cache-Control"), "no-store");
	assert_null(ans.etag.p);
	req->no_store = false;
	req->session = (struct session *)arena_alloc(a, 8);
	answer_seal(req, &ans);
	assert_str(header(&ans, "Cache-Control"), "no-cache, private");
	req->session = NULL;
	req->v.stamp = "stamp";                  /* a form: going back must give the typing back */
	answer_seal(req, &ans);
	assert_str(header(&ans, "Cache-Control"), "no-cache, private");
	req->v.stamp = NULL;
	req->status = 404;
	answer_seal(req, &ans);
	assert_str(header(&ans, "Cache-Control"), "no-store");
	req->status = 200;
	req->method = POST;
	answer_seal(req, &ans);
	assert_str(header(&ans, "Cache-Control"), "no-store");
	arena_free(a);
}

TEST(answer_of_a_secret_link_leaks_no_address)
{
	static const struct route secret = { .path = "/c/:code", .flags = ROUTE_SECRET_PATH };
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/c/ABC");
	struct answer ans;

	req->route = &secret;
	answer_seal(req, &ans);
	assert_str(header(&ans, "Referrer-Policy"), "no-referrer");
	arena_free(a);
}

TEST(answer_of_the_api_is_open_to_all_origins)
{
	static const struct route api = { .path = "/api/v1/lieux.json", .flags = ROUTE_API };
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/api/v1/lieux.json");
	struct answer ans;

	req->route = &api;
	answer_seal(req, &ans);
	assert_str(header(&ans, "Access-Control-Allow-Origin"), "*");
	assert_str(header(&ans, "Cross-Origin-Resource-Policy"), "cross-origin");
	req = request(a, OPTIONS, "/api/v1/lieux.json");
	req->route = &api;
	resp_options(req, S("GET, HEAD, OPTIONS"));
	answer_seal(req, &ans);
	assert_int_equal(ans.status, 204);
	assert_str(header(&ans, "Allow"), "GET, HEAD, OPTIONS");
	assert_str(header(&ans, "Access-Control-Allow-Methods"), "GET, HEAD, OPTIONS");
	assert_null(header(&ans, "Content-Type").p);
	arena_free(a);
}

TEST(answer_asks_for_tls_only_where_the_city_has_it)
{
	struct city city = { .public_url = S_INIT("https://gabare.example") };
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/");
	struct answer ans;

	req->v.city = &city;
	answer_seal(req, &ans);
	assert_null(header(&ans, "Strict-Transport-Security").p);
	req->tls = true;
	answer_seal(req, &ans);
	assert_str(header(&ans, "Strict-Transport-Security"), "max-age=31536000");
	city.demo = true;
	answer_seal(req, &ans);
	assert_null(header(&ans, "Strict-Transport-Security").p);
	arena_free(a);
}

TEST(etag_changes_with_any_byte)
{
	struct arena *a = arena_new(1 << 22);
	struct req *req = request(a, GET, "/");
	struct answer one, other;

	body(req, 1000);
	answer_seal(req, &one);
	answer_seal(req, &other);
	assert_true(str_eq(one.etag, other.etag));
	for (size_t i = 0; i < req->out.n; i++) {
		req->out.p[i] ^= 1;
		answer_seal(req, &other);
		assert_false(str_eq(one.etag, other.etag));
		req->out.p[i] ^= 1;
	}
	req->out.n--;
	answer_seal(req, &other);
	assert_false(str_eq(one.etag, other.etag));
	arena_free(a);
}

TEST(etag_is_compared_weakly)
{
	assert_true(answer_is_known(S("W/\"a\""), S("W/\"a\"")));
	assert_true(answer_is_known(S("W/\"a\""), S("\"b\", \"a\"")));
	assert_true(answer_is_known(S("\"a\""), S("*")));
	assert_false(answer_is_known(S("W/\"a\""), S("\"b\"")));
	assert_false(answer_is_known(S("W/\"a\""), S("a")));
	assert_false(answer_is_known(S("W/\"a\""), (str){ 0 }));
	assert_false(answer_is_known((str){ 0 }, S("*")));
}

TEST(only_public_answers_may_be_kept)
{
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/lieux");
	struct answer ans;

	body(req, 1000);
	answer_seal(req, &ans);
	assert_false(answer_is_public(req, &ans));
	depends_on(req, GEN_DIRECTORY);
	assert_true(answer_is_public(req, &ans));
	req->v.stamp = "stamp";
	assert_false(answer_is_public(req, &ans));
	req->v.stamp = NULL;
	resp_header(req, "Set-Cookie", S("g=1"));
	answer_seal(req, &ans);
	assert_false(answer_is_public(req, &ans));
	arena_free(a);
}

TEST(problem_is_json)
{
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, GET, "/api/v1/x");
	struct answer ans;

	memcpy(req->id, "0123456789abcdef", 17);
	resp_problem(req, 404, S("Pas trouvé"), (str){ 0 });
	answer_seal(req, &ans);
	assert_str(header(&ans, "Content-Type"), "application/problem+json");
	assert_str(ans.body, "{\"type\":\"about:blank\",\"title\":\"Pas trouvé\",\"status\":404,\"instance\":\"urn:gabare:request:0123456789abcdef\"}");
	arena_free(a);
}

static void header_splitting(void)
{
	struct arena *a = arena_new(1 << 20);

	resp_header(request(a, GET, "/"), "X-A", S("a\r\nSet-Cookie: b"));
}

static void foreign_redirect(void)
{
	struct arena *a = arena_new(1 << 20);

	(void)!resp_redirect(request(a, POST, "/"), S("//evil.example"));
}

static void file_of_no_known_kind(void) { resp_file(request(arena_new(1 << 20), GET, "/"), S("notes.exe"), false); }

TEST(files_say_their_kind_and_name_and_personal_ones_are_not_kept)
{
	struct arena *a = arena_new(1 << 20);
	struct answer ans;
	for (int personal = 0; personal < 2; personal++) {
		struct req *req = request(a, GET, "/");
		resp_file(req, S("lieux.csv"), personal);
		buf_put(&req->out, S("nom\n"));
		answer_seal(req, &ans);
		assert_str(header(&ans, "Content-Type"), "text/csv; charset=utf-8; header=present");
		assert_str(header(&ans, "Content-Disposition"), "attachment; filename=\"lieux.csv\"");
		assert_int_equal(str_find(header(&ans, "Cache-Control"), S("no-store")) >= 0, personal);
	}
	assert_aborts(file_of_no_known_kind);
	arena_free(a);
}

TEST(answers_cannot_be_split_or_sent_elsewhere)
{
	struct arena *a = arena_new(1 << 20);
	struct req *req = request(a, POST, "/inscription");
	struct answer ans;

	assert_aborts(header_splitting);
	assert_aborts(foreign_redirect);
	req->v.lang = LANG_AR;
	assert_ok(resp_redirect(req, S("/merci")));
	answer_seal(req, &ans);
	assert_int_equal(ans.status, 303);
	assert_str(header(&ans, "Location"), "/ar/merci");
	assert_str(header(&ans, "Cache-Control"), "no-store");
	arena_free(a);
}
