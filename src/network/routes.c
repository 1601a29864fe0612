/* The routes and forms of the network. */
#include "network/pages.h"

#include "accounts/accounts.h"

static const struct choice contact_langs[] = {
	{ "fr", N_("Français") }, { "simple", N_("Français simple") }, { "en", N_("Anglais") }, { "ar", N_("Arabe") }, { NULL, NULL },
};
static const struct choice mail_aims[] = { { "groupes", N_("Aux groupes cochés") }, { "tous", N_("À tous les contacts du réseau") }, { NULL, NULL } };

#define PAGE { .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 }
#define DONE { .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 1 }

FORM_FIELDS(group_view,
	PAGE, DONE,
	{ .name = "q", .kind = F_TEXT, .label = N_("Son nom, ou le début"), .max = 120 },
	{ .name = "retire", .kind = F_INT, .label = N_("Retirer"), .min = 1, .max = 9e18 },
);
FORM_FIELDS(group_change,
	{ .name = "ajouter", .kind = F_INT, .label = N_("Ajouter"), .min = 1, .max = 9e18 },
	{ .name = "nouvelle", .kind = F_TEXT, .label = N_("Structure"), .max = 120 },
	{ .name = "retirer", .kind = F_INT, .label = N_("Retirer"), .min = 1, .max = 9e18 },
	{ .name = "etat", .kind = F_TEXT, .label = N_("État"), .max = 10 },
);
FORM_FIELDS(group,
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom du groupe"), .required = true, .max = 80, .missing = N_("Donnez un nom au groupe.") },
	{ .name = "themes", .kind = F_TEXT, .label = N_("Thèmes"), .max = 200 },
	{ .name = "presentation", .kind = F_LINES, .label = N_("Ce que fait le groupe"), .max = 600 },
);
const struct form_spec *const group_spec = FORM(group);

FORM_FIELDS(contacts_view,
	PAGE,
	{ .name = "q", .kind = F_TEXT, .label = N_("Chercher"), .max = 254 },
	{ .name = "etat", .kind = F_TEXT, .label = N_("État"), .max = 10 },
	{ .name = "retire", .kind = F_TEXT, .label = N_("Retirer"), .max = 1 },
);
FORM_FIELDS(done, DONE);
FORM_FIELDS(contact,
	{ .name = "structure", .kind = F_TEXT, .label = N_("Structure"), .max = 200 },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Prénom et nom"), .max = 120 },
	{ .name = "courriel", .kind = F_EMAIL, .label = N_("Adresse électronique") },
	{ .name = "telephone", .kind = F_TEXT, .label = N_("Téléphone, si vous voulez"), .max = 40 },
	{ .name = "fonction", .kind = F_TEXT, .label = N_("Ce que fait cette personne, si vous voulez"), .max = 120 },
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langue des messages"), .choices = contact_langs },
	{ .name = "papier", .kind = F_BOOL, .label = N_("Accord sur papier") },
	{ .name = "sur", .kind = F_BOOL, .label = N_("Retirer ce contact") },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
);
const struct form_spec *const contact_spec = FORM(contact);

FORM_FIELDS(pages_view, PAGE);
/* The texts first: mail_draft_form fills them in this order. */
FORM_FIELDS(mail,
	{ .name = "sujet", .kind = F_TEXT, .label = N_("Objet"), .max = 120 },
	{ .name = "texte", .kind = F_LINES, .label = N_("Message"), .max = 6000 },
	{ .name = "sujet_en", .kind = F_TEXT, .label = N_("Objet en anglais"), .max = 120 },
	{ .name = "texte_en", .kind = F_LINES, .label = N_("Message en anglais"), .max = 6000 },
	{ .name = "sujet_ar", .kind = F_TEXT, .label = N_("Objet en arabe"), .max = 120 },
	{ .name = "texte_ar", .kind = F_LINES, .label = N_("Message en arabe"), .max = 6000 },
	{ .name = "a", .kind = F_CHOICE, .label = N_("À qui"), .choices = mail_aims },
	{ .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
);
const struct form_spec *const mail_spec = FORM(mail);
FORM_FIELDS(mail_checked,
	{ .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 },
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "essai", .kind = F_TEXT, .label = N_("Essai"), .max = 1 },
);
FORM_FIELDS(consent,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "merci", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);

#define READ(path_, handler_, scope_, form_) ROUTE_WITH(GET, path_, handler_, CAP_CONTACTS, SCOPE(scope_), form_, ROUTE_AGENT)
#define KEEP(path_, handler_, scope_, form_) ROUTE_WITH(POST, path_, handler_, CAP_CONTACTS, SCOPE(scope_), form_, ROUTE_AGENT)
#define RUN(method_, path_, handler_, form_) ROUTE_WITH(method_, path_, handler_, CAP_NETWORK, SCOPE(scope_somewhere), form_, ROUTE_AGENT)

ROUTES(network,
	READ("/agent/reseau", network_index, scope_somewhere, FORM_NONE),
	RUN(GET, "/agent/reseau/nouveau-groupe", group_new, FORM_NONE),
	RUN(POST, "/agent/reseau/nouveau-groupe", group_new_post, FORM(group)),
	READ("/agent/reseau/groupes/:groupe", group_show, scope_group, FORM(group_view)),
	ROUTE_WITH(POST, "/agent/reseau/groupes/:groupe", group_post, CAP_NETWORK, SCOPE(scope_group), FORM(group_change), ROUTE_AGENT),
	READ("/agent/reseau/groupes/:groupe.csv", group_csv, scope_group, FORM_NONE),
	ROUTE_WITH(GET, "/agent/reseau/groupes/:groupe/modifier", group_edit, CAP_NETWORK, SCOPE(scope_group), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(POST, "/agent/reseau/groupes/:groupe/modifier", group_edit_post, CAP_NETWORK, SCOPE(scope_group), FORM(group), ROUTE_AGENT),
	READ("/agent/reseau/contacts", contacts_index, scope_somewhere, FORM(contacts_view)),
	RUN(GET, "/agent/reseau/contacts.csv", contacts_csv, FORM_NONE),
	READ("/agent/reseau/nouveau-contact", contact_new, scope_somewhere, FORM_NONE),
	KEEP("/agent/reseau/nouveau-contact", contact_new_post, scope_somewhere, FORM(contact)),
	READ("/agent/reseau/contacts/:contact", contact_show, scope_contact, FORM(done)),
	KEEP("/agent/reseau/contacts/:contact", contact_post, scope_contact, FORM(contact)),
	RUN(GET, "/agent/reseau/messages", mails_index, FORM(pages_view)),
	RUN(GET, "/agent/reseau/messages/nouveau", mail_new, FORM_NONE),
	RUN(POST, "/agent/reseau/messages/nouveau", mail_new_post, FORM(mail)),
	RUN(GET, "/agent/reseau/messages/:message", mail_show, FORM(done)),
	RUN(POST, "/agent/reseau/messages/:message", mail_post, FORM(mail)),
	RUN(GET, "/agent/reseau/messages/:message/envoi", mail_check, FORM(mail_checked)),
	RUN(POST, "/agent/reseau/messages/:message/envoi", mail_check_post, FORM(mail_checked)),
	ROUTE(GET, "/reseau/oubli", consent_over, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/reseau/:code", consent_show, CAP_PUBLIC, SCOPE_NONE, FORM(consent), ROUTE_SECRET_PATH),
	ROUTE_WITH(POST, "/reseau/:code", consent_post, CAP_PUBLIC, SCOPE_NONE, FORM(consent), ROUTE_SECRET_PATH),
	ROUTE_WITH(GET, "/reseau/:code/stop", consent_leave_link, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_SECRET_PATH | ROUTE_API),
	ROUTE_WITH(POST, "/reseau/:code/stop", consent_leave, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_SECRET_PATH | ROUTE_API),
);
