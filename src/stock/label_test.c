/* Codes of labels: what is misread, mistyped or turned round is found. */
#include "stock/label.h"

#include "unit.h"

static const char signs[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

TEST(a_label_is_read_however_it_is_typed)
{
	struct arena *a = unit_arena(1 << 16);
	str label = label_of_bits(a, (const u8[6]){ 5, 17, 0, 2, 22, 28 }), got;
	assert_int_equal(label.n, LABEL_SIGNS);
	const char *l = label.p;
	str ways[] = {
		label, str_lower(a, label), str_printf(a, "%.4s-%.4s", l, l + 4), str_printf(a, " %.4s  %.4s ", l, l + 4),
		str_printf(a, "https://plan.example.org/p/%.4s-%.4s", l, l + 4), str_printf(a, "/en/p/%.8s", l),
	};
	for (size_t i = 0; i < lengthof(ways); i++) {
		assert_true(label_read(a, ways[i], &got));
		assert_true(str_eq(got, label));
	}
	static const char *const wrong[] = { "", "P", "P7K2", "FILE-2222", "P7K2-4QXMM", "P0I1-OOOO", "é" };
	for (size_t i = 0; i < lengthof(wrong); i++)
		assert_false(label_read(a, str_c(wrong[i]), &got));
}

TEST(one_wrong_sign_and_two_that_changed_places_are_always_found)
{
	struct arena *a = unit_arena((size_t)16 << 20);
	for (int round = 0; round < 40; round++) {
		str label = label_new(a), got;
		assert_true(label_read(a, label, &got));
		for (size_t i = 0; i < LABEL_SIGNS; i++) {
			char p[LABEL_SIGNS];
			for (const char *s = signs; *s; s++) {
				for (size_t k = 0; k < LABEL_SIGNS; k++)
					p[k] = k == i ? *s : label.p[k];
				assert_int_equal(label_read(a, (str){ p, LABEL_SIGNS }, &got), *s == label.p[i]);
			}
			for (size_t j = 0; j < i; j++) {
				for (size_t k = 0; k < LABEL_SIGNS; k++)
					p[k] = label.p[k == i ? j : k == j ? i : k];
				assert_int_equal(label_read(a, (str){ p, LABEL_SIGNS }, &got), p[i] == p[j]);
			}
		}
	}
}
