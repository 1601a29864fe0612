/* The table of roles; see roles.h. Adding a capability: its name in http/route.h, its bit in the rows that have it. */
#include "accounts/roles.h"

#define CAN(cap) (1u << (cap))
#define IS(role) (1u << (role))
#define NETWORK (IS(ROLE_MEDIATOR) | IS(ROLE_STRUCTURE_MANAGER) | IS(ROLE_DESK_AGENT) | IS(ROLE_SCHOOL_REFERENT) | IS(ROLE_LANDLORD) | IS(ROLE_TECHNICIAN))
#define ALL (IS(ROLES_COUNT) - 1)

/* Those that are not here may do what everybody who has logged in may. */
static const struct { u32 caps, grants; } roles[ROLES_COUNT] = {
	[ROLE_MEDIATOR] = { CAN(CAP_CONTACTS) | CAN(CAP_PEOPLE) | CAN(CAP_DEVICES), 0 },
	[ROLE_STRUCTURE_MANAGER] = { CAN(CAP_PLACES) | CAN(CAP_CONTACTS), 0 },
	[ROLE_DESK_AGENT] = { CAN(CAP_PEOPLE) | CAN(CAP_DEVICES), 0 },
	[ROLE_TECHNICIAN] = { CAN(CAP_DEVICES), 0 },
	[ROLE_PROGRAMME_OFFICER] = { CAN(CAP_CAMPAIGNS) | CAN(CAP_PEOPLE) | CAN(CAP_DEVICES), 0 },
	[ROLE_COORDINATOR] = { CAN(CAP_ACCOUNTS) | CAN(CAP_REPORTS) | CAN(CAP_MESSAGES) | CAN(CAP_PLACES) | CAN(CAP_NETWORK) | CAN(CAP_CONTACTS),
		NETWORK },
	[ROLE_DPO] = { CAN(CAP_AUDIT) | CAN(CAP_REGISTRY), 0 },
	[ROLE_ADMIN] = { CAN(CAP_ACCOUNTS) | CAN(CAP_OPERATE) | CAN(CAP_REPORTS) | CAN(CAP_MESSAGES) | CAN(CAP_AUDIT) |
		CAN(CAP_PLACES) | CAN(CAP_NETWORK) | CAN(CAP_CONTACTS) | CAN(CAP_CAMPAIGNS) | CAN(CAP_REGISTRY) | CAN(CAP_DEVICES), ALL },
};

const struct choice role_choices[] = {
	[ROLE_MEDIATOR] = { "mediator", N_("Médiation numérique") },
	[ROLE_STRUCTURE_MANAGER] = { "structure_manager", N_("Responsable de structure") },
	[ROLE_DESK_AGENT] = { "desk_agent", N_("Accueil d’un lieu ressource") },
	[ROLE_SCHOOL_REFERENT] = { "school_referent", N_("Référence d’une école, d’un établissement ou d’une association") },
	[ROLE_LANDLORD] = { "landlord", N_("Bailleur") },
	[ROLE_TECHNICIAN] = { "technician", N_("Atelier de réemploi") },
	[ROLE_PROGRAMME_OFFICER] = { "programme_officer", N_("Conduite des programmes") },
	[ROLE_AUTHORISING_OFFICER] = { "authorising_officer", N_("Ordonnancement") },
	[ROLE_PUBLIC_ACCOUNTANT] = { "public_accountant", N_("Comptabilité publique") },
	[ROLE_CASHIER] = { "cashier", N_("Régie") },
	[ROLE_COORDINATOR] = { "coordinator", N_("Coordination du réseau") },
	[ROLE_DPO] = { "dpo", N_("Protection des données") },
	[ROLE_ADMIN] = { "admin", N_("Administration") },
	[ROLES_COUNT] = { NULL, NULL },
};

const char *role_code(enum account_role r) { return role_choices[r].value; }
const char *role_label(enum account_role r) { return role_choices[r].label; }

bool role_of_code(str code, enum account_role *ret)
{
	for (enum account_role r = 0; r < ROLES_COUNT; r++)
		if (str_eq(code, str_c(role_code(r)))) {
			*ret = r;
			return true;
		}
	return false;
}

u32 role_caps(enum account_role r) { return roles[r].caps | CAN(CAP_SESSION); }

u32 roles_grantable(u32 held)
{
	u32 all = 0;
	for (enum account_role r = 0; r < ROLES_COUNT; r++)
		if (held & IS(r))
			all |= roles[r].grants;
	return all;
}
