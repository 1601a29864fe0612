/* Time and the calendar (days from civil: the era algorithm, exact over the whole int range that we use). */
#include "base/buf.h"
#include "base/timex.h"

void time_init(void)
{
	setenv("TZ", "Europe/Paris", 1);
	tzset();
	(void)paris_of_ms(0);                    /* reads the zone file now: later the sandbox forbids it */
}

#ifdef GABARE_TESTING
static i64 fixed_ms;
void clock_set(i64 ms) { fixed_ms = ms; }
#endif

i64 now_ms(void)
{
#ifdef GABARE_TESTING
	if (fixed_ms)
		return fixed_ms;
#endif
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

i64 mono_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (i64)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

struct civil paris_of_ms(i64 ms)
{
	time_t s = (time_t)(ms >= 0 ? ms / 1000 : (ms - 999) / 1000);
	struct tm t;
	localtime_r(&s, &t);
	return (struct civil){
		.date = {.y = t.tm_year + 1900, .m = t.tm_mon + 1, .d = t.tm_mday},
		.hh = t.tm_hour, .mm = t.tm_min, .ss = t.tm_sec, .offset_s = (int)t.tm_gmtoff,
	};
}

struct date today_paris(void) { return paris_of_ms(now_ms()).date; }

bool date_valid(struct date d)
{
	static const int length[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (d.y < 1 || d.y > 9999 || d.m < 1 || d.m > 12 || d.d < 1)
		return false;
	bool leap = (d.y % 4 == 0 && d.y % 100 != 0) || d.y % 400 == 0;
	return d.d <= length[d.m - 1] + (d.m == 2 && leap);
}

i64 date_days(struct date d)
{
	i64 y = d.m <= 2 ? d.y - 1 : d.y;
	i64 era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	i64 doy = (153 * (d.m + (d.m > 2 ? -3 : 9)) + 2) / 5 + d.d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

struct date date_of_days(i64 days)
{
	i64 z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
	i64 yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	i64 doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int m = (int)(mp < 10 ? mp + 3 : mp - 9);
	return (struct date){.y = (int)(yoe + era * 400 + (m <= 2)), .m = m, .d = (int)(doy - (153 * mp + 2) / 5 + 1)};
}

struct date date_after_months(struct date d, int months)
{
	int all = d.y * 12 + d.m - 1 + months;
	struct date ret = { all / 12, all % 12 + 1, d.d };
	while (!date_valid(ret))
		ret.d--;
	return ret;
}

int date_weekday(struct date d)
{
	i64 w = (date_days(d) + 3) % 7;          /* 1970-01-01 was a Thursday */
	return (int)(w < 0 ? w + 7 : w);
}

bool date_parse(str iso, struct date *ret)
{
	i64 y, m, d;
	if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-')
		return false;
	for (size_t i = 0; i < iso.n; i++)
		if (i != 4 && i != 7 && (iso.p[i] < '0' || iso.p[i] > '9'))
			return false;
	if (!str_i64(str_slice(iso, 0, 4), &y) || !str_i64(str_slice(iso, 5, 7), &m) || !str_i64(str_slice(iso, 8, 10), &d))
		return false;
	struct date date = {.y = (int)y, .m = (int)m, .d = (int)d};
	if (!date_valid(date))
		return false;
	*ret = date;
	return true;
}

str date_iso(struct arena *a, struct date d) { return str_printf(a, "%04d-%02d-%02d", d.y, d.m, d.d); }

/* Splits an instant into its UTC date and second of the day. */
static struct date utc_of_ms(i64 ms, int *ret_second)
{
	i64 s = ms >= 0 ? ms / 1000 : (ms - 999) / 1000, days = s >= 0 ? s / 86400 : (s - 86399) / 86400;
	*ret_second = (int)(s - days * 86400);
	return date_of_days(days);
}

str ms_iso(struct arena *a, i64 ms)
{
	int s;
	struct date d = utc_of_ms(ms, &s);
	return str_printf(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.y, d.m, d.d, s / 3600, s / 60 % 60, s % 60);
}

str ms_http(struct arena *a, i64 ms)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int s;
	struct date d = utc_of_ms(ms, &s);
	return str_printf(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[date_weekday(d)], d.d, months[d.m - 1], d.y, s / 3600, s / 60 % 60, s % 60);
}
