/* See place_paper.h. */
#include "directory/place_paper.h"

#include "directory/opening.h"
#include "directory/place_pages.h"
#include "directory/traits.h"
#include "pdf/typeset.h"

#define WORDS_MAX ((size_t)64 * 1024)
#define LINES_MAX 32

static str french(const struct view *v, str s) { return pdf_french(v->a, v->lang, s); }

/* ---- hours ---- */

static const char *const weekdays[] = {N_("lundi"), N_("mardi"), N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"), N_("dimanche")};
static const char *const months[] = {
	N_("janvier"), N_("février"), N_("mars"), N_("avril"), N_("mai"), N_("juin"),
	N_("juillet"), N_("août"), N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre"),
};
static const char *const ranks[] = {N_("premier"), N_("deuxième"), N_("troisième"), N_("quatrième"), N_("cinquième"), N_("dernier")};

static str joined(const struct view *v, const str *parts, size_t n)
{
	str last = n ? parts[n - 1] : S("");
	return n < 2 ? last : _f("{1} et {2}", str_join(v->a, parts, n - 1, v->lang == LANG_AR ? S("، ") : S(", ")), last);
}

/* "lundi à jeudi", "lundi, mercredi et vendredi", "tous les jours". Three days in a row are a range. */
static str days_words(const struct view *v, unsigned days)
{
	str parts[7];
	size_t n = 0;
	if (days == 127)
		return _("tous les jours");
	for (int from = 0, to; from < 7; from = to) {
		to = from + 1;
		if (!(days & 1u << from))
			continue;
		while (to < 7 && (days & 1u << to))
			to++;
		if (to - from >= 3) {
			parts[n++] = _f("{1} à {2}", tr(v->lang, weekdays[from]), tr(v->lang, weekdays[to - 1]));
			continue;
		}
		to = from + 1;
		parts[n++] = tr(v->lang, weekdays[from]);
	}
	return joined(v, parts, n);
}

static str capital(const struct view *v, str s)
{
	str ret = str_copy(v->a, s);
	char *first = (char *)(uintptr_t)ret.p;
	if (s.n && *first >= 'a' && *first <= 'z')
		*first = (char)(*first - 'a' + 'A');
	else if (s.n > 1 && (u8)first[0] == 0xC3 && (u8)first[1] >= 0xA0)      /* é → É */
		first[1] = (char)((u8)first[1] - 0x20);
	return ret;
}

static str piece_words(const struct view *v, const struct hours_piece *p)
{
	bool whole = p->from == 0 && p->to == 1440;
	if (whole && p->comment.n)
		return french(v, p->comment);
	str span = whole ? _("jour et nuit") : _f("{1} à {2}", clock_shown(v, p->from), clock_shown(v, p->to));
	if (p->comment.n)
		return _f("{1} ({2})", span, french(v, p->comment));
	return p->state == HOURS_UNKNOWN ? _f("{1} (à confirmer par téléphone)", span) : span;
}

static str pieces_words(const struct view *v, const struct hours_day_pieces *day)
{
	str parts[16];
	size_t n = 0;
	for (size_t i = 0; i < day->n && n < lengthof(parts); i++)
		parts[n++] = piece_words(v, &day->v[i]);
	return joined(v, parts, n);
}

static void put_week(const struct view *v, const struct hours_told *told, struct hours_lines *ret)
{
	str times[7];
	unsigned said = 0;
	for (int d = 0; d < 7; d++)
		times[d] = pieces_words(v, &told->week[d]);
	for (int d = 0; d < 7; d++) {
		unsigned alike = 0;
		for (int e = d; e < 7; e++)
			alike |= told->week[e].n && str_eq(times[d], times[e]) ? 1u << e : 0;
		if (!told->week[d].n || (said & 1u << d))
			continue;
		said |= alike;
		ret->v[ret->n++] = (struct hours_line){capital(v, days_words(v, alike)), times[d]};
	}
}

static str date_words(const struct view *v, struct date d)
{
	str month = tr(v->lang, months[d.m - 1]);
	if (!d.d)
		return month;
	return str_printf(v->a, "%s %.*s", d.d == 1 ? _("1er").p : str_printf(v->a, "%d", d.d).p, STR_ARG(month));
}

static str nth_words(const struct view *v, const struct hours_clause *c)
{
	str parts[6];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(ranks); i++)
		if (c->nth & 1u << i)
			parts[n++] = tr(v->lang, ranks[i]);
	return _f("{1} {2} du mois", joined(v, parts, n), days_words(v, c->days));
}

static str clause_words(const struct view *v, const struct hours_clause *c)
{
	str parts[4];
	size_t n = 0;
	if (c->from.m) {
		bool one = c->from.m == c->to.m && c->from.d == c->to.d;
		parts[n++] = one ? date_words(v, c->from) : _f("{1} à {2}", date_words(v, c->from), date_words(v, c->to));
	}
	if (c->public_holidays)
		parts[n++] = _("jours fériés");
	if (c->school_holidays)
		parts[n++] = _("vacances scolaires");
	if (c->nth)
		parts[n++] = nth_words(v, c);
	else if (c->days)
		parts[n++] = days_words(v, c->days);
	return str_join(v->a, parts, n, v->lang == LANG_AR ? S("، ") : S(", "));
}

struct hours_lines hours_words(const struct view *v, str hours)
{
	struct hours_lines ret = {.v = arena_many(v->a, struct hours_line, LINES_MAX)};
	struct hours_told told;
	struct hours_error error;
	struct hours *h;
	if (!hours.n || hours_parse(v->a, hours, &h, &error) != OK || !hours_tell(v->a, h, &told))
		return ret;
	put_week(v, &told, &ret);
	str closed[LINES_MAX];
	size_t n = 0;
	for (size_t i = 0; i < told.n && ret.n < LINES_MAX - 1; i++) {
		str days = clause_words(v, &told.v[i]);
		if (told.v[i].hours.n)
			ret.v[ret.n++] = (struct hours_line){capital(v, days), pieces_words(v, &told.v[i].hours)};
		else
			closed[n++] = days;
	}
	ret.closed = n;
	if (n)
		ret.v[ret.n++] = (struct hours_line){_("Fermé"), joined(v, closed, n)};
	return ret;
}

/* ---- the rest ---- */

static void put(const struct view *v, struct buf *out, str s)
{
	if (s.n)
		buf_printf(out, "%s%.*s", out->n ? " " : "", STR_ARG(sentence(v, s)));
}

static void put_labels(const struct view *v, struct buf *out, const struct labels *l)
{
	for (size_t i = 0; i < l->n; i++)
		put(v, out, l->v[i]);
}

static bool yes(const struct place *p, enum place_field f) { return str_eq(p->f[f], S("oui")); }

/* That one may telephone goes without saying beside a number. */
static void put_access(const struct view *v, struct buf *out, const struct place *p)
{
	const struct labels *ways = access_labels(v, p);
	for (size_t i = 0; i < ways->n; i++)
		if (!str_eq(ways->v[i], _("Vous pouvez téléphoner")))
			put(v, out, ways->v[i]);
}

static str welcome(const struct view *v, const struct place *p)
{
	struct buf out = buf_new(v->a, WORDS_MAX);
	struct labels *publics = labels_of(v, p, P_PUBLICS), *needs = labels_of(v, p, P_PRISE_EN_CHARGE);
	put_labels(v, &out, labels_of(v, p, P_FRAIS));
	put(v, &out, french(v, p->f[P_TARIFS]));
	put(v, &out, yes(p, P_PASS_ACCEPTE) ? _("Pass numérique accepté.") : S(""));
	put_access(v, &out, p);
	put(v, &out, yes(p, P_PLAIN_PIED) ? _("Entrée de plain-pied.") : S(""));
	put(v, &out, yes(p, P_ASCENSEUR) ? _("Il y a un ascenseur.") : S(""));
	if (p->f[P_LANGUES].n && !str_eq(p->f[P_LANGUES], S("fr")))
		put(v, &out, _f("Langues : {1}.", language_names(v, p->f[P_LANGUES])));
	if (publics->n)
		put(v, &out, str_printf(v->a, "%s %.*s", _("Pour qui :").p, STR_ARG(str_join(v->a, publics->v, publics->n, S(". ")))));
	if (needs->n)
		put(v, &out, str_printf(v->a, "%s %.*s", _("Accueil adapté :").p, STR_ARG(str_join(v->a, needs->v, needs->n, S(". ")))));
	return buf_str(&out);
}

static str hours_note(const struct view *v, const struct place *p, bool said)
{
	struct buf out = buf_new(v->a, WORDS_MAX);
	if (!said)
		put(v, &out, !p->f[P_HORAIRES].n ? _("Téléphonez pour connaître les horaires.")
			: _("Les horaires changent selon les semaines. Téléphonez avant de venir."));
	put(v, &out, french(v, p->f[P_FERMETURES]));
	return buf_str(&out);
}

struct place_paper place_paper(const struct view *v, const struct place *p)
{
	struct buf services = buf_new(v->a, WORDS_MAX);
	struct place_paper w = {
		.name = french(v, p->f[P_NOM]),
		.where = french(v, two_sentences(v, place_address(v, p), two_sentences(v, p->f[P_ARRET], p->f[P_COMPLEMENT_ADRESSE]))),
		.hours = hours_words(v, p->f[P_HORAIRES]), .welcome = welcome(v, p),
	};
	put_labels(v, &services, labels_of(v, p, P_SERVICES));
	w.services = buf_str(&services);
	w.hours_note = hours_note(v, p, w.hours.n > 0);
	return w;
}

str service_words(const struct view *v, size_t i)
{
	const struct vocabulary *all = place_vocabulary(P_SERVICES);
	struct place one = {0};
	if (i >= all->n)
		return S("");
	one.f[P_SERVICES] = str_c(all->values[i]);
	return labels_of(v, &one, P_SERVICES)->v[0];
}

bool place_offers(const struct place *p, size_t service)
{
	return place_mask(P_SERVICES, p->f[P_SERVICES]) >> service & 1;
}

str fact_words(const struct view *v, str fact)
{
	const char *msgid = str_z(v->a, fact);
	return tr_has(v->lang, msgid) ? tr(v->lang, msgid) : french(v, fact);
}
