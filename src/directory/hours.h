/* A week of opening hours in words, from the OSM opening_hours of the schema. Only what a week table can say without losing
 * anything is read here: weekdays, times, closed days, public holidays off. */
#ifndef GABARE_DIRECTORY_HOURS_H
#define GABARE_DIRECTORY_HOURS_H

#include "base/base.h"

#define HOURS_SPANS 4

struct hours_span { int from, to; };             /* minutes of the day; to may pass 1440 */
struct hours_day { struct hours_span v[HOURS_SPANS]; size_t n; };
struct hours_week { struct hours_day day[7]; bool holidays_off; };   /* day 0 is Monday */

/* False when the expression says more than a week table can, or is not understood: it is then shown as written. */
bool hours_week(str expression, struct hours_week *ret);

#endif
