/* The map of a list: its places as numbers over the districts and rivers of the gazetteer, an SVG made here, that asks nothing
 * of another site. The list says all of it in words; the map only shows it. */
#ifndef GABARE_MAP_MAP_H
#define GABARE_MAP_MAP_H

#include "geo/geo.h"
#include "html/escape.h"

struct db;

/* A place of the list: its number there (which is id="lieu-3" of its item), its name, where it is. */
struct map_place { i64 number; str name; bool placed; struct point at; };

#define MAP_PLACES 20
struct map {
	const struct map_place *v; size_t n;     /* at most MAP_PLACES */
	bool near; struct point here;            /* the point that was asked for */
};

/* The figure, with its scale and its sentence; empty when no place has a position. */
must_use enum err map_drawn(struct db *db, const struct view *v, const struct map *m, html *ret);

#endif
