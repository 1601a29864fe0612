/* See receipt.h. The words here are read by families: each language of a receipt has them. */
#include "handover/pages.h"

#include <sodium.h>

static const struct { const char *key, *label; } fields[RECEIPT_FIELDS] = {
	[R_NUMBER] = { "numero", N_("Reçu n°") },
	[R_DAY] = { "jour", N_("Remis le") },
	[R_ORGANISATION] = { "par", N_("Remis par") },
	[R_AGENT] = { "agent", N_("Pour l’organisation") },
	[R_FAMILY] = { "famille", N_("Reçu par") },
	[R_FILE] = { "dossier", N_("Dossier") },
	[R_CAMPAIGN] = { "campagne", N_("Campagne") },
	[R_DEVICE] = { "poste", N_("Ordinateur") },
	[R_FACTS] = { "details", N_("Ce qu’il est") },
	[R_LABEL] = { "etiquette", N_("Étiquette") },
	[R_SERIAL] = { "serie", N_("N° de série") },
	[R_OWNER] = { "proprietaire", N_("Il appartient à") },
	[R_TITLE] = { "titre", N_("À quel titre") },
	[R_TERMS] = { "conditions", N_("Ce qui est convenu") },
	[R_ACCESSORIES] = { "accessoires", N_("Accessoires") },
	[R_SEEN] = { "etat", N_("État vu ensemble") },
	[R_CHARTER] = { "charte", N_("Charte signée le") },
	[R_WORKSHOP] = { "atelier", N_("Premier atelier") },
	[R_HELP] = { "aide", N_("En cas de panne") },
};

/* ---- its words ---- */

/* What is not Arabic keeps its own direction inside Arabic. */
static str apart(const struct view *v, str s)
{
	return v->lang == LANG_AR && s.n ? str_printf(v->a, "\u2068%.*s\u2069", STR_ARG(s)) : s;
}

static str comma(const struct view *v) { return v->lang == LANG_AR ? S("، ") : S(", "); }

const struct choice accessory_choices[] = {
	{ "charger", N_("Chargeur") }, { "mouse", N_("Souris") }, { "keyboard", N_("Clavier") }, { "bag", N_("Sacoche") }, { "stick", N_("Clé 4G") },
	{ "headset", N_("Casque") }, { NULL, NULL },
};
const struct choice seen_choices[] = {
	{ "works", N_("Allumé devant la famille : il marche") }, { "marks", N_("Allumé devant la famille : il marche, avec des traces d’usage") },
	{ "closed", N_("Pas allumé : regardé seulement") }, { NULL, NULL },
};

str accessory_words(const struct view *v, str codes)
{
	str words[8], code;
	size_t n = 0;
	while (codes.n && str_next(&codes, ' ', &code) && n < lengthof(words)) {
		const char *label = choice_label(accessory_choices, code);
		if (label)
			words[n++] = tr_here(v, label);
	}
	return n ? str_join(v->a, words, n, comma(v)) : _("aucun");
}

str seen_words(const struct view *v, str code)
{
	return choice_shown(v, seen_choices, code);
}

#define TERMS_LOAN N_("L’ordinateur est prêté. Il reste à son propriétaire. La famille s’en sert chez elle, en prend soin, ne le vend pas, " \
	"et le rend quand elle n’en a plus l’usage.")
#define TERMS_GIFT_CCAS N_("L’ordinateur est donné, sur une décision du CCAS. La famille s’est engagée à ne pas le vendre.")
#define TERMS_GIFT N_("L’ordinateur est donné. La famille s’est engagée à ne pas le vendre.")

static str terms_of(const struct view *v, const struct receipt_facts *x)
{
	if (!x->gift)
		return _(TERMS_LOAN);
	return x->decision ? _(TERMS_GIFT_CCAS) : _(TERMS_GIFT);
}

/* "le 4 décembre 2026, 14 h, Le Ponton" */
static str workshop_of(const struct view *v, const struct receipt_facts *x)
{
	str parts[3];
	size_t n = 0;
	i64 minute;
	if (x->workshop_day.n)
		parts[n++] = iso_date_shown(v, x->workshop_day);
	if (minute_read(x->workshop_hour, &minute))
		parts[n++] = apart(v, clock_shown(v, (int)minute));
	parts[n++] = apart(v, x->workshop);
	return str_join(v->a, parts, n, comma(v));
}

static void put_words(const struct view *v, const struct receipt_facts *x, str *f)
{
	const struct device *d = x->device;
	const str said[RECEIPT_FIELDS] = {
		[R_NUMBER] = apart(v, x->number), [R_DAY] = iso_date_shown(v, x->day), [R_ORGANISATION] = apart(v, x->organisation), [R_AGENT] = apart(v, x->agent),
		[R_FAMILY] = apart(v, x->family), [R_FILE] = apart(v, x->file), [R_CAMPAIGN] = apart(v, x->campaign), [R_DEVICE] = stock_device_words(v, d),
		[R_FACTS] = stock_device_facts(v, d), [R_LABEL] = apart(v, stock_label(v->a, d->label)), [R_SERIAL] = apart(v, d->serial),
		[R_OWNER] = apart(v, d->owner), [R_TITLE] = x->gift ? _("don") : _("un prêt"), [R_TERMS] = terms_of(v, x),
		[R_ACCESSORIES] = accessory_words(v, x->accessories), [R_SEEN] = seen_words(v, x->seen),
		[R_CHARTER] = x->signed_on.n ? iso_date_shown(v, x->signed_on) : S(""), [R_WORKSHOP] = workshop_of(v, x),
		[R_HELP] = x->phone.n ? _f("Appeler le {1} et dire le code de l’étiquette", apart(v, phone_grouped(v->a, x->phone))) : S(""),
	};
	memcpy(f, said, sizeof said);
}

void receipt_fill(struct arena *a, const struct receipt_facts *x, struct receipt *ret)
{
	*ret = (struct receipt){ .lang = x->lang };
	put_words(&(struct view){ .a = a, .lang = LANG_FR, .said = x->said }, x, ret->f);
	put_words(&(struct view){ .a = a, .lang = x->lang, .said = x->said }, x, ret->other);
}

const struct receipt_lines *receipt_lines(struct arena *a, const struct receipt *r, enum lang l)
{
	const str *values = l == LANG_FR ? r->f : r->other;
	struct receipt_lines *ret = arena_one(a, struct receipt_lines);
	ret->v = arena_many(a, struct receipt_line, RECEIPT_FIELDS);
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		if (values[f].n)
			ret->v[ret->n++] = (struct receipt_line){ tr(l, fields[f].label), values[f], false };
	return ret;
}

/* One of our own words, of the French that was written, in another language; false: it is not. */
static bool word_in(enum lang l, str french, str *ret)
{
	static const char *const words[] = { TERMS_LOAN, TERMS_GIFT_CCAS, TERMS_GIFT, N_("don"), N_("prêt (mise à disposition)"), N_("aucun") };
	for (size_t i = 0; i < lengthof(words); i++)
		if (str_eq(french, tr(LANG_FR, words[i]))) {
			*ret = tr(l, words[i]);
			return true;
		}
	for (size_t k = 0; k < 2; k++)
		for (const struct choice *c = k ? seen_choices : accessory_choices; c->value; c++)
			if (str_eq(french, tr(LANG_FR, c->label))) {
				*ret = tr(l, c->label);
				return true;
			}
	return false;
}

static bool value_in(const struct view *v, str french, str *ret)
{
	str parts[8], rest = french;
	size_t n = 0;
	if (word_in(v->lang, french, ret))
		return true;
	while (rest.n && n < lengthof(parts)) {
		ptrdiff_t at = str_find(rest, S(", "));
		if (!word_in(v->lang, at < 0 ? rest : str_slice(rest, 0, (size_t)at), &parts[n++]))
			return false;
		rest = at < 0 ? S("") : str_slice(rest, (size_t)at + 2, SIZE_MAX);
	}
	*ret = str_join(v->a, parts, n, comma(v));
	return !rest.n;
}

const struct receipt_lines *receipt_read_in(const struct view *v, const struct receipt *r)
{
	bool own = v->lang == r->lang || v->lang == LANG_FR;
	struct receipt_lines *ret = arena_one(v->a, struct receipt_lines);
	ret->v = arena_many(v->a, struct receipt_line, RECEIPT_FIELDS);
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++) {
		str value = v->lang == r->lang && v->lang != LANG_FR ? r->other[f] : r->f[f];
		bool french = !own && value.n && !value_in(v, value, &value) && v->lang != LANG_SIMPLE;
		if (value.n)
			ret->v[ret->n++] = (struct receipt_line){ tr(v->lang, fields[f].label), value, french };
	}
	return ret;
}

str receipt_word(enum lang l, enum receipt_word w)
{
	static const char *const words[] = { [RW_TITLE] = N_("Un ordinateur remis"), [RW_FAITH] = N_("Le français fait foi : la traduction aide à comprendre."),
		[RW_FAMILY] = N_("Signature de qui le reçoit"), [RW_ORGANISATION] = N_("Signature pour l’organisation") };
	return tr(l, words[w]);
}

/* ---- what is stored ---- */

static void put_line(struct buf *b, const char *mark, const char *key, str value)
{
	buf_printf(b, "%s%s: %.*s\n", mark, key, STR_ARG(str_replace(b->a, value, S("\n"), S(" "))));
}

str receipt_text(struct arena *a, const struct receipt *r)
{
	struct buf b = buf_new(a, 32 << 10);
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		put_line(&b, "", fields[f].key, r->f[f]);
	if (r->lang == LANG_FR)
		return buf_str(&b);
	put_line(&b, "", "langue", str_c(langs[r->lang].tag));
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		if (!str_eq(r->f[f], r->other[f]))
			put_line(&b, "+", fields[f].key, r->other[f]);
	return buf_str(&b);
}

static str hash_of(struct arena *a, str text)
{
	u8 h[32];
	char *hex = arena_alloc(a, 2 * sizeof h + 1);
	crypto_generichash(h, sizeof h, (const u8 *)text.p, text.n, NULL, 0);
	sodium_bin2hex(hex, 2 * sizeof h + 1, h, sizeof h);
	return (str){ hex, 2 * sizeof h };
}

static void read_line(str key, str value, struct receipt *ret)
{
	bool other = str_starts(key, S("+"));
	str name = str_slice(key, other, SIZE_MAX);
	for (enum receipt_field f = 0; f < RECEIPT_FIELDS; f++)
		if (str_eq(name, str_c(fields[f].key))) {
			ret->other[f] = value;
			ret->f[f] = other ? ret->f[f] : value;
		}
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (str_eq(key, S("langue")) && str_eq(value, str_c(langs[l].tag)))
			ret->lang = l;
}

void receipt_read(struct arena *a, str text, struct receipt *ret)
{
	str rest = text, line;
	*ret = (struct receipt){ .lang = LANG_FR, .hash = hash_of(a, text) };
	while (rest.n && str_next(&rest, '\n', &line)) {
		ptrdiff_t at = str_find(line, S(": "));
		if (at > 0)
			read_line(str_slice(line, 0, (size_t)at), str_slice(line, (size_t)at + 2, SIZE_MAX), ret);
	}
}

struct vault_own receipt_item(struct arena *a, i64 household_id, str key, i64 handover_id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "handover:receipt:%lld", (long long)handover_id), value } };
}
