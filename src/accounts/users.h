/* What the two files about an organisation's accounts share. */
#ifndef GABARE_ACCOUNTS_USERS_H
#define GABARE_ACCOUNTS_USERS_H

#include "accounts/pages.h"

/* The account of the path, its roles in the organisation of the path and elsewhere, and what the one who asks may do with it. */
struct target {
	struct account account;
	i64 organisation;
	str organisation_name;
	struct account_membership_row_list memberships;
	u32 here;                                /* its roles in this organisation, one bit each */
	bool elsewhere;                          /* it has roles in another one */
	bool suspended;
	bool may;                                /* all its roles here are among those that the one who asks may give and take, and it is not oneself */
};
must_use enum err target_of(struct req *req, struct target *ret);
/* The roles of `mask`, for a form. */
const struct choice *roles_of_mask(struct arena *a, u32 mask);
must_use enum err organisation_name_of(struct req *req, str *ret);
/* A new invitation may be made: nobody else has given this account a role, so that its link opens nothing of another organisation. */
bool target_may_be_invited(const struct target *t);

#endif
