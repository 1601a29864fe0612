/* What a session may do, and where; see accounts.h. */
#include "accounts/accounts.h"

#include "accounts/account.h"
#include "accounts/accounts_sql.h"
#include "accounts/identity_sql.h"
#include "base/timex.h"
#include "http/session.h"

#define KEEP_INVITATIONS_MS (30 * 86400 * (i64)1000)
#define KEEP_FAILURES_MS (86400 * (i64)1000)

static struct grants *grants_of(struct req *req, const struct grant_row_list *rows)
{
	struct grants *g = arena_one(req->a, struct grants);
	g->v = arena_many(req->a, struct grant, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		enum account_role role;
		const struct grant_row *row = &rows->v[i];
		if (!row->organisation_id.set || !role_of_code(row->role, &role))
			continue;
		if (!g->n || g->v[g->n - 1].organisation_id != row->organisation_id.v)
			g->v[g->n++] = (struct grant){ .organisation_id = row->organisation_id.v };
		g->v[g->n - 1].roles |= 1u << role;
		g->v[g->n - 1].caps |= role_caps(role);
	}
	return g;
}

/* What agents find at the top of each page: what their roles can do. */
static void put_menu(struct req *req)
{
	static const char *const families = N_("Familles"), *const places = N_("Lieux"), *const written = N_("Papier et pages"), *const house = N_("Administration");
	static const struct { const char *path, *label, *const *group; enum cap cap, unless; u32 roles; /* one of these too; 0: any */ } sections[] = {
		{ "/agent", N_("Accueil"), NULL, CAP_SESSION },
		{ "/agent/accueil", N_("Faire le point"), NULL, CAP_PEOPLE },
		{ "/agent/foyers", N_("Familles"), &families, CAP_PEOPLE },
		{ "/agent/campagnes", N_("Campagnes"), &families, CAP_CAMPAIGNS },
		{ "/agent/ecoles", N_("Écoles"), &families, CAP_CAMPAIGNS },
		{ "/agent/postes", N_("Postes"), &families, CAP_CAMPAIGNS },
		{ "/agent/attributions/regles", N_("Attributions"), &families, CAP_CAMPAIGNS },
		{ "/agent/ecole", N_("Mon établissement"), &families, CAP_SESSION, .roles = 1u << ROLE_SCHOOL_REFERENT },
		{ "/agent/lieux", N_("Lieux"), &places, CAP_PLACES },
		{ "/agent/recensement", N_("Recensement"), &places, CAP_NETWORK },
		{ "/agent/doublons", N_("Doublons"), &places, CAP_NETWORK },
		{ "/agent/imports", N_("Importer des lieux"), &places, CAP_NETWORK },
		{ "/agent/signalements", N_("Erreurs signalées"), &places, CAP_REPORTS },
		{ "/agent/reseau", N_("Réseau"), NULL, CAP_CONTACTS },
		{ "/agent/guide", N_("Guide papier"), &written, CAP_NETWORK },
		{ "/agent/guide/stock", N_("Guides papier"), &written, CAP_PLACES, CAP_NETWORK },
		{ "/agent/ecrits", N_("Pages écrites"), &written, CAP_NETWORK },
		{ "/agent/comptes", N_("Comptes"), &house, CAP_ACCOUNTS },
		{ "/agent/envois", N_("Envois"), &house, CAP_MESSAGES },
		{ "/agent/journal", N_("Journal"), &house, CAP_AUDIT },
		{ "/agent/registre", N_("Registre"), &house, CAP_REGISTRY },
		{ "/compte", N_("Mon compte"), NULL, CAP_SESSION },
		{ "/deconnexion", N_("Se déconnecter"), NULL, CAP_SESSION },
	};
	struct section *menu = arena_many(req->a, struct section, lengthof(sections) + 1);
	const struct grants *g = req->session->grants;
	u32 roles = 0;
	size_t n = 0;
	for (size_t i = 0; i < g->n; i++)
		roles |= g->v[i].roles;
	for (size_t i = 0; i < lengthof(sections); i++)
		if (session_may(req->session, sections[i].cap) && !(sections[i].unless && session_may(req->session, sections[i].unless)) &&
		    (!sections[i].roles || sections[i].roles & roles))
			menu[n++] = (struct section){ sections[i].path, sections[i].label, sections[i].group ? *sections[i].group : NULL };
	req->v.sections = menu;
}

enum err accounts_begin(struct req *req)
{
	struct grant_row_list rows;
	if (!req->session)
		return OK;
	try(account_grants(req->db, req->session->user_id, &rows));
	if (!rows.n) {
		req->session = NULL;
		return OK;
	}
	if (req->session->pending)
		return OK;
	struct grants *g = grants_of(req, &rows);
	req->session->grants = g;
	req->session->caps = 1u << CAP_SESSION;
	for (size_t i = 0; i < g->n; i++)
		req->session->caps |= g->v[i].caps;
	put_menu(req);
	return OK;
}

static const struct grant *grant_in(const struct req *req, i64 organisation_id)
{
	const struct grants *g = req->session ? req->session->grants : NULL;
	for (size_t i = 0; g && i < g->n; i++)
		if (g->v[i].organisation_id == organisation_id)
			return &g->v[i];
	return NULL;
}

bool accounts_may_in(const struct req *req, enum cap cap, i64 organisation_id)
{
	const struct grant *g = grant_in(req, organisation_id);
	return g && g->caps & 1u << cap;
}

u32 accounts_roles_in(const struct req *req, i64 organisation_id)
{
	const struct grant *g = grant_in(req, organisation_id);
	return g ? g->roles : 0;
}

/* ---- scopes ---- */

enum err scope_self(struct req *req)
{
	return req->session ? OK : NOT_FOUND;
}

enum err scope_somewhere(struct req *req)
{
	return session_may(req->session, req->route->cap) ? OK : NOT_FOUND;
}

enum err scope_organisation(struct req *req)
{
	i64 id;
	bool reached = str_i64(req_param(req, "organisation"), &id) && accounts_may_in(req, req->route->cap, id);
	return reached ? OK : NOT_FOUND;
}

enum err scope_colleague(struct req *req)
{
	i64 user;
	struct account_membership_row_list m;
	try(scope_organisation(req));
	if (!str_i64(req_param(req, "compte"), &user))
		return NOT_FOUND;
	try(account_memberships(req->db, user, &m));
	for (size_t i = 0; i < m.n; i++)
		if (m.v[i].organisation_id == param_id(req, "organisation"))
			return OK;
	return NOT_FOUND;
}

enum err accounts_purge(struct db *db, i64 most, i64 *ret_n)
{
	i64 now = now_ms();
	try(identity_step_forget(db, now, most));
	*ret_n = db_changes(db);
	try(identity_session_forget(db, now - SESSION_MAX_MS, most));
	*ret_n += db_changes(db);
	try(invitation_forget(db, now - KEEP_INVITATIONS_MS, most));
	*ret_n += db_changes(db);
	try(login_failure_forget(db, now - KEEP_FAILURES_MS, most));
	*ret_n += db_changes(db);
	return OK;
}
