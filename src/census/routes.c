/* The routes and forms of the census. */
#include "census/pages.h"

#include "accounts/accounts.h"

#define X(e, name_, kind) { #name_, #name_ },
static const struct choice field_choices[] = { PLACE_FIELDS(X) { NULL, NULL } };
#undef X

static const struct choice age_choices[] = {
	{ "6", N_("à ceux qu’on n’a pas vérifiés depuis 6 mois") }, { "12", N_("à ceux qu’on n’a pas vérifiés depuis 12 mois") },
	{ "18", N_("à ceux qu’on n’a pas vérifiés depuis 18 mois") }, { NULL, NULL },
};

FORM_FIELDS(typed_code,
	{ .name = "code", .kind = F_TEXT, .label = N_("Votre code"), .required = true, .max = 40 },
);
FORM_FIELDS(on_record,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "note", .kind = F_TEXT, .label = N_("Noté"), .max = 1 },
);
FORM_FIELDS(on_desk,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Son nom"), .max = 20 },
	{ .name = "avant", .kind = F_DATE, .label = N_("On répond jusqu’au") },
	{ .name = "depuis", .kind = F_CHOICE, .label = N_("À qui demander"), .choices = age_choices },
	{ .name = "sur", .kind = F_BOOL, .label = N_("Je ferme l’édition") },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
FORM_FIELDS(on_list,
	{ .name = "etat", .kind = F_TEXT, .label = N_("État"), .max = 20 },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
);
FORM_FIELDS(on_settle,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 },
	{ .name = "reponse", .kind = F_INT, .label = N_("Réponse"), .min = 0, .max = 9e18 },
	{ .name = "prendre", .kind = F_CHOICES, .label = N_("Prendre"), .choices = field_choices },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);

const struct choice withdrawal_contacts[] = {
	{ "telephone", N_("Téléphone") }, { "courriels", N_("Courriels") }, { "site_web", N_("Site Internet") },
	{ "prise_rdv", N_("Adresse pour prendre rendez-vous") }, { "complement_adresse", N_("Complément d’adresse") }, { "presentation", N_("Présentation") },
	{ NULL, NULL },
};
const struct choice withdrawal_reasons[] = {
	{ "asked", N_("La personne le demande") }, { "left", N_("La personne n’y travaille plus") }, { "personal", N_("Cela n’aurait pas dû être publié") },
	{ NULL, NULL },
};
FORM_FIELDS(on_edition,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "lieu", .kind = F_TEXT, .label = N_("Code du lieu"), .max = 250 },
	{ .name = "contact", .kind = F_CHOICE, .label = N_("Ce qui est retiré"), .choices = withdrawal_contacts },
	{ .name = "raison", .kind = F_CHOICE, .label = N_("Pourquoi"), .choices = withdrawal_reasons },
	{ .name = "remettre", .kind = F_INT, .label = N_("Remettre"), .min = 1, .max = 9e18 },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);

#define ANSWER(method_, path_, handler_, form_) \
	ROUTE_WITH(method_, path_, handler_, CAP_PUBLIC, SCOPE_NONE, form_, ROUTE_AGENT | ROUTE_SECRET_PATH)
#define DESK(method_, path_, handler_, form_) \
	ROUTE_WITH(method_, path_, handler_, CAP_NETWORK, SCOPE(scope_somewhere), form_, ROUTE_AGENT)

ROUTES(census,
	ROUTE_WITH(GET, "/recensement", census_code_form, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/recensement", census_code_typed, CAP_PUBLIC, SCOPE_NONE, FORM(typed_code), ROUTE_AGENT),
	ANSWER(GET, "/recensement/:code", census_welcome, FORM_NONE),
	ANSWER(POST, "/recensement/:code", census_begin, FORM_NONE),
	ANSWER(GET, "/recensement/:code/fiche", census_record, FORM(on_record)),
	ANSWER(POST, "/recensement/:code/fiche", census_send, FORM(on_record)),
	ANSWER(GET, "/recensement/:code/:groupe", census_group, FORM_NONE),
	ANSWER(POST, "/recensement/:code/:groupe", census_group_save, FORM_NONE),
	DESK(GET, "/agent/recensement", census_desk, FORM(on_desk)),
	DESK(POST, "/agent/recensement", census_desk_post, FORM(on_desk)),
	DESK(GET, "/agent/recensement/demandes", census_list, FORM(on_list)),
	DESK(GET, "/agent/recensement/demandes/:demande", census_ask, FORM(on_settle)),
	DESK(POST, "/agent/recensement/demandes/:demande", census_settle, FORM(on_settle)),
	DESK(GET, "/agent/recensement/editions/:edition", census_edition_page, FORM(on_edition)),
	DESK(POST, "/agent/recensement/editions/:edition", census_edition_act, FORM(on_edition)),
	ROUTE(GET, "/donnees/editions", census_editions, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/api/v1/editions/:edition.csv", census_download, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API | ROUTE_LONG),
);
