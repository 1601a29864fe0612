/* Files with columns of their own: layouts read, applied, proposed; and what becomes of real ones. */
#include "directory/place_layout.h"

#include <fcntl.h>
#include <unistd.h>

#include "directory/place_survey.h"
#include "directory/shared_files.h"
#include "unit.h"

#define ARENA ((size_t)64 << 20)

static struct place_layout layout(const char *json)
{
	struct place_layout l;
	str fault = S("");
	if (place_layout_read(unit_arena(ARENA), str_c(json), &l, &fault) != OK)
		fail_msg("%.*s", STR_ARG(fault));
	return l;
}

static str refused(const char *json)
{
	struct place_layout l;
	str fault = S("");
	assert_err(place_layout_read(unit_arena(ARENA), str_c(json), &l, &fault), INVALID);
	return fault;
}

TEST(layout_faults_name_the_column_and_the_value)
{
	assert_str(refused("{\"colonnes\":{\"A\":\"nomm\"}}"), "colonne « A » : aucun champ n’a ce nom : « nomm »");
	assert_str(refused("{\"colonnes\":{\"A\":{\"champ\":\"services\",\"valeurs\":{\"x\":\"Cuisine\"}}}}"),
		"colonne « A » : valeur inconnue du schéma national : « Cuisine »");
	assert_str(refused("{\"colonnes\":{\"A\":{\"champ\":\"\",\"valeurs\":{\"x\":\"Gratuit\"}}}}"), "colonne « A » : la valeur n’a pas de champ connu : « x »");
	assert_str(refused("{\"colonnes\":{\"A\":\"nom\"},\"fixe\":{\"typologie\":\"ZZ\"}}"), "colonne « fixe » : valeur inconnue du schéma national : « ZZ »");
	assert_str(refused("{\"colonnes\":{}}"), "un objet « colonnes » est attendu, avec au moins une colonne");
	assert_str(refused("{\"colonnes\":{\"A\":\"nom\"},\"autre\":1}"), "une disposition a « colonnes » et « fixe », pas : « autre »");
	assert_true(str_starts(refused("{\"colonnes\":\n {\"A\" \"nom\"}}"), S("JSON illisible, ligne 2, colonne")));
	assert_true(str_starts(refused("[1]"), S("un objet « colonnes »")));
}

TEST(layout_is_written_as_it_is_read)
{
	static const char *const json = "{\n \"colonnes\": {\n  \"A\": \"nom\",\n  \"B\": {\n"
		"   \"champ\": \"services\",\n   \"separateurs\": \"-\",\n   \"valeurs\": {\n"
		"    \"x\": [\n     \"Aide aux démarches administratives\",\n     {\n      \"champ\": \"frais_a_charge\",\n      \"valeur\": \"Gratuit\"\n"
		"     }\n    ],\n    \"y\": \"\"\n   }\n  }\n },\n \"fixe\": {\n  \"typologie\": \"RFS\"\n }\n}\n";
	struct place_layout l = layout(json);
	assert_str(place_layout_write(unit_arena(ARENA), &l), json);
}

struct written { const char *name, *value; };

static struct place_cleaned cleaned(const struct place_layout *l, const struct written *cells, size_t n)
{
	struct arena *a = unit_arena(ARENA);
	struct place_pair *v = arena_many(a, struct place_pair, n);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct place_pair){ .name = str_c(cells[i].name), .value = str_c(cells[i].value) };
	struct file_row row = place_layout_apply(a, l, S("2026-01-02"), &(struct file_row){ .line = 2, .v = v, .n = n });
	struct place_cleaned c;
	place_clean(a, &row, (struct date){ 2026, 11, 29 }, &c);
	return c;
}

#define CLEANED(l, ...) cleaned((l), (const struct written[]){ __VA_ARGS__ }, lengthof(((const struct written[]){ __VA_ARGS__ })))
#define ADDRESS "\"No\":\"adresse\",\"Voie\":\"adresse\",\"Ville\":\"commune\",\"CP\":\"code_postal\",\"Nom\":\"nom\""
#define WHERE { "Nom", "La Bouée" }, { "No", "3" }, { "Voie", "rue du Port" }, { "Ville", "Nantes" }, { "CP", "44000" }

TEST(layout_joins_an_address_makes_an_id_and_forgives_what_no_row_has)
{
	struct place_layout l = layout("{\"colonnes\":{" ADDRESS "},\"fixe\":{\"typologie\":\"RFS\"}}");
	struct place_cleaned c = CLEANED(&l, WHERE, { "Secret", "x" });
	assert_false(c.refused);
	assert_int_equal(c.n_told, 0);
	assert_str(c.place.f[P_ADRESSE], "3 rue du Port");
	assert_str(c.place.f[P_DATE_MAJ], "2026-01-02");
	assert_str(c.place.f[P_PIVOT], "00000000000000");
	assert_str(c.place.f[P_TYPOLOGIE], "RFS");
	assert_true(str_starts(c.place.f[P_ID], S("sans-id-")) && c.place.f[P_ID].n == 24);
	struct place_cleaned again = CLEANED(&l, { "Nom", "LA BOUEE" }, { "No", "3" }, { "Voie", "Rue du port" }, { "Ville", "Nantes" }, { "CP", "44000" });
	assert_true(str_eq(again.place.f[P_ID], c.place.f[P_ID]));
	struct place_cleaned other = CLEANED(&l, { "Nom", "La Bouée" }, { "No", "4" }, { "Voie", "rue du Port" }, { "Ville", "Nantes" }, { "CP", "44000" });
	assert_false(str_eq(other.place.f[P_ID], c.place.f[P_ID]));
}

TEST(layout_half_days_are_opening_hours)
{
	struct place_layout l = layout("{\"colonnes\":{" ADDRESS ",\"lu m\":\"lundi_matin\",\"lu a\":\"lundi_apres_midi\",\"ma m\":\"mardi_matin\",\"ma a\":"
		"\"mardi_apres_midi\",\"sa\":\"samedi\"}}");
	struct place_cleaned c = CLEANED(&l, WHERE, { "lu m", "8h30-12h" }, { "lu a", "13h30-17h" }, { "ma m", "-" }, { "ma a", "fermé" }, { "sa", "10h à 12h" });
	assert_str(c.place.f[P_HORAIRES], "Mo 08:30-12:00,13:30-17:00; Sa 10:00-12:00");
	c = CLEANED(&l, WHERE, { "lu m", "tôt" });
	assert_int_equal(c.n_told, 1);
	assert_str(c.told[0].column, "lu m");
	assert_int_equal(c.told[0].kind, TOLD_LEFT_OUT);
}

TEST(layout_gives_written_values_their_meaning)
{
	struct place_layout l = layout("{\"colonnes\":{" ADDRESS ",\"WIFI\":{\"champ\":\"services\",\"valeurs\":{"
		"\"Accès WIFI\":\"Accès internet et matériel informatique\"}},"
		"\"typo\":{\"champ\":\"typologie\",\"separateurs\":\"-\",\"valeurs\":{\"F\":[\"RFS\",{\"champ\":\"frais_a_charge\",\"valeur\":\"Gratuit\"}],\"O\":\"\"}}}}");
	struct place_cleaned c = CLEANED(&l, WHERE, { "WIFI", "acces wifi" }, { "typo", "O-F-ML" });
	assert_str(c.place.f[P_SERVICES], "Accès internet et matériel informatique");
	assert_str(c.place.f[P_TYPOLOGIE], "RFS|ML");
	assert_str(c.place.f[P_FRAIS], "Gratuit");
	assert_int_equal(c.n_told, 0);
	c = CLEANED(&l, WHERE, { "WIFI", "Non" }, { "typo", "ZZ" });
	assert_int_equal(c.n_told, 1);
	assert_str(c.told[0].column, "typo");
	assert_str(c.told[0].value, "ZZ");
}

TEST(layout_points_in_lambert_and_broken_accents)
{
	struct place_layout l = layout("{\"colonnes\":{" ADDRESS ",\"X\":\"x_lambert93\",\"Y\":\"y_lambert93\"}}");
	struct place_cleaned c = CLEANED(&l, { "Nom", "MÃ©diathÃ¨que" }, { "No", "1" }, { "Voie", "rue Haute" }, { "Ville", "Paris" }, { "CP", "75001" },
		{ "X", "652469,02" }, { "Y", "6 862 035,26" });
	assert_str(c.place.f[P_NOM], "Médiathèque");
	double lat, lon;
	assert_true(str_f64(c.place.f[P_LATITUDE], &lat) && str_f64(c.place.f[P_LONGITUDE], &lon));
	assert_true(lat > 48.85 && lat < 48.87 && lon > 2.34 && lon < 2.36);
	assert_int_equal(c.n_told, 1);
	assert_int_equal(c.told[0].kind, TOLD_DOUBT);
	c = CLEANED(&l, WHERE, { "X", "ici" }, { "Y", "6862035" });
	assert_int_equal(c.n_told, 1);
	assert_str(c.told[0].column, "X");
}

/* ---- proposals ---- */

static struct place_survey surveyed(struct arena *a, const char *path)
{
	struct place_survey s;
	str fault;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	if (place_survey_read(fd, place_format_of(str_c(path)), a, &s, &fault) != OK)
		fail_msg("%.*s", STR_ARG(fault));
	close(fd);
	return s;
}

static const struct layout_column *proposed(const struct place_layout *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].name, str_c(name)))
			return &l->v[i];
	fail_msg("no column %s", name);
	return NULL;
}

#define expect_as(l, name, as_) assert_str(proposed((l), (name))->as, as_)

static const char *own_file(const char *text)
{
	static char path[200];
	snprintf(path, sizeof path, "%s/own.csv", unit_dir());
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0 && fclose(f) == 0);
	return path;
}

TEST(layout_is_proposed_from_names_and_contents)
{
	struct arena *a = unit_arena(ARENA);
	struct place_survey s = surveyed(a, own_file(
		"gid;Nom de la structure;CP;Ville;Adresse postale;Contact;web;X;Y;lundi matin;Lundi après-midi;accueil;divers\n"
		"1;La Bouée;44000;Nantes;1 rue Haute;bouee@exemple.org;www.bouee.example;355577;6689131;9h-12h;14h-17h;Prise en main de l'ordinateur;a\n"
		"2;Le Radeau;44100;Nantes;2 rue Basse;radeau@exemple.org;;355600;6689100;;;Initiation;b\n"));
	struct place_layout l = place_layout_propose(a, &s);
	assert_int_equal(s.rows, 2);
	expect_as(&l, "gid", "id");
	expect_as(&l, "Nom de la structure", "nom");
	expect_as(&l, "CP", "code_postal");
	expect_as(&l, "Ville", "commune");
	expect_as(&l, "Adresse postale", "adresse");
	expect_as(&l, "Contact", "courriels");
	expect_as(&l, "web", "site_web");
	expect_as(&l, "X", "x_lambert93");
	expect_as(&l, "Y", "y_lambert93");
	expect_as(&l, "lundi matin", "lundi_matin");
	expect_as(&l, "Lundi après-midi", "lundi_apres_midi");
	expect_as(&l, "accueil", "services");
	expect_as(&l, "divers", "");
	const struct layout_column *c = proposed(&l, "accueil");
	assert_int_equal(c->n, 2);
	assert_str(c->v[1].value, "Maîtrise des outils numériques du quotidien");
	struct place_layout again = layout(str_z(a, place_layout_write(a, &l)));      /* every proposed value holds */
	assert_int_equal(again.n, l.n);
}

TEST(layout_survey_says_why_a_file_is_none)
{
	struct arena *a = unit_arena(ARENA);
	struct place_survey s;
	str fault;
	int fd = open(own_file("a,b\n"), O_RDONLY | O_CLOEXEC);
	assert_err(place_survey_read(fd, PLACE_CSV, a, &s, &fault), INVALID);
	assert_str(fault, "ce fichier n’a aucune ligne sous son en-tête");
	close(fd);
	fd = open(own_file("%PDF-1.4"), O_RDONLY | O_CLOEXEC);
	assert_err(place_survey_read(fd, PLACE_GUESS, a, &s, &fault), INVALID);
	assert_true(str_find(fault, S("PDF")) >= 0);
	close(fd);
}

TEST(layout_of_the_files_of_six_networks)
{
	static const struct { const char *file; i64 rows; const char *name, *address; } files[] = {
		{ "aix-en-provence.json", 38, "nom", "Adresse" }, { "angers.json", 63, "USER_NOM", "USER_ADRES" },
		{ "bfc-ternum-2023.csv", 697, "nom_structure", "adresse" }, { "bus-france-services-charente.json", 12, "nom", "adresse" },
		{ "etapes-numerique.json", 95, "Nom", "Adresse" }, { "hub-lo.json", 426, "c_nom", "c_adresse" },
	};
	struct arena *a = unit_arena((size_t)256 << 20);
	for (size_t i = 0; i < lengthof(files); i++) {
		struct place_survey s = surveyed(a, shared_file(a, str_z(a, str_printf(a, "data/01-lieux-mediation/hubs-non-standard/%s", files[i].file))));
		struct place_layout l = place_layout_propose(a, &s);
		assert_int_equal(s.rows, files[i].rows);
		expect_as(&l, files[i].name, "nom");
		expect_as(&l, files[i].address, "adresse");
		layout(str_z(a, place_layout_write(a, &l)));
	}
}
