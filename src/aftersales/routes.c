/* The routes and forms of after-sales; who reaches them. */
#include "accounts/accounts.h"
#include "aftersales/pages.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define DAY(name_, label_) { .name = name_, .kind = F_DATE, .label = label_ }
#define BOX(name_, label_) { .name = name_, .kind = F_BOOL, .label = label_ }
#define VERSION { .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 }
#define DONE TEXT("fait", N_("Fait"), 10)

FORM_FIELDS(care_filter, TEXT("etat", N_("Pannes"), 20), { .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 });
FORM_FIELDS(care_opening,
	TEXT("appareil", N_("Quel ordinateur"), 20), DAY("jour", N_("Depuis quel jour")), BOX("relue", N_("Relu")),
	{ .name = "symptome", .kind = F_CHOICE, .label = N_("Ce qui se passe"), .required = true, .choices = care_symptoms,
		.missing = N_("Choisissez ce qui se passe.") },
	{ .name = "dit", .kind = F_LINES, .label = N_("Ce que la famille en dit"), .max = 500 },
);
FORM_FIELDS(care_step,
	TEXT("geste", N_("Geste"), 20), TEXT("etape", N_("Et ensuite"), 20), TEXT("appareil", N_("Étiquette de l’autre ordinateur"), 20),
	{ .name = "constat", .kind = F_CHOICE, .label = N_("Ce que c’est"), .choices = care_findings },
	DAY("jour", N_("Quel jour")), BOX("revenu", N_("L’ordinateur de prêt est revenu")), BOX("garde", N_("Elle garde l’ordinateur de prêt")), VERSION, DONE,
);
FORM_FIELDS(care_return,
	TEXT("geste", N_("Geste"), 20), TEXT("appareil", N_("Quel ordinateur"), 20), TEXT("raison", N_("Pourquoi elle le rend"), 20), DAY("jour", N_("Quel jour")),
	VERSION, DONE,
);
FORM_FIELDS(care_loss,
	TEXT("geste", N_("Geste"), 20), TEXT("appareil", N_("Quel ordinateur"), 20), TEXT("raison", N_("Ce qui est arrivé"), 20), DAY("jour", N_("Quel jour")),
	TEXT("numero", N_("Numéro de la déclaration"), 40), DAY("depose", N_("Jour de la déclaration")), TEXT("poste", N_("Où elle a été déposée"), 80), VERSION, DONE,
);

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), form_, ROUTE_AGENT)
#define HANDS(method_, path_, handler_, form_) ROUTE_WITH(method_, path_, handler_, CAP_DEVICES, SCOPE(scope_device_hands), form_, ROUTE_AGENT)
ROUTES(aftersales,
	AGENT(GET, "/agent/campagnes/:campagne/apres-vente", care_index, scope_files, FORM(care_filter)),
	AGENT(GET, "/agent/campagnes/:campagne/apres-vente.csv", care_csv, scope_files, FORM(care_filter)),
	AGENT(GET, "/agent/campagnes/:campagne/apres-vente/:ticket", ticket_show, scope_ticket, FORM(care_step)),
	AGENT(POST, "/agent/campagnes/:campagne/apres-vente/:ticket", ticket_post, scope_ticket, FORM(care_step)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier/panne", ticket_new_form, scope_files, FORM(care_opening)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/:dossier/panne", ticket_new_post, scope_files, FORM(care_opening)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier/retour", return_form, scope_files, FORM(care_return)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/:dossier/retour", return_post, scope_files, FORM(care_return)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier/perte", loss_form, scope_files, FORM(care_loss)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/:dossier/perte", loss_post, scope_files, FORM(care_loss)),
	HANDS(GET, "/agent/postes/:poste/panne", ticket_new_form, FORM(care_opening)),
	HANDS(POST, "/agent/postes/:poste/panne", ticket_new_post, FORM(care_opening)),
	HANDS(GET, "/agent/postes/:poste/retour", return_form, FORM(care_return)),
	HANDS(POST, "/agent/postes/:poste/retour", return_post, FORM(care_return)),
	HANDS(GET, "/agent/postes/:poste/perte", loss_form, FORM(care_loss)),
	HANDS(POST, "/agent/postes/:poste/perte", loss_post, FORM(care_loss)),
);

enum err scope_ticket(struct req *req)
{
	struct campaign c;
	struct ticket t;
	try(campaign_of(req, &c));
	if (!accounts_may_in(req, CAP_PEOPLE, c.organisation_id))
		return NOT_FOUND;
	return ticket_of(req, &c, &t);
}
