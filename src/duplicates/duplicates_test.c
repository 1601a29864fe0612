/* What duplicates promise: true pairs are found with their reasons, and no more than that; what is decided stays decided. */
#include "given.h"

#include "duplicates/duplicates.h"

static void as_coordinator(void)
{
	ask_as(given_account("reseau@ville.example", "Bo", given_organisation("Ville"), ROLE_COORDINATOR));
}

static void refreshed(void)
{
	i64 n;
	assert_ok(pairs_refresh(ask_db(), unit_arena((size_t)64 << 20), &n));
}

TEST(two_records_of_one_place_are_a_pair_with_its_reasons)
{
	as_coordinator();
	expect_text(get("/agent/doublons"), "Aucun doublon");
	given_organisation("Les Hauts");
	given_place("Les Hauts", "un");
	given_place("Les Hauts", "deux");
	refreshed();
	struct answer a = get("/agent/doublons");
	expect_status(a, 200);
	expect_text(a, "même nom, même adresse");
	expect_text(a, "Un lieu est peut-être là deux fois");
	expect_text(get("/en/agent/doublons"), "same name, same address");
	expect_status(get("/agent/doublons?page=2"), 404);
}

/* The value of the button of that name. */
static const char *pair_on(struct answer page, const char *button)
{
	struct arena *a = unit_arena(1 << 12);
	str mark = str_printf(a, "name=\"%s\" value=\"", button), value;
	ptrdiff_t at = str_find(page.body, mark);
	assert_true(at >= 0);
	str rest = str_slice(page.body, (size_t)at + mark.n, page.body.n);
	assert_true(str_next(&rest, '"', &value));
	return str_printf(a, "%s=%.*s", button, STR_ARG(value)).p;
}

TEST(two_places_are_not_shown_again_until_that_is_taken_back)
{
	as_coordinator();
	given_organisation("Les Hauts");
	given_place("Les Hauts", "un");
	given_place("Les Hauts", "deux");
	given_place("Les Hauts", "trois");
	refreshed();
	expect_status(fill("/agent/doublons", pair_on(get("/agent/doublons"), "deux")), 303);
	struct answer a = get("/agent/doublons");
	expect_text(a, "Ceux qui sont deux lieux");
	expect_text(a, "2 lieux sont peut-être là deux fois");
	expect_status(fill("/agent/doublons", pair_on(a, "reprendre")), 303);
	expect_text(get("/agent/doublons"), "3 lieux sont peut-être là deux fois");
	expect_status(fill("/agent/doublons", "deux=7-8"), 404);
	expect_status(fill("/agent/doublons", "deux=nothing"), 404);
}

TEST(a_name_that_says_a_word_twice_is_no_pair_with_itself)
{
	as_coordinator();
	expect_status(fill("/agent/lieux/nouveau", "nom=Le+Phare+du+Phare&adresse=1+rue+du+Phare&code_postal=44000&commune=Nantes"), 303);
	refreshed();
	expect_absent(get("/agent/doublons"), "Le Phare du Phare");
}
