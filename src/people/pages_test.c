/* What agents do with families' files: open one, be told who it may be, write a note that is warned of, share, look at who saw, hand over, erase. */
#include "people/people.h"

#include "audit/audit_sql.h"
#include "base/timex.h"
#include "given_people.h"
#include "people/people_sql.h"

#define NEW "/agent/foyers/nouveau"
#define LEILA "prenom=Le%C3%AFla&nom=Benali&motifs=ecole&origine=self"

static i64 ville, ccas, agent, other;

static void given_agents(void)
{
	ville = given_organisation("ville");
	ccas = given_organisation("ccas");
	agent = given_account("a@ville.example", "Andrea", ville, ROLE_PROGRAMME_OFFICER);
	other = given_account("c@ccas.example", "Charlie", ccas, ROLE_DESK_AGENT);
	ask_as(agent);
}

static const char *path_of(str household, const char *rest)
{
	return str_printf(unit_arena(1 << 8), "/agent/foyers/%.*s%s", STR_ARG(household), rest).p;
}

static str opened(struct answer a)
{
	expect_status(a, 303);
	str where = str_slice(header_of(a, "Location"), strlen("/agent/foyers/"), SIZE_MAX), id;
	assert_true(str_next(&where, '?', &id));
	return str_copy(unit_arena(1 << 8), id);
}

TEST(a_file_is_opened_found_and_read)
{
	given_agents();
	struct answer a = get(NEW);
	expect_absent(a, "à corriger");
	a = fill(NEW, "nom=Benali");
	expect_status(a, 422);
	expect_text(a, "Dites pourquoi cette famille est suivie");
	expect_text(a, "value=\"Benali\"");
	expect_text(fill(NEW, "prenom=%D9%84%D9%8A%D9%84%D9%89&nom=Benali&motifs=ecole&origine=self"), "en lettres latines");
	str id = opened(fill(NEW, LEILA "&telephone=01+99+00+12+01&enfant=In%C3%A8s&enfant_classe=CM1&annee=1987&langue=ar&informee=1"));
	a = get(path_of(id, "?fait=ouvert"));
	expect_text(a, "Le dossier est ouvert.");
	expect_text(a, "Leïla Benali");
	expect_text(a, "01 99 00 12 01");
	expect_text(a, "Inès, CM1");
	expect_absent(a, "pas encore été informée");
	a = fill("/agent/foyers", "q=leyla+ben");
	expect_status(a, 200);
	expect_text(a, "Leïla Benali");
	expect_text(a, "Inès (CM1)");
	a = fill("/agent/foyers", "q=Traor%C3%A9");
	expect_text(a, "Aucune famille ne répond");
	a = fill("/agent/foyers", "q=");
	expect_status(a, 422);
}

TEST(a_family_that_is_perhaps_there_is_shown_before_a_second_file_is_opened)
{
	given_agents();
	str first = opened(fill(NEW, LEILA));
	struct answer a = fill(NEW, "prenom=Leyla&nom=Ben+Ali&motifs=droits&origine=self");
	expect_status(a, 422);
	expect_text(a, "peut-être déjà là");
	expect_text(a, path_of(first, ""));
	str second = opened(fill(NEW, "prenom=Leyla&nom=Ben+Ali&motifs=droits&origine=self&autre=1"));
	assert_false(str_eq(first, second));
}

TEST(a_file_that_somebody_has_changed_meanwhile_is_not_written_over)
{
	given_agents();
	str id = opened(fill(NEW, LEILA));
	struct answer early = get(path_of(id, "/modifier"));
	expect_status(fill(path_of(id, "/modifier"), "adresse=1+rue+Haute&motifs=droits&origine=self"), 303);
	struct answer late = fill_late(path_of(id, "/modifier"), early, "adresse=2+rue+Basse&motifs=droits&origine=self");
	expect_status(late, 409);
	expect_text(late, "pendant que vous écriviez");
	expect_text(get(path_of(id, "")), "1 rue Haute");
}

/* What stands between the quotes after this text of a page. */
static str quoted_after(struct answer a, const char *text)
{
	ptrdiff_t at = str_find(a.body, str_c(text));
	assert_true(at >= 0);
	str rest = str_slice(a.body, (size_t)at + strlen(text), a.body.n), value;
	assert_true(str_next(&rest, '"', &value));
	return value;
}

TEST(a_form_sent_twice_counts_once)
{
	given_agents();
	struct arena *a = unit_arena(1 << 12);
	str id = opened(fill(NEW, LEILA));
	struct answer page = get(path_of(id, "/modifier"));
	const char *sent = str_printf(a, "_s=%.*s&version=1&adresse=1+rue+Haute&motifs=droits&origine=self", STR_ARG(quoted_after(page, "name=\"_s\" value=\""))).p;
	expect_status(post(path_of(id, "/modifier"), sent), 303);
	expect_status(post(path_of(id, "/modifier"), sent), 303);
	expect_text(get(path_of(id, "/modifier")), "pas d’adresse, continuité scolaire");    /* written once: before it is what there was at first */
}

TEST(persons_are_added_and_corrected)
{
	given_agents();
	str id = opened(fill(NEW, LEILA));
	expect_status(fill(path_of(id, "/personne"), "prenom=Karim"), 422);
	expect_status(fill(path_of(id, "/personne"), "prenom=Karim&nom=Benali"), 303);
	expect_status(fill(path_of(id, "/personne?sorte=enfant"), "prenom=Adam&classe=CP"), 303);
	struct household h;
	assert_ok(household_named(ask_db(), id, &h));
	assert_int_equal(h.n, 3);
	const char *karim = path_of(id, str_printf(unit_arena(1 << 8), "/personne/%.*s", STR_ARG(h.persons[1].public_id)).p);
	struct answer a = get(karim);
	expect_text(a, "value=\"Karim\"");
	expect_status(fill(karim, "prenom=Karim&nom=Benhaddou&annee=1980"), 303);
	a = get(path_of(id, ""));
	expect_text(a, "Karim Benhaddou");
	expect_text(a, "Adam, CP");
	expect_text(fill("/agent/foyers", "q=Benhaddou"), "Leïla Benali, Karim Benhaddou");
	ask_as(other);
	str theirs = given_household(ccas, "Jean", "Le Goff", "+33199001202");
	expect_status(get(path_of(theirs, str_printf(unit_arena(1 << 8), "/personne/%.*s", STR_ARG(h.persons[1].public_id)).p)), 404);
}

TEST(the_last_change_is_taken_back)
{
	given_agents();
	str id = opened(fill(NEW, LEILA "&adresse=1+rue+Haute"));
	struct household h;
	assert_ok(household_named(ask_db(), id, &h));
	const char *leila = path_of(id, str_printf(unit_arena(1 << 8), "/personne/%.*s", STR_ARG(h.persons[0].public_id)).p);
	expect_absent(get(leila), "Remettre");
	expect_status(fill(leila, "prenom=Autre&nom=Personne&telephone=01+99+00+12+05"), 303);
	expect_text(fill("/agent/foyers", "q=Benali"), "Aucune famille ne répond");
	struct answer a = get(leila);
	expect_text(a, "Leïla Benali");
	expect_status(fill(leila, "geste=avant"), 303);
	expect_text(fill("/agent/foyers", "q=Benali"), "Leïla Benali");
	expect_text(fill("/agent/foyers", "q=01+99+00+12+05"), "Aucune famille ne répond");
	expect_status(fill(path_of(id, "/modifier"), "adresse=2+rue+Basse&motifs=droits&origine=school"), 303);
	expect_text(get(path_of(id, "")), "2 rue Basse");
	expect_status(fill(path_of(id, "/modifier"), "geste=avant"), 303);
	a = get(path_of(id, ""));
	expect_text(a, "1 rue Haute");
	expect_text(a, "continuité scolaire");
	expect_absent(a, "2 rue Basse");
}

static bool noted(str id, const char *text)
{
	struct answer a = get(path_of(id, ""));
	return memmem(a.body.p, a.body.n, text, strlen(text)) != NULL;
}

TEST(a_note_that_says_too_much_is_warned_of_and_kept_only_when_read_again)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	struct answer a = fill(path_of(id, ""), "note=Son+num%C3%A9ro%3A+1+85+05+78+006+084+91");
	expect_status(a, 422);
	expect_text(a, "numéro de sécurité sociale");
	expect_text(a, "1 85 05 78");            /* what was typed stays, to be corrected */
	assert_false(noted(id, "1 85 05"));
	expect_status(fill(path_of(id, ""), "note=La+maman+est+malade+du+nouveau+logiciel&relue=1"), 303);
	assert_true(noted(id, "malade du nouveau logiciel"));
	expect_status(fill(path_of(id, ""), "note=Rappeler+jeudi"), 303);
	assert_true(noted(id, "Rappeler jeudi"));
	expect_status(fill(path_of(id, ""), "note="), 422);
}

TEST(a_file_is_shared_for_a_reason_and_a_time_and_taken_back)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	struct answer a = fill(path_of(id, "/partage"), str_printf(unit_arena(1 << 8), "avec=%lld", (long long)ccas).p);
	expect_status(a, 422);
	expect_text(a, "jamais partagé sans raison");
	ask_as(other);
	expect_status(get(path_of(id, "")), 404);
	ask_as(agent);
	expect_status(fill(path_of(id, "/partage"), str_printf(unit_arena(1 << 8), "avec=%lld&raison=help&duree=30", (long long)ccas).p), 303);
	ask_as(other);
	a = get(path_of(id, ""));
	expect_status(a, 200);
	expect_text(a, "qui le partage avec vous");
	expect_absent(a, "/effacer");
	expect_text(fill("/agent/foyers", "q=Benali"), "Leïla Benali");
	expect_status(fill(path_of(id, ""), "note=Vue+au+CCAS"), 303);
	ask_as(agent);
	assert_true(noted(id, "Vue au CCAS"));
	struct household h;
	struct share_row_list shares;
	assert_ok(household_named(ask_db(), id, &h));
	assert_ok(share_list(ask_db(), h.id, &shares));
	expect_status(fill(path_of(id, "/partage"), str_printf(unit_arena(1 << 8), "finir=%lld", (long long)shares.v[0].id).p), 303);
	expect_text(get(path_of(id, "/partage")), "fini");
	ask_as(other);
	expect_status(get(path_of(id, "")), 404);
	expect_text(fill("/agent/foyers", "q=Benali"), "Aucune famille ne répond");
}

TEST(who_saw_a_file_is_written_and_shown)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	get(path_of(id, ""));
	fill("/agent/foyers", "q=Benali");
	struct answer a = get(path_of(id, "/vues"));
	expect_text(a, "Andrea, ville");
	expect_order(a, "a regardé qui l’a vu", "parmi des réponses", "a lu le dossier");
}

TEST(everything_held_is_handed_over_views_included)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	static const char *const held[] = { "Leïla", "Benali", "1987", "01 99 00 12 01", "Inès", "CM1", "École du Halage", "3 rue des Cordages",
		"Préfère venir le mardi matin", "a préparé tout ce qui est gardé",
		"arabe" };
	struct answer page = get(path_of(id, "/donnees")), json = get(path_of(id, "/donnees.json"));
	expect_status(json, 200);
	for (size_t i = 0; i < lengthof(held); i++) {
		expect_text(page, held[i]);
		if (strncmp(held[i], "01", 2) != 0)
			expect_text(json, held[i]);
	}
	assert_true(str_find(header_of(json, "Cache-Control"), S("no-store")) >= 0);
}

TEST(a_file_is_erased_when_it_is_certain_and_answers_nobody_then)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	struct answer a = fill(path_of(id, "/effacer"), "quoi=foyer");
	expect_status(a, 422);
	expect_text(a, "Cochez la case");
	expect_status(get(path_of(id, "")), 200);
	struct household h;
	assert_ok(household_named(ask_db(), id, &h));
	expect_status(fill(path_of(id, "/effacer"), str_printf(unit_arena(1 << 8), "quoi=%.*s&certain=1", STR_ARG(h.persons[1].public_id)).p), 303);
	expect_absent(get(path_of(id, "")), "Inès");
	expect_status(fill(path_of(id, "/effacer"), "quoi=foyer&certain=1"), 303);
	expect_status(get(path_of(id, "")), 404);
	expect_text(fill("/agent/foyers", "q=Benali"), "Aucune famille ne répond");
}

TEST(the_registry_is_for_the_data_protection_officer)
{
	given_agents();
	expect_status(get("/agent/registre"), 404);
	ask_as(given_account("d@ville.example", "Dominique", ville, ROLE_DPO));
	struct answer a = get("/agent/registre");
	expect_text(a, "Notes sur le suivi");
	expect_text(a, "Numéro de sécurité sociale");
	expect_text(get("/agent/registre.csv"), "person: given_enc family_enc\n");
	expect_status(get("/agent/foyers"), 404);
}

/* ---- by the card ---- */

static str card_of_household(str id)
{
	expect_status(fill(path_of(id, "/carte"), "geste=donner"), 303);
	struct answer a = get(path_of(id, "/carte"));
	ptrdiff_t at = str_find(a.body, S("<code>"));
	assert_true(at > 0);
	return str_copy(unit_arena(1 << 8), str_slice(a.body, (size_t)at + 6, (size_t)at + 15));
}

static struct answer come(str card, const char *answer)
{
	return fill("/foyer", str_printf(unit_arena(1 << 8), "code=%.*s&reponse=%s", STR_ARG(card), answer).p);
}

TEST(a_household_sees_its_own_file_by_its_card_and_leaves_nothing)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201"), card = card_of_household(id);
	expect_text(fill("/agent/foyers", str_printf(unit_arena(1 << 8), "q=%.*s", STR_ARG(card)).p), "Leïla Benali");
	ask_as_nobody();
	expect_status(get("/foyer/dossier"), 303);
	struct answer a = come(card, "1988");
	expect_status(a, 422);
	expect_text(a, "ne vont pas ensemble");
	a = come(card, "01+99+00+12+01");
	expect_status(a, 303);
	ask_with_cookie(header_of(a, "Set-Cookie"));
	a = get("/foyer/dossier");
	expect_text(a, "Leïla Benali");
	expect_text(a, "ville");
	expect_absent(a, "mardi");               /* notes are handed over by somebody who knows whom */
	assert_true(str_find(header_of(a, "Cache-Control"), S("no-store")) >= 0);
	a = fill("/foyer/dossier", "");
	assert_true(str_find(header_of(a, "Clear-Site-Data"), S("cache")) >= 0);
	expect_status(get("/foyer/dossier"), 303);
	ask_as(agent);
	expect_text(get(path_of(id, "/vues")), "a ouvert son dossier avec sa carte");
	expect_text(get(path_of(id, "/vues")), "La famille");
}

TEST(a_scanned_card_brings_its_code_and_leaves_it_in_no_address)
{
	given_agents();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201"), card = card_of_household(id);
	const char *scanned = str_printf(unit_arena(1 << 8), "/foyer/%.*s", STR_ARG(card)).p;
	expect_text(get(path_of(id, "/carte")), "/ar/foyer</p>");        /* an invented city without a public address: where it is looked at */
	expect_text(get(path_of(id, "/carte")), "class=\"qr\"");
	ask_public_url("https://ville.example");
	expect_text(get(path_of(id, "/carte")), "https://ville.example/ar/foyer");      /* the mother reads Arabic */
	expect_text(get(path_of(id, "/carte")), "class=\"qr\"");
	ask_as_nobody();
	struct answer a = get(scanned);
	expect_status(a, 303);
	assert_true(str_eq(header_of(a, "Location"), S("/foyer")));
	assert_true(str_find(header_of(a, "Cache-Control"), S("no-store")) >= 0);
	assert_true(str_find(header_of(a, "Referrer-Policy"), S("no-referrer")) >= 0);
	ask_with_cookie(header_of(a, "Set-Cookie"));
	a = get("/foyer");
	expect_text(a, str_printf(unit_arena(1 << 8), "<input type=\"hidden\" name=\"code\" value=\"%.*s\">", STR_ARG(card)).p);
	expect_status(fill("/foyer", "reponse=1950"), 422);      /* what goes with it is still asked, and still counted */
	a = fill("/foyer", "reponse=1987");
	expect_status(a, 303);
	expect_absent(get("/foyer?fin=2"), "C’est fini");
	a = get("/foyer/pas-un-code");
	expect_status(a, 303);
	assert_false(header_of(a, "Set-Cookie").n);
}

TEST(on_a_shared_computer_the_page_goes_away_by_itself)
{
	given_agents();
	i64 now = now_ms();
	str card = card_of_household(given_household(ville, "Leïla", "Benali", "+33199001201"));
	ask_as_nobody();
	ask_with_cookie(header_of(come(card, "1987&partage=1"), "Set-Cookie"));
	struct answer a = get("/foyer/dossier");
	assert_true(str_find(header_of(a, "Refresh"), S("url=/foyer?fin=1")) >= 0);
	clock_set(now + 5 * 60000 + 1000);
	expect_status(get("/foyer/dossier"), 303);
	clock_set(0);
	ask_as_nobody();
	ask_with_cookie(header_of(come(card, "1987"), "Set-Cookie"));
	assert_false(header_of(get("/foyer/dossier"), "Refresh").n);
}

TEST(a_visit_ends_when_left_alone)
{
	given_agents();
	i64 now = now_ms();
	str card = card_of_household(given_household(ville, "Leïla", "Benali", "+33199001201"));
	ask_as_nobody();
	ask_with_cookie(header_of(come(card, "1987"), "Set-Cookie"));
	expect_status(get("/foyer/dossier"), 200);
	clock_set(now + 11 * 60000);
	expect_status(get("/foyer/dossier"), 303);
	clock_set(0);
}

TEST(who_found_a_card_cannot_guess_what_goes_with_it)
{
	given_agents();
	i64 now = now_ms();
	str id = given_household(ville, "Leïla", "Benali", "+33199001201"), card = card_of_household(id);
	ask_as_nobody();
	ask_without_limits();
	for (int i = 0; i < 5; i++)
		expect_status(come(card, "1950"), 422);
	expect_status(come(card, "1987"), 422);      /* right, and too early */
	clock_set(now + 2 * 3600000);
	expect_status(come(card, "1987"), 303);
	for (int i = 0; i < 20; i++) {
		clock_set(now + (3 + i) * (i64)3600000);
		come(card, "1950");
	}
	clock_set(now + 100 * (i64)3600000);
	expect_status(come(card, "1987"), 422);      /* this card is over */
	clock_set(0);
	ask_as(agent);
	str another = card_of_household(id);
	ask_as_nobody();
	expect_status(come(card, "1987"), 422);
	expect_status(come(another, "1987"), 303);
}

/* ---- the same family twice ---- */

TEST(two_files_of_one_family_are_made_one_and_two_again)
{
	given_agents();
	str one = given_household(ville, "Leïla", "Benali", "+33199001201"), two = given_household(ville, "Leyla", "Ben Ali", "+33199001201");
	str theirs = given_household(ccas, "Leïla", "Benali", "+33199001201");
	struct answer a = get(path_of(one, "/doublons"));
	expect_text(a, "même téléphone, 01 99 00 12 01");
	expect_text(a, "noms proches, même année de naissance");
	expect_absent(a, path_of(theirs, ""));
	expect_status(fill(path_of(one, "/doublons"), str_printf(unit_arena(1 << 8), "avec=%.*s", STR_ARG(theirs)).p), 404);
	expect_status(fill(path_of(two, ""), "note=Vue+deux+fois"), 303);
	expect_status(fill(path_of(one, "/doublons"), str_printf(unit_arena(1 << 8), "avec=%.*s", STR_ARG(two)).p), 303);
	expect_status(get(path_of(two, "")), 404);
	a = get(path_of(one, ""));
	expect_text(a, "Leyla Ben Ali");
	expect_text(a, "Vue deux fois");
	a = fill("/agent/foyers", "q=Benali");
	expect_text(a, "Une famille");
	expect_text(a, path_of(one, ""));
	expect_text(get(path_of(one, "/donnees")), two.p);
	expect_status(fill(path_of(one, "/doublons"), str_printf(unit_arena(1 << 8), "defaire=%.*s", STR_ARG(two)).p), 303);
	expect_text(get(path_of(two, "")), "Vue deux fois");
	expect_absent(get(path_of(one, "")), "Vue deux fois");
	expect_text(fill("/agent/foyers", "q=Benali"), "2 familles");
}

TEST(erasing_a_family_erases_what_was_merged_into_it)
{
	given_agents();
	str one = given_household(ville, "Leïla", "Benali", "+33199001201"), two = given_household(ville, "Leyla", "Ben Ali", "+33199001202");
	expect_status(fill(path_of(one, "/doublons"), str_printf(unit_arena(1 << 8), "avec=%.*s", STR_ARG(two)).p), 303);
	expect_status(fill(path_of(one, "/effacer"), "quoi=foyer&certain=1"), 303);
	struct household h;
	assert_ok(household_named(ask_db(), two, &h));
	assert_true(h.erased && !h.key.n && !h.sealed_address.n);
	assert_int_equal(h.n, 0);
	expect_text(fill("/agent/foyers", "q=01+99+00+12+02"), "Aucune famille ne répond");
}

/* ---- a child's school ---- */

TEST(known_schools_are_proposed_and_the_one_that_is_meant_is_named)
{
	given_agents();
	given_school("9990001X");
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	expect_text(get("/agent/foyers/nouveau"), "<datalist id=\"ecoles\">");
	struct answer a = get(path_of(id, "/personne?sorte=enfant"));
	expect_text(a, "list=\"ecoles\"");
	expect_absent(get(path_of(id, "/personne?sorte=adulte")), "id=\"ecoles\"");
	expect_status(fill(path_of(id, "/personne?sorte=enfant"), "prenom=Tom&ecole=9990001X&sorte=enfant"), 303);
	expect_status(fill(path_of(id, "/personne?sorte=enfant"), "prenom=Lou&ecole=Une+autre&sorte=enfant"), 303);
	a = get(path_of(id, ""));
	expect_text(a, "(9990001X)");
	expect_text(a, "Une autre");
}

/* ---- the access file as a document ---- */

static enum err purge_once(struct db *db, void *arg)
{
	return people_purge(db, 100, arg);
}

static void draw_documents(void)
{
	struct vault_asker vault = ask_vault();
	struct city city = { .name = S("Nantes"), .help_phone = S("+33261914400") };
	assert_ok(people_step(ask_db(), &vault, &city));
}

TEST(the_access_file_becomes_a_document_that_is_sealed_and_lasts_a_day)
{
	given_agents();
	struct access_part_row_list parts;
	struct household h;
	i64 now = now_ms(), n;
	str id = given_household(ville, "ليلى", "Benali", "+33199001201");
	expect_status(get(path_of(id, "/donnees.pdf")), 303);
	expect_status(fill(path_of(id, "/donnees"), ""), 303);
	expect_text(get(path_of(id, "/donnees")), "se prépare");
	assert_ok(household_named(ask_db(), id, &h));
	assert_ok(access_parts_of(ask_db(), h.id, &parts));
	assert_true(parts.n == 1 && str_find(parts.v[0].content_enc, S("Benali")) < 0);
	draw_documents();
	expect_text(get(path_of(id, "/donnees")), "donnees.pdf");
	struct answer a = get(path_of(id, "/donnees.pdf"));
	expect_status(a, 200);
	assert_true(str_starts(a.body, S("%PDF-")));
	assert_true(str_find(header_of(a, "Cache-Control"), S("no-store")) >= 0);
	assert_ok(access_parts_of(ask_db(), h.id, &parts));
	assert_true(parts.n >= 1 && !str_starts(parts.v[0].content_enc, S("%PDF-")));
	expect_text(get(path_of(id, "/vues")), "a préparé le document");
	clock_set(now + (i64)25 * 3600000);
	ask_as(agent);
	assert_ok(db_tx(ask_db(), purge_once, &n));
	assert_ok(access_parts_of(ask_db(), h.id, &parts));
	assert_int_equal(parts.n, 0);
	clock_set(0);
}

TEST(erasing_a_household_erases_its_document)
{
	given_agents();
	struct access_part_row_list parts;
	struct household h;
	str id = given_household(ville, "Leïla", "Benali", "+33199001201");
	expect_status(fill(path_of(id, "/donnees"), ""), 303);
	assert_ok(household_named(ask_db(), id, &h));
	expect_status(fill(path_of(id, "/effacer"), "quoi=foyer&certain=1"), 303);
	assert_ok(access_parts_of(ask_db(), h.id, &parts));
	assert_int_equal(parts.n, 0);
	struct vault_asker vault = ask_vault();
	assert_int_equal(people_step(ask_db(), &vault, &(struct city){ .name = S("Nantes") }), NOT_FOUND);
}
