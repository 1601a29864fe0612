/* The routes and forms of people. */
#include "accounts/accounts.h"
#include "people/pages.h"

const struct choice class_choices[] = {
	{ "PS", N_("petite section") }, { "MS", N_("moyenne section") }, { "GS", N_("grande section") }, { "CP", "CP" }, { "CE1", "CE1" }, { "CE2", "CE2" },
	{ "CM1", "CM1" }, { "CM2", "CM2" }, { "6e", N_("6e") }, { "5e", N_("5e") }, { "4e", N_("4e") }, { "3e", N_("3e") }, { "lycee", N_("lycée") },
		{ "autre", N_("autre") }, { NULL, NULL },
};
const struct choice language_choices_of_people[] = {
	{ "fr", N_("français") }, { "ar", N_("arabe") }, { "en", N_("anglais") }, { "sq", N_("albanais") }, { "am", N_("amharique") }, { "hy",
		N_("arménien") }, { "bm", N_("bambara") },
	{ "zh", N_("chinois") }, { "es", N_("espagnol") }, { "ka", N_("géorgien") }, { "ku", N_("kurde") }, { "mn", N_("mongol") }, { "ps", N_("pachto") },
		{ "fa", N_("persan, dari") },
	{ "ff", N_("peul") }, { "pt", N_("portugais") }, { "rom", N_("romani") }, { "ro", N_("roumain") }, { "ru", N_("russe") }, { "so", N_("somali") },
		{ "snk", N_("soninké") },
	{ "ti", N_("tigrigna") }, { "tr", N_("turc") }, { "uk", N_("ukrainien") }, { "vi", N_("vietnamien") }, { "wo", N_("wolof") }, { "fsl",
		N_("langue des signes française") }, { NULL, NULL },
};
const struct choice channel_choices[] = {
	{ "phone", N_("par téléphone") }, { "sms", N_("par SMS") }, { "mail", N_("par courriel") }, { "letter", N_("par lettre") }, { NULL, NULL },
};
const struct choice origin_choices[] = {
	{ "self", N_("la famille elle-même") }, { "school", N_("l’école") }, { "partner", N_("une autre organisation") }, { NULL, NULL },
};
const struct choice ground_choices[] = { { "ecole", N_("continuité scolaire") }, { "droits", N_("accès aux droits") }, { NULL, NULL } };
const struct choice share_reasons[] = {
	{ "help", N_("accompagner la famille au numérique") }, { "rights", N_("ouvrir ses droits avec elle") }, { "equipment", N_("l’équiper d’un ordinateur") },
	{ "school", N_("suivre la scolarité d’un enfant") }, { NULL, NULL },
};
const struct choice share_days[] = { { "30", N_("un mois") }, { "90", N_("trois mois") }, { "180", N_("six mois") }, { "365", N_("un an") }, { NULL, NULL } };

#define YEAR(name_, label_) { .name = name_, .kind = F_INT, .label = label_, .min = 1900, .max = 2100 }
#define CLASS(name_) { .name = name_, .kind = F_CHOICE, .label = N_("Classe"), .choices = class_choices }
#define ADULT \
	{ .name = "telephone", .kind = F_PHONE, .label = N_("Téléphone") }, { .name = "courriel", .kind = F_EMAIL, .label = N_("Courriel") }, \
	{ .name = "langue", .kind = F_CHOICE, .label = N_("Langue"), .choices = language_choices_of_people }, \
	{ .name = "joindre", .kind = F_CHOICE, .label = N_("Comment la joindre"), .choices = channel_choices }
#define HOME \
	{ .name = "adresse", .kind = F_TEXT, .label = N_("Adresse"), .max = 200 }, \
	{ .name = "motifs", .kind = F_CHOICES, .label = N_("Pourquoi suivre cette famille"), .required = true, .choices = ground_choices, \
	  .missing = N_("Dites pourquoi cette famille est suivie : sans motif, rien ne peut être gardé.") }, \
	{ .name = "origine", .kind = F_CHOICE, .label = N_("Qui a donné son nom"), .required = true, .choices = origin_choices }, \
	{ .name = "informee", .kind = F_BOOL, .label = N_("J’ai lu ou remis le texte d’information") }

FORM_FIELDS(people_find, { .name = "q", .kind = F_TEXT, .label = N_("Nom, téléphone ou code de carte"), .max = 100 });
FORM_FIELDS(opening,
	{ .name = "prenom", .kind = F_TEXT, .label = N_("Prénom"), .required = true, .max = 80 },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom"), .required = true, .max = 80 },
	YEAR("annee", N_("Année de naissance")), ADULT, HOME,
	{ .name = "enfant", .kind = F_TEXT, .label = N_("Prénom de l’enfant"), .max = 80 }, YEAR("enfant_annee", N_("Année de naissance de l’enfant")),
		CLASS("enfant_classe"),
	{ .name = "enfant_ecole", .kind = F_TEXT, .label = N_("École"), .max = 120 },
	{ .name = "organisation", .kind = F_TEXT, .label = N_("Organisation"), .max = 20 },
	{ .name = "autre", .kind = F_BOOL, .label = N_("C’est une autre famille") },
);
FORM_FIELDS(home, HOME, { .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 }, { .name = "version", .kind = F_TEXT,
	.label = N_("Version"), .max = 20 });
FORM_FIELDS(household_act,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "note", .kind = F_LINES, .label = N_("Note"), .max = 2000 },
	{ .name = "relue", .kind = F_BOOL, .label = N_("J’ai relu cette note, elle peut être gardée") },
	{ .name = "fait", .kind = F_TEXT, .label = N_("Fait"), .max = 20 },
);
FORM_FIELDS(person,
	{ .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 },
	{ .name = "sorte", .kind = F_TEXT, .label = N_("Adulte ou enfant"), .max = 10 },
	{ .name = "prenom", .kind = F_TEXT, .label = N_("Prénom"), .required = true, .max = 80 },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom"), .max = 80 },
	YEAR("annee", N_("Année de naissance")), ADULT, CLASS("classe"),
	{ .name = "ecole", .kind = F_TEXT, .label = N_("École"), .max = 120 },
	{ .name = "version", .kind = F_TEXT, .label = N_("Version"), .max = 20 },
);
FORM_FIELDS(share,
	{ .name = "avec", .kind = F_TEXT, .label = N_("Avec qui"), .max = 20 },
	{ .name = "raison", .kind = F_CHOICE, .label = N_("Pourquoi"), .choices = share_reasons },
	{ .name = "duree", .kind = F_CHOICE, .label = N_("Pour combien de temps"), .choices = share_days },
	{ .name = "finir", .kind = F_TEXT, .label = N_("Finir"), .max = 20 },
);
FORM_FIELDS(erasing,
	{ .name = "quoi", .kind = F_TEXT, .label = N_("Quoi effacer"), .required = true, .max = 20, .missing = N_("Choisissez ce qui doit être effacé.") },
	{ .name = "certain", .kind = F_BOOL, .label = N_("Je sais que rien ne reviendra") },
);

FORM_FIELDS(visiting,
	{ .name = "code", .kind = F_TEXT, .label = N_("Le code de votre carte"), .required = true, .max = 40 },
	{ .name = "reponse", .kind = F_TEXT, .label = N_("Votre téléphone, ou votre année de naissance"), .required = true, .max = 40 },
	{ .name = "partage", .kind = F_BOOL, .label = N_("Cet ordinateur n’est pas à moi") },
	{ .name = "fin", .kind = F_TEXT, .label = N_("Fait"), .max = 1 },
);
FORM_FIELDS(twins,
	{ .name = "avec", .kind = F_TEXT, .label = N_("Réunir avec"), .max = 20 },
	{ .name = "defaire", .kind = F_TEXT, .label = N_("Défaire"), .max = 20 },
);
FORM_FIELDS(document, { .name = "langue", .kind = F_TEXT, .label = N_("Langue du document"), .max = 10 });
FORM_FIELDS(paging, { .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 1000 });
FORM_FIELDS(giving, { .name = "geste", .kind = F_TEXT, .label = N_("Geste"), .max = 20 });

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(people,
	AGENT(GET, "/agent/foyers", people_index, scope_somewhere, FORM(people_find)),
	AGENT(POST, "/agent/foyers", people_search, scope_somewhere, FORM(people_find)),
	AGENT(GET, "/agent/foyers/nouveau", household_new_form, scope_somewhere, FORM(opening)),
	AGENT(POST, "/agent/foyers/nouveau", household_new_post, scope_somewhere, FORM(opening)),
	AGENT(GET, "/agent/foyers/information", notice_show, scope_somewhere, FORM_NONE),
	AGENT(GET, "/agent/foyers/:foyer", household_show, scope_household, FORM(household_act)),
	AGENT(POST, "/agent/foyers/:foyer", household_act, scope_household, FORM(household_act)),
	AGENT(GET, "/agent/foyers/:foyer/vues", seen_show, scope_household, FORM(paging)),
	AGENT(GET, "/agent/foyers/:foyer/modifier", household_edit_form, scope_household_own, FORM(home)),
	AGENT(POST, "/agent/foyers/:foyer/modifier", household_edit_post, scope_household_own, FORM(home)),
	AGENT(GET, "/agent/foyers/:foyer/personne", person_new_form, scope_household_own, FORM(person)),
	AGENT(POST, "/agent/foyers/:foyer/personne", person_new_post, scope_household_own, FORM(person)),
	AGENT(GET, "/agent/foyers/:foyer/personne/:personne", person_edit_form, scope_household_own, FORM(person)),
	AGENT(POST, "/agent/foyers/:foyer/personne/:personne", person_edit_post, scope_household_own, FORM(person)),
	AGENT(GET, "/agent/foyers/:foyer/partage", share_show, scope_household_own, FORM(share)),
	AGENT(POST, "/agent/foyers/:foyer/partage", share_post, scope_household_own, FORM(share)),
	AGENT(GET, "/agent/foyers/:foyer/effacer", erase_form, scope_household_own, FORM(erasing)),
	AGENT(POST, "/agent/foyers/:foyer/effacer", erase_post, scope_household_own, FORM(erasing)),
	AGENT(GET, "/agent/foyers/:foyer/donnees", access_show, scope_household_own, FORM_NONE),
	AGENT(POST, "/agent/foyers/:foyer/donnees", access_post, scope_household_own, FORM(document)),
	AGENT(GET, "/agent/foyers/:foyer/donnees.pdf", access_pdf, scope_household_own, FORM_NONE),
	AGENT(GET, "/agent/foyers/:foyer/donnees.json", access_json, scope_household_own, FORM_NONE),
	AGENT(GET, "/agent/foyers/:foyer/doublons", twins_show, scope_household_own, FORM(twins)),
	AGENT(POST, "/agent/foyers/:foyer/doublons", twins_post, scope_household_own, FORM(twins)),
	AGENT(GET, "/agent/foyers/:foyer/carte", card_show, scope_household_own, FORM_NONE),
	AGENT(POST, "/agent/foyers/:foyer/carte", card_post, scope_household_own, FORM(giving)),
	ROUTE(GET, "/foyer", visit_form, CAP_PUBLIC, SCOPE_NONE, FORM(visiting)),
	ROUTE_WITH(GET, "/foyer/:code", visit_scan, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_SECRET_PATH),
	ROUTE(POST, "/foyer", visit_post, CAP_PUBLIC, SCOPE_NONE, FORM(visiting)),
	ROUTE(GET, "/foyer/dossier", visit_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/foyer/vues", visit_seen, CAP_PUBLIC, SCOPE_NONE, FORM(paging)),
	ROUTE(GET, "/foyer/donnees", visit_access, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(POST, "/foyer/donnees", visit_access_post, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/foyer/donnees.json", visit_access_json, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/foyer/donnees.pdf", visit_access_pdf, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(POST, "/foyer/fin", visit_leave, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/agent/registre", registry_show, CAP_REGISTRY, SCOPE(scope_somewhere), FORM_NONE, ROUTE_AGENT),
	ROUTE_WITH(GET, "/agent/registre.csv", registry_csv, CAP_REGISTRY, SCOPE(scope_somewhere), FORM_NONE, ROUTE_AGENT),
);
