/* Rings as bytes, and whether a point is inside. Degrees are taken as a plane: areas are a few kilometres wide. */
#include "gazetteer/outline.h"

#include "base/pack.h"

void outline_ring(struct buf *b, const struct point *v, size_t n)
{
	pack_i64(b, (i64)n);
	for (size_t i = 0; i < n; i++) {
		pack_f64(b, v[i].lon);
		pack_f64(b, v[i].lat);
	}
}

static struct point next_point(struct unpack *u)
{
	double lon = unpack_f64(u), lat = unpack_f64(u);
	return (struct point){lat, lon};
}

/* The number of points of the next ring; 0 at the end, or when it is malformed. */
static size_t next_ring(struct unpack *u)
{
	if (u->bad || !u->rest.n)
		return 0;
	i64 n = unpack_i64(u);
	return !u->bad && n > 0 && (u64)n <= u->rest.n / 16 ? (size_t)n : 0;
}

bool outline_valid(str outline)
{
	struct unpack u = {.rest = outline};
	size_t rings = 0;
	for (size_t n; (n = next_ring(&u)) > 0; rings++) {
		if (n < 3)
			return false;
		for (size_t i = 0; i < n; i++)
			if (!point_valid(next_point(&u)))
				return false;
	}
	return rings > 0 && unpack_done(&u);
}

/* Whether a line from p to the east crosses the side from a to b. */
static bool crosses(struct point p, struct point a, struct point b)
{
	if ((a.lat > p.lat) == (b.lat > p.lat))
		return false;
	return p.lon < a.lon + (p.lat - a.lat) / (b.lat - a.lat) * (b.lon - a.lon);
}

bool outline_contains(str outline, struct point p)
{
	struct unpack u = {.rest = outline};
	bool inside = false;
	for (size_t n; (n = next_ring(&u)) > 0;) {
		struct point first = next_point(&u), before = first;
		for (size_t i = 1; i <= n; i++) {
			struct point now = i < n ? next_point(&u) : first;
			inside ^= crosses(p, before, now);
			before = now;
		}
	}
	return inside;
}

struct gazetteer_ring *outline_rings(struct arena *a, str outline, size_t *ret_n)
{
	struct unpack u = {.rest = outline};
	struct gazetteer_ring *rings = arena_many(a, struct gazetteer_ring, outline.n / 56 + 1);      /* 8 bytes and three points or more */
	*ret_n = 0;
	for (size_t n; (n = next_ring(&u)) > 0;) {
		struct gazetteer_ring ring = {.v = arena_many(a, struct point, n), .n = n};
		for (size_t i = 0; i < n; i++)
			ring.v[i] = next_point(&u);
		if (n >= 3)
			rings[(*ret_n)++] = ring;
	}
	return rings;
}

struct ring_sums { double area, lat, lon; };

static void widen(struct outline_facts *f, struct point p)
{
	f->south = p.lat < f->south ? p.lat : f->south;
	f->north = p.lat > f->north ? p.lat : f->north;
	f->west = p.lon < f->west ? p.lon : f->west;
	f->east = p.lon > f->east ? p.lon : f->east;
}

static void add_side(struct ring_sums *s, struct point origin, struct point a, struct point b)
{
	double ax = a.lon - origin.lon, ay = a.lat - origin.lat, bx = b.lon - origin.lon, by = b.lat - origin.lat, cross = ax * by - bx * ay;
	s->area += cross / 2;
	s->lon += (ax + bx) * cross / 6;
	s->lat += (ay + by) * cross / 6;
}

struct outline_facts outline_facts(str outline)
{
	struct outline_facts f = {.south = 90, .north = -90, .west = 180, .east = -180};
	struct unpack u = {.rest = outline};
	double largest = -1;
	for (size_t n; (n = next_ring(&u)) > 0;) {
		struct point first = next_point(&u), before = first;
		struct ring_sums s = {0};
		widen(&f, first);
		for (size_t i = 1; i < n; i++) {
			struct point now = next_point(&u);
			widen(&f, now);
			add_side(&s, first, before, now);
			before = now;
		}
		double size = s.area < 0 ? -s.area : s.area;
		if (size <= largest)
			continue;
		largest = size;
		f.centre = size > 0 ? (struct point){first.lat + s.lat / s.area, first.lon + s.lon / s.area} : first;
	}
	return f;
}
