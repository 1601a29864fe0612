/* Evaluating. A minute's state is decided by the rules in order: a normal rule that matches the day puts aside those before it,
 * an additional one adds to them, a fallback speaks only where nothing else does; times after midnight belong to the day before. */
#include "hours/rule.h"

/* ---- does a rule speak of a day? ---- */

static bool in_ranges(const struct range *v, size_t n, int x)
{
	for (size_t i = 0; i < n; i++)
		if (x >= v[i].from && x <= v[i].to && (x - v[i].from) % v[i].step == 0)
			return true;
	return n == 0;
}

static int days_in_month(int y, int m)
{
	struct date d = {.y = y, .m = m, .d = 31};
	while (!date_valid(d))
		d.d--;
	return d.d;
}

/* The day of a point in a given year; for an end without a day, the last of the month. */
static i64 day_of(const struct date_point *p, int year, bool end)
{
	int y = p->year ? p->year : year;
	if (p->easter)
		return date_days(easter_sunday(y)) + p->offset;
	int last = days_in_month(y, p->month), d = p->day ? p->day : end ? last : 1;
	return date_days((struct date){.y = y, .m = p->month, .d = 1}) + d - 1 + p->offset;
}

static bool in_date_range(const struct date_range *r, i64 day, int year)
{
	if (r->open_end)
		return r->from.year ? day >= day_of(&r->from, year, false) : day >= day_of(&r->from, year, false);
	for (int y = year - 1; y <= year; y++) {         /* a range may have begun last year */
		i64 from = day_of(&r->from, y, false), to = day_of(&r->to, y, true);
		if (to < from && !r->to.year)
			to = day_of(&r->to, y + 1, true);
		if (day >= from && day <= to)
			return true;
	}
	return false;
}

static bool dates_match(const struct rule *r, i64 day, int year)
{
	for (size_t i = 0; i < r->dates.n; i++)
		if (in_date_range(&r->dates.v[i], day, year))
			return true;
	return r->dates.n == 0;
}

static int iso_week(i64 day)
{
	i64 thursday = day - date_weekday(date_of_days(day)) + 3;
	struct date d = date_of_days(thursday);
	return (int)((thursday - date_days((struct date){.y = d.y, .m = 1, .d = 1})) / 7) + 1;
}

static bool weekday_matches(const struct weekday_range *w, i64 day)
{
	day -= w->offset;
	struct date d = date_of_days(day);
	int wd = date_weekday(d);
	bool within = w->from <= w->to ? wd >= w->from && wd <= w->to : wd >= w->from || wd <= w->to;
	if (!within || !w->nth)
		return within;
	unsigned from_start = 1u << ((d.d - 1) / 7), from_end = 1u << ((days_in_month(d.y, d.m) - d.d) / 7 + 8);
	return w->nth & (from_start | from_end);
}

static bool weekdays_match(const struct rule *r, i64 day)
{
	for (size_t i = 0; i < r->weekdays.n; i++)
		if (weekday_matches(&r->weekdays.v[i], day))
			return true;
	return false;
}

enum match { NO, YES, MAYBE };                           /* MAYBE: school holidays beyond the table */

static enum match holidays_match(const struct rule *r, i64 day)
{
	if (r->ph && public_holiday(date_of_days(day - r->ph_offset)))
		return YES;
	if (!r->sh)
		return NO;
	enum school_holiday s = school_holiday(day);
	return s == SCHOOL_YES ? YES : s == SCHOOL_UNKNOWN ? MAYBE : NO;
}

static enum match days_match(const struct rule *r, i64 day)
{
	bool holidays = r->ph || r->sh;
	if (!holidays)
		return r->weekdays.n == 0 || weekdays_match(r, day) ? YES : NO;
	enum match h = holidays_match(r, day);
	if (!r->weekdays.n)
		return h;
	bool w = weekdays_match(r, day);
	if (r->holidays_and_weekdays)
		return w ? h : NO;
	return w ? YES : h;
}

static enum match rule_matches_day(const struct rule *r, i64 day)
{
	struct date d = date_of_days(day);
	if (r->always)
		return YES;
	if (!in_ranges(r->years.v, r->years.n, d.y) || !dates_match(r, day, d.y) || !in_ranges(r->weeks.v, r->weeks.n, iso_week(day)))
		return NO;
	return days_match(r, day);
}

static bool has_date_part(const struct rule *r)
{
	return r->always || r->years.n || r->dates.n || r->weeks.n || r->weekdays.n || r->ph || r->sh;
}

/* ---- and of a minute? ---- */

static int minute_of(const struct time_point *t, i64 day)
{
	if (t->event == AT_CLOCK)
		return t->minutes;
	return sun_minute((enum sun)(t->event - AT_DAWN), day) + t->minutes;
}

struct span { int from, to, open_from; };                /* open_from: from there on, "open end" */

static struct span span_of(const struct time_range *t, i64 day)
{
	struct span s = {.from = minute_of(&t->from, day), .to = minute_of(&t->to, day)};
	s.open_from = s.to;
	if (t->point) {
		s.open_from = s.from;
		s.to = s.from >= 1320 ? s.from + 480 : s.from >= 1020 ? s.from + 600 : 1440;     /* how long an evening may last */
		s.to = s.to > 2880 ? 2880 : s.to;
		return s;
	}
	if (s.to <= s.from)
		s.to += 1440;
	s.open_from = s.to;
	if (t->open_end)
		s.to += 240;
	return s;
}

struct verdict { enum hours_state state; const struct rule *rule; };

/* What a rule says of a minute of the day `day` (minute may be over 1440: the night after). */
static bool rule_speaks(const struct rule *r, i64 day, int minute, enum match m, struct verdict *ret)
{
	enum hours_state state = m == MAYBE && r->state != HOURS_UNKNOWN ? HOURS_UNKNOWN : r->state;
	if (!r->times.n) {
		if (minute >= 1440)
			return false;
		*ret = (struct verdict){.state = state, .rule = r};
		return true;
	}
	for (size_t i = 0; i < r->times.n; i++) {
		struct span s = span_of(&r->times.v[i], day);
		if (minute < s.from || minute >= s.to)
			continue;
		*ret = (struct verdict){.state = minute >= s.open_from && state == HOURS_OPEN ? HOURS_UNKNOWN : state, .rule = r};
		return true;
	}
	return false;
}

static struct verdict decide(const struct hours *h, struct local t)
{
	const struct rule *said[64 * 2];
	i64 days[64 * 2];
	enum match how[64 * 2];
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++) {
		const struct rule *r = &h->rules[i];
		enum match before = rule_matches_day(r, t.day - 1), now = rule_matches_day(r, t.day);
		if (now == YES && r->kind == RULE_NORMAL && has_date_part(r) && r->state != HOURS_CLOSED)
			n = 0;
		if (before != NO && r->times.n) {
			said[n] = r, days[n] = t.day - 1, how[n] = before;
			n++;
		}
		if (now != NO) {
			said[n] = r, days[n] = t.day, how[n] = now;
			n++;
		}
	}
	struct verdict v = {.state = HOURS_CLOSED};
	for (size_t i = 0; i < n; i++) {
		struct verdict one;
		if (said[i]->kind == RULE_FALLBACK && v.state != HOURS_CLOSED)
			continue;
		if (rule_speaks(said[i], days[i], t.minute + (int)(t.day - days[i]) * 1440, how[i], &one))
			v = one;
	}
	return v;
}

enum hours_state hours_state_at(const struct hours *h, struct local t, str *ret_comment)
{
	struct verdict v = decide(h, t);
	*ret_comment = v.rule ? v.rule->comment : (str){0};
	return v.state;
}

/* ---- when does it change? ---- */

#define EDGES_MAX 1024

static void add_edge(int *v, size_t *n, i64 minute)
{
	if (minute >= 0 && minute < 1440 && *n < EDGES_MAX)
		v[(*n)++] = (int)minute;
}

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* The minutes of a day at which something may change, in order; midnight first. */
static size_t edges_of(const struct hours *h, i64 day, int *v)
{
	size_t n = 0;
	add_edge(v, &n, 0);
	for (size_t i = 0; i < h->n; i++)
		for (size_t j = 0; j < h->rules[i].times.n; j++)
			for (int back = 0; back <= 1; back++) {
				struct span s = span_of(&h->rules[i].times.v[j], day - back);
				add_edge(v, &n, s.from - back * 1440);
				add_edge(v, &n, s.to - back * 1440);
				add_edge(v, &n, s.open_from - back * 1440);
			}
	qsort(v, n, sizeof *v, by_value);
	return n;
}

struct hours_answer hours_at(const struct hours *h, struct local t)
{
	int edges[EDGES_MAX];
	struct hours_answer a = {0};
	a.state = hours_state_at(h, t, &a.comment);
	for (i64 day = t.day; day < t.day + HOURS_HORIZON_DAYS; day++) {
		size_t n = edges_of(h, day, edges);
		for (size_t i = 0; i < n; i++) {
			str comment;
			struct local at = {.day = day, .minute = edges[i]};
			if ((day == t.day && at.minute <= t.minute) || (hours_state_at(h, at, &comment) == a.state && str_eq(comment, a.comment)))
				continue;
			a.changes = true;
			a.next = at;
			return a;
		}
	}
	return a;
}

struct hours_day_pieces hours_of_day(struct arena *a, const struct hours *h, i64 day)
{
	int edges[EDGES_MAX];
	size_t n = edges_of(h, day, edges);
	struct hours_day_pieces ret = {.v = arena_many(a, struct hours_piece, n)};
	for (size_t i = 0; i < n; i++) {
		str comment;
		enum hours_state s = hours_state_at(h, (struct local){.day = day, .minute = edges[i]}, &comment);
		int to = i + 1 < n ? edges[i + 1] : 1440;
		struct hours_piece *last = ret.n ? &ret.v[ret.n - 1] : NULL;
		if (s == HOURS_CLOSED || to == edges[i])
			continue;
		if (last && last->to == edges[i] && last->state == s && str_eq(last->comment, comment))
			last->to = to;
		else
			ret.v[ret.n++] = (struct hours_piece){.from = edges[i], .to = to, .state = s, .comment = comment};
	}
	return ret;
}

static bool varies(const struct rule *r)
{
	bool more_than_closed = r->state != HOURS_CLOSED || r->times.n;   /* "PH off" is told beside the week */
	if (r->years.n || r->dates.n || r->weeks.n || r->sh || (r->ph && more_than_closed))
		return true;
	for (size_t i = 0; i < r->weekdays.n; i++)
		if (r->weekdays.v[i].nth || r->weekdays.v[i].offset)
			return true;
	for (size_t i = 0; i < r->times.n; i++)
		if (r->times.v[i].from.event != AT_CLOCK || r->times.v[i].to.event != AT_CLOCK)
			return true;
	return false;
}

bool hours_vary(const struct hours *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (varies(&h->rules[i]))
			return true;
	return false;
}

bool hours_closed_on_holidays(const struct hours *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->rules[i].ph && h->rules[i].state == HOURS_CLOSED && !h->rules[i].times.n)
			return true;
	return false;
}
