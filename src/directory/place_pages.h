/* What the pages of the directory show, for their templates. */
#ifndef GABARE_DIRECTORY_PLACE_PAGES_H
#define GABARE_DIRECTORY_PLACE_PAGES_H

#include "directory/directory.h"
#include "directory/labels.h"
#include "directory/opening.h"
#include "gazetteer/gazetteer.h"
#include "html/format.h"
#include "html/widgets.h"
#include "http/fields.h"

/* A condition of the search in words, and the address of the same search without it. */
struct condition { const char *name; str label; html shown; str without; i64 found; /* places without it, 0 when not counted */ };
struct conditions { struct condition *v; size_t n; };

/* A place of the list, with what its hours say now. */
struct place_item { const struct place_hit *hit; struct opening opening; i64 number; /* on the map; 0: there is none */ };
struct place_items { struct place_item *v; size_t n; };

/* A place that may have been meant by "where", and the same search there. */
struct where_choice { str name, url; };
struct where_choices { struct where_choice *v; size_t n; };

struct place_list_page {
	const struct form *form;
	str title;
	html heading;                            /* the same, for h1: names are marked as French */
	struct place_items items;
	bool near;
	bool searched;                           /* some condition is given */
	str unknown;                             /* where, as typed, when the gazetteer does not know which place it is */
	bool understood;                         /* of which it knows a part */
	bool as_words;                           /* so it was looked for as words */
	struct where_choices where;
	str corrected;                           /* words looked for instead of those typed */
	struct conditions conditions;            /* given ones */
	struct pager pager;
	bool mapped; html map;                   /* the map was asked for; it is empty when no place has a position */
	str other_view;                          /* the address of the list with a map, or without; absent: there is nothing to show */
	bool open;                               /* only places open at open_at are shown */
	str open_at, open_label;                 /* the value and words of its box */
	str point_lat, point_lon, radius;        /* kept as hidden fields */
};

struct hours_line { str day; html times; };
struct hours_lines { struct hours_line *v; size_t n; };
struct place_page {
	const struct place *place;
	str kinds;
	const struct labels *services, *publics, *needs, *prices, *access, *ways;   /* in plain words */
	const struct hours_lines *hours;         /* empty when hours are unknown or shown as written */
	str hours_caption;
	bool holidays_off;
	struct labels phones;                    /* E.164 */
	struct labels sites, mails;
	str freshness;
	const struct gazetteer_areas *areas;     /* in which it stands */
	struct opening opening;
};

/* "mailto:…" */
str mail_url(const struct view *v, str mail);

#endif
