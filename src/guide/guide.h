/* The paper guide: the places of the directory, the wifi and the advice as a booklet. What goes in comes from a source: the
 * directory of today, or an edition that was frozen. */
#ifndef GABARE_GUIDE_GUIDE_H
#define GABARE_GUIDE_GUIDE_H

#include "content/content.h"
#include "directory/directory.h"
#include "html/view.h"

#define GUIDE_PLACES_MAX 1000                    /* of one booklet: about 400 pages */

struct guide_area { str code, name; bool district; size_t n_places; };   /* a district, or a commune */
struct guide_place { const struct place *place; size_t area; struct place_paper words; int mark; };

struct guide {
	struct date date;                        /* the day it tells */
	str edition;                             /* "Guide 2026"; may be empty */
	struct guide_area *areas; size_t n_areas;        /* districts first, then communes, in the order of the book */
	struct guide_place *places; size_t n_places;     /* in the French order of their names */
	struct wifi_spots wifi;                  /* of the whole city */
	struct articles advice;                  /* as the city publishes it, in the view's language */
	str only;                                /* the name of the only area it is about; empty: the whole city */
};

/* Fills `ret` for the area of this code (of a district, or INSEE; absent: all of them). NOT_FOUND: no such area, or it has no place.
 * INVALID: more than GUIDE_PLACES_MAX. */
typedef enum err guide_source_fn(struct db *db, const struct view *v, str code, struct guide *ret);
guide_source_fn guide_of_directory;

/* The part of a guide that is about one of its areas; it shares the rest. */
struct guide guide_only(struct arena *a, const struct guide *g, size_t area);

struct guide_options { bool two_up, without_qr; };
struct guide_made { str pdf; int pages; };       /* pages of the booklet, blank ones for the printer not counted */

/* The booklet, in v's language and arena. INTERNAL when it could not be drawn. */
must_use enum err guide_make(const struct view *v, struct guide *g, const struct guide_options *o, struct guide_made *ret);

/* Makes the whole guide and a leaflet for each area, in all languages, and puts them in the place of those published before. */
must_use enum err guide_publish(struct db *db, const struct city *city, guide_source_fn *source, str edition, i64 *ret_files);
/* "fr", "simple", "en", "ar" */
str guide_lang_name(enum lang l);

#endif
