/* What the fixed pages are told by their handlers. */
#ifndef GABARE_FIXED_H
#define GABARE_FIXED_H

#include "base/timex.h"
#include "content/content.h"

struct eco_facts {
	i64 css_bytes;                           /* of the style sheet as most browsers get it (brotli) */
	struct date measured;                    /* the day of the figures below, taken by tests/web in Chromium */
	i64 home_bytes, home_elements, home_ecoindex; /* first visit, style sheet and headers included */
};

/* Pages that the city has written itself, for the site map; the others are found from the lists of their kinds. */
struct own_page { str path, title; bool french; };       /* french: in another language than the page's */
struct own_pages { struct own_page *v; size_t n; };

#endif
