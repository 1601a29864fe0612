/* Taking the city's file of wifi sites in: a child reads it, then one short transaction writes what differs. */
#include "base/timex.h"
#include "db/db.h"
#include "db/id.h"
#include "directory/wifi.h"
#include "directory/wifi_sql.h"
#include "http/req.h"

struct import {
	struct db *db;
	const struct wifi_import *o;
	struct wifi_report *r;
	struct arena *a;
	struct wifi_row *v; size_t n;
	struct wifi_report read;                 /* what is known once the file is read */
	i64 taken[WIFI_MAX]; size_t n_taken;     /* ids of the file's sites */
};

static void reject(struct import *im, const struct wifi_row *row, str reason)
{
	im->r->rejected++;
	if (im->o->reject)
		im->o->reject(im->o->arg, row->line, row->name, reason);
}

static bool same_number(struct opt_f64 a, struct opt_f64 b)
{
	return a.set == b.set && (!a.set || (a.v < b.v + 1e-9 && a.v > b.v - 1e-9));
}

static bool same(const struct wifi_known_row *k, const struct wifi_row *row, struct opt_f64 lat, struct opt_f64 lon)
{
	return !k->ended_ms.set && str_eq(k->name, row->name) && str_eq(k->address, row->address) && str_eq(k->commune, row->commune) &&
		str_eq(k->network, row->network) && str_eq(k->hours, row->hours) && same_number(k->lat, lat) && same_number(k->lon, lon);
}

static bool taken(const struct import *im, i64 id)
{
	for (size_t i = 0; i < im->n_taken; i++)
		if (im->taken[i] == id)
			return true;
	return false;
}

static enum err take(struct import *im, const struct wifi_row *row)
{
	struct wifi_known_row k;
	struct opt_f64 lat = {row->at.lat, row->placed}, lon = {row->at.lon, row->placed};
	enum err e = wifi_known(im->db, row->code, &k);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == OK && taken(im, k.id)) {
		reject(im, row, S("ce site est déjà plus haut dans le fichier"));
		return OK;
	}
	i64 id = e == OK ? k.id : id_new();
	im->taken[im->n_taken++] = id;
	if (e == NOT_FOUND) {
		im->r->added++;
		return wifi_put(im->db, id, row->code, row->name, row->address, row->commune, row->network, row->hours, lat, lon);
	}
	if (same(&k, row, lat, lon)) {
		im->r->unchanged++;
		return OK;
	}
	im->r->changed++;
	return wifi_change(im->db, id, row->name, row->address, row->commune, row->network, row->hours, lat, lon);
}

static enum err end_others(struct import *im)
{
	struct wifi_id_list known;
	try(wifi_ids_open(im->db, &known));
	for (size_t i = 0; i < known.n; i++)
		if (!taken(im, known.v[i].id)) {
			try(wifi_end(im->db, known.v[i].id, now_ms()));
			im->r->ended++;
		}
	return OK;
}

static enum err write_rows(struct db *db, void *arg)
{
	struct import *im = arg;
	*im->r = im->read;                       /* a transaction may be tried again */
	im->n_taken = 0;
	for (size_t i = 0; i < im->n; i++)
		try(take(im, &im->v[i]));
	try(end_others(im));
	if (im->r->added || im->r->changed || im->r->ended)
		try(generation_bump(db, GEN_DIRECTORY));
	return im->o->dry_run ? WAITING : OK;    /* WAITING: nothing of it is to stay */
}

static enum err read_rows(struct import *im, struct child *c)
{
	for (;;) {
		str record;
		struct wifi_row row;
		enum err e = child_next(c, im->a, &record);
		if (e != OK)
			return e == NOT_FOUND ? OK : e;
		if (!wifi_row_unpack(record, &row))
			return INTERNAL;
		im->r->fault = row.fault;
		if (!row.fault.n && !row.reason.n && im->n == WIFI_MAX)
			im->r->fault = S("plus de 5 000 sites : ce n’est pas le fichier d’une ville");
		if (im->r->fault.n)
			return INVALID;
		im->r->read++;
		if (row.reason.n)
			reject(im, &row, row.reason);
		else
			im->v[im->n++] = row;
	}
}

enum err wifi_import(struct db *db, const struct wifi_import *o, struct arena *a, struct wifi_report *ret)
{
	struct child c;
	struct import *im = arena_one(a, struct import);
	struct arena *mine = db_arena(db);
	*ret = (struct wifi_report){0};
	*im = (struct import){.db = db, .o = o, .r = ret, .a = arena_new((size_t)128 << 20)};
	im->v = arena_many(im->a, struct wifi_row, WIFI_MAX);
	enum err e = child_start(wifi_read, o->fd, NULL, CHILD_LIMITS_FILE, &c);
	if (e == OK) {
		e = read_rows(im, &c);
		enum err ended = child_end(&c);
		e = e == OK ? ended : e;
	}
	if (e == OK && !im->n) {
		ret->fault = S("aucun site ne peut être pris : rien n’a été changé");
		e = INVALID;
	}
	im->read = *ret;
	db_use_arena(db, im->a);
	if (e == OK)
		e = db_tx(db, write_rows, im);
	if (e == WAITING && o->dry_run)
		e = OK;
	else if (e == OK)
		e = db_barrier(db);
	ret->fault = e == OK ? (str){0} : str_copy(a, ret->fault.n ? ret->fault : str_printf(a, "l’import a échoué (%s)", *db_error(db) ? db_error(db) : err_name(e)));
	db_use_arena(db, mine);
	arena_free(im->a);
	return e;
}
