/* What schools promise: files are taken in as they are and twice is once; a name leads to the school that it means, with its reason. */
#include "schools/schools.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "given.h"

#define HEAD "uai;nom;secteur;adresse;code_postal;commune;code_commune;latitude;longitude;ips;annee_scolaire;rep\n"

static i64 refused;

static void on_reject(void *arg, i64 line, str what, str reason)
{
	(void)arg;
	(void)line;
	(void)what;
	assert_true(reason.n > 0);
	refused++;
}

static struct schools_report imported_from(int fd, const char *communes, enum err wanted)
{
	struct schools_report r;
	struct schools_import o = { .fd = fd, .communes = str_c(communes), .source = S("essai.csv"), .reject = on_reject };
	refused = 0;
	enum err e = schools_import(ask_db(), &o, unit_arena((size_t)64 << 20), &r);
	if (e != wanted)
		fail_msg("%s: %.*s", err_name(e), STR_ARG(r.fault));
	close(fd);
	assert_int_equal(refused, r.rejected);
	return r;
}

static struct schools_report imported(const char *text)
{
	int fd = memfd_create("schools", MFD_CLOEXEC);
	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) && lseek(fd, 0, SEEK_SET) == 0);
	return imported_from(fd, "44109", OK);
}

static struct school school(const char *uai)
{
	struct school s;
	assert_ok(school_by_uai(ask_db(), str_c(uai), &s));
	return s;
}

static struct school_matches found(const char *text)
{
	struct school_matches m;
	assert_ok(schools_find(ask_db(), str_c(text), S("44109"), &m));
	return m;
}

static void as_officer(void)
{
	ask_as(given_account("campagne@ville.example", "Bo", given_organisation("Ville"), ROLE_PROGRAMME_OFFICER));
}

TEST(the_letter_of_a_school_code_follows_from_its_digits)
{
	assert_true(uai_valid(S("0441151M")));
	assert_false(uai_valid(S("0441151N")));
	assert_false(uai_valid(S("044115M")));
	assert_false(uai_valid(S("O441151M")));
}

TEST(a_file_of_schools_is_taken_in_once_and_says_only_what_it_says)
{
	struct schools_report r = imported(HEAD
		"9990001X;École élémentaire La Cale;Public;1 rue Haute;44100;Nantes;44109;47.2039;-1.5861;78,4;2024-2025;REP+\n"
		"9990002Y;École maternelle La Cale;Public;1 rue Haute;44100;Nantes;44109;;;;;\n"
		"9990003A;École à la mauvaise lettre;Public;1 rue Haute;44100;Nantes;44109;;;;;\n"
		"9990004A;Collège du Quai;Public;1 rue Haute;44100;Nantes;44109;;;;;\n"
		"9990005B;École d’ailleurs;Public;1 rue Haute;35000;Rennes;35238;;;;;\n");
	assert_int_equal(r.read, 5);
	assert_int_equal(r.added, 2);
	assert_int_equal(r.rejected, 1);
	assert_int_equal(r.elsewhere, 2);
	struct school s = school("9990001X");
	assert_str(s.kind, "elementaire");
	assert_str(s.rep, "rep+");
	assert_str(s.rep_source, "essai.csv");
	assert_int_equal(s.ips.v, 784);
	assert_str(school("9990002Y").kind, "maternelle");
	assert_str(school("9990002Y").rep, "");

	r = imported("uai;nom;adresse;code_postal;commune;code_commune;etat\n9990001X;École élémentaire La Cale;1 rue Haute;44100;Nantes;44109;FERME\n");
	assert_int_equal(r.changed, 1);
	s = school("9990001X");
	assert_str(s.state, "closed");
	assert_int_equal(s.ips.v, 784);
	assert_true(s.lat.set);
	r = imported("uai;nom;adresse;code_postal;commune;code_commune;etat\n9990001X;École élémentaire La Cale;1 rue Haute;44100;Nantes;44109;FERME\n");
	assert_int_equal(r.changed + r.added, 0);
	assert_int_equal(r.unchanged, 1);
}

TEST(networks_and_points_come_from_files_of_their_own)
{
	imported(HEAD "9990001X;École élémentaire La Cale;Public;1 rue Haute;44100;Nantes;44109;47.2039;-1.5861;;;\n"
		"9990005B;École élémentaire Les Tilleuls;Public;1 rue Haute;44300;Nantes;44109;;;;;\n");
	struct schools_report r = imported("uai,rep\n9990001X,rep\n9990005B,REP+\n9990009F,rep\n");
	assert_int_equal(r.changed, 2);
	assert_int_equal(r.rejected, 1);
	assert_str(school("9990005B").rep, "rep+");
	r = imported("{\"type\":\"FeatureCollection\",\"features\":["
		"{\"type\":\"Feature\",\"properties\":{\"geo\":{\"name\":\"Elémentaire Tilleuls\"},\"LIBCATEGORIE\":\"Elémentaire\",\"COMMUNE\":\"NANTES\"},"
		"\"geometry\":{\"type\":\"Point\",\"coordinates\":[-1.51,47.23]}},"
		"{\"type\":\"Feature\",\"properties\":{\"geo\":{\"name\":\"Elémentaire La Cale\"},\"LIBCATEGORIE\":\"Elémentaire\",\"COMMUNE\":\"NANTES\"},"
		"\"geometry\":{\"type\":\"Point\",\"coordinates\":[-1.9,47.9]}}]}");
	assert_int_equal(r.changed, 1);
	assert_true(school("9990005B").lat.v > 47.2);
	assert_true(school("9990001X").lat.v < 47.3);
}

TEST(a_school_lies_in_its_district)
{
	str fault;
	given_demo();
	assert_ok(schools_demo_load(ask_db(), unit_arena((size_t)64 << 20), &fault));
	struct school s = school("9990005B");
	assert_str(s.district, "Doulon - Bottière");
	as_officer();
	struct answer a = get(str_z(unit_arena(1 << 12), str_printf(unit_arena(1 << 12), "/agent/ecoles?quartier=%.*s", STR_ARG(s.district_code))));
	expect_text(a, "Les Tilleuls");
	expect_absent(a, "La Cale");
	expect_text(get("/agent/ecoles?reseau=unknown"), "Sainte-Marjolaine");
	expect_absent(get("/agent/ecoles?reseau=priority"), "Le Ponton");
	expect_text(get("/agent/ecoles?q=tilleuls+maternelle"), "École maternelle Les Tilleuls");
	expect_text(get("/agent/ecoles?q=nulle+part"), "Aucune école ne répond");
	expect_text(get("/en/agent/ecoles/9990005B"), "Doulon - Bottière");
}

TEST(a_name_leads_to_the_school_that_it_means)
{
	imported(HEAD
		"9990001X;École élémentaire La Cale;Public;;44100;Nantes;44109;;;;;\n9990002Y;École maternelle La Cale;Public;;44100;Nantes;44109;;;;;\n"
		"9990003Z;Ecole primaire Marie-Anne du Boccage;Public;;44100;Nantes;44109;;;;;\n9990031E;École primaire privée Saint-Yves;Privé;;44100;Nantes;44109;;;;;\n");
	struct school_matches m = found("9990002Y");
	assert_int_equal(m.certainty, SCHOOL_CERTAIN);
	assert_int_equal(m.v[0].reasons, SCHOOL_UAI);
	m = found("CALE MAT");
	assert_int_equal(m.certainty, SCHOOL_CERTAIN);
	assert_str(m.v[0].school.uai, "9990002Y");
	m = found("Ecole elem. de la cale");
	assert_int_equal(m.certainty, SCHOOL_CERTAIN);
	assert_str(m.v[0].school.uai, "9990001X");
	m = found("LA CALE");
	assert_true(m.certainty < SCHOOL_LIKELY && m.n == 2);
	m = found("BOCCAGE PRIMAIRE");
	assert_int_equal(m.certainty, SCHOOL_LIKELY);
	assert_str(m.v[0].school.uai, "9990003Z");
	assert_str(found("ST YVES PRIMAIRE PRIVEE").v[0].school.uai, "9990031E");
	assert_int_equal(found("PISCINE").n, 0);
}

TEST(a_spelling_that_was_recognised_is_known_from_then_on)
{
	imported(HEAD "9990001X;École élémentaire La Cale;Public;;44100;Nantes;44109;;;;;\n9990002Y;École maternelle La Cale;Public;;44100;Nantes;44109;;;;;\n");
	struct schools_report r = imported("Ecole,Année scolaire,Effectif\n"
		"LA CALE ELEM,2018-2019,140\nLA CALE ELEM,2019-2020,166\nLA CALE,2019-2020,10\nPISCINE,2019-2020,3\n");
	assert_int_equal(r.added, 3);
	assert_int_equal(r.waiting, 3);
	as_officer();
	struct answer a = get("/agent/ecoles/orthographes");
	expect_text(a, "3 noms attendent");
	expect_text(a, "sûr : mêmes mots, même sorte");
	struct arena *mem = unit_arena(1 << 14);
	expect_status(fill("/agent/ecoles/orthographes", str_z(mem, str_printf(mem, "prendre=%lld-9990001X", (long long)given_spelling("LA CALE ELEM")))), 303);
	assert_int_equal(found("la cale élém").v[0].reasons, SCHOOL_KNOWN_SPELLING);
	expect_text(get("/agent/ecoles/9990001X"), "LA CALE ELEM, 166 élèves");
	const char *one = str_z(mem, str_printf(mem, "/agent/ecoles/orthographes/%lld", (long long)given_spelling("LA CALE")));
	a = fill(one, "");
	expect_status(a, 422);
	expect_text(a, "Choisissez une école");
	expect_status(fill(one, "autre=9990009F"), 422);
	expect_status(fill(one, "autre=9990002Y"), 303);
	assert_str(found("LA CALE").v[0].school.uai, "9990002Y");
	i64 pool = given_spelling("PISCINE");
	expect_status(fill(str_z(mem, str_printf(mem, "/agent/ecoles/orthographes/%lld", (long long)pool)), "ecole=aucune"), 303);
	assert_true(found("PISCINE").refused);
	a = get("/agent/ecoles/orthographes");
	expect_text(a, "Aucun nom n’attend");
	expect_status(fill("/agent/ecoles/orthographes", str_z(mem, str_printf(mem, "reprendre=%lld", (long long)pool))), 303);
	expect_text(get("/agent/ecoles/orthographes"), "Un nom attend");
}

TEST(a_network_is_said_by_hand_with_its_reason_and_two_agents_see_each_other)
{
	given_school("9990001X");
	as_officer();
	struct answer opened = get("/agent/ecoles/9990001X"), a = fill("/agent/ecoles/9990001X", "geste=reseau&reseau=rep");
	expect_status(a, 422);
	expect_text(a, "Dites d’où vous le savez");
	expect_status(fill("/agent/ecoles/9990001X", "geste=reseau&reseau=rep&raison=liste+de+la+rentr%C3%A9e"), 303);
	assert_str(school("9990001X").rep_source, "liste de la rentrée");
	a = fill_late("/agent/ecoles/9990001X", opened, "geste=reseau&reseau=none&raison=appel");
	expect_status(a, 422);
	expect_text(a, "Entre-temps, quelqu’un a écrit « REP »");
	assert_str(school("9990001X").rep, "rep");
	expect_status(fill("/agent/ecoles/9990001X", "geste=structure&structure=%C3%89cole+d%E2%80%99essai"), 303);
	a = get("/agent/ecoles/9990001X");
	expect_text(a, "Sa structure est École d’essai");
	expect_text(a, "liste de la rentrée");
}
