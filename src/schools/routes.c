/* The routes and forms of schools. */
#include "accounts/accounts.h"
#include "schools/pages.h"

const struct choice rep_choices[] = { { "rep", N_("REP") }, { "rep+", N_("REP+") }, { "none", N_("hors réseau prioritaire") }, { NULL, NULL } };
static const struct choice network_choices[] = { { "priority", N_("REP ou REP+") }, { "rep", N_("REP") }, { "rep+", N_("REP+") }, { "none",
	N_("hors réseau prioritaire") },
	{ "unknown", N_("pas encore dit") }, { NULL, NULL } };

FORM_FIELDS(school_list,
	{ .name = "q", .kind = F_TEXT, .label = N_("Nom, code ou adresse"), .max = 100 },
	{ .name = "reseau", .kind = F_CHOICE, .label = N_("Réseau"), .choices = network_choices },
	{ .name = "quartier", .kind = F_TEXT, .label = N_("Quartier"), .max = 200 },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 1000 },
);
FORM_FIELDS(school_form,
	{ .name = "reseau", .kind = F_CHOICE, .label = N_("Réseau"), .choices = rep_choices },
	{ .name = "raison", .kind = F_TEXT, .label = N_("D’où vous le savez"), .max = 200 },
	{ .name = "avant", .kind = F_TEXT, .label = N_("Avant"), .max = 10 },
	{ .name = "structure", .kind = F_TEXT, .label = N_("Nom de la structure"), .max = 200 },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
const struct choice school_kinds_by_hand[] = { { "superieur", N_("enseignement supérieur") }, { "structure", N_("association ou service") }, { NULL, NULL } };
FORM_FIELDS(school_made,
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom"), .max = 120, .required = true, .missing = N_("Écrivez le nom de l’établissement.") },
	{ .name = "sorte", .kind = F_CHOICE, .label = N_("Sorte"), .choices = school_kinds_by_hand, .required = true, .missing = N_("Choisissez une sorte.") },
	{ .name = "uai", .kind = F_TEXT, .label = N_("Code UAI"), .max = 20 },
	{ .name = "adresse", .kind = F_TEXT, .label = N_("Adresse"), .max = 150 },
	{ .name = "code_postal", .kind = F_TEXT, .label = N_("Code postal"), .max = 10 },
	{ .name = "commune", .kind = F_TEXT, .label = N_("Commune"), .max = 80 },
	{ .name = "structure", .kind = F_TEXT, .label = N_("Nom de la structure"), .max = 200 },
);
FORM_FIELDS(spelling_list,
	{ .name = "prendre", .kind = F_CHOICES, .label = N_("Correspondances à accepter") },
	{ .name = "reprendre", .kind = F_INT, .label = N_("Reprendre"), .min = 1, .max = 9e18 },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 1000 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
FORM_FIELDS(spelling_one,
	{ .name = "ecole", .kind = F_TEXT, .label = N_("École"), .max = 20 },
	{ .name = "autre", .kind = F_TEXT, .label = N_("Une autre, par son code UAI"), .max = 20 },
);

ROUTES(schools,
	ROUTE_WITH(GET, "/agent/ecoles", schools_index, CAP_CAMPAIGNS, SCOPE(scope_somewhere), FORM(school_list), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/ecoles/nouveau", school_new_form, CAP_CAMPAIGNS, SCOPE(scope_somewhere), FORM(school_made), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/ecoles/nouveau", school_new_post, CAP_CAMPAIGNS, SCOPE(scope_somewhere), FORM(school_made), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/ecoles/orthographes", spellings_index, CAP_CAMPAIGNS, SCOPE(scope_somewhere), FORM(spelling_list), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/ecoles/orthographes", spellings_post, CAP_CAMPAIGNS, SCOPE(scope_somewhere), FORM(spelling_list), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/ecoles/orthographes/:orthographe", spelling_show, CAP_CAMPAIGNS, SCOPE(scope_spelling), FORM(spelling_one), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/ecoles/orthographes/:orthographe", spelling_post, CAP_CAMPAIGNS, SCOPE(scope_spelling), FORM(spelling_one), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/ecoles/:uai", school_show, CAP_CAMPAIGNS, SCOPE(scope_school), FORM(school_form), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/ecoles/:uai", school_change_post, CAP_CAMPAIGNS, SCOPE(scope_school), FORM(school_form), ROUTE_AGENT),
);
