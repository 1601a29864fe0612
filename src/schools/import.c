/* Taking a file about schools in: a child reads it, then one transaction writes what differs. A file says only what it says: a point, an
 * index or a state that it does not have stays as it was. */
#include "base/timex.h"
#include "db/id.h"
#include "gazetteer/gazetteer.h"
#include "http/req.h"
#include "schools/file.h"

enum { LINES_MAX = 20000 };

struct import {
	struct db *db;
	const struct schools_import *o;
	struct schools_report *r, read;          /* read: what is known once the file is read */
	struct arena *a;
	struct school_line *v; size_t n;
	struct school_list without;              /* schools without a point, when points come */
	str day;
};

static void reject(struct import *im, const struct school_line *l, str reason)
{
	im->r->rejected++;
	if (im->o->reject)
		im->o->reject(im->o->arg, l->line, l->name.n ? l->name : l->uai, reason);
}

/* "44109,44162", or "44": a department. */
static bool asked(const struct import *im, str insee)
{
	str rest = im->o->communes, one;
	if (rest.n < 5)
		return str_starts(insee, rest);
	while (str_next(&rest, ',', &one))
		if (str_eq(str_trim(one), insee))
			return true;
	return false;
}

/* ---- a school ---- */

enum err school_put_in_areas(struct db *db, struct school *s)
{
	struct gazetteer_areas areas;
	s->district_code = s->district = s->area = S("");
	if (!s->lat.set || !s->lon.set)
		return OK;
	try(gazetteer_areas_at(db, (struct point){ s->lat.v, s->lon.v }, &areas));
	for (size_t i = 0; i < areas.n; i++) {
		if (areas.v[i].kind == GAZ_DISTRICT && !s->district_code.n) {
			s->district_code = areas.v[i].code;
			s->district = areas.v[i].name;
		}
		if (areas.v[i].kind == GAZ_PRIORITY_AREA && !s->area.n)
			s->area = areas.v[i].name;
	}
	return OK;
}

static bool same_number(struct opt_f64 a, struct opt_f64 b)
{
	return a.set == b.set && (!a.set || (a.v < b.v + 1e-9 && a.v > b.v - 1e-9));
}

static bool same(const struct school *a, const struct school *b)
{
	const str x[] = { a->name, a->kind, a->sector, a->address, a->postal_code, a->commune, a->insee, a->district_code, a->district, a->area, a->ips_year,
		a->state };
	const str y[] = { b->name, b->kind, b->sector, b->address, b->postal_code, b->commune, b->insee, b->district_code, b->district, b->area, b->ips_year,
		b->state };
	for (size_t i = 0; i < lengthof(x); i++)
		if (!str_eq(x[i], y[i]))
			return false;
	return same_number(a->lat, b->lat) && same_number(a->lon, b->lon) && a->ips.set == b->ips.set && (!a->ips.set || a->ips.v == b->ips.v);
}

static enum err store(struct import *im, const struct school *was, struct school *s)
{
	try(school_put_in_areas(im->db, s));
	if (!was) {
		im->r->added++;
		return school_put(im->db, s->id, s->uai, s->name, s->kind, s->sector, s->address, s->postal_code, s->commune, s->insee, s->lat, s->lon,
			s->district_code, s->district, s->area, s->ips, s->ips_year, s->state);
	}
	if (same(was, s)) {
		im->r->unchanged++;
		return OK;
	}
	im->r->changed++;
	return school_change(im->db, s->id, s->name, s->kind, s->sector, s->address, s->postal_code, s->commune, s->insee, s->lat, s->lon, s->district_code,
		s->district, s->area, s->ips, s->ips_year, s->state);
}

static enum err set_rep(struct import *im, const struct school *s, str rep)
{
	if (!rep.n || str_eq(s->rep, rep))
		return OK;
	try(school_set_rep(im->db, s->id, rep, im->o->source, im->day, s->rep));
	return school_past_put(im->db, id_new(), s->id, S("rep"), s->rep, rep, im->o->source, now_ms(), (struct opt_i64){ 0 });
}

static enum err take_school(struct import *im, const struct school_line *l)
{
	struct school was, s = { .uai = l->uai, .name = l->name, .kind = l->kind, .sector = l->sector, .address = l->address, .postal_code = l->postal_code,
		.commune = l->commune, .insee = l->insee, .lat = { l->at.lat, l->placed }, .lon = { l->at.lon, l->placed }, .ips = { l->ips, l->ips > 0 },
		.ips_year = l->ips ? l->year : S(""), .state = l->state };
	if (!asked(im, l->insee)) {
		im->r->elsewhere++;
		return OK;
	}
	enum err e = school_by_uai(im->db, l->uai, &was);
	if (e != OK && e != NOT_FOUND)
		return e;
	bool known = e == OK;
	s.id = known ? was.id : id_new();
	if (known && !l->placed) {
		s.lat = was.lat;
		s.lon = was.lon;
	}
	if (known && !l->ips) {
		s.ips = was.ips;
		s.ips_year = was.ips_year;
	}
	if (!s.state.n)
		s.state = known ? was.state : S("open");
	try(store(im, known ? &was : NULL, &s));
	s.rep = known ? was.rep : S("");
	return set_rep(im, &s, l->rep);
}

/* ---- what else a file may say ---- */

static enum err take_rep(struct import *im, const struct school_line *l)
{
	struct school s;
	enum err e = school_by_uai(im->db, l->uai, &s);
	if (e == NOT_FOUND) {
		reject(im, l, S("aucune école n’a ce code"));
		return OK;
	}
	try(e);
	if (str_eq(s.rep, l->rep))
		im->r->unchanged++;
	else
		im->r->changed++;
	return set_rep(im, &s, l->rep);
}

/* "ST-SEBASTIEN" and "Saint-Sébastien-sur-Loire" are one commune to who reads a list of points. */
static bool same_commune(struct arena *a, str written, str name)
{
	str w = str_replace(a, str_printf(a, "%.*s ", STR_ARG(school_key(a, written))), S("st "), S("saint "));
	return str_starts(str_printf(a, "%.*s ", STR_ARG(school_key(a, name))), w);
}

/* A point is for a school that has none: one whose name is certainly the same. */
static enum err take_point(struct import *im, const struct school_line *l)
{
	struct school_matches m;
	struct school *near = arena_many(im->a, struct school, im->without.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < im->without.n; i++)
		if (!im->without.v[i].lat.set && same_commune(im->a, l->commune, im->without.v[i].commune))
			near[n++] = im->without.v[i];
	schools_match(im->a, l->name, near, n, &m);
	if (m.certainty != SCHOOL_CERTAIN) {
		im->r->unchanged++;
		return OK;
	}
	struct school s = m.v[0].school;
	s.lat = (struct opt_f64){ l->at.lat, true };
	s.lon = (struct opt_f64){ l->at.lon, true };
	for (size_t i = 0; i < im->without.n; i++)
		if (im->without.v[i].id == s.id)
			im->without.v[i].lat = s.lat;    /* the next point is for another */
	return store(im, &m.v[0].school, &s);
}

static enum err take_name(struct import *im, const struct school_line *l)
{
	struct spelling_row known;
	str key = school_key(im->a, l->name);
	struct opt_i64 pupils = { l->pupils, l->pupils > 0 };
	enum err e = spelling_known(im->db, im->o->communes, key, &known);
	if (e == NOT_FOUND) {
		im->r->added++;
		return spelling_put(im->db, id_new(), im->o->communes, key, l->name, pupils, l->year, now_ms());
	}
	try(e);
	if (!pupils.set || str_cmp(l->year, known.pupils_year) <= 0) {
		im->r->unchanged++;
		return OK;
	}
	im->r->changed++;
	return spelling_count_pupils(im->db, known.id, pupils, l->year);
}

static enum err take(struct import *im, const struct school_line *l)
{
	switch (l->said) {
	case SAID_SCHOOL: return take_school(im, l);
	case SAID_REP: return take_rep(im, l);
	case SAID_POINT: return take_point(im, l);
	case SAID_NAME: return take_name(im, l);
	case SAID_OTHER: im->r->elsewhere++;
	}
	return OK;
}

/* ---- the whole ---- */

static enum err write_lines(struct db *db, void *arg)
{
	struct import *im = arg;
	struct school_list all;
	*im->r = im->read;                       /* a transaction may be tried again */
	im->without = (struct school_list){ .n = 0 };
	for (size_t i = 0; i < im->n; i++) {
		if (im->v[i].said == SAID_POINT && !im->without.v) {
			try(school_all(db, S(""), S(""), S(""), LINES_MAX, &all));
			im->without = all;
		}
		try(take(im, &im->v[i]));
	}
	try(spellings_count(db, S("waiting"), &im->r->waiting));
	return im->o->dry_run ? WAITING : OK;    /* WAITING: nothing of it is to stay */
}

static enum err read_lines(struct import *im, struct child *c)
{
	for (;;) {
		str record;
		struct school_line l;
		enum err e = child_next(c, im->a, &record);
		if (e != OK)
			return e == NOT_FOUND ? OK : e;
		if (!school_line_unpack(record, &l))
			return INTERNAL;
		im->r->fault = l.fault;
		if (!l.fault.n && im->n == LINES_MAX)
			im->r->fault = S("plus de 20 000 lignes : demandez le fichier d’un département");
		if (!l.fault.n && l.said == SAID_NAME && im->o->communes.n != 5)
			im->r->fault = S("cette liste n’a que des noms : dites de quelle commune (--commune 44109)");
		if (im->r->fault.n)
			return INVALID;
		im->r->read++;
		if (l.reason.n)
			reject(im, &l, l.reason);
		else
			im->v[im->n++] = l;
	}
}

enum err schools_import(struct db *db, const struct schools_import *o, struct arena *a, struct schools_report *ret)
{
	struct child c;
	struct import *im = arena_one(a, struct import);
	struct arena *mine = db_arena(db);
	*ret = (struct schools_report){ 0 };
	*im = (struct import){ .db = db, .o = o, .r = ret, .a = arena_new((size_t)512 << 20), .day = date_iso(a, today_paris()) };
	im->v = arena_many(im->a, struct school_line, LINES_MAX);
	enum err e = child_start(school_read, o->fd, NULL, CHILD_LIMITS_FILE, &c);
	if (e == OK) {
		e = read_lines(im, &c);
		enum err ended = child_end(&c);
		e = e == OK ? ended : e;
	}
	im->read = *ret;
	db_use_arena(db, im->a);
	if (e == OK)
		e = db_tx(db, write_lines, im);
	if (e == WAITING && o->dry_run)
		e = OK;
	else if (e == OK)
		e = db_barrier(db);
	ret->fault = e == OK ? (str){ 0 } : str_copy(a, ret->fault.n ? ret->fault : str_printf(a, "l’import a échoué (%s)", *db_error(db)
		? db_error(db) : err_name(e)));
	db_use_arena(db, mine);
	arena_free(im->a);
	return e;
}
