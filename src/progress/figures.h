/* What is published of a campaign, and why nobody can count fewer than 11 families in it.
 *
 * Once a month, for the end of the last full month, each wave has one figure: how many devices were handed over. It is written down once and never
 * computed again, whatever is corrected later. Three rules:
 *   1. a figure is 11 or more; until then the wave shows "fewer than 11" (none is not told apart from ten);
 *   2. a figure moves only to a value that differs by 11 or more from every figure that the wave ever showed; else it stays as it is;
 *   3. the total is the sum of the figures that are shown, nothing more, and obeys rule 2 too: a wave that would bring the total within 10 of
 *      an earlier one waits for the next month.
 * So each figure is made of lots of 11 or more, a lot is in no other figure than its wave's and the total, and the total says nothing that the
 * waves do not: there is nothing to subtract, across rows, between the total and the rows, or between two months. Only devices handed over are
 * published, for one more column (signed, eligible) would be a difference of a few families with this one; and no figures by school, whose lots
 * would be subtracted from their wave's. What is not shown of a wave is known to be less than 11 either way, and that is all that is known. */
#ifndef GABARE_PROGRESS_FIGURES_H
#define GABARE_PROGRESS_FIGURES_H

#include "base/base.h"

#define FIGURE_LEAST 11

/* months × waves, the oldest month first: v[m * waves + w]; 0: fewer than 11. */
struct figures { size_t months, waves; const i64 *v; };
/* The figures of the next month, when so many were handed over. `ret_next`: waves of them. */
void figures_next(const struct figures *past, const i64 *truth, i64 *ret_next);
i64 figures_total(const i64 *month, size_t waves);

#endif
