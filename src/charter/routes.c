/* The routes and forms of the charter: who runs the campaign alone reaches them. */
#include "accounts/accounts.h"
#include "charter/pages.h"
#include "http/session.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define DAY(name_, label_) { .name = name_, .kind = F_DATE, .label = label_ }
#define VERSION { .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 }
#define DONE TEXT("geste", N_("Geste"), 20), TEXT("fait", N_("Fait"), 10)
#define ORDER TEXT("arrete", N_("Numéro de l’arrêté de délégation"), 40), DAY("arrete_jour", N_("Date de l’arrêté"))

FORM_FIELDS(charter_versions_form, DONE);
FORM_FIELDS(charter_version_form,
	DONE, VERSION, DAY("jour", N_("À partir de quel jour")),
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Quelle traduction"), .choices = charter_lang_choices },
	TEXT("par", N_("Relue par"), 120), DAY("relu", N_("Quel jour")),
	{ .name = "signataires", .kind = F_CHOICES, .label = N_("Qui signe"), .choices = charter_signer_choices },
);
FORM_FIELDS(charter_text_fields,
	DONE, VERSION,
	{ .name = "texte", .kind = F_LINES, .label = N_("Le texte"), .max = CHARTER_TEXT_MAX },
);
FORM_FIELDS(charter_act_form,
	DONE, VERSION,
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langues de la charte"), .choices = charter_lang_choices },
	{ .name = "nombre", .kind = F_INT, .label = N_("Combien d’ordinateurs"), .min = 1, .max = CHARTER_DEVICES_MOST },
	DAY("jour", N_("Signée quel jour")), ORDER,
	TEXT("nom_famille", N_("Prénom et nom"), 120), TEXT("qualite_famille", N_("En quelle qualité"), 20),
	TEXT("nom_ville", N_("Prénom et nom"), 120), TEXT("qualite_ville", N_("En quelle qualité"), 20),
	TEXT("nom_ecole", N_("Prénom et nom"), 120), TEXT("qualite_ecole", N_("En quelle qualité"), 20),
	TEXT("nom_etablissement", N_("Prénom et nom"), 120), TEXT("qualite_etablissement", N_("En quelle qualité"), 20),
	TEXT("nom_association", N_("Prénom et nom"), 120), TEXT("qualite_association", N_("En quelle qualité"), 20),
	TEXT("signature", N_("Quelle signature"), 20), TEXT("raison", N_("Parce que"), 20), TEXT("copie", N_("Ajouter une copie"), 200),
);
FORM_FIELDS(charter_screen_fields,
	VERSION, ORDER, TEXT("nom", N_("Prénom et nom de qui signe"), 120), TEXT("qualite", N_("En quelle qualité"), 20),
	{ .name = "accord", .kind = F_BOOL, .label = N_("J’ai lu cette charte, ou on me l’a lue, et je m’y engage") },
);
FORM_FIELDS(charter_copy_form, TEXT("raison", N_("Parce que"), 20));
FORM_FIELDS(charter_list_form, TEXT("ecole", N_("École"), 20), TEXT("fait", N_("Fait"), 10));

FORM_FIELDS(charter_bulk_form,
	TEXT("ecole", N_("École"), 20), TEXT("reunion", N_("Réunion"), 20), TEXT("vague", N_("Vague"), 20), TEXT("geste", N_("Geste"), 20),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 10000 },
	DAY("jour", N_("Signées quel jour")), ORDER,
	TEXT("nom_ville", N_("Prénom et nom"), 120), TEXT("qualite_ville", N_("En quelle qualité"), 20),
	TEXT("nom_ecole", N_("Prénom et nom"), 120), TEXT("qualite_ecole", N_("En quelle qualité"), 20),
	TEXT("nom_association", N_("Prénom et nom"), 120),
	{ .name = "s_famille", .kind = F_CHOICES, .label = N_("Qui a signé") }, { .name = "s_ville", .kind = F_CHOICES, .label = N_("Qui a signé") },
	{ .name = "s_ecole", .kind = F_CHOICES, .label = N_("Qui a signé") }, { .name = "s_association", .kind = F_CHOICES, .label = N_("Qui a signé") },
);
FORM_FIELDS(charter_scans_form,
	TEXT("ecole", N_("École"), 20), TEXT("reunion", N_("Réunion"), 20), TEXT("vague", N_("Vague"), 20), TEXT("copies", N_("Plusieurs fichiers à la fois"), 200),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 10000 },
);
FORM_FIELDS(charter_lot_form, TEXT("raison", N_("Parce que"), 20), TEXT("ecole", N_("École"), 20), TEXT("reunion", N_("Réunion"), 20),
	TEXT("vague", N_("Vague"), 20));
FORM_FIELDS(charter_bundle_form, TEXT("ecole", N_("École"), 20), TEXT("reunion", N_("Réunion"), 20), TEXT("vague", N_("Vague"), 20));

#define AGENT(method_, path_, handler_, scope_, form_, flags_) \
	ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), form_, ROUTE_AGENT | (flags_))
#define OFFICER(method_, path_, handler_, form_) AGENT(method_, path_, handler_, scope_files_officer, form_, 0)
#define OF_TEXT(method_, path_, handler_, form_) AGENT(method_, path_, handler_, scope_charter_text, form_, 0)
ROUTES(charter,
	OFFICER(GET, "/agent/campagnes/:campagne/charte", charter_versions_show, FORM(charter_versions_form)),
	OFFICER(POST, "/agent/campagnes/:campagne/charte", charter_versions_post, FORM(charter_versions_form)),
	OF_TEXT(GET, "/agent/campagnes/:campagne/charte/textes/:texte", charter_version_show, FORM(charter_version_form)),
	OF_TEXT(POST, "/agent/campagnes/:campagne/charte/textes/:texte", charter_version_post, FORM(charter_version_form)),
	OF_TEXT(GET, "/agent/campagnes/:campagne/charte/textes/:texte/:langue", charter_text_form, FORM(charter_text_fields)),
	OF_TEXT(POST, "/agent/campagnes/:campagne/charte/textes/:texte/:langue", charter_text_post, FORM(charter_text_fields)),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/a-signer", charter_list_show, FORM(charter_list_form)),
	OFFICER(POST, "/agent/campagnes/:campagne/charte/a-signer", charter_list_post, FORM(charter_list_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/a-signer.csv", charter_list_csv, FORM(charter_list_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/signatures", charter_bulk_show, FORM(charter_bulk_form)),
	OFFICER(POST, "/agent/campagnes/:campagne/charte/signatures", charter_bulk_post, FORM(charter_bulk_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/scans", charter_scans_show, FORM(charter_scans_form)),
	AGENT(POST, "/agent/campagnes/:campagne/charte/scans", charter_scans_post, scope_files_officer, FORM(charter_scans_form), ROUTE_UPLOAD),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/lots/:lot", charter_lot_show, FORM(charter_lot_form)),
	OFFICER(POST, "/agent/campagnes/:campagne/charte/lots/:lot", charter_lot_undo, FORM(charter_lot_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/piles", charter_bundles_show, FORM(charter_bundle_form)),
	OFFICER(POST, "/agent/campagnes/:campagne/charte/piles", charter_bundles_post, FORM(charter_bundle_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/piles/:pile", charter_bundle_show, FORM_NONE),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/piles/:pile/chartes.pdf", charter_bundle_send, FORM_NONE),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/pile/:ecole/:vague", charter_pile_way, FORM_NONE),
	OFFICER(GET, "/agent/campagnes/:campagne/charte/feuilles", charter_batch_show, FORM(charter_list_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/dossiers/:dossier/charte", charter_act_show, FORM(charter_act_form)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/:dossier/charte", charter_act_post, scope_files_officer, FORM(charter_act_form), ROUTE_UPLOAD),
	OFFICER(GET, "/agent/campagnes/:campagne/dossiers/:dossier/charte/ecran", charter_screen_form, FORM(charter_screen_fields)),
	OFFICER(POST, "/agent/campagnes/:campagne/dossiers/:dossier/charte/ecran", charter_screen_post, FORM(charter_screen_fields)),
	OFFICER(GET, "/agent/campagnes/:campagne/dossiers/:dossier/charte/feuille", charter_sheet_show, FORM_NONE),
	OFFICER(GET, "/agent/campagnes/:campagne/dossiers/:dossier/charte/charte.pdf", charter_pdf_send, FORM_NONE),
	OFFICER(GET, "/agent/campagnes/:campagne/dossiers/:dossier/charte/copies/:copie", charter_copy_send, FORM(charter_copy_form)),
	OFFICER(GET, "/agent/campagnes/:campagne/dossiers/:dossier/charte/copies/:copie/fichier", charter_copy_send, FORM(charter_copy_form)),
	OFFICER(POST, "/agent/campagnes/:campagne/dossiers/:dossier/charte/copies/:copie", charter_copy_remove, FORM(charter_copy_form)),
);
