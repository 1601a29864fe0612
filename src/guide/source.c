/* What a guide is made from: the directory of today, or an edition; places in the order of their names, each in its district, else in
 * its commune. */
#include "base/timex.h"
#include "base/utf8.h"
#include "census/census.h"
#include "db/db.h"
#include "guide/guide.h"

struct gathering { struct db *db; const struct view *v; struct guide *g; struct gazetteer_outlines *districts; };

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

static void make_room(struct gathering *t, size_t areas, size_t places)
{
	t->g->areas = arena_many(t->v->a, struct guide_area, areas + places + 1);
	t->g->places = arena_many(t->v->a, struct guide_place, places + 1);
}

/* ---- the directory of today ---- */

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
	make_room(t, all.n, places.n);
	try(read_districts(t));
	for (size_t i = 0; i < places.n; i++)
		t->g->places[t->g->n_places++] = (struct guide_place){ .place = &places.v[i], .area = area_of(t, &places.v[i]) };
	return directory_wifi(db, &t->g->wifi);
}

/* ---- an edition ---- */

struct named { struct frozen_place *p; str key; };

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int order = str_cmp(x->key, y->key);
	return order ? order : str_cmp(x->p->place.f[P_ID], y->p->place.f[P_ID]);
}

/* The area as the edition names it; editions that did not keep districts have those of today. */
static size_t frozen_area_of(struct gathering *t, const struct frozen *frozen, const struct frozen_place *p)
{
	struct guide *g = t->g;
	str code = p->district_code.n ? p->district_code : p->place.f[P_CODE_INSEE], name = p->district_code.n ? p->district : p->place.f[P_COMMUNE];
	if (!frozen->whole)
		return area_of(t, &p->place);
	for (size_t i = 0; i < g->n_areas; i++)
		if (g->areas[i].district == (p->district_code.n > 0) && (g->areas[i].district ? str_eq(g->areas[i].code, code) : str_eq(g->areas[i].name, name)))
			return i;
	g->areas[g->n_areas] = (struct guide_area){ .code = code, .name = name, .district = p->district_code.n > 0 };
	return g->n_areas++;
}

static enum err gather_frozen(struct gathering *t, str edition)
{
	struct frozen frozen;
	struct gazetteer_areas all = { .n = 0 };
	enum err e = census_places(t->db, edition, &frozen);
	if (e != OK)
		return e == INVALID ? CONFLICT : e;
	if (frozen.n > GUIDE_PLACES_MAX)
		return INVALID;
	if (!frozen.whole)
		try(gazetteer_areas_now(t->db, &all));
	make_room(t, all.n, frozen.n);
	if (!frozen.whole)
		try(read_districts(t));
	struct named *names = arena_many(t->v->a, struct named, frozen.n + 1);
	for (size_t i = 0; i < frozen.n; i++)
		names[i] = (struct named){ &frozen.v[i], utf8_fold(t->v->a, frozen.v[i].place.f[P_NOM]) };
	qsort(names, frozen.n, sizeof *names, by_name);
	for (size_t i = 0; i < frozen.n; i++)
		t->g->places[t->g->n_places++] = (struct guide_place){ .place = &names[i].p->place, .area = frozen_area_of(t, &frozen, names[i].p) };
	t->g->edition = frozen.name;
	t->g->date = frozen.date;
	t->g->since = frozen.at;
	t->g->wifi = frozen.wifi;
	return OK;
}

enum err guide_gather(struct db *db, const struct view *v, const struct guide_from *from, struct guide *ret)
{
	struct gathering t = { .db = db, .v = v, .g = ret };
	*ret = (struct guide){ .date = today_paris() };
	try(from->edition.n ? gather_frozen(&t, from->edition) : db_read(db, gather, &t));
	try(articles_all(db, v, WRITTEN_CONSEIL, &ret->advice));
	order_areas(v->a, ret);
	for (size_t i = 0; i < ret->n_places; i++) {
		ret->areas[ret->places[i].area].n_places++;
		ret->places[i].words = place_paper(v, ret->places[i].place);
	}
	if (from->code.n)
		try(keep_only(v->a, from->code, ret));
	return ret->n_places ? OK : NOT_FOUND;
}
