/* Which places fit somebody's answers, and why. */
#ifndef GABARE_ORIENTATION_RESULTS_H
#define GABARE_ORIENTATION_RESULTS_H

#include "html/escape.h"
#include "http/req.h"
#include "orientation/questions.h"

#define RESULTS_MAX 5

struct result { struct place place; double metres; struct reasons { html *v; size_t n; } reasons; struct opening opening; int fit; };

/* What had to be given up to have enough places, in order. */
enum widened { WIDENED_AREA = 1, WIDENED_PRICE = 2, WIDENED_SERVICE = 4, UNKNOWN_COMMUNE = 8 };

struct results {
	struct result *v; size_t n;
	unsigned widened;                        /* bits of enum widened */
	size_t n_exact;                          /* the first of them, which fit without widening */
};

/* At most `most` places, the best first: those in the commune (or at 2.5 km of the point) with the price asked, then the nearest around it, then other
 * prices, and only when there is nothing at all, other services. The public and the way of being helped rank, never exclude
 * (but a place for other publics only is left out). */
must_use enum err orientation_results(struct req *req, const struct wishes *w, size_t most, struct results *ret);

#endif
