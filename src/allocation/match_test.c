/* Matching: as cheap as a second solver finds, whatever the order; in seconds at 5,000 by 5,000. */
#include "unit.h"

#include <stdlib.h>

#include "allocation/allocation.h"
#include "base/buf.h"
#include "base/timex.h"

enum { ROUNDS = 200, SMALL = 14 };

static u64 state_of_chance, seed_of_test;

static u64 chance(u64 below)
{
	u64 z = state_of_chance += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (z ^ (z >> 31)) % below;
}

static struct match_sides some(struct arena *a, size_t n, const char *prefix, bool needs)
{
	static const i64 rams[] = { 4, 8, 16 }, screens[] = { 11, 13, 14, 15, 17 };
	struct match_sides s = { arena_many(a, struct match_side, n + 1), n };
	for (size_t i = 0; i < n; i++)
		s.v[i] = (struct match_side){ str_printf(a, "%s%zu", prefix, i), { (i64)chance(3), rams[chance(3)], screens[chance(5)], (i64)chance(3) } };
	for (size_t i = 0; i < n && needs; i++)
		for (enum trait t = 0; t < TRAITS; t++)
			if (!chance(3))
				s.v[i].v[t] = TRAIT_ANY;
	return s;
}

/* The second solver: the Hungarian method on a square of devices (and nothings) by needs (and the store); rows and columns from 1. */
enum { SIDE = 2 * SMALL + 1 };
struct square { size_t n, row_of[SIDE + 1], way[SIDE + 1]; i64 cost[SIDE + 1][SIDE + 1], u[SIDE + 1], v[SIDE + 1], lowest[SIDE + 1]; bool used[SIDE + 1]; };

static void fill_costs(struct square *q, struct match_sides devices, struct match_sides needs)
{
	q->n = devices.n + needs.n;
	for (size_t i = 1; i <= q->n; i++)
		for (size_t j = 1; j <= needs.n; j++) {
			i64 c = i > devices.n ? MATCH_NOTHING : match_cost(&devices.v[i - 1], &needs.v[j - 1]);
			q->cost[i][j] = c == MATCH_NEVER ? 1000 * MATCH_NOTHING : c;
		}
}

/* From column `at`: the column that is reached next, prices moved so that it costs nothing more. */
static size_t reach(struct square *q, size_t at)
{
	size_t next = 0, row = q->row_of[at];
	i64 delta = INT64_MAX;
	q->used[at] = true;
	for (size_t j = 1; j <= q->n; j++) {
		i64 c = q->cost[row][j] - q->u[row] - q->v[j];
		if (!q->used[j] && c < q->lowest[j]) {
			q->lowest[j] = c;
			q->way[j] = at;
		}
		if (!q->used[j] && q->lowest[j] < delta) {
			delta = q->lowest[j];
			next = j;
		}
	}
	for (size_t j = 0; j <= q->n; j++) {
		i64 *price = q->used[j] ? &q->v[j] : &q->lowest[j];
		q->u[q->row_of[j]] += q->used[j] ? delta : 0;
		*price -= q->used[j] || *price != INT64_MAX ? delta : 0;
	}
	return next;
}

static i64 least(struct match_sides devices, struct match_sides needs)
{
	struct square q = { .n = 0 };
	i64 total = 0;
	fill_costs(&q, devices, needs);
	for (size_t i = 1; i <= q.n; i++) {
		size_t at = 0;
		for (size_t j = 0; j <= q.n; j++) {
			q.lowest[j] = INT64_MAX;
			q.used[j] = false;
		}
		q.row_of[0] = i;
		do
			at = reach(&q, at);
		while (q.row_of[at]);
		for (; at; at = q.way[at])
			q.row_of[at] = q.row_of[q.way[at]];
	}
	for (size_t j = 1; j <= q.n; j++)
		total += q.cost[q.row_of[j]][j];
	return total;
}

static bool is_sound(struct arena *a, struct match_sides devices, struct match_sides needs, const struct match *m)
{
	bool *device = arena_many(a, bool, devices.n + 1), *need = arena_many(a, bool, needs.n + 1), sound = true;
	i64 total = 0;
	for (size_t i = 0; i < m->n; i++) {
		const struct match_pair *p = &m->v[i];
		sound = sound && !device[p->device] && !need[p->need] && p->cost == match_cost(&devices.v[p->device], &needs.v[p->need]) && p->cost != MATCH_NEVER;
		device[p->device] = need[p->need] = true;
		total += p->cost;
	}
	return sound && total + (i64)(needs.n - m->n) * MATCH_NOTHING == m->cost;
}

TEST(matching_costs_what_a_second_solver_finds)
{
	const char *given = getenv("GABARE_TEST_SEED");
	state_of_chance = seed_of_test = given ? strtoull(given, NULL, 10) : (u64)mono_us();
	for (int i = 0; i < ROUNDS; i++) {
		struct arena *a = arena_new((size_t)16 << 20);
		struct match_sides devices = some(a, chance(SMALL), "o", false), needs = some(a, chance(SMALL), "d", true);
		struct match m;
		assert_ok(match_run(a, devices, needs, &m));
		if (m.cost != least(devices, needs) || !is_sound(a, devices, needs, &m))
			fail_msg("cost %lld, second solver %lld; GABARE_TEST_SEED=%llu", (long long)m.cost, (long long)least(devices, needs),
				(unsigned long long)seed_of_test);
		arena_free(a);
	}
}

TEST(the_order_of_devices_and_needs_changes_nothing)
{
	struct arena *a = unit_arena((size_t)16 << 20);
	struct match one, two;
	state_of_chance = 7;
	struct match_sides devices = some(a, 60, "o", false), needs = some(a, 50, "d", true), back = { arena_many(a, struct match_side, 60), 60 };
	for (size_t i = 0; i < 60; i++)
		back.v[i] = devices.v[59 - i];
	assert_ok(match_run(a, devices, needs, &one));
	assert_ok(match_run(a, back, needs, &two));
	assert_int_equal(one.n, two.n);
	for (size_t i = 0; i < one.n; i++)
		assert_true(str_eq(devices.v[one.v[i].device].id, back.v[two.v[i].device].id));
}

TEST(five_thousand_devices_are_matched_in_a_child_within_seconds)
{
	struct arena *a = unit_arena((size_t)64 << 20);
	struct match here, apart;
	state_of_chance = 7;
	struct match_sides devices = some(a, 5000, "o", false), needs = some(a, 5000, "d", true);
	i64 from = mono_us();
	assert_ok(match_apart(a, devices, needs, &apart));
	assert_true(mono_us() - from < 10 * 1000000);
	assert_ok(match_run(a, devices, needs, &here));
	assert_int_equal(apart.cost, here.cost);
	assert_true(is_sound(a, devices, needs, &apart));
	assert_int_equal(apart.n, 5000);
}

TEST(a_tablet_or_a_desktop_is_never_given_to_who_did_not_ask_for_one)
{
	struct arena *a = unit_arena(1 << 18);
	struct match m;
	struct match_sides devices, needs;
	struct alloc_fault fault;
	assert_ok(match_read(a, S("id;genre;memoire;ecran;note\no1;tablette;4;10;A\no2;fixe;8;22;B\n"), false, &devices, &fault));
	assert_ok(match_read(a, S("id;genre;memoire;ecran;note\nd1;portable;8;;\nd2;fixe;8;;\n"), true, &needs, &fault));
	assert_ok(match_run(a, devices, needs, &m));
	assert_int_equal(m.n, 1);
	assert_true(str_eq(devices.v[m.v[0].device].id, S("o2")) && str_eq(needs.v[m.v[0].need].id, S("d2")));
	assert_int_equal(m.cost, MATCH_NOTHING);
	assert_ok(match_read(a, S("id;genre;memoire;ecran;note\no1;portable;8;13;A\n"), false, &devices, &fault));
	assert_int_equal(match_cost(&devices.v[0], &needs.v[1]), 50);
	assert_true(str_eq(match_csv(a, needs), S("id;genre;memoire;ecran;note\nd1;portable;8;;\nd2;fixe;8;;\n")));
	assert_err(match_read(a, S("id;genre;memoire;ecran;note\nd1;portable;;;\n"), false, &needs, &fault), INVALID);
}
