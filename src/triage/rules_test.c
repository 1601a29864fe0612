/* Answers lead to steps: always some, more of them when more lacks, and each step for a reason. */
#include "triage/rules.h"

#include "unit.h"

static bool has(const struct triage_answers *a, const char *title)
{
	const struct triage_step *steps[16];
	size_t n = triage_next(a, steps);
	for (size_t i = 0; i < n; i++)
		if (!strcmp(steps[i]->title, title))
			return true;
	return false;
}

TEST(who_lacks_nothing_is_told_to_go_on)
{
	struct triage_answers a;
	memset(a.need, 1, sizeof a.need);
	assert_true(has(&a, "Aller plus loin"));
	a = (struct triage_answers){ { 0 } };
	assert_true(has(&a, "Aller plus loin"));
}

TEST(each_need_leads_to_its_step)
{
	static const struct { enum triage_question q; u8 need; const char *title; } expected[] = {
		{ TQ_DEVICE, 2, "Avoir un ordinateur à la maison" }, { TQ_DEVICE, 3, "Trouver un ordinateur et une imprimante près de chez vous" },
		{ TQ_CONNECTION, 2, "Avoir Internet sans payer" }, { TQ_ALONE, 3, "Faire vos démarches avec quelqu’un" }, { TQ_ALONE, 2, "Apprendre, à votre rythme" },
		{ TQ_MESSAGE, 2, "Apprendre, à votre rythme" }, { TQ_FORM, 3, "Faire vos démarches avec quelqu’un" }, { TQ_PASSWORD, 2, "Protéger vos comptes" },
		{ TQ_SCHOOL, 3, "Suivre l’école de votre enfant" }, { TQ_PRINT, 2, "Trouver un ordinateur et une imprimante près de chez vous" },
		{ TQ_FRAUD, 3, "Protéger vos comptes" },
	};
	for (size_t i = 0; i < lengthof(expected); i++) {
		struct triage_answers a;
		memset(a.need, 1, sizeof a.need);
		assert_false(has(&a, expected[i].title));
		a.need[expected[i].q] = expected[i].need;
		assert_true(has(&a, expected[i].title));
		assert_false(has(&a, "Aller plus loin"));
	}
}

TEST(a_greater_need_never_takes_a_step_away)
{
	u32 seed = 1;
	for (int round = 0; round < 2000; round++) {
		struct triage_answers a, more;
		const struct triage_step *before[16], *after[16];
		for (size_t q = 0; q < TQ_COUNT; q++) {
			seed = seed * 1664525u + 1013904223u;
			a.need[q] = (u8)(seed >> 24) % 4;
		}
		more = a;
		size_t q = (seed >> 8) % TQ_COUNT;
		if (more.need[q] < 3)
			more.need[q]++;
		size_t n = triage_next(&a, before), m = triage_next(&more, after);
		assert_true(n >= 1 && m >= 1);
		for (size_t i = 0; i < n; i++)
			assert_true(has(&more, before[i]->title) || !strcmp(before[i]->title, "Aller plus loin"));
	}
}

TEST(at_most_ten_things_are_asked_and_fewer_of_who_needs_less)
{
	for (u8 device = 1; device <= 3; device++)
		for (u8 alone = 1; alone <= 3; alone++) {
			struct triage_answers a = { { 0 } };
			size_t n = 0;
			a.need[TQ_DEVICE] = device;
			a.need[TQ_ALONE] = alone;
			for (enum triage_question q = TQ_ITEMS; q < TQ_COUNT; q++)
				n += triage_asks(&a, q);
			assert_true(n >= 5 && n <= 10);
			assert_true(alone > 1 || n <= 6);
		}
}

TEST(what_is_kept_is_read_back)
{
	struct triage_answers a = { { 0 } }, b;
	a.need[TQ_DEVICE] = 3;
	a.need[TQ_FRAUD] = 1;
	str text = triage_text(unit_arena(1 << 12), &a);
	assert_true(str_eq(text, S("appareil=3 arnaque=1")));
	triage_read(text, &b);
	assert_memory_equal(&a, &b, sizeof a);
	triage_read(S("appareil=9 inconnu=2 = seul=-1 connexion=2"), &b);
	assert_int_equal(b.need[TQ_DEVICE], 0);
	assert_int_equal(b.need[TQ_CONNECTION], 2);
	assert_int_equal(b.need[TQ_ALONE], 0);
}

TEST(each_step_leads_to_places_or_pages_that_are_there)
{
	for (size_t i = 0; i < triage_steps_count; i++) {
		const struct triage_step *s = &triage_steps[i];
		assert_true(s->wish || s->pages[0].name);
		for (size_t k = 0; k < TRIAGE_PAGES && s->pages[k].name; k++)
			assert_true(article_delivered(s->pages[k].kind, str_c(s->pages[k].name), LANG_AR).n > 0);
	}
}
