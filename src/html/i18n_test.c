/* Languages: lookups, plurals by each catalog's own rule, and sentences filled in. */
#include "unit.h"

#include "base/arena.h"
#include "html/catalog.h"

static struct arena *arena;

static struct arena *fresh(void)
{
	arena_free(arena);
	return arena = arena_new(1 << 20);
}

TEST(tr_gives_the_language_or_the_source)
{
	assert_str(tr(LANG_FR, "Trouver un lieu"), "Trouver un lieu");
	assert_str(tr(LANG_EN, "Trouver un lieu"), "Find a place");
	assert_str(tr(LANG_AR, "Trouver un lieu"), "ابحث عن مكان");
	assert_str(tr(LANG_SIMPLE, "Mentions légales"), "Règles du site");
	assert_str(tr(LANG_SIMPLE, "Trouver un lieu"), "Trouver un lieu");
	assert_str(tr(LANG_EN, "jamais écrit"), "jamais écrit");
	assert_true(tr_has(LANG_FR, "jamais écrit"));
	assert_false(tr_has(LANG_EN, "jamais écrit"));
	assert_false(tr_has(LANG_AR, ""));
}

TEST(catalogs_are_sorted_and_their_plurals_in_range)
{
	for (enum lang l = LANG_FR; l < LANG_COUNT; l++) {
		const struct catalog *c = &catalogs[l];
		assert_true(c->n > 50);
		for (size_t i = 1; i < c->n; i++)
			assert_true(strcmp(c->messages[i - 1].id, c->messages[i].id) < 0);
		for (size_t i = 0; i < c->n; i++)
			assert_true(c->messages[i].n == 1 || c->messages[i].n == c->n_plurals);
		for (u64 n = 0; n < 1200; n++)
			assert_true(c->plural(n) < c->n_plurals);
	}
	assert_int_equal(catalogs[LANG_AR].n_plurals, 6);
}

TEST(tr_n_counts_in_each_language)
{
	static const struct { enum lang l; i64 n; const char *wanted; } cases[] = {
		{ LANG_FR, 1, "Il y a une chose à corriger" }, { LANG_FR, 2, "Il y a 2 choses à corriger" },
		{ LANG_FR, 0, "Il y a une chose à corriger" }, { LANG_EN, 0, "There are 0 things to put right" },
		{ LANG_EN, 1, "There is one thing to put right" }, { LANG_EN, 1234, "There are 1,234 things to put right" },
		{ LANG_FR, 12345, "Il y a 12\u202f345 choses à corriger" }, { LANG_AR, 1, "هناك شيء واحد يحتاج إلى تصحيح" },
		{ LANG_AR, 2, "هناك شيئان يحتاجان إلى تصحيح" }, { LANG_AR, 7, "هناك 7 أشياء تحتاج إلى تصحيح" },
		{ LANG_AR, 11, "هناك 11 شيئًا يحتاج إلى تصحيح" }, { LANG_AR, 100, "هناك 100 شيء يحتاج إلى تصحيح" },
	};
	const char *one = "Il y a une chose à corriger", *many = "Il y a {n} choses à corriger";
	for (size_t i = 0; i < lengthof(cases); i++)
		assert_str(tr_n(fresh(), cases[i].l, one, many, cases[i].n), cases[i].wanted);
	assert_str(tr_n(fresh(), LANG_EN, "{n} caillou", "{n} cailloux", 1), "1 caillou");
	assert_str(tr_n(fresh(), LANG_EN, "{n} caillou", "{n} cailloux", -3), "-3 cailloux");
}

TEST(fmt_fills_in_each_hole_once)
{
	const str args[] = { S("un"), S("{1}"), S("") };
	assert_str(fmt(fresh(), S("{1} et {2} et {1}{3}."), args, 3), "un et {1} et un.");
	assert_str(fmt(fresh(), S("{4} {x} {1 {"), args, 3), "{4} {x} {1 {");
	assert_str(fmt(fresh(), S(""), args, 3), "");
}

TEST(french_spaces_do_not_break)
{
	struct arena *a = unit_arena(1 << 12);
	assert_str(tr(LANG_FR, "C’est trop long : {1} signes au plus."), "C’est trop long : {1} signes au plus.");      /* no message of ours: as it is */
	assert_str(tr(LANG_FR, "« {1} » ne va pas dans sa colonne."), "«\u00a0{1}\u00a0» ne va pas dans sa colonne.");
	assert_str(tr(LANG_EN, "« {1} » ne va pas dans sa colonne."), "“{1}” does not belong in its column.");
	assert_str(tr(LANG_SIMPLE, "Pas remis : à appeler"), "Pas remis\u00a0: à appeler");         /* for want of a plain one, the source */
	assert_str(tr_n(a, LANG_FR, "Un poste gardé pour elles est à remettre sur l’étagère ; il reste gardé.",
		"{n} postes gardés pour elles sont à remettre sur l’étagère ; ils restent gardés.", 2),
		"2 postes gardés pour elles sont à remettre sur l’étagère\u00a0; ils restent gardés.");
}
