/* Reading single values as people and spreadsheets write them. Each reader either gives the value in the schema's form or
 * says, in French, what is wrong and, when it can be told, what was probably meant. */
#ifndef GABARE_DIRECTORY_PLACE_VALUES_H
#define GABARE_DIRECTORY_PLACE_VALUES_H

#include "base/arena.h"
#include "base/timex.h"

/* What came of reading one value. `fault` is NULL when `value` is good; `doubt` is what deserves a look all the same. */
struct value_read { str value; const char *fault, *doubt; str proposal; };

/* SIRET (14 digits, its key is checked), RNA ("W" and 9 digits), RIDET and others within 9 to 14 letters and digits. */
struct value_read value_pivot(struct arena *a, str s);
bool value_pivot_is_placeholder(str pivot);
/* Five digits; four get back the zero that a spreadsheet ate; "30252 Cedex" gives 30252. */
struct value_read value_postal_code(struct arena *a, str s);
struct value_read value_insee_code(struct arena *a, str s);
/* YYYY-MM-DD, DD/MM/YYYY, "4 mars 2024", with or without a time of day, or seconds since 1970; at most tomorrow. */
struct value_read value_date(struct arena *a, str s, struct date today);
/* A decimal number: comma or point, at most `most` either side of zero, written without sign "+" nor leading zeros. */
struct value_read value_degrees(struct arena *a, str s, double most);
/* http or https; the scheme is added when it is missing. */
struct value_read value_url(struct arena *a, str s);
struct value_read value_mail(struct arena *a, str s);
/* "oui" or "non", from true, 1, x, vrai… */
struct value_read value_yes_no(struct arena *a, str s);
/* Opening hours in OpenStreetMap's form; French that says them without loss is turned into it. */
struct value_read value_hours(struct arena *a, str s);
/* Control characters off (line feeds and tabs stay), spaces off both ends. */
str value_text(struct arena *a, str s);
/* What spreadsheets and exports put for "nothing": "#N/D", "NULL", "n/a", "-", "non renseigné", "MISSING"… */
bool value_is_nothing(struct arena *a, str s);

/* Does the point lie where the postal code says (France's territories, by boxes)? */
enum where { WHERE_THERE, WHERE_SWAPPED, WHERE_ELSEWHERE_IN_FRANCE, WHERE_NOT_IN_FRANCE };
enum where value_where(double lat, double lon, str postal_code);

#endif
