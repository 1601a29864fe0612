/* What duplicates promise: true pairs are found with their reasons, and no more than that; what is decided stays decided. */
#include "given.h"

#include "directory/directory.h"
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

/* The value of the button, or of the hidden field, of that name, as it is sent. */
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

/* ---- two records into one ---- */

static struct place_owned place_now(const char *code)
{
	struct place_owned p;
	assert_ok(place_owned(ask_db(), str_c(code), &p));
	return p;
}

/* The page of two places. */
static const char *page_of_two(const char *first, const char *second)
{
	return str_printf(unit_arena(1 << 10), "/agent/doublons/%lld-%lld", (long long)place_now(first).place.place_id,
		(long long)place_now(second).place.place_id).p;
}

static void edited(const char *code, const char *more)
{
	struct arena *a = unit_arena(1 << 12);
	const char *page = str_printf(a, "/agent/lieux/%s", code).p;
	expect_status(fill(page, str_printf(a, "adresse=1+rue+Haute&code_postal=44000&commune=Nantes&horaires=Mo-Fr+09:00-12:00&%s", more).p), 303);
}

/* "un" and "deux", that differ by their names, telephones, prices and presentation; "deux" was verified last. */
static const char *given_two(void)
{
	as_coordinator();
	given_organisation("Les Hauts");
	given_place("Les Hauts", "un");
	given_place("Les Hauts", "deux");
	edited("deux", "nom=Centre+rue+Haute&telephones=02+40+00+00+02&tarifs=2+euros&services=demarches");
	return page_of_two("un", "deux");
}

static void field_is(const char *code, enum place_field f, const char *value)
{
	struct place_owned p = place_now(code);
	if (!str_eq(p.place.f[f], str_c(value)))
		fail_msg("%s of %s is \"%.*s\", not \"%s\"", place_field_names[f], code, STR_ARG(p.place.f[f]), value);
}

TEST(what_differs_is_asked_with_the_fullest_and_then_the_latest_proposed)
{
	const char *page = given_two();
	refreshed();
	expect_text(get("/agent/doublons"), page);
	struct answer a = get(page);
	expect_status(a, 200);
	expect_text(a, "name=\"garder\" value=\"deux\" id=\"garder-deux\" checked");
	expect_text(a, "name=\"nom\" value=\"deux\" id=\"nom-deux\" checked");
	expect_text(a, "name=\"tarifs\" value=\"deux\" id=\"tarifs-deux\" checked");
	expect_text(a, "name=\"telephones\" value=\"tous\"");
	expect_absent(a, "name=\"adresse\"");
	expect_text(a, "Pareil des deux côtés : Adresse");
	expect_text(get(str_printf(unit_arena(1 << 10), "/en%s", page).p), "Make one record of two");
	expect_status(get("/agent/doublons/7-8"), 404);
	expect_status(get("/agent/doublons/essai"), 404);
}

TEST(two_records_are_made_one_with_the_chosen_answers_and_the_old_address_leads_there)
{
	const char *page = given_two();
	expect_status(fill(page, "garder=un&nom=un&telephones=tous&tarifs=deux"), 303);
	field_is("un", P_NOM, "Centre de la rue Haute");
	field_is("un", P_TELEPHONES, "+33240000001|+33240000002");
	field_is("un", P_TELEPHONE, "+33240000001");
	field_is("un", P_TARIFS, "2 euros");
	expect_text(get("/agent/lieux/un/historique"), "2 euros");
	static const char *const led[][2] = {
		{ "/lieux/deux", "/lieux/un" }, { "/en/lieux/deux", "/en/lieux/un" }, { "/lieux/deux.vcf", "/lieux/un.vcf" },
		{ "/lieux/deux.jsonld", "/lieux/un.jsonld" }, { "/lieux/deux/fiche?langue=en", "/lieux/un/fiche?langue=en" },
		{ "/lieux/deux/erreur", "/lieux/un/erreur" }, { "/api/v1/lieux/deux", "/api/v1/lieux/un" },
	};
	for (size_t i = 0; i < lengthof(led); i++) {
		struct answer a = get(led[i][0]);
		expect_status(a, 301);
		assert_str(header_of(a, "Location"), led[i][1]);
		assert_str(header_of(a, "Cache-Control"), "no-store");
	}
	expect_status(get(page), 404);
	expect_text(get("/flux/lieux.atom"), "Réuni avec : Centre de la rue Haute.");
}

TEST(a_report_sent_to_the_old_address_is_sent_again_to_the_new_one)
{
	const char *page = given_two();
	const char *typed = str_printf(unit_arena(1 << 12), "%s&erreur=Ferm%%C3%%A9", pair_on(get("/lieux/deux/erreur"), "_s")).p;
	expect_status(fill(page, "garder=un"), 303);
	struct answer a = post("/lieux/deux/erreur", typed);
	expect_status(a, 308);
	assert_str(header_of(a, "Location"), "/lieux/un/erreur");
	expect_status(post("/lieux/un/erreur", typed), 303);
}

TEST(nothing_is_merged_when_one_of_the_two_has_changed_since_the_page)
{
	const char *page = given_two();
	struct answer opened = get(page);
	edited("un", "nom=Centre+de+la+rue+Haute&telephones=02+40+00+00+01&tarifs=Gratuit&services=demarches");
	struct answer a = fill_late(page, opened, "garder=un&nom=deux&telephones=tous&tarifs=deux");
	expect_status(a, 409);
	expect_text(a, "vient de changer");
	expect_text(a, "name=\"telephones\" value=\"tous\" id=\"telephones-tous\" checked");
	expect_text(a, "name=\"garder\" value=\"un\" id=\"garder\" checked");
	expect_status(get("/lieux/deux"), 200);
	field_is("un", P_TARIFS, "Gratuit");
	expect_status(fill(page, ""), 422);
	expect_status(fill(page, "garder=trois"), 422);
}

TEST(an_address_that_was_merged_twice_leads_to_the_last_place_in_one_step)
{
	const char *page = given_two();
	given_place("Les Hauts", "trois");
	const char *next = page_of_two("un", "trois");
	expect_status(fill(page, "garder=un"), 303);
	expect_status(fill(next, "garder=deux"), 303);
	assert_str(header_of(get("/lieux/deux"), "Location"), "/lieux/trois");
	struct answer a = fill("/agent/lieux/retires", "remettre=deux");
	expect_status(a, 422);
	expect_text(a, "Remettez-la d’abord");
	expect_status(fill("/agent/lieux/trois/retirer", "raison=closed"), 303);
	expect_status(get("/lieux/deux"), 410);
	expect_text(get("/lieux/deux"), "Il a fermé.");
	expect_status(get("/api/v1/lieux/un"), 404);
}

TEST(a_merge_is_undone_and_both_are_as_before)
{
	const char *page = given_two();
	struct place_owned un = place_now("un"), deux = place_now("deux");
	expect_status(fill(page, "garder=un&nom=deux&telephones=tous&tarifs=deux"), 303);
	expect_text(get("/agent/lieux/retires"), "avec une autre fiche : Centre rue Haute");
	expect_status(fill("/agent/lieux/retires", "remettre=deux"), 303);
	for (enum place_field f = 0; f < P_COUNT; f++) {
		assert_true(str_eq(place_now("un").place.f[f], un.place.f[f]));
		assert_true(str_eq(place_now("deux").place.f[f], deux.place.f[f]));
	}
	expect_status(get("/lieux/deux"), 200);
	expect_status(get(page), 200);
	refreshed();
	expect_text(get("/agent/doublons"), page);
	expect_status(fill(page, "garder=deux"), 303);
	expect_status(get("/lieux/un"), 301);
}

TEST(what_was_changed_after_a_merge_stays_when_it_is_undone_and_is_told)
{
	const char *page = given_two();
	expect_status(fill(page, "garder=un&nom=deux&telephones=tous&tarifs=deux"), 303);
	edited("un", "nom=Centre+rue+Haute&telephones=02+40+00+00+01+/+02+40+00+00+02&tarifs=5+euros&services=demarches");
	struct answer a = fill("/agent/lieux/retires", "remettre=deux");
	expect_status(a, 303);
	field_is("un", P_TARIFS, "5 euros");
	field_is("un", P_NOM, "Centre de la rue Haute");
	field_is("un", P_TELEPHONES, "+33240000001");
	field_is("deux", P_TARIFS, "2 euros");
	a = get(str_z(unit_arena(1 << 12), header_of(a, "Location")));
	expect_text(a, "restent comme elles sont : Détail des prix.");
	expect_text(a, "/agent/lieux/un/historique");
}

#define AT_3 "nom=Centre&adresse=3+rue+Haute&code_postal=44000&commune=Nantes&services=demarches"

TEST(an_address_is_taken_whole_and_goes_back_whole_or_not_at_all)
{
	const char *page = given_two();
	expect_status(fill("/agent/lieux/deux", AT_3 "&complement_adresse=Porte+B"), 303);
	struct answer a = get(page);
	expect_text(a, "Porte B, 3 rue Haute, 44000 Nantes");
	expect_absent(a, "name=\"complement_adresse\"");
	expect_status(fill(page, "garder=un&adresse=deux"), 303);
	field_is("un", P_ADRESSE, "3 rue Haute");
	field_is("un", P_COMPLEMENT_ADRESSE, "Porte B");
	expect_status(fill("/agent/lieux/un", AT_3 "&complement_adresse=Porte+C"), 303);
	a = fill("/agent/lieux/retires", "remettre=deux");
	field_is("un", P_ADRESSE, "3 rue Haute");
	field_is("un", P_COMPLEMENT_ADRESSE, "Porte C");
	expect_text(get(str_z(unit_arena(1 << 12), header_of(a, "Location"))), "restent comme elles sont : Adresse.");
}

TEST(a_merge_sent_twice_is_one_and_both_lines_are_in_the_audit_log)
{
	const char *page = given_two();
	struct answer opened = get(page);
	const char *typed = str_printf(unit_arena(1 << 12), "%s&%s&%s&garder=un", pair_on(opened, "_s"), pair_on(opened, "version-un"),
		pair_on(opened, "version-deux")).p;
	expect_status(post(page, typed), 303);
	expect_status(post(page, typed), 303);
	expect_status(fill("/agent/lieux/retires", "remettre=deux"), 303);
	ask_as(given_account("dpo@ville.example", "Di", given_organisation("Ville"), ROLE_DPO));
	struct answer log = get("/agent/journal.csv");
	expect_text(log, "place.merge");
	expect_text(log, "place.unmerge");
}
