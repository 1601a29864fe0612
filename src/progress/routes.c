/* The routes and forms of the state of a campaign; who reaches it. */
#include "accounts/accounts.h"
#include "http/session.h"
#include "progress/pages.h"

FORM_FIELDS(state_asking,
	{ .name = "vague", .kind = F_INT, .label = N_("Vague"), .min = 1, .max = 9e18 },
	{ .name = "jour", .kind = F_DATE, .label = N_("À la fin du") },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Page publique"), .max = 20 },
	{ .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 10 },
);

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_CAMPAIGNS, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(progress,
	AGENT(GET, "/agent/campagnes/:campagne/etat", state_show, scope_state, FORM(state_asking)),
	AGENT(POST, "/agent/campagnes/:campagne/etat", state_publish, scope_state_officer, FORM(state_asking)),
	AGENT(GET, "/agent/campagnes/:campagne/etat.csv", state_csv, scope_state, FORM(state_asking)),
	AGENT(GET, "/agent/campagnes/:campagne/etat.xlsx", state_xlsx, scope_state, FORM(state_asking)),
	AGENT(GET, "/agent/campagnes/:campagne/tendance.csv", trend_csv, scope_state, FORM(state_asking)),
	ROUTE(GET, "/campagnes", public_campaigns, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/campagnes/:campagne", public_campaign, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/api/v1/campagnes/:campagne.csv", public_csv, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/campagnes/:campagne.json", public_json, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
);

enum err scope_state_officer(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	return campaign_may_change(req, &c) ? OK : NOT_FOUND;
}

enum err scope_state(struct req *req)
{
	struct campaign c;
	const struct grants *g = req->session ? req->session->grants : NULL;
	bool admin = false;
	try(campaign_of(req, &c));
	for (size_t i = 0; g && i < g->n; i++)
		admin |= (g->v[i].roles & 1u << ROLE_ADMIN) != 0;
	return admin || campaign_may_change(req, &c) ? OK : NOT_FOUND;
}
