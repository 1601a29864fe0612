/* The routes and forms of editing. */
#include "editing/editing.h"

#include "accounts/accounts.h"
#include "editing/pages.h"

static const struct choice yes_no[] = { { "oui", N_("oui") }, { "non", N_("non") }, { NULL, NULL } };

#define LINE(name_, label_, max_) { .name = #name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define MUST(name_, label_, max_) { .name = #name_, .kind = F_TEXT, .label = label_, .max = max_, .required = true }
#define LINES(name_, label_, max_) { .name = #name_, .kind = F_LINES, .label = label_, .max = max_ }
#define BOXES(name_, label_, choices_) { .name = #name_, .kind = F_CHOICES, .label = label_, .choices = choices_ }
#define YES_NO(name_, label_) { .name = #name_, .kind = F_CHOICE, .label = label_, .choices = yes_no }

/* Named as in the schema; each label is marked where it stands, for what collects the texts does not expand macros. Each group ends where
 * the next begins: edit_groups() (form.c) counts on this order. */
#define FIELDS \
	MUST(nom, N_("Nom du lieu"), 200), MUST(adresse, N_("Adresse"), 200), LINE(complement_adresse, N_("Complément d’adresse"), 200), \
	MUST(code_postal, N_("Code postal"), 20), MUST(commune, N_("Commune"), 100), \
	LINE(telephones, N_("Téléphones"), 200), LINE(courriels, N_("Courriels"), 300), LINE(site_web, N_("Site Internet"), 500), \
	LINE(prise_rdv, N_("Adresse pour prendre rendez-vous"), 500), \
	LINES(horaires, N_("Horaires"), 600), LINE(fermetures, N_("Fermetures"), 300), YES_NO(telephoner_avant, N_("Faut-il téléphoner avant de venir ?")), \
	BOXES(services, N_("Ce que l’on y fait"), service_choices), BOXES(publics_specifiquement_adresses, N_("Pour qui"), public_choices), \
	BOXES(prise_en_charge_specifique, N_("Accueil préparé pour"), need_choices), \
	BOXES(modalites_accompagnement, N_("Comment on est aidé"), accompaniment_choices), \
	BOXES(langues, N_("Langues parlées"), language_choices), \
	BOXES(modalites_acces, N_("Comment on vient"), access_choices), LINE(arret, N_("Arrêt le plus proche"), 200), \
	YES_NO(plain_pied, N_("Entre-t-on sans marche ?")), YES_NO(ascenseur, N_("Y a-t-il un ascenseur ?")), \
	BOXES(frais_a_charge, N_("Prix"), frais_choices), LINE(tarifs, N_("Détail des prix"), 300), \
	YES_NO(pass_accepte, N_("Le pass numérique est-il accepté ?")), \
	LINES(presentation_resume, N_("Présentation en une phrase"), 280), LINES(presentation_detail, N_("Présentation"), 3000), \
	LINES(notes, N_("Notes entre agents"), 2000)

FORM_FIELDS(place_edit, FIELDS,
	{ .name = "version", .kind = F_TEXT, .label = N_("Version"), .max = 20 },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
);
const struct form_spec *const edit_spec = FORM(place_edit);
FORM_FIELDS(new_place, FIELDS, LINE(structure, N_("Structure à qui appartient ce lieu"), 200));

const struct choice away_reasons[] = {
	{ "closed", N_("Il a fermé") }, { "no-help", N_("Il n’aide plus au numérique") }, { "twin", N_("Il est dans l’annuaire sous un autre nom") },
	{ "mistake", N_("Il n’aurait pas dû y être") }, { NULL, NULL },
};
FORM_FIELDS(taking_out,
	{ .name = "raison", .kind = F_CHOICE, .label = N_("Pourquoi"), .choices = away_reasons, .required = true, .missing = N_("Dites pourquoi ce lieu part.") },
	{ .name = "version", .kind = F_TEXT, .label = N_("Version"), .max = 20 },
);
FORM_FIELDS(putting_back,
	{ .name = "remettre", .kind = F_TEXT, .label = N_("Remettre"), .max = 250 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
	{ .name = "reste", .kind = F_TEXT, .label = N_("Ce qui reste"), .max = 1500 },
	{ .name = "lieu", .kind = F_TEXT, .label = N_("Lieu"), .max = 250 },
);

FORM_FIELDS(edit_one,
	{ .name = "garde", .kind = F_TEXT, .label = N_("Gardé"), .max = 1 },
);
FORM_FIELDS(edit_list,
	{ .name = "q", .kind = F_TEXT, .label = N_("Quel lieu ?"), .max = 100 },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
);
FORM_FIELDS(restore,
	{ .name = "remettre", .kind = F_INT, .label = N_("Remettre"), .min = 1, .max = 9e18 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);

ROUTES(editing,
	ROUTE_WITH(GET, "/agent/lieux", edit_index, CAP_PLACES, SCOPE(scope_somewhere), FORM(edit_list), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/lieux/nouveau", place_new_form, CAP_NETWORK, SCOPE(scope_somewhere), FORM(new_place), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/lieux/nouveau", place_new_post, CAP_NETWORK, SCOPE(scope_somewhere), FORM(new_place), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/lieux/retires", away_index, CAP_NETWORK, SCOPE(scope_somewhere), FORM(putting_back), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/lieux/retires", away_put_back, CAP_NETWORK, SCOPE(scope_somewhere), FORM(putting_back), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/lieux/:lieu/retirer", take_out_form, CAP_NETWORK, SCOPE(scope_place), FORM(taking_out), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/lieux/:lieu/retirer", take_out_post, CAP_NETWORK, SCOPE(scope_place), FORM(taking_out), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/lieux/:lieu", edit_show, CAP_PLACES, SCOPE(scope_place), FORM(edit_one), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/lieux/:lieu", edit_save, CAP_PLACES, SCOPE(scope_place), FORM(place_edit), ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/lieux/:lieu/historique", history_index, CAP_PLACES, SCOPE(scope_place), FORM(restore), ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/lieux/:lieu/historique", history_restore, CAP_PLACES, SCOPE(scope_place), FORM(restore), ROUTE_AGENT),
);
