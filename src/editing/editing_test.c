/* What editing promises: a structure its own places and no other's; strict storing with words at the field; two at once both seen;
 * nothing that the form does not offer is lost; any change can be taken back. */
#include "given.h"

#include <sys/mman.h>
#include <unistd.h>

#include "db/db.h"
#include "base/timex.h"
#include "directory/directory.h"
#include "editing/editing.h"
#include "gazetteer/gazetteer.h"

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

static struct place_owned owned(void)
{
	struct place_owned o;
	assert_ok(place_owned(ask_db(), S("centre"), &o));
	return o;
}

static enum err amend_tx(struct db *db, void *arg) { return place_amend(db, arg); }

static enum err forget_tx(struct db *db, void *arg) { return editing_forget_drafts(db, now_ms() - (i64)90 * 24 * 3600 * 1000, 500, arg); }
static enum err forget_drafts(i64 *ret_n) { return db_tx(ask_db(), forget_tx, ret_n); }

static void change_by_hand(enum place_field f, const char *value)
{
	struct place_owned o = owned();
	struct place_amend am = { .place_id = o.place.place_id, .version_id = o.version_id, .author = S("user:1") };
	am.place.f[P_ID] = o.place.f[P_ID];
	am.place.f[f] = str_c(value);
	if (f == P_LATITUDE)
		am.place.f[P_LONGITUDE] = S("-1.5500");      /* a point has both */
	assert_ok(db_tx(ask_db(), amend_tx, &am));
}

/* Presses "Remettre" beside the newest change of a field. */
static struct answer put_back(enum place_field f)
{
	struct place_pasts pasts;
	char fields[60] = "";
	assert_ok(place_pasts(ask_db(), owned().place.place_id, 50, &pasts));
	for (size_t i = pasts.n; i-- > 0;)
		if (pasts.v[i].field == f)
			snprintf(fields, sizeof fields, "remettre=%lld", (long long)pasts.v[i].id);
	return fill(FORM_ADDRESS "/historique", fields);
}

TEST(a_structure_edits_its_place_and_the_public_page_tells_it)
{
	ask_as(manager());
	expect_text(get("/agent/lieux"), "Centre de la rue Haute");
	struct answer a = get(FORM_ADDRESS);
	expect_text(a, "02 40 00 00 01");
	expect_text(a, "vendredi, 9 h");
	assert_str(header_of(a, "Cache-Control"), "no-cache, private");        /* Back gives the typing back */
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
	assert_true(str_find(header_of(a, "Location"), S("/agent/lieux/centre/historique?fait=1")) >= 0);
	a = get(FORM_ADDRESS "/historique?fait=1");
	expect_text(a, "C’est enregistré");
	expect_text(a, "vous");
	expect_text(a, "jeudi, 14 h");
}

TEST(what_cannot_be_stored_is_said_at_its_field_and_kept)
{
	ask_as(manager());
	expect_text(fill(FORM_ADDRESS, ALL "&horaires=9h-12h+/+14h-17h"), "à quels jours vont ces heures");
	struct answer a = fill(FORM_ADDRESS, ALL "&horaires=quand+il+fait+beau&telephones=12&courriels=pas+une+adresse");
	expect_status(a, 422);
	expect_text(a, "3 choses à corriger");
	expect_text(a, "«\u00a0quand\u00a0»\u00a0: Ceci n’est pas compris.<");
	expect_text(a, "quand il fait beau");
	a = fill(FORM_ADDRESS, "nom=&adresse=1+rue+Haute&code_postal=44000&commune=Nantes");
	expect_status(a, 422);
	assert_str(now().f[P_NOM], "Centre de la rue Haute");
}

/* Kurdish is a language of the schema, not of the form. */
TEST(what_the_form_does_not_offer_stays)
{
	ask_as(manager());
	change_by_hand(P_LANGUES, "ku|fr");
	expect_status(fill(FORM_ADDRESS, ALL "&langues=ar"), 303);
	assert_str(now().f[P_LANGUES], "ar|ku");
}

TEST(a_list_of_numbers_that_is_put_back_brings_its_first)
{
	ask_as(manager());
	expect_status(fill(FORM_ADDRESS, ALL "&telephones=02+40+00+00+02+/+06+00+00+00+03"), 303);
	expect_status(put_back(P_TELEPHONES), 303);
	assert_str(now().f[P_TELEPHONES], "+33240000001");
	assert_str(now().f[P_TELEPHONE], "+33240000001");
}

static void known(enum gazetteer_kind kind, const char *file)
{
	struct gazetteer_report report;
	struct gazetteer_import o = { .kind = kind, .fd = memfd_create("streets", MFD_CLOEXEC) };
	assert_true(write(o.fd, file, strlen(file)) == (ssize_t)strlen(file) && lseek(o.fd, 0, SEEK_SET) == 0);
	db_use_arena(ask_db(), unit_arena((size_t)256 << 20));
	assert_ok(gazetteer_import(ask_db(), &o, db_arena(ask_db()), &report));
	close(o.fd);
}

static void given_streets(void)
{
	known(GAZ_COMMUNE, "#Code_commune_INSEE,Nom_de_la_commune,Code_postal,latitude,longitude\n44109,NANTES,44000,47.2382,-1.5603\n");
	known(GAZ_STREET, "cle_interop;commune_insee;commune_nom;voie_nom;numero;long;lat\n44109_1_1;44109;Nantes;Rue du Phare;1;-1.58;47.25\n");
}

TEST(the_point_follows_the_address_when_the_street_is_known)
{
	ask_as(manager());
	given_streets();
	change_by_hand(P_LATITUDE, "47.2000");
	expect_status(fill(FORM_ADDRESS, "nom=Centre&adresse=impasse+nulle+part&code_postal=44000&commune=Nantes"), 303);
	assert_str(now().f[P_LATITUDE], "47.2000");
	expect_status(fill(FORM_ADDRESS, "nom=Centre&adresse=3+rue+du+Phare&code_postal=44000&commune=Nantes"), 303);
	assert_str(now().f[P_LATITUDE], "47.25000");
	assert_str(now().f[P_LONGITUDE], "-1.58000");
	change_by_hand(P_CODE_INSEE, "44109");
	expect_status(fill(FORM_ADDRESS, "nom=Centre&adresse=1+place+Neuve&code_postal=44999&commune=Ailleurs"), 303);
	assert_str(now().f[P_CODE_INSEE], "");
	expect_status(fill(FORM_ADDRESS, "nom=Centre&adresse=1+place+Neuve&code_postal=44000&commune=Nantes"), 303);
	assert_str(now().f[P_CODE_INSEE], "44109");
}

TEST(two_people_at_once_the_second_sees_both)
{
	i64 first = manager(), second = given_account("reseau@ville.example", "Bo", given_organisation("Ville"), ROLE_COORDINATOR);
	ask_as(second);
	struct answer opened = get(FORM_ADDRESS);
	ask_as(first);
	expect_status(fill(FORM_ADDRESS, ALL "&arret=Tram+1"), 303);
	ask_as(second);
	struct answer a = fill_late(FORM_ADDRESS, opened, ALL "&arret=Bus+C6");
	expect_status(a, 409);
	expect_text(a, "Entre-temps, quelqu’un a écrit « Tram 1 »");
	expect_text(a, "Bus C6");
	assert_str(now().f[P_ARRET], "Tram 1");
	expect_status(fill_late(FORM_ADDRESS, a, ALL "&arret=Bus+C6"), 303);
	assert_str(now().f[P_ARRET], "Bus C6");
}

TEST(a_change_is_taken_back_and_that_is_a_change_too)
{
	ask_as(manager());
	expect_status(fill(FORM_ADDRESS, ALL "&tarifs=2+euros&horaires=Mo-Fr+09:00-12:00"), 303);
	expect_status(put_back(P_TARIFS), 303);
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

TEST(what_one_has_begun_to_write_is_kept_for_oneself_until_it_is_published)
{
	i64 ana = manager(), other = given_account("bob@hauts.example", "Bob", given_organisation("Les Hauts"), ROLE_STRUCTURE_MANAGER);
	ask_as(ana);
	struct answer a = fill(FORM_ADDRESS, "nom=Centre+neuf&adresse=&code_postal=44000&commune=Nantes&services=demarches&horaires=quand+il+fait+beau&geste=garder");
	expect_status(a, 303);
	a = get(str_z(unit_arena(1 << 12), header_of(a, "Location")));
	expect_text(a, "Votre brouillon est gardé");
	expect_text(a, "value=\"Centre neuf\"");
	expect_text(a, "quand il fait beau");
	expect_text(a, "value=\"demarches\" checked");
	expect_text(get("/agent/lieux"), "Vos brouillons");
	assert_str(now().f[P_NOM], "Centre de la rue Haute");
	/* nobody else sees it */
	ask_as(other);
	expect_absent(get(FORM_ADDRESS), "Centre neuf");
	expect_absent(get("/agent/lieux"), "Vos brouillons");
	/* what is wrong is said when it is to be published, and nothing is lost */
	ask_as(ana);
	expect_status(fill(FORM_ADDRESS, "nom=Centre+neuf&adresse=&code_postal=44000&commune=Nantes"), 422);
	expect_text(get(FORM_ADDRESS), "Centre neuf");
	/* what somebody else changed meanwhile is told */
	change_by_hand(P_COMMUNE, "RezÃ©");
	expect_status(fill(FORM_ADDRESS, ALL "&telephones=02+40+00+00+02"), 409);
	expect_status(fill(FORM_ADDRESS, "geste=oublier"), 303);
	a = get(FORM_ADDRESS);
	expect_absent(a, "brouillon du");
	expect_text(a, "value=\"RezÃ©\"");
	/* published, it is no draft any more */
	expect_status(fill(FORM_ADDRESS, ALL "&geste=garder"), 303);
	expect_text(get("/agent/lieux"), "Vos brouillons");
	expect_status(fill(FORM_ADDRESS, ALL), 303);
	expect_absent(get("/agent/lieux"), "Vos brouillons");
	/* and it is forgotten after three months */
	expect_status(fill(FORM_ADDRESS, ALL "&geste=garder"), 303);
	clock_set(now_ms() + (i64)91 * 24 * 3600 * 1000);
	i64 n = 0;
	assert_ok(forget_drafts(&n));
	assert_int_equal(n, 1);
}
