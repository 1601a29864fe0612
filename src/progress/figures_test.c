/* Nobody counts fewer than 11 families in what is published: two attackers try. One reads everything that was ever published as linear equations;
 * the other knows the rules too, and looks through every history that would have led to what he sees. */
#include "progress/figures.h"

#include <string.h>

#include "unit.h"

/* ---- what is published of a history ---- */

#define WAVES_MOST 3
#define MONTHS_MOST 8

struct shown { size_t waves, months; i64 v[MONTHS_MOST * WAVES_MOST], truth[MONTHS_MOST][WAVES_MOST]; };

static void publish(struct shown *s)
{
	for (size_t m = 0; m < s->months; m++) {
		struct figures past = { m, s->waves, s->v };
		figures_next(&past, s->truth[m], s->v + m * s->waves);
	}
}

/* ---- the first attacker ---- */

/* Unknowns: what changed in each wave and month. He knows the month of a figure: that in which it last moved. All modulo a prime, exactly. */
#define PRIME 1000003
#define UNKNOWNS (MONTHS_MOST * WAVES_MOST)
#define EQUATIONS (MONTHS_MOST * (WAVES_MOST + 1))

struct system { i64 row[EQUATIONS][UNKNOWNS + 1]; size_t n; };

static i64 inverse(i64 a)
{
	i64 r = 1;
	for (i64 e = PRIME - 2; e; e /= 2) {
		r = e % 2 ? r * a % PRIME : r;
		a = a * a % PRIME;
	}
	return r;
}

/* Takes from `row` what the system already says; the first unknown left, or UNKNOWNS. */
static size_t reduce(const struct system *s, i64 *row)
{
	for (size_t i = 0; i < s->n; i++) {
		size_t lead = 0;
		while (!s->row[i][lead])
			lead++;
		i64 by = row[lead];
		for (size_t k = 0; by && k <= UNKNOWNS; k++)
			row[k] = (row[k] + (PRIME - by) * s->row[i][k]) % PRIME;
	}
	size_t first = 0;
	while (first < UNKNOWNS && !row[first])
		first++;
	return first;
}

static void learn(struct system *s, i64 *row)
{
	size_t first = reduce(s, row);
	if (first == UNKNOWNS)
		return;
	i64 by = inverse(row[first]);
	for (size_t k = 0; k <= UNKNOWNS; k++)
		s->row[s->n][k] = row[k] * by % PRIME;
	s->n++;
}

static void put_wave(i64 *row, size_t w, size_t from, size_t to)
{
	for (size_t m = from; m <= to; m++)
		row[w * MONTHS_MOST + m] = 1;
}

static size_t moved_in(const struct shown *s, size_t w, size_t m)
{
	while (m && s->v[(m - 1) * s->waves + w] == s->v[m * s->waves + w])
		m--;
	return m;
}

static void read_all(const struct shown *s, struct system *system)
{
	for (size_t m = 0; m < s->months; m++) {
		i64 total[UNKNOWNS + 1] = { 0 };
		for (size_t w = 0; w < s->waves; w++) {
			i64 row[UNKNOWNS + 1] = { 0 }, n = s->v[m * s->waves + w];
			if (!n)
				continue;
			put_wave(row, w, 0, moved_in(s, w, m));
			put_wave(total, w, 0, moved_in(s, w, m));
			row[UNKNOWNS] = n;
			total[UNKNOWNS] += n;
			learn(system, row);
		}
		learn(system, total);
	}
}

/* What the system says of a sum of unknowns; false: nothing. */
static bool derives(const struct system *s, i64 *row, i64 *ret)
{
	if (reduce(s, row) < UNKNOWNS)
		return false;
	*ret = (PRIME - row[UNKNOWNS]) % PRIME;
	*ret = *ret > PRIME / 2 ? *ret - PRIME : *ret;
	return true;
}

static bool few(i64 n) { return (n > 0 && n < FIGURE_LEAST) || (n < 0 && n > -FIGURE_LEAST); }

/* Each wave, and all of them, over each span of months. */
static void attack(const struct shown *s)
{
	struct system system = { .n = 0 };
	read_all(s, &system);
	for (size_t from = 0; from < s->months; from++)
		for (size_t to = from; to < s->months; to++) {
			i64 all[UNKNOWNS + 1] = { 0 }, n;
			for (size_t w = 0; w < s->waves; w++) {
				i64 row[UNKNOWNS + 1] = { 0 };
				put_wave(row, w, from, to);
				put_wave(all, w, from, to);
				if (derives(&system, row, &n) && few(n))
					fail_msg("wave %zu, months %zu to %zu: %lld", w, from, to, (long long)n);
			}
			if (derives(&system, all, &n) && few(n))
				fail_msg("the total, months %zu to %zu: %lld", from, to, (long long)n);
		}
}

TEST(no_count_under_11_is_a_combination_of_what_was_ever_published)
{
	srand(7);
	for (int round = 0; round < 4000; round++) {
		struct shown s = { .waves = 1 + (size_t)rand() % WAVES_MOST, .months = 2 + (size_t)rand() % (MONTHS_MOST - 1) };
		for (size_t m = 0; m < s.months; m++)
			for (size_t w = 0; w < s.waves; w++) {
				i64 before = m ? s.truth[m - 1][w] : 0, by = rand() % 3 ? rand() % 14 : rand() % 9 ? rand() % 60 : -(rand() % 40);
				s.truth[m][w] = before + by > 0 ? before + by : 0;
			}
		publish(&s);
		attack(&s);
	}
}

TEST(the_attacker_finds_what_a_careless_page_would_give_away)
{
	struct shown s = { .waves = 2, .months = 2, .v = { 30, 40, 33, 40 } };
	struct system system = { .n = 0 };
	i64 row[UNKNOWNS + 1] = { 0 }, n;
	read_all(&s, &system);
	put_wave(row, 0, 1, 1);
	assert_true(derives(&system, row, &n));
	assert_int_equal(n, 3);
}

/* ---- the second attacker ---- */

#define TOP 36

/* Of every history of two months in two waves, or three in one: what all those that look alike have in common. */
struct group { i64 low[6], high[6]; bool set; };

static void join(struct group *g, const i64 *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g->low[i] = !g->set || cells[i] < g->low[i] ? cells[i] : g->low[i];
		g->high[i] = !g->set || cells[i] > g->high[i] ? cells[i] : g->high[i];
	}
	g->set = true;
}

static void expect_hidden(const struct group *g, size_t n)
{
	for (size_t i = 0; g->set && i < n; i++)
		if (g->low[i] == g->high[i] && few(g->low[i]))
			fail_msg("cell %zu is %lld in every history", i, (long long)g->low[i]);
}

TEST(who_knows_the_rules_cannot_tell_a_count_under_11_either)
{
	size_t keys = (size_t)TOP * TOP * TOP;
	struct group *groups = calloc(keys, sizeof *groups);
	assert_non_null(groups);
	for (i64 x = 0; x < TOP; x++)
		for (i64 y = 0; y < TOP; y++)
			for (i64 z = 0; z < TOP; z++) {
				struct shown s = { .waves = 1, .months = 3, .truth = { { x }, { y }, { z } } };
				publish(&s);
				i64 cells[] = { x, y, z, y - x, z - y, z - x };
				join(&groups[(s.v[0] * TOP + s.v[1]) * TOP + s.v[2]], cells, 6);
			}
	for (size_t i = 0; i < keys; i++)
		expect_hidden(&groups[i], 6);
	free(groups);
}

TEST(nor_from_two_waves_and_their_total)
{
	enum { HIGH = 26 };
	size_t keys = (size_t)HIGH * HIGH * HIGH * HIGH;
	struct group *groups = calloc(keys, sizeof *groups);
	assert_non_null(groups);
	for (i64 code = 0; code < HIGH * HIGH * HIGH * HIGH; code++) {
		struct shown s = { .waves = 2, .months = 2, .truth = { { code % HIGH, code / HIGH % HIGH }, { code / HIGH / HIGH % HIGH, code / HIGH / HIGH / HIGH } } };
		publish(&s);
		i64 cells[] = { s.truth[0][0], s.truth[0][1], s.truth[1][0], s.truth[1][1], s.truth[1][0] - s.truth[0][0], s.truth[1][1] - s.truth[0][1] };
		join(&groups[((s.v[0] * HIGH + s.v[1]) * HIGH + s.v[2]) * HIGH + s.v[3]], cells, 6);
	}
	for (size_t i = 0; i < keys; i++)
		expect_hidden(&groups[i], 6);
	free(groups);
}

/* ---- that they are of use ---- */

TEST(figures_follow_what_happened_closely)
{
	struct shown s = { .waves = 3, .months = 5, .truth = { { 9, 0, 0 }, { 25, 10, 0 }, { 31, 21, 11 }, { 40, 30, 12 }, { 52, 33, 60 } } };
	const i64 expected[] = { 0, 0, 0, 25, 0, 0, 25, 21, 11, 40, 21, 11, 52, 33, 60 };
	publish(&s);
	assert_memory_equal(s.v, expected, sizeof expected);
	assert_int_equal(figures_total(s.v + 12, 3), 145);
}

TEST(a_figure_that_was_wrong_comes_down_when_it_can)
{
	struct shown s = { .waves = 1, .months = 4, .truth = { { 20 }, { 200 }, { 25 }, { 31 } } };
	publish(&s);
	assert_int_equal(s.v[1], 200);
	assert_int_equal(s.v[2], 200);           /* 25 is too near to 20 */
	assert_int_equal(s.v[3], 31);
}
