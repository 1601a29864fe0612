/* The table of owners and recipients, pair by pair. */
#include "stock/titles.h"

#include "unit.h"

enum { NO = 0, YES = 1, WORTH = 2, WRITTEN = 4, DECIDED = 8 };

TEST(who_may_give_to_whom)
{
	static const int all[OWNER_COUNT][RECIPIENT_COUNT] = {
		/* to a family, a body of L. 3212-2, another */
		[OWNER_ASSOCIATION] = { YES | WRITTEN, YES | WRITTEN, YES | WRITTEN },
		[OWNER_COMPANY] = { YES | WRITTEN, YES | WRITTEN, YES | WRITTEN },
		[OWNER_CITY] = { NO, YES | WORTH | WRITTEN, NO },
		[OWNER_METROPOLE] = { NO, YES | WORTH | WRITTEN, NO },
		[OWNER_CCAS] = { YES | WRITTEN | DECIDED, YES | WORTH | WRITTEN, NO },
	};
	for (enum stock_owner o = 0; o < OWNER_COUNT; o++)
		for (enum stock_recipient r = 0; r < RECIPIENT_COUNT; r++) {
			const struct title_rule *t = stock_title_rule(o, r);
			int is = all[o][r];
			assert_true(*t->why && *t->article);
			assert_int_equal(t->gift, (is & YES) != 0);
			if (!(is & YES)) {
				assert_int_equal(stock_gift_check(o, r, &(struct gift){ 0, true, true }), GIFT_NEVER);
				continue;
			}
			assert_int_equal(stock_gift_check(o, r, &(struct gift){ 300, true, true }), GIFT_ALLOWED);
			assert_int_equal(stock_gift_check(o, r, &(struct gift){ 301, true, true }), is & WORTH ? GIFT_TOO_DEAR : GIFT_ALLOWED);
			assert_int_equal(stock_gift_check(o, r, &(struct gift){ -1, true, true }), is & WORTH ? GIFT_NO_WORTH : GIFT_ALLOWED);
			assert_int_equal(stock_gift_check(o, r, &(struct gift){ 0, false, true }), is & WRITTEN ? GIFT_NO_COMMITMENT : GIFT_ALLOWED);
			assert_int_equal(stock_gift_check(o, r, &(struct gift){ 0, true, false }), is & DECIDED ? GIFT_NO_DECISION : GIFT_ALLOWED);
		}
}

TEST(each_refusal_of_a_gift_is_told_and_each_owner_has_a_code)
{
	for (enum gift_answer a = GIFT_ALLOWED; a <= GIFT_NO_DECISION; a++)
		assert_int_equal(*stock_gift_words(a) == 0, a == GIFT_ALLOWED);
	for (enum stock_owner o = 0; o < OWNER_COUNT; o++) {
		enum stock_owner same;
		assert_true(stock_owner_of(str_c(stock_owners[o].code), &same) && same == o);
	}
	enum stock_owner none;
	assert_false(stock_owner_of(S("state"), &none));
}
