/* Where the lines of the drawing go. */
#include "progress/chart.h"

#include "html/format.h"

#define PATH_MAX_BYTES ((size_t)8 << 10)
#define MONTHS_MOST 6

struct scale { i64 from, days, most; };

static i64 at_x(const struct scale *s, i64 day)
{
	return CHART_LEFT + (day - s->from) * (CHART_RIGHT - CHART_LEFT) / s->days;
}

static i64 at_y(const struct scale *s, i64 n)
{
	return CHART_FOOT - n * (CHART_FOOT - CHART_TOP) / s->most;
}

static struct scale scale_for(const struct progress *p)
{
	i64 from = date_days(p->start), to = date_days(p->day);
	struct scale s = { .from = from, .most = p->target > 0 ? p->target : 1 };
	if (p->end.d && date_days(p->end) > to)
		to = date_days(p->end);
	s.days = to > from ? to - from : 1;
	for (size_t i = 0; i < p->n_trend; i++) {
		const struct trend_point *t = &p->trend[i];
		i64 high = t->signed_charters > t->handed ? t->signed_charters : t->handed;
		s.most = high > s.most ? high : s.most;
	}
	return s;
}

static i64 value_of(const struct trend_point *t, bool signed_charters) { return signed_charters ? t->signed_charters : t->handed; }

static str line_of(struct arena *a, const struct scale *s, const struct progress *p, bool signed_charters)
{
	struct buf b = buf_new(a, PATH_MAX_BYTES);
	buf_printf(&b, "M%lld %lld", (long long)CHART_LEFT, (long long)at_y(s, 0));
	for (size_t i = 0; i < p->n_trend; i++)
		buf_printf(&b, "L%lld %lld", (long long)at_x(s, date_days(p->trend[i].day)), (long long)at_y(s, value_of(&p->trend[i], signed_charters)));
	return buf_str(&b);
}

/* Turns where waves begin and end. */
static str planned_line(struct arena *a, const struct scale *s, const struct progress *p)
{
	struct buf b = buf_new(a, PATH_MAX_BYTES);
	const struct trend_point *last = &p->trend[p->n_trend - 1];
	if (last->planned < 0)
		return S("");
	for (i64 i = 0; i <= 40; i++) {
		i64 day = s->from + s->days * i / 40;
		buf_printf(&b, "%c%lld %lld", i ? 'L' : 'M', (long long)at_x(s, day), (long long)at_y(s, planned_on(p, day)));
	}
	return buf_str(&b);
}

static void put_months(const struct view *v, const struct scale *s, struct chart *c)
{
	struct date first = date_of_days(s->from);
	i64 all = s->days / 30 + 1, step = (all + MONTHS_MOST - 1) / MONTHS_MOST;
	c->months.v = arena_many(v->a, struct chart_month, MONTHS_MOST + 2);
	for (i64 m = first.y * 12 + first.m - (first.d == 1); c->months.n < MONTHS_MOST + 1; m += step) {
		struct date d = { (int)(m / 12), (int)(m % 12) + 1, 1 };
		i64 x = at_x(s, date_days(d));
		if (x > CHART_RIGHT)
			break;
		c->months.v[c->months.n++] = (struct chart_month){ x, str_printf(v->a, "%02d/%d", d.m, d.y), x > CHART_RIGHT - 40 };
	}
}

struct chart chart_of(const struct view *v, const struct progress *p)
{
	struct scale s = scale_for(p);
	i64 handed = p->sum.v[L_HANDED];
	str n = number_shown(v->a, v->lang, handed), target = number_shown(v->a, v->lang, p->target), day = date_shown(v, p->day);
	struct chart c = { .title = _f("{1} sur {2}", _n("{n} ordinateur remis", "{n} ordinateurs remis", handed), target),
		.desc = _f("Remis et chartes signées jusqu’au {1}, et l’objectif. Les mêmes chiffres sont dans le tableau « Semaine après semaine ».", day),
		.handed = line_of(v->a, &s, p, false), .signed_charters = line_of(v->a, &s, p, true), .planned = planned_line(v->a, &s, p),
		.target = _f("Objectif : {1}", target), .now = _f("{1} remis", n), .target_y = at_y(&s, p->target), .now_x = at_x(&s, date_days(p->day)),
		.now_y = at_y(&s, handed) };
	c.area = str_printf(v->a, "%.*sV%lldH%lldz", STR_ARG(c.handed), (long long)CHART_FOOT, (long long)CHART_LEFT);
	c.now_left = c.now_x > CHART_RIGHT - 90;
	c.now_label_y = c.now_y < c.target_y + 30 ? c.now_y + 24 : c.now_y - 8;
	put_months(v, &s, &c);
	return c;
}
