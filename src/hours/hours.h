/* Opening hours: the OSM opening_hours language, evaluated for Europe/Paris with French public holidays and zone B school
 * holidays. What is not understood is refused with its column; nothing is guessed.
 *
 * A local time that does not exist (last Sunday of March) is read as the instant after the gap; a doubled one as the first. */
#ifndef GABARE_HOURS_H
#define GABARE_HOURS_H

#include "base/arena.h"
#include "base/timex.h"

struct hours;                                    /* a parsed expression */

enum hours_state { HOURS_CLOSED, HOURS_OPEN, HOURS_UNKNOWN };

/* A minute of the local calendar. */
struct local { i64 day; int minute; };           /* days since 1970-01-01; 0..1439 */

struct hours_answer {
	enum hours_state state;
	str comment;                             /* of the rule that decided; absent if it has none */
	bool changes;                            /* whether it ever changes (within HOURS_HORIZON_DAYS) */
	struct local next;                       /* when state or comment changes next */
};

#define HOURS_HORIZON_DAYS 1830                  /* five years */

struct hours_error {
	size_t column;                           /* from 1, in code points */
	str message;                             /* msgid, French */
	str words;                               /* of French prose: what was not understood */
};

/* Parses. INVALID: *ret_error says what and where. The result lives in the arena. */
__attribute__((warn_unused_result)) enum err hours_parse(struct arena *a, str expression, struct hours **ret, struct hours_error *ret_error);

/* French prose ("du lundi au vendredi 9h-12h sauf mercredi") as an expression, when that loses nothing; an expression stays
 * what it is. INVALID: *ret_error says which words stand in the way. */
__attribute__((warn_unused_result)) enum err hours_from_french(struct arena *a, str text, str *ret_expression, struct hours_error *ret_error);
/* Whether an expression made of prose has hours whose days nobody has said: it would mean every day. */
bool hours_lack_days(str expression);

enum hours_state hours_state_at(const struct hours *h, struct local t, str *ret_comment);
struct hours_answer hours_at(const struct hours *h, struct local t);

/* One day's opening as it is read: spans in minutes of that day (to may pass 1440), each with its state (open or unknown). */
struct hours_piece { int from, to; enum hours_state state; str comment; };
struct hours_day_pieces { struct hours_piece *v; size_t n; };
struct hours_day_pieces hours_of_day(struct arena *a, const struct hours *h, i64 day);
/* True when the expression depends on more than the day of the week (dates, weeks, holidays): a week table must be dated. */
bool hours_vary(const struct hours *h);
bool hours_closed_on_holidays(const struct hours *h);    /* it says "PH off" */

/* What is told of other days than those of an ordinary week: in these months, on these holidays, on the nth of these days. */
struct hours_clause {
	struct date from, to;                    /* m 0: all year; d 0: the whole month; without a year */
	bool public_holidays, school_holidays;
	unsigned days;                           /* bits, Monday first; 0: all */
	unsigned nth;                            /* bits 0..4: first to fifth of the month, 5: the last; 0: each */
	struct hours_day_pieces hours;           /* empty: closed */
};
struct hours_told { struct hours_day_pieces week[7]; struct hours_clause *v; size_t n; };
/* The expression as people would say it: an ordinary week, Monday first, then what differs. False when it cannot be said so
 * (numbered weeks, years, sunrise, a rule that undoes an earlier one). */
bool hours_tell(struct arena *a, const struct hours *h, struct hours_told *ret);

/* ---- the calendar ---- */
bool public_holiday(struct date d);              /* the 11 of L. 3133-1 Code du travail, metropolitan France */
enum school_holiday { SCHOOL_NO, SCHOOL_YES, SCHOOL_UNKNOWN };
enum school_holiday school_holiday(i64 day);     /* zone B; UNKNOWN outside the table */
struct date easter_sunday(int year);
/* Minutes of the local day of sunrise and sunset at Nantes; dawn and dusk are civil twilight. */
enum sun { SUN_DAWN, SUN_RISE, SUN_SET, SUN_DUSK };
int sun_minute(enum sun s, i64 day);

/* Local minutes and instants. */
struct local local_of_ms(i64 ms);
i64 ms_of_local(struct local t);
/* "2026-05-01T10:00" (a space for the T will do). False when that is no minute of the calendar. */
bool local_parse(str s, struct local *ret);
str local_iso(struct arena *a, struct local t);  /* "2026-05-01T10:00" */

#endif
