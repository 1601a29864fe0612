/* The opening_hours grammar, by recursive descent. Each reader takes what it knows off the front, or leaves it. */
#include "base/utf8.h"
#include "hours/rule.h"

#define RULES_MAX 64
#define LIST_MAX 40

struct parser {
	struct arena *a;
	str all, rest;
	str message;                             /* set at the first error */
	size_t at;                               /* byte offset of it */
};

#define N_(msgid) msgid                          /* translated where it is shown */

static void spaces(struct parser *p)
{
	while (p->rest.n && (p->rest.p[0] == ' ' || p->rest.p[0] == '\t'))
		p->rest = str_slice(p->rest, 1, p->rest.n);
}

static bool fail(struct parser *p, const char *msgid)
{
	spaces(p);
	if (!p->message.p) {
		p->message = str_c(msgid);
		p->at = p->all.n - p->rest.n;
	}
	return false;
}

static char peek(struct parser *p)
{
	spaces(p);
	return p->rest.n ? p->rest.p[0] : 0;
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static bool digit(char c) { return c >= '0' && c <= '9'; }

/* A sign or a word; a word must end where it ends. */
static bool take(struct parser *p, const char *z)
{
	spaces(p);
	str word = str_c(z);
	if (!str_ieq(str_slice(p->rest, 0, word.n), word))
		return false;
	if (letter(word.p[word.n - 1]) && p->rest.n > word.n && letter(p->rest.p[word.n]))
		return false;
	p->rest = str_slice(p->rest, word.n, p->rest.n);
	return true;
}

static bool take_number(struct parser *p, int *ret)
{
	spaces(p);
	size_t n = 0;
	i64 v = 0;
	while (n < p->rest.n && n < 6 && digit(p->rest.p[n]))
		v = v * 10 + (p->rest.p[n++] - '0');
	if (!n)
		return false;
	p->rest = str_slice(p->rest, n, p->rest.n);
	*ret = (int)v;
	return true;
}

/* One of several words; its index. */
static bool take_name(struct parser *p, const char *const *names, int n, int *ret)
{
	for (int i = 0; i < n; i++)
		if (take(p, names[i])) {
			*ret = i;
			return true;
		}
	return false;
}

static bool take_weekday(struct parser *p, int *ret)
{
	static const char *const names[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
	return take_name(p, names, 7, ret);
}

static bool take_month(struct parser *p, int *ret)
{
	static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	if (!take_name(p, names, 12, ret))
		return false;
	++*ret;
	return true;
}

/* Room for one more in a list of the rule. */
#define GROW(p, list, type) ((list).v ? (void)0 : (void)((list).v = arena_many((p)->a, struct type, LIST_MAX)), \
	(list).n < LIST_MAX ? &(list).v[(list).n++] : (fail((p), N_("La liste est trop longue.")), &(list).v[0]))

/* "+2 days", "-1 day": 0 when absent. */
static int take_day_offset(struct parser *p)
{
	str before = p->rest;
	int n, sign = take(p, "+") ? 1 : take(p, "-") ? -1 : 0;
	if (sign && take_number(p, &n) && (take(p, "days") || take(p, "day")))
		return sign * n;
	p->rest = before;
	return 0;
}

/* ---- years, dates, weeks ---- */

/* Four digits that are not the hour of a time. */
static bool take_year(struct parser *p, int *ret)
{
	spaces(p);
	str before = p->rest;
	int y;
	if (p->rest.n >= 4 && digit(p->rest.p[0]) && digit(p->rest.p[3]) && take_number(p, &y) && y >= 1900 && y <= 9999)
		return *ret = y, true;
	p->rest = before;
	return false;
}

static bool take_date_point(struct parser *p, const struct date_point *previous, struct date_point *ret)
{
	str before = p->rest;
	*ret = (struct date_point){0};
	(void)take_year(p, &ret->year);
	if (take(p, "easter")) {
		ret->easter = true;
	} else if (take_month(p, &ret->month)) {
		str here = p->rest;
		/* a number, unless it is the hour of a time ("Aug 10:00-12:00") */
		if (take_number(p, &ret->day) && p->rest.n && p->rest.p[0] == ':' && p->rest.n > 1 && digit(p->rest.p[1])) {
			p->rest = here;
			ret->day = 0;
		}
		if (ret->day > 31)
			return fail(p, N_("Un mois n’a pas tant de jours."));
	} else if (previous && previous->day && peek(p) && take_number(p, &ret->day) && !(p->rest.n && p->rest.p[0] == ':')) {
		ret->month = previous->month;
		ret->year = previous->year;
	} else {
		p->rest = before;
		return false;
	}
	ret->offset = take_day_offset(p);
	return true;
}

static bool take_dates(struct parser *p, struct rule *r)
{
	struct date_point from;
	const struct date_point *previous = NULL;
	for (;;) {
		str before = p->rest;
		if (previous && !take(p, ","))
			return true;
		if (!take_date_point(p, previous, &from)) {
			p->rest = before;
			return true;
		}
		struct date_range *d = GROW(p, r->dates, date_range);
		*d = (struct date_range){.from = from, .to = from};
		str mark = p->rest;
		if (take(p, "+"))
			d->open_end = true;
		else if (take(p, "-") && !take_date_point(p, &from, &d->to)) {
			p->rest = mark;
			return fail(p, N_("Après ce tiret, une date est attendue."));
		}
		if (d->from.year && !d->to.year && !d->open_end)
			d->to.year = d->from.year;
		previous = &d->to;
	}
}

/* Numbers with ranges and steps: years, weeks. */
static bool take_ranges(struct parser *p, bool years, int low, int high, struct range **ret_v, size_t *ret_n)
{
	LIST(range, list) = {0};
	do {
		int from, to, step = 1;
		str before = p->rest;
		if (years ? !take_year(p, &from) : !take_number(p, &from)) {
			if (list.n)
				return fail(p, N_("Un nombre est attendu."));
			p->rest = before;
			break;
		}
		to = from;
		if (years && take(p, "+"))
			to = 9999;
		else if (take(p, "-") && !take_number(p, &to))
			return fail(p, N_("Après ce tiret, un nombre est attendu."));
		if (take(p, "/") && (!take_number(p, &step) || step < 1))
			return fail(p, N_("Après « / », un pas est attendu, comme 2."));
		if (from < low || to > high || to < from)
			return fail(p, years ? N_("Ces années ne vont pas ensemble.") : N_("Les semaines vont de 1 à 53."));
		*GROW(p, list, range) = (struct range){.from = from, .to = to, .step = step};
	} while (take(p, ","));
	*ret_v = list.v;
	*ret_n = list.n;
	return true;
}

/* Years alone ("2026", "2026-2028") — not those which begin a date ("2026 Mar 01"). */
static bool take_years(struct parser *p, struct rule *r)
{
	str before = p->rest;
	int y, m;
	if (take_year(p, &y) && (take_month(p, &m) || take(p, "easter"))) {
		p->rest = before;
		return true;
	}
	p->rest = before;
	return take_ranges(p, true, 1900, 9999, &r->years.v, &r->years.n);
}

/* ---- weekdays and holidays ---- */

static bool take_nth(struct parser *p, unsigned *ret)
{
	*ret = 0;
	if (!take(p, "["))
		return true;
	do {
		bool last = take(p, "-");
		int from, to;
		if (!take_number(p, &from) || from < 1 || from > 5)
			return fail(p, N_("Entre crochets : de 1 à 5, ou -1 pour le dernier."));
		to = from;
		if (!last && take(p, "-") && (!take_number(p, &to) || to < from || to > 5))
			return fail(p, N_("Entre crochets : de 1 à 5, ou -1 pour le dernier."));
		for (int i = from; i <= to; i++)
			*ret |= 1u << (i - 1 + (last ? 8 : 0));
	} while (take(p, ","));
	return take(p, "]") || fail(p, N_("Le crochet n’est pas fermé."));
}

static bool take_holiday(struct parser *p, struct rule *r)
{
	if (take(p, "PH")) {
		r->ph = true;
		r->ph_offset = take_day_offset(p);
		return true;
	}
	if (take(p, "SH"))
		return r->sh = true;
	return false;
}

static bool take_weekday_range(struct parser *p, struct rule *r)
{
	int from, to;
	unsigned nth;
	if (!take_weekday(p, &from))
		return false;
	to = from;
	str before = p->rest;
	if (take(p, "-") && !take_weekday(p, &to)) {
		p->rest = before;
		return fail(p, N_("Après ce tiret, un jour est attendu : Mo, Tu, We, Th, Fr, Sa, Su."));
	}
	if (!take_nth(p, &nth))
		return false;
	*GROW(p, r->weekdays, weekday_range) = (struct weekday_range){.from = from, .to = to, .nth = nth, .offset = take_day_offset(p)};
	return true;
}

static bool weekday_follows(struct parser *p)
{
	str before = p->rest;
	int d;
	bool yes = take_weekday(p, &d) || take(p, "PH") || take(p, "SH");
	p->rest = before;
	return yes;
}

static bool take_days(struct parser *p, struct rule *r)
{
	bool any = false;
	for (;;) {
		str before = p->rest;
		if (any && take(p, ",")) {
			if (!weekday_follows(p)) {
				p->rest = before;        /* the comma begins another rule, or times */
				return true;
			}
		} else if (any && weekday_follows(p)) {
			r->holidays_and_weekdays = true; /* "SH We" */
		} else if (any) {
			return true;
		}
		if (!take_holiday(p, r) && !take_weekday_range(p, r))
			return !p->message.p;
		any = true;
	}
}

/* ---- times ---- */

static bool take_clock(struct parser *p, int *ret)
{
	str before = p->rest;
	int hh, mm;
	if (take_number(p, &hh) && p->rest.n && (p->rest.p[0] == ':' || p->rest.p[0] == 'h')) {
		p->rest = str_slice(p->rest, 1, p->rest.n);
		if (!p->rest.n || !digit(p->rest.p[0]) || !take_number(p, &mm))
			return fail(p, N_("Une heure s’écrit 09:30."));
		if (hh > 48 || mm > 59 || hh * 60 + mm > 2880) {
			p->rest = before;
			return fail(p, N_("Cette heure n’existe pas."));
		}
		*ret = hh * 60 + mm;
		return true;
	}
	p->rest = before;
	return false;
}

static bool take_event(struct parser *p, enum time_event *ret)
{
	static const char *const names[] = {"dawn", "sunrise", "sunset", "dusk"};
	int i;
	if (!take_name(p, names, 4, &i))
		return false;
	*ret = (enum time_event)(AT_DAWN + i);
	return true;
}

static bool take_time(struct parser *p, struct time_point *ret)
{
	str before = p->rest;
	*ret = (struct time_point){0};
	bool wrapped = take(p, "(");
	if (wrapped && !take_event(p, &ret->event)) {
		p->rest = before;
		return false;
	}
	if (!wrapped && take_event(p, &ret->event))
		return true;
	if (!wrapped)
		return take_clock(p, &ret->minutes);
	int sign = take(p, "+") ? 1 : take(p, "-") ? -1 : 0;
	if (!sign || !take_clock(p, &ret->minutes) || !take(p, ")"))
		return fail(p, N_("Une heure du soleil décalée s’écrit (sunrise+01:00)."));
	ret->minutes *= sign;
	return true;
}

static bool take_times(struct parser *p, struct rule *r)
{
	struct time_point from;
	for (bool any = false;; any = true) {
		str before = p->rest;
		if (any && !take(p, ","))
			return true;
		if (!take_time(p, &from)) {
			if (p->message.p)
				return false;
			p->rest = before;
			return true;
		}
		if (from.event == AT_CLOCK && from.minutes > 1440) {
			p->rest = before;
			return fail(p, N_("Une heure de début va de 00:00 à 24:00."));
		}
		struct time_range *t = GROW(p, r->times, time_range);
		*t = (struct time_range){.from = from, .to = from};
		if (take(p, "-")) {
			if (!take_time(p, &t->to))
				return fail(p, N_("Après ce tiret, une heure est attendue."));
			t->open_end = take(p, "+");
		} else if (take(p, "+")) {
			t->open_end = true;
			t->to = (struct time_point){.minutes = 1440};
			t->point = true;
		} else {
			return fail(p, N_("Une heure de fin manque : 09:00-12:00."));
		}
	}
}

/* ---- rules ---- */

static bool take_comment(struct parser *p, str *ret)
{
	if (peek(p) != '"')
		return true;
	ptrdiff_t end = str_find_byte(str_slice(p->rest, 1, p->rest.n), '"');
	if (end < 0)
		return fail(p, N_("Le commentaire n’est pas fermé par un guillemet."));
	*ret = str_slice(p->rest, 1, (size_t)end + 1);
	p->rest = str_slice(p->rest, (size_t)end + 2, p->rest.n);
	return true;
}

static bool take_state(struct parser *p, struct rule *r, bool selectors)
{
	bool said = true;
	if (take(p, "off") || take(p, "closed"))
		r->state = HOURS_CLOSED;
	else if (take(p, "open"))
		r->state = HOURS_OPEN;
	else if (take(p, "unknown"))
		r->state = HOURS_UNKNOWN;
	else
		said = false;
	if (!take_comment(p, &r->comment))
		return false;
	if (said)
		return true;
	if (!selectors && !r->comment.p)
		return fail(p, N_("Ceci n’est pas compris."));
	r->state = r->comment.p ? HOURS_UNKNOWN : HOURS_OPEN;
	if (r->comment.p && (r->times.n || r->always))
		r->state = HOURS_OPEN;
	return true;
}

static bool take_rule(struct parser *p, struct rule *r)
{
	str before = p->rest;
	r->always = take(p, "24/7");
	if (!r->always) {
		if (!take_years(p, r) || !take_dates(p, r))
			return false;
		if (take(p, "week") && (!take_ranges(p, false, 1, 53, &r->weeks.v, &r->weeks.n) || !r->weeks.n))
			return fail(p, N_("Après « week », un numéro de semaine est attendu."));
		if (r->years.n || r->dates.n || r->weeks.n)
			(void)take(p, ":");
		if (!take_days(p, r) || !take_times(p, r))
			return false;
	}
	return take_state(p, r, p->rest.p != before.p) && !p->message.p;
}

static bool take_separator(struct parser *p, enum rule_kind *ret)
{
	if (take(p, "||"))
		*ret = RULE_FALLBACK;
	else if (take(p, ";"))
		*ret = RULE_NORMAL;
	else if (take(p, ","))
		*ret = RULE_ADDITIONAL;
	else
		return false;
	return true;
}

static bool take_rules(struct parser *p, struct hours *h)
{
	enum rule_kind kind = RULE_NORMAL;
	for (;;) {
		if (h->n == RULES_MAX)
			return fail(p, N_("Il y a trop de règles."));
		struct rule *r = &h->rules[h->n++];
		r->kind = kind;
		if (!take_rule(p, r))
			return false;
		if (!peek(p))
			return true;
		if (!take_separator(p, &kind))
			return fail(p, N_("Ceci n’est pas compris."));
		if (!peek(p) && kind == RULE_NORMAL)
			return true;
	}
}

enum err hours_parse(struct arena *a, str expression, struct hours **ret, struct hours_error *ret_error)
{
	struct parser p = {.a = a, .all = expression, .rest = expression};
	struct hours *h = arena_one(a, struct hours);
	h->rules = arena_many(a, struct rule, RULES_MAX);
	if (!peek(&p))
		fail(&p, N_("Il n’y a rien."));
	if (!p.message.p && take_rules(&p, h)) {
		*ret = h;
		return OK;
	}
	*ret_error = (struct hours_error){.column = utf8_length(str_slice(expression, 0, p.at)) + 1, .message = p.message};
	return INVALID;
}
