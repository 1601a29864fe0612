/* What editing promises: a structure its own places and no other's; strict storing with words at the field; two at once both seen;
 * nothing that the form does not offer is lost; any change can be taken back. */
#include "given.h"

#include "directory/directory.h"

#define ALL "nom=Centre+de+la+rue+Haute&adresse=1+rue+Haute&code_postal=44000&commune=Nantes"
#define FORM_ADDRESS "/agent/lieux/centre"

static i64 manager(void)
{
	i64 ours = given_organisation("Les Hauts");
	given_place("Les Hauts", "centre");
	return given_account("cheffe@hauts.example", "Ana", ours, ROLE_STRUCTURE_MANAGER);
}

static struct place now(void)
{
	struct place p;
	assert_ok(directory_place(ask_db(), S("centre"), &p));
	return p;
}

TEST(a_structure_edits_its_place_and_the_public_page_tells_it)
{
	ask_as(manager());
	expect_text(get("/agent/lieux"), "Centre de la rue Haute");
	struct answer a = get(FORM_ADDRESS);
	expect_text(a, "02 40 00 00 01");
	expect_text(a, "Mo-Fr 09:00-12:00");
	a = fill(FORM_ADDRESS, ALL "&telephones=02+40+00+00+02+/+06+00+00+00+03&horaires=du+lundi+au+jeudi+14h-17h&services=demarches&langues=ar&plain_pied=oui");
	expect_status(a, 303);
	struct place p = now();
	assert_str(p.f[P_HORAIRES], "Mo-Th 14:00-17:00");
	assert_str(p.f[P_TELEPHONE], "+33240000002");
	assert_str(p.f[P_TELEPHONES], "+33240000002|+33600000003");
	assert_str(p.f[P_SERVICES], "Aide aux démarches administratives");
	assert_str(p.f[P_LANGUES], "ar");
	assert_false(str_eq(p.f[P_DATE_MAJ], S("2026-01-02")));
	expect_text(get("/lieux/centre"), "02 40 00 00 02");
	a = get(FORM_ADDRESS "/historique");
	expect_text(a, "vous");
	expect_text(a, "Mo-Th 14:00-17:00");
}

TEST(what_cannot_be_stored_is_said_at_its_field_and_kept)
{
	ask_as(manager());
	struct answer a = fill(FORM_ADDRESS, ALL "&horaires=quand+il+fait+beau&telephones=12&courriels=pas+une+adresse");
	expect_status(a, 422);
	expect_text(a, "3 choses à corriger");
	expect_text(a, "nous n’avons pas compris");
	expect_text(a, "quand il fait beau");
	a = fill(FORM_ADDRESS, "nom=&adresse=1+rue+Haute&code_postal=44000&commune=Nantes");
	expect_status(a, 422);
	assert_str(now().f[P_NOM], "Centre de la rue Haute");
}

/* Saves with the version of a page that was opened earlier. */
static struct answer save_late(struct answer opened, const char *fields)
{
	struct arena *a = unit_arena(1 << 20);
	str fresh[2];
	const str pages[] = { opened.body, get(FORM_ADDRESS).body };
	static const char *const marks[] = { "name=\"version\" value=\"", "name=\"_s\" value=\"" };
	for (size_t i = 0; i < 2; i++) {
		str rest = str_slice(pages[i], (size_t)str_find(pages[i], str_c(marks[i])) + strlen(marks[i]), pages[i].n);
		str_next(&rest, '"', &fresh[i]);
	}
	return post(FORM_ADDRESS, str_printf(a, "version=%.*s&_s=%.*s&%s", STR_ARG(fresh[0]), STR_ARG(fresh[1]), fields).p);
}

TEST(two_people_at_once_the_second_sees_both)
{
	i64 first = manager(), second = given_account("reseau@ville.example", "Bo", given_organisation("Ville"), ROLE_COORDINATOR);
	ask_as(second);
	struct answer opened = get(FORM_ADDRESS);
	ask_as(first);
	expect_status(fill(FORM_ADDRESS, ALL "&arret=Tram+1"), 303);
	ask_as(second);
	struct answer a = save_late(opened, ALL "&arret=Bus+C6");
	expect_status(a, 409);
	expect_text(a, "Entre-temps, quelqu’un a écrit « Tram 1 »");
	expect_text(a, "Bus C6");
	assert_str(now().f[P_ARRET], "Tram 1");
	expect_status(save_late(a, ALL "&arret=Bus+C6"), 303);
	assert_str(now().f[P_ARRET], "Bus C6");
}

TEST(a_change_is_taken_back_and_that_is_a_change_too)
{
	ask_as(manager());
	expect_status(fill(FORM_ADDRESS, ALL "&tarifs=2+euros&horaires=Mo-Fr+09:00-12:00"), 303);
	struct place_owned owned;
	struct place_pasts pasts;
	assert_ok(place_owned(ask_db(), S("centre"), &owned));
	assert_ok(place_pasts(ask_db(), owned.place.place_id, 50, &pasts));
	i64 id = 0;
	for (size_t i = 0; i < pasts.n; i++)
		if (pasts.v[i].field == P_TARIFS)
			id = pasts.v[i].id;
	char fields[60];
	snprintf(fields, sizeof fields, "remettre=%lld", (long long)id);
	expect_status(fill(FORM_ADDRESS "/historique", fields), 303);
	assert_str(now().f[P_TARIFS], "");
	expect_status(fill(FORM_ADDRESS "/historique", "remettre=5"), 409);
}

TEST(others_places_do_not_exist_for_a_structure)
{
	i64 user = manager();
	given_organisation("Les Bas");
	given_place("Les Bas", "autre");
	ask_as(user);
	expect_status(get("/agent/lieux/autre"), 404);
	expect_status(get("/agent/lieux/autre/historique"), 404);
	expect_absent(get("/agent/lieux"), "autre");
}
