/* Every procedure and every piece of advice is there in each language, whole; quizzes explain and keep nothing. */
#include "given.h"

#include "content/article.h"
#include "look.h"

static const char *const procedures[] = {"impots", "caf", "sante", "france-travail", "retraite", "carte-identite", "permis-carte-grise",
	"titre-sejour", "ecole-cantine", "bourse", "cheque-energie", "liste-electorale"};
static const char *const advice[] = {"mot-de-passe", "arnaques", "messagerie-bloquee", "wifi", "ecrans-enfants", "imprimer", "garder-papiers"};

static struct article whole_article(enum lang l, enum written_kind kind, const char *name)
{
	struct view v = look_view(unit_arena(1 << 18), l);
	struct article article;
	db_use_arena(ask_db(), v.a);
	if (article_find(ask_db(), &v, kind, str_c(name), &article) != OK || article.lang != l)
		fail_msg("%s is missing in %s", name, langs[l].name);
	if (!article.title.n || !article.lead.n || !article.parts.n)
		fail_msg("%s in %s has no title, lead or part", name, langs[l].name);
	for (size_t i = 0; i < article.parts.n; i++)
		if (!article.parts.v[i].title.n || !article.parts.v[i].text.n)
			fail_msg("%s in %s: part %zu is empty", name, langs[l].name, i);
	return article;
}

TEST(procedures_are_whole_in_every_language)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		for (size_t i = 0; i < lengthof(procedures); i++)
			assert_int_equal(whole_article(l, WRITTEN_DEMARCHE, procedures[i]).parts.n, 2);
}

TEST(advice_has_a_quiz_of_five_in_every_language)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		for (size_t i = 0; i < lengthof(advice); i++) {
			struct article article = whole_article(l, WRITTEN_CONSEIL, advice[i]);
			assert_int_equal(article.quiz.n, QUIZ_QUESTIONS);
			for (size_t q = 0; q < article.quiz.n; q++) {
				const struct quiz_question *question = &article.quiz.v[q];
				if (question->n_replies < 2 || !question->why.n || !question->replies[question->right].n)
					fail_msg("%s in %s: question %zu is not whole", advice[i], langs[l].name, q + 1);
			}
		}
}

TEST(a_procedure_says_what_to_bring_and_who_helps)
{
	struct answer a = get("/demarches/impots");
	expect_status(a, 200);
	expect_text(a, "<h2>À apporter</h2>");
	expect_text(a, "votre numéro fiscal");
	expect_text(a, "href=\"/lieux?service=demarches\"");
	expect_text(get("/ar/demarches/caf"), "<bdi lang=\"fr\">caf.fr</bdi>");
	expect_text(get("/demarches"), "href=\"/demarches/titre-sejour\"");
	expect_status(get("/demarches/voler"), 404);
}

TEST(a_quiz_explains_each_answer)
{
	struct answer asked = get("/conseils/arnaques/quiz");
	expect_status(asked, 200);
	expect_text(asked, "Voir les réponses");
	struct answer a = get("/conseils/arnaques/quiz?q1=1&q2=1");
	expect_text(a, "Réponses justes : 1 sur 5.");
	expect_order(a, "C’est juste.", "Ce n’est pas cela.", "La vraie banque ne demande jamais ce code.", "Vous n’avez pas répondu.");
	expect_absent(a, "Voir les réponses");
	expect_status(get("/conseils/arnaques/quiz?q1=9"), 400);
	expect_text(get("/en/conseils"), "Recognise a scam");
}

static struct article_faults faults_of(const char *text, struct article *ret)
{
	struct article_faults faults = { .n = 0 };
	*ret = (struct article){ .name = S("x") };
	article_parse(unit_arena(1 << 20), str_c(text), ret, &faults);
	return faults;
}

TEST(any_text_is_read_within_its_bounds)
{
	struct article a;
	assert_int_equal(faults_of("", &a).n, 2);        /* no title, no lead */
#define QUESTION "? q\n+ a\n- b\n> c\n"
	struct article_faults f = faults_of("# A\n\nm\n- un\n\n" QUESTION QUESTION QUESTION QUESTION QUESTION "? 6\n+ a\n- b\n+ z\n", &a);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.v[0].line, 26);
	assert_int_equal(f.v[0].what, QUIZ_TOO_MANY);
	assert_int_equal(a.quiz.n, QUIZ_QUESTIONS);
	assert_str(a.lead, "m\n- un\n");
	assert_int_equal(faults_of("? rien\n", &a).n, 5);
	assert_int_equal(a.quiz.v[0].n_replies, 0);
}

TEST(what_the_city_publishes_stands_over_what_comes_with_the_program)
{
	given_written(WRITTEN_DEMARCHE, "caf", LANG_EN, "# The Caf of the city\n\nOne word.");
	expect_text(get("/en/demarches/caf"), "The Caf of the city");
	expect_text(get("/en/demarches"), "The Caf of the city");
	expect_text(get("/demarches/caf"), "Demander une aide à la Caf");
	given_written(WRITTEN_DEMARCHE, "braderie", LANG_FR, "# La braderie\n\nUn mot.");
	expect_order(get("/demarches"), "Déclarer ses impôts", "liste électorale", "La braderie");
	expect_status(get("/conseils/braderie"), 404);
}

TEST(a_page_that_is_not_translated_is_shown_in_french_and_marked_so)
{
	given_written(WRITTEN_CONSEIL, "braderie", LANG_FR, "# La braderie\n\nUn mot.\n\n? Quand\n+ jamais\n- toujours\n> parce que");
	struct answer a = get("/ar/conseils/braderie");
	expect_text(a, "<article lang=\"fr\" dir=\"ltr\">");
	expect_text(a, "noindex");
	expect_absent(get("/simple/conseils/braderie"), "<article");
	expect_text(get("/ar/conseils"), "<bdi lang=\"fr\">La braderie</bdi>");
	a = get("/ar/conseils/braderie/quiz?q1=2");
	expect_text(a, "<bdi lang=\"fr\">parce que</bdi>");
	expect_text(a, "<bdi lang=\"fr\">jamais</bdi>");
	expect_text(get("/ar/conseils/braderie/quiz"), "<bdi lang=\"fr\">toujours</bdi>");
}
