/* Roles: who may do what. One table (roles.c) gives each role its name, its capabilities and the roles it may hand out. */
#ifndef GABARE_ACCOUNTS_ROLES_H
#define GABARE_ACCOUNTS_ROLES_H

#include "http/form.h"
#include "http/route.h"

enum account_role {
	ROLE_MEDIATOR, ROLE_STRUCTURE_MANAGER, ROLE_DESK_AGENT, ROLE_SCHOOL_REFERENT, ROLE_LANDLORD, ROLE_TECHNICIAN, ROLE_PROGRAMME_OFFICER,
	ROLE_AUTHORISING_OFFICER, ROLE_PUBLIC_ACCOUNTANT, ROLE_CASHIER, ROLE_COORDINATOR, ROLE_DPO, ROLE_ADMIN, ROLES_COUNT
};

/* "structure_manager", as stored. */
const char *role_code(enum account_role r);
/* What people read: a msgid. */
const char *role_label(enum account_role r);
/* The role of a code; false when there is none. */
bool role_of_code(str code, enum account_role *ret);
/* All of them with their labels, for forms; ends with {NULL, NULL}. */
extern const struct choice role_choices[];

/* Its capabilities, one bit per enum cap. */
u32 role_caps(enum account_role r);
/* The roles that a holder of `roles` (one bit each) may give and take in the same organisation, one bit each: never more than what the
 * holder has already, but for people's files and devices (CAP_PEOPLE, CAP_DEVICES): who manages accounts opens them to those who work with
 * families or mend their computers, and not to themselves. */
u32 roles_grantable(u32 roles);

#endif
