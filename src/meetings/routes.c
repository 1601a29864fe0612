/* The routes and forms of presentation meetings; who reaches them. */
#include "accounts/accounts.h"
#include "meetings/pages.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define VERSION { .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 }
#define FAMILIES { .name = "famille", .kind = F_CHOICES, .label = N_("Familles choisies") }

#define CHOSEN TEXT("ecole", N_("École"), 20), TEXT("vague", N_("Vague"), 20), TEXT("etat", N_("Étape"), 20)

FORM_FIELDS(meetings_list,
	CHOSEN,
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
);
FORM_FIELDS(meeting_facts,
	{ .name = "jour", .kind = F_DATE, .label = N_("Jour"), .required = true, .missing = N_("Dites quel jour.") },
	{ .name = "heure", .kind = F_TEXT, .label = N_("Heure"), .max = 10, .required = true, .missing = N_("Dites à quelle heure.") },
	{ .name = "ecoles", .kind = F_CHOICES, .label = N_("Écoles") },
	TEXT("lieu", N_("Un autre lieu que l’école"), 120), TEXT("salle", N_("Salle"), 60),
	{ .name = "places", .kind = F_INT, .label = N_("Familles que la salle accueille"), .min = 1, .max = 2000 },
	TEXT("qui", N_("Qui présente"), 120),
	{ .name = "note", .kind = F_LINES, .label = N_("Note pour les agents"), .max = 500 },
	{ .name = "relue", .kind = F_BOOL, .label = N_("Cette note a été relue") },
	VERSION,
);
FORM_FIELDS(meeting_acts,
	FAMILIES, TEXT("geste", N_("Geste"), 20), VERSION,
	{ .name = "sur", .kind = F_BOOL, .label = N_("Cette réunion n’aura pas lieu") },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100 },
	TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(meeting_inviting, FAMILIES, CHOSEN, TEXT("geste", N_("Geste"), 20));
FORM_FIELDS(meeting_attending,
	FAMILIES, TEXT("geste", N_("Geste"), 20), TEXT("q", N_("Nom, téléphone ou code de carte"), 100), TEXT("dossier", N_("Dossier"), 20),
	TEXT("lettres", N_("Premières lettres du nom"), 30), TEXT("deja", N_("Déjà cochées"), 2000), TEXT("plus", N_("Notées"), 2000),
	TEXT("moins", N_("Effacées"), 2000), TEXT("fait", N_("Fait"), 10),
);

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(meetings,
	AGENT(GET, "/agent/campagnes/:campagne/reunions", meetings_index, scope_files, FORM(meetings_list)),
	AGENT(GET, "/agent/campagnes/:campagne/reunions.ics", meetings_calendar, scope_files, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/nouvelle", meeting_new_form, scope_files_officer, FORM(meeting_facts)),
	AGENT(POST, "/agent/campagnes/:campagne/reunions/nouvelle", meeting_new_post, scope_files_officer, FORM(meeting_facts)),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/:reunion", meeting_show, scope_meeting, FORM(meeting_acts)),
	AGENT(POST, "/agent/campagnes/:campagne/reunions/:reunion", meeting_post, scope_meeting, FORM(meeting_acts)),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/:reunion.csv", meeting_csv, scope_meeting, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/:reunion/modifier", meeting_edit_form, scope_meeting_officer, FORM(meeting_facts)),
	AGENT(POST, "/agent/campagnes/:campagne/reunions/:reunion/modifier", meeting_edit_post, scope_meeting_officer, FORM(meeting_facts)),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/:reunion/inviter", meeting_invite_form, scope_meeting_officer, FORM(meeting_inviting)),
	AGENT(POST, "/agent/campagnes/:campagne/reunions/:reunion/inviter", meeting_invite_post, scope_meeting_officer, FORM(meeting_inviting)),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/:reunion/presence", attendance_form, scope_meeting, FORM(meeting_attending)),
	AGENT(POST, "/agent/campagnes/:campagne/reunions/:reunion/presence", attendance_post, scope_meeting, FORM(meeting_attending)),
	AGENT(GET, "/agent/campagnes/:campagne/reunions/:reunion/feuille", attendance_sheet, scope_meeting, FORM_NONE),
);

enum err scope_meeting(struct req *req)
{
	struct campaign c;
	struct meeting m;
	try(scope_files(req));
	return meeting_of(req, &c, &m);
}

enum err scope_meeting_officer(struct req *req)
{
	try(scope_files_officer(req));
	return scope_meeting(req);
}
