/* Districts and priority areas: which ones a point lies in, and what lies in them. */
#include "base/timex.h"
#include "db/db.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/gazetteer_sql.h"
#include "gazetteer/outline.h"

enum err gazetteer_areas_at(struct db *db, struct point p, struct gazetteer_areas *ret)
{
	struct gaz_outline_list rows;
	try(gaz_areas_around(db, p.lat, p.lon, date_days(today_paris()), &rows));
	*ret = (struct gazetteer_areas){.v = arena_many(db_arena(db), struct gazetteer_area, rows.n)};
	for (size_t i = 0; i < rows.n; i++) {
		const struct gaz_outline *r = &rows.v[i];
		if (outline_contains(r->outline, p))
			ret->v[ret->n++] = (struct gazetteer_area){r->id, (enum gazetteer_kind)r->kind, r->code, r->name};
	}
	return OK;
}

enum err gazetteer_areas_now(struct db *db, struct gazetteer_areas *ret)
{
	struct gaz_area_list rows;
	try(gaz_areas_on(db, date_days(today_paris()), &rows));
	*ret = (struct gazetteer_areas){.v = arena_many(db_arena(db), struct gazetteer_area, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = (struct gazetteer_area){rows.v[i].id, (enum gazetteer_kind)rows.v[i].kind, rows.v[i].code, rows.v[i].name};
	return OK;
}

enum err gazetteer_shapes_in(struct db *db, struct point low, struct point high, struct gazetteer_shapes *ret)
{
	struct gaz_shape_list rows;
	try(gaz_shapes_in(db, low.lat, low.lon, high.lat, high.lon, date_days(today_paris()), &rows));
	*ret = (struct gazetteer_shapes){.v = arena_many(db_arena(db), struct gazetteer_shape, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		struct gazetteer_shape *shape = &ret->v[i];
		*shape = (struct gazetteer_shape){.kind = (enum gazetteer_kind)rows.v[i].kind, .name = rows.v[i].name};
		shape->rings = outline_rings(db_arena(db), rows.v[i].outline, &shape->n);
	}
	return OK;
}

enum err gazetteer_outlines_of(struct db *db, str code, struct gazetteer_outlines *ret)
{
	struct gaz_outline_list rows;
	try(gaz_outlines(db, code, date_days(today_paris()), &rows));
	*ret = (struct gazetteer_outlines){.v = arena_many(db_arena(db), struct gazetteer_outline, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		struct outline_facts facts = outline_facts(rows.v[i].outline);
		struct point centre = {(facts.south + facts.north) / 2, (facts.west + facts.east) / 2};
		ret->v[i] = (struct gazetteer_outline){
			.area = {rows.v[i].id, (enum gazetteer_kind)rows.v[i].kind, rows.v[i].code, rows.v[i].name}, .outline = rows.v[i].outline,
			.centre = centre, .reach_m = geo_metres(centre, (struct point){facts.south, facts.west}) * 1.01 + 10,
		};
	}
	return rows.n ? OK : NOT_FOUND;
}

int gazetteer_first_of(const struct gazetteer_outlines *areas, struct point p)
{
	for (size_t i = 0; i < areas->n; i++)
		if (outline_contains(areas->v[i].outline, p))
			return (int)i;
	return -1;
}
