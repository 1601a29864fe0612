/* Before and after an import: the lock between imports, the sweeping of one that was killed, the tidying after one that went
 * well, and the changes by hand that crossed it. Everything in short transactions, so that a serving instance does not feel it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"
#include "directory/place_import_parts.h"
#include "directory/place_import_sql.h"

enum { SWEEP_ROWS = 100, EDITS = 500 };
#define IMPORT_KEY ((i64)0x6761626172650001)     /* of PostgreSQL's advisory lock */

/* ---- the lock ---- */

enum err place_import_lock(struct db *db, const char *url, struct arena *a, int *ret_fd)
{
	*ret_fd = -1;
	i64 got = 0;
	if (db_engine(db) == DB_PG) {
		try(import_lock(db, IMPORT_KEY, &got));
		return got ? OK : BUSY;
	}
	str path = str_c(url);
	if (str_starts(path, S("sqlite:")))
		path = str_slice(path, 7, path.n);
	int fd = open(str_z(a, str_printf(a, "%.*s.import", STR_ARG(path))), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return INTERNAL;
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		enum err e = errno == EWOULDBLOCK ? BUSY : INTERNAL;
		close(fd);
		return e;
	}
	*ret_fd = fd;
	return OK;
}

void place_import_unlock(struct db *db, int fd)
{
	i64 released;
	if (fd >= 0)
		close(fd);
	else if (db_engine(db) == DB_PG && import_unlock(db, IMPORT_KEY, &released) != OK)
		log_line(LOG_WARN, "the lock of imports stays until this connection ends", "reason=%s", log_quote(db_arena(db), str_c(db_error(db))));
}

/* ---- steps of sweeping: each removes at most SWEEP_ROWS rows and says how many ---- */

struct sweep { i64 epoch, organisations_since; str source; i64 max, n; };
typedef enum err sweep_fn(struct db *db, struct sweep *s);
struct step { struct sweep *s; sweep_fn *fn; };

static enum err sweep_step(struct db *db, void *arg)
{
	struct step *step = arg;
	step->s->n = 0;
	return step->fn(db, step->s);
}

/* Repeats a step, each time in a transaction of its own, until nothing is left for it. */
static enum err sweep_all(struct db *db, struct sweep *s, sweep_fn *fn)
{
	struct step step = { s, fn };
	s->max = SWEEP_ROWS;
	do {
		struct arena_mark m = arena_mark(db_arena(db));
		enum err e = db_tx(db, sweep_step, &step);
		arena_rewind(db_arena(db), m);
		if (e != OK && s->max > 1) {     /* interrupted on a slow machine: fewer at a time */
			s->max /= 4;
			s->n = 1;
		} else if (e != OK) {
			return e;
		}
		struct timespec pause = { .tv_nsec = 500000 };
		nanosleep(&pause, NULL);         /* whoever waits for the lock gets it */
	} while (s->n);
	return OK;
}

#define SWEEP_DELETE(name, statement)                                        \
	static enum err name(struct db *db, struct sweep *s)                 \
	{                                                                    \
		enum err e = statement(db, s->epoch, s->max);            \
		s->n = db_changes(db);                                       \
		return e;                                                    \
	}
SWEEP_DELETE(changes, sweep_changes)
SWEEP_DELETE(revive, sweep_revive)
SWEEP_DELETE(places, sweep_places)

static enum err versions(struct db *db, struct sweep *s)
{
	try(sweep_versions_index(db, s->epoch, s->max));
	enum err e = sweep_versions(db, s->epoch, s->max);
	s->n = db_changes(db);
	return e;
}

static enum err dead(struct db *db, struct sweep *s)
{
	try(sweep_dead_index(db, s->epoch, s->max));
	enum err e = sweep_dead(db, s->epoch, s->max);
	s->n = db_changes(db);
	return e;
}

static enum err organisations(struct db *db, struct sweep *s)
{
	enum err e = sweep_organisations(db, s->organisations_since, s->max);
	s->n = db_changes(db);
	return e;
}

static enum err readings(struct db *db, struct sweep *s)
{
	struct sweep_reading_row_list rows;
	try(sweep_readings(db, s->epoch, s->max, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(sweep_reading(db, rows.v[i].source, rows.v[i].source_id, rows.v[i].born));
	s->n = (i64)rows.n;
	return OK;
}

static enum err sources(struct db *db, struct sweep *s)
{
	struct sweep_source_row_list rows;
	try(sweep_sources(db, s->epoch, s->max, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(sweep_source(db, rows.v[i].source, rows.v[i].source_id));
	s->n = (i64)rows.n;
	return OK;
}

static enum err vanished(struct db *db, struct sweep *s)
{
	struct sweep_vanished_row_list rows;
	try(sweep_vanished(db, s->epoch, s->max, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(import_vanish(db, rows.v[i].source, rows.v[i].source_id, EPOCH_NEVER));
	s->n = (i64)rows.n;
	return OK;
}

static enum err failed(struct db *db, struct sweep *s)
{
	s->n = 0;
	return import_fail_running(db, now_ms());
}

enum err place_import_sweep(struct db *db)
{
	struct import_running_row running;
	struct sweep s = { 0 };
	enum err e = import_last_running(db, &running);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(import_epoch(db, &s.epoch));
	s.organisations_since = running.id;
	sweep_fn *const order[] = { changes, versions, revive, readings, sources, vanished, places, organisations, failed };
	for (size_t i = 0; i < lengthof(order); i++)
		try(sweep_all(db, &s, order[i]));
	return OK;
}

/* ---- after the flip ---- */

static enum err returned(struct db *db, struct sweep *s)
{
	struct import_returned_row_list rows;
	try(import_returned(db, s->source, s->epoch, s->max, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(import_vanish(db, s->source, rows.v[i].source_id, EPOCH_NEVER));
	s->n = (i64)rows.n;
	return OK;
}

static enum err old_readings(struct db *db, struct sweep *s)
{
	struct sweep_old_reading_row_list rows;
	try(sweep_old_readings(db, s->epoch, s->max, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(sweep_reading(db, rows.v[i].source, rows.v[i].source_id, rows.v[i].born));
	s->n = (i64)rows.n;
	return OK;
}

enum err place_import_tidy(struct db *db, str source, i64 epoch)
{
	struct sweep s = { .epoch = epoch, .source = source };
	try(sweep_all(db, &s, returned));
	try(sweep_all(db, &s, old_readings));
	return sweep_all(db, &s, dead);
}

/* ---- changes by hand meanwhile ---- */

struct settling { const struct place_writer *w; struct place_words *words; i64 place_id; };

static enum err settle_one(struct db *db, void *arg)
{
	struct settling *s = arg;
	return place_store_again(db, s->w, s->words, s->place_id);
}

enum err place_import_settle(struct db *db, const struct place_writer *w, struct place_words *words, i64 since, i64 *ret_n)
{
	struct import_edited_row_list edits;
	*ret_n = 0;
	do {
		struct arena_mark m = arena_mark(db_arena(db));
		try(import_edited_since(db, since, EDITS, &edits));
		for (size_t i = 0; i < edits.n; i++) {
			struct settling s = { w, words, edits.v[i].place_id };
			since = edits.v[i].id;
			try(db_tx(db, settle_one, &s));
		}
		*ret_n += (i64)edits.n;
		arena_rewind(db_arena(db), m);
	} while (edits.n == EDITS);
	return OK;
}

enum err place_import_cleanup(struct db *db, const char *url, struct arena *a)
{
	int lock = -1;
	enum err e = place_import_lock(db, url, a, &lock);
	if (e != OK)
		return e == BUSY ? OK : e;
	e = place_import_sweep(db);
	place_import_unlock(db, lock);
	return e;
}
