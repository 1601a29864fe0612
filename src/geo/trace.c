/* Frames, and rings cut and simplified. A frame is a plane around its centre: over the few kilometres of a city, the error is
 * less than a unit of the drawing. */
#include "geo/trace.h"

#include <math.h>

#define DEGREE_M 111195.0                        /* of latitude */

/* ---- frames ---- */

static double parallel_m(double lat)             /* a degree of longitude there */
{
	return DEGREE_M * fmax(cos(lat * M_PI / 180), 0.01);
}

struct frame frame_of(const struct point *v, size_t n, double width, double height, double margin, double least_m)
{
	assert(n > 0);
	struct point low = v[0], high = v[0];
	for (size_t i = 1; i < n; i++) {
		low = (struct point){fmin(low.lat, v[i].lat), fmin(low.lon, v[i].lon)};
		high = (struct point){fmax(high.lat, v[i].lat), fmax(high.lon, v[i].lon)};
	}
	struct frame f = {.centre = {(low.lat + high.lat) / 2, (low.lon + high.lon) / 2}, .width = width, .height = height};
	double across = (high.lon - low.lon) * parallel_m(f.centre.lat) / (width - 2 * margin);
	double down = (high.lat - low.lat) * DEGREE_M / (height - 2 * margin);
	f.metres = fmax(fmax(across, down), least_m / width);
	return f;
}

struct flat frame_at(const struct frame *f, struct point p)
{
	return (struct flat){f->width / 2 + (p.lon - f->centre.lon) * parallel_m(f->centre.lat) / f->metres,
		f->height / 2 - (p.lat - f->centre.lat) * DEGREE_M / f->metres};
}

struct point frame_back(const struct frame *f, struct flat p)
{
	return (struct point){f->centre.lat - (p.y - f->height / 2) * f->metres / DEGREE_M,
		f->centre.lon + (p.x - f->width / 2) * f->metres / parallel_m(f->centre.lat)};
}

/* ---- cutting ---- */

/* A straight edge: what has `along` (x or y) times `sign` at most `limit` times `sign` is kept. */
struct edge { bool x; double sign, limit; };

static double beyond(struct edge e, struct flat p)
{
	return ((e.x ? p.x : p.y) - e.limit) * e.sign;
}

static struct flat crossing(struct edge e, struct flat a, struct flat b)
{
	double from = beyond(e, a), to = beyond(e, b), t = from / (from - to);
	struct flat p = {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
	*(e.x ? &p.x : &p.y) = e.limit;
	return p;
}

static struct flats cut(struct arena *a, struct flats ring, struct edge e)
{
	struct flats kept = {.v = arena_many(a, struct flat, ring.n * 2)};
	for (size_t i = 0; i < ring.n; i++) {
		struct flat before = ring.v[i ? i - 1 : ring.n - 1], now = ring.v[i];
		bool was = beyond(e, before) <= 0, is = beyond(e, now) <= 0;
		if (was != is)
			kept.v[kept.n++] = crossing(e, before, now);
		if (is)
			kept.v[kept.n++] = now;
	}
	return kept;
}

struct flats ring_clip(struct arena *a, struct flats ring, struct flat low, struct flat high)
{
	const struct edge edges[] = {{true, -1, low.x}, {true, 1, high.x}, {false, -1, low.y}, {false, 1, high.y}};
	for (size_t i = 0; i < lengthof(edges) && ring.n; i++)
		ring = cut(a, ring, edges[i]);
	return ring;
}

/* ---- simplifying ---- */

static double distance(struct flat p, struct flat a, struct flat b)
{
	double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
	return length > 0 ? fabs((p.x - a.x) * dy - (p.y - a.y) * dx) / length : hypot(p.x - a.x, p.y - a.y);
}

/* The point between two of the ring (the last may be its first again) that is furthest from the line between them; 0: none. */
static size_t furthest(struct flats ring, size_t from, size_t to, double *ret)
{
	size_t found = 0;
	*ret = 0;
	for (size_t i = from + 1; i < to; i++) {
		double d = distance(ring.v[i], ring.v[from], ring.v[to % ring.n]);
		if (d > *ret) {
			*ret = d;
			found = i;
		}
	}
	return found;
}

struct flats ring_simplify(struct arena *a, struct flats ring, double tolerance)
{
	struct range { size_t from, to; } *todo = arena_many(a, struct range, ring.n + 2);
	bool *keep = arena_many(a, bool, ring.n + 1);
	struct flats kept = {.v = arena_many(a, struct flat, ring.n + 1)};
	size_t n = 0;
	if (ring.n < 3)
		return kept;
	keep[0] = true;
	todo[n++] = (struct range){0, ring.n};       /* from the first point round to itself */
	while (n) {
		struct range r = todo[--n];
		double d;
		size_t i = furthest(ring, r.from, r.to, &d);
		if (!i || d <= tolerance)
			continue;
		keep[i] = true;
		todo[n++] = (struct range){r.from, i};
		todo[n++] = (struct range){i, r.to};
	}
	for (size_t i = 0; i < ring.n; i++)
		if (keep[i])
			kept.v[kept.n++] = ring.v[i];
	if (kept.n < 3)
		kept.n = 0;
	return kept;
}

/* ---- facts ---- */

bool ring_contains(struct flats ring, struct flat p)
{
	bool inside = false;
	for (size_t i = 0; i < ring.n; i++) {
		struct flat a = ring.v[i ? i - 1 : ring.n - 1], b = ring.v[i];
		if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x))
			inside = !inside;
	}
	return inside;
}

struct flat ring_centre(struct flats ring, double *ret_area)
{
	double area = 0, x = 0, y = 0;
	for (size_t i = 0; i < ring.n; i++) {
		struct flat a = ring.v[i ? i - 1 : ring.n - 1], b = ring.v[i];
		double cross = a.x * b.y - b.x * a.y;
		area += cross / 2;
		x += (a.x + b.x) * cross / 6;
		y += (a.y + b.y) * cross / 6;
	}
	*ret_area = fabs(area);
	return area != 0 ? (struct flat){x / area, y / area} : ring.n ? ring.v[0] : (struct flat){0, 0};
}

double scale_length(double most)
{
	double unit = pow(10, floor(log10(fmax(most, 1))));
	return most >= 5 * unit ? 5 * unit : most >= 2 * unit ? 2 * unit : unit;
}
