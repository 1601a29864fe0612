/* Where a campaign's page leads to, in other modules: their addresses only, for each guards its own. */
#include "equipment/equipment.h"

#include "html/i18n.h"

/* In the order of a campaign. */
const struct campaign_link campaign_links[] = {
	{ "/etat", N_("Où en est-on ?") },
	{ "/listes", N_("Listes de familles") },
	{ "/dossiers", N_("Dossiers des familles") },
	{ "/reunions", N_("Réunions de présentation") },
	{ "/charte", N_("Charte d’engagement") },
	{ "/attribution", N_("Attribution des ordinateurs") },
	{ "/remises", N_("Jours de remise") },
	{ "/apres-vente", N_("Après-vente") },
	{ NULL, NULL },
};
