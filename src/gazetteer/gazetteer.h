/* The gazetteer: from what people type about where they are to a point, and from a point to the areas it lies in. */
#ifndef GABARE_GAZETTEER_GAZETTEER_H
#define GABARE_GAZETTEER_GAZETTEER_H

#include "base/arena.h"
#include "geo/geo.h"

struct db;

enum gazetteer_kind { GAZ_COMMUNE, GAZ_DISTRICT, GAZ_PRIORITY_AREA, GAZ_STREET, GAZ_WATER };   /* when names are alike, the first is meant */

struct gazetteer_spot {
	i64 id;
	enum gazetteer_kind kind;
	str code;                                /* INSEE's, of a commune */
	str name, detail;                        /* "Rue des Lavoirs", "44400 Rezé" (may be empty) */
	struct point at;
};

#define GAZETTEER_CHOICES 8
struct gazetteer_answer {
	bool found;                              /* v[0] is what was meant */
	bool partly;                             /* not found: v holds what was understood of it (a commune) */
	struct gazetteer_spot *v; size_t n;      /* else: what it may be, at most GAZETTEER_CHOICES */
};

/* What was typed: an address, a street, a commune, a postal code, an area; without accents, with one error a word. */
must_use enum err gazetteer_find(struct db *db, str typed, struct gazetteer_answer *ret);
/* "Rue des Lavoirs, 44400 Rezé": what finds this spot again. */
str gazetteer_full_name(struct arena *a, const struct gazetteer_spot *s);

/* The areas of today in which a point lies. Districts first. */
struct gazetteer_area { i64 id; enum gazetteer_kind kind; str code, name; };
struct gazetteer_areas { struct gazetteer_area *v; size_t n; };
must_use enum err gazetteer_areas_at(struct db *db, struct point p, struct gazetteer_areas *ret);
/* All areas of today, by kind then name. */
must_use enum err gazetteer_areas_now(struct db *db, struct gazetteer_areas *ret);

/* What a map draws under its points: districts, and rivers and lakes, which nobody is asked to be in. */
struct gazetteer_ring { struct point *v; size_t n; };
struct gazetteer_shape { enum gazetteer_kind kind; str name; struct gazetteer_ring *rings; size_t n; };
struct gazetteer_shapes { struct gazetteer_shape *v; size_t n; };
/* Those of today that may be seen between two corners, districts first. */
must_use enum err gazetteer_shapes_in(struct db *db, struct point low, struct point high, struct gazetteer_shapes *ret);

/* The outline of the area of today with this code; of every priority area when the code is absent. NOT_FOUND: none. */
struct gazetteer_outline { struct gazetteer_area area; str outline; struct point centre; double reach_m; /* a circle that holds it */ };
struct gazetteer_outlines { struct gazetteer_outline *v; size_t n; };
must_use enum err gazetteer_outlines_of(struct db *db, str code, struct gazetteer_outlines *ret);
/* The first of these areas that a point lies in; -1: in none. */
int gazetteer_first_of(const struct gazetteer_outlines *areas, struct point p);

/* ---- import ---- */

enum gazetteer_format { GAZ_CSV, GAZ_JSON };
struct gazetteer_import {
	enum gazetteer_kind kind;
	int fd;                                  /* the file, from where it is */
	enum gazetteer_format format;            /* areas are always JSON, streets CSV */
	i64 from;                                /* areas: the day from which these are the areas of this kind */
	bool dry_run;
	void (*reject)(void *arg, i64 line, str what, str reason);   /* may be NULL */
	void *arg;
};
struct gazetteer_report {
	i64 read, added, changed, unchanged, rejected, ended;
	str fault;                               /* why nothing was taken, in French; in the arena */
};

/* Communes and streets are added to what is there. A file of areas is the whole of its kind from a day on: what it no longer has
 * ends on that day. The same file twice changes nothing. INVALID: the file cannot be read, nothing was changed. */
must_use enum err gazetteer_import(struct db *db, const struct gazetteer_import *o, struct arena *a, struct gazetteer_report *ret);

#endif
