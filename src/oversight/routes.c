/* The routes and forms of oversight. */
#include "oversight/oversight.h"

#include "accounts/accounts.h"
#include "oversight/pages.h"

FORM_FIELDS(message_list,
	{.name = "etat", .kind = F_TEXT, .label = N_("État"), .max = 20},
	{.name = "avant", .kind = F_TEXT, .label = N_("Page suivante"), .max = 20},
	{.name = "adresse", .kind = F_TEXT, .label = N_("Adresse ou téléphone"), .max = 254},
);
FORM_FIELDS(message_action,
	{.name = "reessayer", .kind = F_TEXT, .label = N_("Réessayer"), .max = 20},
	{.name = "abandonner", .kind = F_TEXT, .label = N_("Abandonner"), .max = 20},
	{.name = "tous", .kind = F_TEXT, .label = N_("Réessayer tous les échecs"), .max = 1},
	{.name = "adresse", .kind = F_TEXT, .label = N_("Adresse ou téléphone"), .max = 254},
);
FORM_FIELDS(log_filter,
	{.name = "jour", .kind = F_DATE, .label = N_("Un jour")},
	{.name = "action", .kind = F_TEXT, .label = N_("Action"), .max = 60},
	{.name = "compte", .kind = F_TEXT, .label = N_("Compte"), .max = 20},
	{.name = "avant", .kind = F_TEXT, .label = N_("Page suivante"), .max = 20},
);

ROUTES(oversight,
	ROUTE_WITH(GET, "/agent/envois", messages_index, CAP_MESSAGES, SCOPE(scope_somewhere), FORM(message_list), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/envois", messages_post, CAP_MESSAGES, SCOPE(scope_somewhere), FORM(message_action), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/journal", log_index, CAP_AUDIT, SCOPE(scope_somewhere), FORM(log_filter), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/journal.csv", log_csv, CAP_AUDIT, SCOPE(scope_somewhere), FORM(log_filter), ROUTE_AGENT | ROUTE_LONG),
);
