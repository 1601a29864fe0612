/* The routes and forms of the stock; who reaches what. */
#include "accounts/accounts.h"
#include "http/session.h"
#include "stock/pages.h"

#define TEXT(name_, label_, max_) { .name = name_, .kind = F_TEXT, .label = label_, .max = max_ }
#define NUMBER(name_, label_, max_) { .name = name_, .kind = F_INT, .label = label_, .min = 0, .max = max_ }
#define VERSION { .name = "version", .kind = F_INT, .label = N_("Version"), .min = 0, .max = 9e18 }

const struct choice stock_kind_choices[] = { { "laptop", N_("Portable") }, { "desktop", N_("Fixe") }, { "tablet", N_("Tablette") }, { NULL, NULL } };
const struct choice stock_grade_choices[] = {
	{ "A", N_("A : comme neuf") }, { "B", N_("B : bon état, quelques traces") }, { "C", N_("C : usé, il marche") }, { NULL, NULL },
};
const struct choice stock_owner_choices[] = {
	{ "city", N_("La ville") }, { "metropole", N_("La métropole") }, { "ccas", N_("Le CCAS") }, { "association", N_("Une association") },
	{ "company", N_("Une entreprise") }, { NULL, NULL },
};
const struct choice stock_state_choices[] = {
	{ "in_stock", N_("En stock") }, { "reserved", N_("Réservé") }, { "lent", N_("Prêté") }, { "returned", N_("Rendu, à vérifier") },
	{ "in_repair", N_("En réparation") }, { "lost", N_("Perdu ou volé") }, { "gone", N_("Sorti du stock") }, { NULL, NULL },
};

FORM_FIELDS(stock_list,
	{ .name = "etat", .kind = F_CHOICE, .label = N_("État"), .choices = stock_state_choices },
	{ .name = "note", .kind = F_CHOICE, .label = N_("Qualité"), .choices = stock_grade_choices },
	TEXT("q", N_("Étiquette, modèle ou n° de série"), 80), NUMBER("depuis", N_("Depuis"), 9e18),
	{ .name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000 }, TEXT("fait", N_("Fait"), 10),
);
FORM_FIELDS(stock_facts,
	TEXT("organisation", N_("Qui le garde et le prête"), 20),
	{ .name = "sorte", .kind = F_CHOICE, .label = N_("Sorte"), .required = true, .choices = stock_kind_choices, .missing = N_("Choisissez la sorte.") },
	TEXT("modele", N_("Marque et modèle"), 80), TEXT("serie", N_("N° de série"), 60),
	{ .name = "note", .kind = F_CHOICE, .label = N_("Qualité"), .required = true, .choices = stock_grade_choices, .missing = N_("Choisissez sa qualité.") },
	NUMBER("memoire", N_("Mémoire (Go)"), 1024), NUMBER("disque", N_("Disque (Go)"), 100000), TEXT("ecran", N_("Écran (pouces)"), 6),
	TEXT("systeme", N_("Système"), 60),
	{ .name = "proprietaire", .kind = F_TEXT, .label = N_("À qui il appartient"), .required = true, .max = 120,
		.missing = N_("Écrivez à qui il appartient : il ne se donne pas pareil.") },
	{ .name = "genre", .kind = F_CHOICE, .label = N_("Ce propriétaire est"), .required = true, .choices = stock_owner_choices,
		.missing = N_("Dites ce qu’est ce propriétaire.") },
	{ .name = "nombre", .kind = F_INT, .label = N_("Combien comme celui-ci"), .min = 1, .max = ENTRY_MOST },
	{ .name = "lignes", .kind = F_LINES, .label = N_("Ou plusieurs, un par ligne"), .max = 8000 },
	VERSION,
);
FORM_FIELDS(stock_act, TEXT("geste", N_("Geste"), 20), TEXT("ou", N_("Et maintenant"), 40), VERSION, TEXT("fait", N_("Fait"), 10),);

#define AGENT(method_, path_, handler_, scope_, form_) ROUTE_WITH(method_, path_, handler_, CAP_CAMPAIGNS, SCOPE(scope_), form_, ROUTE_AGENT)
ROUTES(stock,
	AGENT(GET, "/agent/postes", devices_index, scope_somewhere, FORM(stock_list)),
	AGENT(GET, "/agent/postes.csv", devices_csv, scope_somewhere, FORM(stock_list)),
	AGENT(GET, "/agent/postes/etiquettes", device_labels, scope_somewhere, FORM(stock_list)),
	AGENT(GET, "/agent/postes/nouveau", device_new_form, scope_stock_officer, FORM(stock_facts)),
	AGENT(POST, "/agent/postes/nouveau", device_new_post, scope_stock_officer, FORM(stock_facts)),
	ROUTE_WITH(GET, "/agent/postes/:poste", device_show, CAP_DEVICES, SCOPE(scope_device), FORM(stock_act), ROUTE_AGENT),
	AGENT(POST, "/agent/postes/:poste", device_post, scope_device_officer, FORM(stock_act)),
	AGENT(GET, "/agent/postes/:poste/modifier", device_edit_form, scope_device_officer, FORM(stock_facts)),
	AGENT(POST, "/agent/postes/:poste/modifier", device_edit_post, scope_device_officer, FORM(stock_facts)),
	ROUTE_WITH(GET, "/p/:etiquette", device_found, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_COUNTED),
);

/* ---- who reaches what ---- */

bool stock_may_change(const struct req *req, i64 organisation_id)
{
	return accounts_roles_in(req, organisation_id) & 1u << ROLE_PROGRAMME_OFFICER;
}

enum err device_of(struct req *req, struct device *ret)
{
	enum err e = stock_by_label(req->db, req_param(req, "poste"), ret);
	return e == INVALID ? NOT_FOUND : e;
}

#define HANDS (1u << ROLE_PROGRAMME_OFFICER | 1u << ROLE_MEDIATOR | 1u << ROLE_DESK_AGENT | 1u << ROLE_TECHNICIAN)

enum err device_hands(struct req *req, const struct device *d, bool *ret)
{
	struct device_follower_row_list rows;
	*ret = accounts_roles_in(req, d->organisation_id) & HANDS;
	if (*ret)
		return OK;
	try(device_followers(req->db, d->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*ret = *ret || accounts_roles_in(req, rows.v[i].organisation_id) & HANDS;
	return OK;
}

enum err scope_device_hands(struct req *req)
{
	struct device d;
	bool may;
	try(device_of(req, &d));
	try(device_hands(req, &d, &may));
	return may ? OK : NOT_FOUND;
}

enum err scope_device(struct req *req)
{
	struct device d;
	try(device_of(req, &d));
	return accounts_may_in(req, CAP_CAMPAIGNS, d.organisation_id) ? OK : scope_device_hands(req);
}

enum err scope_device_officer(struct req *req)
{
	struct device d;
	try(device_of(req, &d));
	return stock_may_change(req, d.organisation_id) ? OK : NOT_FOUND;
}

enum err scope_stock_officer(struct req *req)
{
	const struct grants *g = req->session ? req->session->grants : NULL;
	for (size_t i = 0; g && i < g->n; i++)
		if (stock_may_change(req, g->v[i].organisation_id))
			return OK;
	return NOT_FOUND;
}

str device_path(struct arena *a, const struct device *d, const char *rest)
{
	return str_printf(a, STOCK_ROUTE "/%.*s%s", STR_ARG(stock_label(a, d->label)), rest);
}

void stock_panel_add(struct stock_panel *p, str path, str label, str about)
{
	if (p->n < STOCK_DEEDS)
		p->v[p->n++] = (struct stock_deed){ path, label, about };
}
