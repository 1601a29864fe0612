/* What is drawn, ready for the template: numbers are whole units of the view. */
#ifndef GABARE_MAP_DRAW_H
#define GABARE_MAP_DRAW_H

#include "geo/trace.h"
#include "map/map.h"

/* The view is MAP_WIDE by MAP_HIGH; under it, a strip for the scale. At 320 px, where the map is 288 px wide, a mark of
 * MAP_MARK units and its line is 24 px across. */
enum { MAP_WIDE = 360, MAP_HIGH = 270, MAP_STRIP = 28, MAP_MARK = 14, MAP_CROSS = 9 };

/* A number, or several when places share a spot: where it is, and where it stands so as to cover no other. */
struct map_mark { str text, name; i64 number; struct flat spot, at; double half; bool moved; };
struct map_marks {
	struct map_mark *v; size_t n;
	bool near; struct flat here;             /* the cross, which nothing covers either */
};

struct map_label { i64 x, y; str text; };
struct map_labels { struct map_label *v; size_t n; };

struct drawing {
	struct map_marks marks;
	str districts, water;                    /* paths; may be empty */
	struct map_labels labels;
	i64 bar;                                 /* the scale: units, and what they are */
	str bar_label;
	i64 unplaced;
	str caption;
};

/* Marks of the placed ones, none over another where there is room. */
struct map_marks marks_of(struct arena *a, const struct map *m, const struct frame *f);
/* Whether a rectangle around `at` is free of marks and of the cross. */
bool marks_clear(const struct map_marks *marks, struct flat at, double half_wide, double half_high);

#endif
