/* Reading the counts by day, and making of them a table and a trend. */
#include "progress/counts.h"

#include "db/id.h"
#include "progress/progress_sql.h"

#define PACE_DAYS 28
#define PACE_LEAST 11                            /* handovers in these days, from which on a pace means something */
#define PACE_MOST 730

/* ---- tallies ---- */

void tally_add(struct tally *t, enum file_state s, i64 n)
{
	bool gone = s >= FS_SIGNED && s <= FS_LOST;
	if (s == FS_JOINED)
		return;
	t->v[L_IDENTIFIED] += n;
	t->v[L_ELIGIBLE] += s == FS_ELIGIBLE || gone ? n : 0;
	t->v[L_SIGNED] += gone ? n : 0;
	t->v[L_ALLOCATED] += gone && s >= FS_ALLOCATED ? n : 0;
	t->v[L_HANDED] += gone && s >= FS_HANDED_OVER ? n : 0;
	t->v[L_ENDED] += s == FS_RETURNED || s == FS_LOST ? n : 0;
}

static void add_state(struct tally *t, str code, i64 n)
{
	enum file_state s;
	if (file_state_of(code, &s))
		tally_add(t, s, n);
}

static i64 number_of(str s)
{
	i64 n;
	return str_i64(s, &n) ? n : 0;
}

/* ---- by wave and school ---- */

static enum err read_waves(struct db *db, const struct campaign *c, struct progress *p)
{
	struct waves waves;
	try(waves_of(db, c->id, &waves));
	p->waves = arena_many(db_arena(db), struct wave_tally, waves.n + 1);
	for (; p->n_waves < waves.n; p->n_waves++) {
		const struct wave *w = &waves.v[p->n_waves];
		p->waves[p->n_waves] = (struct wave_tally){ .id = w->id, .number = w->number, .target = number_of(w->f[W_QUANTITY]), .title = w->f[W_TITLE],
			.from = w->f[W_FROM], .to = w->f[W_TO], .done = w->f[W_DONE] };
		if (w->id == p->wave_id)
			p->target = p->waves[p->n_waves].target;
	}
	return OK;
}

/* The pairs of wave and school of counts that stand in their order. */
static str came_from(struct arena *a, const struct progress_state_row_list *counts)
{
	i64 *pairs = arena_many(a, i64, 2 * counts->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < counts->n; i++) {
		const struct progress_state_row *r = &counts->v[i];
		if (n && pairs[2 * n - 2] == r->wave_id && pairs[2 * n - 1] == r->school_id)
			continue;
		pairs[2 * n] = r->wave_id;
		pairs[2 * n + 1] = r->school_id;
		n++;
	}
	return ids_json(a, pairs, n, 2);
}

static enum err read_schools(struct db *db, const struct campaign *c, const struct progress_state_row_list *counts, struct progress *p)
{
	struct progress_school_row_list rows;
	try(progress_schools(db, c->id, came_from(db_arena(db), counts), &rows));
	p->schools = arena_many(db_arena(db), struct school_tally, rows.n + p->n_waves + 1);
	for (size_t i = 0; i < rows.n; i++)
		if (!p->wave_id || rows.v[i].wave_id == p->wave_id)
			p->schools[p->n_schools++] = (struct school_tally){ .wave_id = rows.v[i].wave_id, .number = rows.v[i].number, .school_id = rows.v[i].school_id,
				.uai = rows.v[i].uai, .name = rows.v[i].name };
	return OK;
}

/* The row of a wave's files; of one that was removed: a row of its own, last. */
static struct wave_tally *wave_row(struct progress *p, i64 id)
{
	for (size_t i = 0; i < p->n_waves; i++)
		if (p->waves[i].id == id || p->waves[i].id == 0)
			return &p->waves[i];
	p->waves[p->n_waves] = (struct wave_tally){ .title = S("") };
	return &p->waves[p->n_waves++];
}

static struct tally *school_row(struct progress *p, const struct wave_tally *w, i64 school_id)
{
	for (size_t i = 0; i < p->n_schools; i++)
		if (p->schools[i].wave_id == w->id && p->schools[i].school_id == school_id)
			return &p->schools[i].n;
	if (school_id || !w->id)
		return NULL;                     /* a school of a wave that was removed */
	p->schools[p->n_schools] = (struct school_tally){ .wave_id = w->id, .number = w->number, .uai = S(""), .name = S("") };
	return &p->schools[p->n_schools++].n;
}

static void put_states(const struct progress_state_row_list *counts, struct progress *p)
{
	for (size_t i = 0; i < counts->n; i++) {
		const struct progress_state_row *r = &counts->v[i];
		if (!r->n || (p->wave_id && r->wave_id != p->wave_id))
			continue;
		struct wave_tally *w = wave_row(p, r->wave_id);
		struct tally *school = school_row(p, w, r->school_id);
		add_state(&w->n, r->state, r->n);
		add_state(&p->sum, r->state, r->n);
		if (school)
			add_state(school, r->state, r->n);
	}
}

/* ---- the trend ---- */

i64 planned_on(const struct progress *p, i64 day)
{
	i64 sum = 0;
	for (size_t i = 0; i < p->n_waves; i++) {
		const struct wave_tally *w = &p->waves[i];
		struct date from, to;
		if (!w->id || (p->wave_id && w->id != p->wave_id))
			continue;
		if (!date_parse(w->from, &from) || !date_parse(w->to, &to))
			return -1;
		i64 whole = date_days(to) - date_days(from) + 1, gone = day - date_days(from) + 1;
		sum += gone <= 0 ? 0 : gone >= whole ? w->target : w->target * gone / whole;
	}
	return sum;
}

static i64 first_day(const struct campaign *c, const struct progress *p, const struct progress_day_row_list *rows)
{
	struct date d;
	i64 day = date_days(p->day), first = day;
	if (date_parse(c->f[C_FROM], &d) && date_days(d) < first)
		first = date_days(d);
	if (rows->n && date_parse(rows->v[0].day, &d) && date_days(d) < first)
		first = date_days(d);
	return first;
}

/* The days of the points: each week's Sunday, or every second, third… one counted back from the last; then the day itself. */
static void put_days(struct arena *a, struct progress *p, i64 first, bool weekly)
{
	i64 sunday = date_days(p->day) - date_weekday(p->day) - 1, all = sunday < first ? 0 : (sunday - first) / 7 + 1;
	p->weeks = weekly || all < TREND_MOST ? 1 : (all + TREND_MOST - 2) / (TREND_MOST - 1);
	p->trend = arena_many(a, struct trend_point, (size_t)(all + 1));
	i64 n = (all + p->weeks - 1) / p->weeks;
	for (i64 i = 0; i < n; i++)
		p->trend[p->n_trend++].day = date_of_days(sunday - (n - 1 - i) * 7 * p->weeks);
	p->trend[p->n_trend++].day = p->day;
}

static enum err read_trend(struct db *db, const struct campaign *c, bool weekly, struct progress *p)
{
	struct progress_day_row_list rows;
	struct tally now = { 0 };
	size_t at = 0;
	try(progress_days(db, c->id, p->wave_id, date_iso(db_arena(db), p->day), &rows));
	p->start = date_of_days(first_day(c, p, &rows));
	put_days(db_arena(db), p, date_days(p->start), weekly);
	for (size_t i = 0; i < p->n_trend; i++) {
		struct trend_point *t = &p->trend[i];
		str day = date_iso(db_arena(db), t->day);
		for (; at < rows.n && str_cmp(rows.v[at].day, day) <= 0; at++) {
			i64 before = now.v[L_HANDED];
			struct date d = p->day;
			add_state(&now, rows.v[at].state, rows.v[at].n);
			(void)date_parse(rows.v[at].day, &d);
			p->recent += date_days(d) > date_days(p->day) - PACE_DAYS ? now.v[L_HANDED] - before : 0;
			if (!p->first.d && now.v[L_HANDED] > before)
				p->first = d;
		}
		*t = (struct trend_point){ t->day, now.v[L_IDENTIFIED], now.v[L_SIGNED], now.v[L_HANDED], planned_on(p, date_days(t->day)) };
	}
	return OK;
}

static void put_end(const struct campaign *c, struct progress *p)
{
	struct date d;
	if (date_parse(c->f[C_TO], &d))
		p->end = d;
	for (size_t i = 0; i < p->n_waves; i++)
		if (p->wave_id && p->waves[i].id == p->wave_id && date_parse(p->waves[i].to, &d))
			p->end = d;
}

enum err progress_read(struct db *db, const struct campaign *c, i64 wave_id, struct date day, bool weekly, struct progress *ret)
{
	struct progress_state_row_list counts;
	*ret = (struct progress){ .day = day, .wave_id = wave_id, .target = number_of(c->f[C_TARGET]) };
	try(read_waves(db, c, ret));
	try(progress_states(db, c->id, date_iso(db_arena(db), day), &counts));
	try(read_schools(db, c, &counts, ret));
	put_states(&counts, ret);
	put_end(c, ret);
	return read_trend(db, c, weekly, ret);
}

enum pace pace_of(const struct progress *p, struct date *ret)
{
	i64 left = p->target - p->sum.v[L_HANDED], today = date_days(p->day);
	if (left <= 0)
		return PACE_REACHED;
	if (p->recent < PACE_LEAST || !p->first.d || today - date_days(p->first) < PACE_DAYS)
		return PACE_FEW;
	i64 days = (left * PACE_DAYS + p->recent - 1) / p->recent;
	*ret = date_of_days(today + days);
	return days > PACE_MOST ? PACE_FAR : PACE_DAY;
}
