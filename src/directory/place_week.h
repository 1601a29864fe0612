/* A place's hours as people read them: the week, today marked, and the days to come that are not like it. */
#ifndef GABARE_DIRECTORY_PLACE_WEEK_H
#define GABARE_DIRECTORY_PLACE_WEEK_H

#include "html/format.h"
#include "hours/hours.h"

#define WEEK_AHEAD_DAYS 14                       /* how far ahead other days are told, today included */

/* Days with the same hours on one line. `text` says the same as `times`, without markup. */
struct week_line { str day; html times; str text; bool today; };
/* Days in a row, the first and the last of them, whose hours are not the week's. */
struct week_change { struct date from, to; struct hours_day_pieces hours; bool holiday; };

struct place_week {
	const struct hours *hours;               /* NULL: none, or not understood; then all the rest is empty */
	bool dated;                              /* weeks differ: the lines are of this very week */
	struct hours_day_pieces day[7];          /* the week told, Monday first */
	struct week_line v[7]; size_t n;
	str caption;                             /* "Chaque semaine" */
	bool holidays_off;                       /* closed on public holidays */
	struct week_change change[WEEK_AHEAD_DAYS]; size_t n_changes;
};

struct week_changes { html *v; size_t n; };

/* The week of `hours` (opening_hours) as it is told on the day `today`, in v's arena and language. With `mark` the line of today
 * says so, unless today is one of the changes: what is kept or printed is read on other days. */
const struct place_week *place_week(const struct view *v, str hours, struct date today, bool mark);
/* Its changes in sentences: "Fermé le vendredi 25 décembre 2026, jour férié." */
const struct week_changes *place_week_changes(const struct view *v, const struct place_week *week);

#endif
