/* What families say for the rule: "not known" is an answer, each has its day and who wrote it, two agents do not write over each other, and
 * who does not follow the families of the campaign sees none of it. */
#include "awarding/pages.h"

#include "given_files.h"

static struct arena *mem;
static i64 city, officer, service;
static struct given_wave made;
static str file_id;

static void given_one(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	service = given_account("s@ville.example", "Sacha", city, ROLE_DESK_AGENT);
	made = given_wave_of(city);
	file_id = given_file(city);
	ask_as(officer);
}

static const char *at(const char *rest)
{
	return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/dossiers/%.*s%s", (long long)made.campaign_id, STR_ARG(file_id), rest));
}

static i64 file_now(void)
{
	i64 id;
	assert_ok(award_file_named(ask_db(), file_id, made.campaign_id, &id));
	return id;
}

static i64 fact_now(enum fact f)
{
	i64 facts[FACTS];
	assert_ok(award_facts_of(ask_db(), file_now(), facts));
	return facts[f];
}

TEST(what_nobody_said_is_unknown_and_what_was_said_counts)
{
	given_one();
	struct answer a = get(at("/situation"));
	expect_text(a, "on ne sait pas");
	assert_int_equal(fact_now(FACT_DEVICES), FACT_UNKNOWN);
	assert_int_equal(fact_now(FACT_CHILDREN), 1);
	expect_status(fill(at("/situation"), "appareils=aucun&connexion=mobile&distance=1200&jour=2026-01-05"), 303);
	assert_int_equal(fact_now(FACT_DEVICES), 3);
	assert_int_equal(fact_now(FACT_CONNECTION), 1);
	assert_int_equal(fact_now(FACT_DISTANCE), 1200);
	assert_int_equal(fact_now(FACT_STUDIES), FACT_UNKNOWN);
	expect_text(get(at("/situation")), "Noté par Andrea : dit le 5 janvier 2026.");
	expect_status(fill(at("/situation"), "appareils=&connexion=mobile&distance=1200"), 303);
	assert_int_equal(fact_now(FACT_DEVICES), FACT_UNKNOWN);
}

TEST(an_answer_outside_the_vocabulary_is_refused_beside_its_field)
{
	given_one();
	struct answer a = fill(at("/situation"), "appareils=quatre");
	expect_status(a, 422);
	expect_text(a, "Choisissez une réponse de la liste.");
	a = fill(at("/situation"), "distance=-3");
	expect_status(a, 422);
	a = fill(at("/situation"), "appareils=aucun&jour=2199-01-01");
	expect_status(a, 422);
	expect_text(a, "pas encore venu");
	assert_int_equal(fact_now(FACT_DEVICES), FACT_UNKNOWN);
}

TEST(two_agents_at_once_do_not_write_over_each_other)
{
	given_one();
	struct answer opened = get(at("/situation"));
	expect_status(fill(at("/situation"), "appareils=un"), 303);
	ask_as(service);
	struct answer mine = get(at("/situation"));
	(void)mine;
	ask_as(officer);
	struct answer a = fill_late(at("/situation"), opened, "appareils=aucun");
	expect_status(a, 409);
	expect_text(a, "Quelqu’un vient de noter une réponse");
	assert_int_equal(fact_now(FACT_DEVICES), 1);
	a = fill_late(at("/situation"), a, "appareils=aucun");
	expect_status(a, 303);
	assert_int_equal(fact_now(FACT_DEVICES), 3);
}

TEST(the_files_page_says_the_situation_once_the_family_was_met)
{
	given_one();
	expect_absent(get(at("")), "Situation, pour l’attribution");
	static const char *const way[] = { "contacted", "invited", "attended" };
	for (size_t i = 0; i < lengthof(way); i++)
		given_file_step(file_now(), way[i]);
	struct answer a = get(at(""));
	expect_text(a, "Situation, pour l’attribution");
	expect_text(a, "Noter la situation de la famille");
}

TEST(another_organisation_finds_no_such_page)
{
	given_one();
	i64 other = given_organisation("Ailleurs");
	ask_as(given_account("x@ailleurs.example", "Dominique", other, ROLE_PROGRAMME_OFFICER));
	expect_status(get(at("/situation")), 404);
	ask_as(service);
	expect_status(get(at("/situation")), 200);
}
