/* The parsed form of an expression, shared by the parser and the evaluator. */
#ifndef GABARE_HOURS_RULE_H
#define GABARE_HOURS_RULE_H

#include "hours/hours.h"

struct range { int from, to, step; };            /* years, weeks: every step-th from `from` */

/* One end of a range of dates. */
struct date_point {
	int year;                                /* 0: every year */
	int month, day;                          /* day 0: the whole month */
	bool easter;                             /* Easter Sunday instead of month and day */
	int offset;                              /* days to add */
};
struct date_range { struct date_point from, to; bool open_end; };

struct weekday_range {
	int from, to;                            /* 0 Monday … 6 Sunday */
	unsigned nth;                            /* bits 0..4: first to fifth; 8..12: last to fifth from the end; 0: each */
	int offset;                              /* days after that weekday */
};

enum time_event { AT_CLOCK, AT_DAWN, AT_SUNRISE, AT_SUNSET, AT_DUSK };
struct time_point { enum time_event event; int minutes; };   /* minutes of the day, or after the event */
struct time_range { struct time_point from, to; bool open_end; bool point; };

enum rule_kind { RULE_NORMAL, RULE_ADDITIONAL, RULE_FALLBACK };

#define LIST(type, name) struct { struct type *v; size_t n; } name

struct rule {
	enum rule_kind kind;
	bool always;                             /* 24/7 */
	LIST(range, years);
	LIST(date_range, dates);
	LIST(range, weeks);
	LIST(weekday_range, weekdays);
	bool ph, sh;                             /* public, school holidays */
	int ph_offset;
	bool holidays_and_weekdays;              /* "SH We": both; else either */
	LIST(time_range, times);
	enum hours_state state;
	str comment;
};

struct hours { struct rule *rules; size_t n; };

#endif
