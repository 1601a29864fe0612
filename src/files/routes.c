/* The routes and forms of files of families; who reaches them. */
#include "accounts/accounts.h"
#include "files/pages.h"
#include "http/session.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }

FORM_FIELDS(files_list,
	TEXT("etat", N_("Étape"), 20), TEXT("ecole", N_("École"), 80), TEXT("vague", N_("Vague"), 20),
	{ .name = "retard", .kind = F_INT, .label = N_("Sans rien depuis (jours)"), .min = 1, .max = 999 },
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 },
	{ .name = "dossier", .kind = F_CHOICES, .label = N_("Familles choisies") },
	TEXT("geste", N_("Geste"), 20), TEXT("fait", N_("Fait"), 10),
	{ .name = "confirme", .kind = F_BOOL, .label = N_("Confirmé") },
);
FORM_FIELDS(file_naming,
	{ .name = "prenom", .kind = F_TEXT, .label = N_("Prénom du parent"), .required = true, .max = 80, .missing = N_("Écrivez le prénom du parent.") },
	{ .name = "nom", .kind = F_TEXT, .label = N_("Nom du parent"), .required = true, .max = 80, .missing = N_("Écrivez le nom du parent.") },
	{ .name = "telephone", .kind = F_PHONE, .label = N_("Téléphone") },
	{ .name = "enfant", .kind = F_TEXT, .label = N_("Prénom de l’enfant"), .max = 80 },
	{ .name = "classe", .kind = F_CHOICE, .label = N_("Classe"), .choices = class_choices },
	TEXT("ou", N_("École et vague"), 60), TEXT("reunion", N_("Réunion"), 20), TEXT("famille", N_("La même famille ?"), 30),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(file_unnaming, { .name = "famille", .kind = F_INT, .label = N_("Famille"), .required = true, .min = 1, .max = 9e18 });
FORM_FIELDS(file_act,
	TEXT("geste", N_("Geste"), 20), TEXT("etape", N_("Étape suivante"), 60), TEXT("raison", N_("Raison"), 20), TEXT("avec", N_("Réunir avec"), 20),
	TEXT("dossier", N_("Réunir avec"), 20),
	{ .name = "jour", .kind = F_DATE, .label = N_("Quel jour") },
	{ .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 },
	TEXT("fait", N_("Fait"), 10),
);

#define AGENT(method_, path_, handler_, cap_, scope_, form_) ROUTE_WITH(method_, path_, handler_, cap_, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(files,
	AGENT(GET, "/agent/dossiers", campaigns_of_families, CAP_PEOPLE, scope_somewhere, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers", files_index, CAP_PEOPLE, scope_files, FORM(files_list)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers", files_batch, CAP_PEOPLE, scope_files, FORM(files_list)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/nouveau", file_name_form, CAP_PEOPLE, scope_files, FORM(file_naming)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/nouveau", file_name_post, CAP_PEOPLE, scope_files, FORM(file_naming)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/appels", calls_show, CAP_PEOPLE, scope_files, FORM_NONE),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers.csv", files_csv, CAP_PEOPLE, scope_files, FORM(files_list)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers-noms.csv", files_names_csv, CAP_PEOPLE, scope_files_officer, FORM(files_list)),
	AGENT(GET, "/agent/campagnes/:campagne/dossiers/:dossier", file_show, CAP_PEOPLE, scope_files, FORM(file_act)),
	AGENT(POST, "/agent/campagnes/:campagne/dossiers/:dossier", file_post, CAP_PEOPLE, scope_files, FORM(file_act)),
	AGENT(GET, "/agent/ecole/:ecole/familles", school_named_index, CAP_SESSION, scope_referent, FORM(file_naming)),
	AGENT(POST, "/agent/ecole/:ecole/familles", school_unname_post, CAP_SESSION, scope_referent, FORM(file_unnaming)),
	AGENT(GET, "/agent/ecole/:ecole/familles/nouvelle", school_name_form, CAP_SESSION, scope_referent, FORM(file_naming)),
	AGENT(POST, "/agent/ecole/:ecole/familles/nouvelle", school_name_post, CAP_SESSION, scope_referent, FORM(file_naming)),
);

/* ---- who reaches what ---- */

enum err file_of(struct req *req, const struct campaign *c, str public_id, struct file *ret)
{
	struct family_file_row row;
	struct household h;
	try(file_by_public(req->db, public_id, c->id, &row));
	try(household_get(req->db, row.root, &h));
	if (h.erased || h.organisation_id != c->organisation_id)
		return NOT_FOUND;
	*ret = file_of_row(&row);
	return OK;
}

static enum err reach(struct req *req, bool officer)
{
	struct campaign c;
	struct file f;
	try(campaign_of(req, &c));
	if (!accounts_may_in(req, CAP_PEOPLE, c.organisation_id) || (officer && file_who_of(req, &c) != FW_OFFICER))
		return NOT_FOUND;
	return req_param(req, "dossier").p ? file_of(req, &c, req_param(req, "dossier"), &f) : OK;
}

enum err scope_files(struct req *req) { return reach(req, false); }
enum err scope_files_officer(struct req *req) { return reach(req, true); }

enum err scope_referent(struct req *req)
{
	struct school s;
	struct school_organisation_row o;
	try(school_by_uai(req->db, req_param(req, "ecole"), &s));
	try(school_organisation_of(req->db, s.id, &o));
	req->v.said = school_is_primary(&s) ? NULL : campaign_said_of_adults;
	return accounts_roles_in(req, o.id) & 1u << ROLE_SCHOOL_REFERENT ? OK : NOT_FOUND;
}

enum file_who file_who_of(const struct req *req, const struct campaign *c)
{
	return accounts_roles_in(req, c->organisation_id) & 1u << ROLE_PROGRAMME_OFFICER ? FW_OFFICER : FW_SERVICE;
}

str state_label(const struct view *v, str code)
{
	enum file_state s;
	return file_state_of(code, &s) ? tr_here(v, file_states[s].label) : code;
}
