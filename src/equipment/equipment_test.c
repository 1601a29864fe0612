/* What campaigns promise: the plan's figures can be entered and add up, nobody writes over another, everything can be taken back, a school
 * sees its own waves alone. */
#include "equipment/edit.h"

#include "accounts/accounts.h"
#include "given.h"

static struct arena *mem;
static i64 city;

static void as_officer(void)
{
	mem = unit_arena((size_t)4 << 20);
	city = given_organisation("Ville");
	ask_as(given_account("campagne@ville.example", "Bo", city, ROLE_PROGRAMME_OFFICER));
}

static const char *at(const char *before, i64 id, const char *after) { return str_z(mem, str_printf(mem, "%s%lld%s", before, (long long)id, after)); }
#define CAMPAIGN(more) at("/agent/campagnes/", made.campaign_id, more)
#define WAVE(more) at(CAMPAIGN("/vagues/"), made.wave_id, more)

static struct campaign campaign(i64 id)
{
	struct campaign c;
	assert_ok(campaign_get(ask_db(), id, &c));
	return c;
}

static struct wave wave(i64 id)
{
	struct wave w;
	assert_ok(wave_get(ask_db(), id, &w));
	return w;
}

TEST(days_are_read_as_people_write_them)
{
	struct arena *a = unit_arena(1 << 14);
	static const struct { const char *typed, *first, *last; } all[] = {
		{ "15/02/2027", "2027-02-15", "2027-02-15" }, { "2027-02-15", "2027-02-15", "2027-02-15" }, { " 1.3.2027 ", "2027-03-01", "2027-03-01" },
		{ "02/2027", "2027-02-01", "2027-02-28" }, { "2028-02", "2028-02-01", "2028-02-29" }, { "12/2027", "2027-12-01", "2027-12-31" }, { "", "", "" },
	};
	static const char *const wrong[] = { "31/02/2027", "février", "2027", "13/2027", "1/2/27", "1/2/3/2027", "-" };
	str day;
	for (size_t i = 0; i < lengthof(all); i++) {
		assert_true(day_of(a, str_c(all[i].typed), false, &day));
		assert_str(day, all[i].first);
		assert_true(day_of(a, str_c(all[i].typed), true, &day));
		assert_str(day, all[i].last);
	}
	for (size_t i = 0; i < lengthof(wrong); i++)
		assert_false(day_of(a, str_c(wrong[i]), false, &day));
}

TEST(the_plans_campaign_is_entered_and_adds_up)
{
	as_officer();
	given_school("9990001X");
	struct answer a = fill("/agent/campagnes/nouvelle",
		"nom=Un+ordinateur&annee=2027&objectif=660&debut=02/2027&fin=06/2027&financeurs=Ville%20:%20600%0D%0AAutres%20:%2060");
	expect_status(a, 303);
	const char *here = str_z(mem, header_of(a, "Location")), *page = str_z(mem, str_slice(str_c(here), 0, strlen(here) - strlen("?fait=1")));
	const char *add = str_z(mem, str_printf(mem, "%s/vagues/nouvelle", page));
	expect_text(get(page), "660 ordinateurs à remettre");
	expect_text(get(page), "février 2027 – juin 2027");
	a = fill(add, "titre=Bellevue&quantite=160&debut=02/2027&fin=02/2027");
	expect_status(a, 303);
	const char *schools = str_z(mem, header_of(a, "Location"));
	expect_text(get(schools), "École 9990001X");
	expect_status(fill(schools, "ecole=9990001X&association=ALIS+44"), 303);
	expect_status(fill(add, "titre=Botti%C3%A8re%2C+Nantes+Nord&quantite=150&debut=03/2027&fin=03/2027"), 303);
	expect_text(get(page), "Les vagues prévoient 310 ordinateurs, l’objectif est de 660.");
	expect_status(fill(add, "titre=Autres&quantite=350&debut=04/2027&fin=05/2027"), 303);
	a = get(page);
	expect_order(a, "Bellevue", "160", "Bottière, Nantes Nord", "150", "Autres", "350", "660");
	expect_absent(a, "Les vagues prévoient");
	expect_absent(a, "Les financeurs prennent part");
	expect_text(a, "La vague 2 n’a ni école ni quartier.");
	expect_text(get(str_z(mem, str_printf(mem, "%s/calendrier", page))), "École 9990001X, avec ALIS 44");
}

TEST(what_cannot_be_is_refused_with_what_was_typed)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	struct answer a = fill("/agent/campagnes/nouvelle", "nom=&annee=2027&objectif=0&debut=hier&financeurs=Ville");
	expect_status(a, 422);
	expect_text(a, "Donnez un nom à la campagne.");
	expect_text(a, "Écrivez un jour comme 15/02/2027");
	expect_text(a, "écrivez le nom, deux-points");
	expect_text(a, "value=\"hier\"");
	a = fill(WAVE(""), "titre=x&quantite=10&debut=03/2027&fin=02/2027");
	expect_status(a, 422);
	expect_text(a, "La fin vient avant le début.");
	assert_str(wave(made.wave_id).f[W_QUANTITY], "100");
}

TEST(a_school_in_two_waves_needs_a_reason)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	given_school("9990001X");
	given_school("9990002Y");
	expect_status(fill(WAVE("/ecoles"), "ecole=9990001X"), 303);
	struct answer a = fill(CAMPAIGN("/vagues/nouvelle"), "titre=Deux&quantite=100");
	const char *second = str_z(mem, header_of(a, "Location"));
	expect_text(get(second), "déjà dans la vague 1");
	a = fill(second, "ecole=9990001X&ecole=9990002Y");
	expect_status(a, 422);
	expect_text(a, "Dites pourquoi elle est dans les deux");
	expect_status(fill(second, "ecole=9990001X&ecole=9990002Y&pourquoi=deux+sites"), 303);
	const char *page = str_z(mem, str_slice(str_c(second), 0, strlen(second) - strlen("/ecoles")));
	a = get(page);
	expect_text(a, "Dans deux vagues : deux sites");
	expect_status(fill(page, "titre=Deux&quantite=100&changer=9990002Y&association=PiNG"), 303);
	assert_str(wave(made.wave_id).f[W_SCHOOLS], "9990001X||");
	expect_absent(get(CAMPAIGN("")), "sans que l’on sache pourquoi");
	expect_status(fill(second, "ecole=9990002Y"), 303);
	a = get(page);
	expect_text(a, "PiNG");
	expect_absent(a, "École 9990001X");
}

TEST(two_officers_see_what_the_other_wrote)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	struct answer opened = get(WAVE("")), campaign_opened = get(CAMPAIGN("/modifier")), rules_opened = get(CAMPAIGN("/regles"));
	expect_status(fill(WAVE(""), "titre=Essai&quantite=120&debut=03/2027&fin=03/2027"), 303);
	struct answer a = fill_late(WAVE(""), opened, "titre=Essai&quantite=90&debut=03/2027&fin=03/2027");
	expect_status(a, 409);
	expect_text(a, "quelqu’un a écrit « 120 »");
	expect_text(a, "value=\"90\"");
	assert_str(wave(made.wave_id).f[W_QUANTITY], "120");
	expect_status(fill_late(WAVE(""), opened, "titre=Essai&quantite=120&debut=03/2027&fin=03/2027"), 303);

	expect_status(fill(CAMPAIGN("/modifier"), "nom=Autre+nom&annee=2027&objectif=200&etat=open"), 303);
	a = fill_late(CAMPAIGN("/modifier"), campaign_opened, "nom=Encore+un&annee=2027&objectif=200&etat=open");
	expect_status(a, 409);
	expect_text(a, "quelqu’un a écrit « Autre nom »");
	expect_status(fill_late(CAMPAIGN("/regles"), rules_opened, "jour=01/2027&publics=students"), 409);
}

TEST(a_school_that_comes_back_into_a_second_wave_is_told)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	given_school("9990001X");
	expect_status(fill(WAVE("/ecoles"), "ecole=9990001X"), 303);
	expect_status(fill(WAVE("/ecoles"), ""), 303);
	struct answer a = fill(CAMPAIGN("/vagues/nouvelle"), "titre=Deux&quantite=100");
	expect_status(fill(str_z(mem, header_of(a, "Location")), "ecole=9990001X"), 303);
	struct campaign_past_row_list rows;
	assert_ok(campaign_pasts(ask_db(), made.campaign_id, 10, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].wave_id.v == made.wave_id && str_eq(rows.v[i].after, S("")))
			expect_status(fill(CAMPAIGN("/historique"), at("remettre=", rows.v[i].id, "")), 303);
	expect_text(get(CAMPAIGN("")), "L’école 9990001X est dans les vagues 1 et 2, sans que l’on sache pourquoi.");
}

TEST(what_was_changed_is_taken_back_and_a_removed_wave_returns)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	expect_text(get(CAMPAIGN("/historique")), "Rien n’a encore changé");
	expect_status(fill(WAVE(""), "titre=Essai&quantite=120&debut=03/2027&fin=03/2027"), 303);
	expect_status(fill(WAVE(""), "geste=supprimer"), 303);
	expect_status(get(WAVE("")), 404);
	expect_text(get(CAMPAIGN("")), "Aucune vague");
	struct campaign_past_row_list rows;
	assert_ok(campaign_pasts(ask_db(), made.campaign_id, 10, &rows));
	assert_int_equal(rows.n, 2);
	const char *removed = at("remettre=", rows.v[0].id, ""), *quantity = at("remettre=", rows.v[1].id, "");
	expect_status(fill(CAMPAIGN("/historique"), removed), 303);
	expect_status(fill(CAMPAIGN("/historique"), quantity), 303);
	assert_str(wave(made.wave_id).f[W_QUANTITY], "100");
	expect_text(get(CAMPAIGN("")), "Essai");
	expect_status(fill(CAMPAIGN("/historique"), "remettre=7"), 409);
}

TEST(a_campaign_is_for_other_publics_too_and_old_rules_stay)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	given_school("9990001X");
	expect_status(fill(CAMPAIGN("/regles"), "jour=01/2027&publics=students&publics=associations&besoins=no-device&autres=Bourse+d%E2%80%99%C3%A9tudes"), 303);
	struct answer a = get(CAMPAIGN(""));
	expect_text(a, "personnes orientées par une association, étudiants");
	expect_text(a, "Bourse d’études");
	a = fill(CAMPAIGN("/regles"), "jour=01/09/2027&classes=cm1&classes=cm2&ecoles=9990001X%0D%0AInconnue");
	expect_status(a, 422);
	expect_text(a, "« Inconnue » n’est pas sûrement une école");
	expect_status(fill(CAMPAIGN("/regles"), "jour=01/09/2027&classes=cm1&classes=cm2&ecoles=9990001X"), 303);
	assert_str(campaign(made.campaign_id).f[C_RULES],
		"2027-01-01|need|no-device\n2027-01-01|public|associations\n2027-01-01|public|students\n2027-01-01|words|Bourse d’études\n"
		"2027-09-01|grade|cm1\n2027-09-01|grade|cm2\n2027-09-01|school|9990001X");
	expect_order(get(CAMPAIGN("/regles")), "1er janvier 2027", "étudiants", "1er septembre 2027", "CM1, CM2", "École 9990001X");
}

static enum err attach_tx(struct db *db, void *arg)
{
	struct school s;
	try(school_by_uai(db, S("9990001X"), &s));
	return school_attach(db, &s, str_c(arg), 0);
}

/* The public reads the second table: in its languages too. */
static void check_words(const struct said *table, bool read_by_all)
{
	for (const struct said *s = table; s->usual; s++) {
		if (!tr_has(LANG_EN, s->usual))
			fail_msg("no page says this any more: %s", s->usual);
		if (!tr_has(LANG_EN, s->here) || (read_by_all && !tr_has(LANG_AR, s->here)))
			fail_msg("not translated: %s", s->here);
		if (strstr(s->here, "famille") || (s->here_many && strstr(s->here_many, "famille")))
			fail_msg("of families: %s", s->here);
		for (const struct said *t = table; t != s; t++)
			if (!strcmp(t->usual, s->usual))
				fail_msg("twice: %s", s->usual);
	}
}

TEST(other_words_for_people_of_age_stand_for_texts_that_are_said_and_in_every_language)
{
	const struct said *said = campaign_said(S("adult"));
	as_officer();
	assert_ptr_equal(said, campaign_said_of_adults);
	assert_null(campaign_said(S("child")));
	check_words(campaign_said_of_adults, false);
	check_words(campaign_said_to_adults, true);
	const struct view own = { .a = mem, .lang = LANG_FR, .said = said }, english = { .a = mem, .lang = LANG_EN, .said = said }, *v = &own;
	assert_str(_n("Une famille", "{n} familles", 1), "Une personne");
	assert_str(_n("Une famille", "{n} familles", 3), "3 personnes");
	v = &english;
	assert_str(_n("Une famille", "{n} familles", 3), "3 people");
	assert_str(tr_here(v, "La famille"), "The person who is equipped");
}

TEST(a_school_sees_its_own_waves_and_no_other)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	given_school("9990001X");
	given_school("9990002Y");
	expect_status(fill(WAVE("/ecoles"), "ecole=9990001X&ecole=9990002Y&association=ALIS+44"), 303);
	i64 mine = given_organisation("École La Cale"), other = given_organisation("École d’en face");
	i64 referent = given_account("ecole@ecole.example", "Lou", mine, ROLE_SCHOOL_REFERENT);
	assert_ok(db_tx(ask_db(), attach_tx, (void *)"École La Cale"));
	ask_as(referent);
	struct answer a = get("/agent/ecole");
	expect_text(a, "École 9990001X");
	expect_text(a, "vague 1 : mars 2027");
	expect_text(a, "Les familles seront accompagnées par ALIS 44.");
	expect_absent(a, "9990002Y");
	expect_status(get("/agent/ecoles/9990001X"), 404);
	expect_status(get(CAMPAIGN("")), 404);
	ask_as(given_account("autre@ecole.example", "Sam", other, ROLE_SCHOOL_REFERENT));
	expect_text(get("/agent/ecole"), "Aucune école n’est encore rattachée");
	as_officer();
	ask_as(given_account("deux@ville.example", "Ty", campaign(made.campaign_id).organisation_id, ROLE_PROGRAMME_OFFICER));
	expect_status(fill(CAMPAIGN("/modifier"), "nom=Essai&annee=2027&objectif=200&etat=draft"), 303);
	ask_as(referent);
	expect_text(get("/agent/ecole"), "dans aucune vague");
}

static enum err counts_of_one(struct db *db, i64 campaign_id, struct wave_counts_list *ret)
{
	struct waves waves;
	try(waves_of(db, campaign_id, &waves));
	*ret = (struct wave_counts_list){ .v = arena_many(db_arena(db), struct wave_counts, 1), .n = 1 };
	ret->v[0] = (struct wave_counts){ .wave_id = waves.v[0].id, .identified = 171, .eligible = 160, .signed_charters = 48, .handed_over = 31 };
	return OK;
}

TEST(counts_are_shown_once_somebody_tells_them)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	wave_counts_fn *kept = wave_counts_source;
	wave_counts_source = NULL;
	expect_absent(get(CAMPAIGN("")), "Identifiées");
	wave_counts_source = counts_of_one;
	expect_order(get(CAMPAIGN("")), "Identifiées", "Remis", "171", "160", "48", "31", "Total", "171");
	wave_counts_source = kept;
}

TEST(a_wave_that_should_be_over_is_late_until_somebody_says_so)
{
	as_officer();
	struct given_wave made = given_wave_of(city);
	expect_status(fill(WAVE(""), "titre=Essai&quantite=100&debut=01/2025&fin=02/2025"), 303);
	struct answer a = get(CAMPAIGN(""));
	expect_text(a, "en retard");
	expect_text(a, "La vague 1 devait finir le 28 février 2025.");
	expect_text(a, "La vague 1 a commencé sans école ni quartier.");
	expect_text(a, "La vague 1 sort des dates de la campagne.");
	expect_status(fill(WAVE(""), "geste=terminer"), 303);
	a = get(CAMPAIGN(""));
	expect_text(a, "terminée le");
	expect_absent(a, "devait finir");
	assert_str(wave(made.wave_id).f[W_QUANTITY], "100");
}

static enum err demo_tx(struct db *db, void *arg)
{
	(void)arg;
	return equipment_demo_load(db, S("Ville"));
}

TEST(the_demonstrations_campaign_is_the_plans)
{
	str fault;
	as_officer();
	given_demo();
	assert_ok(schools_demo_load(ask_db(), unit_arena((size_t)64 << 20), &fault));
	assert_ok(db_tx(ask_db(), demo_tx, NULL));
	assert_ok(db_tx(ask_db(), demo_tx, NULL));
	struct campaign_row_list all;
	assert_ok(campaign_all(ask_db(), 10, &all));
	assert_int_equal(all.n, 1);
	struct answer a = get(at("/agent/campagnes/", all.v[0].id, ""));
	expect_order(a, "Bellevue", "160", "Bottière, Nantes Nord", "150", "Autres écoles REP et REP+", "350", "660");
	expect_absent(a, "Les vagues prévoient");
	expect_absent(a, "ni école ni quartier");
}
