/* Saying an expression as people would: rules without conditions make the ordinary week, each of the others is a clause. */
#include "hours/rule.h"

#define A_MONDAY 4                               /* 1970-01-05 */
#define CLAUSES_MAX 24
#define LAST_NTH 32u                             /* bit 5 of a clause */

struct telling { struct arena *a; struct hours ordinary; struct hours_told *told; };

static unsigned days_of(const struct weekday_range *w)
{
	unsigned days = 0;
	for (int d = w->from; ; d = (d + 1) % 7) {
		days |= 1u << d;
		if (d == w->to)
			return days;
	}
}

static bool sayable_dates(const struct rule *r)
{
	for (size_t i = 0; i < r->dates.n; i++) {
		const struct date_range *d = &r->dates.v[i];
		const struct date_point *ends[] = { &d->from, &d->to };
		if (d->open_end)
			return false;
		for (int k = 0; k < 2; k++)
			if (ends[k]->year || ends[k]->easter || ends[k]->offset || !ends[k]->month)
				return false;
	}
	return true;
}

static bool sayable(const struct rule *r)
{
	if (r->kind == RULE_FALLBACK || r->years.n || r->weeks.n || r->ph_offset || (r->holidays_and_weekdays && r->ph) || !sayable_dates(r))
		return false;
	for (size_t i = 0; i < r->weekdays.n; i++) {
		unsigned nth = r->weekdays.v[i].nth;
		if (r->weekdays.v[i].offset || (nth >> 9))       /* from the end, only the last has a name */
			return false;
	}
	for (size_t i = 0; i < r->times.n; i++)
		if (r->times.v[i].from.event != AT_CLOCK || r->times.v[i].to.event != AT_CLOCK || r->times.v[i].open_end || r->times.v[i].point)
			return false;
	return true;
}

static struct hours_day_pieces pieces_of(struct arena *a, const struct rule *r)
{
	struct hours_day_pieces ret = { .v = arena_many(a, struct hours_piece, r->times.n + 1) };
	if (r->state == HOURS_CLOSED)
		return ret;
	for (size_t i = 0; i < r->times.n; i++) {
		int from = r->times.v[i].from.minutes, to = r->times.v[i].to.minutes;
		ret.v[ret.n++] = (struct hours_piece){ from, to < from ? to + 1440 : to, r->state, r->comment };
	}
	if (!ret.n)
		ret.v[ret.n++] = (struct hours_piece){ 0, 1440, r->state, r->comment };
	return ret;
}

static bool add_clause(struct telling *t, const struct hours_clause *c)
{
	if (t->told->n == CLAUSES_MAX)
		return false;
	t->told->v[t->told->n++] = *c;
	return true;
}

/* The clause for each of the rule's dates; one when it has none. */
static bool add_dated(struct telling *t, const struct rule *r, struct hours_clause c)
{
	for (size_t i = 0; i < r->dates.n; i++) {
		const struct date_range *d = &r->dates.v[i];
		c.from = (struct date){ .m = d->from.month, .d = d->from.day };
		c.to = (struct date){ .m = d->to.month, .d = d->to.day };
		if (!add_clause(t, &c))
			return false;
	}
	return r->dates.n || add_clause(t, &c);
}

/* The days of a rule that are each week's go to the ordinary week, unless months or holidays bound them. */
static bool split(struct telling *t, const struct rule *r)
{
	struct hours_clause c = { .hours = pieces_of(t->a, r) };
	struct rule *plain = &t->ordinary.rules[t->ordinary.n];
	bool bounded = r->dates.n || r->holidays_and_weekdays;
	unsigned days = 0;
	*plain = *r;
	plain->ph = plain->sh = false;
	plain->weekdays.v = arena_many(t->a, struct weekday_range, r->weekdays.n + 1);
	plain->weekdays.n = 0;
	for (size_t i = 0; i < r->weekdays.n; i++) {
		const struct weekday_range *w = &r->weekdays.v[i];
		struct hours_clause nth = c;
		nth.days = days_of(w);
		nth.nth = (w->nth & 31u) | (w->nth & 256u ? LAST_NTH : 0);
		if (w->nth && !add_dated(t, r, nth))
			return false;
		days |= w->nth ? 0 : nth.days;
		if (!w->nth)
			plain->weekdays.v[plain->weekdays.n++] = *w;
	}
	bool holidays = r->ph || r->sh, each_week = plain->weekdays.n || (!r->weekdays.n && !holidays);
	if (r->dates.n && holidays && each_week && !r->holidays_and_weekdays)
		return false;                    /* "Jul Mo,PH": either, in words that would mean both */
	if (each_week && !bounded)
		t->ordinary.n++;
	c.days = bounded ? days : 0;
	c.public_holidays = r->ph;
	c.school_holidays = r->sh;
	return !((bounded && each_week) || holidays) || add_dated(t, r, c);
}

/* A rule for each week, after a clause about the same days: it would undo it. */
static bool undoes(const struct hours_told *told, size_t clauses, const struct rule *r)
{
	unsigned days = r->weekdays.n ? 0 : 127;
	for (size_t i = 0; i < r->weekdays.n; i++)
		days |= r->weekdays.v[i].nth ? 0 : days_of(&r->weekdays.v[i]);
	for (size_t i = 0; i < clauses; i++)
		if (!told->v[i].days || (told->v[i].days & days))
			return days != 0;
	return false;
}

bool hours_tell(struct arena *a, const struct hours *h, struct hours_told *ret)
{
	struct telling t = { .a = a, .told = ret, .ordinary.rules = arena_many(a, struct rule, h->n) };
	*ret = (struct hours_told){ .v = arena_many(a, struct hours_clause, CLAUSES_MAX) };
	for (size_t i = 0; i < h->n; i++) {
		size_t before = ret->n, plain = t.ordinary.n;
		if (!sayable(&h->rules[i]) || !split(&t, &h->rules[i]))
			return false;
		if (t.ordinary.n > plain && h->rules[i].kind == RULE_NORMAL && undoes(ret, before, &t.ordinary.rules[plain]))
			return false;
	}
	for (int d = 0; d < 7; d++)
		ret->week[d] = hours_of_day(a, &t.ordinary, A_MONDAY + d);
	return true;
}
