/* The three rules; see figures.h. */
#include "progress/figures.h"

static bool far(i64 a, i64 b) { return a == b || a - b >= FIGURE_LEAST || b - a >= FIGURE_LEAST; }

i64 figures_total(const i64 *month, size_t waves)
{
	i64 sum = 0;
	for (size_t w = 0; w < waves; w++)
		sum += month[w];
	return sum;
}

/* Rules 1 and 2. */
static bool wave_may(const struct figures *past, size_t w, i64 to)
{
	if (to < FIGURE_LEAST)
		return false;
	for (size_t m = 0; m < past->months; m++)
		if (!far(past->v[m * past->waves + w], to))
			return false;
	return true;
}

/* Rule 3. */
static bool total_may(const struct figures *past, const i64 *next)
{
	i64 total = figures_total(next, past->waves);
	for (size_t m = 0; m < past->months; m++)
		if (!far(figures_total(past->v + m * past->waves, past->waves), total))
			return false;
	return true;
}

/* Those that rise are taken before those that fall: most often, nothing falls and the total only rises. */
void figures_next(const struct figures *past, const i64 *truth, i64 *ret_next)
{
	const i64 *last = past->months ? past->v + (past->months - 1) * past->waves : NULL;
	for (size_t w = 0; w < past->waves; w++)
		ret_next[w] = last ? last[w] : 0;
	for (int falls = 0; falls < 2; falls++)
		for (size_t w = 0; w < past->waves; w++) {
			i64 was = ret_next[w];
			if ((truth[w] < was) != falls || !wave_may(past, w, truth[w]))
				continue;
			ret_next[w] = truth[w];
			if (!total_may(past, ret_next))
				ret_next[w] = was;
		}
}
