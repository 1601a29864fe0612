/* Codings are chosen as RFC 9110 says, and what they give comes back. */
#include "base/buf.h"
#include "http/compress.h"

#include <brotli/decode.h>
#include <zlib.h>

#include "unit.h"

TEST(coding_follows_the_clients_q_values)
{
	static const struct { str accept; enum coding c; } cases[] = {
		{ { NULL, 0 }, CODING_IDENTITY },
		{ S_INIT(""), CODING_IDENTITY },
		{ S_INIT("gzip, deflate, br"), CODING_BROTLI },
		{ S_INIT("gzip, deflate, br, zstd"), CODING_BROTLI },
		{ S_INIT("gzip"), CODING_GZIP },
		{ S_INIT("X-GZIP"), CODING_GZIP },
		{ S_INIT("br;q=0.5, gzip;q=0.8"), CODING_GZIP },
		{ S_INIT("br;q=0, gzip;q=0.1"), CODING_GZIP },
		{ S_INIT("br ; Q=0.0,gzip ; q=0"), CODING_IDENTITY },
		{ S_INIT("*"), CODING_BROTLI },
		{ S_INIT("*;q=0.5, br;q=0"), CODING_GZIP },
		{ S_INIT("*;q=0"), CODING_IDENTITY },
		{ S_INIT("identity, gzip;q=0.5"), CODING_IDENTITY },
		{ S_INIT("identity;q=0.5, gzip"), CODING_GZIP },
		{ S_INIT("deflate"), CODING_IDENTITY },
		{ S_INIT("gzip;q=abc"), CODING_IDENTITY },
		{ S_INIT("gzip;q=2"), CODING_IDENTITY },
		{ S_INIT(",,;,br"), CODING_BROTLI },
	};

	for (size_t i = 0; i < lengthof(cases); i++)
		if (coding_choose(cases[i].accept) != cases[i].c)
			fail_msg("%.*s: %d instead of %d", STR_ARG(cases[i].accept), (int)coding_choose(cases[i].accept), (int)cases[i].c);
}

TEST(coding_is_worth_it_for_text_only)
{
	assert_true(coding_worth(S("text/html; charset=utf-8"), 5000));
	assert_true(coding_worth(S("application/geo+json"), 5000));
	assert_true(coding_worth(S("image/svg+xml"), 5000));
	assert_false(coding_worth(S("application/pdf"), 5000));
	assert_false(coding_worth(S("text/html"), 100));
}

static str page(struct arena *a, size_t n)
{
	struct buf b = buf_new(a, n + 100);

	for (int i = 0; b.n < n; i++)
		buf_printf(&b, "<li><a href=\"/lieux/%d\">Maison %d</a> %d m</li>\n", i * 7919, i, i * i % 977);
	return buf_str(&b);
}

static void comes_back(size_t size, bool kept)
{
	struct arena *a = arena_new((size_t)32 << 20);
	str body = page(a, size), br = coding_apply(a, CODING_BROTLI, body, kept), gz = coding_apply(a, CODING_GZIP, body, kept);
	size_t n = body.n;
	char *plain = arena_alloc(a, n);

	assert_true(br.n > 0 && br.n < body.n / 2 && gz.n > 0 && gz.n < body.n / 2);
	assert_int_equal(BrotliDecoderDecompress(br.n, (const u8 *)br.p, &n, (u8 *)plain), BROTLI_DECODER_RESULT_SUCCESS);
	assert_true(n == body.n && memcmp(plain, body.p, n) == 0);
	z_stream z = { .next_in = (Bytef *)gz.p, .avail_in = (uInt)gz.n, .next_out = (Bytef *)plain, .avail_out = (uInt)n };
	memset(plain, 0, n);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_int_equal(inflateEnd(&z), Z_OK);
	assert_true(memcmp(plain, body.p, n) == 0);
	arena_free(a);
}

TEST(coding_comes_back)
{
	comes_back(300, false);
	comes_back(9000, false);
	comes_back(9000, true);
	comes_back(40000, true);
	comes_back(2000000, false);
}

TEST(coding_gives_nothing_when_it_would_not_be_smaller)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_new(a, 600);
	u32 x = 12345;

	while (b.n < 500) {
		x = x * 1664525u + 1013904223u;
		buf_byte(&b, (char)(x >> 24));
	}
	assert_null(coding_apply(a, CODING_BROTLI, buf_str(&b), false).p);
	assert_null(coding_apply(a, CODING_GZIP, buf_str(&b), true).p);
	assert_null(coding_apply(a, CODING_IDENTITY, buf_str(&b), true).p);
	arena_free(a);
}
