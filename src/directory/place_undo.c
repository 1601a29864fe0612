/* See place_undo.h. A run of its own, staged in the next epoch like an import, whose changes are the former values. */
#include "directory/place_undo.h"

#include "base/log.h"
#include "base/timex.h"
#include "db/id.h"
#include "directory/place_import_parts.h"
#include "directory/place_import_sql.h"
#include "directory/place_merge.h"
#include "directory/place_undo_sql.h"
#include "http/req.h"

enum { BATCH = 8, FLIP_TRIES = 50 };

struct undo {
	struct db *db;
	str source;
	struct undo_last_row of;                 /* the import */
	struct place_writer w;
	struct place_words *words;
	struct undo_place_row_list batch;
	struct place_undo_report *r, step;       /* step: of the transaction under way */
	i64 settled;
};

/* ---- one place ---- */

static bool is_new(const struct undo_change_row_list *changes)
{
	for (size_t i = 0; i < changes->n; i++)
		if (str_eq(changes->v[i].field, S("id")) && !changes->v[i].before.p)
			return true;
	return false;
}

static enum err remove_place(struct undo *u, i64 place_id)
{
	struct place now;
	i64 version, edits;
	enum err e = place_store_seen(u->db, place_id, u->w.epoch, &version, &now);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;  /* it was taken out by hand */
	try(undo_edits(u->db, place_id, &edits));
	if (edits) {
		u->step.kept++;
		return OK;
	}
	try(import_version_die(u->db, version, u->w.born));
	try(undo_vanish(u->db, u->source, place_id, u->w.born));
	u->step.removed++;
	return place_store_gone(u->db, &u->w, place_id);
}

static enum err restore_place(struct undo *u, i64 place_id, const struct undo_change_row_list *changes)
{
	struct place now, before, after;
	bool left[P_COUNT] = { false }, changed = false;
	i64 version;
	enum err e = place_store_seen(u->db, place_id, u->w.epoch, &version, &now);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	before = after = now;
	for (size_t i = 0; i < changes->n; i++) {
		enum place_field f = place_field_named(changes->v[i].field);
		if (f == P_COUNT || f == P_ID)
			continue;
		before.f[f] = changes->v[i].before.p ? changes->v[i].before : S("");
		after.f[f] = changes->v[i].after.p ? changes->v[i].after : S("");
	}
	struct place former = place_former(&before, &after, &now, left);
	try(place_store_fields(u->db, &u->w, u->words, place_id, &former, NULL, &changed));
	u->step.restored += changed;
	for (size_t f = 0; f < P_COUNT; f++)
		if (left[f]) {
			u->step.kept++;
			break;
		}
	return OK;
}

static enum err batch_tx(struct db *db, void *arg)
{
	struct undo *u = arg;
	struct undo_change_row_list changes;
	u->step = (struct place_undo_report){ 0 };
	for (size_t i = 0; i < u->batch.n; i++) {
		i64 id = u->batch.v[i].place_id;
		struct arena_mark m = arena_mark(db_arena(db));
		try(undo_changes(db, u->of.id, id, &changes));
		enum err e = is_new(&changes) ? remove_place(u, id) : restore_place(u, id, &changes);
		arena_rewind(db_arena(db), m);
		if (e != OK) {
			*u->words = (struct place_words){ 0 };
			return e;
		}
	}
	return OK;
}

/* ---- all of them ---- */

static enum err stage(struct undo *u)
{
	i64 last = 0;
	do {
		arena_reset(db_arena(u->db));
		try(undo_places(u->db, u->of.id, last, BATCH, &u->batch));
		if (!u->batch.n)
			return OK;
		last = u->batch.v[u->batch.n - 1].place_id;
		try(db_tx(u->db, batch_tx, u));
		u->r->restored += u->step.restored;
		u->r->removed += u->step.removed;
		u->r->kept += u->step.kept;
	} while (u->batch.n == BATCH);
	return OK;
}

static enum err start_tx(struct db *db, void *arg)
{
	struct undo *u = arg;
	try(import_epoch(db, &u->w.epoch));
	u->w.born = u->w.epoch + 1;
	return undo_start(db, u->w.import, u->source, S(""), u->w.born, u->w.at, u->of.id);
}

static enum err flip_tx(struct db *db, void *arg)
{
	struct undo *u = arg;
	const struct place_undo_report *r = u->r;
	i64 edits;
	try(import_edited_count(db, u->w.import, &edits));
	if (edits != u->settled)
		return CONFLICT;                 /* someone has just changed a place by hand: look again */
	try(undo_vanished(db, u->source, u->of.epoch));
	try(undo_readings(db, u->source, u->of.epoch));
	try(import_flip(db, u->w.born));
	if (db_changes(db) != 1)
		return INTERNAL;
	try(import_end(db, u->w.import, S("done"), now_ms(), r->restored + r->removed, 0, r->restored, 0, 0, r->removed));
	try(undo_done(db, u->of.id, u->w.at));
	return generation_bump(db, GEN_DIRECTORY);
}

static enum err run(struct undo *u)
{
	try(place_import_sweep(u->db));
	try(undo_last(u->db, u->source, &u->of));
	try(db_tx(u->db, start_tx, u));
	try(stage(u));
	enum err e = CONFLICT;
	for (int i = 0; i < FLIP_TRIES && e == CONFLICT; i++) {
		arena_reset(db_arena(u->db));
		try(place_import_settle(u->db, &u->w, u->words, u->w.import, &u->settled));
		e = db_tx(u->db, flip_tx, u);
	}
	try(e);
	try(db_barrier(u->db));
	if (place_import_tidy(u->db, u->source, u->w.born) != OK)       /* it is done: the next import tidies */
		log_line(LOG_WARN, "dead versions were not all removed", "reason=%s", log_quote(db_arena(u->db), str_c(db_error(u->db))));
	return OK;
}

static str fault_of(struct arena *a, struct db *db, enum err e)
{
	if (e == NOT_FOUND)
		return S("il n’y a pas d’import de cette source à défaire");
	if (e == BUSY)
		return S("un autre import est en cours : attendre sa fin");
	return str_printf(a, "l’import n’a pas été défait : rien n’a changé (%s)", *db_error(db) ? db_error(db) : err_name(e));
}

enum err place_import_undo(struct db *db, str source, str author, const char *url, struct arena *a, struct place_undo_report *ret)
{
	int lock = -1;
	*ret = (struct place_undo_report){ .fault = S("") };
	struct undo u = { .db = db, .source = source, .r = ret, .words = arena_one(a, struct place_words) };
	u.w = (struct place_writer){ .at = now_ms(), .import = id_new(), .author = author };
	struct arena *before = db_arena(db), *own = arena_new((size_t)64 << 20);
	db_use_arena(db, own);
	enum err e = place_import_wait(db, url, a, &lock);
	if (e == OK) {
		e = run(&u);
		if (e != OK && e != NOT_FOUND && place_import_sweep(db) != OK)
			e = INTERNAL;
		place_import_unlock(db, lock);
	}
	if (e != OK)
		ret->fault = fault_of(a, db, e);
	db_use_arena(db, before);
	arena_free(own);
	return e;
}

enum err place_import_is_last(struct db *db, str source, i64 import_id, bool *ret)
{
	struct undo_last_row last;
	enum err e = undo_last(db, source, &last);
	*ret = e == OK && last.id == import_id;
	return e == NOT_FOUND ? OK : e;
}
