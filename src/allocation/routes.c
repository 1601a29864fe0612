/* The routes and forms of allocation. */
#include "accounts/accounts.h"
#include "allocation/pages.h"

#define NUMBER(name_, label_, most_) { .name = name_, .kind = F_INT, .label = label_, .required = true, .min = 0, .max = most_ }
#define ACTION { .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 }

FORM_FIELDS(rules_form,
	ACTION,
);
/* Its numbers are those of param_kinds (params.c), in their order: rule.c checks it. */
FORM_FIELDS(rule_form,
	ACTION,
	{ .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom"), .required = true, .max = PARAMS_NAME_MAX },
	{ .name = "reference", .kind = F_TEXT, .label = N_("Référence"), .required = true, .max = PARAMS_REFERENCE_MAX },
	{ .name = "debut", .kind = F_DATE, .label = N_("En vigueur du"), .required = true },
	{ .name = "fin", .kind = F_DATE, .label = N_("jusqu’au") },
	NUMBER("enfant", N_("Par enfant à l’école"), 1000),
	NUMBER("enfants_au_plus", N_("Pour les enfants, au plus"), 10000),
	NUMBER("aucun_appareil", N_("Aucun appareil"), 1000),
	NUMBER("appareil_partage", N_("Un appareil partagé ou prêté"), 1000),
	NUMBER("un_appareil", N_("Un seul appareil pour le foyer"), 1000),
	NUMBER("aucune_connexion", N_("Aucune connexion"), 1000),
	NUMBER("connexion_mobile", N_("Connexion par le téléphone seulement"), 1000),
	NUMBER("loin", N_("Loin d’un lieu connecté"), 1000),
	NUMBER("loin_des", N_("On est loin à partir de (mètres)"), 100000),
	NUMBER("cm", N_("Enfant en CM1 ou CM2"), 1000),
	NUMBER("quartier_prioritaire", N_("Quartier prioritaire"), 1000),
	NUMBER("orientation", N_("Foyer orienté par un partenaire"), 1000),
	NUMBER("etudes", N_("Études ou formation en cours"), 1000),
	NUMBER("total_au_plus", N_("En tout, au plus"), 100000),
	NUMBER("minimum", N_("Points qu’il faut pour être sur la liste"), 100000),
	NUMBER("plusieurs_exclus", N_("Plusieurs appareils : pas sur la liste (1 oui, 0 non)"), 1),
	NUMBER("bourse", N_("Bourse sur critères sociaux"), 1000),
);
FORM_FIELDS(draws_form,
	ACTION,
	{ .name = "tirage", .kind = F_INT, .label = N_("Tirage"), .min = 0, .max = 9e18 },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom de la vague"), .max = 60 },
	{ .name = "liste", .kind = F_LINES, .label = N_("Numéros des dossiers"), .max = 500000 },
);
FORM_FIELDS(trial_form,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "regle", .kind = F_INT, .label = N_("Règle"), .min = 0, .max = 9e18 },
	{ .name = "autre", .kind = F_INT, .label = N_("Autre règle"), .min = 0, .max = 9e18 },
	{ .name = "quantite", .kind = F_INT, .label = N_("Appareils de la vague"), .required = true, .min = 0, .max = 100000 },
	{ .name = "graine", .kind = F_TEXT, .label = N_("Graine du tirage"), .max = 64 },
	{ .name = "seconde", .kind = F_BOOL, .label = N_("Redonner les places inutilisées") },
	{ .name = "ecoles", .kind = F_LINES, .label = N_("Écoles"), .required = true, .max = 50000 },
	{ .name = "dossiers", .kind = F_LINES, .label = N_("Dossiers"), .max = 1000000 },
	{ .name = "fichier", .kind = F_TEXT, .label = N_("Fichier"), .max = 300 },
	{ .name = "dossier", .kind = F_TEXT, .label = N_("Un dossier à expliquer"), .max = ALLOC_ID_MAX },
);

#define AGENT(method_, path_, handler_, form_, flags_) \
	ROUTE_WITH(method_, path_, handler_, CAP_CAMPAIGNS, SCOPE(scope_somewhere), form_, ROUTE_AGENT | (flags_))

ROUTES(allocation,
	ROUTE(GET, "/algorithmes", algorithms_page, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/algorithmes/parametres.json", algorithms_params, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/algorithmes/tirages.json", algorithms_draws, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/algorithmes/tirages/:tirage.json", algorithms_draw, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	AGENT(GET, RULES_PATH, rules_page, FORM_NONE, 0),
	AGENT(POST, RULES_PATH, rules_post, FORM(rules_form), 0),
	ROUTE_WITH(GET, RULES_PATH "/:regle", rule_page, CAP_CAMPAIGNS, SCOPE(scope_rule), FORM(rule_form), ROUTE_AGENT),
	ROUTE_WITH(POST, RULES_PATH "/:regle", rule_post, CAP_CAMPAIGNS, SCOPE(scope_rule), FORM(rule_form), ROUTE_AGENT),
	AGENT(GET, DRAWS_PATH, draws_page, FORM(draws_form), 0),
	AGENT(POST, DRAWS_PATH, draws_post, FORM(draws_form), ROUTE_UPLOAD),
	AGENT(GET, TRIAL_PATH, trial_page, FORM(trial_form), 0),
	AGENT(POST, TRIAL_PATH, trial_post, FORM(trial_form), ROUTE_UPLOAD),
);
