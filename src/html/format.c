/* See format.h. Bidirectional text: numbers are grouped with no-break spaces, which keep the order of the groups inside
 * Arabic, and what begins with a sign (+41…) or has letters of its own is isolated by <bdi>. */
#include "html/format.h"

#include "html/parts_html.h"

#define MARKUP_MAX ((size_t)64 * 1024)

str number_shown(struct arena *a, enum lang l, i64 n)
{
	str digits = str_printf(a, "%lld", (long long)n);
	str separator = l == LANG_EN ? S(",") : S("\u202f");
	size_t sign = n < 0;
	struct buf out = buf_new(a, 64);
	for (size_t i = 0; i < digits.n; i++) {
		if (i > sign && (digits.n - i) % 3 == 0)
			buf_put(&out, separator);
		buf_byte(&out, digits.p[i]);
	}
	return buf_str(&out);
}

static const char *const months[] = {
	N_("janvier"), N_("février"), N_("mars"), N_("avril"), N_("mai"), N_("juin"),
	N_("juillet"), N_("août"), N_("septembre"), N_("octobre"), N_("novembre"), N_("décembre"),
};
static const char *const weekdays[] = {
	N_("lundi"), N_("mardi"), N_("mercredi"), N_("jeudi"), N_("vendredi"), N_("samedi"), N_("dimanche"),
};

str date_shown(const struct view *v, struct date d)
{
	if (!date_valid(d))
		return S("");
	str day = d.d == 1 ? _("1er") : str_printf(v->a, "%d", d.d);
	return _f("{1} {2} {3}", day, tr(v->lang, months[d.m - 1]), str_printf(v->a, "%d", d.y));
}

str iso_date_shown(const struct view *v, str iso)
{
	struct date d;
	return date_parse(iso, &d) ? date_shown(v, d) : S("");
}

str day_shown(const struct view *v, struct date d)
{
	if (!date_valid(d))
		return S("");
	return _f("{1} {2}", tr(v->lang, weekdays[date_weekday(d)]), date_shown(v, d));
}

str day_at_shown(const struct view *v, str day, str hour) { return _f("{2} à {1}", hour, day); }

str day_without_year(const struct view *v, struct date d)
{
	str day = day_shown(v, d), year = str_printf(v->a, " %d", d.y);
	return str_ends(day, year) ? str_slice(day, 0, day.n - year.n) : day;
}

str clock_shown(const struct view *v, int minutes)
{
	int hh = minutes / 60 % 24, mm = minutes % 60;
	if (v->lang == LANG_AR) /* isolated from the direction of the words around */
		return str_printf(v->a, "\u2066%d:%02d\u2069", hh, mm);
	if (v->lang == LANG_EN)
		return str_printf(v->a, "%d:%02d", hh, mm);
	return mm ? str_printf(v->a, "%d\u00A0h\u00A0%02d", hh, mm) : str_printf(v->a, "%d\u00A0h", hh);
}

str distance_shown(const struct view *v, double metres)
{
	i64 m = (i64)(metres / 10 + .5) * 10;
	i64 tenths = (i64)(metres / 100 + .5);
	if (m < 50)
		return _("tout près");
	if (m < 1000)
		return _f("à {1} m", number_shown(v->a, v->lang, m));
	if (tenths < 100 && tenths % 10)
		return _f("à {1},{2} km", number_shown(v->a, v->lang, tenths / 10), number_shown(v->a, v->lang, tenths % 10));
	return _f("à {1} km", number_shown(v->a, v->lang, (i64)(metres / 1000 + .5)));
}

str freshness_shown(const struct view *v, struct date updated, struct date today)
{
	if (!date_valid(updated))
		return _("Nous ne savons pas de quand datent ces informations. Téléphonez avant de venir.");
	int months_old = (today.y - updated.y) * 12 + today.m - updated.m - (today.d < updated.d);
	if (months_old < 12)
		return _f("Informations vérifiées le {1}.", date_shown(v, updated));
	return _f("Informations vérifiées le {1}, il y a plus d’un an. Téléphonez avant de venir.", date_shown(v, updated));
}

str tel_url(struct arena *a, str e164)
{
	return str_printf(a, "tel:%.*s", STR_ARG(e164));
}

/* ---- markup ---- */

/* A view like v whose output is a new builder, to be read with written(). */
static struct view aside(const struct view *v)
{
	struct view w = *v;
	w.out = arena_one(v->a, struct buf);
	*w.out = buf_new(v->a, MARKUP_MAX);
	return w;
}

static html written(const struct view *w, enum err e)
{
	assert(e == OK && !w->out->full);
	return (html){ buf_str(w->out) };
}

html text_html(const struct view *v, str s)
{
	struct view w = aside(v);
	esc_text(w.out, s);
	return written(&w, OK);
}

html phone_html(const struct view *v, str e164)
{
	struct view w = aside(v);
	return written(&w, part_phone_html(&w, e164));
}

html mail_html(const struct view *v, str address)
{
	struct view w = aside(v);
	return written(&w, part_mail_html(&w, str_printf(v->a, "mailto:%.*s", STR_ARG(address)), address));
}

html link_html(const struct view *v, const char *path, str text)
{
	const char *prefix = langs[v->lang].prefix;
	struct view w = aside(v);
	return written(&w, part_link_html(&w, str_printf(v->a, "%s%s%s", *prefix ? "/" : "", prefix, path), text));
}

html external_html(const struct view *v, const char *url, str text)
{
	struct view w = aside(v);
	return written(&w, part_link_html(&w, str_c(url), text));
}

html french_html(const struct view *v, str s)
{
	if (v->lang == LANG_FR || v->lang == LANG_SIMPLE)
		return text_html(v, s);
	struct view w = aside(v);
	return written(&w, part_french_html(&w, s));
}

html english_html(const struct view *v, str s)
{
	if (v->lang == LANG_EN)
		return text_html(v, s);
	struct view w = aside(v);
	return written(&w, part_english_html(&w, s));
}

html fact_html(const struct view *v, str s)
{
	const char *msgid = str_z(v->a, s);
	return tr_has(v->lang, msgid) ? text_html(v, tr(v->lang, msgid)) : french_html(v, s);
}

static void put_lines(struct view *w, str s)
{
	str line;
	for (bool first = true; str_next(&s, '\n', &line); first = false) {
		if (!first && part_break_html(w) != OK)
			return;
		esc_text(w->out, line);
	}
}

html lines_html(const struct view *v, str s)
{
	struct view w = aside(v);
	put_lines(&w, s);
	return written(&w, OK);
}

html fmt_html(const struct view *v, str pattern, const html *args, size_t n)
{
	struct view w = aside(v);
	size_t from = 0;
	for (size_t i = 0; i + 2 < pattern.n; i++) {
		bool hole = pattern.p[i] == '{' && pattern.p[i + 2] == '}';
		size_t k = hole ? (size_t)(pattern.p[i + 1] - '1') : n;
		if (k >= n)
			continue;
		put_lines(&w, str_slice(pattern, from, i));
		put_html(w.out, args[k]);
		i += 2;
		from = i + 1;
	}
	put_lines(&w, str_slice(pattern, from, pattern.n));
	return written(&w, OK);
}
