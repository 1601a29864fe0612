/* The pages that are always there: the home page, the pages the law or courtesy wants, robots.txt, and what is said when a
 * request cannot be answered. */
#ifndef GABARE_PAGES_H
#define GABARE_PAGES_H

#include "http/route.h"

extern const struct route pages_routes[];

/* Writes the page that says why there is no other, with the telephone number and ways on: 400, 403, 404, 405, 409, 413, 429, 500,
 * 503; others read as 400 or 500. Needs no database. Sets the view's noindex and description. */
must_use enum err error_page_html(struct view *v, int status);

#endif
