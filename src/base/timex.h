/* Time: instants are int64 milliseconds of UTC; civil dates are a type of their own; the only zone is Europe/Paris, by the
 * system's tz database (time_init must run once per process, before any sandbox). */
#ifndef GABARE_TIMEX_H
#define GABARE_TIMEX_H

#include "base/base.h"

struct date { int y, m, d; };                    /* proleptic Gregorian, m 1..12, d 1..31 */
struct civil { struct date date; int hh, mm, ss; int offset_s; };

void time_init(void);
i64 now_ms(void);                                /* the wall clock, or what clock_set says */
i64 mono_us(void);                               /* monotonic microseconds, for measuring */
#ifdef GABARE_TESTING
void clock_set(i64 ms);                          /* tests only: a fixed now_ms; 0 gives the wall clock back */
#endif

struct civil paris_of_ms(i64 ms);
struct date today_paris(void);
bool date_valid(struct date d);
i64 date_days(struct date d);                    /* days since 1970-01-01 */
struct date date_of_days(i64 days);
struct date date_after_months(struct date d, int months);      /* the same day of a later (or earlier) month; its last, where it has no such day */
int date_weekday(struct date d);                 /* 0 Monday … 6 Sunday */
bool date_parse(str iso, struct date *ret);      /* exactly YYYY-MM-DD, valid */
str date_iso(struct arena *a, struct date d);
str ms_iso(struct arena *a, i64 ms);             /* 2026-11-25T07:03:04Z */
str ms_http(struct arena *a, i64 ms);            /* IMF-fixdate, for HTTP headers */

#endif
