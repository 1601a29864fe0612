/* The routes and forms of the distribution. */
#include "accounts/accounts.h"
#include "distribution/pages.h"
#include "http/session.h"

#define COPIES_MAX 1000000

const struct choice lang_choices[] = {
	{ "fr", N_("français") }, { "simple", N_("version simple") }, { "en", N_("anglais") }, { "ar", N_("arabe") }, { NULL, NULL },
};

FORM_FIELDS(runs,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "guide", .kind = F_TEXT, .label = N_("Quel guide"), .max = 80 },
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langue"), .choices = lang_choices },
	{ .name = "exemplaires", .kind = F_INT, .label = N_("Exemplaires"), .min = 1, .max = COPIES_MAX },
	{ .name = "imprimeur", .kind = F_TEXT, .label = N_("Imprimeur"), .max = 120 },
	{ .name = "jour", .kind = F_DATE, .label = N_("Imprimé le") },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
	{ .name = "classer", .kind = F_INT, .label = N_("Classer"), .min = 1, .max = 9e18 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
FORM_FIELDS(run,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "structure", .kind = F_TEXT, .label = N_("Structure"), .max = 200 },
	{ .name = "quantite", .kind = F_INT, .label = N_("Exemplaires livrés"), .min = 1, .max = COPIES_MAX },
	{ .name = "jour", .kind = F_DATE, .label = N_("Livré le") },
	{ .name = "depot", .kind = F_TEXT, .label = N_("Où"), .max = 120 },
	{ .name = "recu", .kind = F_TEXT, .label = N_("Reçu par"), .max = 80 },
	{ .name = "annuler", .kind = F_INT, .label = N_("Annuler"), .min = 1, .max = 9e18 },
	{ .name = "tires", .kind = F_INT, .label = N_("Exemplaires imprimés"), .min = 0, .max = COPIES_MAX },
	{ .name = "imprimeur", .kind = F_TEXT, .label = N_("Imprimeur"), .max = 120 },
	{ .name = "imprime", .kind = F_DATE, .label = N_("Imprimé le") },
	{ .name = "demande", .kind = F_INT, .label = N_("Demande"), .min = 1, .max = 9e18 },
	{ .name = "avant", .kind = F_INT, .label = N_("Avant"), .min = 1, .max = 9e18 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
FORM_FIELDS(stock,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "tirage", .kind = F_INT, .label = N_("De quel guide"), .min = 1, .max = 9e18 },
	{ .name = "reste", .kind = F_INT, .label = N_("Il en reste"), .min = 0, .max = COPIES_MAX },
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langue"), .choices = lang_choices },
	{ .name = "besoin", .kind = F_INT, .label = N_("Il en faut"), .min = 1, .max = 10000 },
	{ .name = "retirer", .kind = F_INT, .label = N_("Retirer"), .min = 1, .max = 9e18 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);

static enum err within_reach(struct req *req, i64 organisation)
{
	return session_may(req->session, CAP_NETWORK) || accounts_may_in(req, CAP_PLACES, organisation) ? OK : NOT_FOUND;
}

enum err scope_stock(struct req *req)
{
	struct print_organisation_row row;
	i64 id;
	if (!str_i64(req_param(req, "organisation"), &id))
		return NOT_FOUND;
	try(print_organisation(req->db, id, &row));
	return within_reach(req, id);
}

enum err scope_delivery(struct req *req)
{
	struct print_delivery_row row;
	i64 id;
	if (!str_i64(req_param(req, "livraison"), &id))
		return NOT_FOUND;
	try(print_delivery_get(req->db, id, &row));
	return within_reach(req, row.organisation_id);
}

#define NETWORK(method_, path_, handler_, form_, flags_) \
	ROUTE_WITH(method_, path_, handler_, CAP_NETWORK, SCOPE(scope_somewhere), form_, ROUTE_AGENT | (flags_))

ROUTES(distribution,
	NETWORK(GET, "/agent/guide/tirages", runs_index, FORM(runs), 0),
	NETWORK(POST, "/agent/guide/tirages", runs_act, FORM(runs), 0),
	NETWORK(GET, "/agent/guide/tirages/:tirage", run_show, FORM(run), 0),
	NETWORK(POST, "/agent/guide/tirages/:tirage", run_act, FORM(run), 0),
	NETWORK(GET, "/agent/guide/livraisons.csv", deliveries_csv, FORM_NONE, ROUTE_LONG),
	NETWORK(GET, "/agent/guide/stocks.csv", stocks_csv, FORM_NONE, 0),
	ROUTE_WITH(GET, "/agent/guide/livraisons/:livraison", slip_show, CAP_PLACES, SCOPE(scope_delivery), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/guide/stock", stock_doors, CAP_PLACES, SCOPE(scope_somewhere), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/guide/stock/:organisation", stock_show, CAP_PLACES, SCOPE(scope_stock), FORM(stock), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/guide/stock/:organisation", stock_act, CAP_PLACES, SCOPE(scope_stock), FORM(stock), ROUTE_AGENT),
);
