/* Taking a file of the gazetteer in: a child reads it, rows are compared with what is known, and only what differs is written, in
 * short transactions; areas, which are few, in one. */
#include "base/timex.h"
#include "base/utf8.h"
#include "base/words.h"
#include "db/db.h"
#include "db/id.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/gazetteer_sql.h"
#include "gazetteer/names.h"
#include "gazetteer/outline.h"
#include "gazetteer/read.h"
#include "http/req.h"

enum { BATCH = 64, AREAS_MAX = 4000 };
#define NEVER ((i64)1 << 62)

struct import {
	struct db *db;
	const struct gazetteer_import *o;
	struct gazetteer_report *r;
	struct arena *a;                         /* of the batch; for areas, of the whole */
	struct gaz_row rows[AREAS_MAX]; size_t n;
	i64 added, changed, unchanged, ended, rejected;      /* by the transaction under way */
	i64 taken[AREAS_MAX]; size_t n_taken;    /* areas of the file */
};

/* An entry as it is to be. */
struct entry {
	str code, name, detail, words, around, outline;
	bool placed; struct point at;
	i64 from, to;
	struct outline_facts facts;
};

/* ---- what an entry says ---- */

static str hyphens(struct arena *a, str words)
{
	str s = str_replace(a, str_replace(a, words, S("|"), S(" ")), S(" "), S("-"));
	while (str_ends(s, S("-")))
		s = str_slice(s, 0, s.n - 1);
	return s;
}

/* A commune's words and codes, and "44400 Rezé", for its streets. */
static enum err of_commune(struct import *im, const struct gaz_row *row, struct entry *e)
{
	struct gaz_known_row c;
	enum err err = gaz_known(im->db, GAZ_COMMUNE, row->insee, e->from, &c);
	if (err != OK && err != NOT_FOUND)
		return err;
	str name = err == OK ? c.name : row->commune, codes = err == OK ? c.around : S("");
	e->around = str_trim(str_printf(im->a, "%.*s%.*s", STR_ARG(str_replace(im->a, name_parts(im->a, name), S("|"), S(" "))), STR_ARG(codes)));
	e->detail = codes.n == 5 ? str_printf(im->a, "%.*s %.*s", STR_ARG(codes), STR_ARG(name)) : name;
	return OK;
}

static enum err entry_of(struct import *im, const struct gaz_row *row, struct entry *ret)
{
	struct entry *e = ret;
	*e = (struct entry){.name = row->name, .words = name_parts(im->a, row->name), .placed = row->placed, .at = row->at, .to = NEVER};
	e->detail = e->around = S("");
	switch (im->o->kind) {
	case GAZ_COMMUNE:
		e->code = row->insee;
		e->around = row->postal;
		e->detail = str_slice(row->postal, 0, 5);
		return OK;
	case GAZ_STREET:
		e->code = str_printf(im->a, "%.*s-%.*s", STR_ARG(row->insee), STR_ARG(hyphens(im->a, e->words)));
		return of_commune(im, row, e);
	case GAZ_DISTRICT:
	case GAZ_PRIORITY_AREA:
	case GAZ_WATER:
		e->code = hyphens(im->a, e->words);
		if (row->commune.n) {
			e->detail = row->commune;
			e->around = str_trim(str_replace(im->a, name_parts(im->a, row->commune), S("|"), S(" ")));
			e->code = str_printf(im->a, "%.*s-%.*s", STR_ARG(e->code), STR_ARG(hyphens(im->a, e->around)));
		}
		if (im->o->kind == GAZ_WATER)
			e->words = S("");        /* nobody is in the river: it is drawn, and not found */
		e->outline = row->outline;
		e->facts = outline_facts(row->outline);
		e->at = e->facts.centre;
		e->placed = true;
		e->from = im->o->from;
		return OK;
	}
	return INTERNAL;
}

/* ---- writing ---- */

static enum err put_words(struct import *im, i64 id, str words)
{
	str rest = words, w;
	while (rest.n && str_next(&rest, ' ', &w)) {
		if (!w.n)
			continue;
		try(gaz_word_put(im->db, w, id));
		if (str_ascii(w))                /* errors are mended in ASCII words alone; and half a letter is not text */
			try(gaz_term_put(im->db, w, str_reversed(im->a, w)));
	}
	return OK;
}

static enum err put(struct import *im, i64 id, const struct entry *e)
{
	bool area = e->outline.n > 0;
	struct opt_f64 south = {e->facts.south, area}, north = {e->facts.north, area}, west = {e->facts.west, area}, east = {e->facts.east, area};
	try(gaz_put(im->db, id, im->o->kind, e->code, e->name, e->detail, e->words, e->around, e->at.lat, e->at.lon, e->from, e->to,
		area ? e->outline : (str){0}, south, north, west, east));
	try(put_words(im, id, str_replace(im->a, e->words, S("|"), S(" "))));
	return im->o->kind == GAZ_COMMUNE ? put_words(im, id, e->around) : OK;
}

static bool same(const struct gaz_known_row *k, const struct entry *e)
{
	return str_eq(k->name, e->name) && str_eq(k->detail, e->detail) && str_eq(k->words, e->words) && str_eq(k->around, e->around) &&
		str_eq(k->outline, e->outline) && geo_metres((struct point){k->lat, k->lon}, e->at) < 0.5;
}

/* What one file does not say, another has said: accents of a name, a centre, postal codes. */
static void keep_known(const struct gaz_known_row *k, struct entry *e)
{
	if (!e->placed)
		e->at = (struct point){k->lat, k->lon};
	e->placed = true;
	if (!e->around.n) {
		e->around = k->around;
		e->detail = k->detail;
	}
	if (str_eq(k->words, e->words) && str_ascii(e->name))
		e->name = k->name;
}

static enum err replace(struct import *im, const struct gaz_known_row *k, const struct entry *e)
{
	bool dated = e->outline.n && k->valid_from < e->from;
	try(dated ? gaz_end(im->db, k->id, e->from) : gaz_forget_words(im->db, k->id));
	if (!dated)
		try(gaz_forget(im->db, k->id));
	i64 id = dated ? id_new() : k->id;
	if (e->outline.n && im->n_taken < AREAS_MAX)
		im->taken[im->n_taken++] = id;
	im->changed++;
	return put(im, id, e);
}

static enum err take(struct import *im, const struct gaz_row *row)
{
	struct entry e;
	struct gaz_known_row k;
	try(entry_of(im, row, &e));
	enum err err = gaz_known(im->db, im->o->kind, e.code, e.from, &k);
	if (err != OK && err != NOT_FOUND)
		return err;
	if (err == OK && im->o->kind == GAZ_COMMUNE)
		keep_known(&k, &e);
	if (!e.placed) {
		im->rejected++;
		if (im->o->reject)
			im->o->reject(im->o->arg, row->line, row->name, S("sans centre : importez d’abord le fichier des codes postaux, qui en a"));
		return OK;
	}
	if (err == OK && same(&k, &e)) {
		im->unchanged++;
		if (e.outline.n && im->n_taken < AREAS_MAX)
			im->taken[im->n_taken++] = k.id;
		return OK;
	}
	if (err == OK)
		return replace(im, &k, &e);
	i64 id = id_new();
	if (e.outline.n && im->n_taken < AREAS_MAX)
		im->taken[im->n_taken++] = id;
	im->added++;
	return put(im, id, &e);
}

static bool taken(const struct import *im, i64 id)
{
	for (size_t i = 0; i < im->n_taken; i++)
		if (im->taken[i] == id)
			return true;
	return false;
}

/* Areas of before that the file no longer has. */
static enum err end_areas(struct import *im)
{
	struct gaz_dated_list known;
	try(gaz_areas_of(im->db, im->o->kind, im->o->from, &known));
	for (size_t i = 0; i < known.n; i++)
		if (!taken(im, known.v[i].id)) {
			try(gaz_end(im->db, known.v[i].id, im->o->from));
			im->ended++;
		}
	return OK;
}

static bool is_area(enum gazetteer_kind kind) { return kind == GAZ_DISTRICT || kind == GAZ_PRIORITY_AREA || kind == GAZ_WATER; }

static enum err write_rows(struct db *db, void *arg)
{
	struct import *im = arg;
	im->added = im->changed = im->unchanged = im->ended = im->rejected = 0;
	im->n_taken = 0;
	for (size_t i = 0; i < im->n; i++)
		try(take(im, &im->rows[i]));
	if (is_area(im->o->kind))
		try(end_areas(im));
	if (im->added || im->changed || im->ended)
		try(generation_bump(db, GEN_DIRECTORY));
	return im->o->dry_run ? WAITING : OK;    /* WAITING: nothing of it is to stay */
}

static enum err flush(struct import *im)
{
	if (!im->n)
		return OK;
	db_use_arena(im->db, im->a);
	enum err e = db_tx(im->db, write_rows, im);
	if (e != OK && !(e == WAITING && im->o->dry_run))
		return e;
	im->r->added += im->added;
	im->r->changed += im->changed;
	im->r->unchanged += im->unchanged;
	im->r->ended += im->ended;
	im->r->rejected += im->rejected;
	im->n = 0;
	arena_reset(im->a);
	return OK;
}

/* ---- reading ---- */

static enum err take_record(struct import *im, struct arena *a, str record)
{
	struct gaz_row row;
	if (!gaz_row_unpack(record, &row))
		return INTERNAL;
	if (row.said == GAZ_FAULT) {
		im->r->fault = str_copy(a, row.reason);
		return INVALID;
	}
	im->r->read++;
	if (row.said == GAZ_REFUSED) {
		im->r->rejected++;
		if (im->o->reject)
			im->o->reject(im->o->arg, row.line, row.name, row.reason);
		return OK;
	}
	if (is_area(im->o->kind) && (im->n == AREAS_MAX || !outline_valid(row.outline)))
		return INTERNAL;
	im->rows[im->n++] = row;
	return !is_area(im->o->kind) && im->n == BATCH ? flush(im) : OK;
}

static enum err read_all(struct import *im, struct child *c, struct arena *a)
{
	for (;;) {
		str record;
		enum err e = child_next(c, im->a, &record);
		if (e == NOT_FOUND)
			return OK;
		try(e);
		try(take_record(im, a, record));
	}
}

enum err gazetteer_import(struct db *db, const struct gazetteer_import *o, struct arena *a, struct gazetteer_report *ret)
{
	struct gaz_reading reading = {.kind = o->kind, .format = o->format};
	struct import *im = arena_one(a, struct import);
	struct arena *mine = db_arena(db);
	struct child c;
	*ret = (struct gazetteer_report){0};
	*im = (struct import){.db = db, .o = o, .r = ret, .a = arena_new((size_t)512 << 20)};
	enum err e = child_start(gaz_read, o->fd, &reading, CHILD_LIMITS_FILE, &c);
	if (e == OK) {
		e = read_all(im, &c, a);
		enum err ended = child_end(&c);
		e = e == OK ? ended : e;
		e = e == OK ? flush(im) : e;
	}
	if (e == OK && !o->dry_run)
		e = db_barrier(db);
	if (e != OK && !ret->fault.n)
		ret->fault = str_printf(a, "l’import a échoué (%s)", *db_error(db) ? db_error(db) : err_name(e));
	db_use_arena(db, mine);
	arena_free(im->a);
	return e;
}
