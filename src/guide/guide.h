/* The paper guide: the places of the directory, the wifi and the advice as a booklet. What goes in comes from the directory of today, or
 * from an edition that was frozen. */
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
	i64 since;                               /* of an edition: the moment it was closed */
	str title;                               /* "Guide d’été"; empty: "Guide", and the edition or the year */
	str edition;                             /* of the census, that it is made from; empty: the directory of `date` */
	struct guide_area *areas; size_t n_areas;        /* districts first, then communes, in the order of the book */
	struct guide_place *places; size_t n_places;     /* in the French order of their names */
	struct wifi_spots wifi;                  /* of the whole city */
	struct articles advice;                  /* as the city publishes it, in the view's language */
	str only;                                /* the name of the only area it is about; empty: the whole city */
};

/* Fills `ret` from the directory of today (`edition` empty) or from a closed edition of the census, for the area of this code (of a district,
 * or INSEE; empty: all of them). The guide of an edition says the same in all years, but for contacts that were withdrawn from it.
 * NOT_FOUND: no such edition or area, or it has no place. CONFLICT: the edition is not what was frozen. INVALID: more than
 * GUIDE_PLACES_MAX. */
struct guide_from { str edition, code; };
must_use enum err guide_gather(struct db *db, const struct view *v, const struct guide_from *from, struct guide *ret);

/* The part of a guide that is about one of its areas; it shares the rest. */
struct guide guide_only(struct arena *a, const struct guide *g, size_t area);

struct guide_options { bool two_up, without_qr; };
struct guide_made { str pdf; int pages; };       /* pages of the booklet, blank ones for the printer not counted */

/* The booklet, in v's language and arena. INTERNAL when it could not be drawn. */
must_use enum err guide_make(const struct view *v, struct guide *g, const struct guide_options *o, struct guide_made *ret);

/* Makes the guide that waits longest, if one does, file by file; draws in children. NOT_FOUND: none waits. For the jobs process. */
must_use enum err guide_step(struct db *db, const struct city *city);
/* Forgets one guide that was made before `before`, unless it is on the site or was there before; *ret_n: 0 or 1. In a transaction. */
must_use enum err guide_forget(struct db *db, i64 before, i64 *ret_n);
/* Makes the whole guide and a leaflet for each area, in all languages, from an edition (empty: today's directory), and puts them on the site.
 * OK also when it could not be made: see ret->state and ret->fault. */
struct guide_making_row;
must_use enum err guide_publish(struct db *db, const struct city *city, str edition, str title, struct guide_making_row *ret);
/* "fr", "simple", "en", "ar" */
str guide_lang_name(enum lang l);

#endif
