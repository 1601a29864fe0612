/* What French opening hours depend on: public holidays, school holidays of zone B, the sun over Nantes, local time. */
#include "hours/hours.h"
#include <math.h>

#define NANTES_LAT 47.2184
#define NANTES_LON (-1.5536)
#define RAD (M_PI / 180)

struct date easter_sunday(int year)              /* the Gregorian computus (Meeus, Jones, Butcher) */
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
	int n = h + l - 7 * m + 114;
	return (struct date){.y = year, .m = n / 31, .d = n % 31 + 1};
}

bool public_holiday(struct date d)
{
	static const struct { int m, d; } fixed[] = {{1, 1}, {5, 1}, {5, 8}, {7, 14}, {8, 15}, {11, 1}, {11, 11}, {12, 25}};
	static const int after_easter[] = {1, 39, 50};       /* Easter Monday, Ascension, Whit Monday */
	for (size_t i = 0; i < lengthof(fixed); i++)
		if (d.m == fixed[i].m && d.d == fixed[i].d)
			return true;
	i64 since = date_days(d) - date_days(easter_sunday(d.y));
	for (size_t i = 0; i < lengthof(after_easter); i++)
		if (since == after_easter[i])
			return true;
	return false;
}

/* First and last day without school, zone B, from the national calendar (arrêté du 7 décembre 2022 and the following). To be
 * continued each time a year is published; outside, the answer is "unknown". */
static const struct { struct date first, last; } school_breaks[] = {
	{{2025, 10, 18}, {2025, 11, 2}}, {{2025, 12, 20}, {2026, 1, 4}}, {{2026, 2, 14}, {2026, 3, 1}}, {{2026, 4, 11}, {2026, 4, 26}},
	{{2026, 7, 4}, {2026, 8, 31}}, {{2026, 10, 17}, {2026, 11, 1}}, {{2026, 12, 19}, {2027, 1, 3}}, {{2027, 2, 20}, {2027, 3, 7}},
	{{2027, 4, 17}, {2027, 5, 2}},
};
static const struct date school_from = {2025, 9, 1}, school_to = {2027, 7, 2};

enum school_holiday school_holiday(i64 day)
{
	if (day < date_days(school_from) || day > date_days(school_to))
		return SCHOOL_UNKNOWN;
	for (size_t i = 0; i < lengthof(school_breaks); i++)
		if (day >= date_days(school_breaks[i].first) && day <= date_days(school_breaks[i].last))
			return SCHOOL_YES;
	return SCHOOL_NO;
}

/* ---- the sun (the equations of NOAA's solar calculator, good to a minute) ---- */

int sun_minute(enum sun s, i64 day)
{
	double t = ((double)day + 2440588.0 - 2451545.0) / 36525.0;  /* Julian centuries at noon */
	double l = fmod(280.46646 + t * (36000.76983 + 0.0003032 * t), 360), m = 357.52911 + t * (35999.05029 - 0.0001537 * t);
	double e = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
	double centre = sin(m * RAD) * (1.914602 - t * 0.004817) + sin(2 * m * RAD) * (0.019993 - 0.000101 * t) + sin(3 * m * RAD) * 0.000289;
	double omega = 125.04 - 1934.136 * t, apparent = l + centre - 0.00569 - 0.00478 * sin(omega * RAD);
	double tilt = 23 + (26 + (21.448 - t * 46.815) / 60) / 60 + 0.00256 * cos(omega * RAD);
	double declination = asin(sin(tilt * RAD) * sin(apparent * RAD)), y = pow(tan(tilt / 2 * RAD), 2);
	double equation = 4 / RAD * (y * sin(2 * l * RAD) - 2 * e * sin(m * RAD) + 4 * e * y * sin(m * RAD) * cos(2 * l * RAD)
		- 0.5 * y * y * sin(4 * l * RAD) - 1.25 * e * e * sin(2 * m * RAD));
	double zenith = s == SUN_RISE || s == SUN_SET ? 90.833 : 96;
	double angle = acos(cos(zenith * RAD) / (cos(NANTES_LAT * RAD) * cos(declination)) - tan(NANTES_LAT * RAD) * tan(declination)) / RAD;
	double noon = 720 - 4 * NANTES_LON - equation, utc = noon + (s == SUN_RISE || s == SUN_DAWN ? -4 : 4) * angle;
	i64 ms = (day * 1440 + (i64)floor(utc + 0.5)) * 60000;
	struct civil c = paris_of_ms(ms);
	return c.hh * 60 + c.mm;
}

/* ---- local time ---- */

struct local local_of_ms(i64 ms)
{
	struct civil c = paris_of_ms(ms);
	return (struct local){.day = date_days(c.date), .minute = c.hh * 60 + c.mm};
}

i64 ms_of_local(struct local t)
{
	i64 naive = (t.day * 1440 + t.minute) * 60000;
	i64 summer = naive - 7200000, winter = naive - 3600000;
	struct local back = local_of_ms(summer);         /* the first of a doubled hour */
	if (back.day == t.day && back.minute == t.minute)
		return summer;
	back = local_of_ms(winter);
	if (back.day == t.day && back.minute == t.minute)
		return winter;
	i64 at = winter;                                 /* in the gap: its end */
	while (local_of_ms(at - 60000).minute >= 180)
		at -= 60000;
	return at;
}

str local_iso(struct arena *a, struct local t)
{
	struct date d = date_of_days(t.day);
	return str_printf(a, "%04d-%02d-%02dT%02d:%02d", d.y, d.m, d.d, t.minute / 60, t.minute % 60);
}

static int two_digits(str s, size_t at)
{
	char a = s.p[at], b = s.p[at + 1];
	return a >= '0' && a <= '9' && b >= '0' && b <= '9' ? (a - '0') * 10 + b - '0' : -1;
}

bool local_parse(str s, struct local *ret)
{
	struct date d;
	if (s.n != 16 || (s.p[10] != 'T' && s.p[10] != ' ') || s.p[13] != ':' || !date_parse(str_slice(s, 0, 10), &d))
		return false;
	int hh = two_digits(s, 11), mm = two_digits(s, 14);
	if (hh < 0 || hh > 23 || mm < 0 || mm > 59)
		return false;
	*ret = local_of_ms(ms_of_local((struct local){.day = date_days(d), .minute = hh * 60 + mm}));   /* no minute of the gap */
	return true;
}
