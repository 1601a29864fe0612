/* What a drawing of the ground keeps true: distances, north up, what is inside stays inside. */
#include "geo/trace.h"

#include <math.h>

#include "unit.h"

static struct flats ring(const struct flat *v, size_t n)
{
	struct flat *copy = arena_many(unit_arena((size_t)1 << 20), struct flat, n);
	memcpy(copy, v, n * sizeof *v);
	return (struct flats){copy, n};
}

TEST(a_frame_shows_its_points_and_measures_true)
{
	struct point v[] = {{47.2131, -1.5586}, {47.2300, -1.5200}, {47.1900, -1.6000}};
	struct frame f = frame_of(v, 3, 360, 270, 24, 600);
	for (size_t i = 0; i < 3; i++) {
		struct flat p = frame_at(&f, v[i]);
		assert_true(p.x > 23.9 && p.x < 336.1 && p.y > 23.9 && p.y < 246.1);
		assert_true(geo_metres(frame_back(&f, p), v[i]) < 0.1);
	}
	struct flat a = frame_at(&f, v[1]), b = frame_at(&f, v[2]);
	assert_true(a.y < b.y && a.x > b.x);     /* north is up, east is right */
	double drawn = hypot(a.x - b.x, a.y - b.y) * f.metres, real = geo_metres(v[1], v[2]);
	assert_true(fabs(drawn - real) < real / 200);
}

TEST(a_frame_of_one_point_is_no_closer_than_asked)
{
	struct point v[] = {{47.2131, -1.5586}};
	struct frame f = frame_of(v, 1, 360, 270, 24, 720);
	struct flat p = frame_at(&f, v[0]);
	assert_true(p.x > 179.9 && p.x < 180.1 && p.y > 134.9 && p.y < 135.1);
	assert_true(f.metres > 1.99 && f.metres < 2.01);
}

TEST(a_ring_is_cut_to_the_view)
{
	struct arena *a = unit_arena((size_t)1 << 20);
	struct flats out = ring_clip(a, ring((struct flat[]){{-50, -50}, {150, -50}, {150, 50}, {-50, 50}}, 4), (struct flat){0, 0}, (struct flat){100, 100});
	double area;
	ring_centre(out, &area);
	assert_true(area > 4999 && area < 5001);
	for (size_t i = 0; i < out.n; i++)
		assert_true(out.v[i].x >= 0 && out.v[i].x <= 100 && out.v[i].y >= 0 && out.v[i].y <= 100);
	out = ring_clip(a, ring((struct flat[]){{200, 200}, {300, 200}, {300, 300}}, 3), (struct flat){0, 0}, (struct flat){100, 100});
	assert_true(out.n == 0);
	out = ring_clip(a, ring((struct flat[]){{-9, -9}, {500, -9}, {500, 500}, {-9, 500}}, 4), (struct flat){0, 0}, (struct flat){100, 100});
	ring_centre(out, &area);
	assert_true(area > 9999 && area < 10001);   /* a view inside the ring is all of it */
}

TEST(a_ring_is_simplified_within_the_tolerance)
{
	struct arena *a = unit_arena((size_t)1 << 20);
	struct flats circle = {.v = arena_many(a, struct flat, 360), .n = 360};
	for (size_t i = 0; i < 360; i++)
		circle.v[i] = (struct flat){100 + 80 * cos((double)i * M_PI / 180), 100 + 80 * sin((double)i * M_PI / 180)};
	struct flats out = ring_simplify(a, circle, 1);
	assert_true(out.n >= 12 && out.n <= 36);
	double area;
	struct flat centre = ring_centre(out, &area);
	assert_true(area > 80 * 80 * M_PI * 0.95);
	assert_true(ring_contains(out, centre) && !ring_contains(out, (struct flat){1, 1}));
	struct flats square = ring((struct flat[]){{0, 0}, {5, 0}, {10, 0}, {10, 10}, {0, 10}}, 5);
	assert_true(ring_simplify(a, square, 0.5).n == 4);
	assert_true(ring_simplify(a, square, 50).n == 0);
	assert_true(ring_simplify(a, (struct flats){0}, 1).n == 0);
}

TEST(a_scale_bar_has_a_round_length)
{
	assert_true(scale_length(99) == 50 && scale_length(100) == 100 && scale_length(499) == 200 && scale_length(7300) == 5000);
}
