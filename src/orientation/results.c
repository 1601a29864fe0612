/* See results.h. */
#include "db/db.h"
#include "html/format.h"
#include "orientation/results.h"

#define READ_MOST 100                            /* places looked at for one step */
#define CENTRE_MOST 20
#define AROUND_M 20000
#define ON_FOOT_M 2500

struct search { struct req *req; const struct wishes *wishes; size_t most; struct results *found; };

static i64 mask_of(const struct wishes *w, enum question q)
{
	const struct reply *r = w->chosen[q];
	return r && r->schema ? place_mask(questions[q].field, str_c(r->schema)) : 0;
}

static bool has_value(str list, const char *value)
{
	for (str one; list.n && str_next(&list, '|', &one);)
		if (str_eq(one, str_c(value)))
			return true;
	return false;
}

static bool fits(const struct wishes *w, enum question q, const struct place *p)
{
	const struct reply *r = w->chosen[q];
	if (!r || !r->schema)
		return false;
	return has_value(p->f[questions[q].field], r->schema) || (q == Q_HOW && has_value(p->f[P_MODALITES_ACCES], r->schema));
}

static bool for_others(const struct wishes *w, const struct place *p)
{
	const struct reply *r = w->chosen[Q_WHO];
	return r && strcmp(r->value, "nsp") != 0 && p->f[P_PUBLICS].n && !fits(w, Q_WHO, p);
}

static bool found_already(const struct results *found, const struct place *p)
{
	for (size_t i = 0; i < found->n; i++)
		if (found->v[i].place.place_id == p->place_id)
			return true;
	return false;
}

static struct reasons reasons_of(const struct view *v, const struct wishes *w, const struct place *p)
{
	static const enum question order[] = {Q_FREE, Q_WHAT, Q_WHO, Q_HOW};
	struct reasons ret = {.v = arena_many(v->a, html, Q_COUNT)};
	for (size_t i = 0; i < lengthof(order); i++)
		if (fits(w, order[i], p))
			ret.v[ret.n++] = text_html(v, tr(v->lang, w->chosen[order[i]]->reason));
	if (w->where.n && p->f[P_COMMUNE].n)
		ret.v[ret.n++] = _h("À {1}", french_html(v, p->f[P_COMMUNE]));
	return ret;
}

/* The better fit first; equal ones in the order they came in (the nearest, or by age in the directory). */
static int by_fit(const void *pa, const void *pb)
{
	const struct result *a = pa, *b = pb;
	if (a->fit != b->fit)
		return b->fit - a->fit;
	if (a->metres < b->metres || a->metres > b->metres)
		return a->metres < b->metres ? -1 : 1;
	return (a->place.place_id > b->place.place_id) - (a->place.place_id < b->place.place_id);
}

static double metres_from(const struct place_query *q, const struct place *p)
{
	double lat, lon;
	if (!q->near || !str_f64(p->f[P_LATITUDE], &lat) || !str_f64(p->f[P_LONGITUDE], &lon))
		return -1;
	return geo_metres(q->at, (struct point){lat, lon});
}

/* The closest ones when it is known where one is; else those of a commune, in the order of the directory. */
static enum err candidates(const struct search *s, const struct place_query *q, struct place_list *ret)
{
	struct place_hits hits;
	if (!s->wishes->near)
		return directory_page(s->req->db, q, 0, READ_MOST, ret);
	try(directory_search(s->req->db, q, 0, &hits));
	*ret = (struct place_list){.v = arena_many(s->req->a, struct place, hits.n + 1)};
	for (size_t i = 0; i < hits.n; i++)
		ret->v[ret->n++] = hits.v[i].place;
	return OK;
}

/* Adds the best places of one query that are not there yet. */
static enum err add_places(struct search *s, const struct place_query *q)
{
	struct results *found = s->found;
	struct place_list list;
	try(candidates(s, q, &list));
	struct result *v = arena_many(s->req->a, struct result, list.n);
	size_t n = 0;
	for (size_t i = 0; i < list.n; i++) {
		const struct place *p = &list.v[i];
		if (found_already(found, p) || for_others(s->wishes, p))
			continue;
		int fit = 2 * fits(s->wishes, Q_HOW, p) + fits(s->wishes, Q_WHO, p);
		v[n++] = (struct result){.place = *p, .metres = metres_from(q, p), .fit = fit};
	}
	if (n)
		qsort(v, n, sizeof *v, by_fit);
	for (size_t i = 0; i < n && found->n < s->most; i++)
		found->v[found->n++] = v[i];
	return OK;
}

/* Adds what a wider query finds; says so when it found something. */
static enum err widen(struct search *s, const struct place_query *q, enum widened by)
{
	size_t before = s->found->n;
	try(add_places(s, q));
	if (s->found->n > before)
		s->found->widened |= by;
	return OK;
}

/* The middle of a commune's places; false when it has none with coordinates. */
static enum err centre_of(struct db *db, str commune, struct point *ret, bool *ret_found)
{
	struct place_list list;
	double lat_sum = 0, lon_sum = 0, lat, lon;
	int n = 0;
	try(directory_page(db, &(struct place_query){.commune = commune}, 0, CENTRE_MOST, &list));
	for (size_t i = 0; i < list.n; i++)
		if (str_f64(list.v[i].f[P_LATITUDE], &lat) && str_f64(list.v[i].f[P_LONGITUDE], &lon)) {
			lat_sum += lat;
			lon_sum += lon;
			n++;
		}
	*ret_found = n > 0;
	if (n)
		*ret = (struct point){lat_sum / n, lon_sum / n};
	return OK;
}

/* From the commune, or from what is near on foot, to what is around it; to everywhere when nobody knows it. */
static enum err leave_commune(struct search *s, struct place_query *q)
{
	if (q->near) {
		q->radius_m = AROUND_M;
		return add_places(s, q);
	}
	if (!q->commune.n)
		return OK;
	try(centre_of(s->req->db, q->commune, &q->at, &q->near));
	q->commune = (str){0};
	q->radius_m = AROUND_M;
	if (!q->near)
		s->found->widened |= UNKNOWN_COMMUNE;
	return add_places(s, q);
}

static enum err search_wider(struct search *s, struct place_query *q)
{
	struct results *found = s->found;
	if (found->n < s->most)
		try(leave_commune(s, q));
	if (found->n < s->most && q->frais) {
		q->frais = 0;
		try(widen(s, q, WIDENED_PRICE));
	}
	if (!found->n && q->services) {
		q->services = 0;
		try(widen(s, q, WIDENED_SERVICE));
	}
	return OK;
}

enum err orientation_results(struct req *req, const struct wishes *w, size_t most, struct results *ret)
{
	struct search s = {req, w, most, ret};
	struct place_query q = {
		.commune = w->near ? (str){0} : w->where, .near = w->near, .at = w->at, .radius_m = ON_FOOT_M, .services = mask_of(w, Q_WHAT), .frais = mask_of(w, Q_FREE),
	};
	*ret = (struct results){.v = arena_many(req->a, struct result, most)};
	try(add_places(&s, &q));
	ret->n_exact = ret->n;
	try(search_wider(&s, &q));
	if (w->where.n && ret->n > ret->n_exact)
		ret->widened |= WIDENED_AREA;            /* whatever else was given up, the commune was first */
	for (size_t i = 0; i < ret->n; i++) {
		struct result *r = &ret->v[i];
		r->reasons = reasons_of(&req->v, w, &r->place);
		r->opening = opening_now(req, r->place.f[P_HORAIRES]);
	}
	return OK;
}
