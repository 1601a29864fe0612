/* See notice.h. Written away from requests, some at a time: a process that dies goes on where it was, for what a family was told is noted in the
 * transaction that queues the message. */
#include "handover/notice.h"

#include "base/phone.h"
#include "base/utf8.h"
#include "files/files.h"
#include "handover/pages.h"

#define WRITE_MOST 10                            /* a turn: others wait to leave */
#define REMIND_DAYS 2
#define SETTLED_MS ((i64)24 * 3600 * 1000)       /* who was told less than a day ago needs no reminder */
#define VALUES 6

enum notice notice_next(const struct notice_now *n)
{
	bool comes = n->day_id && !n->cancelled, knows = str_eq(n->told, S("coming"));
	if (!n->told.n)
		return comes ? N_INVITATION : N_NOTHING;
	if (!comes)
		return knows ? N_CANCELLATION : N_NOTHING;
	if (!knows || n->told_day_id != n->day_id || n->told_slot != n->slot)
		return N_CHANGE;
	return n->near ? N_REMINDER : N_NOTHING;
}

/* ---- on a page ---- */

static i64 or_none(struct opt_i64 v) { return v.set ? v.v : 0; }

struct notice_state notice_state_of(const struct handover_day_row *d, const struct handover_notice_row *r)
{
	bool here = r->booked_day.set && r->booked_day.v == d->id;
	struct notice_now n = { .day_id = or_none(r->booked_day), .slot = or_none(r->slot), .told_day_id = or_none(r->told_day_id),
		.told_slot = or_none(r->told_slot), .told = r->told.p ? r->told : S(""), .cancelled = here && d->cancelled };
	struct notice_state s = { .asked = r->told.p != NULL, .waits = r->due_at.set, .failed = family_told_failed(r->message), .due = notice_next(&n) };
	bool open = str_eq(r->file_state, str_c(file_states[FS_ALLOCATED].code));
	s.to_call = open && s.asked && !s.waits && (s.failed || s.due != N_NOTHING);
	return s;
}

/* ---- words ---- */

static const str *values_of(struct arena *a, const struct city *city, const struct handover_day_row *d, i64 slot, const struct said *said, enum lang lang,
                            size_t most)
{
	struct view view = { .a = a, .city = city, .lang = lang, .said = said }, *v = &view;
	str *values = arena_many(a, str, VALUES), phone = phone_grouped(a, city->help_phone), hour = slot_words(v, d, slot);
	struct date day = { 0, 0, 0 };
	(void)date_parse(d->day, &day);
	values[0] = _f("{1}, {2}", day_shown(v, day), hour);
	values[1] = d->place;
	values[2] = phone.n ? _f("Vous ne pouvez pas venir ? Appelez le {1}.", phone) : _("Vous ne pouvez pas venir ? Dites-le à l’école.");
	values[3] = _f("{1}, {2}", day_without_year(v, day), hour);
	values[4] = utf8_words(a, d->place, most);
	values[5] = phone.n ? _f("Sinon, appelez le {1}.", phone) : _("Sinon, dites-le à l’école.");
	return values;
}

void notice_message(struct arena *a, const struct city *city, const struct handover_day_row *d, i64 slot, const struct said *said, enum notice what,
                    enum msg_channel channel, enum lang lang, struct msg *ret)
{
	static const size_t mosts[] = { 60, 40, 25, 12 };
	static const char *const names[] = { [N_NOTHING] = "handover-invitation", [N_INVITATION] = "handover-invitation", [N_REMINDER] = "handover-reminder",
		[N_CHANGE] = "handover-change", [N_CANCELLATION] = "handover-cancellation" };
	struct msg_text text = { .parts = 0 };
	*ret = (struct msg){ .channel = channel, .to = S(""), .lang = lang, .n_values = VALUES, .template = names[what], .said = said };
	for (size_t i = 0; i < lengthof(mosts) && !text.parts; i++) {
		ret->values = values_of(a, city, d, slot, said, lang, mosts[i]);
		msg_preview(a, city, ret, &text);
	}
	if (channel != MSG_SMS && (lang == LANG_EN || lang == LANG_AR))
		ret->french = values_of(a, city, d, slot, said, LANG_FR, mosts[0]);
}

/* ---- one ---- */

struct writing {
	i64 file_id;
	struct handover_notice_one n;
	struct handover_day_row day;             /* what the message is about */
	i64 slot;
	enum notice what;
	bool ready;
	str channel;
	struct msg_ready message;
};

/* What there is to say: N_NOTHING also when it makes no sense any more. */
static enum err look(struct db *db, i64 file_id, struct writing *w, struct file *f)
{
	struct handover_booked_row b = { .day_id = 0 };
	struct date day;
	i64 today = date_days(today_paris());
	*w = (struct writing){ .file_id = file_id, .channel = S("none") };
	try(handover_notice_of(db, file_id, &w->n));
	try(file_get(db, file_id, f));
	enum err e = handover_booking_of(db, file_id, &b);
	if (e != OK && e != NOT_FOUND)
		return e;
	struct notice_now now = { .day_id = b.day_id, .slot = b.slot, .told_day_id = or_none(w->n.told_day_id), .told_slot = or_none(w->n.told_slot),
		.told = w->n.told, .cancelled = b.cancelled != 0 };
	now.near = b.day_id && date_parse(b.day, &day) && date_days(day) > today && date_days(day) <= today + REMIND_DAYS && !w->n.reminded_at.set
		&& w->n.told_at.set && w->n.told_at.v < now_ms() - SETTLED_MS;
	w->what = f->state == FS_ALLOCATED ? notice_next(&now) : N_NOTHING;
	w->slot = w->what == N_CANCELLATION ? now.told_slot : b.slot;
	if (w->what == N_NOTHING)
		return OK;
	try(handover_day_by_id(db, w->what == N_CANCELLATION ? now.told_day_id : b.day_id, &w->day));
	if (!date_parse(w->day.day, &day) || date_days(day) < today)
		w->what = N_NOTHING;
	return OK;
}

static enum err note_told(struct db *db, const struct writing *w)
{
	i64 now = now_ms();
	bool said = w->ready || str_eq(w->channel, S("phone")), reminder = w->what == N_REMINDER;
	str told = !said ? w->n.told : w->what == N_CANCELLATION ? S("off") : S("coming");
	struct opt_i64 day = said ? (struct opt_i64){ w->day.id, true } : w->n.told_day_id, slot = said ? (struct opt_i64){ w->slot, true } : w->n.told_slot;
	return handover_notice_told(db, w->file_id, w->n.turn, told, day, slot, w->channel, (struct opt_i64){ w->message.id, w->ready },
		said && !reminder ? (struct opt_i64){ now, true } : w->n.told_at, (struct opt_i64){ now, reminder });
}

static enum err write_tx(struct db *db, void *arg)
{
	const struct writing *w = arg;
	if (w->what == N_NOTHING)
		return handover_notice_rest(db, w->file_id, w->n.turn);
	try(note_told(db, w));
	return db_changes(db) && w->ready ? msg_queue(db, &w->message) : OK;     /* else its booking has changed a moment ago: in the next turn */
}

static enum err write_message(const struct vault_asker *vault, const struct city *city, const struct household *h, const struct said *said,
                              struct writing *w)
{
	struct reaching r = family_reached(vault->a, city, h);
	struct msg like;
	if (!r.any)
		return OK;                       /* somebody telephones */
	notice_message(vault->a, city, &w->day, w->slot, said, w->what, r.channel, lang_of_family(r.language), &like);
	str key = str_printf(vault->a, "handover:%lld:%lld", (long long)w->file_id, (long long)w->n.turn);
	try(family_write(vault, city, &r, &like, key, &w->message, &w->ready));
	if (w->ready)
		w->channel = str_c(msg_channel_name(r.channel));
	return OK;
}

static enum err write_one(struct db *db, const struct vault_asker *vault, const struct city *city, i64 file_id)
{
	struct writing w;
	struct file f;
	struct household h;
	struct campaign c;
	try(look(db, file_id, &w, &f));
	if (w.what == N_NOTHING)
		return db_tx(db, write_tx, &w);
	enum err e = family_to_write(db, vault, f.root, "invitation to a handover day", &h);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == OK) {
		try(campaign_get(db, f.campaign_id, &c));
		try(write_message(vault, city, &h, campaign_said(c.f[C_NAMED]), &w));
	}
	return db_tx(db, write_tx, &w);
}

/* ---- those to remind ---- */

struct reminding { str today, until; i64 before; };

static enum err remind_tx(struct db *db, void *arg)
{
	const struct reminding *r = arg;
	return handover_reminders_mark(db, r->today, r->until, r->before, now_ms());
}

static enum err remind(struct db *db, struct arena *a)
{
	i64 n = 0, today = date_days(today_paris());
	struct reminding r = { date_iso(a, date_of_days(today)), date_iso(a, date_of_days(today + REMIND_DAYS)), now_ms() - SETTLED_MS };
	if (!family_day_now())
		return OK;
	try(handover_reminders_due(db, r.today, r.until, r.before, &n));
	return n ? db_tx(db, remind_tx, &r) : OK;
}

enum err handover_write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n)
{
	struct handover_notice_due_row_list rows;
	*ret_n = 0;
	try(remind(db, vault->a));
	try(handover_notices_due(db, now_ms(), WRITE_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(write_one(db, vault, city, rows.v[i].file_id));
	*ret_n = (i64)rows.n;
	return OK;
}

enum err notice_told_otherwise(struct db *db, i64 file_id, i64 user_id)
{
	struct writing w;
	struct file f;
	try(handover_notice_put(db, file_id, (struct opt_i64){ 0 }, user_id, now_ms()));
	try(look(db, file_id, &w, &f));
	if (w.what == N_NOTHING && w.n.told_day_id.set && family_told_failed(w.n.message)) {       /* what had not arrived */
		w.what = str_eq(w.n.told, S("off")) ? N_CANCELLATION : N_CHANGE;
		w.day.id = w.n.told_day_id.v;
		w.slot = w.n.told_slot.v;
	}
	if (w.what == N_NOTHING)
		return OK;
	w.channel = S("phone");
	return note_told(db, &w);
}
