/* Distances and the grid. */
#include "geo/geo.h"
#include <math.h>

#define EARTH_M 6371008.8
#define RAD (M_PI / 180)

bool point_valid(struct point p)
{
	return p.lat >= -90 && p.lat <= 90 && p.lon >= -180 && p.lon <= 180 && (fabs(p.lat) > 1e-9 || fabs(p.lon) > 1e-9);
}

double geo_metres(struct point a, struct point b)
{
	double s = sin((b.lat - a.lat) * RAD / 2), t = sin((b.lon - a.lon) * RAD / 2);
	double h = s * s + cos(a.lat * RAD) * cos(b.lat * RAD) * t * t;
	return 2 * EARTH_M * asin(sqrt(h < 1 ? h : 1));
}

static i64 row_of(double lat) { return (i64)floor((fmin(fmax(lat, -90), 90) + 90) * 100); }
static i64 column_of(double lon) { return (i64)floor((fmin(fmax(lon, -180), 180) + 180) * 100); }

i64 grid_cell(double lat, double lon) { return row_of(lat) * GRID_STRIDE + column_of(lon); }

struct grid_box grid_around(struct point p, double metres)
{
	double dlat = metres / EARTH_M / RAD, dlon = dlat / fmax(cos(p.lat * RAD), 0.01);
	i64 low = row_of(p.lat - dlat), high = row_of(p.lat + dlat);
	i64 left = column_of(p.lon - dlon), right = column_of(p.lon + dlon);
	return (struct grid_box){.from = low * GRID_STRIDE + left, .to = low * GRID_STRIDE + right, .rows = (int)(high - low + 1)};
}
