/* What the back office of written pages promises: the public reads what was published and nothing else; translations know when their
 * French has changed; nothing is lost; what cannot be published is told by its line. */
#include "given.h"

#include "db/db.h"
#include "look.h"
#include "writing/plain.h"
#include "writing/writing.h"

#define WIFI "/agent/ecrits/conseil/wifi"
#define TEXT "texte=%23+Le+wifi+des+gares%0A%0AOn+y+va+sans+crainte.%0A%0A%23%23+Avant%0ADemandez+le+nom.%0A"
#define PUBLISH "&geste=publier"

static void coordinator(void)
{
	ask_as(given_account("reseau@ville.example", "Bo", given_organisation("Ville"), ROLE_COORDINATOR));
}

static struct written now(enum written_kind kind, const char *name)
{
	struct written w;
	db_use_arena(ask_db(), unit_arena(1 << 20));
	assert_ok(written_load(ask_db(), kind, str_c(name), &w));
	return w;
}

TEST(what_is_published_takes_the_place_of_the_delivered_text_and_a_draft_does_not)
{
	coordinator();
	expect_text(get(WIFI), "Garder en brouillon");
	expect_status(fill(WIFI, TEXT "&geste=brouillon"), 303);
	expect_absent(get("/conseils/wifi"), "Le wifi des gares");
	expect_absent(get("/conseils"), "Le wifi des gares");
	expect_text(get("/agent/ecrits"), "publié, brouillon");
	expect_text(get(WIFI), "Ceci est un brouillon.");
	struct answer a = fill(WIFI, TEXT PUBLISH);
	expect_status(a, 303);
	assert_true(str_find(header_of(a, "Location"), S("fait=publie")) > 0);
	expect_text(get("/conseils/wifi"), "<h1>Le wifi des gares</h1>");
	expect_text(get("/conseils"), "Le wifi des gares");
	expect_status(get("/conseils/wifi/quiz"), 404);        /* it has none any more */
	expect_absent(get("/en/conseils/wifi"), "Le wifi des gares");
}

TEST(a_preview_is_the_public_page_and_publishes_nothing)
{
	coordinator();
	struct answer a = fill("/agent/ecrits/conseil/wifi?langue=ar", TEXT "&geste=voir");
	expect_status(a, 200);
	expect_text(a, "dir=\"rtl\"");
	expect_text(a, "<h1>Le wifi des gares</h1>");
	expect_text(a, "Voici ce que le public verrait.");
	expect_text(a, "href=\"/ar/conseils\"");
	expect_absent(get("/ar/conseils/wifi"), "Le wifi des gares");
	a = fill(WIFI, TEXT "&geste=modifier");
	expect_status(a, 200);
	expect_text(a, "Demandez le nom.");
	assert_int_equal(now(WRITTEN_CONSEIL, "wifi").page_id, 0);
}

TEST(a_translation_is_to_be_looked_at_again_when_its_french_changes)
{
	coordinator();
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	expect_text(get("/agent/ecrits?voir=a-faire"), "à revoir");
	expect_text(get(WIFI "?langue=en"), "À revoir");
	expect_status(fill(WIFI "?langue=en", "geste=juste&texte=x"), 303);
	assert_false(now(WRITTEN_CONSEIL, "wifi").lang[LANG_EN].stale);
	assert_true(now(WRITTEN_CONSEIL, "wifi").lang[LANG_AR].stale);
	expect_absent(get(WIFI "?langue=en"), "À revoir");
	expect_text(get("/en/conseils/wifi"), "Wi-Fi");
	struct answer opened = get(WIFI "?langue=simple");
	expect_status(fill(WIFI, TEXT "Encore.%0A" PUBLISH), 303);
	expect_status(fill_late(WIFI, opened, TEXT PUBLISH), 303);
	assert_true(now(WRITTEN_CONSEIL, "wifi").lang[LANG_SIMPLE].stale);        /* it was made of the French of before */
	expect_status(fill(WIFI "?langue=simple", TEXT "Encore.%0A" PUBLISH), 303);
	assert_false(now(WRITTEN_CONSEIL, "wifi").lang[LANG_SIMPLE].stale);
	assert_true(now(WRITTEN_CONSEIL, "wifi").lang[LANG_EN].stale);
}

TEST(a_draft_is_given_up_and_stays_among_the_versions)
{
	coordinator();
	struct answer opened = get(WIFI);
	expect_status(fill(WIFI, TEXT "&geste=brouillon"), 303);
	expect_status(fill_late(WIFI, opened, "geste=abandonner&texte=x"), 409);
	expect_status(fill(WIFI, "geste=abandonner&texte=x"), 303);
	expect_absent(get(WIFI), "Le wifi des gares");
	expect_text(get(WIFI "/historique"), "Le wifi des gares");
	expect_absent(get("/agent/ecrits"), "brouillon");
	expect_status(fill("/agent/ecrits/nouveau", "genre=conseil&titre=Braderie"), 303);
	struct answer a = fill("/agent/ecrits/conseil/braderie", "geste=abandonner&texte=x");
	assert_str(header_of(a, "Location"), "/agent/ecrits");
	expect_status(get("/agent/ecrits/conseil/braderie"), 404);
	expect_absent(get("/agent/ecrits"), "Braderie");
	expect_status(fill("/agent/ecrits/nouveau", "genre=conseil&titre=Braderie"), 303);        /* and may be begun again */
}

TEST(french_that_is_published_again_as_it_is_changes_nothing_for_its_translations)
{
	coordinator();
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	expect_status(fill(WIFI "?langue=en", TEXT PUBLISH), 303);
	expect_status(fill(WIFI, TEXT "Encore&geste=brouillon"), 303);
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	struct written w = now(WRITTEN_CONSEIL, "wifi");
	assert_false(w.lang[LANG_EN].stale || w.lang[LANG_FR].draft.p);
}

TEST(two_people_at_once_the_second_is_shown_both_texts)
{
	coordinator();
	struct answer opened = get(WIFI);
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	struct answer a = fill_late(WIFI, opened, "texte=%23+Mon+wifi%0A%0AUn+mot.%0A" PUBLISH);
	expect_status(a, 409);
	expect_text(a, "quelqu’un a enregistré un autre texte");
	expect_text(a, "# Mon wifi");
	expect_text(a, "# Le wifi des gares");
	expect_text(get("/conseils/wifi"), "Le wifi des gares");
	expect_status(fill_late(WIFI, a, "texte=%23+Mon+wifi%0A%0AUn+mot.%0A" PUBLISH), 303);
	expect_text(get("/conseils/wifi"), "Mon wifi");
	expect_status(fill_late(WIFI, opened, "texte=%23+Mon+wifi%0A%0AUn+mot." PUBLISH), 303);        /* the same text again: done already */
}

TEST(a_version_is_put_back_as_a_new_one)
{
	coordinator();
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	expect_status(fill(WIFI, "texte=%23+Autre%0A%0AUn+mot.%0A" PUBLISH), 303);
	struct written w = now(WRITTEN_CONSEIL, "wifi");
	struct written_pasts pasts;
	assert_ok(written_history(ask_db(), &w, LANG_FR, &pasts));
	assert_int_equal(pasts.n, 2);
	char fields[100];
	snprintf(fields, sizeof fields, "remettre=%lld", (long long)pasts.v[1].id);
	expect_status(fill(WIFI "?langue=en", TEXT PUBLISH), 303);
	expect_status(fill(WIFI "?langue=en", TEXT "More" PUBLISH), 303);
	expect_status(fill(WIFI "/historique?langue=en", fields), 409);        /* a version of the French is none of the English */
	expect_text(get(WIFI "/historique"), "Remettre");
	expect_status(fill(WIFI "/historique", fields), 303);
	expect_text(get("/conseils/wifi"), "Le wifi des gares");
	w = now(WRITTEN_CONSEIL, "wifi");        /* the requests since have ended, and what was read for them */
	assert_ok(written_history(ask_db(), &w, LANG_FR, &pasts));
	assert_int_equal(pasts.n, 3);
	snprintf(fields, sizeof fields, WIFI "/historique?lire=%lld", (long long)pasts.v[1].id);
	expect_text(get(fields), "# Autre");
	expect_status(fill(WIFI "/historique", "remettre=12"), 409);
}

TEST(back_to_the_delivered_text_undoes_every_language_and_keeps_the_versions)
{
	coordinator();
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	expect_status(fill(WIFI "?langue=en", TEXT "&geste=brouillon"), 303);
	expect_status(fill(WIFI "/livre", ""), 303);
	expect_absent(get("/conseils/wifi"), "Le wifi des gares");
	expect_status(get("/conseils/wifi/quiz"), 200);
	struct written w = now(WRITTEN_CONSEIL, "wifi");
	for (enum lang l = 0; l < LANG_COUNT; l++)
		assert_false(w.lang[l].stale || w.lang[l].draft.p || w.lang[l].own);
	expect_text(get(WIFI "/historique"), "retour au texte livré");
	expect_text(get(WIFI "/historique"), "Le wifi des gares");
	expect_status(get("/agent/ecrits/conseil/rien/livre"), 404);
}

TEST(a_page_made_from_nothing_is_drafted_published_translated_and_listed)
{
	coordinator();
	expect_status(fill("/agent/ecrits/nouveau", "genre=demarche"), 422);
	expect_text(fill("/agent/ecrits/nouveau", "genre=demarche&titre=%D9%88%D8%A7%D9%8A"), "lettres latines");
	struct answer a = fill("/agent/ecrits/nouveau", "genre=demarche&titre=Payer+l%E2%80%99%C3%A9t%C3%A9+%C3%A0+la+cantine+!");
	expect_status(a, 303);
	assert_true(str_starts(header_of(a, "Location"), S("/agent/ecrits/demarche/payer-l-ete-a-la-cantine?")));
	expect_text(fill("/agent/ecrits/nouveau", "genre=demarche&titre=Imp%C3%B4ts"), "Une page existe déjà");
	expect_text(fill("/agent/ecrits/nouveau", "genre=demarche&titre=Payer+l%27%C3%A9t%C3%A9+%C3%A0+la+cantine"), "Une page existe déjà");
	expect_status(get("/demarches/payer-l-ete-a-la-cantine"), 404);
	expect_absent(get("/plan"), "cantine-");
	const char *path = "/agent/ecrits/demarche/payer-l-ete-a-la-cantine", *english = "/agent/ecrits/demarche/payer-l-ete-a-la-cantine?langue=en";
	expect_text(get(path), "il manque une phrase sous le titre");
	a = fill(english, TEXT PUBLISH);
	expect_status(a, 422);
	expect_text(a, "Publiez d’abord le français");
	expect_status(fill(path, "texte=%23+Payer+la+cantine+en+%C3%A9t%C3%A9%0A%0AUn+mot.%0A" PUBLISH), 303);
	expect_text(get("/demarches/payer-l-ete-a-la-cantine"), "Payer la cantine en été");
	expect_text(get("/demarches"), "Payer la cantine en été");
	expect_text(get("/plan"), "/demarches/payer-l-ete-a-la-cantine");
	expect_text(get("/ar/demarches"), "<bdi lang=\"fr\">Payer la cantine en été</bdi>");
	a = get("/en/demarches/payer-l-ete-a-la-cantine");
	expect_text(a, "not translated yet");
	expect_text(a, "<article lang=\"fr\" dir=\"ltr\">");
	expect_text(get("/agent/ecrits"), "à traduire");
	expect_status(fill(english, "texte=%23+Pay+for+summer+meals%0A%0AOne+word.%0A" PUBLISH), 303);
	expect_text(get("/en/demarches/payer-l-ete-a-la-cantine"), "Pay for summer meals");
	expect_text(get("/en/plan"), "Pay for summer meals");
}

TEST(a_page_that_is_withdrawn_says_so_and_comes_back_whole)
{
	coordinator();
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	expect_text(get(WIFI "/retirer"), "Vous pourrez la remettre telle qu’elle est.");
	expect_status(fill(WIFI "/retirer", "geste=retirer"), 303);
	struct answer a = get("/conseils/wifi");
	expect_status(a, 410);
	expect_text(a, "Cette page a été retirée");
	expect_text(a, "href=\"/conseils\"");
	expect_status(get("/ar/conseils/wifi/quiz"), 410);
	expect_absent(get("/conseils"), "Le wifi des gares");
	expect_text(get("/agent/ecrits"), "(retirée)");
	expect_status(fill(WIFI "/retirer", "geste=remettre"), 303);
	expect_text(get("/conseils/wifi"), "Le wifi des gares");
	expect_status(fill(WIFI "/retirer", "geste=brouter"), 400);
}

/* The fault of a text, told by its line, in the form that refuses to publish it. */
static void refused_for(const char *path, const char *text, const char *why)
{
	struct arena *a = unit_arena(1 << 20);
	struct buf b = buf_new(a, 1 << 19);
	buf_put(&b, S("geste=publier&texte="));
	esc_url_part(&b, str_c(text));
	struct answer answer = fill(path, str_z(a, buf_str(&b)));
	expect_status(answer, 422);
	expect_text(answer, why);
}

TEST(what_cannot_be_published_is_told_by_its_line)
{
	coordinator();
	refused_for(WIFI, "Sans titre\n", "Ligne 1 : il manque le titre");
	refused_for(WIFI, "# A\n# B\n\nUn mot.\n", "Ligne 2 : un deuxième titre");
	refused_for(WIFI, "# A\n\nUn mot.\n\n##B\nx\n", "Ligne 5 : mettez une espace");
	refused_for(WIFI, "# A\n\nUn mot.\n\n## B\n\n## C\nx\n", "Ligne 5 : cette partie n’a pas de texte");
	refused_for(WIFI, "# A\n\nm\n## 1\nx\n## 2\nx\n## 3\nx\n## 4\nx\n## 5\nx\n## 6\nx\n## 7\nx\n## 8\nx\n## 9\nx\n## 10\nx\n## 11\nx\n## 12\nx\n## 13\nx\n",
		"Ligne 28 : une partie de trop");
	refused_for(WIFI, "# A\n\nm\n\n? Quoi\n- un\n- deux\n> car\n", "Ligne 5 : aucune réponse n’est juste");
	refused_for(WIFI, "# A\n\nm\n\n? Quoi\n- un\n+ deux\n+ trois\n- quatre\n> car\n", "Ligne 8 : deux réponses sont justes");
	refused_for(WIFI, "# A\n\nm\n\n? Quoi\n- un\n+ deux\n- trois\n- quatre\n> car\n", "Ligne 9 : une réponse de trop");
	refused_for(WIFI, "# A\n\nm\n\n? Quoi\n+ un\n", "Ligne 5 : il manque pourquoi");
	refused_for(WIFI, "# A\n\nm\n\n? Quoi\n+ un\n- deux\n> car\nEt aussi\n", "Ligne 9 : dans le quiz");
	refused_for(WIFI, "# A\n\nUn [lien](/nulle/part).\n", "Ligne 3 : le lien « /nulle/part » ne mène à aucune page");
	refused_for(WIFI, "# A\n\nUn mot.\n\n## B\nUn mot.\nUn [lien](/conseils/xyzzy).\n", "Ligne 7 : le lien « /conseils/xyzzy »");
	refused_for(WIFI, "# A\n\nUn [lien](/agent/lieux).\n", "Ligne 3 : le lien « /agent/lieux »");
	refused_for(WIFI, "# A\n\nUn [lien](/lieux/xyzzy).\n", "Ligne 3 : le lien « /lieux/xyzzy »");
	refused_for(WIFI, "# A\n\nUn [lien](caf.fr).\n", "écrivez l’adresse entière");
	refused_for(WIFI, "# A\n\nUn [lien](javascript:x).\n", "écrivez l’adresse entière");
	refused_for(WIFI, "# A\n\nUn <b>mot</b>.\n", "Ligne 3 : « <b> » est du HTML");
	refused_for(WIFI, "# A\n\nUn mot.\n\n<script>x</script>\n", "Ligne 5 : « <script>x</script> » est du HTML");
	refused_for(WIFI, "# A\n\nUn ![](/a/x.png).\n", "Ligne 3 : l’image « /a/x.png » n’a pas de texte");
	refused_for(WIFI, "# A\n\nUn ![mot](https://ailleurs.example/x.png).\n", "n’est pas de ce site");
	refused_for(WIFI, "# A\n\nUn mot\n---\n", "Ligne 3 : une ligne de « = » ou de « - »");
	refused_for("/agent/ecrits/demarche/caf", "# A\n\nUn mot.\n\n? Quoi\n+ un\n- deux\n> car\n", "une démarche n’a pas de quiz");
	expect_text(get("/conseils/wifi"), "wifi");
	assert_int_equal(now(WRITTEN_CONSEIL, "wifi").page_id, 0);
}

TEST(links_that_lead_somewhere_are_fine_and_keep_the_language)
{
	coordinator();
	expect_status(fill(WIFI "?langue=en", "texte=%23+A%0A%0A%5Ba%5D(/lieux?service=demarches),+%5Bb%5D(/conseils/arnaques/quiz),+%5Bc%5D(tel:3230)" PUBLISH), 303);
	expect_text(get("/en/conseils/wifi"), "href=\"/en/lieux?service=demarches\"");
}

TEST(a_text_that_is_too_long_is_refused_and_kept)
{
	coordinator();
	struct arena *a = unit_arena(1 << 20);
	struct buf b = buf_new(a, 1 << 19);
	buf_put(&b, S("geste=brouillon&texte="));
	for (int i = 0; i < WRITTEN_MAX + 1; i++)
		buf_put(&b, S("%C3%A9"));
	struct answer answer = fill(WIFI, str_z(a, buf_str(&b)));
	expect_status(answer, 422);
	expect_text(answer, "C’est trop long d’un signe : 12000 au plus.");
	assert_int_equal(now(WRITTEN_CONSEIL, "wifi").page_id, 0);
}

TEST(long_sentences_of_the_simple_version_are_named_and_no_obstacle)
{
	coordinator();
	const char *text = "texte=%23+A%0A%0AUn+deux+trois+quatre+cinq+six+sept+huit+neuf+dix+onze+douze+treize.%0ACourt.%0A";
	struct answer a = fill(WIFI "?langue=simple", str_z(unit_arena(1 << 12), str_printf(unit_arena(1 << 12), "%s&geste=voir", text)));
	expect_text(a, "Ligne 3 : une phrase de 13 mots");
	expect_text(a, "« Un deux trois");
	expect_text(a, "geste\" value=\"publier\"");
	expect_status(fill(WIFI "?langue=simple", str_z(unit_arena(1 << 12), str_printf(unit_arena(1 << 12), "%s" PUBLISH, text))), 303);
	expect_text(get(WIFI "?langue=simple"), "Parties du français : 1 ; de ce texte : 0.");
	expect_absent(fill(WIFI, str_z(unit_arena(1 << 12), str_printf(unit_arena(1 << 12), "%s&geste=voir", text))), "13 mots");
}

static size_t longs(const char *text) { return plain_long_sentences(unit_arena(1 << 16), str_c(text)).n; }

TEST(sentences_are_counted_as_people_read_them)
{
	assert_int_equal(longs("un deux trois quatre cinq six sept huit neuf dix onze douze"), 0);
	assert_int_equal(longs("un deux trois quatre cinq six sept huit neuf dix onze douze treize"), 1);
	assert_int_equal(longs("un deux trois quatre cinq six : sept huit neuf dix onze douze treize"), 0);
	assert_int_equal(longs("un deux trois quatre cinq six\nsept huit neuf dix onze douze treize"), 0);
	assert_int_equal(longs("un deux trois quatre cinq six sept huit neuf dix onze [douze](https://a.example/b c)"), 0);
	assert_int_equal(longs("un deux trois quatre cinq six sept huit neuf dix onze *douze treize*"), 0);
	assert_int_equal(longs("- un deux trois quatre cinq six sept huit neuf dix onze 12\u00A0h\u00A030\u00A0?"), 0);
}

TEST(agents_without_the_network_write_nothing)
{
	ask_as(given_account("cheffe@hauts.example", "Ana", given_organisation("Hauts"), ROLE_STRUCTURE_MANAGER));
	expect_status(get("/agent/ecrits"), 404);
	expect_status(get(WIFI), 404);
}

TEST(the_back_office_is_light_and_has_no_fault)
{
	static const char *const paths[] = { "/agent/ecrits", "/en/agent/ecrits?voir=conseil", "/agent/ecrits/nouveau", WIFI, WIFI "?langue=ar", WIFI "/historique",
		WIFI "/retirer", WIFI "/livre" };
	coordinator();
	expect_status(fill(WIFI, TEXT PUBLISH), 303);
	for (size_t i = 0; i < lengthof(paths); i++) {
		struct answer a = get(paths[i]);
		struct look look = look_at(unit_arena(1 << 22), a.body);
		if (look.fault || look.elements > 350)
			fail_msg("%s: %s, %d elements", paths[i], look.fault ? look.fault : "sound", look.elements);
	}
	expect_status(get("/agent/ecrits/conseil/xyzzy"), 404);
	expect_status(get("/agent/ecrits/poeme/wifi"), 404);
	expect_status(get(WIFI "?langue=latin"), 404);
}

/* And what is told of them is true: the simple version is held to the same rule by po/plain. */
TEST(the_texts_that_come_with_the_program_could_be_published)
{
	struct arena *a = unit_arena((size_t)32 << 20);
	struct view v = look_view(a, LANG_FR);
	str name;
	db_use_arena(ask_db(), a);
	for (enum written_kind kind = 0; kind < WRITTEN_KINDS; kind++)
		for (size_t i = 0; article_delivered_name(kind, i, &name); i++)
			for (enum lang l = 0; l < LANG_COUNT; l++) {
				struct writing_check check;
				struct written_change c = { .kind = kind, .name = name, .lang = l, .text = article_delivered(kind, name, l) };
				assert_ok(writing_check(ask_db(), &v, &c, article_delivered(kind, name, LANG_FR), NULL, &check));
				for (size_t f = 0; f < check.faults.n + check.doubts.n; f++) {
					const struct tell *t = f < check.faults.n ? &check.faults.v[f] : &check.doubts.v[f - check.faults.n];
					fail_msg("%.*s in %s: %zu: %.*s", STR_ARG(name), langs[l].name, t->line, STR_ARG(t->words));
				}
			}
}
