/* The routes and forms of matching. A wish is written down by whoever follows the family; the rest is the officers' who run the campaign. */
#include "accounts/accounts.h"
#include "matching/pages.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define NUMBER(name_, label_, max_) { .name = name_, .kind = F_INT, .label = label_, .min = 0, .max = max_ }
#define VERSION NUMBER("version", N_("Version"), 9e18)

FORM_FIELDS(matching_asks,
	TEXT("geste", N_("Geste"), 20), VERSION,
	{ .name = "genre", .kind = F_CHOICE, .label = N_("Sorte"), .choices = match_kind_choices },
	NUMBER("memoire", N_("Mémoire, au moins (Go)"), 1024), NUMBER("ecran", N_("Écran, au moins (pouces)"), 60),
	{ .name = "note", .kind = F_CHOICE, .label = N_("Qualité, au moins"), .choices = match_grade_choices }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(matching_pairs,
	TEXT("geste", N_("Geste"), 20), VERSION, NUMBER("numero", N_("Proposition"), 9e18), TEXT("ecole", N_("École"), 20), TEXT("quoi", N_("Montrer"), 20),
	{ .name = "dossier", .kind = F_CHOICES, .label = N_("Familles choisies") }, TEXT("acte", N_("Pour les familles cochées"), 40),
	TEXT("poste", N_("Code de l’étiquette"), 200), { .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(matching_wish,
	{ .name = "genre", .kind = F_CHOICE, .label = N_("Sorte"), .choices = match_kind_choices },
	NUMBER("memoire", N_("Mémoire voulue (Go)"), 1024), { .name = "grand", .kind = F_BOOL, .label = N_("Grand écran demandé") },
	VERSION, TEXT("fait", N_("Fait"), 10),
);

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(matching,
	AGENT(GET, MATCH_ROUTE, matching_show, scope_matching, FORM(matching_asks)),
	AGENT(POST, MATCH_ROUTE, matching_post, scope_matching, FORM(matching_asks)),
	AGENT(GET, PROPOSAL_ROUTE, proposal_show, scope_matching, FORM(matching_pairs)),
	AGENT(POST, PROPOSAL_ROUTE, proposal_post, scope_matching, FORM(matching_pairs)),
	AGENT(GET, PROPOSAL_ROUTE ".csv", proposal_csv, scope_matching, FORM(matching_pairs)),
	AGENT(GET, PROPOSAL_ROUTE "/feuille", proposal_sheet, scope_matching, FORM(matching_pairs)),
	AGENT(GET, WISH_ROUTE, wish_form, scope_files, FORM(matching_wish)),
	AGENT(POST, WISH_ROUTE, wish_post, scope_files, FORM(matching_wish)),
);
