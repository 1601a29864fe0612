/* What schools promise: files are taken in as they are and twice is once; a name leads to the school that it means, with its reason. */
#include "schools/schools.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "given.h"

#define SHARED "data/03-ecoles/"

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

/* ---- the real files of Nantes, where they lie beside the project ---- */

/* As shared_file() of the directory's tests does. */
static int shared(const char *name)
{
	static const char *const roots[] = { "../shared", "../../shared", "../../../shared" };
	struct arena *a = unit_arena(1 << 12);
	for (size_t i = 0; i < lengthof(roots); i++) {
		int fd = open(str_z(a, str_printf(a, "%s/" SHARED "%s", roots[i], name)), O_RDONLY | O_CLOEXEC);
		if (fd >= 0)
			return fd;
	}
	unit_skip(str_z(a, str_printf(a, "../shared/" SHARED "%s is not beside the project", name)));
}

/* Names by the certainty of their match, and how many of them led to the right school. */
struct tally { i64 n[SCHOOL_CERTAIN + 1], right[SCHOOL_CERTAIN + 1]; };

TEST(the_real_schools_of_nantes_are_read)
{
	struct schools_report r = imported_from(shared("ecoles-pays-de-la-loire-ips-2026.json"), "44109", OK);
	assert_int_equal(r.read, 2990);
	assert_int_equal(r.added, 104);
	assert_int_equal(r.rejected, 0);
	r = imported_from(shared("ecoles-pays-de-la-loire-ips-2026.json"), "44109", OK);
	assert_int_equal(r.unchanged, 104);
	r = imported_from(shared("nantes-metropole/code_etablissement.csv"), "44109", OK);
	printf("code_etablissement.csv: %lld read, %lld new, %lld changed, %lld unchanged, %lld elsewhere, %lld rejected\n", (long long)r.read, (long long)r.added,
	       (long long)r.changed, (long long)r.unchanged, (long long)r.elsewhere, (long long)r.rejected);
	assert_int_equal(r.read, 169);
	assert_int_equal(r.rejected, 0);
	struct school_list all;
	assert_ok(school_all(ask_db(), S("44109"), S(""), S(""), SCHOOLS_MOST, &all));
	i64 placed = 0, indexed = 0, nurseries = 0;
	for (size_t i = 0; i < all.n; i++) {
		placed += all.v[i].lat.set;
		indexed += all.v[i].ips.set;
		nurseries += str_eq(all.v[i].kind, S("maternelle"));
	}
	printf("schools of Nantes: %zu, %lld with a point, %lld with a social index, %lld maternelles\n", all.n, (long long)placed, (long long)indexed,
	       (long long)nurseries);
	assert_int_equal(all.n, 155);
	assert_int_equal(placed, 155);
	assert_int_equal(indexed, 92);
	assert_int_equal(nurseries, 48);
	r = imported_from(shared("nantes-metropole/code_etablissement.csv"), "44109", OK);
	assert_int_equal(r.added + r.changed, 0);
}

/* The State's own directory says both the name and the code: the list with the index knows the schools by other names, and likeness must find
 * the same code. */
static void tally_coded(struct tally *t)
{
	struct schools_report r;
	struct school_list known, named;
	struct arena *a = unit_arena((size_t)64 << 20);
	imported_from(shared("ecoles-pays-de-la-loire-ips-2026.json"), "44109", OK);
	db_use_arena(ask_db(), a);
	assert_ok(school_all(ask_db(), S("44109"), S(""), S(""), SCHOOLS_MOST, &known));
	r = imported_from(shared("nantes-metropole/code_etablissement.csv"), "44109", OK);
	assert_true(r.read > 0);
	assert_ok(school_all(ask_db(), S("44109"), S(""), S(""), SCHOOLS_MOST, &named));
	for (size_t i = 0; i < named.n; i++)
		for (size_t j = 0; j < known.n; j++) {
			struct school_matches m;
			if (known.v[j].id != named.v[i].id)
				continue;
			schools_match(a, named.v[i].name, known.v, known.n, &m);
			bool right = m.n && m.v[0].school.id == known.v[j].id;
			t->n[m.certainty]++;
			t->right[m.certainty] += right;
			if (!right)
				printf("  %.*s -> %.*s (%d), it is %.*s\n", STR_ARG(named.v[i].name), STR_ARG(m.n ? m.v[0].school.name : S("nothing")), m.n ? m.v[0].score : 0,
				       STR_ARG(known.v[j].name));
		}
}

TEST(names_of_the_states_directory_lead_to_the_code_that_it_gives)
{
	struct tally t = { 0 };
	tally_coded(&t);
	for (int c = SCHOOL_CERTAIN; c >= SCHOOL_NONE; c--)
		printf("certainty %d: %lld names, %lld right\n", c, (long long)t.n[c], (long long)t.right[c]);
	assert_int_equal(t.n[SCHOOL_CERTAIN], 94);
	assert_int_equal(t.n[SCHOOL_LIKELY], 7);
	assert_int_equal(t.right[SCHOOL_CERTAIN] + t.right[SCHOOL_LIKELY], 101);
	assert_int_equal(t.n[SCHOOL_POSSIBLE] + t.n[SCHOOL_NONE], 3);
}

TEST(the_citys_spellings_are_matched_with_their_certainty)
{
	struct spelling_row_list rows;
	struct school_list all;
	i64 n[SCHOOL_CERTAIN + 1] = { 0 };
	struct arena *a = unit_arena((size_t)64 << 20);
	imported_from(shared("ecoles-pays-de-la-loire-ips-2026.json"), "44109", OK);
	imported_from(shared("nantes-metropole/code_etablissement.csv"), "44109", OK);
	struct schools_report r = imported_from(shared("nantes-metropole/Effectifs_ecoles.csv"), "44109", OK);
	assert_int_equal(r.waiting, 121);
	db_use_arena(ask_db(), a);
	assert_ok(spellings_in(ask_db(), S("waiting"), 400, 0, &rows));
	assert_ok(school_all(ask_db(), S("44109"), S(""), S(""), SCHOOLS_MOST, &all));
	for (size_t i = 0; i < rows.n; i++) {
		struct school_matches m;
		schools_match(a, rows.v[i].text, all.v, all.n, &m);
		n[m.certainty]++;
		printf("  %d %3d %.*s -> %.*s\n", m.certainty, m.n ? m.v[0].score : 0, STR_ARG(rows.v[i].text),
		       STR_ARG(m.n ? m.v[0].school.name : S("nothing")));
	}
	printf("spellings of Effectifs_ecoles.csv: %lld certain, %lld likely, %lld possible, %lld without a school\n", (long long)n[3],
	       (long long)n[2], (long long)n[1], (long long)n[0]);
	assert_int_equal(n[SCHOOL_CERTAIN], 111);
	assert_int_equal(n[SCHOOL_LIKELY], 9);
	assert_int_equal(n[SCHOOL_POSSIBLE], 1);
	assert_int_equal(n[SCHOOL_NONE], 0);
}
