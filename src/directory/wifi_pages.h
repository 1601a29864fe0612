/* What the page about wifi shows, for its template. */
#ifndef GABARE_DIRECTORY_WIFI_PAGES_H
#define GABARE_DIRECTORY_WIFI_PAGES_H

#include "directory/place_pages.h"
#include "directory/wifi_sql.h"

struct wifi_item {
	const struct wifi_site *site;
	str where;                               /* "Place du Commerce, Nantes, wifi VILLE-WIFI"; may be empty */
	double metres;                           /* -1: no position, or no point asked for */
	struct opening opening;
};
struct wifi_items { struct wifi_item *v; size_t n; };

struct wifi_index {
	const struct form *form;
	str title;
	html heading;
	struct wifi_items items;                 /* of this page */
	bool mapped; html map;                   /* as in place_list_page */
	str other_view;
	str unknown;                             /* where, as typed, when it is not known; `where` has what it may be */
	struct where_choices where;
	struct pager pager;
};

#endif
