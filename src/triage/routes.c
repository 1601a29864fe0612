/* The routes and the form of desk triage. */
#include "accounts/accounts.h"
#include "triage/pages.h"

#define ASKED N_("Choisissez une réponse.")
#define QUESTION(name_, label_, choices_) { .name = name_, .kind = F_CHOICE, .label = label_, .required = true, .choices = choices_, .missing = ASKED }
#define DONE(name_) { .name = name_, .kind = F_CHOICE, .label = N_("L’avez-vous déjà fait ?"), .choices = triage_done }

FORM_FIELDS(triage,
	QUESTION("appareil", N_("Avez-vous un appareil à la maison ?"), triage_devices),
	QUESTION("connexion", N_("Avez-vous Internet ?"), triage_connections),
	QUESTION("seul", N_("Faites-vous vos démarches sur Internet ?"), triage_alone),
	DONE("message"), DONE("joindre"), DONE("chercher"), DONE("passe"), DONE("formulaire"), DONE("rendez-vous"), DONE("droits"), DONE("ecole"),
	DONE("imprimer"), DONE("arnaque"),
	{ .name = "ou", .kind = F_TEXT, .label = N_("Près d’où ?"), .max = 120 },
	{ .name = "langue", .kind = F_CHOICE, .label = N_("La feuille à imprimer"), .choices = triage_languages },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "accord", .kind = F_BOOL, .label = N_("La personne est d’accord") },
	{ .name = "refaire", .kind = F_BOOL, .label = N_("Refaire le point") },
	{ .name = "fait", .kind = F_BOOL, .label = N_("Fait") },
);

#define AGENT(method_, path_, handler_, scope_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), FORM(triage), ROUTE_AGENT)
ROUTES(triage,
	AGENT(GET, "/agent/accueil", triage_start, scope_somewhere),
	AGENT(GET, "/agent/accueil/questions", triage_questions, scope_somewhere),
	AGENT(GET, "/agent/accueil/suite", triage_result, scope_somewhere),
	AGENT(GET, "/agent/accueil/papier", triage_paper, scope_somewhere),
	AGENT(GET, "/agent/foyers/:foyer/point", triage_of_show, scope_household),
	AGENT(POST, "/agent/foyers/:foyer/point", triage_of_post, scope_household),
);
