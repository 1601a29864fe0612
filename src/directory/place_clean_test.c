/* What reading tolerantly and storing strictly promise, value by value and row by row. */
#include "directory/shared_files.h"

#include "directory/place_clean.h"
#include "directory/place_hours.h"
#include "directory/place_terms.h"
#include "directory/place_values.h"

#include <jansson.h>

static const struct date today = { 2026, 11, 25 };

/* A complete row, with what the test changes: pairs of names and values, ended by NULL. */
static struct place_cleaned clean(struct arena *a, const char *const *changes)
{
	static const char *const base[][2] = {
		{ "id", "lieu-1" }, { "pivot", "00000000000000" }, { "nom", "Le Ponton" }, { "commune", "Nantes" }, { "code_postal", "44000" },
		{ "adresse", "3 quai des Essais" }, { "date_maj", "2026-03-04" }, { "latitude", "47.2" }, { "longitude", "-1.55" },
	};
	struct place_pair *pairs = arena_many(a, struct place_pair, 64);
	size_t n = 0;
	for (; n < lengthof(base); n++)
		pairs[n] = (struct place_pair){ str_c(base[n][0]), str_c(base[n][1]) };
	for (; *changes; changes += 2) {
		size_t i = 0;
		while (i < n && !str_eq(pairs[i].name, str_c(changes[0])))
			i++;
		pairs[i] = (struct place_pair){ str_c(changes[0]), str_c(changes[1]) };
		n += i == n;
	}
	struct file_row row = { .line = 7, .v = pairs, .n = n, .columns_vary = true };
	struct place_cleaned c;
	place_clean(a, &row, today, &c);
	enum place_field bad;
	if (!c.refused && !place_holds(a, &c.place, today, &bad))
		fail_msg("%s holds \"%.*s\", which the schema refuses", place_field_names[bad], STR_ARG(c.place.f[bad]));
	return c;
}

#define CLEAN(a, ...) clean((a), (const char *const[]){ __VA_ARGS__, NULL })

/* What was told about a column. */
static const struct place_told *told(const struct place_cleaned *c, const char *column, enum told kind)
{
	for (size_t i = 0; i < c->n_told; i++)
		if (c->told[i].kind == kind && str_eq(c->told[i].column, str_c(column)))
			return &c->told[i];
	fail_msg("nothing of kind %d told about %s", (int)kind, column);
	return NULL;
}

TEST(the_schema_has_32_columns_in_its_order_and_92_typologies)
{
	assert_int_equal(PLACE_SCHEMA, 32);
	assert_string_equal(place_field_names[0], "id");
	assert_string_equal(place_field_names[P_PRISE_RDV], "prise_rdv");
	size_t n = 0;
	for (const char *code, *before = ""; (code = place_typologie_code(n)); before = code, n++) {
		assert_true(strcmp(before, code) < 0);
		assert_string_equal(place_typologie_code(n), code);
		assert_non_null(place_typologie_label(str_c(code)));
	}
	assert_int_equal(n, 92);
	assert_string_equal(place_typologie_label(S("CCAS")), "Centre communal d’action sociale");
	assert_null(place_typologie_label(S("CCA")));
}

TEST(masks_have_a_bit_a_value)
{
	assert_int_equal(place_mask(P_FRAIS, S("Gratuit|Payant")), 5);
	assert_int_equal(place_mask(P_FRAIS, S("")), 0);
	assert_int_equal(place_mask(P_SERVICES, S("Aide aux démarches administratives|autre chose")), 1);
}

TEST(vocabularies_are_read_in_any_spelling)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "formations_labels", "etapes numeriques (la poste)|ORDI 3.0", "modalites_acces",
		"Ce lieu n’accueille pas de public|SE PRESENTER", "frais_a_charge", "Gratuit|gratuit|Gratuit", "typologie", "ccas;Asso",
		"services", "Comprehension du monde numérique", "dispositif_programmes_nationaux", "Point d’accès numérique CAF");
	assert_int_equal(c.n_told, 1);           /* the placeholder pivot */
	assert_str(c.place.f[P_FORMATIONS], "Étapes numériques(La Poste)|ORDI 3.0");
	assert_str(c.place.f[P_MODALITES_ACCES], "Ce lieu n'accueille pas de public|Se présenter");
	assert_str(c.place.f[P_FRAIS], "Gratuit");
	assert_str(c.place.f[P_TYPOLOGIE], "CCAS|ASSO");
	assert_str(c.place.f[P_SERVICES], "Compréhension du monde numérique");
	assert_str(c.place.f[P_DISPOSITIFS], "Point d'accès numérique CAF");
}

TEST(the_terms_of_v0_become_those_of_v1)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a,
		"services", "Prendre en main un ordinateur;Utiliser le numérique au quotidien;Accompagner les démarches de santé",
		"publics_accueillis", "Seniors (+ 65 ans);Public langues étrangères;Handicaps mentaux : déficiences limitant les activités d'une personne",
		"conditions_access", "Gratuit sous condition : La gratuité est conditionnée à des critères (situation familiale, convention avec un "
		"organisme social...), Adhésion : L'accès au lieu et/ou à ses services nécessite d'y adhérer, Accepte le Pass numérique : Il est "
		"possible d'utiliser un Pass numérique pour accéder au lieu",
		"labels_nationaux", "CNFS;France Services;APTIC", "labels_autres", "SudLabs;Nièvre médiation numérique",
		"modalites_accompagnement", "A ma place : une personne habilitée fait les démarches à ma place", "courriel", "a@exemple.org",
		"accessibilite", "https://acceslibre.beta.gouv.fr/app/x/");
	assert_str(c.place.f[P_SERVICES], "Maîtrise des outils numériques du quotidien|Aide aux démarches administratives");
	assert_str(c.place.f[P_PUBLICS], "Seniors");
	assert_str(c.place.f[P_PRISE_EN_CHARGE], "Langues étrangères (anglais)|Langues étrangères (autres)|Handicaps mentaux");
	assert_str(c.place.f[P_FRAIS], "Gratuit sous condition|Payant");
	assert_str(c.place.f[P_PASS_ACCEPTE], "oui");
	assert_str(c.place.f[P_DISPOSITIFS], "Conseillers numériques|France Services");
	assert_str(c.place.f[P_FORMATIONS], "SUD LABS (PACA)");
	assert_str(c.place.f[P_AUTRES_FORMATIONS], "APTIC|Nièvre médiation numérique");
	assert_str(c.place.f[P_MODALITES_ACCOMPAGNEMENT], "Accompagnement individuel");
	assert_str(c.place.f[P_COURRIELS], "a@exemple.org");
	assert_str(c.place.f[P_FICHE_ACCES_LIBRE], "https://acceslibre.beta.gouv.fr/app/x/");
}

TEST(all_four_publics_of_v0_are_everyone)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "publics_accueillis", "Adultes;Familles/enfants;Jeunes (16-26 ans);Seniors (+ 65 ans);Surdité");
	assert_str(c.place.f[P_PUBLICS], "");
	assert_str(c.place.f[P_PRISE_EN_CHARGE], "Surdité");
}

TEST(an_unknown_value_is_left_out_and_the_nearest_is_proposed)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "services", "Aide aux démarches administratve|Loisirs et créations numériques|Poterie");
	assert_false(c.refused);
	assert_str(c.place.f[P_SERVICES], "Loisirs et créations numériques");
	const struct place_told *t = told(&c, "services", TOLD_LEFT_OUT);
	assert_str(t->value, "Aide aux démarches administratve");
	assert_str(t->proposal, "Aide aux démarches administratives");
	assert_int_equal(t[1].kind, TOLD_LEFT_OUT);
	assert_str(t[1].value, "Poterie");
	assert_false(t[1].proposal.n);
}

TEST(phones_in_every_shape_and_several_in_a_cell)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "telephone", "02 61 91 44 00 / 0639980012 / 3949");
	assert_str(c.place.f[P_TELEPHONE], "+33261914400");
	assert_str(c.place.f[P_TELEPHONES], "+33261914400|+33639980012");
	assert_str(told(&c, "telephone", TOLD_LEFT_OUT)->value, "3949");
	c = CLEAN(a, "telephone", "+33 2 61 91 44 00");
	assert_str(c.place.f[P_TELEPHONE], "+33261914400");
	assert_null(c.place.f[P_TELEPHONES].p);  /* the file has no such column: what is stored stays */
}

TEST(a_missing_or_bad_required_value_refuses_the_row_and_each_is_told_once)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "nom", "  ", "code_postal", "4400 Nantes", "pivot", "34106240403159/APE:8790B", "date_maj", "2031-01-01");
	assert_true(c.refused);
	assert_int_equal(c.n_told, 4);
	assert_str(told(&c, "nom", TOLD_REFUSED)->reason, "obligatoire, et vide");
	assert_str(told(&c, "code_postal", TOLD_REFUSED)->value, "4400 Nantes");
	told(&c, "pivot", TOLD_REFUSED);
	assert_str(told(&c, "date_maj", TOLD_REFUSED)->reason, "cette date est dans le futur");
}

TEST(swapped_coordinates_are_left_out_and_the_exchange_proposed)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "latitude", "-1,5542", "longitude", "47,2137");
	assert_false(c.refused);
	assert_str(c.place.f[P_LATITUDE], "");
	assert_str(told(&c, "latitude", TOLD_LEFT_OUT)->proposal, "47.2137");
	assert_str(told(&c, "longitude", TOLD_LEFT_OUT)->proposal, "-1.5542");
	c = CLEAN(a, "latitude", "4.06", "longitude", "-52.6", "code_postal", "97300");
	assert_str(c.place.f[P_LATITUDE], "4.06");
	c = CLEAN(a, "latitude", "95", "longitude", "-1.5");
	assert_str(c.place.f[P_LONGITUDE], "");
	told(&c, "latitude", TOLD_LEFT_OUT);
	c = CLEAN(a, "latitude", "0", "longitude", "0");
	assert_false(told(&c, "latitude", TOLD_LEFT_OUT)->proposal.n);
	c = CLEAN(a, "latitude", "47.20", "longitude", "-1.550");
	assert_str(c.place.f[P_LATITUDE], "47.20");
	assert_str(c.place.f[P_LONGITUDE], "-1.550");
}

TEST(spreadsheets_words_for_nothing_are_nothing)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "code_insee", "MISSING", "telephone", "#N/D", "services", "null", "courriels", "-", "site_web", "n/a");
	assert_int_equal(c.n_told, 1);
	c = CLEAN(a, "nom", "NC");               /* but a name is a name */
	assert_str(c.place.f[P_NOM], "NC");
}

TEST(mails_and_sites_several_in_a_cell)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "courriels", "a@exemple.org; b@exemple.org,pasdecourriel", "site_web",
		"www.exemple.org;http://exemple.org/a,b | javascript:alert(1)", "prise_rdv", "data:text/html,x");
	assert_str(c.place.f[P_COURRIELS], "a@exemple.org|b@exemple.org");
	assert_str(c.place.f[P_SITE_WEB], "https://www.exemple.org|http://exemple.org/a,b");
	assert_str(c.place.f[P_PRISE_RDV], "");
	told(&c, "prise_rdv", TOLD_LEFT_OUT);
	assert_str(told(&c, "site_web", TOLD_LEFT_OUT)->value, "javascript:alert(1)");
}

TEST(free_text_is_kept_as_it_is)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	struct place_cleaned c = CLEAN(a, "presentation_detail", " Un | deux,\r\n\"trois\";\tquatre\n ", "nom", "A|B");
	assert_str(c.place.f[P_PRESENTATION_DETAIL], "Un | deux,\r\n\"trois\";\tquatre");
	assert_str(c.place.f[P_NOM], "A|B");
}

TEST(a_long_summary_is_cut_between_words_and_kept_whole_in_the_detail)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	char long_text[401];
	for (size_t i = 0; i < 400; i++)
		long_text[i] = i % 5 == 4 ? ' ' : 'e';
	long_text[399] = 'e';
	long_text[400] = '\0';
	struct place_cleaned c = CLEAN(a, "presentation_resume", long_text);
	assert_true(str_ends(c.place.f[P_PRESENTATION_RESUME], S("eeee…")));
	assert_str(c.place.f[P_PRESENTATION_DETAIL], long_text);
	told(&c, "presentation_resume", TOLD_DOUBT);
	c = CLEAN(a, "presentation_resume", long_text, "presentation_detail", "Déjà dit");
	assert_str(c.place.f[P_PRESENTATION_DETAIL], "Déjà dit");
	told(&c, "presentation_resume", TOLD_LEFT_OUT);
}

TEST(a_hostile_cell_is_cut_short_in_little_memory)
{
	cleanup(arena_freep) struct arena *a = arena_new(8 << 20);
	char *cell = arena_alloc(a, 200001);
	for (size_t i = 0; i < 200000; i++)
		cell[i] = i % 2 ? ';' : 'z';
	struct place_cleaned c = CLEAN(a, "services", cell, "courriels", cell, "site_web", cell);
	assert_int_equal(c.n_told, PLACE_TOLD_MAX);
	assert_false(c.refused);
}

TEST(postal_insee_and_yes_no_codes)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	assert_str(value_postal_code(a, S("1000")).value, "01000");
	assert_str(value_postal_code(a, S("44 000")).value, "44000");
	assert_str(value_postal_code(a, S("30252Cedex")).value, "30252");
	assert_str(value_postal_code(a, S("44000 Nantes cedex 2")).value, "44000");
	assert_non_null(value_postal_code(a, S("380000")).fault);
	assert_non_null(value_postal_code(a, S("Nantes")).fault);
	assert_str(value_insee_code(a, S("2a004")).value, "2A004");
	assert_str(value_insee_code(a, S("1004")).value, "01004");
	assert_non_null(value_insee_code(a, S("20004")).fault);
	assert_non_null(value_insee_code(a, S("2C004")).fault);
	assert_str(value_yes_no(a, S("VRAI")).value, "oui");
	assert_str(value_yes_no(a, S("Non")).value, "non");
	assert_non_null(value_yes_no(a, S("peut-être")).fault);
}

TEST(a_missing_pivot_is_forgiven_to_the_layouts_of_before_only)
{
	struct arena *a = unit_arena(1 << 20);
	struct place_cleaned now = CLEAN(a, "pivot", "");
	assert_non_null(told(&now, "pivot", TOLD_REFUSED));
	struct place_cleaned older = CLEAN(a, "pivot", "", "courriel", "le-ponton@example.org");
	assert_false(older.refused);
	assert_str(older.place.f[P_PIVOT], "00000000000000");
	assert_non_null(told(&older, "pivot", TOLD_DOUBT));
}

TEST(pivots_and_their_doubts)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	assert_str(value_pivot(a, S("434 933 123 00029")).value, "43493312300029");
	assert_non_null(value_pivot(a, S("00000000000000")).doubt);
	assert_non_null(value_pivot(a, S("43493312300028")).doubt);
	assert_null(value_pivot(a, S("35600000000048")).doubt);
	struct value_read lost = value_pivot(a, S("5880003400033"));
	assert_null(lost.fault);
	assert_str(value_pivot(a, S("W442000123")).value, "W442000123");
	assert_non_null(value_pivot(a, S("12345678")).fault);
	assert_non_null(value_pivot(a, S("842 887 408 00@")).fault);
}

TEST(hours_of_the_oracle_are_read)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 20);
	static const char *const good[] = {
		"24/7", "Mo-Fr 09:00-12:00,14:00-18:30; Sa 08:30-12:00", "week 2-53/2 Mo 09:30-12:30; PH off", "Sa[-1] 10:00-13:00",
		"Dec 24-Jan 02 off", "Fr 20:00-02:00", "Mo-Fr 09:00-12:00; \"Accueil sur rendez-vous\"", "SH We 10:00-12:00; PH off",
		"2026 Mar 01-2026 Jun 30 Tu 14:00-16:00", "Mo-Fr sunrise-sunset", "Mo[1,3] 14:00+ || \"sur appel\"", "off",
	};
	for (size_t i = 0; i < lengthof(good); i++) {
		str v;
		size_t at;
		if (!place_hours_read(a, str_c(good[i]), &v, &at))
			fail_msg("\"%s\" is not read from %zu on", good[i], at);
		assert_str(v, good[i]);
	}
	static const char *const bad[] = { "", ";", "Mo 18:00", "Mo 08:30-12:00-13:30", "lundi au vendredi", "Mo-Fr 25:61-12:00", "Mo-", "\"ouvert" };
	for (size_t i = 0; i < lengthof(bad); i++) {
		str v;
		size_t at;
		if (place_hours_read(a, str_c(bad[i]), &v, &at))
			fail_msg("\"%s\" is read", bad[i]);
	}
	assert_str(value_hours(a, S("mo-fr 9h-12h30, 13h30-17h00;")).value, "Mo-Fr 09:00-12:30, 13:30-17:00");
}

TEST(dates_as_the_national_vectors_have_them)
{
	cleanup(arena_freep) struct arena *a = arena_new(4 << 20);
	json_t *file = json_load_file(shared_file(a, "data/01-lieux-mediation/cleaning-vectors/date.field.json"), 0, NULL);
	assert_non_null(file);
	json_t *cases = json_object_get(file, "cases"), *one;
	size_t i, compared = 0;
	json_array_foreach(cases, i, one) {
		json_t *raw = json_object_get(json_array_get(json_array_get(json_object_get(json_object_get(one, "input"), "args"), 0), 0),
			"datetime_latest");
		str expected = str_slice(str_c(json_string_value(json_object_get(one, "expected"))), 0, 10);
		str written = json_is_integer(raw) ? str_printf(a, "%lld", (long long)json_integer_value(raw)) : str_c(json_string_value(raw));
		if (!written.n)
			continue;                        /* our rule for an absent date is to refuse the row, not 1970 */
		struct value_read r = value_date(a, written, today);
		if (str_eq(expected, S("1970-01-01")) || str_starts(written, S("Espace")))
			assert_non_null(r.fault);    /* a date within a sentence is not guessed */
		else if (!str_eq(r.value, expected))
			fail_msg("%.*s reads %.*s, expected %.*s", STR_ARG(written), STR_ARG(r.value), STR_ARG(expected));
		compared++;
	}
	json_decref(file);
	assert_true(compared >= 12);
	assert_str(value_date(a, S("1er août 2023"), today).value, "2023-08-01");
	assert_str(value_date(a, S("04/21/2022"), today).proposal, "2022-04-21");
	assert_str(value_date(a, S("2026-11-26"), today).value, "2026-11-26");
	assert_non_null(value_date(a, S("2026-11-27"), today).fault);
	assert_non_null(value_date(a, S("1970-01-01"), today).doubt);
}

TEST(pivots_as_the_national_vectors_have_them)
{
	cleanup(arena_freep) struct arena *a = arena_new(4 << 20);
	json_t *file = json_load_file(shared_file(a, "data/01-lieux-mediation/cleaning-vectors/pivot.field.json"), 0, NULL);
	assert_non_null(file);
	json_t *one;
	size_t i;
	json_array_foreach(json_object_get(file, "cases"), i, one) {
		json_t *raw = json_array_get(json_array_get(json_object_get(json_object_get(one, "input"), "args"), 0), 0);
		json_t *v = json_object_get(raw, "SIRET") ? json_object_get(raw, "SIRET") : json_object_get(raw, "Siret");
		str written = json_is_integer(v) ? str_printf(a, "%lld", (long long)json_integer_value(v)) : str_c(json_string_value(v));
		str expected = str_c(json_string_value(json_object_get(one, "expected")));
		struct value_read r = value_pivot(a, written);
		if (value_pivot_is_placeholder(expected))
			assert_true(r.fault || r.doubt);   /* they put zeros; we keep what was written and say so */
		else
			assert_str(r.value, json_string_value(json_object_get(one, "expected")));
	}
	json_decref(file);
}
