/* The stock's pages: what is entered is read strictly, two officers do not write over each other, a label says nothing of who has the device. */
#include "stock/pages.h"

#include "given_stock.h"

static struct arena *mem;
static i64 city, officer;

static void given_house(void)
{
	mem = unit_arena((size_t)8 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	ask_as(officer);
}

#define NEW "/agent/postes/nouveau"
#define FACTS "sorte=laptop&note=B&proprietaire=Ville&genre=city"

static i64 devices_there(void)
{
	i64 n;
	assert_ok(devices_of_organisation(ask_db(), city, &n));
	return n;
}

TEST(devices_are_entered_one_by_one_by_twenty_or_a_line_each)
{
	given_house();
	expect_status(fill(NEW, FACTS "&modele=Gabarot+12&serie=S1&memoire=8&disque=240&ecran=13%2C3"), 303);
	expect_status(fill(NEW, FACTS "&modele=Gabarot+12&nombre=20"), 303);
	expect_status(fill(NEW, FACTS "&lignes=Gabarot+14%3B+S2%3B+a%3B+16%3B+480%3B+14%0APl%C3%A9iade%09S3"), 303);
	assert_int_equal(devices_there(), 23);
	struct answer a = get("/agent/postes?q=S2");
	expect_order(a, "Portable, Gabarot 14", "16 Go de mémoire, disque de 480 Go, 14 pouces", "A");
	expect_absent(a, "Pléiade");
	a = get("/agent/postes");
	expect_order(a, "En stock", "23");
}

TEST(what_is_typed_wrong_is_said_and_nothing_is_entered)
{
	given_house();
	static const struct { const char *fields, *says; } wrong[] = {
		{ "sorte=laptop&note=B&modele=X&proprietaire=Ville", "Dites ce qu’est ce propriétaire." },
		{ FACTS, "Écrivez la marque et le modèle." },
		{ FACTS "&modele=X&serie=S1&nombre=2", "Un n° de série est celui d’un seul poste" },
		{ FACTS "&modele=X&ecran=grand", "Écrivez la diagonale en pouces" },
		{ FACTS "&lignes=X%3B+S1%3B+D", "Ligne 1 : la qualité est A, B ou C." },
		{ FACTS "&lignes=X%3B+S1%0AX%3B+S2%3B+A%3B+huit", "Ligne 2 : la mémoire et le disque" },
		{ FACTS "&lignes=X%3B+S1%0AX%3B+S1", "Le n° de série S1 est écrit deux fois." },
		{ FACTS "&modele=X&nombre=51", "Combien comme celui-ci" },
	};
	for (size_t i = 0; i < lengthof(wrong); i++) {
		struct answer a = fill(NEW, wrong[i].fields);
		expect_status(a, 422);
		expect_text(a, wrong[i].says);
	}
	assert_int_equal(devices_there(), 0);
	expect_status(fill(NEW, FACTS "&modele=X&serie=S1"), 303);
	struct answer a = fill(NEW, FACTS "&lignes=X%3B+S2%0AX%3B+S1");
	expect_status(a, 409);
	expect_text(a, "rien n’est entré");
	assert_int_equal(devices_there(), 1);
}

static const char *path_of(str label, const char *rest) { return str_z(mem, str_printf(mem, "/agent/postes/%.*s%s", STR_ARG(label), rest)); }

TEST(two_who_change_a_device_do_not_write_over_each_other)
{
	given_house();
	str label = given_device_of(city, "city");
	struct answer edit = get(path_of(label, "/modifier")), page = get(path_of(label, ""));
	expect_status(fill(path_of(label, "/modifier"), FACTS "&modele=Autre+14&memoire=16"), 303);
	expect_text(get(path_of(label, "")), "Marque et modèle : « Essai 400 » devient « Autre 14 »");
	struct answer a = fill_late(path_of(label, "/modifier"), edit, FACTS "&modele=Encore");
	expect_status(a, 409);
	expect_text(a, "Portable, Autre 14");
	a = fill_late(path_of(label, ""), page, "ou=gone%3Aparts");
	expect_status(a, 409);
	expect_text(a, "rien n’est noté");
	expect_status(fill(path_of(label, ""), "ou="), 422);
	expect_status(fill(path_of(label, ""), "ou=lent%3A"), 422);
	expect_status(fill(path_of(label, ""), "ou=gone%3Aparts"), 303);
	expect_text(get(path_of(label, "")), "Annuler : revenir à « En stock »");
	expect_status(fill(path_of(label, ""), "geste=annuler"), 303);
	assert_int_equal(given_device_now(label).state, SS_IN_STOCK);
}

TEST(another_house_finds_nothing_and_who_administers_only_reads)
{
	given_house();
	str label = given_device_of(city, "city");
	ask_as(given_account("a@ville.example", "Alix", city, ROLE_ADMIN));
	struct answer a = get(path_of(label, ""));
	expect_status(a, 200);
	expect_absent(a, "Ce qu’il devient");
	expect_status(get(path_of(label, "/modifier")), 404);
	ask_as(given_account("o@ailleurs.example", "Ousmane", given_organisation("Ailleurs"), ROLE_PROGRAMME_OFFICER));
	expect_status(get(path_of(label, "")), 404);
	expect_absent(get("/agent/postes"), "Essai 400");
	expect_absent(get("/agent/postes.csv"), "Essai 400");
	a = get(str_z(mem, str_printf(mem, "/p/%.*s", STR_ARG(label))));
	expect_status(a, 200);               /* the public's page, not theirs */
}

TEST(labels_hold_the_address_that_a_telephone_opens)
{
	given_house();
	ask_public_url("https://plan.example.org");
	str label = given_device_of(city, "city");
	struct answer a = get("/agent/postes/etiquettes");
	expect_text(a, str_z(mem, label));
	expect_text(a, "Code QR de l’étiquette");
}
