/* The table of desk triage; see rules.h. Its words are read by the agent and, printed, by the resident: plain, short, in four languages. */
#include "triage/rules.h"

const struct choice triage_devices[] = {
	{ "ordinateur", N_("Un ordinateur ou une tablette") }, { "telephone", N_("Seulement un téléphone") }, { "rien", N_("Rien") }, { NULL, NULL },
};
const struct choice triage_connections[] = {
	{ "box", N_("Oui, à la maison") }, { "forfait", N_("Seulement avec le téléphone") }, { "non", N_("Non") }, { NULL, NULL },
};
const struct choice triage_alone[] = {
	{ "seul", N_("Oui, sans aide") }, { "aide", N_("Oui, avec de l’aide") }, { "non", N_("Non") }, { NULL, NULL },
};
const struct choice triage_done[] = { { "oui", N_("Oui") }, { "aide", N_("Avec de l’aide") }, { "non", N_("Non") }, { NULL, NULL } };

#define ANYBODY 1, 3
#define NOT_ALONE 2, 3                           /* who does procedures alone has done this */
#define WITH_A_DEVICE 1, 2

const struct triage_facts triage_facts[TQ_COUNT] = {
	[TQ_DEVICE] = { "appareil", N_("Avez-vous un appareil à la maison ?"), triage_devices, ANYBODY },
	[TQ_CONNECTION] = { "connexion", N_("Avez-vous Internet ?"), triage_connections, ANYBODY },
	[TQ_ALONE] = { "seul", N_("Faites-vous vos démarches sur Internet ?"), triage_alone, ANYBODY },
	[TQ_MESSAGE] = { "message", N_("Écrire un message"), triage_done, NOT_ALONE },
	[TQ_ATTACH] = { "joindre", N_("Envoyer une photo ou un papier avec un message"), triage_done, WITH_A_DEVICE },
	[TQ_SEARCH] = { "chercher", N_("Trouver une information sur Internet"), triage_done, NOT_ALONE },
	[TQ_PASSWORD] = { "passe", N_("Entrer dans un compte avec un mot de passe"), triage_done, ANYBODY },
	[TQ_FORM] = { "formulaire", N_("Remplir une demande sur Internet"), triage_done, NOT_ALONE },
	[TQ_MEETING] = { "rendez-vous", N_("Prendre un rendez-vous sur Internet"), triage_done, NOT_ALONE },
	[TQ_RIGHTS] = { "droits", N_("Regarder son compte Caf, impôts, retraite ou France Travail"), triage_done, ANYBODY },
	[TQ_SCHOOL] = { "ecole", N_("Lire les messages de l’école d’un enfant"), triage_done, ANYBODY },
	[TQ_PRINT] = { "imprimer", N_("Imprimer un papier"), triage_done, ANYBODY },
	[TQ_FRAUD] = { "arnaque", N_("Reconnaître un faux message, une arnaque"), triage_done, ANYBODY },
};

bool triage_asks(const struct triage_answers *a, enum triage_question q)
{
	const struct triage_facts *f = &triage_facts[q];
	if (q < TQ_ITEMS)
		return true;
	return a->need[TQ_ALONE] >= f->alone_least && a->need[TQ_DEVICE] <= f->device_most;
}

const struct triage_step triage_steps[] = {
	{ .title = N_("Faire vos démarches avec quelqu’un"),
	  .detail = N_("Une personne s’assoit avec vous et vous aide. C’est vous qui décidez."),
	  .bring = N_("Le dernier courrier reçu, vos codes si vous en avez, votre téléphone et son chargeur."),
	  .wish = "demarches",
	  .any = { { TQ_ALONE, 3 }, { TQ_FORM, 3 }, { TQ_MEETING, 3 }, { TQ_RIGHTS, 3 } } },
	{ .title = N_("Avoir un ordinateur à la maison"),
	  .detail = N_("Des lieux vendent des ordinateurs réparés, pas chers. Demandez le prix avant de venir."),
	  .bring = N_("Une preuve de ce que vous gagnez : le prix est parfois plus bas."),
	  .wish = "materiel", .equipment = true,
	  .any = { { TQ_DEVICE, 2 } } },
	{ .title = N_("Trouver un ordinateur et une imprimante près de chez vous"),
	  .detail = N_("Ces lieux ont un ordinateur, Internet et souvent une imprimante. Quelqu’un vous montre."),
	  .bring = N_("Le papier à imprimer, sur votre téléphone ou dans votre messagerie."),
	  .wish = "acces", .pages = { { WRITTEN_CONSEIL, "imprimer" } },
	  .any = { { TQ_DEVICE, 3 }, { TQ_CONNECTION, 3 }, { TQ_PRINT, 2 } } },
	{ .title = N_("Apprendre, à votre rythme"),
	  .detail = N_("On apprend en petit groupe ou avec une personne. Vous pouvez venir sans rien savoir."),
	  .bring = N_("Votre appareil et son chargeur, si vous en avez un."),
	  .wish = "outils",
	  .any = { { TQ_ALONE, 2 }, { TQ_MESSAGE, 2 }, { TQ_ATTACH, 2 }, { TQ_SEARCH, 2 } } },
	{ .title = N_("Protéger vos comptes"),
	  .detail = N_("Ne donnez jamais un code par téléphone. Un lieu vous aide à choisir de bons mots de passe."),
	  .wish = "securite", .pages = { { WRITTEN_CONSEIL, "mot-de-passe" }, { WRITTEN_CONSEIL, "arnaques" } },
	  .any = { { TQ_PASSWORD, 2 }, { TQ_FRAUD, 2 } } },
	{ .title = N_("Suivre l’école de votre enfant"),
	  .detail = N_("Un lieu vous montre où lire les messages de l’école, et comment répondre."),
	  .bring = N_("Les codes donnés par l’école."),
	  .wish = "parents", .pages = { { WRITTEN_DEMARCHE, "ecole-cantine" } },
	  .any = { { TQ_SCHOOL, 2 } } },
	{ .title = N_("Avoir Internet sans payer"),
	  .detail = N_("Le wifi est gratuit dans beaucoup de lieux. Ne donnez pas votre carte bancaire sur ce wifi."),
	  .pages = { { WRITTEN_CONSEIL, "wifi" } },
	  .any = { { TQ_CONNECTION, 2 } } },
};
const size_t triage_steps_count = lengthof(triage_steps);

/* For whom nothing lacks. */
static const struct triage_step go_on = {
	.title = N_("Aller plus loin"),
	.detail = N_("Vous savez déjà beaucoup. Un lieu peut vous apprendre autre chose, et vous pouvez y aider quelqu’un."),
	.wish = "outils",
};

static bool met(const struct triage_step *s, const struct triage_answers *a)
{
	for (size_t i = 0; i < TRIAGE_CONDITIONS && s->any[i].least; i++)
		if (a->need[s->any[i].question] >= s->any[i].least)
			return true;
	return false;
}

size_t triage_next(const struct triage_answers *a, const struct triage_step **ret)
{
	size_t n = 0;
	for (size_t i = 0; i < triage_steps_count; i++)
		if (met(&triage_steps[i], a))
			ret[n++] = &triage_steps[i];
	if (!n)
		ret[n++] = &go_on;
	return n;
}

/* ---- as it is kept ---- */

str triage_text(struct arena *a, const struct triage_answers *answers)
{
	struct buf b = buf_new(a, 1024);
	for (enum triage_question q = 0; q < TQ_COUNT; q++)
		if (answers->need[q])
			buf_printf(&b, "%s%s=%d", b.n ? " " : "", triage_facts[q].name, answers->need[q]);
	return buf_str(&b);
}

void triage_read(str text, struct triage_answers *ret)
{
	str one, name;
	*ret = (struct triage_answers){ { 0 } };
	while (str_next(&text, ' ', &one)) {
		i64 need;
		if (!str_next(&one, '=', &name) || !str_i64(one, &need) || need < 1 || need > 3)
			continue;
		for (enum triage_question q = 0; q < TQ_COUNT; q++)
			if (str_eq(name, str_c(triage_facts[q].name)))
				ret->need[q] = (u8)need;
	}
}
