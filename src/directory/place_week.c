/* See place_week.h. An ordinary week where every week is alike, else this very week; what differs from the week told, within two
 * weeks, is said in sentences. */
#include "directory/place_week.h"

#include "directory/opening.h"

static html piece_html(const struct view *v, const struct hours_piece *p)
{
	html span = _h("{1} à {2}", text_html(v, clock_shown(v, p->from)), text_html(v, clock_shown(v, p->to)));
	if (p->comment.n)
		return _h("{1} ({2})", span, french_html(v, p->comment));
	return p->state == HOURS_UNKNOWN ? _h("{1} (à confirmer par téléphone)", span) : span;
}

static str piece_text(const struct view *v, const struct hours_piece *p)
{
	str span = _f("{1} à {2}", clock_shown(v, p->from), clock_shown(v, p->to));
	if (p->comment.n)
		return _f("{1} ({2})", span, p->comment);
	return p->state == HOURS_UNKNOWN ? _f("{1} (à confirmer par téléphone)", span) : span;
}

static html day_html(const struct view *v, const struct hours_day_pieces *day)
{
	html all = day->n ? piece_html(v, &day->v[0]) : text_html(v, _("Fermé"));
	for (size_t i = 1; i < day->n; i++)
		all = _h("{1} et {2}", all, piece_html(v, &day->v[i]));
	return all;
}

static str day_text(const struct view *v, const struct hours_day_pieces *day)
{
	str all = day->n ? piece_text(v, &day->v[0]) : _("Fermé");
	for (size_t i = 1; i < day->n; i++)
		all = _f("{1} et {2}", all, piece_text(v, &day->v[i]));
	return all;
}

static bool same_hours(const struct hours_day_pieces *a, const struct hours_day_pieces *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].from != b->v[i].from || a->v[i].to != b->v[i].to || a->v[i].state != b->v[i].state || !str_eq(a->v[i].comment, b->v[i].comment))
			return false;
	return true;
}

/* "Mardi", "Samedi, Dimanche", "Lundi à Vendredi"; and that today is among them. */
static str days_shown(const struct view *v, int from, int to, bool today)
{
	static const char *const names[] = {
		N_("Lundi"), N_("Mardi"), N_("Mercredi"), N_("Jeudi"), N_("Vendredi"), N_("Samedi"), N_("Dimanche"),
	};
	str first = tr(v->lang, names[from]), last = tr(v->lang, names[to]);
	str days = from == to ? first : to == from + 1 ? _f("{1}, {2}", first, last) : _f("{1} à {2}", first, last);
	if (!today)
		return days;
	return from == to ? _f("{1}, aujourd’hui", days) : _f("{1}, dont aujourd’hui", days);
}

/* `today`: the day of the week to mark, or -1. */
static void tell_lines(const struct view *v, struct place_week *w, int today)
{
	for (int from = 0, to; from < 7; from = to) {
		for (to = from + 1; to < 7 && same_hours(&w->day[from], &w->day[to]);)
			to++;
		bool marked = from <= today && today < to;
		w->v[w->n++] = (struct week_line){
			.day = days_shown(v, from, to - 1, marked), .times = day_html(v, &w->day[from]), .text = day_text(v, &w->day[from]), .today = marked,
		};
	}
}

/* Days in a row with the same hours are one change, over the days of rest between them too. */
static void find_changes(const struct view *v, struct place_week *w, i64 today)
{
	struct week_change *run = NULL;
	for (i64 d = today; d < today + WEEK_AHEAD_DAYS; d++) {
		struct date date = date_of_days(d);
		struct hours_day_pieces hours = hours_of_day(v->a, w->hours, d);
		bool like_week = same_hours(&hours, &w->day[date_weekday(date)]), holiday = public_holiday(date);
		bool like_run = run && same_hours(&hours, &run->hours) && !holiday && !run->holiday;
		if (!like_week && like_run) {
			run->to = date;
		} else if (!like_week) {
			run = &w->change[w->n_changes++];
			*run = (struct week_change){ .from = date, .to = date, .hours = hours, .holiday = holiday };
		} else if (!like_run) {
			run = NULL;
		}
	}
}

const struct place_week *place_week(const struct view *v, str hours, struct date today, bool mark)
{
	struct place_week *w = arena_one(v->a, struct place_week);
	struct hours *h;
	struct hours_error e;
	if (!hours.n || hours_parse(v->a, hours, &h, &e) != OK)
		return w;
	i64 day = date_days(today), monday = day - date_weekday(today);
	w->hours = h;
	w->dated = hours_vary(h);
	w->caption = w->dated ? _f("Semaine du {1}", date_shown(v, date_of_days(monday))) : _("Chaque semaine");
	w->holidays_off = hours_closed_on_holidays(h);
	for (int i = 0; i < 7; i++) {
		i64 d = monday + i;
		while (!w->dated && public_holiday(date_of_days(d)))
			d += 7;
		w->day[i] = hours_of_day(v->a, h, d);
	}
	find_changes(v, w, day);
	bool today_differs = w->n_changes && date_days(w->change[0].from) == day;
	tell_lines(v, w, mark && !today_differs ? date_weekday(today) : -1);
	return w;
}

static html change_html(const struct view *v, const struct week_change *c)
{
	html from = text_html(v, day_shown(v, c->from)), to = text_html(v, day_shown(v, c->to)), times = day_html(v, &c->hours);
	if (date_days(c->from) != date_days(c->to))
		return c->hours.n ? _h("Du {1} au {2} : {3}.", from, to, times) : _h("Fermé du {1} au {2}.", from, to);
	if (c->holiday)
		return c->hours.n ? _h("Le {1}, jour férié : {2}.", from, times) : _h("Fermé le {1}, jour férié.", from);
	return c->hours.n ? _h("Le {1} : {2}.", from, times) : _h("Fermé le {1}.", from);
}

const struct week_changes *place_week_changes(const struct view *v, const struct place_week *week)
{
	struct week_changes *ret = arena_one(v->a, struct week_changes);
	ret->v = arena_many(v->a, html, WEEK_AHEAD_DAYS);
	for (size_t i = 0; i < week->n_changes; i++)
		ret->v[ret->n++] = change_html(v, &week->change[i]);
	return ret;
}
