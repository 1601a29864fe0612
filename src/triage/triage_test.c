/* Triage at a counter: two pages, then a sheet; nothing is kept unless the family agrees, and then it is sealed, theirs, and forgotten. */
#include "given_people.h"

#include "base/timex.h"
#include "triage/pages.h"
#include "triage/triage.h"

#define THREE "appareil=rien&connexion=non&seul=non"

static i64 agent_of(i64 organisation, const char *email)
{
	i64 user = given_account(email, "Une Personne", organisation, ROLE_DESK_AGENT);
	ask_as(user);
	return user;
}

static const char *point_of(str household)
{
	return str_z(unit_arena(1 << 10), str_printf(unit_arena(1 << 10), "/agent/foyers/%.*s/point", STR_ARG(household)));
}

TEST(two_pages_and_a_sheet_without_a_name)
{
	given_demo();
	agent_of(given_organisation("CCAS"), "accueil@ccas.example");
	struct answer a = get("/agent/accueil");
	expect_status(a, 200);
	expect_text(a, "Avez-vous un appareil à la maison ?");
	expect_absent(a, "name=\"_s\"");             /* nothing is posted */
	a = get("/agent/accueil/questions?" THREE "&ou=bellevue");
	expect_text(a, "Remplir une demande sur Internet");
	expect_text(a, "<input type=\"hidden\" name=\"ou\" value=\"bellevue\">");
	expect_absent(a, "Envoyer une photo");       /* of who has no device */
	a = get("/agent/accueil/questions?appareil=ordinateur&connexion=box&seul=seul");
	expect_absent(a, "Remplir une demande sur Internet");
	a = get("/agent/accueil/suite?" THREE "&arnaque=non");
	expect_status(a, 200);
	expect_order(a, "Faire vos démarches avec quelqu’un", "Avoir un ordinateur à la maison", "Trouver un ordinateur", "Plus tard", "Protéger vos comptes");
	expect_text(a, "À apporter : Le dernier courrier reçu");
	expect_absent(a, "Garder ces réponses");
}

TEST(what_is_not_answered_is_asked_again)
{
	agent_of(given_organisation("CCAS"), "accueil@ccas.example");
	struct answer a = get("/agent/accueil/questions?appareil=rien");
	expect_status(a, 422);
	expect_text(a, "Choisissez une réponse.");
	expect_text(a, "value=\"rien\" checked");
	expect_status(get("/agent/accueil/suite?" THREE "&arnaque=peut-etre"), 422);
	expect_status(get("/agent/accueil/suite?" THREE "&langue=klingon"), 422);
}

TEST(the_sheet_is_in_two_languages_side_by_side)
{
	agent_of(given_organisation("CCAS"), "accueil@ccas.example");
	struct answer a = get("/agent/accueil/suite?" THREE "&langue=en");
	expect_text(a, "<section lang=\"en\"");
	expect_order(a, "Vos prochaines étapes", "Your next steps");
	a = get("/agent/accueil/suite?" THREE "&langue=ar");
	expect_text(a, "lang=\"ar\" dir=\"rtl\"");
	a = get("/agent/accueil/papier?langue=ar");
	expect_text(a, "lang=\"ar\" dir=\"rtl\"");
	expect_order(a, "Trois questions", "ثلاثة أسئلة", "L’avez-vous déjà fait ?");
}

TEST(the_nearest_places_come_first_when_it_is_known_where_one_is)
{
	given_demo();
	agent_of(given_organisation("CCAS"), "accueil@ccas.example");
	struct answer a = get("/agent/accueil/suite?" THREE "&ou=14+rue+des+Lavoirs");
	expect_text(a, "à ");
	expect_text(a, " m");
	expect_absent(get("/agent/accueil/suite?" THREE "&ou=xyzzyxyzzy"), " km");
}

TEST(a_family_that_agrees_has_its_answers_kept_and_can_have_them_erased)
{
	i64 ccas = given_organisation("CCAS");
	str household = given_household(ccas, "Leïla", "Benali", "+33199001200");
	const char *point = point_of(household);
	agent_of(ccas, "accueil@ccas.example");
	struct answer first = get(point);
	expect_text(first, "Leïla Benali");
	struct answer items = fill(point, THREE "&geste=questions");
	expect_status(items, 200);
	struct answer result = post_from(items, point, THREE "&arnaque=non&geste=suite");
	expect_status(result, 200);
	expect_text(result, "Garder ces réponses ?");
	expect_absent(get(point), "Réponses gardées");
	expect_status(post_from(result, point, THREE "&arnaque=non&geste=garder"), 422);
	expect_absent(get(point), "Réponses gardées");
	expect_status(post_from(result, point, THREE "&arnaque=non&geste=garder&accord=1"), 303);
	struct answer kept = get(point);
	expect_text(kept, "Réponses gardées le");
	expect_text(kept, "par Une Personne");
	expect_text(kept, "dir=\"rtl\"");             /* the mother reads Arabic */
	str donnees = str_replace(unit_arena(1 << 10), str_c(point), S("/point"), S("/donnees"));
	expect_text(get(str_z(unit_arena(1 << 10), donnees)), "Reconnaître un faux message, une arnaque : Non");
	expect_status(post_from(kept, point, "geste=effacer"), 303);
	expect_absent(get(point), "Réponses gardées");
}

TEST(a_household_of_others_is_not_there)
{
	str household = given_household(given_organisation("CCAS"), "Leïla", "Benali", "+33199001200");
	agent_of(given_organisation("Ville"), "accueil@ville.example");
	expect_status(get(point_of(household)), 404);
}

struct kept { i64 household, at; struct db *db; i64 n; };

static enum err purge_tx(struct db *db, void *arg)
{
	struct kept *k = arg;
	return triage_purge(db, k->at, 100, &k->n);
}

static enum err erase_tx(struct db *db, void *arg)
{
	return household_erase(db, ((struct kept *)arg)->household, "asked");
}

static struct household given_kept(i64 ccas)
{
	struct household h;
	str household = given_household(ccas, "Leïla", "Benali", "+33199001200");
	const char *point = point_of(household);
	struct answer items = fill(point, THREE "&geste=questions");
	struct answer result = post_from(items, point, THREE "&geste=suite");
	expect_status(post_from(result, point, THREE "&geste=garder&accord=1"), 303);
	assert_ok(household_named(ask_db(), household, &h));
	return h;
}

TEST(answers_are_forgotten_after_their_time_or_with_the_household)
{
	i64 ccas = given_organisation("CCAS");
	struct triage_row row;
	agent_of(ccas, "accueil@ccas.example");
	struct household one = given_kept(ccas), two = given_kept(ccas);
	struct kept k = { .household = one.id, .at = now_ms() - TRIAGE_KEEP_MS };
	assert_ok(db_tx(ask_db(), purge_tx, &k));
	assert_int_equal(k.n, 0);
	assert_ok(db_tx(ask_db(), erase_tx, &k));
	assert_int_equal(triage_of_household(ask_db(), one.id, ccas, &row), NOT_FOUND);
	assert_ok(db_tx(ask_db(), purge_tx, &k));
	assert_int_equal(k.n, 1);
	assert_ok(triage_of_household(ask_db(), two.id, ccas, &row));
	k.at = now_ms() + 1;
	assert_ok(db_tx(ask_db(), purge_tx, &k));
	assert_int_equal(triage_of_household(ask_db(), two.id, ccas, &row), NOT_FOUND);
}

TEST(what_is_kept_cannot_be_read_in_the_database)
{
	i64 ccas = given_organisation("CCAS");
	struct triage_row row;
	agent_of(ccas, "accueil@ccas.example");
	struct household h = given_kept(ccas);
	assert_ok(triage_of_household(ask_db(), h.id, ccas, &row));
	assert_true(str_find(row.answers_enc, S("appareil")) < 0);
}
