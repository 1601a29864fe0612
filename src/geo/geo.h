/* Points, distances and the grid that finds what is near on both engines with a plain b-tree.
 * The grid has cells of 0.01° (about 1.1 km by 0.75 km at Nantes), numbered row by row. */
#ifndef GABARE_GEO_H
#define GABARE_GEO_H

#include "base/base.h"

struct point { double lat, lon; };               /* WGS84, degrees */

bool point_valid(struct point p);                /* within ±90, ±180, and not 0,0 */
/* Great-circle distance in metres on the mean sphere (error below 0.5 %). */
double geo_metres(struct point a, struct point b);

/* The cell of a point. */
i64 grid_cell(double lat, double lon);
/* The rows of cells that a circle touches: for each row r in 0..n-1, cells lie in [from + r * GRID_STRIDE, to + r * GRID_STRIDE].
 * The circle must not reach a pole or the antimeridian (it is clamped there). */
#define GRID_STRIDE ((i64)40000)
struct grid_box { i64 from, to; int rows; };
struct grid_box grid_around(struct point p, double metres);

#endif
