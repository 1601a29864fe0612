/* The routes and forms of awarding. */
#include "accounts/accounts.h"
#include "awarding/pages.h"
#include "awarding/wave_pages.h"
#include "awarding/why.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }

/* Its answers are words of fact_kinds, or nothing: not known. */
FORM_FIELDS(situation_facts,
	TEXT("appareils", N_("Ordinateurs et tablettes"), 20), TEXT("connexion", N_("Connexion à Internet"), 20),
	{ .name = "distance", .kind = F_INT, .label = N_("Distance jusqu’au lieu le plus proche avec Internet, en mètres"), .min = 0, .max = 100000 },
	TEXT("etudes", N_("Études ou formation en cours"), 20), TEXT("bourse", N_("Bourse sur critères sociaux"), 20),
	TEXT("orientation", N_("Foyer orienté par un partenaire"), 20),
	{ .name = "jour", .kind = F_DATE, .label = N_("Dit quel jour") },
	TEXT("vu", N_("Version"), 60), TEXT("fait", N_("Fait"), 10),
);

#define NUMBER(name_, label_, min_) { .name = name_, .kind = F_INT, .label = label_, .min = min_, .max = 9e18 }
FORM_FIELDS(award_steps,
	TEXT("geste", N_("Geste"), 20), NUMBER("version", N_("Version"), 0), NUMBER("numero", N_("Calcul"), 0), NUMBER("verifier", N_("Vérifier"), 0),
	TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(award_shares,
	TEXT("geste", N_("Geste"), 20), { .name = "parts", .kind = F_LINES, .label = N_("Parts des écoles"), .max = 50000 }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(award_rules, NUMBER("autre", N_("Autre règle"), 0));
FORM_FIELDS(award_results,
	TEXT("geste", N_("Geste"), 20), TEXT("ecole", N_("École"), 20), TEXT("acte", N_("Pour les familles cochées"), 40), TEXT("vu", N_("Version"), 80),
	{ .name = "dossier", .kind = F_CHOICES, .label = N_("Familles choisies") },
	NUMBER("numero", N_("Calcul"), 0), { .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(award_waiting,
	NUMBER("vers", N_("Reporter toutes ces familles vers"), 0), TEXT("vu", N_("Version"), 80),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(award_why,
	TEXT("geste", N_("Geste"), 20), TEXT("raison", N_("Raison"), 20), NUMBER("version", N_("Version"), 0), NUMBER("numero", N_("Décision"), 0),
	TEXT("fait", N_("Fait"), 10),
);

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(awarding,
	AGENT(GET, SITUATION_ROUTE, situation_form, scope_files, FORM(situation_facts)),
	AGENT(POST, SITUATION_ROUTE, situation_post, scope_files, FORM(situation_facts)),
	AGENT(GET, AWARDS_ROUTE, awards_index, scope_files_officer, FORM_NONE),
	AGENT(GET, AWARD_ROUTE, award_show, scope_award, FORM(award_steps)),
	AGENT(POST, AWARD_ROUTE, award_post, scope_award, FORM(award_steps)),
	AGENT(GET, SHARES_ROUTE, shares_form, scope_award, FORM(award_shares)),
	AGENT(POST, SHARES_ROUTE, shares_post, scope_award, FORM(award_shares)),
	AGENT(GET, AWARD_ROUTE "/essai", award_compare, scope_award, FORM(award_rules)),
	AGENT(GET, AWARD_ROUTE "/liste.csv", award_list_csv, scope_award, FORM_NONE),
	AGENT(GET, AWARD_ROUTE "/calcul.json", award_record, scope_award, FORM(award_steps)),
	AGENT(GET, RESULT_ROUTE, result_show, scope_award, FORM(award_results)),
	AGENT(POST, RESULT_ROUTE, result_post, scope_award, FORM(award_results)),
	AGENT(GET, WAITING_ROUTE, waiting_show, scope_award, FORM(award_waiting)),
	AGENT(POST, WAITING_ROUTE, waiting_post, scope_award, FORM(award_waiting)),
	AGENT(GET, AWARD_ROUTE "/attente.csv", waiting_csv, scope_award, FORM_NONE),
	AGENT(GET, WHY_ROUTE, why_show, scope_files, FORM(award_why)),
	AGENT(POST, WHY_ROUTE, why_post, scope_files_officer, FORM(award_why)),
	AGENT(GET, WHY_ROUTE "/lettre", why_letter, scope_files, FORM_NONE),
	ROUTE(GET, "/foyer/decision", family_decision, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
);
