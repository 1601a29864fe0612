/* Words and their neighbours. */
#include "unit.h"
#include "base/words.h"

TEST(str_halves_hold_every_neighbour_of_a_word)
{
	struct arena *a = unit_arena(1 << 16);
	static const char *const neighbours[] = { "bellevu", "bellevve", "ebllevue", "bellevuee", "elllevue", "ellevue", "bellevue" };
	struct str_halves h = str_halves(a, S("bellevue"));
	for (size_t i = 0; i < lengthof(neighbours); i++) {
		str n = str_c(neighbours[i]), back = str_reversed(a, n);
		if (!str_near(S("bellevue"), n))
			continue;
		bool by_start = str_cmp(n, h.head) >= 0 && str_cmp(n, h.past_head) < 0;
		bool by_end = str_cmp(back, h.tail) >= 0 && str_cmp(back, h.past_tail) < 0;
		assert_true(by_start || by_end);
	}
	assert_false(str_near(S("bellevue"), S("elllevue")));
	assert_str(str_reversed(a, S("abc")), "cba");
}

TEST(str_kinds_and_delimiters)
{
	assert_true(str_ascii(S("")) && str_ascii(S("abc")) && !str_ascii(S("é")));
	assert_true(str_digits(S("44000")) && !str_digits(S("")) && !str_digits(S("4a")));
	assert_int_equal(str_csv_delimiter(S("a;b,c;d\n1,2,3,4,5")), ';');
	assert_int_equal(str_csv_delimiter(S("\"a;b;c\",d")), ',');
	assert_int_equal(str_csv_delimiter(S("a\tb\tc,d")), '\t');
	assert_true(str_hash(S("a")) != str_hash(S("b")) && str_hash(S("a")) == str_hash(S("a")));
}
