/* The trend as a drawing: what was handed over and signed, what was planned, the target. An SVG made here; its figures are in the table of the page. */
#ifndef GABARE_PROGRESS_CHART_H
#define GABARE_PROGRESS_CHART_H

#include "html/escape.h"
#include "progress/counts.h"

enum { CHART_WIDE = 410, CHART_HIGH = 250, CHART_LEFT = 12, CHART_RIGHT = 398, CHART_TOP = 40, CHART_FOOT = 214 };

struct chart_month { i64 x; str label; bool last; };
struct chart_months { struct chart_month *v; size_t n; };
struct chart {
	str title, desc, area, handed, signed_charters, planned;         /* planned: empty when a wave has no dates */
	str target, now;                         /* words beside the line of the target and beside the last point */
	i64 target_y, now_x, now_y, now_label_y;
	bool now_left;                           /* the words stand before the point: it is far to the right */
	struct chart_months months;
};
struct chart chart_of(const struct view *v, const struct progress *p);

#endif
