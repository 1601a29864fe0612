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
	/* {1} the place, {2} the link, {3} until when ("31 décembre 2026"), {4} the code */
	{
		"census-request", N_("Recensement : demande"), 4, N_("Vos informations dans l’annuaire de l’aide numérique"),
		{
			N_("Bonjour,"),
			N_("Ce lieu est dans l’annuaire de l’aide numérique de la ville : {1}."),
			N_("Dites-nous si tout est encore juste. Cela prend cinq minutes, sans compte ni mot de passe."),
			N_("Ouvrez cette adresse, et répondez avant le {3} :"),
			"{2}",
			N_("Ou tapez ce code sur la page /recensement du site :"),
			"{4}",
			N_("Vos réponses paraîtront sur le site, dans le guide sur papier et dans les données ouvertes."),
		},
	},
	{
		"census-reminder", N_("Recensement : rappel"), 4, N_("Rappel : vos informations dans l’annuaire de l’aide numérique"),
		{
			N_("Bonjour,"),
			N_("Nous n’avons pas encore votre réponse pour ce lieu : {1}."),
			N_("Si rien n’a changé, il suffit de le confirmer. Cela prend cinq minutes, sans compte ni mot de passe."),
			N_("Ouvrez cette adresse, et répondez avant le {3} :"),
			"{2}",
			N_("Ou tapez ce code sur la page /recensement du site :"),
			"{4}",
			N_("Merci. Sans réponse, les habitants liront que ces informations sont peut-être anciennes."),
		},
	},
	/* {1} how many places, {2} each with its link, {3} until when */
	{
		"census-request-many", N_("Recensement : demande pour plusieurs lieux"), 3, N_("Vos informations dans l’annuaire de l’aide numérique"),
		{
			N_("Bonjour,"),
			N_("Dans l’annuaire de l’aide numérique de la ville, {1} lieux ont votre adresse. Dites-nous, pour chacun, si tout est encore juste."),
			N_("Cela prend cinq minutes par lieu, sans compte ni mot de passe. Chaque lieu a son adresse de réponse, jusqu’au {3} :"),
			"{2}",
			N_("Vos réponses paraîtront sur le site, dans le guide sur papier et dans les données ouvertes."),
		},
	},
	{
		"census-reminder-many", N_("Recensement : rappel pour plusieurs lieux"), 3, N_("Rappel : vos informations dans l’annuaire de l’aide numérique"),
		{
			N_("Bonjour,"),
			N_("Nous n’avons pas encore votre réponse pour {1} lieux qui ont votre adresse. Si rien n’a changé, il suffit de le confirmer."),
			N_("Chaque lieu a son adresse de réponse, sans compte ni mot de passe, jusqu’au {3} :"),
			"{2}",
			N_("Merci. Sans réponse, les habitants liront que ces informations sont peut-être anciennes."),
		},
	},
	/* {1} who added them, {2} the structure they are the contact of, {3} the link */
	{
		"network-consent", N_("Réseau : question à un contact"), 3, N_("Voulez-vous recevoir les messages du réseau ?"),
		{
			N_("Bonjour,"),
			N_("{1} nous a donné votre adresse, comme contact de cette structure : {2}."),
			N_("Les structures qui aident au numérique dans la ville forment un réseau. Ses messages parlent de rencontres, de formations et de projets communs."),
			N_("Dites ici si vous voulez les recevoir, oui ou non :"),
			"{3}",
			N_("Si vous dites oui, vous pourrez arrêter quand vous voudrez, par la même adresse."),
			N_("Sans réponse, vous ne recevrez pas ces messages, et votre adresse sera oubliée au bout de trois mois."),
		},
	},
	{
		"network-again", N_("Réseau : question à nouveau"), 3, N_("Voulez-vous encore recevoir les messages du réseau ?"),
		{
			N_("Bonjour,"),
			N_("Il y a trois ans ou plus, vous avez accepté les messages du réseau, comme contact de cette structure : {2}."),
			N_("Dites ici si vous voulez continuer, oui ou non :"),
			"{3}",
			N_("Sans réponse, votre adresse sera oubliée au bout de trois mois."),
		},
	},
	/* {1} its subject, {2} its text, {3} the link by which one withdraws */
	{
		"network-mail", N_("Réseau : message"), 3, N_("Réseau : {1}"),
		{
			"{2}",
			N_("Vous recevez ce message parce que vous avez accepté ceux du réseau."),
			N_("Pour ne plus les recevoir, ouvrez cette adresse :"),
			"{3}",
		},
	},
	/* {1} the decision, {2} why this rank, {3} the points line by line, {4} what would change it, {5} that an algorithm was used and who decided,
	   {6} how to contest, {7} the file ("K7QM-2RXD"), {8} whom to call */
	{
		"award-notice", N_("Attribution : réponse à une famille"), 8, N_("Votre demande d’ordinateur : réponse"),
		{
			N_("Bonjour,"),
			"{1}",
			"{2}",
			"{3}",
			"{4}",
			"{5}",
			"{6}",
			N_("Votre dossier : {7}."),
		},
		N_("Votre demande d’ordinateur a une réponse. Pour la comprendre ou contester : {8}. Dossier {7}."),
	},
	/* {1} when ("lundi 14 décembre 2026 à 18 h"), {2} where, {3} who presents, {4} how to answer, in a sentence; {5} to {7}: when, where and how
	 * to answer again, as short as an SMS needs */
	{
		"meeting-invitation", N_("Réunion de présentation : invitation"), 7, N_("Réunion sur les ordinateurs prêtés aux familles"),
		{
			N_("Bonjour,"),
			N_("Des ordinateurs sont prêtés à des familles. Une réunion explique comment en avoir un, et ce qui est demandé en échange."),
			N_("Quand : {1}.\nOù : {2}.\nQui vous reçoit : {3}."),
			N_("Venir ne vous engage à rien. Venez avec vos enfants, ou avec quelqu’un qui vous aide."),
			"{4}",
		},
		N_("réunion sur l’ordinateur prêté aux familles, {5}, {6}. {7}"),
	},
	{
		"meeting-reminder", N_("Réunion de présentation : rappel"), 7, N_("Rappel : réunion sur les ordinateurs prêtés aux familles"),
		{
			N_("Bonjour,"),
			N_("La réunion sur les ordinateurs prêtés aux familles a lieu bientôt."),
			N_("Quand : {1}.\nOù : {2}."),
			N_("Si vous ne pouvez pas venir, dites-le : un autre jour vous sera proposé."),
			"{4}",
		},
		N_("rappel, réunion sur l’ordinateur, {5}, {6}. {7}"),
	},
	{
		"meeting-change", N_("Réunion de présentation : changement"), 7, N_("Changement : réunion sur les ordinateurs prêtés aux familles"),
		{
			N_("Bonjour,"),
			N_("La réunion sur les ordinateurs prêtés aux familles a changé. Ce qui suit remplace ce que vous aviez reçu."),
			N_("Quand : {1}.\nOù : {2}."),
			"{4}",
		},
		N_("la réunion sur l’ordinateur change. Elle est {5}, {6}. {7}"),
	},
	{
		"meeting-cancellation", N_("Réunion de présentation : annulation"), 7, N_("Annulée : réunion sur les ordinateurs prêtés aux familles"),
		{
			N_("Bonjour,"),
			N_("Cette réunion n’aura pas lieu : {1}, {2}."),
			N_("Un autre jour vous sera proposé. Vous n’avez rien à faire."),
		},
		N_("la réunion sur l’ordinateur, {5}, n’aura pas lieu. Un autre jour vous sera proposé."),
	},
	/* {1} when ("samedi 12 décembre 2026 à 9 h 20"), {2} where, {3} whom to call when one cannot come, in a sentence; {4} to {6}: when, where and
	 * whom to call again, as short as an SMS needs */
	{
		"handover-invitation", N_("Remise d’un ordinateur : invitation"), 6, N_("Votre ordinateur : rendez-vous"),
		{
			N_("Bonjour,"),
			N_("Un ordinateur est prêt pour votre famille. Voici quand venir le chercher."),
			N_("Quand : {1}.\nOù : {2}."),
			N_("Un adulte de la famille vient. Apportez ce message, et un sac solide."),
			N_("Nous allumons l’ordinateur avec vous. Vous repartez avec lui, et avec une date pour apprendre à vous en servir."),
			"{3}",
		},
		N_("votre ordinateur est prêt. Venez {4}, {5}. Un adulte, un sac. {6}"),
	},
	{
		"handover-reminder", N_("Remise d’un ordinateur : rappel"), 6, N_("Rappel : rendez-vous pour votre ordinateur"),
		{
			N_("Bonjour,"),
			N_("Vous venez bientôt chercher votre ordinateur."),
			N_("Quand : {1}.\nOù : {2}."),
			N_("Un adulte de la famille vient. Apportez ce message, et un sac solide."),
			"{3}",
		},
		N_("rappel, votre ordinateur : {4}, {5}. Un adulte, un sac. {6}"),
	},
	{
		"handover-change", N_("Remise d’un ordinateur : changement"), 6, N_("Changement : rendez-vous pour votre ordinateur"),
		{
			N_("Bonjour,"),
			N_("Votre rendez-vous pour l’ordinateur a changé. Ce qui suit remplace ce que vous aviez reçu."),
			N_("Quand : {1}.\nOù : {2}."),
			N_("Un adulte de la famille vient. Apportez ce message, et un sac solide."),
			"{3}",
		},
		N_("votre rendez-vous change. Venez chercher l’ordinateur {4}, {5}. {6}"),
	},
	{
		"handover-cancellation", N_("Remise d’un ordinateur : annulation"), 6, N_("Annulé : rendez-vous pour votre ordinateur"),
		{
			N_("Bonjour,"),
			N_("Ce rendez-vous n’aura pas lieu : {1}, {2}."),
			N_("L’ordinateur reste pour vous. Un autre jour vous sera proposé. Vous n’avez rien à faire."),
		},
		N_("le rendez-vous du {4} n’aura pas lieu. L’ordinateur reste pour vous. Un autre jour vous sera proposé."),
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
