/* The routes and forms of imports by hand. */
#include "intake/intake.h"

#include "accounts/accounts.h"
#include "intake/pages.h"

FORM_FIELDS(upload,
	{ .name = "fichier", .kind = F_TEXT, .label = N_("Fichier") },
	{ .name = "source", .kind = F_TEXT, .label = N_("D’où il vient"), .required = true, .max = 60,
	  .missing = N_("Dites d’où vient ce fichier.") },
	{ .name = "jour", .kind = F_DATE, .label = N_("Le fichier est du"), .required = true,
	  .missing = N_("Dites de quel jour est ce fichier, même à peu près : le public lit que les lieux ont été vérifiés ce jour-là.") },
);
FORM_FIELDS(act,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
);
FORM_FIELDS(foreseen,
	{ .name = "quoi", .kind = F_TEXT, .label = N_("Quels lieux"), .max = 20 },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 10000 },
);

#define AGENT(method_, path_, handler_, form_, flags_) \
	ROUTE_WITH(method_, path_, handler_, CAP_NETWORK, SCOPE(scope_somewhere), form_, ROUTE_AGENT | (flags_))

ROUTES(intake,
	AGENT(GET, "/agent/imports", intake_index_page, FORM(upload), 0),
	AGENT(POST, "/agent/imports", intake_upload, FORM(upload), ROUTE_UPLOAD),
	AGENT(GET, "/agent/imports/:import", intake_show_page, FORM_NONE, 0),
	AGENT(POST, "/agent/imports/:import", intake_act, FORM(act), 0),
	AGENT(GET, "/agent/imports/:import/colonnes", intake_columns_page, FORM_NONE, 0),
	AGENT(POST, "/agent/imports/:import/colonnes", intake_columns_post, FORM_NONE, ROUTE_UPLOAD),
	AGENT(GET, "/agent/imports/:import/valeurs", intake_values_page, FORM_NONE, 0),
	AGENT(POST, "/agent/imports/:import/valeurs", intake_values_post, FORM_NONE, ROUTE_UPLOAD),
	AGENT(GET, "/agent/imports/:import/rejets.csv", intake_rejects, FORM_NONE, 0),
	AGENT(GET, "/agent/imports/:import/lieux", intake_foreseen_page, FORM(foreseen), 0),
	AGENT(GET, "/agent/imports/:import/lieux.csv", intake_foreseen_csv, FORM_NONE, 0),
);
