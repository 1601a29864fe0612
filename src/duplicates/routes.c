/* The routes and forms of duplicates. */
#include "accounts/accounts.h"
#include "duplicates/pages.h"

FORM_FIELDS(pairs_list,
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 1000 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
FORM_FIELDS(pairs_decision,
	{ .name = "deux", .kind = F_TEXT, .label = N_("Ce sont deux lieux"), .max = 50 },
	{ .name = "reprendre", .kind = F_TEXT, .label = N_("Reprendre"), .max = 50 },
);

/* Their words are the values themselves (merge.c). */
static const struct choice one_of_two[] = { { "un", NULL }, { "deux", NULL }, { NULL, NULL } };
static const struct choice one_or_both[] = { { "un", NULL }, { "deux", NULL }, { "tous", NULL }, { NULL, NULL } };
#define ONE(field) { .name = #field, .kind = F_CHOICE, .label = N_("Quelle réponse garder"), .choices = one_of_two }
#define LIST(field) { .name = #field, .kind = F_CHOICE, .label = N_("Quelle réponse garder"), .choices = one_or_both }
/* What has no question: the SIRET, to which the organisation hangs, the source and the day of the last check (merge.c). */
FORM_FIELDS(merging,
	{ .name = "garder", .kind = F_CHOICE, .label = N_("Quelle adresse Internet garder ?"), .choices = one_of_two, .required = true,
		.missing = N_("Dites quelle adresse Internet garder.") },
	ONE(nom), ONE(adresse), ONE(latitude), LIST(telephones), LIST(courriels), LIST(site_web), ONE(prise_rdv),
	ONE(horaires), ONE(fermetures), ONE(telephoner_avant), LIST(services), LIST(publics_specifiquement_adresses), LIST(prise_en_charge_specifique),
	LIST(modalites_accompagnement), LIST(langues), LIST(modalites_acces), ONE(arret), ONE(plain_pied), ONE(ascenseur), LIST(itinerance),
	LIST(frais_a_charge), ONE(tarifs), ONE(pass_accepte), LIST(typologie), ONE(structure_parente), LIST(dispositif_programmes_nationaux),
	LIST(formations_labels), ONE(autres_formations_labels), ONE(fiche_acces_libre), ONE(presentation_resume), ONE(presentation_detail), ONE(notes),
	{ .name = "version-un", .kind = F_TEXT, .label = N_("Version"), .max = 20 },
	{ .name = "version-deux", .kind = F_TEXT, .label = N_("Version"), .max = 20 },
);
const struct form_spec *const merge_spec = FORM(merging);

ROUTES(duplicates,
	ROUTE_WITH(GET, "/agent/doublons", pairs_index, CAP_NETWORK, SCOPE(scope_somewhere), FORM(pairs_list), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/doublons", pairs_decide, CAP_NETWORK, SCOPE(scope_somewhere), FORM(pairs_decision), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/doublons/:paire", merge_form, CAP_NETWORK, SCOPE(scope_somewhere), FORM(merging), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/doublons/:paire", merge_post, CAP_NETWORK, SCOPE(scope_somewhere), FORM(merging), ROUTE_AGENT),
);
