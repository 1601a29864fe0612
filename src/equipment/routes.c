/* The routes and forms of equipment; who reaches a campaign. */
#include "accounts/accounts.h"
#include "equipment/pages.h"
#include "equipment/rules.h"
#include "http/session.h"

static const struct choice state_choices[] = { { "draft", N_("en préparation") }, { "open", N_("ouverte") }, { "closed", N_("close") }, { NULL, NULL } };
static const struct choice network_filter[] = { { "priority", N_("REP ou REP+") }, { "rep", N_("REP") }, { "rep+", N_("REP+") }, { "none",
	N_("hors réseau prioritaire") },
	{ "unknown", N_("pas encore dit") }, { NULL, NULL } };

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define VERSION { .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 }
#define DAYS TEXT("debut", N_("Début"), 20), TEXT("fin", N_("Fin"), 20)

FORM_FIELDS(campaign_state, TEXT("fait", N_("Fait"), 1));
FORM_FIELDS(campaign_facts,
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom de la campagne"), .max = 120, .required = true, .missing = N_("Donnez un nom à la campagne.") },
	{ .name = "annee", .kind = F_INT, .label = N_("Année"), .min = 2020, .max = 2100, .required = true, .missing = N_("Écrivez l’année de la campagne.") },
	{ .name = "objectif", .kind = F_INT, .label = N_("Ordinateurs à remettre"), .min = 1, .max = 100000, .required = true,
		.missing = N_("Écrivez combien d’ordinateurs remettre.") },
	{ .name = "objet", .kind = F_LINES, .label = N_("À quoi elle sert"), .max = 1000 },
	DAYS,
	TEXT("budget", N_("Ligne de budget"), 200),
	{ .name = "financeurs", .kind = F_LINES, .label = N_("Financeurs"), .max = 1500 },
	{ .name = "etat", .kind = F_CHOICE, .label = N_("État"), .choices = state_choices },
	{ .name = "organisation", .kind = F_INT, .label = N_("Qui la conduit"), .min = 1, .max = 9e18 },
	{ .name = "nommes", .kind = F_CHOICE, .label = N_("Qui est nommé"), .choices = named_choices },
	{ .name = "questions", .kind = F_CHOICES, .label = N_("Ce qui est demandé pour l’attribution"), .choices = campaign_asks },
	VERSION,
);
FORM_FIELDS(campaign_rules_form,
	TEXT("jour", N_("À partir de quel jour"), 20),
	{ .name = "publics", .kind = F_CHOICES, .label = N_("Pour qui"), .choices = public_rules },
	{ .name = "classes", .kind = F_CHOICES, .label = N_("Classes"), .choices = grade_rules },
	{ .name = "reseaux", .kind = F_CHOICES, .label = N_("Réseaux"), .choices = network_rules },
	{ .name = "besoins", .kind = F_CHOICES, .label = N_("Besoins"), .choices = need_rules },
	{ .name = "ecoles", .kind = F_LINES, .label = N_("Écoles nommées"), .max = 4000 },
	{ .name = "autres", .kind = F_LINES, .label = N_("Autres conditions"), .max = 2000 },
	VERSION,
);
FORM_FIELDS(pasts_form,
	{ .name = "remettre", .kind = F_INT, .label = N_("Remettre"), .min = 1, .max = 9e18 },
	TEXT("fait", N_("Fait"), 1),
);
FORM_FIELDS(wave_facts,
	TEXT("titre", N_("Nom de la vague"), 120),
	{ .name = "quantite", .kind = F_INT, .label = N_("Ordinateurs prévus"), .min = 1, .max = 100000, .required = true,
		.missing = N_("Écrivez combien d’ordinateurs.") },
	DAYS,
	{ .name = "quartiers", .kind = F_CHOICES, .label = N_("Quartiers") },
	{ .name = "changer", .kind = F_CHOICES, .label = N_("Écoles à changer") },
	TEXT("association", N_("Association qui accompagne les familles"), 150),
	TEXT("geste", N_("Geste"), 20),
	TEXT("fait", N_("Fait"), 1),
	VERSION,
);
FORM_FIELDS(wave_schools_list,
	{ .name = "reseau", .kind = F_CHOICE, .label = N_("Réseau"), .choices = network_filter },
	TEXT("quartier", N_("Quartier"), 200),
	{ .name = "ecole", .kind = F_CHOICES, .label = N_("Écoles") },
	TEXT("montrees", N_("Écoles montrées"), 2000),
	TEXT("association", N_("Association qui accompagne les familles"), 150),
	TEXT("pourquoi", N_("Pourquoi dans deux vagues"), 200),
	VERSION,
);

ROUTES(equipment,
	ROUTE_WITH(GET, "/agent/campagnes", campaigns_index, CAP_CAMPAIGNS, SCOPE(scope_somewhere), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/nouvelle", campaign_new_form, CAP_CAMPAIGNS, SCOPE(scope_officer), FORM(campaign_facts), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/nouvelle", campaign_new_post, CAP_CAMPAIGNS, SCOPE(scope_officer), FORM(campaign_facts), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne", campaign_show, CAP_CAMPAIGNS, SCOPE(scope_campaign), FORM(campaign_state), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/modifier", campaign_edit_form, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(campaign_facts), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/:campagne/modifier", campaign_edit_post, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(campaign_facts), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/regles", rules_form, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(campaign_rules_form), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/:campagne/regles", rules_save, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(campaign_rules_form), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/calendrier", calendar_show, CAP_CAMPAIGNS, SCOPE(scope_campaign), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/historique", pasts_index, CAP_CAMPAIGNS, SCOPE(scope_campaign), FORM(pasts_form), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/:campagne/historique", pasts_restore, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(pasts_form), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/vagues/nouvelle", wave_new_form, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(wave_facts), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/:campagne/vagues/nouvelle", wave_new_post, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(wave_facts), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/vagues/:vague", wave_show, CAP_CAMPAIGNS, SCOPE(scope_campaign), FORM(wave_facts), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/:campagne/vagues/:vague", wave_post, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(wave_facts), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/campagnes/:campagne/vagues/:vague/ecoles", wave_schools_form, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer), FORM(wave_schools_list),
		ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/campagnes/:campagne/vagues/:vague/ecoles", wave_schools_post, CAP_CAMPAIGNS, SCOPE(scope_campaign_officer),
		FORM(wave_schools_list), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/ecole", own_school_show, CAP_SESSION, SCOPE(scope_own_school), FORM_NONE, ROUTE_AGENT),
);

/* ---- who reaches what ---- */

enum err campaign_of(struct req *req, struct campaign *ret)
{
	i64 id;
	try(str_i64(req_param(req, "campagne"), &id) ? campaign_get(req->db, id, ret) : NOT_FOUND);
	req->v.said = campaign_said(ret->f[C_NAMED]);
	return OK;
}

enum err wave_of(struct req *req, struct campaign *ret_campaign, struct wave *ret)
{
	i64 id;
	try(campaign_of(req, ret_campaign));
	try(str_i64(req_param(req, "vague"), &id) ? wave_get(req->db, id, ret) : NOT_FOUND);
	return ret->campaign_id == ret_campaign->id && !ret->f[W_REMOVED].n ? OK : NOT_FOUND;
}

bool campaign_may_change(const struct req *req, const struct campaign *c)
{
	return accounts_roles_in(req, c->organisation_id) & 1u << ROLE_PROGRAMME_OFFICER;
}

static bool has_role(const struct req *req, enum account_role role)
{
	const struct grants *g = req->session ? req->session->grants : NULL;
	for (size_t i = 0; g && i < g->n; i++)
		if (g->v[i].roles & 1u << role)
			return true;
	return false;
}

enum err scope_officer(struct req *req) { return has_role(req, ROLE_PROGRAMME_OFFICER) ? OK : NOT_FOUND; }
enum err scope_own_school(struct req *req) { return has_role(req, ROLE_SCHOOL_REFERENT) ? OK : NOT_FOUND; }

static enum err scope(struct req *req, bool reading)
{
	struct campaign c;
	struct wave w;
	try(req_param(req, "vague").p ? wave_of(req, &c, &w) : campaign_of(req, &c));
	return campaign_may_change(req, &c) || (reading && has_role(req, ROLE_ADMIN)) ? OK : NOT_FOUND;
}

enum err scope_campaign(struct req *req) { return scope(req, true); }
enum err scope_campaign_officer(struct req *req) { return scope(req, false); }
