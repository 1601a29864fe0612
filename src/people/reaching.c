/* See reaching.h. */
#include "base/timex.h"
#include "html/format.h"
#include "people/people.h"

#define MORNING_H 9
#define EVENING_H 20

enum lang lang_of_family(str language)
{
	if (str_eq(language, S("ar")))
		return LANG_AR;
	if (str_eq(language, S("en")))
		return LANG_EN;
	return !language.n || str_eq(language, S("fr")) ? LANG_FR : LANG_SIMPLE;
}

/* ---- where ---- */

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

/* ---- when ---- */

enum err family_to_write(struct db *db, const struct vault_asker *vault, i64 root, const char *why, struct household *ret)
{
	try(household_get(db, root, ret));
	enum err e = ret->erased ? NOT_FOUND : household_open(vault, str_c(why), &(struct household *const){ ret }, 1);
	return e == FORBIDDEN ? BUSY : e == INVALID ? NOT_FOUND : e;
}

enum err family_write(const struct vault_asker *vault, const struct city *city, const struct reaching *r, struct msg *like, str key,
                      struct msg_ready *ret, bool *ret_ready)
{
	like->to = r->to;
	like->not_before = family_not_before(r->channel);
	like->key = key;
	enum err e = msg_write(vault, city, like, ret);
	*ret_ready = e == OK;
	return e == INVALID ? OK : e;
}

bool family_day_now(void)
{
	int hour = paris_of_ms(now_ms()).hh;
	return hour >= MORNING_H && hour < EVENING_H;
}

i64 family_not_before(enum msg_channel channel)
{
	struct civil now = paris_of_ms(now_ms());
	int wait = now.hh >= EVENING_H ? 24 + MORNING_H - now.hh : now.hh < MORNING_H ? MORNING_H - now.hh : 0;
	return channel == MSG_SMS && wait ? now_ms() + (i64)(wait * 60 - now.mm) * 60000 : 0;
}

/* ---- in words, for agents ---- */

str reaching_channel_words(const struct view *v, const struct reaching *r)
{
	if (!r->any)
		return _("à appeler : ni message ni adresse possibles");
	return r->channel == MSG_SMS ? _("par SMS") : r->channel == MSG_MAIL ? _("par courriel") : _("par lettre");
}

str reaching_language_words(const struct view *v, enum lang l)
{
	switch (l) {
	case LANG_AR: return _("arabe");
	case LANG_EN: return _("anglais");
	case LANG_SIMPLE: return _("français simple, faute de texte dans leur langue");
	default: return _("français");
	}
}

str reaching_words(const struct view *v, const struct reaching *r)
{
	enum lang l = lang_of_family(r->language);
	str words = reaching_channel_words(v, r);
	if (!r->any || l == LANG_FR)
		return words;
	return r->channel != MSG_SMS && l != LANG_SIMPLE ? _f("{1}, {2} et français", words, reaching_language_words(v, l))
		: _f("{1}, {2}", words, reaching_language_words(v, l));
}

void samples_count(struct samples_count *c, const struct reaching *r)
{
	if (r->any)
		c->n[r->channel][lang_of_family(r->language)]++;
}

void samples_add(struct samples *s, const struct view *v, const struct msg *like, i64 families)
{
	struct msg_text text;
	struct reaching r = { .any = true, .channel = like->channel };
	bool sms = like->channel == MSG_SMS;
	msg_preview(v->a, v->city, like, &text);
	str who = _n("Une famille", "{n} familles", families), words = reaching_channel_words(v, &r), language = reaching_language_words(v, like->lang);
	language = like->french ? _f("{1} et français", language) : language;
	str title = sms && text.parts > 1 ? _f("{1} {2}, en {3} ({4} SMS chacune)", who, words, language, number_shown(v->a, v->lang, text.parts))
		: _f("{1} {2}, en {3}", who, words, language);
	s->v[s->n++] = (struct sample){ title, sms ? S("") : text.subject, text.body, str_c(langs[like->lang].tag), langs[like->lang].rtl };
}

bool family_told_failed(str state)
{
	return str_eq(state, S("failed")) || str_eq(state, S("cancelled")) || str_eq(state, S("stopped"));
}

str family_told_words(const struct view *v, str channel, str state)
{
	bool letter = str_eq(channel, S("letter"));
	str by = letter ? _("lettre") : str_eq(channel, S("sms")) ? _("SMS") : _("courriel");
	if (str_eq(state, S("stopped")))
		return _f("{1} : elle a demandé de ne plus en recevoir", by);
	if (str_eq(state, S("failed")) || str_eq(state, S("cancelled")))
		return _f("{1} : n’a pas pu partir", by);
	if (str_eq(state, S("waiting")) || str_eq(state, S("sending")))
		return letter ? _("lettre à imprimer") : _f("{1} : va partir", by);
	return str_eq(state, S("demo")) ? _f("{1} : écrit, non envoyé (démonstration)", by) : _f("{1} : parti", by);
}
