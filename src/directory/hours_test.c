/* Hours as a week table: read when nothing is lost, else refused. */
#include "directory/hours.h"
#include "unit.h"

TEST(hours_week_reads_the_common_shapes)
{
	struct hours_week w;
	assert_true(hours_week(S("Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00; PH off"), &w));
	assert_int_equal(w.day[0].n, 2);
	assert_int_equal(w.day[4].v[1].to, 18 * 60 + 30);
	assert_int_equal(w.day[5].v[0].from, 8 * 60 + 30);
	assert_int_equal(w.day[6].n, 0);
	assert_true(w.holidays_off);
	assert_true(hours_week(S("Mo,We-Th 10:00-12:00; We off"), &w));
	assert_int_equal(w.day[2].n, 0);
	assert_int_equal(w.day[3].n, 1);
	assert_true(hours_week(S("Fr 20:00-02:00"), &w));
	assert_int_equal(w.day[4].v[0].to, 26 * 60);
	assert_true(hours_week(S("Sa-Mo 10:00-11:00"), &w));
	assert_int_equal(w.day[6].n, 1);
	assert_int_equal(w.day[0].n, 1);
	assert_int_equal(w.day[1].n, 0);
}

TEST(hours_week_refuses_what_a_table_cannot_say)
{
	struct hours_week w;
	static const char *const more[] = {"", "24/7", "Mo[1] 10:00-12:00", "week 1-53/2 Mo 10:00-12:00", "Mo 09:00+", "sur rendez-vous", "Mo-",
		"SH off", "PH 10:00-12:00", "Mo 25:00", "Jul-Aug Mo 10:00-12:00", "Mo 10:00-12:00 \"sur rdv\"", "Mo 10:00-12:00 || We 10:00-12:00"};
	for (size_t i = 0; i < lengthof(more); i++)
		if (hours_week(str_c(more[i]), &w))
			fail_msg("read: %s", more[i]);
}
