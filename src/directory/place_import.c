/* One import, from the first row to the flip. What is read is compared outside any transaction; only what differs is written, in
 * transactions of a few milliseconds whose size follows what the last one took. */
#include "directory/place_import.h"

#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"
#include "db/id.h"
#include "directory/place_import_parts.h"
#include "directory/place_import_sql.h"
#include "directory/place_parse.h"
#include "directory/place_undo_sql.h"
#include "http/req.h"

enum { BATCH_MIN = 8, BATCH_MAX = 256, BATCH_US = 8000, ROW_TRIES = 5, KNOWN_PAGE = 100, FLIP_TRIES = 50,
	LOCK_TRIES = 30, LOCK_PAUSE_NS = 100000000 };
#define BATCH_BYTES ((size_t)8 << 20)

/* A row that differs from what is known. */
struct item { bool is_new; i64 place_id; struct place place; str hash; bool chosen[P_COUNT]; };

struct import {
	struct db *db;
	const struct place_import_options *o;
	struct place_import_report *r;
	struct arena *batch;                     /* the rows of the batch, and what the database gives meanwhile */
	struct place_parse *parse;
	struct item *items; size_t n, size;
	struct item *slice; size_t slice_n;      /* what the transaction under way writes */
	i64 added, changed;                      /* by the transaction under way */
	i64 took_us;
	struct place_writer w;
	struct place_words *words;
	struct place_seen taken, refused;
	i64 settled;
	bool staged;                             /* something was written that the flip must show */
};

/* ---- writing a batch ---- */

/* A known place that nobody sees. Taken out by hand, it stays so: what its source says is taken when it is back. Gone with an import that
 * was taken back, it returns. */
static enum err apply_gone(struct import *im, struct item *it)
{
	i64 away;
	try(undo_is_away(im->db, it->place_id, &away));
	if (away)
		return OK;
	im->added++;
	try(place_store_returned(im->db, &im->w, im->words, it->place_id, &it->place));
	return import_reading_put(im->db, im->o->source, it->place.f[P_ID], im->w.born, it->hash);
}

static enum err apply_item(struct import *im, struct item *it)
{
	bool changed = false;
	if (it->is_new) {
		try(place_store_new(im->db, &im->w, im->words, im->o->source, &it->place, &it->place_id));
		im->added++;
	} else {
		enum err e = place_store_fields(im->db, &im->w, im->words, it->place_id, &it->place, it->chosen, &changed);
		if (e == NOT_FOUND)
			return apply_gone(im, it);
		try(e);
		im->changed += changed;
	}
	return import_reading_put(im->db, im->o->source, it->place.f[P_ID], im->w.born, it->hash);
}

static enum err apply_batch(struct db *db, void *arg)
{
	struct import *im = arg;
	i64 from = mono_us();
	im->added = im->changed = 0;
	for (size_t i = 0; i < im->slice_n; i++) {
		struct arena_mark m = arena_mark(db_arena(db));
		enum err e = apply_item(im, &im->slice[i]);
		arena_rewind(db_arena(db), m);
		if (e != OK) {
			*im->words = (struct place_words){ 0 };
			return e;
		}
	}
	im->took_us = mono_us() - from;
	return OK;
}

/* Between two transactions, whoever waits for the lock gets it. */
static void pause_between(void)
{
	struct timespec pause = { .tv_nsec = 500000 };
	nanosleep(&pause, NULL);
}

static void adapt(struct import *im)
{
	size_t fits = im->took_us > 0 ? im->slice_n * BATCH_US / (size_t)im->took_us : BATCH_MAX;
	im->size = fits > 2 * im->size ? 2 * im->size : fits;
	if (im->size > BATCH_MAX)
		im->size = BATCH_MAX;
	if (im->size < BATCH_MIN)                /* each transaction rewrites index pages: too small ones cost more than they spare */
		im->size = BATCH_MIN;
}

/* Writes these items. A transaction that a slow machine does not end in its second is interrupted: then each half is tried, and a
 * single row a few times. */
static enum err write_items(struct import *im, struct item *items, size_t n)
{
	enum err e = OK;
	for (int i = 0; i < (n > 1 ? 1 : ROW_TRIES); i++) {
		im->slice = items;
		im->slice_n = n;
		e = db_tx(im->db, apply_batch, im);
		pause_between();
		if (e != OK)
			continue;
		im->r->added += im->added;
		im->r->changed += im->changed;
		im->r->unchanged += (i64)n - im->added - im->changed;
		adapt(im);
		return OK;
	}
	if (n <= 1)
		return e;
	try(write_items(im, items, n / 2));
	return write_items(im, items + n / 2, n - n / 2);
}

static enum err flush(struct import *im)
{
	if (im->n && !im->o->dry_run) {
		im->staged = true;
		try(write_items(im, im->items, im->n));
	}
	im->n = 0;
	arena_reset(im->batch);
	return OK;
}

/* ---- one row ---- */

static enum err told(struct import *im, i64 line, str id, const struct place_told *t)
{
	im->r->left_out += t->kind == TOLD_LEFT_OUT;
	im->r->doubts += t->kind == TOLD_DOUBT;
	return im->o->reject ? im->o->reject(im->o->arg, line, id, t) : OK;
}

static enum err refuse(struct import *im, i64 line, str id, str column, const char *reason)
{
	struct place_told t = { TOLD_REFUSED, column, id, str_c(reason), S("") };
	im->r->rejected++;
	return told(im, line, id, &t);
}

/* Told to who looks before it happens. */
static enum err foresee(struct import *im, i64 place_id, struct place *now, const struct place *next)
{
	struct import_public_row row;
	if (!im->o->foresee)
		return OK;
	if (now) {
		try(import_public(im->db, place_id, &row));
		now->f[P_ID] = row.public_id;
	}
	return im->o->foresee(im->o->arg, &(struct place_foreseen){ now, next });
}

static enum err count_dry(struct import *im, const struct item *it)
{
	bool changed = false;
	struct place now, next;
	enum err e = it->is_new ? OK : place_store_compare(im->db, im->w.epoch, it->place_id, &it->place, it->chosen, &now, &next, &changed);
	i64 away = 0;
	if (e == NOT_FOUND)
		try(undo_is_away(im->db, it->place_id, &away));
	else if (e != OK)
		return e;
	bool returns = e == NOT_FOUND && !away;  /* a place that was taken out by hand stays so */
	im->r->added += it->is_new || returns;
	im->r->changed += changed;
	im->r->unchanged += !it->is_new && !changed && !returns;
	if (it->is_new || returns)
		return foresee(im, it->place_id, NULL, &it->place);
	return changed ? foresee(im, it->place_id, &now, &next) : OK;
}

/* Compares a good row with what its source said last; what differs joins the batch. */
static enum err compare(struct import *im, const struct place *p)
{
	struct item it = { .place = *p, .hash = place_hash(im->batch, p) };
	struct import_source_row known;
	struct import_reading_row last = { 0 };
	enum err e = import_source(im->db, im->o->source, p->f[P_ID], &known);
	if (e != OK && e != NOT_FOUND)
		return e;
	it.is_new = e == NOT_FOUND;
	if (!it.is_new) {
		it.place_id = known.place_id;
		e = import_reading(im->db, im->o->source, p->f[P_ID], im->w.epoch, &last);
		if (e != OK && e != NOT_FOUND)
			return e;
		if (str_eq(last.hash, it.hash) && known.vanished > im->w.epoch) {
			im->r->unchanged++;
			return OK;
		}
		place_hash_differences(last.hash, it.hash, it.chosen);
		if (str_eq(last.hash, it.hash))
			memset(it.chosen, 0, sizeof it.chosen);      /* it had vanished and is back, the same */
	}
	if (im->o->dry_run)
		return count_dry(im, &it);
	im->items[im->n++] = it;
	return OK;
}

static enum err take_row(struct import *im, const struct place_parsed *p)
{
	str id = p->row.place.f[P_ID];
	enum place_field bad;
	im->r->read++;
	for (size_t i = 0; i < p->row.n_told; i++)
		try(told(im, p->line, id, &p->row.told[i]));
	if (p->row.refused) {
		im->r->rejected++;
		if (id.n)
			place_seen_add(&im->refused, id, p->line);
		return OK;
	}
	if (!place_holds(im->batch, &p->row.place, today_paris(), &bad))
		return refuse(im, p->line, id, str_c(place_field_names[bad]), "cette valeur ne satisfait pas le schéma");
	i64 first = place_seen_add(&im->taken, id, p->line);
	if (first)
		return refuse(im, p->line, id, S("id"), str_printf(im->batch, "identifiant déjà pris par la ligne %lld de ce fichier",
			(long long)first).p);
	return compare(im, &p->row.place);
}

static enum err take_note(struct import *im, const struct place_parsed *p)
{
	struct place_told t = { TOLD_DOUBT, p->column, S(""), p->text, S("") };
	return im->o->reject ? im->o->reject(im->o->arg, p->line, S(""), &t) : OK;
}

static enum err read_all(struct import *im, struct arena *a)
{
	for (;;) {
		struct place_parsed p;
		enum err e = place_parse_next(im->parse, im->batch, &p);
		if (e == NOT_FOUND)
			return flush(im);
		try(e);
		if (p.kind == PARSED_FAULT) {
			im->r->fault = str_copy(a, p.text);
			return INVALID;
		}
		try(p.kind == PARSED_NOTE ? take_note(im, &p) : take_row(im, &p));
		if (im->n >= im->size || arena_used(im->batch) > BATCH_BYTES)
			try(flush(im));
		if (im->r->read % 100 == 0 && im->o->progress && !im->o->progress(im->o->arg, im->r->read, p.offset)) {
			im->r->stopped = true;
			return CONFLICT;
		}
	}
}

/* ---- vanished ---- */

struct vanishing { struct import *im; struct import_known_row *v; size_t n; };

static enum err vanish(struct db *db, void *arg)
{
	struct vanishing *v = arg;
	for (size_t i = 0; i < v->n; i++)
		try(import_vanish(db, v->im->o->source, v->v[i].source_id, v->im->w.born));
	return OK;
}

static enum err vanish_all(struct db *db, struct vanishing v)
{
	enum err e = db_tx(db, vanish, &v);
	if (e == OK || v.n <= 1)
		return e;
	try(vanish_all(db, (struct vanishing){ v.im, v.v, v.n / 2 }));
	return vanish_all(db, (struct vanishing){ v.im, v.v + v.n / 2, v.n - v.n / 2 });
}

static enum err foresee_vanished(struct import *im, i64 place_id)
{
	i64 version_id;
	struct place now;
	enum err e = place_store_seen(im->db, place_id, im->w.epoch, &version_id, &now);
	return e == NOT_FOUND ? OK : e == OK ? foresee(im, place_id, &now, NULL) : e;    /* taken out by hand: nobody sees it */
}

/* What the source had and no longer has; rows that are there but refused have not vanished. */
static enum err find_vanished(struct import *im)
{
	char last[256] = "";
	size_t last_n = 0;
	struct import_known_row_list known;
	do {
		arena_reset(im->batch);
		try(import_known_ids(im->db, im->o->source, (str){ last, last_n }, KNOWN_PAGE, &known));
		struct vanishing v = { im, arena_many(im->batch, struct import_known_row, known.n + 1), 0 };
		for (size_t i = 0; i < known.n; i++)
			if (known.v[i].vanished > im->w.epoch && !place_seen_has(&im->taken, known.v[i].source_id) &&
			    !place_seen_has(&im->refused, known.v[i].source_id))
				v.v[v.n++] = known.v[i];
		if (known.n) {
			str id = known.v[known.n - 1].source_id;
			last_n = id.n < sizeof last ? id.n : sizeof last - 1;
			memcpy(last, id.p, last_n);
		}
		im->r->vanished += (i64)v.n;
		for (size_t i = 0; im->o->foresee && i < v.n; i++)
			try(foresee_vanished(im, v.v[i].place_id));
		if (v.n && !im->o->dry_run) {
			im->staged = true;
			try(vanish_all(im->db, v));
		}
	} while (known.n == KNOWN_PAGE);
	return OK;
}

/* ---- beginning and end ---- */

static enum err start(struct db *db, void *arg)
{
	struct import *im = arg;
	try(import_epoch(db, &im->w.epoch));
	im->w.born = im->w.epoch + 1;
	return import_start(db, im->w.import, im->o->source, im->o->file_name, im->w.born, im->w.at);
}

static enum err end(struct db *db, struct import *im, const char *state)
{
	const struct place_import_report *r = im->r;
	return import_end(db, im->w.import, str_c(state), now_ms(), r->read, r->added, r->changed, r->unchanged, r->rejected, r->vanished);
}

/* Nothing was staged: only the run is recorded. */
static enum err end_unchanged(struct db *db, void *arg)
{
	return end(db, arg, "done");
}

static enum err flip(struct db *db, void *arg)
{
	struct import *im = arg;
	i64 edits;
	try(import_edited_count(db, im->w.import, &edits));
	if (edits != im->settled)
		return CONFLICT;                 /* someone has just changed a place by hand: look again */
	try(import_flip(db, im->w.born));
	if (db_changes(db) != 1)
		return INTERNAL;
	try(end(db, im, "done"));
	return generation_bump(db, GEN_DIRECTORY);
}

static enum err finish(struct import *im)
{
	try(find_vanished(im));
	if (im->o->dry_run)
		return OK;
	if (!im->staged)
		return db_tx(im->db, end_unchanged, im);
	enum err e = CONFLICT;
	for (int i = 0; i < FLIP_TRIES && e == CONFLICT; i++) {
		arena_reset(im->batch);
		try(place_import_settle(im->db, &im->w, im->words, im->w.import, &im->settled));
		e = db_tx(im->db, flip, im);
	}
	try(e);
	try(db_barrier(im->db));
	if (place_import_tidy(im->db, im->o->source, im->w.born) != OK)      /* the import is done: the next one tidies */
		log_line(LOG_WARN, "dead versions were not all removed", "reason=%s", log_quote(im->batch, str_c(db_error(im->db))));
	return OK;
}

static enum err run(struct import *im, struct arena *a)
{
	if (im->o->dry_run)
		try(import_epoch(im->db, &im->w.epoch));
	else
		try(db_tx(im->db, start, im));
	im->w.born = im->w.epoch + 1;
	try(place_parse_start(im->o->fd,
		(struct place_parse_options){ im->o->format, today_paris(), im->o->day, im->o->layout }, a, &im->parse));
	enum err e = read_all(im, a);
	place_parse_end(im->parse);
	try(e);
	if (im->r->read == im->r->rejected)
		return NOT_FOUND;                /* nothing to take: and surely not everything has vanished */
	return finish(im);
}

static void explain(const struct import *im, struct arena *a, enum err e)
{
	if (im->r->fault.p)
		return;
	if (im->r->stopped)
		im->r->fault = S("import arrêté : rien n’a été pris");
	else
		im->r->fault = str_printf(a, "l’import a échoué : rien n’a été pris (%s)", *db_error(im->db) ? db_error(im->db) : err_name(e));
}

static enum err import(struct import *im, struct arena *a)
{
	if (!im->o->dry_run)
		try(place_import_sweep(im->db));
	enum err e = run(im, a);
	bool nothing = e == NOT_FOUND;
	if (e != OK && !im->o->dry_run && place_import_sweep(im->db) != OK)
		return INTERNAL;
	if (e != OK && !nothing)
		explain(im, a, e);
	return nothing ? OK : im->r->stopped ? INVALID : e;
}

/* The sweeping after a killed import holds the lock too, for moments: it is waited for. */
enum err place_import_wait(struct db *db, const char *url, struct arena *a, int *ret_lock)
{
	enum err e = BUSY;
	for (int tries = 0; e == BUSY && tries < LOCK_TRIES; tries++) {
		if (tries)
			nanosleep(&(struct timespec){ .tv_nsec = LOCK_PAUSE_NS }, NULL);
		e = place_import_lock(db, url, a, ret_lock);
	}
	return e;
}

enum err place_import(struct db *db, const struct place_import_options *o, struct arena *a, struct place_import_report *ret)
{
	int lock = -1;
	*ret = (struct place_import_report){ .import_id = 0 };
	struct import im = { .db = db, .o = o, .r = ret, .size = BATCH_MIN, .batch = arena_new((size_t)256 << 20) };
	im.items = arena_many(a, struct item, BATCH_MAX);
	im.words = arena_one(a, struct place_words);
	im.w = (struct place_writer){ .at = now_ms(), .import = id_new(), .author = str_printf(a, "import %.*s", STR_ARG(o->source)) };
	ret->import_id = im.w.import;
	struct arena *before = db_arena(db);
	db_use_arena(db, im.batch);
	enum err e = o->dry_run ? OK : place_import_wait(db, o->url, a, &lock);
	if (e != OK) {
		ret->fault = e == BUSY ? S("un autre import est en cours : attendre sa fin") : S("le verrou des imports ne peut être pris");
	} else {
		e = import(&im, a);
		if (!o->dry_run)
			place_import_unlock(db, lock);
	}
	db_use_arena(db, before);
	place_seen_free(&im.taken);
	place_seen_free(&im.refused);
	arena_free(im.batch);
	return e;
}
