/* From degrees to a drawing: a frame that shows given points, outlines cut to it and made simple enough to be few bytes. */
#ifndef GABARE_GEO_TRACE_H
#define GABARE_GEO_TRACE_H

#include "base/arena.h"
#include "geo/geo.h"

struct flat { double x, y; };                    /* units of the drawing; y grows to the south */

/* A view of width by height units, north up, the same scale both ways. */
struct frame { struct point centre; double width, height, metres; /* of a unit, at the centre */ };

/* The frame that shows n points (one or more), at least `margin` units from its edges, and is at least `least_m` metres wide. */
struct frame frame_of(const struct point *v, size_t n, double width, double height, double margin, double least_m);
struct flat frame_at(const struct frame *f, struct point p);
struct point frame_back(const struct frame *f, struct flat p);

struct flats { struct flat *v; size_t n; };

/* The part of a ring inside low..high (Sutherland and Hodgman: where it leaves and comes back, it follows the edge). */
struct flats ring_clip(struct arena *a, struct flats ring, struct flat low, struct flat high);
/* The ring with as few of its points as keep all of it within `tolerance` (Douglas and Peucker); none when nothing but a line
 * is left of it. */
struct flats ring_simplify(struct arena *a, struct flats ring, double tolerance);
bool ring_contains(struct flats ring, struct flat p);
/* Its centre of gravity, and its area in square units (never negative). */
struct flat ring_centre(struct flats ring, double *ret_area);

/* The length of a scale bar: the longest of 1, 2 or 5 times a power of ten that is at most `most` metres. */
double scale_length(double most);

#endif
