/* Where a campaign's page leads to, in other modules: their addresses only, for each guards its own. */
#include "equipment/equipment.h"

#include "html/i18n.h"

const struct campaign_link campaign_links[] = {
	{ "/dossiers", N_("Dossiers des familles") },
	{ "/listes", N_("Listes de familles") },
	{ "/etat", N_("Où en est-on ?") },
	{ "/attribution", N_("Attribution des ordinateurs") },
	{ "/charte", N_("Charte d’engagement") },
	{ "/remises", N_("Jours de remise") },
	{ "/apres-vente", N_("Après-vente") },
	{ "/reunions", N_("Réunions de présentation") },
	{ NULL, NULL },
};
