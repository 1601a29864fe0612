/* What is written to families about a meeting, away from requests and some at a time: a process that dies goes on where it was, for who was
 * written to is noted in the transaction that queues the message, and that makes the step of the file. */
#include "base/utf8.h"
#include "files/files.h"
#include "meetings/pages.h"

#define WRITE_MOST 10                            /* a turn: others wait to leave */
#define REMIND_DAYS 2
#define SETTLED_MS ((i64)24 * 3600 * 1000)       /* who was invited less than a day ago needs no reminder */
#define VALUES 7

/* ---- words ---- */

static const str *values_of(struct arena *a, const struct city *city, const struct meeting *m, const struct said *said, enum lang lang, size_t most)
{
	struct view view = { .a = a, .city = city, .lang = lang, .said = said }, *v = &view;
	str *values = arena_many(a, str, VALUES), phone = phone_grouped(a, city->help_phone);
	str school = m->schools.n ? m->schools.v[0].name : S("");
	struct date d;
	values[0] = meeting_when(v, m->f[M_DAY], m->minute);
	values[1] = meeting_where(v, m);
	values[2] = m->f[M_SPEAKER].n ? m->f[M_SPEAKER] : city->name;
	values[3] = phone.n ? _f("Dites-nous si vous venez : appelez le {1}.", phone) : _("Dites à l’école si vous venez.");
	values[4] = date_parse(m->f[M_DAY], &d) ? day_at_shown(v, day_without_year(v, d), clock_shown(v, (int)m->minute)) : S("");
	values[5] = utf8_words(a, meeting_where_short(m->f[M_PLACE], school), most);
	values[6] = phone.n ? _f("Venez-vous ? Appelez le {1}.", phone) : _("Dites à l’école si vous venez.");
	return values;
}

void meeting_message(struct arena *a, const struct city *city, const struct meeting *m, const struct said *said, const char *what, enum msg_channel channel,
                     enum lang lang, struct msg *ret)
{
	static const size_t mosts[] = { 60, 40, 25, 12 };
	struct msg_text text = { .parts = 0 };
	*ret = (struct msg){ .channel = channel, .to = S(""), .lang = lang, .n_values = VALUES, .template = str_printf(a, "meeting-%s", what).p, .said = said };
	for (size_t i = 0; i < lengthof(mosts) && !text.parts; i++) {
		ret->values = values_of(a, city, m, said, lang, mosts[i]);
		msg_preview(a, city, ret, &text);
	}
	if (channel != MSG_SMS && (lang == LANG_EN || lang == LANG_AR))
		ret->french = values_of(a, city, m, said, LANG_FR, mosts[0]);
}

/* ---- one ---- */

struct writing {
	const struct meeting_letter *row;
	bool ready, step;
	struct file file;
	struct file_doer who;
	str channel;
	struct opt_i64 invited, reminded;
	struct msg_ready message;
};

static enum err write_tx(struct db *db, void *arg)
{
	const struct writing *w = arg;
	struct opt_i64 id = { w->message.id, w->ready };
	try(meeting_guest_written(db, w->row->id, w->row->to_write, w->channel, id, w->invited, w->reminded));
	if (!db_changes(db))
		return OK;                       /* it was told otherwise a moment ago */
	if (w->step)
		try(file_step_make(db, &w->file, FS_INVITED, date_iso(db_arena(db), today_paris()), S(""), &w->who));
	return w->ready ? msg_queue(db, &w->message) : OK;
}

/* Whether it still makes sense, the file being where it is. */
static bool still(const struct writing *w)
{
	return w->file.state == FS_CONTACTED || w->file.state == FS_INVITED;
}

static enum err write_message(const struct vault_asker *vault, const struct city *city, const struct meeting *m, const struct said *said,
                              const struct household *h, struct writing *w)
{
	struct arena *a = vault->a;
	struct reaching r = family_reached(a, city, h);
	struct msg like;
	w->channel = S("none");
	if (!r.any)
		return OK;                       /* somebody telephones */
	meeting_message(a, city, m, said, str_z(a, w->row->to_write), r.channel, lang_of_family(r.language), &like);
	str key = str_printf(a, "meeting:%lld:%.*s:%.*s:%lld", (long long)w->row->id, STR_ARG(w->row->to_write), STR_ARG(m->f[M_DAY]),
		(long long)(str_eq(w->row->to_write, S("change")) || str_eq(w->row->to_write, S("cancellation")) ? m->version : 0));
	try(family_write(vault, city, &r, &like, key, &w->message, &w->ready));
	if (w->ready)
		w->channel = str_c(msg_channel_name(r.channel));
	return OK;
}

static enum err write_one(struct db *db, const struct vault_asker *vault, const struct city *city, const struct meeting_letter *row)
{
	struct writing w = { .row = row, .channel = S("") };
	struct meeting m;
	struct household h;
	i64 now = now_ms();
	bool first = str_eq(row->to_write, S("invitation")), reminder = str_eq(row->to_write, S("reminder"));
	try(meeting_get(db, row->meeting_id, &m));
	try(file_get(db, row->file_id, &w.file));
	struct campaign c;
	try(campaign_get(db, m.campaign_id, &c));
	w.who = (struct file_doer){ row->user_id, c.organisation_id };
	w.reminded = (struct opt_i64){ now, reminder };
	if (!first)
		w.channel = row->channel;
	if (!still(&w))
		return db_tx(db, write_tx, &w);
	enum err e = family_to_write(db, vault, w.file.root, "invitation to a meeting", &h);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == OK)
		try(write_message(vault, city, &m, campaign_said(c.f[C_NAMED]), &h, &w));
	else
		w.channel = S("none");
	w.invited = (struct opt_i64){ now, w.ready };
	w.step = first && w.ready && w.file.state == FS_CONTACTED;
	e = db_tx(db, write_tx, &w);
	return e == CONFLICT ? OK : e;           /* the file has just changed: in the next turn */
}

/* ---- those to remind ---- */

struct reminding { str today, until; i64 before; };

static enum err remind_tx(struct db *db, void *arg)
{
	const struct reminding *r = arg;
	return meeting_reminders_mark(db, r->today, r->until, r->before);
}

static enum err remind(struct db *db, struct arena *a)
{
	i64 n = 0, today = date_days(today_paris());
	struct reminding r = { date_iso(a, date_of_days(today)), date_iso(a, date_of_days(today + REMIND_DAYS)), now_ms() - SETTLED_MS };
	if (!family_day_now())
		return OK;
	try(meeting_reminders_due(db, r.today, r.until, r.before, &n));
	return n ? db_tx(db, remind_tx, &r) : OK;
}

enum err meetings_write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n)
{
	struct meeting_letter_list rows;
	*ret_n = 0;
	try(remind(db, vault->a));
	try(meetings_to_write(db, WRITE_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(write_one(db, vault, city, &rows.v[i]));
	*ret_n = (i64)rows.n;
	return OK;
}
