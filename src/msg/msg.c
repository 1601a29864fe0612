/* Writing and queuing messages; see msg.h. */
#include "msg/msg.h"

#include "base/phone.h"
#include "base/timex.h"
#include "base/utf8.h"
#include "db/id.h"
#include "html/format.h"
#include "msg/msg_sql.h"
#include "msg/sms.h"

#define BODY_MAX 20000                           /* what a vault's message takes, with room to spare */
#define MAIL_ADDRESS_MAX 254                     /* RFC 5321 */

const char *msg_channel_name(enum msg_channel c)
{
	static const char *const names[MSG_CHANNELS] = { "mail", "sms", "letter" };
	return names[c];
}

/* ---- who it is for ---- */

/* ASCII, one @ with something on both sides, no sign that means something to a mail server. */
static bool mail_fits(str s)
{
	ptrdiff_t at = str_find_byte(s, '@');
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] <= 32 || (u8)s.p[i] > 126 || strchr("<>\"\\,;:()[]", s.p[i]))
			return false;
	return at > 0 && (size_t)at + 1 < s.n && s.n <= MAIL_ADDRESS_MAX && str_find_byte(str_slice(s, (size_t)at + 1, s.n), '@') < 0;
}

size_t msg_envelope_put(struct buf *b, str text, size_t most)
{
	size_t lines = 0, used = 0;
	text = str_trim(str_replace(b->a, text, S("\n"), S(" ")));
	for (str word; text.n && str_next(&text, ' ', &word);) {
		word = utf8_prefix(word, MSG_LETTER_SIGNS);
		size_t signs = utf8_length(word);
		if (!word.n)
			continue;
		bool fits = used && used + 1 + signs <= MSG_LETTER_SIGNS;
		if (!fits && lines == most)
			break;
		if (!fits)
			lines++;
		buf_printf(b, "%s%.*s", fits ? " " : b->n ? "\n" : "", STR_ARG(word));
		used = fits ? used + 1 + signs : signs;
	}
	return lines;
}

/* Its lines, without what is around them; absent when there are too few, too many, or one too long for the window. */
static str postal(struct arena *a, str typed)
{
	struct buf b = buf_new(a, typed.n + 1);
	int lines = 0;
	bool fits = utf8_valid(typed);
	for (str line; str_next(&typed, '\n', &line);) {
		line = str_trim(line);
		if (!line.n)
			continue;
		fits = fits && utf8_length(line) <= MSG_LETTER_SIGNS;
		if (lines++)
			buf_byte(&b, '\n');
		buf_put(&b, line);
	}
	return fits && lines >= 2 && lines <= MSG_LETTER_LINES ? buf_str(&b) : (str){ 0 };
}

str msg_address(struct arena *a, enum msg_channel channel, str typed)
{
	str s = str_copy(a, str_trim(typed));
	struct phone phone;
	if (channel == MSG_SMS)
		return phone_read(s, &phone) == PHONE_OK ? str_copy(a, str_c(phone.e164)) : (str){ 0 };
	if (channel == MSG_LETTER)
		return postal(a, s);
	return mail_fits(s) ? s : (str){ 0 };
}

/* Addresses are compared without their capitals. */
enum err msg_index(const struct vault_asker *vault, enum msg_channel channel, str address, str *ret)
{
	struct vault_item item = { str_printf(vault->a, "outbox:%s", msg_channel_name(channel)), str_lower(vault->a, address) };
	return vault_index_as(vault, &item, 1, ret);
}

/* ---- its words ---- */

/* In Arabic, a value keeps its own direction; a link is left bare, for programs take what stands beside it into it. */
static const str *isolated(struct arena *a, enum lang lang, const str *values, size_t n)
{
	str *v = arena_many(a, str, MSG_VALUES_MAX);
	for (size_t i = 0; i < n; i++) {
		bool bare = lang != LANG_AR || str_starts(values[i], S("http"));
		v[i] = bare ? values[i] : str_printf(a, "\u2068%.*s\u2069", STR_ARG(values[i]));
	}
	return v;
}

/* Who writes, how to answer, how to be left in peace: what closes every e-mail. */
static void put_closing(struct buf *b, const struct city *city, enum lang lang)
{
	str name = city->name, phone = phone_grouped(b->a, city->help_phone);
	if (lang == LANG_AR)
		phone = str_printf(b->a, "\u2068%.*s\u2069", STR_ARG(phone));
	buf_put(b, fmt(b->a, tr(lang, N_("{1}, plan numérique")), &name, 1));
	buf_byte(b, '\n');
	if (city->help_phone.n) {
		buf_put(b, fmt(b->a, tr(lang, N_("Une question ? Appelez le {1}.")), &phone, 1));
		buf_byte(b, '\n');
		buf_put(b, tr(lang, N_("Pour ne plus recevoir de messages, dites-le à ce numéro.")));
		buf_byte(b, '\n');
	}
	buf_put(b, tr(lang, N_("Ce message est automatique : personne ne lit les réponses.")));
	buf_byte(b, '\n');
}

/* A text of the template as this message says it. */
static str words_of(const struct msg *m, enum lang lang, const char *msgid)
{
	return tr_here(&(struct view){ .lang = lang, .said = m->said }, msgid);
}

/* "Nantes, le 25 novembre 2026": what opens a letter. */
static void put_date(struct buf *b, const struct city *city, enum lang lang)
{
	struct view v = { .a = b->a, .lang = lang, .city = city };
	const str parts[] = { city->name, date_shown(&v, today_paris()) };
	buf_put(b, fmt(b->a, tr(lang, N_("{1}, le {2}")), parts, lengthof(parts)));
	buf_put(b, S("\n\n"));
}

static void put_paragraphs(struct buf *b, const struct msg *m, const struct msg_template *t, enum lang lang, const str *values)
{
	const str *shown = isolated(b->a, lang, values, t->values);
	for (size_t i = 0; i < MSG_PARAGRAPHS && t->paragraph[i]; i++) {
		buf_put(b, fmt(b->a, words_of(m, lang, t->paragraph[i]), shown, t->values));
		buf_put(b, S("\n\n"));
	}
}

static str body_of(struct arena *a, const struct city *city, const struct msg *m, const struct msg_template *t, bool *ret_fits)
{
	struct buf b = buf_new(a, BODY_MAX);
	if (m->channel == MSG_LETTER)
		put_date(&b, city, m->french ? LANG_FR : m->lang);
	put_paragraphs(&b, m, t, m->lang, m->values);
	if (m->french) {
		buf_put(&b, S("* * *\n\n"));
		put_paragraphs(&b, m, t, LANG_FR, m->french);
	}
	if (m->channel == MSG_MAIL) {
		buf_put(&b, S("-- \n"));
		put_closing(&b, city, m->lang);
		if (m->french)
			put_closing(&b, city, LANG_FR);
	}
	*ret_fits = !b.full && utf8_valid(buf_str(&b));
	return buf_str(&b);
}

static str subject_of(struct arena *a, const struct msg *m, const struct msg_template *t)
{
	str own = fmt(a, words_of(m, m->lang, t->subject), m->values, m->n_values);
	const char *between = m->channel == MSG_LETTER ? "\n" : " / ";
	return m->french ? str_printf(a, "%.*s%s%.*s", STR_ARG(own), between, STR_ARG(fmt(a, words_of(m, LANG_FR, t->subject), m->french, m->n_values))) : own;
}

/* Without isolates, which would be paid for. */
static str sms_of(struct arena *a, const struct city *city, const struct msg *m, const struct msg_template *t, i64 *ret_parts)
{
	str text = fmt(a, words_of(m, m->lang, t->sms), m->values, m->n_values);
	str whole = sms_plain(a, str_printf(a, "%.*s : %.*s", STR_ARG(city->name), STR_ARG(text)));
	struct sms_size size = sms_measure(whole);
	*ret_parts = utf8_valid(whole) && size.segments <= (size.ucs2 ? MSG_SMS_UCS2_SEGMENTS : MSG_SMS_GSM_SEGMENTS) ? size.segments : 0;
	return whole;
}

/* ---- sealing, queuing ---- */

static enum err seal(const struct vault_asker *vault, str to, str subject, str body, str leave, struct msg_ready *r)
{
	const struct vault_item items[] = {
		{ str_printf(vault->a, "outbox:recipient:%lld", (long long)r->id), to },
		{ str_printf(vault->a, "outbox:subject:%lld", (long long)r->id), subject },
		{ str_printf(vault->a, "outbox:body:%lld", (long long)r->id), body },
		{ str_printf(vault->a, "outbox:leave:%lld", (long long)r->id), leave },
	};
	str sealed[lengthof(items)];
	try(vault_seal_as(vault, items, lengthof(items) - (leave.n ? 0 : 1), sealed));
	r->recipient_enc = sealed[0];
	r->subject_enc = sealed[1];
	r->body_enc = sealed[2];
	r->leave_enc = leave.n ? sealed[3] : (str){ 0 };
	return OK;
}

enum err msg_write(const struct vault_asker *vault, const struct city *city, const struct msg *m, struct msg_ready *ret)
{
	struct arena *a = vault->a;
	const struct msg_template *t = msg_template(str_c(m->template));
	assert(t && t->values == m->n_values && m->key.n && m->key.n <= MSG_KEY_MAX);
	assert(m->channel != MSG_SMS || t->sms);
	bool fits = false;
	i64 parts = 1;
	str to = msg_address(a, m->channel, m->to);
	str subject = subject_of(a, m, t);
	str body = m->channel == MSG_SMS ? sms_of(a, city, m, t, &parts) : body_of(a, city, m, t, &fits);
	if (!to.p || !(m->channel == MSG_SMS ? parts > 0 : fits))
		return INVALID;
	*ret = (struct msg_ready){ .id = id_new(), .key = m->key, .channel = str_c(msg_channel_name(m->channel)), .template = str_c(t->name),
		.state = city->demo ? S("demo") : S("waiting"), .parts = parts, .not_before = m->not_before };
	try(msg_index(vault, m->channel, to, &ret->recipient_index));
	return seal(vault, to, subject, body, m->leave, ret);
}

void msg_preview(struct arena *a, const struct city *city, const struct msg *m, struct msg_text *ret)
{
	const struct msg_template *t = msg_template(str_c(m->template));
	bool fits = true;
	assert(t && t->values == m->n_values && (m->channel != MSG_SMS || t->sms));
	*ret = (struct msg_text){ .subject = subject_of(a, m, t), .parts = 1 };
	ret->body = m->channel == MSG_SMS ? sms_of(a, city, m, t, &ret->parts) : body_of(a, city, m, t, &fits);
}

enum err msg_queue(struct db *db, const struct msg_ready *m)
{
	i64 stopped = 0, now = now_ms();
	try(msg_stopped(db, m->channel, m->recipient_index, &stopped));
	str nothing = { 0 };
	return msg_put(db, m->id, m->key, m->channel, m->template, m->recipient_index, m->recipient_enc, stopped ? nothing : m->subject_enc,
	               stopped ? nothing : m->body_enc, stopped ? nothing : m->leave_enc, m->parts, stopped ? S("stopped") : m->state,
	               m->not_before > now ? m->not_before : now, now);
}

enum err msg_withdraw(struct db *db, enum msg_channel channel, str index, const char *template)
{
	return msg_withdraw_all(db, str_c(msg_channel_name(channel)), index, str_c(template), now_ms());
}
