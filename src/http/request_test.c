/* From header lines to a request, and who is believed about the client's address. */
#include "http/request.h"

#include "unit.h"

static struct arena *a;
static struct networks trusted;
static struct framing framing;

static struct req *with(size_t n, const struct pair *headers)
{
	if (!a)
		a = arena_new(1 << 22);
	struct req *req = arena_one(a, struct req);
	req->a = a;
	req->headers.v = arena_many(a, struct pair, n);
	memcpy(req->headers.v, headers, n * sizeof *headers);
	req->headers.n = n;
	return req;
}

#define WITH(...) with(lengthof(((struct pair[]){ __VA_ARGS__ })), (struct pair[]){ __VA_ARGS__ })
#define H(name, value) { S_INIT(name), S_INIT(value) }
#define HOST H("Host", "gabare.example")

static struct refusal open_request(struct req *req, const char *method, const char *target, const char *peer)
{
	struct incoming in = { str_c(method), str_c(target), S("HTTP/1.1"), 500, 16384, { { 0 } }, false };

	assert_true(address_parse(str_c(peer), &in.peer));
	return request_open(req, &in, &trusted, &framing);
}

TEST(request_is_filled)
{
	struct req *req = WITH(HOST, H("cookie", "g=abc"), H("Content-Length", "12"));

	assert_int_equal(open_request(req, "POST", "/en/lieux?q=caf%C3%A9", "192.0.2.7").status, 0);
	assert_int_equal(req->method, POST);
	assert_int_equal(req->v.lang, LANG_EN);
	assert_str(req->path, "/lieux");
	assert_str(req->v.path, "/lieux?q=caf%C3%A9");
	assert_str(pairs_get(&req->query, "q"), "café");
	assert_str(req_cookie(req, "g"), "abc");
	assert_str(req_header(req, "HOST"), "gabare.example");
	assert_str(req->client, "192.0.2.7");
	assert_false(req->tls);
	assert_int_equal(framing.length, 12);
}

TEST(request_refusals_have_their_status)
{
	struct refusal r = open_request(WITH(HOST), "GET", "/lieux/?a=1", "192.0.2.7");
	struct req *req = WITH(HOST);
	struct incoming in = { S("GET"), S("/"), S("HTTP/1.1"), 16385, 16384, { { 0 } }, false };

	assert_int_equal(r.status, 308);
	assert_int_equal(request_open(req, &in, &trusted, &framing).status, 431);
	in.header_bytes = 10;
	in.version = S("HTTP/2.0");
	assert_int_equal(request_open(req, &in, &trusted, &framing).status, 505);
	in.version = S("HTTP/1.0");
	assert_int_equal(request_open(req, &in, &trusted, &framing).status, 0);
	assert_int_equal(open_request(WITH(HOST), "TRACE", "/", "::1").status, 501);
	assert_int_equal(open_request(WITH(HOST), "DELETE", "/", "::1").status, 0);
	assert_int_equal(open_request(WITH(HOST), "CONNECT", "example.org:443", "::1").status, 501);
	assert_int_equal(open_request(WITH(HOST), "GET", "/../a", "::1").status, 400);
	assert_int_equal(open_request(WITH(HOST), "GET", "/?a=%zz", "::1").status, 400);
	assert_int_equal(open_request(WITH(HOST, H("Expect", "200-maybe")), "POST", "/", "::1").status, 417);
	assert_int_equal(open_request(WITH(HOST, H("Content-Length", "1"), H("Transfer-Encoding", "chunked")), "POST", "/", "::1").status, 400);
}

TEST(request_moves_to_a_path_of_ours_only)
{
	struct req *req = WITH(HOST);

	assert_int_equal(open_request(req, "GET", "//evil.example/%2e", "::1").status, 400);
	assert_int_equal(open_request(req, "GET", "//evil.example/a/", "::1").status, 308);
	assert_str(req->out_headers[0].value, "/evil.example/a");
}

TEST(request_form_is_read_when_it_is_one)
{
	struct req *req = WITH(HOST, H("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"));

	req->body_raw = S("nom=L%C3%A9a&ville=Nantes+Nord");
	assert_true(request_read_form(req));
	assert_str(pairs_get(&req->body, "nom"), "Léa");
	assert_str(pairs_get(&req->body, "ville"), "Nantes Nord");
	req->body_raw = S("nom=%");
	assert_false(request_read_form(req));
	req = WITH(HOST, H("Content-Type", "application/json"));
	req->body_raw = S("{\"a\":\"%\"}");
	assert_true(request_read_form(req));
	assert_int_equal(req->body.n, 0);
}

TEST(client_is_the_peer_unless_a_trusted_proxy_says_otherwise)
{
	struct req *req = WITH(HOST, H("X-Forwarded-For", "203.0.113.9"), H("X-Forwarded-Proto", "https"));

	assert_ok(networks_parse(S("127.0.0.1, 10.0.0.0/8, ::1"), &trusted));
	open_request(req, "GET", "/", "192.0.2.7");
	assert_str(req->client, "192.0.2.7");
	assert_false(req->tls);
	open_request(req, "GET", "/", "127.0.0.1");
	assert_str(req->client, "203.0.113.9");
	assert_true(req->tls);
	req = WITH(HOST, H("X-Forwarded-For", "1.1.1.1, 203.0.113.9, 10.1.2.3"));
	open_request(req, "GET", "/", "::1");
	assert_str(req->client, "203.0.113.9");
	req = WITH(HOST, H("X-Forwarded-For", "1.1.1.1, nonsense"));
	open_request(req, "GET", "/", "127.0.0.1");
	assert_str(req->client, "127.0.0.1");
	req = WITH(HOST, H("X-Forwarded-For", "[2001:db8::7]:4000"));
	open_request(req, "GET", "/", "::ffff:10.200.0.1");
	assert_str(req->client, "2001:db8::7");
}

TEST(networks_hold_their_addresses)
{
	struct networks n;
	struct address x;

	assert_ok(networks_parse(S("192.0.2.128/25,2001:db8::/33, 0.0.0.0/32"), &n));
	assert_true(address_parse(S("192.0.2.200"), &x) && networks_hold(&n, &x));
	assert_true(address_parse(S("192.0.2.127"), &x) && !networks_hold(&n, &x));
	assert_true(address_parse(S("2001:db8:7fff::1"), &x) && networks_hold(&n, &x));
	assert_true(address_parse(S("2001:db8:8000::1"), &x) && !networks_hold(&n, &x));
	assert_true(address_parse(S("0.0.0.1"), &x) && !networks_hold(&n, &x));
	assert_err(networks_parse(S("10.0.0.0/33"), &n), INVALID);
	assert_err(networks_parse(S("10.0.0"), &n), INVALID);
	assert_err(networks_parse(S("::1/129"), &n), INVALID);
	assert_err(networks_parse(S("1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,"
	                            "1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1,1.1.1.1"), &n), INVALID);
	assert_ok(networks_parse((str){ 0 }, &n));
	assert_int_equal(n.n, 0);
}
