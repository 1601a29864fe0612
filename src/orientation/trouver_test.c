/* Five questions lead to places, with the reasons; nothing is a dead end. */
#include "given.h"
#include "db/db.h"
#include "directory/directory.h"


TEST(questions_come_one_a_page_and_keep_the_answers)
{
	struct answer first = get("/trouver");
	expect_status(first, 200);
	expect_text(first, "Que voulez-vous faire ?");
	expect_text(first, "action=\"/trouver\"");
	struct answer second = get("/trouver?quoi=demarches");
	expect_text(second, "C’est pour qui ?");
	expect_text(second, "<input type=\"hidden\" name=\"quoi\" value=\"demarches\">");
	expect_text(second, "href=\"/trouver\"");
	struct answer last = get("/trouver?quoi=demarches&qui=nsp&frais=gratuit&comment=nsp");
	expect_text(last, "Où cherchez-vous ?");
	expect_text(last, "action=\"/trouver/resultats\"");
	expect_text(last, "href=\"/trouver?quoi=demarches&amp;qui=nsp&amp;frais=gratuit\"");
}

TEST(one_answer_is_changed_without_the_others)
{
	struct answer a = get("/en/trouver?quoi=demarches&ou=Nantes&question=quoi");
	expect_text(a, "value=\"demarches\" checked");
	expect_text(a, "name=\"ou\" value=\"Nantes\"");
	expect_text(a, "action=\"/en/trouver/resultats\"");
}

TEST(results_say_why)
{
	given_demo();
	struct answer a = get("/trouver/resultats?quoi=demarches&qui=nsp&frais=gratuit&comment=venir&ou=44100");
	expect_status(a, 200);
	expect_text(a, "5 lieux pour vous");
	expect_text(a, "Gratuit. Pour vos démarches. Venez sans rendez-vous. À Nantes.");
	expect_text(a, "/trouver?quoi=demarches&amp;qui=nsp&amp;frais=gratuit&amp;comment=venir&amp;ou=44100&amp;question=frais");
	expect_text(a, "/lieux?service=demarches");
	expect_absent(a, "Voici aussi");
}

TEST(too_few_places_widen_and_say_so)
{
	given_demo();
	struct answer elsewhere = get("/trouver/resultats?quoi=materiel&frais=gratuit&ou=44400");
	expect_text(elsewhere, "Il n’y en a pas à « 44400 ».");
	expect_text(elsewhere, "ne sont pas gratuits");
	struct answer unknown = get("/trouver/resultats?quoi=demarches&ou=Trifouillis");
	expect_text(unknown, "Nous ne connaissons pas de lieu à « Trifouillis ».");
	expect_text(unknown, "5 lieux pour vous");
}

TEST(places_of_other_publics_are_left_out)
{
	given_demo();
	struct answer a = get("/trouver/resultats?quoi=outils&qui=seniors");
	expect_text(a, "Accueille les personnes âgées");
	expect_absent(a, "Accueille les jeunes");
}

TEST(an_empty_directory_still_helps)
{
	struct answer a = get("/trouver/resultats?quoi=demarches");
	expect_status(a, 200);
	expect_text(a, "Aucun lieu trouvé");
	expect_text(a, "quelqu’un cherche avec vous");
}

TEST(what_is_no_answer_is_asked_again)
{
	expect_status(get("/trouver?quoi=voler"), 400);
	expect_status(get("/trouver/resultats?frais=cher"), 400);
}

TEST(the_sheet_leads_from_each_wish_to_a_place)
{
	given_demo();
	struct answer a = get("/trouver/fiche?ou=Nantes");
	expect_status(a, 200);
	expect_text(a, "Chercher du travail");
	expect_text(a, "tel:+33");
	expect_text(a, "À écrire ensemble");
}
