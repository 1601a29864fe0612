/* QR codes: the drawing has the modules of the symbol, and the symbol the marks that readers look for. */
#include "html/qr.h"

#include "unit.h"

#include <qrencode.h>
#include <stdlib.h>

static const char *const text = "https://numerique.example.org/ar/lieux/demo-002";

static long number(const char **p)
{
	char *end;
	long n = strtol(*p, &end, 10);
	assert_true(end > *p);
	*p = end;
	return n;
}

static void word(const char **p, const char *what)
{
	assert_memory_equal(*p, what, strlen(what));
	*p += strlen(what);
}

/* Draws a path as a browser would: every run is a rectangle one module high. */
static unsigned char *drawn(struct arena *a, str path, int side)
{
	unsigned char *m = arena_many(a, unsigned char, (size_t)(side * side));
	for (const char *p = str_z(a, path); *p;) {
		word(&p, "M");
		long x = number(&p), y = number(&p);
		word(&p, "h");
		long width = number(&p);
		word(&p, "v1h");
		assert_int_equal(number(&p), -width);
		word(&p, "z");
		for (long i = 0; i < width; i++)
			m[y * side + x + i]++;
	}
	return m;
}

TEST(qr_path_draws_each_dark_module_once_and_no_other)
{
	struct arena *a = unit_arena(1 << 20);
	struct qr qr;
	assert_ok(qr_make(a, str_c(text), &qr));
	QRcode *wanted = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	assert_non_null(wanted);
	assert_int_equal(qr.side, wanted->width);
	const unsigned char *m = drawn(a, qr_path(a, &qr), qr.side);
	for (int i = 0; i < qr.side * qr.side; i++)
		assert_int_equal(m[i], wanted->data[i] & 1);
	QRcode_free(wanted);
}

/* The three squares in the corners (ISO 18004, 5.3.2): 7 × 7 dark, 5 × 5 light, 3 × 3 dark, and a light border. */
static void expect_finder(const struct qr *qr, int left, int top)
{
	for (int y = -1; y <= 7; y++)
		for (int x = -1; x <= 7; x++) {
			if (left + x < 0 || top + y < 0 || left + x >= qr->side || top + y >= qr->side)
				continue;
			int from_centre = abs(x - 3) > abs(y - 3) ? abs(x - 3) : abs(y - 3);
			assert_int_equal(qr->modules[(top + y) * qr->side + left + x], from_centre != 2 && from_centre != 4);
		}
}

TEST(qr_has_the_three_finder_patterns_and_none_in_the_last_corner)
{
	struct arena *a = unit_arena(1 << 20);
	struct qr qr;
	assert_ok(qr_make(a, str_c(text), &qr));
	assert_int_equal((qr.side - 17) % 4, 0);
	expect_finder(&qr, 0, 0);
	expect_finder(&qr, qr.side - 7, 0);
	expect_finder(&qr, 0, qr.side - 7);
	int dark = 0;
	for (int i = 0; i < 7; i++)
		dark += qr.modules[(qr.side - 1 - i) * qr.side + qr.side - 1];
	assert_true(dark < 7);
	for (int i = 8; i < qr.side - 8; i++)        /* the timing pattern: one dark, one light */
		assert_int_equal(qr.modules[6 * qr.side + i], i % 2 == 0);
}

TEST(qr_refuses_what_no_symbol_holds)
{
	struct arena *a = unit_arena(1 << 20);
	char *long_text = arena_many(a, char, 2332);
	struct qr qr;
	memset(long_text, 'x', 2332);
	assert_int_equal(qr_make(a, S(""), &qr), INVALID);
	assert_int_equal(qr_make(a, (str){ long_text, 2332 }, &qr), INVALID);
	assert_ok(qr_make(a, (str){ long_text, 2331 }, &qr));
	assert_int_equal(qr.side, 177);
}

TEST(qr_image_has_its_quiet_zone_and_its_name)
{
	struct arena *a = unit_arena(1 << 20);
	struct city city = { .name = S("Nantes") };
	struct view v = { .a = a, .city = &city };
	struct qr qr;
	assert_ok(qr_make(a, S("A"), &qr));
	str s = qr_html(&v, &qr, S("Code \"QR\" & co")).s;
	assert_int_equal(qr.side, 21);
	assert_true(str_find(s, S("viewBox=\"-4 -4 29 29\" role=\"img\" aria-label=\"Code &quot;QR&quot; &amp; co\"")) >= 0);
	assert_true(str_find(s, S("<path d=\"M0 0h7v1h-7z")) >= 0);
}
