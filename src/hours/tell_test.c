/* What hours say as people would, and what is not said rather than said wrong. */
#include "hours/hours.h"
#include "unit.h"

static struct arena *memory;

static bool tell(const char *expression, struct hours_told *ret)
{
	struct hours *h;
	struct hours_error e;
	memory = memory ? memory : unit_arena(1 << 22);
	assert_ok(hours_parse(memory, str_c(expression), &h, &e));
	return hours_tell(memory, h, ret);
}

TEST(told_hours_are_a_week_then_what_differs)
{
	struct hours_told t;
	assert_true(tell("Mo-Fr 09:00-12:00,14:00-17:00; Sa[1,-1] 10:00-12:00; Aug 03-23 off; SH We 09:00-11:00; PH off", &t));
	assert_int_equal(t.week[0].n, 2);
	assert_int_equal(t.week[4].v[1].to, 17 * 60);
	assert_int_equal(t.week[5].n, 0);
	assert_int_equal(t.n, 4);
	assert_int_equal(t.v[0].nth, 1 | 32);
	assert_int_equal(t.v[0].days, 1 << 5);
	assert_int_equal(t.v[0].hours.v[0].from, 600);
	assert_int_equal(t.v[1].from.m, 8);
	assert_int_equal(t.v[1].to.d, 23);
	assert_int_equal(t.v[1].hours.n, 0);
	assert_true(t.v[2].school_holidays);
	assert_int_equal(t.v[2].days, 1 << 2);
	assert_true(t.v[3].public_holidays);
}

TEST(told_days_that_close_with_holidays_stay_in_the_week)
{
	struct hours_told t;
	assert_true(tell("Mo-Su 10:00-18:00; Su,PH off", &t));
	assert_int_equal(t.week[5].n, 1);
	assert_int_equal(t.week[6].n, 0);
	assert_int_equal(t.n, 1);
	assert_true(t.v[0].public_holidays && !t.v[0].days);
	assert_true(tell("24/7", &t));
	assert_int_equal(t.week[6].v[0].to, 1440);
}

TEST(told_hours_refuse_what_words_would_twist)
{
	static const char *const refused[] = {
		"week 1-53/2 Mo 09:00-12:00", "2026 Mo 09:00-12:00", "Mo sunrise-12:00", "easter -2 days off", "Mo 09:00-12:00 || \"sur rendez-vous\"",
		"Aug off; Mo-Fr 09:00-12:00", "Sa[-2] 10:00-12:00", "Jul Mo,PH 09:00-12:00",
	};
	struct hours_told t;
	for (size_t i = 0; i < lengthof(refused); i++)
		if (tell(refused[i], &t))
			fail_msg("%s was told", refused[i]);
}
