/* Pages written without a server, for tests: a view of an invented city, and what is wrong with the HTML that comes out. */
#ifndef GABARE_TEST_LOOK_H
#define GABARE_TEST_LOOK_H

#include "html/view.h"

/* An invented city with every fact, bannered as a demonstration; a public address too. */
extern const struct city look_city;
/* A view of "/" of that city, with an empty output. Everything is in `a`. */
struct view look_view(struct arena *a, enum lang l);

bool look_has(str page, const char *text);
size_t look_count(str page, const char *text);
/* The text between the first `from` after *at and the next `to`; moves *at past it. False when there is none. */
bool look_between(str page, size_t *at, const char *from, const char *to, str *ret);

struct look { const char *fault; int elements; };
/* A whole page as a browser would read it: the first thing wrong with it (tests/pages/html.h; an id that is not there; several
 * or no h1, title, main), NULL when nothing is; and its elements, as EcoIndex counts them. */
struct look look_at(struct arena *a, str page);
/* The same of a piece of a page. */
struct look look_at_piece(struct arena *a, str piece);

#endif
