/* What a person reads when a request cannot be answered. Nobody is blamed, and the way on is on the page. */
#include "pages/errors.h"

#include "pages/errors_html.h"
#include "pages/pages.h"

static const struct error_text texts[] = {
	{ 500, N_("Panne chez nous"), N_("Une panne, chez nous"),
	  N_("Ce n’est pas votre faute. La panne est notée dans notre journal. Attendez une minute, puis rechargez la page."), false },
	{ 400, N_("Demande incomplète"), N_("Nous n’avons pas compris la demande"),
	  N_("Votre navigateur l’a envoyée incomplète, ou l’adresse est mal recopiée. Vous n’avez rien cassé : revenez en arrière "
	     "et réessayez."), false },
	{ 403, N_("Formulaire refusé"), N_("Ce formulaire ne peut plus être envoyé"),
	  N_("La page est peut-être restée ouverte trop longtemps, ou le formulaire vient d’un autre site. Revenez en arrière, "
	     "rechargez la page et envoyez-le à nouveau."), false },
	{ 404, N_("Page introuvable"), N_("Cette page n’est plus à quai"),
	  N_("L’adresse est peut-être mal recopiée, ou la page a changé de place. Vous n’avez rien cassé."), true },
	{ 405, N_("Adresse mal utilisée"), N_("Cette adresse ne s’ouvre pas ainsi"),
	  N_("Elle attend un formulaire, ou n’en attend pas. Revenez en arrière, puis passez par les liens de la page."), false },
	{ 409, N_("Déjà changé"), N_("Quelqu’un est passé avant vous"),
	  N_("Cela a été fait ou modifié pendant que vous écriviez. Revenez en arrière et regardez où c’en est."), false },
	{ 413, N_("Envoi trop lourd"), N_("C’est trop lourd pour nous"),
	  N_("Ce que vous envoyez dépasse la taille permise. Revenez en arrière : envoyez un texte plus court ou un fichier plus "
	     "petit."), false },
	{ 429, N_("Trop d’envois à la fois"), N_("Beaucoup d’envois viennent de votre connexion"),
	  N_("Une école ou un immeuble entier partage parfois la même. Attendez une minute, puis envoyez à nouveau. "
	     "C’est pressé ? Téléphonez-nous."), false },
	{ 503, N_("Trop de monde"), N_("Il y a beaucoup de monde en ce moment"),
	  N_("Nous ne pouvons pas répondre tout de suite. Attendez une minute, puis rechargez la page."), false },
};

static const struct error_text *text_of(int status)
{
	for (size_t i = 0; i < lengthof(texts); i++)
		if (texts[i].status == status)
			return &texts[i];
	return &texts[status >= 400 && status < 500 ? 1 : 0];
}

enum err error_page_html(struct view *v, int status)
{
	const struct error_text *text = text_of(status);
	v->noindex = true;
	v->alternate = (str){ NULL, 0 };
	v->description = tr(v->lang, text->title);
	return error_body_html(v, text);
}
