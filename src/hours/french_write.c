/* The agenda that a French text describes, as an opening_hours expression. Days with the same hours share a rule. */
#include "base/buf.h"
#include "hours/french.h"

static const char *const day_names[] = {"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};

/* "[1,3]", "[-1]" */
static void put_nth(struct buf *b, unsigned nth)
{
	char sep = '[';
	for (int i = 0; i < 16; i++)
		if (nth >> i & 1) {
			buf_printf(b, "%c%s%d", sep, i >= 8 ? "-" : "", i % 8 + 1);
			sep = ',';
		}
	if (nth)
		buf_byte(b, ']');
}

/* "Mo-We,Fr": three days in a row or more are a range. */
static void put_days(struct buf *b, unsigned days, unsigned nth)
{
	bool first = true;
	for (int from = 0, to; from < 7; from = to + 1) {
		to = from;
		if (!(days >> from & 1))
			continue;
		while (to < 6 && (days >> (to + 1) & 1) && !nth)
			to++;
		if (to == from + 1)
			to = from;
		buf_printf(b, "%s%s", first ? "" : ",", day_names[from]);
		if (to > from)
			buf_printf(b, "-%s", day_names[to]);
		put_nth(b, nth);
		first = false;
	}
}

/* The conditions of a rule, each followed by a space. */
static void put_when(struct buf *b, const struct when *w, unsigned days)
{
	if (w->dates.p)
		buf_printf(b, "%.*s ", STR_ARG(w->dates));
	if (w->parity)
		buf_printf(b, "week %d-53/2 ", w->parity);
	if (w->ph)
		buf_put(b, S("PH "));
	if (w->sh)
		buf_put(b, S("SH "));
	if (days) {
		put_days(b, days, w->nth);
		buf_byte(b, ' ');
	}
}

static void begin_rule(struct buf *b) { buf_put(b, b->n ? S("; ") : S("")); }

/* The hours of a cell; ranges with another comment are a rule added to the first. */
static void put_cell(struct buf *b, const struct when *w, unsigned days, const struct cell *c)
{
	begin_rule(b);
	put_when(b, w, days);
	if (!c->n)
		buf_printf(b, "unknown \"%.*s\"", STR_ARG(c->comment));
	for (size_t i = 0; i < c->n; i++) {
		const struct french_range *r = &c->v[i];
		bool same = i && str_eq(r->comment, c->v[i - 1].comment), ends = i + 1 == c->n || !str_eq(r->comment, c->v[i + 1].comment);
		if (i && !same) {
			buf_put(b, S(", "));
			put_when(b, w, days);
		}
		int to = r->to > 1440 ? r->to - 1440 : r->to;
		buf_printf(b, "%s%02d:%02d-%02d:%02d", same ? "," : "", r->from / 60, r->from % 60, to / 60, to % 60);
		if (ends && r->comment.n)
			buf_printf(b, " open \"%.*s\"", STR_ARG(r->comment));
	}
}

static bool cells_equal(const struct cell *a, const struct cell *b)
{
	bool same = a->n == b->n && str_eq(a->comment, b->comment);
	for (size_t i = 0; same && i < a->n; i++)
		same = a->v[i].from == b->v[i].from && a->v[i].to == b->v[i].to && str_eq(a->v[i].comment, b->v[i].comment);
	return same;
}

static void put_table(struct buf *b, const struct timetable *t)
{
	unsigned done = 0, closed = 0;
	if (t->day[7].n || t->day[7].comment.n)
		put_cell(b, &t->when, 0, &t->day[7]);
	for (int d = 0; d < 7; d++) {
		const struct cell *c = &t->day[d];
		closed |= c->closed ? 1u << d : 0;
		if ((done >> d & 1) || (!c->n && !c->comment.n))
			continue;
		unsigned days = 0;
		for (int e = d; e < 7; e++)
			days |= cells_equal(c, &t->day[e]) ? 1u << e : 0;
		done |= days;
		put_cell(b, &t->when, days, c);
	}
	if (!closed)
		return;
	begin_rule(b);
	put_when(b, &t->when, closed);
	buf_put(b, S("off"));
}

str french_expression(struct arena *a, const struct agenda *g)
{
	struct buf b = buf_new(a, 16384);
	for (size_t i = 0; i < g->n; i++)
		put_table(&b, &g->table[i]);
	for (size_t i = 0; i < g->n_closed; i++) {
		begin_rule(&b);
		put_when(&b, &g->closed[i], g->closed[i].days);
		buf_put(&b, S("off"));
	}
	return buf_str(&b);
}
