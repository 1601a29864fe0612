/* Opening hours: the language, the calendar, the changes. The reference vectors are in ../shared and skipped without it. */
#include "hours/hours.h"
#include "unit.h"
#include <jansson.h>

static struct local local(const char *iso)
{
	struct date d;
	assert_true(date_parse((str){iso, 10}, &d));
	return (struct local){.day = date_days(d), .minute = (iso[11] - '0') * 600 + (iso[12] - '0') * 60 + (iso[14] - '0') * 10 + iso[15] - '0'};
}

static struct hours *parsed(struct arena *a, const char *expression)
{
	struct hours *h;
	struct hours_error e;
	if (hours_parse(a, str_c(expression), &h, &e) != OK)
		fail_msg("%s: column %zu: %.*s", expression, e.column, STR_ARG(e.message));
	return h;
}

static void expect(const char *expression, const char *at, enum hours_state state, const char *next)
{
	struct arena *a = arena_new(32 << 20);
	struct hours_answer got = hours_at(parsed(a, expression), local(at));
	str shown = got.changes ? local_iso(a, got.next) : S("-");
	if (got.state != state || !str_eq(shown, str_c(next)))
		fail_msg("%s at %s: state %d, next %.*s; wanted %d, %s", expression, at, got.state, STR_ARG(shown), state, next);
	arena_free(a);
}

TEST(hours_say_open_and_until_when)
{
	time_init();
	expect("Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", "2026-01-05T09:00", HOURS_OPEN, "2026-01-05T12:00");
	expect("24/7", "2026-01-05T09:00", HOURS_OPEN, "-");
	expect("off", "2026-01-05T09:00", HOURS_CLOSED, "-");
	expect("Fr 20:00-02:00", "2026-01-10T01:30", HOURS_OPEN, "2026-01-10T02:00");
	expect("Mo-Fr 09:00-12:00; PH off", "2026-05-01T10:00", HOURS_CLOSED, "2026-05-04T09:00");
	expect("Mo-Fr 09:00-12:00 || \"sur rendez-vous\"", "2026-05-02T10:00", HOURS_UNKNOWN, "2026-05-04T09:00");
	expect("week 1-53/2 Mo 10:00-12:00", "2026-01-05T10:30", HOURS_CLOSED, "2026-01-12T10:00");
	expect("Sa[-1] 10:00-13:00", "2026-01-31T11:00", HOURS_OPEN, "2026-01-31T13:00");
	expect("easter +1 day 10:00-12:00", "2026-04-06T09:00", HOURS_CLOSED, "2026-04-06T10:00");
	expect("Dec 24-Jan 02 10:00-11:00", "2026-01-01T09:00", HOURS_CLOSED, "2026-01-01T10:00");
	expect("2026 Mar 01-2026 Jun 30 Tu 14:00-16:00", "2026-03-03T15:00", HOURS_OPEN, "2026-03-03T16:00");
	expect("SH We 10:00-12:00", "2027-09-01T10:30", HOURS_UNKNOWN, "2027-09-01T12:00");
}

TEST(hours_follow_the_clock_when_it_jumps)
{
	struct arena *a = arena_new(1 << 20);
	time_init();
	/* 2026-03-29: 02:00 becomes 03:00; 2026-10-25: 03:00 becomes 02:00 again */
	assert_str(ms_iso(a, ms_of_local(local("2026-03-29T02:30"))), "2026-03-29T01:00:00Z");
	assert_str(ms_iso(a, ms_of_local(local("2026-10-25T02:30"))), "2026-10-25T00:30:00Z");
	assert_str(ms_iso(a, ms_of_local(local("2026-10-25T03:30"))), "2026-10-25T02:30:00Z");
	expect("Su 01:00-04:00", "2026-03-29T03:30", HOURS_OPEN, "2026-03-29T04:00");
	arena_free(a);
}

TEST(hours_know_the_french_calendar)
{
	time_init();
	assert_true(public_holiday((struct date){2026, 4, 6}));
	assert_true(public_holiday((struct date){2026, 5, 14}));
	assert_true(public_holiday((struct date){2026, 5, 25}));
	assert_false(public_holiday((struct date){2026, 4, 3}));          /* Good Friday is for Alsace-Moselle only */
	struct date solstice = {2026, 6, 21};
	int rise = sun_minute(SUN_RISE, date_days(solstice)), set = sun_minute(SUN_SET, date_days(solstice));
	assert_true(rise >= 6 * 60 + 7 && rise <= 6 * 60 + 13);            /* about 6:10 and 22:06 at Nantes */
	assert_true(set >= 22 * 60 + 3 && set <= 22 * 60 + 9);
	expect("sunrise-12:00", "2026-06-21T11:00", HOURS_OPEN, "2026-06-21T12:00");
	expect("10:00-(sunset+00:30)", "2026-06-21T22:20", HOURS_OPEN, "2026-06-21T22:36");
}

TEST(hours_refuse_with_the_column)
{
	static const struct { const char *expression; size_t column; } cases[] = {
		{"", 1}, {"lundi 9h", 1}, {"Mo-Fr 09:00-", 13}, {"Mo-Fr 09:00", 12}, {"Mo-Xx 09:00-12:00", 3}, {"Mo 10:00-49:00", 10}, {"Mo 25:00-26:00", 4},
		{"Mo[6] 10:00-12:00", 5}, {"Mo 09:00-12:00 \"sur", 16}, {"week Mo 10:00-12:00", 6}, {"Mo 09:00-12:00; Foo", 17}, {"sur rdv", 1},
	};
	struct arena *a = arena_new(32 << 20);
	for (size_t i = 0; i < lengthof(cases); i++) {
		struct hours *h;
		struct hours_error e;
		if (hours_parse(a, str_c(cases[i].expression), &h, &e) == OK)
			fail_msg("understood: %s", cases[i].expression);
		if (e.column != cases[i].column || !e.message.n)
			fail_msg("%s: column %zu, wanted %zu (%.*s)", cases[i].expression, e.column, cases[i].column, STR_ARG(e.message));
		arena_reset(a);
	}
	arena_free(a);
}

TEST(hours_of_a_day_are_pieces)
{
	struct arena *a = arena_new(32 << 20);
	time_init();
	struct hours *h = parsed(a, "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00; PH off");
	struct hours_day_pieces d = hours_of_day(a, h, local("2026-01-05T00:00").day);
	assert_int_equal(d.n, 2);
	assert_int_equal(d.v[1].from, 14 * 60);
	assert_int_equal(hours_of_day(a, h, local("2026-05-01T00:00").day).n, 0);
	assert_false(hours_vary(h));
	assert_true(hours_vary(parsed(a, "Sa[1] 10:00-12:00")));
	assert_true(hours_vary(parsed(a, "Mo-Fr 09:00-17:00; PH 12:00-14:00 off")));
	assert_true(hours_vary(parsed(a, "We sunrise-12:00")));
	arena_free(a);
}

/* Every state of the reference evaluator, and every next change but where it counts school holidays a day late. */
TEST(hours_match_the_reference)
{
	json_t *all = json_load_file("../shared/standards/opening-hours/oracle.json", 0, NULL), *one, *row;
	if (!all)
		unit_skip("../shared/standards is not here");
	static const char *const states[] = {"ferme", "ouvert", "inconnu"};
	struct arena *a = arena_new(64 << 20);
	size_t i, j, checked = 0;
	time_init();
	json_array_foreach(json_object_get(all, "cas"), i, one) {
		const char *expression = json_string_value(json_object_get(one, "horaires"));
		json_array_foreach(json_object_get(one, "etats"), j, row) {
			const char *at = json_string_value(json_array_get(row, 0)), *next = json_string_value(json_array_get(row, 3));
			struct hours_answer got = hours_at(parsed(a, expression), local(at));
			if (strcmp(states[got.state], json_string_value(json_array_get(row, 1))))
				fail_msg("%s at %s: %s", expression, at, states[got.state]);
			str shown = got.changes ? local_iso(a, got.next) : S("-");
			if (!strstr(expression, "SH") && !str_eq(shown, str_c(next ? next : "-")))
				fail_msg("%s at %s: next %.*s, wanted %s", expression, at, STR_ARG(shown), next);
			checked++;
			arena_reset(a);
		}
	}
	assert_true(checked >= 700);
	json_decref(all);
	arena_free(a);
}
