/* What the base promises. */
#include "base/buf.h"
#include "base/code.h"
#include "base/json_out.h"
#include "base/money.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "unit.h"


TEST(arena_hands_out_zeroed_aligned_memory_and_rewinds)
{
	struct arena *a = arena_new(1 << 20);
	char *one = arena_alloc(a, 3);
	assert_int_equal((uintptr_t)one % 16, 0);
	memset(one, 1, 3);
	struct arena_mark m = arena_mark(a);
	for (int i = 0; i < 100; i++)
		memset(arena_alloc(a, 5000), 7, 5000);
	arena_rewind(a, m);
	char *two = arena_alloc(a, 5000);
	for (int i = 0; i < 5000; i++)
		assert_int_equal(two[i], 0);
	arena_reset(a);
	assert_int_equal(arena_used(a), 0);
	arena_free(a);
}

TEST(an_array_that_grows_in_an_arena_keeps_what_was_there)
{
	struct arena *a = unit_arena(1 << 20);
	i64 *v = NULL;
	for (size_t n = 0; n < 1000; n++) {
		arena_more(a, v, n);
		v[n] = (i64)n;
	}
	for (size_t n = 0; n < 1000; n++)
		assert_int_equal(v[n], n);
	assert_true(arena_used(a) < sizeof *v * 1000 * 4);
}

TEST(buf_stops_at_its_maximum)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_new(a, 10);
	buf_put(&b, S("12345"));
	buf_i64(&b, -678);
	assert_false(b.full);
	buf_put(&b, S("90"));
	assert_true(b.full);
	assert_str(buf_str(&b), "12345-678");
	struct buf c = buf_new(a, 1 << 16);
	for (int i = 0; i < 3000; i++)
		buf_printf(&c, "%d,", i % 10);
	assert_int_equal(c.n, 6000);
	buf_i64(&c, INT64_MIN);
	assert_true(str_ends(buf_str(&c), S("-9223372036854775808")));
	arena_free(a);
}

TEST(str_parts_numbers_and_joins)
{
	struct arena *a = arena_new(1 << 20);
	str rest = S("a|b|"), part;
	assert_true(str_next(&rest, '|', &part));
	assert_str(part, "a");
	assert_true(str_next(&rest, '|', &part));
	assert_true(str_next(&rest, '|', &part));
	assert_str(part, "");
	assert_false(str_next(&rest, '|', &part));
	i64 v;
	assert_true(str_i64(S("-9223372036854775808"), &v) && v == INT64_MIN);
	assert_false(str_i64(S("9223372036854775808"), &v));
	assert_false(str_i64(S("12 "), &v));
	assert_false(str_i64(S("-"), &v));
	double d;
	assert_true(str_f64(S("47.25"), &d) && d > 47.2499 && d < 47.2501);
	assert_false(str_f64(S("1e5"), &d));
	assert_false(str_f64(S("."), &d));
	assert_str(str_trim(S("\xEF\xBB\xBF \xC2\xA0x y\t\r\n")), "x y");
	assert_str(str_join(a, (const str[]){S("a"), S("b")}, 2, S(", ")), "a, b");
	assert_str(str_replace(a, S("aXbXc"), S("X"), S("--")), "a--b--c");
	arena_free(a);
}

TEST(utf8_refuses_what_is_malformed)
{
	assert_true(utf8_valid(S("Nâga, 日本 🚣")));
	assert_false(utf8_valid(S("\xC0\x80")));          /* overlong */
	assert_false(utf8_valid(S("\xED\xA0\x80")));      /* surrogate */
	assert_false(utf8_valid(S("\xF4\x90\x80\x80")));  /* beyond U+10FFFF */
	assert_false(utf8_valid(S("a\0b")));
	assert_false(utf8_valid(S("\xE2\x82")));          /* cut */
	assert_int_equal(utf8_length(S("Élève")), 5);
	assert_str(utf8_prefix(S("Élève"), 2), "Él");
}

TEST(utf8_folds_names_for_comparison)
{
	struct arena *a = arena_new(1 << 20);
	assert_str(utf8_fold(a, S("Œuvre de l’Évêché À ÇA")), "oeuvre de l'eveche a ca");
	assert_str(utf8_fold(a, S("ŁÓDŹ ß ÆØÿŸ ĲŠž")), "lodz ss aeoyy Ĳsz");
	assert_str(utf8_fold(a, S("e\xCC\x81t\xC2\xA0\xE2\x80\xAFx")), "et  x");
	assert_str(utf8_fold(a, S("ΑΩ МИР العربية")), "αω мир العربية");
	arena_free(a);
}

TEST(time_knows_paris_and_the_calendar)
{
	struct arena *a = arena_new(1 << 20);
	time_init();
	struct civil winter = paris_of_ms(1767225600000);     /* 2026-01-01T00:00Z */
	assert_int_equal(winter.hh, 1);
	struct civil summer = paris_of_ms(1782864000000);     /* 2026-07-01T00:00Z */
	assert_int_equal(summer.hh, 2);
	assert_int_equal(date_weekday((struct date){2026, 11, 25}), 2);
	for (i64 days = -150000; days < 200000; days += 37)
		assert_int_equal(date_days(date_of_days(days)), days);
	struct date d;
	assert_true(date_parse(S("2024-02-29"), &d));
	assert_false(date_parse(S("2023-02-29"), &d));
	assert_false(date_parse(S("2024-2-29"), &d));
	assert_str(ms_iso(a, 1795590184000), "2026-11-25T07:03:04Z");
	assert_str(ms_http(a, 1795590184000), "Wed, 25 Nov 2026 07:03:04 GMT");
	assert_str(ms_iso(a, -1), "1969-12-31T23:59:59Z");
	arena_free(a);
}

TEST(money_reads_and_writes_french)
{
	struct arena *a = arena_new(1 << 20);
	cents v;
	assert_true(cents_parse(S("1 234,56 €"), &v) && v == 123456);
	assert_true(cents_parse(S("12,5"), &v) && v == 1250);
	assert_true(cents_parse(S("-3"), &v) && v == -300);
	assert_true(cents_parse(S("1\u202F000\u00A0€"), &v) && v == 100000);
	assert_false(cents_parse(S("12,345"), &v));
	assert_false(cents_parse(S("douze"), &v));
	assert_false(cents_parse(S(""), &v));
	assert_false(cents_parse(S("9999999999999999"), &v));
	assert_str(cents_fr(a, -123456789), "-1\u202F234\u202F567,89\u00A0€");
	assert_int_equal(cents_times(cents_add(100, 50), 2), 300);
	arena_free(a);
}

TEST(json_is_well_formed)
{
	struct arena *a = arena_new(1 << 20);
	struct buf b = buf_new(a, 1 << 16);
	struct json j = json_new(&b);
	json_open(&j, '{');
	json_member(&j, S("nom"), S("L’« Étape »\n\"x\"\\\x01"));
	json_member(&j, S("rien"), (str){0});
	json_key(&j, S("liste"));
	json_open(&j, '[');
	json_i64(&j, 1);
	json_bool(&j, true);
	json_null(&j);
	json_open(&j, '{');
	json_close(&j, '}');
	json_close(&j, ']');
	json_key(&j, S("n"));
	json_raw(&j, S("47.20"));
	json_close(&j, '}');
	assert_str(buf_str(&b), "{\"nom\":\"L’« Étape »\\n\\\"x\\\"\\\\\\u0001\",\"liste\":[1,true,null,{}],\"n\":47.20}");
	arena_free(a);
}

/* ---- codes on paper ---- */

TEST(code_is_read_as_people_type_it)
{
	struct arena *a = unit_arena(1 << 16);
	str code = code_of_bits(a, S("\x00\x01\x02\x1f\x20\x21\x22\x3f"), 2);
	assert_str(code, "234Z-234Z");
	assert_str(code_plain(a, code), "234Z234Z");
	assert_str(code_plain(a, S(" 234z 234z\n")), "234Z234Z");
	assert_str(code_plain(a, S("--")), "");
}
