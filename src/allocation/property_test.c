/* What an allocation promises, on random inputs. The seed is said when a property fails; GABARE_TEST_SEED runs it again. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "allocation/allocation.h"
#include "base/buf.h"

enum { ROUNDS = 150 };

static u64 state_of_chance, seed_of_test;

static void begin(void)
{
	const char *given = getenv("GABARE_TEST_SEED");
	seed_of_test = given ? strtoull(given, NULL, 10) : (u64)mono_us();
	state_of_chance = seed_of_test;
}

/* splitmix64 */
static u64 chance(u64 below)
{
	u64 z = state_of_chance += 0x9E3779B97F4A7C15u;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (z ^ (z >> 31)) % below;
}

#define hold(condition)                                                                                                      \
	do {                                                                                                                 \
		if (!(condition))                                                                                            \
			fail_msg("%s does not hold; GABARE_TEST_SEED=%llu", #condition, (unsigned long long)seed_of_test);     \
	} while (0)

static struct params *some_params(struct arena *a)
{
	struct params *p = arena_one(a, struct params);
	enum param wrong;
	*p = *params_default();
	for (enum param i = 0; i < PARAMS; i++)
		p->v[i] = (i64)chance(i == PARAM_FAR_METRES ? 3000 : i == PARAM_MOST ? 200 : i == PARAM_SEVERAL ? 2 : 40);
	p->v[PARAM_SHARED_DEVICE] += p->v[PARAM_ONE_DEVICE];
	p->v[PARAM_NO_DEVICE] += p->v[PARAM_SHARED_DEVICE];
	p->v[PARAM_NO_CONNECTION] += p->v[PARAM_MOBILE];
	p->v[PARAM_CHILDREN_MOST] += p->v[PARAM_CHILD];
	p->v[PARAM_MOST] += p->v[PARAM_LEAST];
	hold(!params_fault(p, &wrong));
	return p;
}

static i64 some_fact(enum fact f)
{
	if (!chance(6))
		return FACT_UNKNOWN;
	return (i64)chance((u64)(f == FACT_CHILDREN ? 5 : f == FACT_DISTANCE ? 4000 : fact_kinds[f].most + 1));
}

static struct alloc_input some_input(struct arena *a)
{
	struct alloc_input in = { .params = some_params(a), .n_schools = 1 + chance(6), .n_files = chance(80), .quantity = (i64)chance(60), .second = chance(2) };
	char seed[DRAW_SEED + 1];
	for (size_t i = 0; i < DRAW_SEED; i++)
		seed[i] = "0123456789abcdef"[chance(16)];
	in.seed = str_copy(a, (str){ seed, DRAW_SEED });
	in.schools = arena_many(a, struct share_school, in.n_schools);
	in.files = arena_many(a, struct alloc_file, in.n_files + 1);
	for (size_t i = 0; i < in.n_schools; i++)
		in.schools[i] = (struct share_school){ str_printf(a, "044%zu", i), (i64)chance(300), 0, chance(4) ? SHARE_QUANTITY_MAX : (i64)chance(20) };
	for (size_t i = 0; i < in.n_files; i++) {
		in.files[i] = (struct alloc_file){ str_printf(a, "d%zu", i), in.schools[chance(in.n_schools)].id, { 0 } };
		for (enum fact f = 0; f < FACTS; f++)
			in.files[i].facts[f] = some_fact(f);
	}
	return in;
}

static struct alloc_run *run_of(struct arena *a, const struct alloc_input *in)
{
	struct alloc_run *r = arena_one(a, struct alloc_run);
	struct alloc_fault fault;
	hold(alloc_run(a, in, r, &fault) == OK);
	return r;
}

static const struct alloc_line *line_of(const struct alloc_run *r, str id)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->lines[i].file->id, id))
			return &r->lines[i];
	return NULL;
}

static struct alloc_input copy_of(struct arena *a, const struct alloc_input *in)
{
	struct alloc_input ret = *in;
	ret.files = arena_many(a, struct alloc_file, in->n_files + 2);
	ret.schools = arena_many(a, struct share_school, in->n_schools + 1);
	memcpy(ret.files, in->files, in->n_files * sizeof(*ret.files));
	memcpy(ret.schools, in->schools, in->n_schools * sizeof(*ret.schools));
	return ret;
}

#define EACH_ROUND(a) begin(); for (int round_ = 0; round_ < ROUNDS; round_++) \
	for (struct arena *a = arena_new((size_t)16 << 20); a; arena_free(a), a = NULL)

TEST(more_need_never_ranks_lower_within_a_school_other_files_fixed)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a), more = copy_of(a, &in);
		if (!in.n_files)
			continue;
		struct alloc_file *f = &more.files[chance(in.n_files)];
		enum fact k = (enum fact)chance(FACTS);
		if (f->facts[k] == FACT_UNKNOWN || f->facts[k] == fact_kinds[k].most)
			continue;
		f->facts[k] += 1 + (i64)chance((u64)(fact_kinds[k].most - f->facts[k]));
		const struct alloc_line *was = line_of(run_of(a, &in), f->id), *is = line_of(run_of(a, &more), f->id);
		hold(is->points >= was->points);
		hold(is->state <= was->state);
		hold(!was->rank || (is->rank > 0 && is->rank <= was->rank));
	}
}

TEST(the_order_of_what_comes_in_changes_not_a_byte)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a), mixed = copy_of(a, &in);
		for (size_t i = in.n_files; i > 1; i--) {
			size_t k = chance(i);
			struct alloc_file f = mixed.files[k];
			mixed.files[k] = mixed.files[i - 1];
			mixed.files[i - 1] = f;
		}
		for (size_t i = in.n_schools; i > 1; i--) {
			size_t k = chance(i);
			struct share_school s = mixed.schools[k];
			mixed.schools[k] = mixed.schools[i - 1];
			mixed.schools[i - 1] = s;
		}
		hold(str_eq(alloc_record(a, run_of(a, &in)), alloc_record(a, run_of(a, &mixed))));
	}
}

TEST(one_school_s_list_never_changes_another_s_quota_nor_its_order)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a), other = copy_of(a, &in);
		str school = in.schools[chance(in.n_schools)].id;
		in.second = other.second = false;
		for (size_t i = 0; i < in.n_files; i++)
			for (enum fact f = 0; f < FACTS && str_eq(other.files[i].school, school); f++)
				other.files[i].facts[f] = some_fact(f);
		other.files[other.n_files++] = (struct alloc_file){ .id = S("late"), .school = school };
		const struct alloc_run *before = run_of(a, &in), *after = run_of(a, &other);
		for (size_t i = 0; i < in.n_schools; i++)
			hold(before->schools[i].quota == after->schools[i].quota);
		for (size_t i = 0; i < before->n; i++) {
			const struct alloc_line *l = &before->lines[i], *now = line_of(after, l->file->id);
			hold(str_eq(l->file->school, school) || (l->rank == now->rank && l->state == now->state));
		}
	}
}

TEST(quotas_are_the_quantity_and_nobody_is_proposed_above_them)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a);
		const struct alloc_run *r = run_of(a, &in);
		i64 quotas = 0, room = 0, proposed = 0, reach = 0;
		for (size_t i = 0; i < r->n_schools; i++) {
			const struct alloc_share *s = &r->schools[i];
			quotas += s->quota;
			room += s->school->most < in.quantity ? s->school->most : in.quantity;
			proposed += s->proposed;
			reach += s->eligible < s->school->most ? s->eligible : s->school->most;
			hold(s->quota >= s->school->least && s->quota <= s->school->most);
			hold(s->proposed <= s->places && s->proposed <= s->eligible && s->proposed <= s->school->most);
			hold(in.second || s->places == s->quota);
			hold(s->proposed >= (s->quota < s->eligible ? s->quota : s->eligible));
		}
		hold(quotas == (in.quantity < room ? in.quantity : room));
		hold(proposed + r->unused == in.quantity);
		hold(!in.second || proposed == (in.quantity < reach ? in.quantity : reach));
	}
}

TEST(among_equals_the_smallest_key_of_the_draw_comes_first)
{
	i64 ties = 0;
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a);
		const struct alloc_run *r = run_of(a, &in);
		for (size_t i = 1; i < r->n; i++) {
			const struct alloc_line *one = &r->lines[i - 1], *two = &r->lines[i];
			if (!two->rank || one->school != two->school)
				continue;
			u8 key[DRAW_KEY];
			draw_key(in.seed, two->file->id, key);
			hold(memcmp(key, two->key, DRAW_KEY) == 0);
			hold(one->points > two->points || (one->points == two->points && memcmp(one->key, two->key, DRAW_KEY) < 0));
			ties += one->points == two->points;
		}
	}
	hold(ties > 0);
}

TEST(shares_follow_webster_s_criterion_and_one_device_more_takes_none_away)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a);
		i64 *given = arena_many(a, i64, in.n_schools), *more = arena_many(a, i64, in.n_schools), left;
		for (size_t i = 0; i < in.n_schools; i++)
			in.schools[i].most = SHARE_QUANTITY_MAX;
		assert_ok(share_out(in.schools, in.n_schools, in.quantity, given, &left));
		assert_ok(share_out(in.schools, in.n_schools, in.quantity + 1, more, &left));
		for (size_t i = 0; i < in.n_schools; i++) {
			hold(more[i] >= given[i]);
			for (size_t k = 0; k < in.n_schools; k++)     /* no device would be better placed elsewhere */
				hold(!given[k] || in.schools[i].weight * (2 * given[k] - 1) <= in.schools[k].weight * (2 * given[i] + 1));
		}
	}
}

TEST(a_replay_gives_the_same_bytes_and_a_changed_record_is_found_out)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a);
		struct alloc_fault fault;
		str record = alloc_record(a, run_of(a, &in));
		hold(alloc_replay(a, record, &fault) == OK);
		str forged = str_replace(a, record, S("\"etat\":\"attente\""), S("\"etat\":\"propose\""));
		hold(str_eq(forged, record) || alloc_replay(a, forged, &fault) == CONFLICT);
	}
}

TEST(nobody_is_refused_for_what_is_unknown)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a), known = copy_of(a, &in);
		for (size_t i = 0; i < in.n_files; i++)
			for (enum fact f = 0; f < FACTS; f++)
				if (known.files[i].facts[f] == FACT_UNKNOWN)
					known.files[i].facts[f] = (i64)chance((u64)fact_kinds[f].most + 1);
		const struct alloc_run *before = run_of(a, &in), *after = run_of(a, &known);
		for (size_t i = 0; i < before->n; i++)         /* whatever the answers turn out to be, a refusal stays one */
			hold(before->lines[i].state != ALLOC_REFUSED || line_of(after, before->lines[i].file->id)->state == ALLOC_REFUSED);
	}
}

TEST(what_would_change_it_says_the_points_that_come)
{
	EACH_ROUND(a) {
		struct alloc_input in = some_input(a);
		for (size_t i = 0; i < in.n_files; i++) {
			struct fact_changes c = facts_changes(a, in.params, in.files[i].facts);
			for (size_t k = 0; k < c.n; k++) {
				i64 with[FACTS];
				memcpy(with, in.files[i].facts, sizeof with);
				with[c.v[k].fact] = c.v[k].value;
				hold(facts_points(in.params, with) - facts_points(in.params, in.files[i].facts) == c.v[k].points && c.v[k].points);
			}
		}
	}
}
