/* What is written to families about a meeting, away from requests and some at a time: a process that dies goes on where it was, for who was
 * written to is noted in the transaction that queues the message, and that makes the step of the file. */
#include "base/utf8.h"
#include "files/files.h"
#include "meetings/pages.h"

#define WRITE_MOST 10                            /* a turn: others wait to leave */
#define REMIND_DAYS 2
#define SETTLED_MS ((i64)24 * 3600 * 1000)       /* who was invited less than a day ago needs no reminder */
#define MORNING_H 9
#define EVENING_H 20
#define VALUES 7

/* ---- words ---- */

enum lang lang_of_family(str language)
{
	if (str_eq(language, S("ar")))
		return LANG_AR;
	if (str_eq(language, S("en")))
		return LANG_EN;
	return !language.n || str_eq(language, S("fr")) ? LANG_FR : LANG_SIMPLE;
}

/* "lundi 14 décembre à 18 h": an SMS needs no year. */
static str short_when(const struct view *v, const struct meeting *m)
{
	struct date d;
	if (!date_parse(m->f[M_DAY], &d))
		return S("");
	str day = day_shown(v, d), year = str_printf(v->a, " %d", d.y);
	if (str_ends(day, year))
		day = str_slice(day, 0, day.n - year.n);
	return _f("{1} à {2}", day, meeting_hour(v, m->minute));
}

/* At most so many signs, cut between words. */
static str cut(struct arena *a, str text, size_t most)
{
	struct buf b = buf_new(a, text.n + 1);
	size_t used = 0;
	if (utf8_length(text) <= most)
		return text;
	for (str word; text.n && str_next(&text, ' ', &word) && used + 1 + utf8_length(word) <= most; used += 1 + utf8_length(word))
		buf_printf(&b, "%s%.*s", b.n ? " " : "", STR_ARG(word));
	return buf_str(&b);
}

static const str *values_of(struct arena *a, const struct city *city, const struct meeting *m, enum lang lang, size_t most)
{
	struct view view = { .a = a, .city = city, .lang = lang }, *v = &view;
	str *values = arena_many(a, str, VALUES), phone = phone_grouped(a, city->help_phone);
	str school = m->schools.n ? m->schools.v[0].name : S("");
	values[0] = meeting_when(v, m->f[M_DAY], m->minute);
	values[1] = meeting_where(v, m);
	values[2] = m->f[M_SPEAKER].n ? m->f[M_SPEAKER] : city->name;
	values[3] = phone.n ? _f("Dites-nous si vous venez : appelez le {1}.", phone) : _("Dites à l’école si vous venez.");
	values[4] = short_when(v, m);
	values[5] = cut(a, meeting_where_short(m->f[M_PLACE], school), most);
	values[6] = phone.n ? _f("Venez-vous ? Appelez le {1}.", phone) : _("Dites à l’école si vous venez.");
	return values;
}

void meeting_message(struct arena *a, const struct city *city, const struct meeting *m, const char *what, enum msg_channel channel, enum lang lang,
                     struct msg *ret)
{
	static const size_t mosts[] = { 60, 40, 25, 12 };
	struct msg_text text = { .parts = 0 };
	*ret = (struct msg){ .channel = channel, .to = S(""), .lang = lang, .n_values = VALUES, .template = str_printf(a, "meeting-%s", what).p };
	for (size_t i = 0; i < lengthof(mosts) && !text.parts; i++) {
		ret->values = values_of(a, city, m, lang, mosts[i]);
		msg_preview(a, city, ret, &text);
	}
	if (channel != MSG_SMS && (lang == LANG_EN || lang == LANG_AR))
		ret->french = values_of(a, city, m, LANG_FR, mosts[0]);
}

/* ---- how a family is reached ---- */

/* Where the postal code begins; the length when there is none. */
static size_t postal_code_at(str address)
{
	size_t digits = 0;
	for (size_t i = 0; i <= address.n; i++) {
		bool digit = i < address.n && address.p[i] >= '0' && address.p[i] <= '9';
		if (!digit && digits == 5)
			return i - 5;
		digits = digit ? digits + 1 : 0;
	}
	return address.n;
}

static str envelope(struct arena *a, const struct city *city, str name, str address)
{
	struct buf b = buf_new(a, 2000);
	size_t at = postal_code_at(address), lines = msg_envelope_put(&b, name, 2);
	str street = str_trim(str_slice(address, 0, at)), town = at < address.n ? str_slice(address, at, address.n) : city->name;
	while (street.n && street.p[street.n - 1] == ',')
		street = str_trim(str_slice(street, 0, street.n - 1));
	msg_envelope_put(&b, street, MSG_LETTER_LINES - 1 - lines);
	msg_envelope_put(&b, town, 1);
	return msg_address(a, MSG_LETTER, buf_str(&b));
}

static bool liked(struct arena *a, const struct person *p, str letter, struct reaching *ret)
{
	str to = { 0 };
	if (str_eq(p->channel, S("sms"))) {
		to = msg_address(a, MSG_SMS, p->phone);
		ret->channel = MSG_SMS;
	} else if (str_eq(p->channel, S("mail"))) {
		to = msg_address(a, MSG_MAIL, p->mail);
		ret->channel = MSG_MAIL;
	} else if (str_eq(p->channel, S("letter"))) {
		to = letter;
		ret->channel = MSG_LETTER;
	}
	ret->any = to.n > 0;
	ret->to = to;
	ret->language = p->language;
	return ret->any;
}

static str of_name(struct arena *a, const struct person *p)
{
	return str_trim(str_printf(a, "%.*s %.*s", STR_ARG(p->given), STR_ARG(p->family)));
}

struct reaching family_reached(struct arena *a, const struct city *city, const struct household *h)
{
	struct reaching r = { .to = { 0 }, .language = S("") };
	str mail = { 0 }, name = household_name(a, h), language = S("");
	for (size_t i = h->n; i-- > 0;) {
		const struct person *p = &h->persons[i];
		if (p->child)
			continue;
		mail = !p->channel.n && p->mail.n ? msg_address(a, MSG_MAIL, p->mail) : mail;
		language = p->language.n ? p->language : language;
		name = of_name(a, p);
	}
	str letter = h->address.n ? envelope(a, city, name, h->address) : (str){ 0 };
	for (size_t i = 0; i < h->n; i++)
		if (!h->persons[i].child && liked(a, &h->persons[i], letter, &r))
			return r;
	return (struct reaching){ .any = letter.n || mail.n, .channel = letter.n ? MSG_LETTER : MSG_MAIL, .to = letter.n ? letter : mail, .language = language };
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
	if (str_eq(w->row->to_write, S("invitation")))
		return w->file.state == FS_CONTACTED || w->file.state == FS_INVITED;
	return w->file.state == FS_INVITED || w->file.state == FS_CONTACTED;
}

/* Telephones ring by day only. */
static i64 not_before(enum msg_channel channel)
{
	struct civil now = paris_of_ms(now_ms());
	int wait = now.hh >= EVENING_H ? 24 + MORNING_H - now.hh : now.hh < MORNING_H ? MORNING_H - now.hh : 0;
	return channel == MSG_SMS && wait ? now_ms() + (i64)(wait * 60 - now.mm) * 60000 : 0;
}

static enum err write_message(const struct vault_asker *vault, const struct city *city, const struct meeting *m, const struct household *h, struct writing *w)
{
	struct arena *a = vault->a;
	struct reaching r = family_reached(a, city, h);
	struct msg like;
	w->channel = S("none");
	if (!r.any)
		return OK;                       /* somebody telephones */
	meeting_message(a, city, m, str_z(a, w->row->to_write), r.channel, lang_of_family(r.language), &like);
	like.to = r.to;
	like.not_before = not_before(r.channel);
	like.key = str_printf(a, "meeting:%lld:%.*s:%.*s:%lld", (long long)w->row->id, STR_ARG(w->row->to_write), STR_ARG(m->f[M_DAY]),
		(long long)(str_eq(w->row->to_write, S("change")) || str_eq(w->row->to_write, S("cancellation")) ? m->version : 0));
	enum err e = msg_write(vault, city, &like, &w->message);
	if (e != OK)
		return e == INVALID ? OK : e;
	w->ready = true;
	w->channel = str_c(msg_channel_name(r.channel));
	return OK;
}

static enum err open_family(struct db *db, const struct vault_asker *vault, i64 root, struct household *h)
{
	try(household_get(db, root, h));
	if (h->erased)
		return NOT_FOUND;
	enum err e = household_open(vault, S("invitation to a meeting"), &(struct household *const){ h }, 1);
	return e == FORBIDDEN ? BUSY : e;        /* the minute's openings are spent: in the next */
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
	enum err e = open_family(db, vault, w.file.root, &h);
	if (e != OK && e != NOT_FOUND && e != INVALID)
		return e;
	if (e == OK)
		try(write_message(vault, city, &m, &h, &w));
	else
		w.channel = S("none");           /* nobody can read it: it would stand in the way of the others */
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
	int hour = paris_of_ms(now_ms()).hh;
	if (hour < MORNING_H || hour >= EVENING_H)
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
