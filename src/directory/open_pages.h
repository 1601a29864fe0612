/* What the pages about open data show, for their templates. */
#ifndef GABARE_DIRECTORY_OPEN_PAGES_H
#define GABARE_DIRECTORY_OPEN_PAGES_H

#include "directory/open.h"
#include "directory/place_pages.h"
#include "html/format.h"

struct shown_file { str url, name; const char *format; str weight; };
struct shown_set { str title, what; struct shown_file *v; size_t n; };
struct open_catalogue_page {
	i64 places;
	str updated, source;                     /* the day of the last change, or absent; how to cite */
	struct shown_set sets[OPEN_SETS];
};

/* News of one place, and the feed of them; `at` and the kind are in its lasting id. */
struct feed_entry { const char *kind; str id, nom, commune, told, updated, page; i64 at; };
struct feed { struct feed_entry *v; size_t n; str authority, self, updated; };

/* The list of places inside another site's page. */
struct place_fragment {
	str title;
	const struct place_items *items;
	bool styled;
	str base, more;                          /* the address of this site, and of the whole search */
};

/* "https://…/lieux/ID" */
str place_page_url(const struct view *v, str base, str id);

#endif
