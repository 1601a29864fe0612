/* Outlines of areas: rings of points, holes and islands alike, by the even-odd rule. */
#ifndef GABARE_GAZETTEER_OUTLINE_H
#define GABARE_GAZETTEER_OUTLINE_H

#include "base/buf.h"
#include "gazetteer/gazetteer.h"

/* An outline is bytes: for each ring the number of its points, then lon and lat of each. */
void outline_ring(struct buf *b, const struct point *v, size_t n);
/* Whether it is well-formed: at least one ring, each of three points or more. */
bool outline_valid(str outline);
bool outline_contains(str outline, struct point p);

/* Its rings, in the arena. */
struct gazetteer_ring *outline_rings(struct arena *a, str outline, size_t *ret_n);

struct outline_facts { double south, north, west, east; struct point centre; };
/* Its box, and a point to stand for it: the centre of gravity of its largest ring. */
struct outline_facts outline_facts(str outline);

#endif
