/* The texts of all messages, in one place so that they are read together; see msg.h. A domain that writes to people adds its
 * rows here. Short sentences, one idea a paragraph, a link alone on its line; nothing private in a subject, which others see. */
#include "msg/msg.h"

const struct msg_template msg_templates[] = {
	/* {1} who invites, {2} the link, {3} until when it is good ("le 3 décembre 2026") */
	{
		"account-invitation", N_("Invitation à ouvrir un compte"), 3, N_("Votre invitation"),
		{
			N_("Bonjour,"),
			N_("{1} vous invite à ouvrir un compte pour le plan numérique de la ville."),
			N_("Pour choisir votre mot de passe, ouvrez cette adresse :"),
			"{2}",
			N_("Elle sert une seule fois, jusqu’à cette date : {3}."),
			N_("Si vous n’attendiez pas ce message, ne faites rien."),
		},
	},
	/* no values: what `gabare outbox test` sends */
	{
		"outbox-test", N_("Essai d’envoi"), 0, N_("Essai d’envoi"),
		{
			N_("Bonjour,"),
			N_("Ce message est un essai. S’il vous est arrivé, les envois fonctionnent."),
		},
		N_("Ce message est un essai. S’il vous est arrivé, les envois fonctionnent."),
	},
};
const size_t msg_templates_count = lengthof(msg_templates);

const struct msg_template *msg_template(str name)
{
	for (size_t i = 0; i < msg_templates_count; i++)
		if (str_eq(name, str_c(msg_templates[i].name)))
			return &msg_templates[i];
	return NULL;
}
