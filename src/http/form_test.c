/* What people type in forms, and what they are told when it cannot be right. */
#include "http/form.h"

#include "base/timex.h"

#include "unit.h"

static const struct choice places[] = { { "domicile", "À domicile" }, { "lieu", "Dans un lieu" }, { NULL, NULL } };

FORM_FIELDS(all,
	{ "nom", F_TEXT, "Votre nom", .required = true, .max = 10 },
	{ "mot", F_LINES, "Un mot" },
	{ "age", F_INT, "Votre âge", .min = 1, .max = 120 },
	{ "prix", F_REAL, "Le prix" },
	{ "jour", F_DATE, "Le jour" },
	{ "accord", F_BOOL, "Votre accord" },
	{ "lieu", F_CHOICE, "Où", .choices = places },
	{ "lieux", F_CHOICES, "Où", .choices = places },
	{ "tel", F_PHONE, "Votre téléphone" },
	{ "mel", F_EMAIL, "Votre adresse e-mail" },
	{ "passe", F_PASSWORD, "Mot de passe", .min = 8 },
	{ "carte", F_TEXT, "La carte", .required = true, .missing = "Écrivez le numéro de la carte.", .min = 4, .wrong = "La carte a quatre signes." },
);

static struct req *req;

/* Reads a form of one field, and two that are right. */
static str fault_of(enum lang l, const char *name, const char *value)
{
	struct pair v[] = { { str_c(name), str_c(value) }, { S("nom"), S("Léa") }, { S("carte"), S("1234") } };

	if (!req) {
		struct arena *a = arena_new(8 << 20);
		req = arena_one(a, struct req);
		req->a = req->v.a = a;
	}
	req->v.lang = l;
	req->form = form_read(req, FORM(all), &(struct pairs){ v, lengthof(v) });
	return form_error_of(req, name);
}

static void right(const char *name, const char *value)
{
	str fault = fault_of(LANG_FR, name, value);

	if (fault.p || !form_given(req, name))
		fail_msg("%s=%s: %.*s", name, value, STR_ARG(fault));
}

static void wrong(const char *name, const char *value, const char *says)
{
	str fault = fault_of(LANG_FR, name, value);

	if (!str_eq(fault, str_c(says)))
		fail_msg("%s=%s: \"%.*s\" instead of \"%s\"", name, value, STR_ARG(fault), says);
	assert_false(form_given(req, name));
	assert_false(form_ok(req));
}

TEST(form_text_is_trimmed_and_bounded)
{
	right("nom", "  Léa \u00a0");
	assert_str(form_text(req, "nom"), "Léa");
	right("nom", "Léa\r\nBerth\x0b");
	assert_str(form_text(req, "nom"), "Léa Berth");
	right("nom", "éééééééééé");
	wrong("nom", "ééééééééééé", "C’est trop long d’un signe\u00a0: 10 au plus.");
	wrong("nom", "abcdefghijklm", "C’est trop long de 3 signes\u00a0: 10 au plus.");
	assert_str(form_text(req, "nom"), "abcdefghijklm");
	wrong("nom", " ", "Répondez à cette question\u00a0: Votre nom");
	right("mot", "Deux\r\nlignes\n");
	assert_str(form_text(req, "mot"), "Deux\nlignes");
	wrong("carte", "123", "La carte a quatre signes.");
	wrong("carte", "", "Écrivez le numéro de la carte.");
}

TEST(form_numbers_are_read_the_french_way)
{
	double x = 0;

	right("age", " 37 ");
	assert_int_equal(form_int(req, "age", 0), 37);
	wrong("age", "0", "0, c’est trop petit\u00a0: il faut au moins 1.");
	wrong("age", "200", "200, c’est trop grand\u00a0: il faut au plus 120.");
	wrong("age", "3,5", "«\u00a03,5\u00a0» n’est pas un nombre entier\u00a0: écrivez-le sans virgule, par exemple 3.");
	wrong("age", "trois", "«\u00a0trois\u00a0» n’est pas un nombre\u00a0: écrivez-le en chiffres, par exemple 3.");
	assert_int_equal(form_int(req, "age", -1), -1);
	right("prix", "1 234,50");
	assert_true(form_real(req, "prix", &x) && x == 1234.5);
	right("prix", "1\u202f234.5");
	assert_true(form_real(req, "prix", &x) && x == 1234.5);
	right("prix", "−2");
	assert_true(form_real(req, "prix", &x) && x == -2);
	wrong("prix", "1e9", "«\u00a01e9\u00a0» n’est pas un nombre\u00a0: écrivez-le en chiffres, par exemple 3,5.");
	wrong("prix", "nan", "«\u00a0nan\u00a0» n’est pas un nombre\u00a0: écrivez-le en chiffres, par exemple 3,5.");
	assert_false(form_real(req, "prix", &x));
	fault_of(LANG_FR, "prix", "");
	assert_false(form_real(req, "prix", &x));
	assert_true(form_ok(req));
}

TEST(form_dates_have_many_shapes)
{
	static const char *const shapes[] = { "2026-03-27", "27/3/2026", "27/03/2026", "27.03.2026", "27-3-2026", "27 3 2026", " 27/ 3/2026 " };

	time_init();
	for (size_t i = 0; i < lengthof(shapes); i++) {
		right("jour", shapes[i]);
		assert_str(form_text(req, "jour"), "2026-03-27");
	}
	wrong("jour", "31/2/2026", "Il n’y a pas de 31 ce mois-là\u00a0: vérifiez le jour.");
	assert_str(form_text(req, "jour"), "31/2/2026");
	wrong("jour", "3/14/2026", "Le mois va de 1 à 12\u00a0: 14 n’en est pas un.");
	clock_set(1795000000000);
	wrong("jour", "3/4/26", "L’année s’écrit avec quatre chiffres, par exemple 2026.");
	wrong("jour", "demain", "«\u00a0demain\u00a0» n’est pas une date\u00a0: écrivez le jour, le mois et l’année, par exemple 27/3/2026.");
	wrong("jour", "27/3/2026/1", "«\u00a027/3/2026/1\u00a0» n’est pas une date\u00a0: écrivez le jour, le mois et l’année, par exemple 27/3/2026.");
}

static str three(const char *d, const char *m, const char *y)
{
	struct pair v[] = { { S("jour-jour"), str_c(d) }, { S("jour-mois"), str_c(m) }, { S("jour-annee"), str_c(y) } };

	fault_of(LANG_FR, "nom", "Léa");
	req->form = form_read(req, FORM(all), &(struct pairs){ v, lengthof(v) });
	return form_error_of(req, "jour");
}

TEST(form_dates_may_come_in_three_fields)
{
	assert_null(three("27", "3", "2026").p);
	assert_true(form_given(req, "jour"));
	assert_str(form_text(req, "jour"), "2026-03-27");
	assert_null(three("", "", "").p);
	assert_false(form_given(req, "jour"));
	assert_str(three("27", "", "2026"), "Il manque le mois de la date.");
	assert_str(three("", "3", ""), "Il manque le jour de la date.");
	assert_str(three("31", "4", "2026"), "Il n’y a pas de 31 ce mois-là\u00a0: vérifiez le jour.");
}

TEST(form_choices_are_those_proposed)
{
	right("lieu", "lieu");
	assert_true(form_has(req, "lieu", S("lieu")));
	assert_false(form_has(req, "lieu", S("domicile")));
	wrong("lieu", "ailleurs", "Choisissez une des réponses proposées.");
	assert_false(form_has(req, "lieu", S("ailleurs")));
	struct pair v[] = { { S("lieux"), S("lieu") }, { S("lieux"), S("domicile") }, { S("lieux"), S("lieu") }, { S("lieux"), S("") } };
	req->form = form_read(req, FORM(all), &(struct pairs){ v, lengthof(v) });
	assert_true(form_has(req, "lieux", S("lieu")) && form_has(req, "lieux", S("domicile")));
	v[1].value = S("ailleurs");
	req->form = form_read(req, FORM(all), &(struct pairs){ v, lengthof(v) });
	assert_str(form_error_of(req, "lieux"), "Choisissez parmi les réponses proposées.");
}

TEST(form_boxes_are_ticked_or_not)
{
	right("accord", "on");
	assert_true(form_bool(req, "accord"));
	fault_of(LANG_FR, "accord", "0");
	assert_false(form_bool(req, "accord"));
	fault_of(LANG_FR, "nom", "Léa");
	assert_false(form_bool(req, "accord"));
}

TEST(form_phones_say_what_is_missing)
{
	right("tel", "02 61 91 44 00");
	assert_str(form_text(req, "tel"), "+33261914400");
	wrong("tel", "02 61 91 44 0", "Il manque un chiffre\u00a0: 02 61 91 44 0 a 9 chiffres, il en faut 10.");
	wrong("tel", "02 61 91", "Il manque 4 chiffres\u00a0: 02 61 91 a 6 chiffres, il en faut 10.");
	wrong("tel", "02 61 91 44 00 1", "Il y a trop de chiffres dans 02 61 91 44 00 1\u00a0: il en faut 10 pour un numéro. Donnez un seul numéro.");
	wrong("tel", "3949", "3949 est un numéro court. Donnez un numéro à dix chiffres, par exemple 02 61 91 44 00.");
	wrong("tel", "+44 20 7946 0958",
	      "+44 20 7946 0958 n’est pas un numéro français. Donnez un numéro à dix chiffres, par exemple 02 61 91 44 00.");
	wrong("tel", "le mien", "«\u00a0le mien\u00a0» n’est pas un numéro de téléphone\u00a0: écrivez dix chiffres, par exemple 02 61 91 44 00.");
}

TEST(form_emails_say_what_is_missing)
{
	right("mel", " Lea.Berthaud@example.org ");
	right("mel", "o'neil+x@sous.domaine.example");
	wrong("mel", "lea.example.org", "Il manque le signe @ dans lea.example.org. Une adresse s’écrit ainsi\u00a0: prenom@exemple.fr.");
	wrong("mel", "lea @example.org", "Il y a un espace dans lea @example.org\u00a0: une adresse n’en a pas.");
	wrong("mel", "lea@example", "lea@example n’est pas une adresse complète. Elle s’écrit ainsi\u00a0: prenom@exemple.fr.");
	wrong("mel", "@example.org", "@example.org n’est pas une adresse complète. Elle s’écrit ainsi\u00a0: prenom@exemple.fr.");
	wrong("mel", "lea@b@c.fr", "lea@b@c.fr n’est pas une adresse complète. Elle s’écrit ainsi\u00a0: prenom@exemple.fr.");
	wrong("mel", "lea@exam..org", "lea@exam..org n’est pas une adresse complète. Elle s’écrit ainsi\u00a0: prenom@exemple.fr.");
}

TEST(form_passwords_keep_their_spaces)
{
	right("passe", "  huit+  ");
	assert_str(form_text(req, "passe"), "  huit+  ");
	wrong("passe", "sept...", "Le mot de passe doit avoir au moins 8 signes.");
}

TEST(form_does_not_repeat_floods)
{
	char flood[5000];

	memset(flood, '7', sizeof flood - 1);
	flood[sizeof flood - 1] = '\0';
	wrong("tel", flood, "C’est trop long pour être la réponse à cette question.");
	wrong("jour", flood, "C’est trop long pour être la réponse à cette question.");
}

TEST(form_takes_the_errors_of_rules)
{
	right("nom", "Léa");
	form_fail(req, "nom", S("Ce nom est pris."));
	form_fail(req, "nom", S("Encore."));
	assert_str(form_error_of(req, "nom"), "Ce nom est pris.");
	assert_int_equal(req->form->n_errors, 1);
	assert_false(form_ok(req));
}

static void undeclared(void)
{
	form_text(req, "autre");
}

TEST(form_aborts_on_undeclared_names)
{
	fault_of(LANG_FR, "nom", "Léa");
	assert_aborts(undeclared);
}
