/* What a hostile or clumsy client may send, and what is made of it. */
#include "http/parse.h"

#include "unit.h"

static struct arena *a;

static struct target target_ok(const char *sent)
{
	struct target t;

	if (!a)
		a = arena_new(1 << 20);
	if (target_parse(a, str_c(sent), &t) != OK)
		fail_msg("refused: %s", sent);
	return t;
}

static void target_bad(str sent)
{
	struct target t;

	if (!a)
		a = arena_new(1 << 20);
	if (target_parse(a, sent, &t) != INVALID)
		fail_msg("accepted: %.*s", STR_ARG(sent));
}

static void moves(const char *sent, const char *to)
{
	struct target t = target_ok(sent);

	assert_str(t.moved, to);
}

static void stays(const char *sent, enum lang lang, const char *path)
{
	struct target t = target_ok(sent);

	assert_str(t.path, path);
	assert_int_equal(t.lang, lang);
	if (t.moved.p)
		fail_msg("%s is moved to %.*s", sent, STR_ARG(t.moved));
}

TEST(target_takes_the_language_off)
{
	stays("/", LANG_FR, "/");
	stays("/lieux", LANG_FR, "/lieux");
	stays("/en/", LANG_EN, "/");
	stays("/en/lieux", LANG_EN, "/lieux");
	stays("/ar/lieux/12", LANG_AR, "/lieux/12");
	stays("/simple/", LANG_SIMPLE, "/");
	stays("/english", LANG_FR, "/english");
	stays("/%65n/lieux", LANG_FR, "/en/lieux");
	stays("/lieux/%C3%A9t%C3%A9", LANG_FR, "/lieux/été");
	stays("/lieux/été", LANG_FR, "/lieux/été");
	stays("/lieux/a%2Fb", LANG_FR, "/lieux/a\x01" "b");
	stays("/lieux/a%252Fb", LANG_FR, "/lieux/a%2Fb");
	stays("/lieux/1+1", LANG_FR, "/lieux/1+1");
	stays("*", LANG_FR, "*");
	stays("http://example.org/lieux", LANG_FR, "/lieux");
	stays("HTTPS://user@example.org:80/en/lieux", LANG_EN, "/lieux");
	stays("http://example.org", LANG_FR, "/");
}

TEST(target_keeps_the_query_as_sent)
{
	struct target t = target_ok("/en/lieux?q=a%20b&c");

	assert_str(t.raw_query, "q=a%20b&c");
	assert_str(t.raw_path, "/lieux");
	assert_null(target_ok("/lieux").raw_query.p);
	assert_non_null(target_ok("/lieux?").raw_query.p);
	assert_str(target_ok("http://example.org?q=1").raw_query, "q=1");
}

TEST(target_moves_what_has_a_better_address)
{
	moves("/lieux/", "/lieux");
	moves("//lieux", "/lieux");
	moves("//evil.example/", "/evil.example");
	moves("///", "/");
	moves("/lieux//12?q=%20", "/lieux/12?q=%20");
	moves("/en", "/en/");
	moves("/en?a=1", "/en/?a=1");
	moves("/en//", "/en/");
	moves("/en/lieux/", "/en/lieux");
	moves("/lieux/a%2Fb/", "/lieux/a%2Fb");
}

TEST(target_refuses_tricks)
{
	static const str bad[] = {
		S_INIT(""), S_INIT("lieux"), S_INIT("/a/../b"), S_INIT("/.."), S_INIT("/."), S_INIT("/%2e%2e/etc/passwd"), S_INIT("/a/%2E/b"),
		S_INIT("/a\\b"), S_INIT("/a b"), S_INIT("/a%00"), S_INIT("/a%"), S_INIT("/a%4"), S_INIT("/a%zz"), S_INIT("/%ff"), S_INIT("/a#b"),
		S_INIT("/a\0b"), S_INIT("/a%0d%0aSet-Cookie:x"), S_INIT("/a\r\nb"), S_INIT("/a%1f"), S_INIT("/a?b c"), S_INIT("/a?b\nc"),
		S_INIT("/%01"), S_INIT("/%7f"), S_INIT("/%c0%af"), S_INIT("/%ed%a0%80"), S_INIT("example.org:443"), S_INIT("ftp://example.org/"),
		S_INIT("/a<script>"), S_INIT("**"),
	};

	for (size_t i = 0; i < lengthof(bad); i++)
		target_bad(bad[i]);
}

TEST(pairs_are_decoded_in_order)
{
	struct pairs p;

	a = arena_new(1 << 20);
	assert_ok(pairs_parse(a, S("q=caf%C3%A9+noir&empty=&flag&&q=2&a%3Db=c%26d&x=1=2"), &p));
	assert_int_equal(p.n, 6);
	assert_str(p.v[0].value, "café noir");
	assert_str(p.v[1].name, "empty");
	assert_str(p.v[1].value, "");
	assert_str(p.v[2].name, "flag");
	assert_str(p.v[3].value, "2");
	assert_str(p.v[4].name, "a=b");
	assert_str(p.v[4].value, "c&d");
	assert_str(p.v[5].value, "1=2");
	assert_str(pairs_get(&p, "q"), "café noir");
	assert_null(pairs_get(&p, "Q").p);
	assert_ok(pairs_parse(a, (str){ 0 }, &p));
	assert_int_equal(p.n, 0);
}

TEST(pairs_refuse_what_is_broken_or_too_many)
{
	struct pairs p;
	struct buf b;

	a = arena_new(1 << 20);
	assert_err(pairs_parse(a, S("q=%"), &p), INVALID);
	assert_err(pairs_parse(a, S("q=%00"), &p), INVALID);
	assert_err(pairs_parse(a, S("%ff=1"), &p), INVALID);
	b = buf_new(a, 1000);
	for (int i = 0; i < PARAMS_MAX; i++)
		buf_put(&b, i ? S("&a=1") : S("a=1"));
	assert_ok(pairs_parse(a, buf_str(&b), &p));
	assert_int_equal(p.n, PARAMS_MAX);
	buf_put(&b, S("&a"));
	assert_err(pairs_parse(a, buf_str(&b), &p), INVALID);
}

TEST(cookies_leave_out_what_is_malformed)
{
	struct pairs p;
	struct buf b;

	a = arena_new(1 << 20);
	assert_ok(cookies_parse(a, S("g=abc; theme=\"dark\";x; =y; bad=a b; é=1; last=1 "), &p));
	assert_int_equal(p.n, 3);
	assert_str(p.v[0].value, "abc");
	assert_str(p.v[1].value, "dark");
	assert_str(p.v[2].name, "last");
	b = buf_new(a, 1000);
	for (int i = 0; i <= COOKIES_MAX; i++)
		buf_put(&b, S("a=1;"));
	assert_err(cookies_parse(a, buf_str(&b), &p), INVALID);
}

static const char *frame(struct framing *f, size_t n, const struct pair *headers)
{
	struct pair copy[8];

	memcpy(copy, headers, n * sizeof *headers);
	return framing_check(&(struct pairs){ copy, n }, true, f);
}

#define FRAME(f, ...) frame(f, lengthof(((struct pair[]){ __VA_ARGS__ })), (struct pair[]){ __VA_ARGS__ })
#define H(name, value) { S_INIT(name), S_INIT(value) }
#define HOST H("Host", "example.org")

TEST(framing_accepts_plain_requests)
{
	struct framing f;

	assert_null(FRAME(&f, HOST));
	assert_int_equal(f.length, 0);
	assert_null(FRAME(&f, HOST, H("content-length", "12")));
	assert_int_equal(f.length, 12);
	assert_null(FRAME(&f, HOST, H("Transfer-Encoding", "Chunked")));
	assert_true(f.chunked);
	assert_null(FRAME(&f, H("Host", "[::1]:8080"), H("X-Nothing", "tab\there é")));
	struct pair none[1];
	assert_null(framing_check(&(struct pairs){ none, 0 }, false, &f));
}

TEST(framing_refuses_smuggling)
{
	struct framing f;

	assert_non_null(FRAME(&f, HOST, H("Content-Length", "5"), H("Transfer-Encoding", "chunked")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "5"), H("Content-Length", "5")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "5"), H("content-length", "6")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "+5")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "-5")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "5, 5")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "0x5")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "5 ")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length", "99999999999999999999")));
	assert_non_null(FRAME(&f, HOST, H("Transfer-Encoding", "chunked"), H("Transfer-Encoding", "chunked")));
	assert_non_null(FRAME(&f, HOST, H("Transfer-Encoding", "gzip, chunked")));
	assert_non_null(FRAME(&f, HOST, H("Transfer-Encoding", "xchunked")));
	assert_non_null(FRAME(&f, HOST, H("Transfer-Encoding", "")));
	assert_non_null(FRAME(&f, HOST, H("Transfer-Encoding ", "chunked")));
	assert_non_null(FRAME(&f, HOST, H("Content-Length ", "5")));
	assert_non_null(FRAME(&f, HOST, HOST));
	assert_non_null(FRAME(&f, H("X-A", "b")));
	assert_non_null(FRAME(&f, H("Host", "a b")));
	assert_non_null(FRAME(&f, H("Host", "evil.example/path")));
	assert_non_null(FRAME(&f, HOST, H("X-A", "b\r\nX-B: c")));
	assert_non_null(FRAME(&f, HOST, H("X-A", "b\0c")));
	assert_non_null(FRAME(&f, HOST, H("X\nA", "b")));
	assert_non_null(FRAME(&f, HOST, H("", "b")));
	assert_non_null(framing_check(&(struct pairs){ (struct pair[]){ H("Transfer-Encoding", "chunked") }, 1 }, false, &f));
}

TEST(methods_are_case_sensitive)
{
	assert_int_equal(method_of(S("GET")), GET);
	assert_int_equal(method_of(S("get")), OTHER_METHOD);
	assert_int_equal(method_of(S("DELETE")), OTHER_METHOD);
	assert_true(method_known(S("DELETE")));
	assert_false(method_known(S("TRACE")));
	assert_false(method_known(S("CONNECT")));
}
