/* Keeping what hours say now and next, and asking it. */
#include "directory/place_opening.h"

#include "base/timex.h"
#include "base/words.h"
#include "db/db.h"
#include "directory/place_opening_sql.h"
#include "hours/hours.h"

#define HORIZON_MS ((i64)HOURS_HORIZON_DAYS * 86400 * 1000)
#define EXPIRED_MAX 2000                         /* more than these: nobody has renewed, and hours are evaluated */
#define SEEN_SLOTS 16384                         /* distinct texts remembered; a power of two */

struct period { enum hours_state state; i64 until; };

static struct period period_at(const struct hours *h, i64 ms)
{
	struct hours_answer a = hours_at(h, local_of_ms(ms));
	i64 until = a.changes ? ms_of_local(a.next) : ms + HORIZON_MS;
	return (struct period){a.state, until > ms ? until : ms + 60000};    /* an hour that comes twice has passed already */
}

enum err place_opening_store(struct db *db, i64 version_id, str hours, i64 now)
{
	struct hours *h;
	struct hours_error error;
	struct arena_mark mark = arena_mark(db_arena(db));
	struct period first = {HOURS_CLOSED, now + HORIZON_MS}, second = first;
	bool understood = hours.n && hours_parse(db_arena(db), hours, &h, &error) == OK;
	if (understood) {
		first = period_at(h, now);
		second = period_at(h, first.until);
	}
	arena_rewind(db_arena(db), mark);
	return hours.n ? opening_put(db, version_id, first.state, first.until, second.state, second.until) : OK;
}

enum err place_opening_renew(struct db *db, i64 now, i64 max, i64 *ret_n)
{
	struct opening_row_list due;
	try(openings_due(db, now, max, &due));
	for (size_t i = 0; i < due.n; i++)
		try(place_opening_store(db, due.v[i].version_id, due.v[i].horaires, now));
	*ret_n = (i64)due.n;
	return OK;
}

/* ---- asking ---- */

struct open_seen { str hours; bool open; };

static bool evaluate(struct open_question *o, str text)
{
	struct hours *h;
	struct hours_error error;
	str comment;
	struct arena_mark mark = arena_mark(db_arena(o->db));
	bool open = hours_parse(db_arena(o->db), text, &h, &error) == OK && hours_state_at(h, local_of_ms(o->at), &comment) == HOURS_OPEN;
	arena_rewind(db_arena(o->db), mark);
	return open;
}

/* Evaluates a text of hours, or remembers it; the last of those that share a slot is remembered. */
static bool open_text(struct open_question *o, str text)
{
	if (!text.n)
		return false;
	struct open_seen *s = &o->seen[str_hash(text) & (SEEN_SLOTS - 1)];
	if (!str_eq(s->hours, text))
		*s = (struct open_seen){.open = evaluate(o, text), .hours = str_copy(db_arena(o->db), text)};
	return s->open;
}

static enum err read_kept(struct open_question *o)
{
	struct opening_open_list open;
	struct opening_row_list expired;
	try(openings_expired(o->db, o->at, EXPIRED_MAX, &expired));
	if (expired.n)
		o->seen = arena_many(db_arena(o->db), struct open_seen, SEEN_SLOTS);
	if (expired.n == EXPIRED_MAX)
		return OK;
	try(openings_open(o->db, o->at, &open));
	o->kept = true;
	o->open = arena_many(db_arena(o->db), i64, open.n + 1);
	for (size_t i = 0; i < open.n; i++)
		o->open[o->n_open++] = open.v[i].version_id;
	o->expired = expired.n > 0;
	o->late = arena_many(db_arena(o->db), i64, expired.n + 1);
	for (size_t i = 0; i < expired.n; i++)
		if (open_text(o, expired.v[i].horaires))
			o->late[o->n_late++] = expired.v[i].version_id;
	return OK;
}

enum err open_question(struct db *db, i64 at, struct open_question *ret)
{
	*ret = (struct open_question){.on = true, .at = at ? at : now_ms(), .left = OPENING_BUDGET, .db = db};
	if (!at)
		return read_kept(ret);
	ret->seen = arena_many(db_arena(db), struct open_seen, SEEN_SLOTS);
	return OK;
}

static bool is_among(const i64 *v, size_t n, i64 id)
{
	size_t from = 0;
	while (n > 0) {
		size_t half = n / 2;
		if (v[from + half] < id) {
			from += half + 1;
			n -= half + 1;
		} else {
			n = half;
		}
	}
	return v[from] == id;
}

static bool is_late(const struct open_question *o, i64 id)
{
	for (size_t i = 0; i < o->n_late; i++)
		if (o->late[i] == id)
			return true;
	return false;
}

enum err open_ask(struct open_question *o, i64 version_id, bool *ret)
{
	*ret = true;
	if (!o->on)
		return OK;
	if (o->kept) {
		*ret = is_among(o->open, o->n_open, version_id) || is_late(o, version_id);
		return OK;
	}
	struct place_version_hours_row row;
	*ret = false;
	if (o->left == 0)
		return OK;
	o->left--;
	struct arena_mark mark = arena_mark(db_arena(o->db));
	try(place_version_hours(o->db, version_id, &row));
	struct open_seen *s = &o->seen[str_hash(row.horaires) & (SEEN_SLOTS - 1)];
	bool known = !row.horaires.n || str_eq(s->hours, row.horaires);
	*ret = open_text(o, row.horaires);
	if (known)
		arena_rewind(db_arena(o->db), mark);
	return OK;
}
