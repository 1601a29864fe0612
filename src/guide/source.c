/* The directory of today as a source: places in the order of their names, each in its district, else in its commune. */
#include "base/timex.h"
#include "base/utf8.h"
#include "db/db.h"
#include "guide/guide.h"

struct gathering { struct db *db; const struct view *v; str code; struct guide *g; struct gazetteer_outlines *districts; };

static enum err read_districts(struct gathering *t)
{
	struct gazetteer_areas all;
	try(gazetteer_areas_now(t->db, &all));
	t->districts = arena_many(t->v->a, struct gazetteer_outlines, all.n + 1);
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].kind != GAZ_DISTRICT)
			continue;
		struct guide_area *area = &t->g->areas[t->g->n_areas];
		*area = (struct guide_area){ .code = all.v[i].code, .name = all.v[i].name, .district = true };
		try(gazetteer_outlines_of(t->db, all.v[i].code, &t->districts[t->g->n_areas++]));
	}
	return OK;
}

/* The district that a place lies in; else the area of its commune, made when it is new. */
static size_t area_of(struct gathering *t, const struct place *p)
{
	struct guide *g = t->g;
	struct point at;
	bool placed = str_f64(p->f[P_LATITUDE], &at.lat) && str_f64(p->f[P_LONGITUDE], &at.lon);
	size_t i = 0;
	for (; i < g->n_areas && g->areas[i].district; i++)
		if (placed && gazetteer_first_of(&t->districts[i], at) >= 0)
			return i;
	for (; i < g->n_areas; i++)
		if (str_eq(g->areas[i].name, p->f[P_COMMUNE]))
			return i;
	g->areas[g->n_areas] = (struct guide_area){ .code = p->f[P_CODE_INSEE], .name = p->f[P_COMMUNE] };
	return g->n_areas++;
}

struct ordered { struct guide_area area; str key; size_t was; };

static int by_key(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;
	return x->area.district != y->area.district ? y->area.district - x->area.district : str_cmp(x->key, y->key);
}

/* Districts, then communes, each in the order of their names; places follow their area. */
static void order_areas(struct arena *a, struct guide *g)
{
	struct ordered *v = arena_many(a, struct ordered, g->n_areas + 1);
	size_t *now = arena_many(a, size_t, g->n_areas + 1);
	for (size_t i = 0; i < g->n_areas; i++)
		v[i] = (struct ordered){ g->areas[i], utf8_fold(a, g->areas[i].name), i };
	qsort(v, g->n_areas, sizeof *v, by_key);
	for (size_t i = 0; i < g->n_areas; i++) {
		g->areas[i] = v[i].area;
		now[v[i].was] = i;
	}
	for (size_t i = 0; i < g->n_places; i++)
		g->places[i].area = now[g->places[i].area];
}

struct guide guide_only(struct arena *a, const struct guide *g, size_t area)
{
	struct guide ret = *g;
	ret.areas = arena_many(a, struct guide_area, g->n_areas);
	ret.places = arena_many(a, struct guide_place, g->n_places);
	ret.n_places = 0;
	for (size_t i = 0; i < g->n_areas; i++) {
		ret.areas[i] = g->areas[i];
		ret.areas[i].n_places = i == area ? g->areas[i].n_places : 0;
	}
	for (size_t i = 0; i < g->n_places; i++)
		if (g->places[i].area == area)
			ret.places[ret.n_places++] = g->places[i];
	ret.only = g->areas[area].name;
	return ret;
}

/* NOT_FOUND: no area has this code. */
static enum err keep_only(struct arena *a, str code, struct guide *g)
{
	for (size_t i = 0; i < g->n_areas; i++)
		if (str_eq(g->areas[i].code, code)) {
			*g = guide_only(a, g, i);
			return OK;
		}
	return NOT_FOUND;
}

static enum err gather(struct db *db, void *arg)
{
	struct gathering *t = arg;
	struct gazetteer_areas all;
	struct place_list places;
	i64 total;
	try(gazetteer_areas_now(db, &all));
	try(directory_by_name(db, GUIDE_PLACES_MAX, &places, &total));
	if (total > GUIDE_PLACES_MAX)
		return INVALID;
	t->g->areas = arena_many(t->v->a, struct guide_area, all.n + places.n + 1);
	t->g->places = arena_many(t->v->a, struct guide_place, places.n + 1);
	try(read_districts(t));
	for (size_t i = 0; i < places.n; i++)
		t->g->places[t->g->n_places++] = (struct guide_place){ .place = &places.v[i], .area = area_of(t, &places.v[i]) };
	order_areas(t->v->a, t->g);
	for (size_t i = 0; i < t->g->n_places; i++) {
		t->g->areas[t->g->places[i].area].n_places++;
		t->g->places[i].words = place_paper(t->v, t->g->places[i].place);
	}
	try(directory_wifi(db, &t->g->wifi));
	try(articles_all(db, t->v, WRITTEN_CONSEIL, &t->g->advice));
	if (t->code.n)
		try(keep_only(t->v->a, t->code, t->g));
	return t->g->n_places ? OK : NOT_FOUND;
}

enum err guide_of_directory(struct db *db, const struct view *v, str code, struct guide *ret)
{
	struct gathering t = { .db = db, .v = v, .code = code, .g = ret };
	*ret = (struct guide){ .date = today_paris() };
	return db_read(db, gather, &t);
}
