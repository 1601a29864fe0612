/* French opening hours, "du lundi au vendredi 9h-12h sauf mercredi", as an expression. Prose is turned only when nothing of it is
 * lost: each word must have its place, and what could mean two things is refused, with the words and where they stand. */
#include "hours/french.h"

#include "base/buf.h"

#define N_(msgid) msgid                          /* translated where it is shown */
#define WHENS_MAX 8

struct reader {
	struct arena *a;
	const struct word *w;                    /* the next word */
	struct agenda g;
	struct timetable *heading;               /* "vacances scolaires :" rules what follows */
	int clauses;
	bool term_only;                          /* "en période scolaire" was said */
	const char *message;                     /* of the first fault */
	const struct word *where;
};

struct whens { struct when v[WHENS_MAX]; size_t n; };

static bool refuse(struct reader *r, const struct word *where, const char *msgid)
{
	if (!r->message) {
		r->message = msgid;
		r->where = where;
	}
	return false;
}

static bool next_is(const struct reader *r, enum word_kind k) { return r->w->kind == k; }

static bool take(struct reader *r, enum word_kind k)
{
	if (!next_is(r, k))
		return false;
	r->w++;
	return true;
}

static bool soft(enum word_kind k)
{
	return k == W_AND || k == W_COMMA || k == W_SLASH || k == W_DASH || k == W_COLON;
}

/* The first word at or after w that is not a mere separator. */
static const struct word *past_soft(const struct word *w)
{
	while (soft(w->kind))
		w++;
	return w;
}

/* ---- when ---- */

static const char *const months[] = {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static bool is_link(enum word_kind k) { return k == W_TO || k == W_DASH; }
static bool is_day_number(const struct word *w) { return (w->kind == W_NUMBER || w->kind == W_NTH) && w->value >= 1 && w->value <= 31; }

/* A date begins here: "août", "15 août", "1er au 15 août". */
static bool date_at(const struct word *w)
{
	if (w->kind == W_MONTH)
		return true;
	if (!is_day_number(w))
		return false;
	return w[1].kind == W_MONTH || (is_link(w[1].kind) && is_day_number(w + 2) && w[3].kind == W_MONTH);
}

static bool when_at(const struct word *w)
{
	switch (w->kind) {
	case W_DAY: case W_DAYS: case W_PUBLIC: case W_SCHOOL: case W_WEEKS:
		return true;
	case W_NTH:
		return date_at(w) || w[1].kind == W_DAY || w[1].kind == W_AND || w[1].kind == W_COMMA;
	default:
		return date_at(w);
	}
}

static str read_date(struct reader *r)
{
	const struct word *w = r->w;
	struct buf b = buf_new(r->a, 64);
	int day = is_day_number(w) ? (w++)->value : 0;
	if (w->kind != W_MONTH) {                        /* "1er au 15 août" */
		buf_printf(&b, "%s %02d-%02d", months[w[2].value], day, w[1].value);
		r->w = w + 3;
		return buf_str(&b);
	}
	buf_put(&b, str_c(months[(w++)->value]));
	if (day)
		buf_printf(&b, " %02d", day);
	bool to_month = is_link(w->kind) && w[1].kind == W_MONTH && !day;
	bool to_date = is_link(w->kind) && day && is_day_number(w + 1) && w[2].kind == W_MONTH;
	if (to_month)
		buf_printf(&b, "-%s", months[w[1].value]);
	if (to_date)
		buf_printf(&b, "-%s %02d", months[w[2].value], w[1].value);
	r->w = w + (to_month ? 2 : to_date ? 3 : 0);
	return buf_str(&b);
}

/* "1er et 3e samedi du mois". */
static bool read_nth(struct reader *r, struct when *ret)
{
	for (;;) {
		const struct word *w = r->w++;
		if (w->kind != W_NTH || w->value > 5 || w->value == 0)
			return refuse(r, w, N_("Ceci n’est pas compris."));
		ret->nth |= w->value < 0 ? 1u << 8 : 1u << (w->value - 1);
		if (next_is(r, W_DAY))
			break;
		if (!take(r, W_AND) && !take(r, W_COMMA))
			return refuse(r, r->w, N_("Un jour est attendu."));
	}
	ret->days = 1u << (r->w++)->value;
	return take(r, W_OF_MONTH) || refuse(r, r->w, N_("Ici, « du mois » est attendu."));
}

static unsigned days_between(int from, int to)
{
	unsigned days = 1u << from;
	while (from != to) {
		from = (from + 1) % 7;
		days |= 1u << from;
	}
	return days;
}

static bool read_days(struct reader *r, struct when *ret)
{
	if (next_is(r, W_DAYS)) {
		ret->days = (unsigned)(r->w++)->value;
		return true;
	}
	int from = (r->w++)->value, to = from;
	if (is_link(r->w->kind) && r->w[1].kind == W_DAY) {
		to = r->w[1].value;
		r->w += 2;
	}
	ret->days = days_between(from, to);
	return true;
}

/* One condition. */
static bool read_part(struct reader *r, struct when *ret)
{
	*ret = (struct when){0};
	if (date_at(r->w)) {
		ret->dates = read_date(r);
		return true;
	}
	switch (r->w->kind) {
	case W_DAY: case W_DAYS: return read_days(r, ret);
	case W_NTH: return read_nth(r, ret);
	case W_PUBLIC: r->w++; return ret->ph = true;
	case W_SCHOOL: r->w++; return ret->sh = true;
	case W_WEEKS: ret->parity = (r->w++)->value; return true;
	default: return refuse(r, r->w, N_("Ceci n’est pas compris."));
	}
}

static bool only_days(const struct when *w) { return w->days && !w->nth && !w->ph && !w->sh && !w->parity && !w->dates.p; }
static bool only_dates(const struct when *w) { return w->dates.p && !w->days && !w->ph && !w->sh && !w->parity; }

/* Both at once: "le mercredi pendant les vacances scolaires". False when they speak of the same thing. */
static bool conjoin(struct when *w, const struct when *part)
{
	if ((w->days && part->days) || (w->dates.p && part->dates.p) || (w->parity && part->parity) || w->ph || part->ph || (w->sh && part->sh))
		return false;
	w->days |= part->days;
	w->nth |= part->nth;
	w->sh |= part->sh;
	w->parity |= part->parity;
	w->dates = part->dates.p ? part->dates : w->dates;
	return true;
}

static bool add_when(struct reader *r, struct whens *ws, const struct when *part, bool separated, bool closing)
{
	struct when *last = ws->n ? &ws->v[ws->n - 1] : NULL;
	if (last && only_days(last) && only_days(part)) {
		last->days |= part->days;
		return true;
	}
	if (last && only_dates(last) && only_dates(part)) {
		last->dates = str_printf(r->a, "%.*s,%.*s", STR_ARG(last->dates), STR_ARG(part->dates));
		return true;
	}
	bool period_first = last && !closing && !last->days && part->days;
	if (last && (!separated || period_first) && conjoin(last, part))
		return true;
	if (ws->n == WHENS_MAX)
		return refuse(r, r->w, N_("Il y a trop de règles."));
	ws->v[ws->n++] = *part;
	return true;
}

/* Conditions one after the other. `closing`: of days without hours. */
static bool read_whens(struct reader *r, struct whens *ret, bool closing)
{
	ret->n = 0;
	for (;;) {
		const struct word *w = past_soft(r->w);
		bool separated = w != r->w;
		if (!when_at(w) || (ret->n && separated && r->w->kind == W_COLON))
			return ret->n > 0;
		r->w = w;
		struct when part;
		if (!read_part(r, &part) || !add_when(r, ret, &part, separated, closing))
			return false;
	}
}

/* ---- times ---- */

struct times { struct french_range v[RANGES_MAX]; size_t n; const struct word *first; };

/* A bare number is an hour when it stands in a pair: "9-12h". */
static bool hour_of(const struct word *w, int *ret)
{
	*ret = w->kind == W_TIME ? w->value : w->value * 60;
	return w->kind == W_TIME || (w->kind == W_NUMBER && w->value <= 24);
}

static bool pair_link(enum word_kind k) { return k == W_TO || k == W_DASH || k == W_SLASH; }

/* A pair of hours begins at w: how many words it takes, or 0. */
static size_t pair_at(const struct word *w, struct french_range *ret)
{
	bool linked = pair_link(w[0].kind == W_END ? W_END : w[1].kind);
	if (w->kind == W_END || !hour_of(w, &ret->from))
		return 0;
	const struct word *end = w + (linked ? 2 : 1);
	if (end->kind == W_END || !hour_of(end, &ret->to) || date_at(end))
		return 0;
	if (w->kind == W_NUMBER && ((!linked) || w->value < 6 || w->value > 23))
		return 0;
	if (end->kind == W_NUMBER && !linked)
		return 0;
	return linked ? 3 : 2;
}

static bool times_at(const struct word *w)
{
	struct french_range unused;
	if (w->kind == W_HALF)
		w = past_soft(w + 1);
	return w->kind == W_TIME || (w->kind == W_NUMBER && pair_at(w, &unused));
}

static bool check_range(struct reader *r, const struct word *w, struct french_range *range, const struct times *so_far, int half)
{
	if (range->from == 1440)
		range->from = 0;
	if (range->to <= range->from && range->from >= 17 * 60 && range->to <= 6 * 60)
		range->to += 1440;                       /* the night */
	if (range->to <= range->from || (so_far->n && range->from < so_far->v[so_far->n - 1].to))
		return refuse(r, w, N_("Ces heures ne se suivent pas."));
	if ((half == 0 && range->to > 14 * 60) || (half == 1 && range->from < 12 * 60))
		return refuse(r, w, N_("Ces heures ne vont pas avec le matin ou l’après-midi."));
	return true;
}

static bool read_times(struct reader *r, struct times *ret)
{
	*ret = (struct times){.first = r->w};
	while (times_at(past_soft(r->w))) {
		struct french_range range = {0};
		r->w = past_soft(r->w);
		int half = next_is(r, W_HALF) ? (r->w++)->value : -1;
		r->w = past_soft(r->w);
		size_t n = pair_at(r->w, &range);
		if (!n)
			return refuse(r, r->w, N_("Une heure de fin manque."));
		if (ret->n == RANGES_MAX)
			return refuse(r, r->w, N_("La liste est trop longue."));
		if (!check_range(r, r->w, &range, ret, half))
			return false;
		ret->v[ret->n++] = range;
		r->w += n;
	}
	return true;
}

/* ---- into the agenda ---- */

static bool same_period(const struct when *a, const struct when *b)
{
	return a->nth == b->nth && a->ph == b->ph && a->sh == b->sh && a->parity == b->parity && str_eq(a->dates, b->dates);
}

static struct timetable *table_of(struct reader *r, const struct when *w)
{
	for (size_t i = 0; i < r->g.n; i++)
		if (same_period(&r->g.table[i].when, w))
			return &r->g.table[i];
	if (r->g.n == TABLES_MAX)
		return NULL;
	struct timetable *t = &r->g.table[r->g.n++];
	*t = (struct timetable){.when = *w};
	t->when.days = 0;
	return t;
}

static bool overlaps(const struct cell *c, const struct times *t)
{
	for (size_t i = 0; i < c->n; i++)
		for (size_t j = 0; j < t->n; j++)
			if (c->v[i].from < t->v[j].to && t->v[j].from < c->v[i].to)
				return true;
	return false;
}

static void set_cell(struct cell *c, const struct times *t, unsigned days, str comment)
{
	*c = (struct cell){.n = t->n, .said_with = days, .comment = t->n ? (str){0} : comment};
	for (size_t i = 0; i < t->n; i++) {
		c->v[i] = t->v[i];
		c->v[i].comment = comment;
	}
}

static int by_start(const void *a, const void *b)
{
	return ((const struct french_range *)a)->from - ((const struct french_range *)b)->from;
}

/* Hours for a day that has some already: more of them ("et 14h-18h le mercredi"), or instead of those said of more days. */
static bool more_hours(struct reader *r, struct cell *c, const struct times *t, unsigned days, str comment, bool joined)
{
	bool narrower = (days & c->said_with) == days && days != c->said_with, other = c->n && !str_eq(c->v[0].comment, comment);
	if (!overlaps(c, t) && t->n && c->n && (joined || other) && c->n + t->n <= RANGES_MAX) {
		for (size_t i = 0; i < t->n; i++) {
			c->v[c->n] = t->v[i];
			c->v[c->n++].comment = comment;
		}
		qsort(c->v, c->n, sizeof *c->v, by_start);
		return true;
	}
	if (!narrower || !overlaps(c, t))
		return refuse(r, t->first, N_("Ce jour a déjà d’autres heures."));
	set_cell(c, t, days, comment);
	return true;
}

static bool open_when(struct reader *r, const struct when *w, const struct times *t, str comment, bool joined)
{
	struct when whole = *w;
	if (r->heading && !whole.sh && !whole.ph && !conjoin(&whole, &r->heading->when))
		return refuse(r, t->first, N_("Ces conditions ne vont pas ensemble."));
	struct timetable *table = table_of(r, &whole);
	if (!table)
		return refuse(r, t->first, N_("Il y a trop de règles."));
	if (!w->days) {
		if (table->day[7].n || table->day[7].comment.n)
			return refuse(r, t->first, N_("À quels jours vont ces heures ?"));
		set_cell(&table->day[7], t, 0, comment);
		return true;
	}
	for (int d = 0; d < 7; d++) {
		struct cell *c = &table->day[d];
		if (!(w->days >> d & 1))
			continue;
		if (c->closed)
			return refuse(r, t->first, N_("Ce jour est dit fermé, et ouvert."));
		if (c->n || c->comment.n) {
			if (!more_hours(r, c, t, w->days, comment, joined))
				return false;
			continue;
		}
		set_cell(c, t, w->days, comment);
	}
	return true;
}

static bool close_when(struct reader *r, const struct word *where, struct when w)
{
	if (r->heading && !conjoin(&w, &r->heading->when) && !w.ph)
		return refuse(r, where, N_("Ces conditions ne vont pas ensemble."));
	if (!only_days(&w) && !(w.days && !w.nth && !w.ph && (w.sh || w.dates.p || w.parity) && r->heading)) {
		if (r->g.n_closed == CLOSED_MAX)
			return refuse(r, where, N_("Il y a trop de règles."));
		r->g.closed[r->g.n_closed++] = w;
		return true;
	}
	struct timetable *table = table_of(r, &w);
	if (!table)
		return refuse(r, where, N_("Il y a trop de règles."));
	for (int d = 0; d < 7; d++) {
		struct cell *c = &table->day[d];
		if (!(w.days >> d & 1))
			continue;
		if ((c->n || c->comment.n) && !(c->said_with & ~w.days))
			return refuse(r, where, N_("Ce jour est dit fermé, et ouvert."));
		*c = (struct cell){.closed = true};
	}
	return true;
}

static bool close_whens(struct reader *r, const struct word *where, const struct whens *ws)
{
	for (size_t i = 0; i < ws->n; i++)
		if (!close_when(r, where, ws->v[i]))
			return false;
	return true;
}

/* ---- clauses ---- */

struct clause {
	struct whens when, except;
	struct times times, except_times;
	str comment;
	const struct word *except_at;
	bool joined;                             /* "et" stands before it */
};

static bool read_comment(struct reader *r, str *ret)
{
	if (take(r, W_BY_APPOINTMENT))
		*ret = S("sur rendez-vous");
	else if (take(r, W_NO_APPOINTMENT))
		*ret = S("sans rendez-vous");
	else
		return false;
	return true;
}

/* "sauf le mercredi", "hors vacances scolaires" : after the days or after the hours; may have hours of its own. */
static bool read_except(struct reader *r, struct clause *c, bool after_times)
{
	const struct word *w = r->w->kind == W_COMMA ? r->w + 1 : r->w;
	if (w->kind != W_EXCEPT || c->except.n)
		return true;
	if (after_times && w != r->w && r->clauses)
		return true;                             /* of everything before: a clause of its own */
	if (after_times && r->clauses)
		return refuse(r, w, N_("Est-ce pour tous les jours dits avant ?"));
	r->w = w + 1;
	c->except_at = w;
	if (!read_whens(r, &c->except, true))
		return refuse(r, r->w, N_("Un jour est attendu."));
	return !after_times || !times_at(past_soft(r->w)) || read_times(r, &c->except_times);
}

static bool read_trailing_comment(struct reader *r, struct clause *c)
{
	const struct word *at = r->w, *w = r->w->kind == W_COMMA ? r->w + 1 : r->w;
	bool more = false;
	if (w->kind != W_BY_APPOINTMENT && w->kind != W_NO_APPOINTMENT)
		return true;
	r->w = w;
	(void)read_comment(r, &c->comment);
	(void)take(r, W_COMMA);
	more = w != at && r->clauses;
	return (!more && c->times.n <= 1) || refuse(r, w, N_("Est-ce pour toutes les heures dites avant ?"));
}

/* A condition after days and hours: "lundi 9h-12h pendant les vacances scolaires". */
static bool read_trailing_period(struct reader *r, struct clause *c)
{
	const struct word *w = r->w;
	bool period = w->kind == W_SCHOOL || w->kind == W_WEEKS || date_at(w);
	if (!period || c->when.n != 1 || w[1].kind == W_COLON)
		return true;
	if (r->clauses)
		return refuse(r, w, N_("Est-ce pour toutes les heures dites avant ?"));
	struct when part;
	return read_part(r, &part) && (conjoin(&c->when.v[0], &part) || refuse(r, w, N_("Ces conditions ne vont pas ensemble.")));
}

/* Takes the days of an exception off the clause; what is more than days becomes closed for the clause's days. */
static bool apply_except(struct reader *r, struct clause *c)
{
	struct when *w = &c->when.v[0];
	for (size_t i = 0; i < c->except.n; i++) {
		struct when e = c->except.v[i];
		if (only_days(&e) && c->when.n == 1 && w->days) {
			if ((e.days & ~w->days) || e.days == w->days)
				return refuse(r, c->except_at, N_("Ce jour n’est pas de ceux dits avant."));
			w->days &= ~e.days;
			continue;
		}
		if (c->except_times.n)
			continue;
		if (!e.days && !e.ph && c->when.n == 1)
			e.days = w->nth ? 0 : w->days;
		if (!close_when(r, c->except_at, e))
			return false;
	}
	return true;
}

static bool apply_clause(struct reader *r, struct clause *c)
{
	if (!c->when.n)
		c->when.v[c->when.n++] = (struct when){0};
	if (c->except.n && !apply_except(r, c))
		return false;
	for (size_t i = 0; i < c->when.n; i++)
		if (!open_when(r, &c->when.v[i], &c->times, c->comment, c->joined))
			return false;
	for (size_t i = 0; c->except_times.n && i < c->except.n; i++)
		if (!open_when(r, &c->except.v[i], &c->except_times, c->comment, false))
			return false;
	r->clauses++;
	return true;
}

static bool read_closing(struct reader *r, const struct word *where)
{
	struct whens ws;
	(void)take(r, W_COLON);
	if (!read_whens(r, &ws, true))
		return refuse(r, past_soft(r->w), N_("Des jours ou des dates sont attendus."));
	r->clauses++;
	return close_whens(r, where, &ws);
}

static bool hours_follow(const struct reader *r)
{
	const struct word *w = past_soft(r->w);
	return times_at(w) || w->kind == W_ALWAYS;
}

static bool read_always(struct reader *r, struct clause *c)
{
	r->w = past_soft(r->w);
	c->times.first = r->w;
	if (!take(r, W_ALWAYS))
		return read_times(r, &c->times);
	c->times.v[c->times.n++] = (struct french_range){.from = 0, .to = 1440};
	return true;
}

/* Days, then hours. */
static bool read_days_first(struct reader *r, struct clause *c)
{
	const struct word *start = r->w;
	if (!read_whens(r, &c->when, false) || !read_except(r, c, false))
		return refuse(r, r->w, N_("Ceci n’est pas compris."));
	if (take(r, W_CLOSED) || (next_is(r, W_COLON) && r->w[1].kind == W_CLOSED && (r->w += 2))) {
		r->clauses++;
		return close_whens(r, start, &c->when);
	}
	if (!c->comment.n && !hours_follow(r) && (next_is(r, W_COLON) ? r->w++ : r->w) && read_comment(r, &c->comment) && !hours_follow(r)) {
		c->times.first = start;
		return apply_clause(r, c);
	}
	if (!hours_follow(r))
		return refuse(r, r->w, N_("Les heures manquent."));
	return read_always(r, c) && read_trailing_period(r, c) && read_except(r, c, true) && read_trailing_comment(r, c) && apply_clause(r, c);
}

/* Hours, then days: "9h à 17h30 du lundi au vendredi"; or hours alone. */
static bool read_times_first(struct reader *r, struct clause *c)
{
	if (!read_always(r, c))
		return false;
	const struct word *days = past_soft(r->w);
	if (when_at(days)) {
		if (!read_whens(r, &c->when, false))
			return false;
	} else if (r->clauses) {
		return refuse(r, c->times.first, N_("À quels jours vont ces heures ?"));
	}
	return read_except(r, c, true) && read_trailing_comment(r, c) && apply_clause(r, c);
}

/* "vacances scolaires :", "semaines paires :", "du 1er juillet au 31 août :" rule all that follows. */
static bool read_heading(struct reader *r)
{
	const struct word *start = r->w;
	struct when w;
	if (r->w->kind == W_TERM || (r->w->kind == W_EXCEPT && r->w[1].kind == W_SCHOOL && r->w[2].kind == W_COLON)) {
		r->w += r->w->kind == W_TERM ? 1 : 2;
		(void)take(r, W_COLON);
		r->heading = NULL;
		return r->term_only = true;
	}
	bool period = next_is(r, W_SCHOOL) || next_is(r, W_WEEKS) || date_at(r->w);
	if (!period || !read_part(r, &w) || !take(r, W_COLON)) {
		r->w = start;
		return false;
	}
	r->heading = table_of(r, &w);
	return r->heading || refuse(r, start, N_("Il y a trop de règles."));
}

static bool read_clause(struct reader *r)
{
	struct clause c = {.joined = false};
	while (soft(r->w->kind) || next_is(r, W_STOP))
		c.joined = (r->w++)->kind == W_AND;
	const struct word *start = r->w;
	if (next_is(r, W_END) || read_heading(r))
		return !r->message;
	if (take(r, W_CLOSED) || take(r, W_EXCEPT))
		return read_closing(r, start);
	if (read_comment(r, &c.comment))
		r->w = past_soft(r->w);
	if (when_at(r->w))
		return read_days_first(r, &c);
	if (times_at(r->w) || next_is(r, W_ALWAYS))
		return read_times_first(r, &c);
	return refuse(r, start->kind == W_END ? start : r->w, N_("Ceci n’est pas compris."));
}

/* ---- the whole ---- */

static bool has_hours(const struct timetable *t)
{
	for (int d = 0; d < 8; d++)
		if (t->day[d].n || t->day[d].comment.n)
			return true;
	return false;
}

/* A timetable of holidays or of a season must say each ordinary day, or one would not know; every other week or the first
 * Saturday must not meet an ordinary day's hours. */
static bool check_table(struct reader *r, const struct timetable *t)
{
	const struct timetable *usual = &r->g.table[0];
	bool replaces = t->when.sh || t->when.dates.p;
	for (int d = 0; d < 7 && !t->when.ph && has_hours(t); d++) {
		const struct cell *u = &usual->day[d], *c = &t->day[d];
		bool said = c->n || c->comment.n || c->closed, said_usually = u->n || u->comment.n;
		if (said_usually && replaces && !said && !t->day[7].n)
			return refuse(r, r->w, N_("Un jour n’a pas d’heures pour cette période."));
		if (said_usually && !replaces && said)
			return refuse(r, r->w, N_("Ce jour a déjà d’autres heures."));
	}
	return true;
}

static bool finish(struct reader *r)
{
	bool school = false, any = false;
	for (size_t i = 0; i < r->g.n; i++) {
		school |= i && r->g.table[i].when.sh && has_hours(&r->g.table[i]);
		any |= has_hours(&r->g.table[i]);
		for (int d = 0; d < 7; d++)
			any |= r->g.table[i].day[d].closed;
		if (i && !check_table(r, &r->g.table[i]))
			return false;
	}
	if (r->g.table[0].day[7].n && r->clauses > 1 && r->g.n == 1 && r->g.n_closed == 0)
		return refuse(r, r->w, N_("À quels jours vont ces heures ?"));
	if (r->term_only && !school)
		any |= close_when(r, r->w, (struct when){.sh = true});
	return any || r->g.n_closed || refuse(r, r->w, N_("Il n’y a rien."));
}

enum err hours_from_french(struct arena *a, str text, str *ret_expression, struct hours_error *ret_error)
{
	struct hours *h;
	struct words words = french_words(a, text);
	struct reader r = {.a = a, .w = words.v, .g.n = 1};
	bool good = true;
	while (good && !next_is(&r, W_END))
		good = read_clause(&r);
	if (good && finish(&r)) {
		*ret_expression = french_expression(a, &r.g);
		if (str_eq(*ret_expression, S("00:00-24:00")) || str_eq(*ret_expression, S("Mo-Su 00:00-24:00")))
			*ret_expression = S("24/7");
		if (hours_parse(a, *ret_expression, &h, ret_error) == OK)
			return OK;
		refuse(&r, words.v, N_("Ceci n’est pas compris."));
	}
	if (hours_parse(a, str_trim(text), &h, ret_error) == OK) {
		*ret_expression = str_trim(text);        /* an expression already */
		return OK;
	}
	*ret_error = (struct hours_error){.column = r.where->column, .message = str_c(r.message), .words = r.where->text};
	return INVALID;
}

bool hours_lack_days(str expression)
{
	if (str_eq(expression, S("24/7")))
		return false;
	for (str rest = expression, rule; rest.n && str_next(&rest, ';', &rule);) {
		rule = str_trim(rule);
		if (rule.n && rule.p[0] >= '0' && rule.p[0] <= '9')
			return true;
	}
	return false;
}
