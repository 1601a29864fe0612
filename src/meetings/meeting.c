/* A meeting in the database: its fields, its history, who is told of what; the steps that it makes of families' files. */
#include "audit/audit.h"
#include "db/id.h"
#include "files/files.h"
#include "meetings/pages.h"

/* ---- reading ---- */

static struct meeting of_row(struct arena *a, const struct meeting_row *r)
{
	return (struct meeting){ .id = r->id, .campaign_id = r->campaign_id, .version = r->version, .minute = r->minute, .f = { [M_DAY] = r->day,
		[M_TIME] = str_printf(a, "%02d:%02d", (int)(r->minute / 60), (int)(r->minute % 60)), [M_PLACE] = r->place, [M_ROOM] = r->room,
		[M_CAPACITY] = r->capacity ? str_printf(a, "%lld", (long long)r->capacity) : S(""), [M_SPEAKER] = r->speaker, [M_NOTE] = r->note, [M_STATE] = r->state } };
}

enum err meeting_get(struct db *db, i64 id, struct meeting *ret)
{
	struct meeting_row row;
	str uais[64];
	size_t n = 0;
	try(meeting_by_id(db, id, &row));
	*ret = of_row(db_arena(db), &row);
	try(meeting_schools(db, id, &ret->schools));
	for (; n < ret->schools.n && n < lengthof(uais); n++)
		uais[n] = ret->schools.v[n].uai;
	ret->f[M_SCHOOLS] = str_join(db_arena(db), uais, n, S(" "));
	return OK;
}

enum err meeting_of(struct req *req, struct campaign *ret_campaign, struct meeting *ret)
{
	i64 id;
	try(campaign_of(req, ret_campaign));
	if (!str_i64(req_param(req, "reunion"), &id))
		return NOT_FOUND;
	try(meeting_get(req->db, id, ret));
	return ret->campaign_id == ret_campaign->id ? OK : NOT_FOUND;
}

str meeting_path(struct arena *a, const struct meeting *m, const char *rest)
{
	return str_printf(a, "/agent/campagnes/%lld/reunions/%lld%s", (long long)m->campaign_id, (long long)m->id, rest);
}

bool meeting_cancelled(const struct meeting *m) { return str_eq(m->f[M_STATE], S("cancelled")); }

static i64 days_to(const struct meeting *m)
{
	struct date d;
	return date_parse(m->f[M_DAY], &d) ? date_days(d) - date_days(today_paris()) : 0;
}

bool meeting_past(const struct meeting *m) { return days_to(m) < 0; }
bool meeting_begun(const struct meeting *m) { return days_to(m) <= 0; }

/* ---- writing ---- */

static const char *const codes[M_FIELDS] = { "day", "time", "place", "room", "capacity", "speaker", "note", "state", "schools" };

static i64 capacity_of(const struct meeting *m)
{
	i64 n;
	return str_i64(m->f[M_CAPACITY], &n) ? n : 0;
}

static enum err put_schools(struct db *db, const struct meeting *m)
{
	str rest = m->f[M_SCHOOLS], uai;
	try(meeting_schools_drop(db, m->id));
	while (rest.n && str_next(&rest, ' ', &uai))
		if (uai.n)
			try(meeting_school_put(db, m->id, uai));
	return OK;
}

static enum err write_down(struct db *db, const struct meeting *m, const char *action, str detail, i64 organisation_id, i64 user_id)
{
	return audit_write(db, &(struct audit){ .user_id = user_id, .organisation_id = organisation_id, .action = action, .object = "meeting", .object_id = m->id,
		.detail = detail });
}

/* What families were told of it is no longer so. */
static bool moved(const struct meeting *was, const struct meeting *m)
{
	static const enum meeting_field told[] = { M_DAY, M_TIME, M_PLACE, M_ROOM };
	for (size_t i = 0; i < lengthof(told); i++)
		if (!str_eq(was->f[told[i]], m->f[told[i]]))
			return true;
	return !m->f[M_PLACE].n && !str_eq(was->f[M_SCHOOLS], m->f[M_SCHOOLS]);
}

static enum err tell(struct db *db, const struct meeting *was, const struct meeting *m)
{
	bool off = meeting_cancelled(m), was_off = meeting_cancelled(was);
	if (off ? was_off : !was_off && !moved(was, m))
		return OK;
	if (meeting_past(m) && meeting_past(was))
		return OK;                       /* it is set right afterwards: nobody is to be told */
	try(meeting_guests_tell(db, m->id, off ? S("cancellation") : S("change")));
	try(meeting_guests_call(db, m->id));
	if (off)
		return meeting_guests_spare(db, m->id);
	return was_off ? meeting_guests_again(db, m->id) : OK;
}

static enum err put_pasts(struct db *db, const struct meeting *was, const struct meeting *m, i64 user_id)
{
	for (enum meeting_field f = 0; f < M_FIELDS; f++)
		if (!str_eq(was->f[f], m->f[f]))
			try(meeting_past_put(db, id_new(), m->id, str_c(codes[f]), was->f[f], m->f[f], now_ms(), user_id));
	return OK;
}

static enum err make(struct db *db, struct meeting *m, i64 organisation_id, i64 user_id)
{
	m->id = id_new();
	try(meeting_put(db, m->id, m->campaign_id, m->f[M_DAY], m->minute, m->f[M_PLACE], m->f[M_ROOM], capacity_of(m), m->f[M_SPEAKER], m->f[M_NOTE], now_ms()));
	try(put_schools(db, m));
	return write_down(db, m, "meeting.new", S(""), organisation_id, user_id);
}

enum err meeting_save(struct db *db, struct meeting *m, i64 organisation_id, i64 user_id)
{
	struct meeting was;
	if (!m->id)
		return make(db, m, organisation_id, user_id);
	try(meeting_get(db, m->id, &was));
	try(meeting_change(db, m->id, m->version, m->f[M_DAY], m->minute, m->f[M_PLACE], m->f[M_ROOM], capacity_of(m), m->f[M_SPEAKER], m->f[M_NOTE], m->f[M_STATE]));
	if (!db_changes(db))
		return CONFLICT;
	if (!str_eq(was.f[M_SCHOOLS], m->f[M_SCHOOLS]))
		try(put_schools(db, m));
	try(put_pasts(db, &was, m, user_id));
	try(tell(db, &was, m));
	bool off = meeting_cancelled(m) && !meeting_cancelled(&was);
	return write_down(db, m, off ? "meeting.cancel" : "meeting.change", S(""), organisation_id, user_id);
}

/* ---- steps of files ---- */

/* The file as it is now; of one that was joined to another, that one. */
static enum err file_now(struct db *db, i64 file_id, struct file *ret)
{
	try(file_get(db, file_id, ret));
	if (ret->state != FS_JOINED)
		return OK;
	enum err e = file_of_family(db, ret->campaign_id, ret->root, ret);
	return e == NOT_FOUND ? OK : e;
}

static str day_of_step(struct db *db, const struct meeting *m, const struct file *f)
{
	str today = date_iso(db_arena(db), today_paris()), day = str_cmp(m->f[M_DAY], today) < 0 ? m->f[M_DAY] : today;
	return str_cmp(day, f->since) < 0 ? f->since : day;
}

static enum err step(struct db *db, struct file *f, enum file_state to, str day, str reason, const struct file_doer *who)
{
	try(file_step_make(db, f, to, day, reason, who));
	return file_get(db, f->id, f);
}

enum err guest_invited(struct db *db, i64 file_id, const struct file_doer *who)
{
	struct file f;
	try(file_now(db, file_id, &f));
	return f.state == FS_CONTACTED ? file_step_make(db, &f, FS_INVITED, date_iso(db_arena(db), today_paris()), S(""), who) : OK;
}

/* Whoever is there has been reached, and knows: the steps between are made too. */
static enum err attended(struct db *db, const struct meeting *m, struct file *f, const struct file_doer *who)
{
	str day = day_of_step(db, m, f);
	if (f->state == FS_UNREACHABLE || f->state == FS_WITHDRAWN)
		try(step(db, f, FS_CONTACTED, day, S("found"), who));
	if (f->state == FS_IDENTIFIED)
		try(step(db, f, FS_CONTACTED, day, S(""), who));
	if (f->state == FS_CONTACTED)
		try(step(db, f, FS_INVITED, day, S(""), who));
	return f->state == FS_INVITED ? step(db, f, FS_ATTENDED, day, S(""), who) : OK;
}

enum err guest_came(struct db *db, const struct meeting *m, const struct meeting_guest_row *g, const char *came, const struct file_doer *who)
{
	struct file f;
	if (str_eq(g->came, str_c(came)))
		return OK;
	try(file_now(db, g->file_id, &f));
	if (!strcmp(came, "yes"))
		try(attended(db, m, &f, who));
	else if (str_eq(g->came, S("yes")) && f.state == FS_ATTENDED)
		try(file_step_undo(db, &f, FS_ATTENDED, S("mistake"), who));
	else if (str_eq(g->came, S("yes")) && f.state > FS_ATTENDED && f.state < FS_UNREACHABLE)
		return INVALID;                  /* it was decided since on the ground that they came */
	return meeting_guest_came(db, g->id, str_c(came));
}
