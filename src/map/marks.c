/* Where the numbers stand. Places at one spot share a mark ("3, 4"); a mark that would cover another moves to the closest free
 * ground, and a line leads back to its spot. */
#include <math.h>

#include "map/draw.h"

#define SAME_SPOT 3.0                            /* units */
#define GAP 3.0

static bool covers(const struct map_mark *m, struct flat at, double half_wide, double half_high)
{
	return fabs(m->at.x - at.x) < m->half + half_wide + GAP && fabs(m->at.y - at.y) < MAP_MARK + half_high + GAP;
}

bool marks_clear(const struct map_marks *marks, struct flat at, double half_wide, double half_high)
{
	if (marks->near && fabs(marks->here.x - at.x) < half_wide + MAP_CROSS + GAP && fabs(marks->here.y - at.y) < half_high + MAP_CROSS + GAP)
		return false;
	for (size_t i = 0; i < marks->n; i++)
		if (covers(&marks->v[i], at, half_wide, half_high))
			return false;
	return true;
}

static bool inside(const struct map_mark *m, struct flat at)
{
	return at.x >= m->half + 2 && at.x <= MAP_WIDE - m->half - 2 && at.y >= MAP_MARK + 2 && at.y <= MAP_HIGH - MAP_MARK - 2;
}

/* Places `m` where it covers none of `marks`: on its spot, else on widening circles around it. */
static void stand(const struct map_marks *marks, struct map_mark *m)
{
	struct flat spot = {fmin(fmax(m->spot.x, m->half + 2), MAP_WIDE - m->half - 2), m->spot.y};
	m->at = spot;
	if (marks_clear(marks, spot, m->half, MAP_MARK))
		return;
	for (int r = MAP_MARK * 2 + 10; r < MAP_WIDE; r += 6)
		for (int turn = 0; turn < 24; turn++) {
			struct flat at = {round(spot.x + r * cos(turn * M_PI / 12)), round(spot.y + r * sin(turn * M_PI / 12))};
			if (!inside(m, at) || !marks_clear(marks, at, m->half, MAP_MARK))
				continue;
			m->at = at;
			m->moved = true;
			return;
		}
}

/* The mark that already stands for this spot. */
static struct map_mark *mark_at(const struct map_marks *marks, struct flat spot)
{
	for (size_t i = 0; i < marks->n; i++)
		if (hypot(marks->v[i].spot.x - spot.x, marks->v[i].spot.y - spot.y) < SAME_SPOT)
			return &marks->v[i];
	return NULL;
}

struct map_marks marks_of(struct arena *a, const struct map *m, const struct frame *f)
{
	struct map_marks all = {.v = arena_many(a, struct map_mark, m->n), .near = m->near};
	if (m->near)
		all.here = frame_at(f, m->here);
	struct map_marks stood = all;
	for (size_t i = 0; i < m->n; i++) {
		const struct map_place *p = &m->v[i];
		if (!p->placed)
			continue;
		struct flat spot = frame_at(f, p->at);
		spot = (struct flat){round(spot.x), round(spot.y)};
		str number = str_printf(a, "%lld", (long long)p->number);
		struct map_mark *known = mark_at(&all, spot);
		if (known) {
			known->text = str_printf(a, "%.*s, %.*s", STR_ARG(known->text), STR_ARG(number));
			known->name = str_printf(a, "%.*s, %.*s", STR_ARG(known->name), STR_ARG(p->name));
		} else
			all.v[all.n++] = (struct map_mark){.text = number, .name = p->name, .number = p->number, .spot = spot};
	}
	for (; stood.n < all.n; stood.n++) {
		struct map_mark *mark = &all.v[stood.n];
		mark->half = fmax(MAP_MARK, (double)mark->text.n * 4 + 8);
		stand(&stood, mark);
	}
	return all;
}
