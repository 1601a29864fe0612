/* French prose read as opening hours, inside: words, then clauses, then the expression. The public face is in hours.h. */
#ifndef GABARE_HOURS_FRENCH_H
#define GABARE_HOURS_FRENCH_H

#include "hours/hours.h"

enum word_kind {
	W_END, W_DAY, W_DAYS, W_MONTH, W_NTH, W_OF_MONTH, W_TIME, W_NUMBER, W_TO, W_DASH, W_SLASH, W_AND, W_COMMA, W_STOP, W_COLON,
	W_EXCEPT, W_CLOSED, W_PUBLIC, W_SCHOOL, W_TERM, W_BY_APPOINTMENT, W_NO_APPOINTMENT, W_WEEKS, W_ALWAYS, W_HALF, W_NOISE, W_STRANGE,
};

/* A word, or a turn of several. value: day 0..6, days as bits, month 1..12, rank 1..5 (-1 last), minutes, number, parity of
 * weeks 1 or 2, half of the day 0 or 1. */
struct word { enum word_kind kind; int value; size_t column; str text; };
struct words { struct word *v; size_t n; };      /* the last is W_END */

/* Cuts a text into words; noise ("le", "ouvert") is left out, what is not known stays as W_STRANGE. */
struct words french_words(struct arena *a, str text);

/* When hours hold: every condition that is set. */
struct when {
	unsigned days;                           /* bits, Monday first; 0: not said */
	unsigned nth;                            /* as in rule.h; 0: each */
	bool ph, sh;
	int parity;                              /* 0, 1 odd, 2 even weeks */
	str dates;                               /* as in an expression: "Jul-Aug"; absent: all year */
};

struct french_range { int from, to; str comment; };
#define RANGES_MAX 8
/* One day's hours; without ranges, `comment` may say that one must ask. */
struct cell { struct french_range v[RANGES_MAX]; size_t n; unsigned said_with; str comment; bool closed; };

/* A timetable: of ordinary weeks, of school holidays, of the first Saturday… Cell 7: hours without a day. */
struct timetable { struct when when; struct cell day[8]; };
#define TABLES_MAX 8
#define CLOSED_MAX 16
struct agenda {
	struct timetable table[TABLES_MAX]; size_t n;    /* table 0: ordinary weeks */
	struct when closed[CLOSED_MAX]; size_t n_closed;
};

/* The expression that says the same. */
str french_expression(struct arena *a, const struct agenda *g);

#endif
