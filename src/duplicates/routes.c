/* The routes and forms of duplicates. */
#include "accounts/accounts.h"
#include "duplicates/pages.h"

FORM_FIELDS(pairs_list,
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 1000 },
);
FORM_FIELDS(pairs_decision,
	{ .name = "deux", .kind = F_TEXT, .label = N_("Ce sont deux lieux"), .max = 50 },
	{ .name = "reprendre", .kind = F_TEXT, .label = N_("Reprendre"), .max = 50 },
);

ROUTES(duplicates,
	ROUTE_WITH(GET, "/agent/doublons", pairs_index, CAP_NETWORK, SCOPE(scope_somewhere), FORM(pairs_list), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/doublons", pairs_decide, CAP_NETWORK, SCOPE(scope_somewhere), FORM(pairs_decision), ROUTE_AGENT),
);
