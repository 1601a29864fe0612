/* A file in the database: its steps, its history, and the counts of a campaign. */
#include "files/pages.h"

#include "audit/audit.h"
#include "db/id.h"

struct file file_of_row(const struct family_file_row *r)
{
	struct file f = { .id = r->id, .campaign_id = r->campaign_id, .household_id = r->household_id, .root = r->root, .wave_id = r->wave_id,
		.version = r->version, .public_id = r->public_id, .since = r->since_day, .reason = r->reason, .state = FS_IDENTIFIED };
	if (!file_state_of(r->state, &f.state))
		f.state = FS_JOINED;             /* a state of a later version: nothing leaves it here */
	return f;
}

static enum err write_down(struct db *db, const struct file *f, const char *action, str detail, const struct file_doer *who)
{
	return audit_write(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id, .action = action, .object = "file",
		.object_id = f->id, .detail = detail });
}

static str code_of(enum file_state s) { return str_c(file_states[s].code); }

/* Steps that are a meeting with the family, or a talk with it. */
static bool meets(enum file_state to)
{
	return to == FS_CONTACTED || to == FS_ATTENDED || to == FS_SIGNED || to == FS_HANDED_OVER || to == FS_FOLLOWED || to == FS_KEPT || to == FS_RETURNED;
}

static i64 noon_of(str day)
{
	struct date d;
	i64 now = now_ms(), at = date_parse(day, &d) ? date_days(d) * 86400000 + 12 * 3600000 : now;
	return at < now ? at : now;
}

enum err file_get(struct db *db, i64 id, struct file *ret)
{
	return files_get(db, &id, 1, ret);
}

static int by_id(const void *a, const void *b)
{
	i64 x = ((const struct family_file_row *)a)->id, y = ((const struct family_file_row *)b)->id;
	return x < y ? -1 : x > y;
}

enum err files_get(struct db *db, const i64 *ids, size_t n, struct file *ret)
{
	struct family_file_row_list rows;
	try(files_by_ids(db, ids_json(db_arena(db), ids, n, 1), &rows));
	for (size_t i = 0; i < n; i++) {
		const struct family_file_row *row = rows.n ? bsearch(&(struct family_file_row){ .id = ids[i] }, rows.v, rows.n, sizeof *row, by_id) : NULL;
		if (!row)
			return NOT_FOUND;
		ret[i] = file_of_row(row);
	}
	return OK;
}

enum err file_of_family(struct db *db, i64 campaign_id, i64 root, struct file *ret)
{
	struct family_file_row row;
	try(file_of_household(db, campaign_id, root, &row));
	*ret = file_of_row(&row);
	return OK;
}

/* ---- how long a household's file is held ---- */

#define HOLD_OPEN ((i64)4102444800000)           /* 1 January 2100: until the loan ends */
#define HOLD_AFTER_YEARS 5                       /* charter and loan, after their end: src/people/registry.c */

/* Until when this file holds its household's; 0: it does not. */
static i64 held_until(enum file_state s, str since)
{
	struct date end;
	if (s >= FS_SIGNED && s <= FS_REPLACED && s != FS_KEPT)
		return HOLD_OPEN;
	if ((s != FS_KEPT && s != FS_RETURNED && s != FS_LOST) || !date_parse(since, &end))
		return 0;
	return (date_days(date_after_months(end, 12 * HOLD_AFTER_YEARS)) + 1) * 86400000;      /* that day included */
}

static i64 *pick(struct arena *a, const struct file *v, size_t n, bool roots)
{
	i64 *ids = arena_many(a, i64, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = roots ? v[i].root : v[i].id;
	return ids;
}

/* Of each household the longest of its files, of all campaigns. */
static enum err hold(struct db *db, const struct file *v, size_t n)
{
	struct file_hold_row_list rows;
	size_t held = 0;
	try(file_holds(db, ids_json(db_arena(db), pick(db_arena(db), v, n, true), n, 1), &rows));
	struct hold *holds = arena_many(db_arena(db), struct hold, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		enum file_state s;
		i64 one = file_state_of(rows.v[i].state, &s) ? held_until(s, rows.v[i].since_day) : 0;
		if (!held || holds[held - 1].household_id != rows.v[i].root)
			holds[held++] = (struct hold){ rows.v[i].root, 0 };
		struct hold *h = &holds[held - 1];
		h->until = one > h->until ? one : h->until;
	}
	return households_hold(db, holds, held);
}

/* Each at the version that was read. */
static str seen_as(struct arena *a, const struct file *v, size_t n)
{
	i64 *seen = arena_many(a, i64, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		seen[2 * i] = v[i].id;
		seen[2 * i + 1] = v[i].version;
	}
	return ids_json(a, seen, n, 2);
}

static enum err move(struct db *db, const struct file *v, size_t n, enum file_state to, str day, str reason, const struct file_doer *who)
{
	try(file_move(db, seen_as(db_arena(db), v, n), code_of(to), day, reason));
	if (db_changes(db) != (i64)n)
		return CONFLICT;
	for (size_t t = 0; file_moves_told[t]; t++)
		for (size_t i = 0; i < n; i++)
			try(file_moves_told[t](db, &v[i], to, who));
	return hold(db, v, n);
}

/* Before they move: what they come from is what they stand at. */
static enum err put_steps(struct db *db, const struct file *v, size_t n, enum file_state to, str day, str reason, i64 user_id)
{
	i64 *rows = arena_many(db_arena(db), i64, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		rows[2 * i] = id_new();
		rows[2 * i + 1] = v[i].id;
	}
	return file_steps_put(db, ids_json(db_arena(db), rows, n, 2), code_of(to), day, reason, user_id, now_ms());
}

enum err files_step_make(struct db *db, const struct file *v, size_t n, enum file_state to, str day, str reason, const struct file_doer *who)
{
	struct arena *a = db_arena(db);
	for (size_t i = 0; i < n; i++)
		if (file_step_check(v[i].state, to, FW_OFFICER, reason) != FN_ALLOWED)
			return INVALID;
	if (!n)
		return OK;
	try(put_steps(db, v, n, to, day, reason, who->user_id));
	try(move(db, v, n, to, day, reason, who));
	if (meets(to))
		try(households_met(db, pick(a, v, n, true), n, noon_of(day)));
	return audit_write_each(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id, .action = "file.step", .object = "file",
		.detail = str_printf(a, "to=%s", file_states[to].code) }, pick(a, v, n, false), n);
}

enum err file_step_make(struct db *db, const struct file *f, enum file_state to, str day, str reason, const struct file_doer *who)
{
	return files_step_make(db, f, 1, to, day, reason, who);
}

bool file_last_step(struct arena *a, const struct file_event_row_list *events, struct file_event_row *ret)
{
	struct file_event_row *stack = arena_many(a, struct file_event_row, events->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < events->n; i++) {
		const struct file_event_row *e = &events->v[i];
		if (str_eq(e->kind, S("step")))
			stack[n++] = *e;
		else if (str_eq(e->kind, S("back")) && n)
			n--;
	}
	if (n)
		*ret = stack[n - 1];
	return n > 0;
}

/* The day and the reason of the state that is come back to: those of the step that led there. */
static enum err back_to(struct db *db, const struct file *f, const struct file_event_row *last, str *ret_day, str *ret_reason)
{
	struct file_event_row_list events;
	*ret_day = last->day;
	*ret_reason = S("");
	try(file_events(db, f->id, &events));
	for (size_t i = 0; i < events.n && events.v[i].id < last->id; i++)
		if (str_eq(events.v[i].after, last->before) && (str_eq(events.v[i].kind, S("step")) || str_eq(events.v[i].kind, S("named")))) {
			*ret_day = events.v[i].day;
			*ret_reason = events.v[i].reason;
		}
	return OK;
}

enum err file_step_back(struct db *db, const struct file *f, const struct file_event_row *last, str reason, const struct file_doer *who)
{
	enum file_state to;
	str day, why;
	if (!file_state_of(last->before, &to))
		return CONFLICT;
	try(back_to(db, f, last, &day, &why));
	try(move(db, f, 1, to, day, why, who));
	try(file_event_put(db, id_new(), f->id, S("back"), last->after, last->before, date_iso(db_arena(db), today_paris()), reason, who->user_id, now_ms()));
	return write_down(db, f, "file.back", str_printf(db_arena(db), "to=%s", file_states[to].code), who);
}

enum err file_step_undo(struct db *db, const struct file *f, enum file_state made, str reason, const struct file_doer *who)
{
	struct file_event_row_list events;
	struct file_event_row last;
	try(file_events(db, f->id, &events));
	if (f->state != made || !file_last_step(db_arena(db), &events, &last) || !str_eq(last.after, code_of(made)))
		return INVALID;
	return file_step_back(db, f, &last, reason, who);
}

enum err files_carry(struct db *db, const struct file *v, size_t n, i64 wave_id, const struct file_doer *who)
{
	try(file_carry_to(db, seen_as(db_arena(db), v, n), wave_id));
	if (db_changes(db) != (i64)n)
		return CONFLICT;
	return audit_write_each(db, &(struct audit){ .user_id = who->user_id, .organisation_id = who->organisation_id, .action = "file.carry", .object = "file",
		.detail = str_printf(db_arena(db), "to=%lld", (long long)wave_id) }, pick(db_arena(db), v, n, false), n);
}

enum err file_call_note(struct db *db, const struct file *f, bool reached, const struct file_doer *who)
{
	str today = date_iso(db_arena(db), today_paris()), state = code_of(f->state);
	try(file_touch(db, f->id, f->version));
	if (!db_changes(db))
		return CONFLICT;
	try(file_event_put(db, id_new(), f->id, S("call"), state, state, today, reached ? S("reached") : S("silent"), who->user_id, now_ms()));
	if (reached)
		try(households_met(db, &f->root, 1, now_ms()));
	return write_down(db, f, "file.call", reached ? S("reached") : S("silent"), who);
}

bool file_call_to_undo(const struct file_event_row_list *events)
{
	const struct file_event_row *last = events->n ? &events->v[events->n - 1] : NULL;
	return last && str_eq(last->kind, S("call")) && !str_eq(last->reason, S("undone")) && date_days(paris_of_ms(last->at).date) == date_days(today_paris());
}

enum err file_call_undo(struct db *db, const struct file *f, const struct file_doer *who)
{
	str today = date_iso(db_arena(db), today_paris()), state = code_of(f->state);
	try(file_touch(db, f->id, f->version));
	if (!db_changes(db))
		return CONFLICT;
	try(file_event_put(db, id_new(), f->id, S("call"), state, state, today, S("undone"), who->user_id, now_ms()));
	return write_down(db, f, "file.call", S("undone"), who);
}

/* A first talk that was noted by mistake was none: what was counted before it counts again. A call is taken out by the event that follows it. */
i64 file_calls_silent(const struct file_event_row_list *events)
{
	i64 n = 0, before = 0;
	for (size_t i = 0; i < events->n; i++) {
		const struct file_event_row *e = &events->v[i];
		bool call = str_eq(e->kind, S("call"));
		if (call && (str_eq(e->reason, S("undone")) || (i + 1 < events->n && str_eq(e[1].reason, S("undone")))))
			continue;
		if (call && str_eq(e->reason, S("silent")))
			n++;
		else if (call || (str_eq(e->kind, S("step")) && str_eq(e->after, code_of(FS_CONTACTED)))) {
			before = n;
			n = 0;
		} else if (str_eq(e->kind, S("back")) && str_eq(e->before, code_of(FS_CONTACTED)))
			n += before;
	}
	return n;
}

enum err file_join(struct db *db, const struct file *f, const struct file *other, const struct file_doer *who)
{
	str today = date_iso(db_arena(db), today_paris());
	try(file_touch(db, f->id, f->version));
	if (!db_changes(db))
		return CONFLICT;
	try(move(db, other, 1, FS_JOINED, today, S(""), who));
	try(file_children_move(db, other->id, f->id));
	try(file_event_put(db, id_new(), other->id, S("joined"), code_of(other->state), code_of(FS_JOINED), today, S(""), who->user_id, now_ms()));
	try(file_event_put(db, id_new(), f->id, S("joined"), code_of(f->state), code_of(f->state), today, S(""), who->user_id, now_ms()));
	return write_down(db, f, "file.join", str_printf(db_arena(db), "with=%lld", (long long)other->id), who);
}

/* ---- counts ---- */

static bool is_eligible(enum file_state s) { return s == FS_ELIGIBLE || (s >= FS_SIGNED && s <= FS_LOST); }
static bool is_signed(enum file_state s) { return s >= FS_SIGNED && s <= FS_LOST; }
static bool is_handed_over(enum file_state s) { return s >= FS_HANDED_OVER && s <= FS_LOST; }

enum err files_wave_counts(struct db *db, i64 campaign_id, struct wave_counts_list *ret)
{
	struct file_count_row_list rows;
	try(file_counts(db, campaign_id, &rows));
	*ret = (struct wave_counts_list){ .v = arena_many(db_arena(db), struct wave_counts, rows.n + 1) };
	for (size_t i = 0; i < rows.n; i++) {
		enum file_state s = FS_IDENTIFIED;
		if (!ret->n || ret->v[ret->n - 1].wave_id != rows.v[i].wave_id)
			ret->v[ret->n++] = (struct wave_counts){ .wave_id = rows.v[i].wave_id };
		struct wave_counts *c = &ret->v[ret->n - 1];
		(void)file_state_of(rows.v[i].state, &s);
		c->identified += rows.v[i].n;
		c->eligible += is_eligible(s) ? rows.v[i].n : 0;
		c->signed_charters += is_signed(s) ? rows.v[i].n : 0;
		c->handed_over += is_handed_over(s) ? rows.v[i].n : 0;
	}
	return OK;
}
