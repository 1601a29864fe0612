/* See lambert.h. */
#include "geo/lambert.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

/* The ellipsoid GRS80 and the cone, as published. */
static const double e = 0.08181919106, n = 0.7256077650, c = 11754255.426, xs = 700000.0, ys = 12655612.050, lon0 = 3.0;

bool geo_from_lambert93(double x, double y, double *ret_lat, double *ret_lon)
{
	if (!(x > 0 && x < 1300000 && y > 6000000 && y < 7200000))
		return false;
	double r = hypot(x - xs, y - ys), iso = exp(-log(r / c) / n);
	double phi = 2 * atan(iso) - pi / 2;
	for (int i = 0; i < 12; i++) {           /* each turn gains two digits */
		double s = e * sin(phi);
		phi = 2 * atan(pow((1 + s) / (1 - s), e / 2) * iso) - pi / 2;
	}
	*ret_lat = phi * 180 / pi;
	*ret_lon = lon0 + atan((x - xs) / (ys - y)) / n * 180 / pi;
	return true;
}
