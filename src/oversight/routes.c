/* The routes and forms of oversight. */
#include "oversight/oversight.h"

#include "accounts/accounts.h"
#include "oversight/pages.h"
#include "oversight/report_queue.h"

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

static const struct choice closings[] = {
	{"done", N_("La page est corrigée")}, {"refused", N_("La page était juste, ou on ne peut pas le savoir")}, {NULL, NULL},
};
FORM_FIELDS(report_choice,
	{.name = "numero", .kind = F_TEXT, .label = N_("Signalement"), .max = 20},
);
FORM_FIELDS(report_closing,
	{.name = "numero", .kind = F_TEXT, .label = N_("Signalement"), .required = true, .max = 20},
	{.name = "suite", .kind = F_CHOICE, .label = N_("Ce que vous avez fait"), .choices = closings, .required = true},
	{.name = "note", .kind = F_LINES, .label = N_("Note"), .required = true, .max = 500, .missing = N_("Écrivez ce que vous avez vérifié.")},
);

ROUTES(oversight,
	ROUTE_WITH(GET, "/agent/signalements", report_queue, CAP_REPORTS, SCOPE(scope_somewhere), FORM(report_choice), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/signalements", report_close_post, CAP_REPORTS, SCOPE(scope_somewhere), FORM(report_closing), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/envois", messages_index, CAP_MESSAGES, SCOPE(scope_somewhere), FORM(message_list), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/envois", messages_post, CAP_MESSAGES, SCOPE(scope_somewhere), FORM(message_action), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/journal", log_index, CAP_AUDIT, SCOPE(scope_somewhere), FORM(log_filter), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/journal.csv", log_csv, CAP_AUDIT, SCOPE(scope_somewhere), FORM(log_filter), ROUTE_AGENT | ROUTE_LONG),
);
