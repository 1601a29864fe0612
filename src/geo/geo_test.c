/* Distances and the grid against what is known. */
#include "geo/geo.h"

#include <math.h>

#include "geo/lambert.h"
#include "unit.h"

TEST(geo_measures_known_distances)
{
	struct point commerce = {47.2131, -1.5586}, paris = {48.8566, 2.3522};
	double m = geo_metres(commerce, paris);
	assert_true(m > 341000 && m < 344000);   /* 342.6 km */
	assert_true(geo_metres(paris, paris) < 0.001);
	assert_false(point_valid((struct point){0, 0}));
	assert_false(point_valid((struct point){91, 0}));
	assert_true(point_valid((struct point){-22.2339, 166.468}));
}

TEST(grid_rows_cover_the_circle)
{
	struct point p = {47.2131, -1.5586};
	struct grid_box box = grid_around(p, 3000);
	for (int i = 0; i < 360; i++) {
		double angle = i * 3.14159265 / 180;
		double dlat = 2990 / 111195.0 * __builtin_sin(angle), dlon = 2990 / (111195.0 * 0.6793) * __builtin_cos(angle);
		i64 cell = grid_cell(p.lat + dlat, p.lon + dlon);
		bool inside = false;
		for (int r = 0; r < box.rows; r++)
			inside |= cell >= box.from + r * GRID_STRIDE && cell <= box.to + r * GRID_STRIDE;
		assert_true(inside);
	}
	assert_true(box.rows <= 7);
}

/* The origin of the projection, and two addresses as address files (BAL 1.4) give them in both, to a centimetre and a millionth. */
TEST(lambert93_is_read_as_degrees)
{
	double lat, lon;
	assert_true(geo_from_lambert93(700000, 6600000, &lat, &lon));
	assert_true(fabs(lat - 46.5) < 1e-7 && fabs(lon - 3) < 1e-9);
	assert_true(geo_from_lambert93(539416.13, 6225601.11, &lat, &lon));
	assert_true(fabs(lat - 43.111637) < 1e-6 && fabs(lon - 1.028392) < 1e-6);
	assert_true(geo_from_lambert93(1049409.0, 6838286.4, &lat, &lon));
	assert_true(fabs(lat - 48.55045) < 2e-6 && fabs(lon - 7.737072) < 2e-6);
	assert_false(geo_from_lambert93(355577.8, 47.2, &lat, &lon));
	assert_false(geo_from_lambert93(NAN, 6600000, &lat, &lon));
}
