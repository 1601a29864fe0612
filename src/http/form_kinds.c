/* Each kind of field has its reader, which either fills a value or says precisely what is wrong, in the person's language. What
 * people type is read generously: spaces around, decimal commas, French shapes of telephone numbers and dates. */
#include "http/form_kinds.h"

#include <math.h>

#include "base/phone.h"
#include "base/timex.h"
#include "base/utf8.h"

#define TEXT_MAX 200                             /* code points, unless the field says otherwise */
#define EMAIL_MAX 254
#define PASSWORD_MAX 128

/* The fault found by the kind's reader; the field's own words for it come first. */
static void wrong(struct reading *r, str message)
{
	r->fault = r->f->wrong ? tr_here(r->view, r->f->wrong) : message;
}

static str with(const struct reading *r, str pattern, str value)
{
	return fmt(r->req->a, pattern, &value, 1);
}

static str number(const struct reading *r, double x)
{
	return str_replace(r->req->a, str_printf(r->req->a, "%.15g", x), S("."), r->view->lang == LANG_EN ? S(".") : S(","));
}

/* ---- text ---- */

str field_clean(struct arena *a, str s, bool lines)
{
	struct buf b = buf_new(a, s.n + 1);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '\r')
			continue;
		if ((u8)c < ' ' || c == 0x7F)
			c = lines && c == '\n' ? c : ' ';
		buf_byte(&b, c);
	}
	return s.p ? str_trim(b.n ? buf_str(&b) : S("")) : s;
}

static str size(const struct reading *r, size_t n)
{
	return str_printf(r->req->a, "%zu", n);
}

static void read_text(struct reading *r)
{
	const struct view *v = r->view;
	size_t n = utf8_length(r->out->text);
	size_t most = r->f->max > 0 ? (size_t)r->f->max : TEXT_MAX, least = r->f->min > 0 ? (size_t)r->f->min : 0;

	if (n > most)
		wrong(r, with(r, _n("C’est trop long d’un signe : {1} au plus.", "C’est trop long de {n} signes : {1} au plus.", (i64)(n - most)),
		              size(r, most)));
	else if (n < least)
		wrong(r, with(r, _n("C’est trop court d’un signe : {1} au moins.", "C’est trop court de {n} signes : {1} au moins.", (i64)(least - n)),
		              size(r, least)));
}

/* ---- numbers ---- */

/* "1 234,5" → "1234.5": spaces of thousands out, a comma is a point. Absent when there is anything else. */
static str plain_number(struct arena *a, str s)
{
	struct buf b = buf_new(a, s.n + 1);
	u32 c;

	while (utf8_next(&s, &c)) {
		if (c == ' ' || c == 0xA0 || c == 0x202F || c == 0x2009)
			continue;
		if (c == ',')
			c = '.';
		if (c == 0x2212)
			c = '-';
		if (c >= 0x660 && c <= 0x669)
			c = '0' + c - 0x660;
		if (c >= 0x80)
			return (str){ 0 };
		buf_byte(&b, (char)c);
	}
	return buf_str(&b);
}

static void check_bounds(struct reading *r, double x)
{
	const struct view *v = r->view;
	const struct field *f = r->f;

	if (f->min == 0 && f->max == 0)
		return;
	if (x < f->min)
		wrong(r, _f("{1}, c’est trop petit : il faut au moins {2}.", r->out->text, number(r, f->min)));
	else if (x > f->max)
		wrong(r, _f("{1}, c’est trop grand : il faut au plus {2}.", r->out->text, number(r, f->max)));
}

static void read_int(struct reading *r)
{
	const struct view *v = r->view;
	str s = plain_number(r->req->a, r->out->text);

	if (str_i64(s, &r->out->i)) {
		r->out->f = (double)r->out->i;
		check_bounds(r, r->out->f);
	} else if (str_f64(s, &r->out->f)) {
		wrong(r, _f("« {1} » n’est pas un nombre entier : écrivez-le sans virgule, par exemple 3.", r->out->text));
	} else {
		wrong(r, _f("« {1} » n’est pas un nombre : écrivez-le en chiffres, par exemple 3.", r->out->text));
	}
}

static void read_real(struct reading *r)
{
	const struct view *v = r->view;

	if (str_f64(plain_number(r->req->a, r->out->text), &r->out->f) && isfinite(r->out->f))
		check_bounds(r, r->out->f);
	else
		wrong(r, _f("« {1} » n’est pas un nombre : écrivez-le en chiffres, par exemple 3,5.", r->out->text));
}

/* ---- dates ---- */

/* The three numbers of "3/9/2026", "03.09.2026" or "2026-09-03"; false when the text has another shape. */
static bool three_numbers(str s, i64 ret[3])
{
	char separator = str_find_byte(s, '/') >= 0 ? '/' : str_find_byte(s, '.') >= 0 ? '.' : str_find_byte(s, '-') >= 0 ? '-' : ' ';
	str part;

	for (int i = 0; i < 3; i++)
		if (!str_next(&s, separator, &part) || !str_i64(str_trim(part), &ret[i]))
			return false;
	if (s.p)
		return false;
	if (ret[0] > 31) {                       /* the year comes first */
		i64 year = ret[0];
		ret[0] = ret[2];
		ret[2] = year;
	}
	return true;
}

/* One of the three fields of a date: "name-jour", "name-mois", "name-annee". Absent when it was not sent. */
static str date_part(const struct reading *r, const char *part)
{
	str s = pairs_get(r->in, str_z(r->req->a, str_printf(r->req->a, "%s-%s", r->f->name, part)));

	return field_clean(r->req->a, s, false);
}

static void check_date(struct reading *r, i64 d, i64 m, i64 y)
{
	const struct view *v = r->view;
	struct arena *a = r->req->a;

	if (y < 1000 || y > 9999) {
		wrong(r, _f("L’année s’écrit avec quatre chiffres, par exemple {1}.", str_printf(a, "%d", today_paris().y)));
		return;
	}
	if (m < 1 || m > 12) {
		wrong(r, _f("Le mois va de 1 à 12 : {1} n’en est pas un.", str_printf(a, "%lld", (long long)m)));
		return;
	}
	struct date date = { (int)y, (int)m, (int)(d < 0 || d > 99 ? 99 : d) };
	if (!date_valid(date)) {
		wrong(r, _f("Il n’y a pas de {1} ce mois-là : vérifiez le jour.", str_printf(a, "%lld", (long long)d)));
		return;
	}
	r->out->date = (struct date_opt){ date.y, date.m, date.d, true };
	r->out->text = date_iso(a, date);
}

static void read_date(struct reading *r)
{
	const struct view *v = r->view;
	i64 n[3];

	if (three_numbers(r->out->text, n))
		check_date(r, n[0], n[1], n[2]);
	else
		wrong(r, _f("« {1} » n’est pas une date : écrivez le jour, le mois et l’année, par exemple 27/3/2026.", r->out->text));
}

str field_date_of_three(struct reading *r)
{
	static const struct { const char *name, *fault; } parts[] = {
		{ "jour", N_("Il manque le jour de la date.") },
		{ "mois", N_("Il manque le mois de la date.") },
		{ "annee", N_("Il manque l’année de la date.") },
	};
	str v[3];
	size_t filled = 0;
	const char *missing = NULL;

	for (size_t i = 0; i < lengthof(parts); i++) {
		v[i] = date_part(r, parts[i].name);
		filled += v[i].n > 0;
		if (v[i].n == 0 && !missing)
			missing = parts[i].fault;
	}
	if (filled == 0)
		return (str){ 0 };
	if (missing)
		wrong(r, tr_here(r->view, missing));
	return str_printf(r->req->a, "%.*s/%.*s/%.*s", STR_ARG(v[0]), STR_ARG(v[1]), STR_ARG(v[2]));
}

/* ---- the other kinds ---- */

static bool is_choice(const struct field *f, str value)
{
	for (const struct choice *c = f->choices; c && c->value; c++)
		if (str_eq(value, str_c(c->value)))
			return true;
	return false;
}

static void read_choice(struct reading *r)
{
	const struct view *v = r->view;

	if (!is_choice(r->f, r->out->text))
		wrong(r, _("Choisissez une des réponses proposées."));
}

static void read_choices(struct reading *r)
{
	const struct view *v = r->view;

	for (size_t i = 0; i < r->out->n_many; i++)
		if (r->f->choices && !is_choice(r->f, r->out->many[i]))
			wrong(r, _("Choisissez parmi les réponses proposées."));
}

static void read_phone(struct reading *r)
{
	struct phone p;
	struct arena *a = r->req->a;
	const struct view *v = r->view;
	enum phone_fault fault = phone_read(r->out->text, &p);
	str counts[] = { r->out->text, str_printf(a, "%d", p.digits), str_printf(a, "%d", p.wanted) };

	switch (fault) {
	case PHONE_OK:
		r->out->text = str_copy(a, str_c(p.e164));
		return;
	case PHONE_MISSING:
		wrong(r, fmt(a, _n("Il manque un chiffre : {1} a {2} chiffres, il en faut {3}.",
		                     "Il manque {n} chiffres : {1} a {2} chiffres, il en faut {3}.", p.wanted - p.digits), counts, 3));
		return;
	case PHONE_TOO_MANY:
		wrong(r, fmt(a, _("Il y a trop de chiffres dans {1} : il en faut {2} pour un numéro. Donnez un seul numéro."),
		             (const str[]){ r->out->text, p.wanted ? counts[2] : str_printf(a, "%d", PHONE_DIGITS) }, 2));
		return;
	case PHONE_COUNTRY:
		wrong(r, _f("{1} n’est pas un numéro français. Donnez un numéro à dix chiffres, par exemple 02 61 91 44 00.", r->out->text));
		return;
	case PHONE_SHORT_NUMBER:
		wrong(r, _f("{1} est un numéro court. Donnez un numéro à dix chiffres, par exemple 02 61 91 44 00.", r->out->text));
		return;
	default:
		wrong(r, _f("« {1} » n’est pas un numéro de téléphone : écrivez dix chiffres, par exemple 02 61 91 44 00.", r->out->text));
	}
}

static bool is_domain(str s)
{
	str label;
	size_t labels = 0;

	while (str_next(&s, '.', &label)) {
		if (label.n == 0 || label.n > 63 || label.p[0] == '-' || label.p[label.n - 1] == '-')
			return false;
		for (size_t i = 0; i < label.n; i++)
			if ((u8)label.p[i] <= ' ' || strchr("@,;:/\\\"()<>[]_", label.p[i]))
				return false;
		labels++;
	}
	return labels >= 2;
}

static void read_email(struct reading *r)
{
	const struct view *v = r->view;
	str s = r->out->text;
	ptrdiff_t at = str_find_byte(s, '@');

	if (at < 0)
		wrong(r, _f("Il manque le signe @ dans {1}. Une adresse s’écrit ainsi : prenom@exemple.fr.", s));
	else if (str_find_byte(s, ' ') >= 0)
		wrong(r, _f("Il y a un espace dans {1} : une adresse n’en a pas.", s));
	else if (at == 0 || s.n > EMAIL_MAX || str_find_byte(s, ',') >= 0 || !is_domain(str_slice(s, (size_t)at + 1, s.n)))
		wrong(r, _f("{1} n’est pas une adresse complète. Elle s’écrit ainsi : prenom@exemple.fr.", s));
}

static void read_password(struct reading *r)
{
	const struct view *v = r->view;
	size_t n = utf8_length(r->out->text), least = r->f->min > 0 ? (size_t)r->f->min : 0;

	if (n > PASSWORD_MAX)
		wrong(r, _f("Le mot de passe a plus de {1} signes.", str_printf(r->req->a, "%d", PASSWORD_MAX)));
	else if (n < least)
		wrong(r, _f("Le mot de passe doit avoir au moins {1} signes.", str_printf(r->req->a, "%zu", least)));
}

/* A box that is ticked sends something; "0", "non" and nothing are no. */
static void read_bool(struct reading *r)
{
	r->out->i = !(r->out->text.n == 0 || str_eq(r->out->text, S("0")) || str_ieq(r->out->text, S("non")) || str_ieq(r->out->text, S("false")));
}

static void (*const readers[])(struct reading *r) = {
	[F_TEXT] = read_text, [F_LINES] = read_text, [F_INT] = read_int, [F_REAL] = read_real, [F_DATE] = read_date, [F_BOOL] = read_bool,
	[F_CHOICE] = read_choice, [F_CHOICES] = read_choices, [F_PHONE] = read_phone, [F_EMAIL] = read_email, [F_PASSWORD] = read_password,
};

void field_read(struct reading *r)
{
	const struct view *v = r->view;
	enum field_kind k = r->f->kind;

	if (k != F_TEXT && k != F_LINES && k != F_PASSWORD && utf8_length(r->out->text) > TEXT_MAX)
		wrong(r, _("C’est trop long pour être la réponse à cette question."));
	else
		readers[k](r);
}
