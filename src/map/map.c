/* Drawing the map: a frame around the points, what the gazetteer knows of the ground there, marks, a scale. */
#include "map/map.h"

#include <math.h>

#include "db/db.h"
#include "gazetteer/gazetteer.h"
#include "map/draw.h"
#include "map/map_html.h"

#define PATH_MAX_BYTES ((size_t)16 << 10)
#define SVG_MAX ((size_t)64 << 10)
#define MARGIN 24.0                              /* a mark is whole on the map */
#define LEAST_M 900.0                            /* a map of one place still shows what is around */
#define TOLERANCE 1.2
#define EDGE 4.0                                 /* cut a little outside, so that the cut is not seen */
#define LETTER 8.2                               /* width of one in a label, about */
#define LINE_HIGH 15.0

/* ---- outlines ---- */

/* "m12 34 5-6 7 8z": whole units, each from the one before. */
static void put_ring(struct buf *b, struct flats ring)
{
	i64 x = 0, y = 0;
	for (size_t i = 0; i < ring.n; i++) {
		i64 to_x = (i64)round(ring.v[i].x), to_y = (i64)round(ring.v[i].y);
		if (i && to_x == x && to_y == y)
			continue;
		if (i)
			buf_printf(b, "%s%lld%s%lld", to_x < x || i == 1 ? "" : " ", (long long)(to_x - x), to_y < y ? "" : " ", (long long)(to_y - y));
		else
			buf_printf(b, "M%lld %lldl", (long long)to_x, (long long)to_y);
		x = to_x;
		y = to_y;
	}
	buf_byte(b, 'z');
}

static struct flats seen_of(struct arena *a, const struct frame *f, const struct gazetteer_ring *ring)
{
	struct flats flat = {.v = arena_many(a, struct flat, ring->n), .n = ring->n};
	for (size_t i = 0; i < ring->n; i++)
		flat.v[i] = frame_at(f, ring->v[i]);
	struct flats seen = ring_clip(a, flat, (struct flat){-EDGE, -EDGE}, (struct flat){MAP_WIDE + EDGE, MAP_HIGH + EDGE});
	return ring_simplify(a, seen, TOLERANCE);
}

/* ---- names of districts ---- */

static double letters(str s)
{
	double n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += ((u8)s.p[i] & 0xC0) != 0x80;
	return n;
}

/* Whether lines around a point, `half` wide on each side, stay off the names that are there already. */
static bool labels_clear(const struct map_labels *labels, struct flat at, double half, double high)
{
	for (size_t i = 0; i < labels->n; i++) {
		const struct map_label *l = &labels->v[i];
		double apart = (double)l->y - LINE_HIGH * 0.3 - at.y;    /* y is the foot of the letters */
		if (fabs((double)l->x - at.x) < half + letters(l->text) * LETTER / 2 && fabs(apart) < high + LINE_HIGH / 2)
			return false;
	}
	return true;
}

/* The name in lines ("Breil - Barberie" is two), around a point where it covers no mark; not at all when there is none. */
static void add_label(struct arena *a, struct drawing *d, struct flats ring, str name)
{
	struct map_label lines[4];
	size_t n = 0;
	double area, half = 0;
	struct flat middle = ring_centre(ring, &area);
	str rest = str_replace(a, name, S(" - "), S("|")), line;
	while (n < lengthof(lines) && rest.n && str_next(&rest, '|', &line)) {
		lines[n++].text = line;
		half = fmax(half, letters(line) * LETTER / 2);
	}
	double high = (double)n * LINE_HIGH / 2;
	static const int moves[] = {0, -24, 24, -48, 48, -72, 72};
	for (size_t i = 0; i < lengthof(moves); i++) {
		struct flat at = {middle.x, middle.y + moves[i]};
		bool in = at.x - half > 2 && at.x + half < MAP_WIDE - 2 && at.y - high > 2 && at.y + high < MAP_HIGH - 2;
		struct flat left = {at.x - half / 2, at.y}, right = {at.x + half / 2, at.y};
		if (!in || !ring_contains(ring, left) || !ring_contains(ring, right))
			continue;
		if (!marks_clear(&d->marks, at, half, high) || !labels_clear(&d->labels, at, half, high))
			continue;
		for (size_t l = 0; l < n; l++) {
			lines[l].x = (i64)round(at.x);
			lines[l].y = (i64)round(at.y - high + LINE_HIGH * ((double)l + 0.8));
			d->labels.v[d->labels.n++] = lines[l];
		}
		return;
	}
}

static void add_shape(struct arena *a, const struct frame *f, const struct gazetteer_shape *shape, struct buf *path, struct drawing *d)
{
	struct flats largest = {0};
	double most = 0;
	for (size_t i = 0; i < shape->n; i++) {
		double area;
		struct flats ring = seen_of(a, f, &shape->rings[i]);
		if (!ring.n)
			continue;
		put_ring(path, ring);
		ring_centre(ring, &area);
		if (area > most) {
			most = area;
			largest = ring;
		}
	}
	if (shape->kind == GAZ_DISTRICT && largest.n)
		add_label(a, d, largest, shape->name);
}

/* What is under the points. An outline too long for the page is left out: the points are what matters. */
static enum err add_ground(struct db *db, struct arena *a, const struct frame *f, struct drawing *d)
{
	struct gazetteer_shapes shapes;
	struct point low = frame_back(f, (struct flat){0, MAP_HIGH}), high = frame_back(f, (struct flat){MAP_WIDE, 0});
	struct buf districts = buf_new(a, PATH_MAX_BYTES), water = buf_new(a, PATH_MAX_BYTES);
	try(gazetteer_shapes_in(db, low, high, &shapes));
	d->labels.v = arena_many(a, struct map_label, shapes.n * 4);
	for (size_t i = 0; i < shapes.n; i++)
		add_shape(a, f, &shapes.v[i], shapes.v[i].kind == GAZ_WATER ? &water : &districts, d);
	d->districts = districts.full ? S("") : buf_str(&districts);
	d->water = water.full ? S("") : buf_str(&water);
	return OK;
}

/* ---- the whole ---- */

static void add_scale(const struct view *v, const struct frame *f, struct drawing *d)
{
	double metres = scale_length(f->metres * 120);
	i64 m = (i64)metres;
	d->bar = (i64)round(metres / f->metres);
	d->bar_label = m < 1000 ? _f("{1} m", number_shown(v->a, v->lang, m)) : _f("{1} km", number_shown(v->a, v->lang, m / 1000));
}

/* The frame that holds the places and the point asked for. False when no place has a position. */
static bool frame_around(const struct map *m, struct frame *ret, i64 *ret_unplaced)
{
	struct point points[MAP_PLACES + 1];
	size_t n = 0;
	*ret_unplaced = 0;
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].placed)
			points[n++] = m->v[i].at;
		else
			++*ret_unplaced;
	if (!n)
		return false;
	if (m->near)
		points[n++] = m->here;
	*ret = frame_of(points, n, MAP_WIDE, MAP_HIGH, MARGIN, LEAST_M);
	return true;
}

/* Read twice: under the map, and as the name of the figure, which aids read (RGAA 1.9). */
static str caption_of(const struct view *v, const struct drawing *d)
{
	str numbers = _("Les numéros sont ceux de la liste, qui dit tout ce que la carte montre.");
	str here = d->marks.near ? _("La croix est l’endroit demandé.") : S("");
	str missing = d->unplaced ? _n("{n} lieu de la liste n’est pas sur la carte : nous ne savons pas exactement où il est.",
		"{n} lieux de la liste ne sont pas sur la carte : nous ne savons pas exactement où ils sont.", d->unplaced) : S("");
	return str_printf(v->a, "%.*s%s%.*s%s%.*s", STR_ARG(numbers), here.n ? " " : "", STR_ARG(here), missing.n ? " " : "", STR_ARG(missing));
}

enum err map_drawn(struct db *db, const struct view *v, const struct map *m, html *ret)
{
	struct frame f;
	struct drawing d = {.unplaced = 0};
	*ret = (html){0};
	assert(m->n <= MAP_PLACES);
	if (!frame_around(m, &f, &d.unplaced))
		return OK;
	d.marks = marks_of(v->a, m, &f);
	add_scale(v, &f, &d);
	d.caption = caption_of(v, &d);
	try(add_ground(db, v->a, &f, &d));
	struct buf out = buf_new(v->a, SVG_MAX);
	struct view w = *v;
	w.out = &out;
	try(map_html(&w, &d));
	ret->s = buf_str(&out);
	return out.full ? INTERNAL : OK;
}
