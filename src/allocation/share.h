/* Fair shares: a quantity divided between schools in proportion to figures fixed beforehand, in whole devices. Webster's method
 * (Sainte-Laguë): each device in turn goes to the school whose weight / (2 × what it has + 1) is the largest. It favours neither large
 * nor small schools, and one device more never takes one from anybody (docs/decisions/0009-allocation.md). */
#ifndef GABARE_ALLOCATION_SHARE_H
#define GABARE_ALLOCATION_SHARE_H

#include "base/base.h"

#define SHARE_WEIGHT_MAX ((i64)1000000000)
#define SHARE_QUANTITY_MAX ((i64)1000000)

struct share_school { str id; i64 weight, least, most; };      /* most: SHARE_QUANTITY_MAX for no ceiling */

/* Gives out what of `quantity` is not in `given` yet (zeros at first, then at least each school's `least`), never above `most`. Equal
 * claims: the larger weight, then the smaller id. *ret_left: what no ceiling has room for. INVALID: the minimums are above the quantity. */
must_use enum err share_out(const struct share_school *v, size_t n, i64 quantity, i64 *given, i64 *ret_left);

#endif
