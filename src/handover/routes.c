/* The routes and forms of handovers. All is the officers' who run the campaign: the step is theirs (src/files/steps.c). */
#include "accounts/accounts.h"
#include "handover/pages.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define NUMBER(name_, label_, max_) { .name = name_, .kind = F_INT, .label = label_, .min = 1, .max = max_ }
#define VERSION { .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 }

FORM_FIELDS(handover_making,
	{ .name = "jour", .kind = F_DATE, .label = N_("Quel jour"), .required = true, .missing = N_("Choisissez le jour.") },
	{ .name = "lieu", .kind = F_TEXT, .label = N_("Où"), .max = 150 }, TEXT("ecole", N_("Familles de l’école"), 80), TEXT("debut", N_("De"), 10),
	NUMBER("duree", N_("Minutes par créneau"), 240), NUMBER("creneaux", N_("Nombre de créneaux"), SLOTS_MOST),
	NUMBER("places", N_("Familles par créneau"), 20), TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(handover_planning,
	TEXT("geste", N_("Geste"), 20), { .name = "dossier", .kind = F_CHOICES, .label = N_("Familles choisies") },
	{ .name = "creneau", .kind = F_INT, .label = N_("Créneau"), .min = 0, .max = SLOTS_MOST }, VERSION, TEXT("fait", N_("Fait"), 10),
	TEXT("poste", N_("Code de l’étiquette"), 200),
);
FORM_FIELDS(handover_act,
	TEXT("geste", N_("Geste"), 20), TEXT("poste", N_("Code de l’étiquette"), 200),
	{ .name = "accessoire", .kind = F_CHOICES, .label = N_("Accessoires"), .choices = accessory_choices },
	{ .name = "etat", .kind = F_CHOICE, .label = N_("État vu avec la famille"), .choices = seen_choices },
	TEXT("titre", N_("À quel titre"), 10), { .name = "valeur", .kind = F_INT, .label = N_("Ce qu’il vaut (euros)"), .min = 0, .max = 100000 },
	{ .name = "engagement", .kind = F_BOOL, .label = N_("Engagement signé") }, { .name = "decision", .kind = F_BOOL, .label = N_("Décision vue") },
	{ .name = "autre", .kind = F_BOOL, .label = N_("Remettre un autre poste que celui qui est gardé") },
	TEXT("ou", N_("Premier atelier"), 80), TEXT("lieu", N_("Un autre lieu"), 120), { .name = "jour", .kind = F_DATE, .label = N_("Quel jour") },
	TEXT("heure", N_("À quelle heure"), 10), VERSION, TEXT("raison", N_("Raison"), 20), TEXT("fait", N_("Fait"), 10),
);

FORM_FIELDS(handover_telling, VERSION);

#define AGENT(method_, path_, handler_, form_) ROUTE_WITH(method_, path_, handler_, CAP_PEOPLE, SCOPE(scope_files_officer), form_, ROUTE_AGENT)
ROUTES(handover,
	AGENT(GET, "/agent/campagnes/:campagne/remises", handover_index, FORM(handover_making)),
	AGENT(POST, "/agent/campagnes/:campagne/remises", handover_day_post, FORM(handover_making)),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise", handover_show, FORM(handover_planning)),
	AGENT(POST, "/agent/campagnes/:campagne/remises/:remise", handover_post, FORM(handover_planning)),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise/appels", handover_calls, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise/jour", handover_today, FORM(handover_planning)),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise/prevenir", notice_form, FORM(handover_telling)),
	AGENT(POST, "/agent/campagnes/:campagne/remises/:remise/prevenir", notice_post, FORM(handover_telling)),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise/lettres", notice_letters, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise/bilan", handover_tally, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/remises/:remise/bilan.csv", handover_tally_csv, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier/remise", handing_form, FORM(handover_act)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/:dossier/remise", handing_post, FORM(handover_act)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier/remise/recu", handing_receipt, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier/remise/recu.pdf", handing_receipt_pdf, FORM_NONE),
);

enum err handover_day_of(struct req *req, struct campaign *ret_campaign, struct handover_day_row *ret)
{
	i64 id;
	try(campaign_of(req, ret_campaign));
	try(str_i64(req_param(req, "remise"), &id) ? handover_day_by_id(req->db, id, ret) : NOT_FOUND);
	return ret->campaign_id == ret_campaign->id ? OK : NOT_FOUND;
}

bool handover_day_past(const struct handover_day_row *d)
{
	struct date day;
	return date_parse(d->day, &day) && date_days(day) < date_days(today_paris());
}

str handover_day_path(struct arena *a, const struct handover_day_row *d, const char *rest)
{
	return str_printf(a, "/agent/campagnes/%lld/remises/%lld%s", (long long)d->campaign_id, (long long)d->id, rest);
}
