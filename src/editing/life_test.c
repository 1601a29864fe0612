/* What coming in and going out promise: a place made by hand is a place like others; one that is taken out is gone for everybody, imports
 * included, and comes back whole. */
#include "given.h"

#include "directory/directory.h"
#include "directory/place_import.h"

#define NEW "nom=Fabrique+du+Phare&adresse=1+rue+du+Phare&code_postal=44000&commune=Nantes&horaires=du+lundi+au+jeudi+14h-17h&telephones=02+40+00+00+09"

static void coordinator(void)
{
	ask_as(given_account("reseau@ville.example", "Bo", given_organisation("Ville"), ROLE_COORDINATOR));
}

static const char *path_made(struct answer a)
{
	str path = header_of(a, "Location"), rest;
	ptrdiff_t at = str_find(path, S("/historique"));
	assert_true(at > 0);
	rest = str_slice(path, 0, (size_t)at);
	return str_z(unit_arena(1000), rest);
}

TEST(a_place_is_added_by_hand_and_found)
{
	coordinator();
	expect_status(fill("/agent/lieux/nouveau", "nom=Seul"), 422);
	struct answer a = fill("/agent/lieux/nouveau", NEW "&structure=Phare");
	expect_status(a, 303);
	const char *form = path_made(a);
	expect_text(get(form), "Fabrique du Phare");
	expect_text(get("/lieux?q=phare"), "Fabrique du Phare");
	const char *public_page = strstr(form, "/lieux/");
	expect_text(get(public_page), "02 40 00 00 09");
}

TEST(a_place_taken_out_is_gone_and_comes_back_whole)
{
	coordinator();
	str id = given_place("Centre", "centre");
	struct place_owned before, after;
	assert_ok(place_owned(ask_db(), id, &before));
	expect_status(fill("/agent/lieux/centre/retirer", ""), 422);
	expect_status(fill("/agent/lieux/centre/retirer", "raison=closed"), 303);
	expect_status(get("/lieux/centre"), 410);
	expect_text(get("/lieux/centre"), "Ce lieu n’est plus dans l’annuaire. Il a fermé.");
	expect_status(get("/en/lieux/centre/fiche"), 410);
	expect_status(get("/api/v1/lieux/centre"), 404);
	expect_absent(get("/lieux?q=centre"), "rue Haute");
	expect_text(get("/agent/lieux/retires"), "Il a fermé");
	expect_text(get("/flux/lieux.atom"), "Retiré de l’annuaire.");
	expect_status(get("/agent/lieux/centre/retirer"), 404);
	expect_status(fill("/agent/lieux/retires", "remettre=centre"), 303);
	assert_ok(place_owned(ask_db(), id, &after));
	for (enum place_field f = 0; f < P_COUNT; f++)
		assert_true(str_eq(before.place.f[f], after.place.f[f]));
	expect_text(get("/lieux/centre"), "rue Haute");
	expect_text(get("/lieux?q=centre"), "rue Haute");
	expect_absent(get("/flux/lieux.atom"), "Retiré de l’annuaire.");
}

TEST(a_place_seen_before_somebody_changed_it_is_not_taken_out)
{
	coordinator();
	given_place("Centre", "centre");
	struct answer opened = get("/agent/lieux/centre/retirer");
	expect_status(fill("/agent/lieux/centre", "nom=Centre&adresse=1+rue+Haute&code_postal=44000&commune=Nantes&tarifs=2+euros"), 303);
	expect_status(fill_late("/agent/lieux/centre/retirer", opened, "raison=closed"), 422);
	expect_status(get("/lieux/centre"), 200);
}
