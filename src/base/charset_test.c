/* Texts of other encodings, and texts that were broken. */
#include "base/charset.h"
#include "unit.h"

static str read_as(enum charset from, str bytes, size_t step)
{
	struct charset_reading r = charset_reading(from);
	char *out = arena_alloc(unit_arena(65536), 3 * bytes.n + 8);
	size_t n = 0;
	for (size_t i = 0; i < bytes.n; i += step)
		n += charset_read(&r, str_slice(bytes, i, i + step < bytes.n ? i + step : bytes.n), out + n);
	return (str){ out, n };
}

TEST(charset_reads_windows_1252_and_utf_16)
{
	assert_str(read_as(CHARSET_WINDOWS_1252, S("d\xE9j\xE0 \x80 \x9C" "uvre\x92s"), 3), "déjà € œuvre’s");
	for (size_t step = 1; step < 5; step++) {
		assert_str(read_as(CHARSET_UTF16_LE, S("\xE9\0=\xD8\0\xDE!\0"), step), "é😀!");
		assert_str(read_as(CHARSET_UTF16_BE, S("\0\xE9\xD8=\xDE\0\0!"), step), "é😀!");
	}
	assert_str(read_as(CHARSET_UTF16_LE, S("\0\xDE!\0=\xD8!\0"), 8), "\xEF\xBF\xBD!\xEF\xBF\xBD!");
}

static enum charset told(str s)
{
	struct charset_count c = { 0 };
	for (size_t i = 0; i < s.n; i++)
		charset_count(&c, str_slice(s, i, i + 1));
	return charset_told(&c);
}

TEST(charset_is_told_by_what_is_there_most)
{
	assert_int_equal(told(S("abc")), CHARSET_UTF8);
	assert_int_equal(told(S("été à la médiathèque €😀")), CHARSET_UTF8);
	assert_int_equal(told(S("\xE9t\xE9 \xE0 la m\xE9" "diath\xE8que")), CHARSET_WINDOWS_1252);
	assert_int_equal(told(S("été à la m\xE9" "diathèque")), CHARSET_UTF8);
}

TEST(utf8_mends_what_was_read_as_windows_1252)
{
	str s;
	struct arena *a = unit_arena(65536);
	assert_true(utf8_mend(a, S("MÃ©diathÃ¨que de lâ€™ÃŽle"), &s));
	assert_str(s, "Médiathèque de l’Île");
	assert_false(utf8_mend(a, S("Médiathèque"), &s));
	assert_false(utf8_mend(a, S("SÃO PAULO"), &s));
	assert_false(utf8_mend(a, S("Château, âge, Âme"), &s));
	assert_false(utf8_mend(a, S("Ã© et 😀"), &s));
}
