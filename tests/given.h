/* What page tests of agents begin with: organisations, accounts, and a browser that has logged in. */
#ifndef GABARE_GIVEN_H
#define GABARE_GIVEN_H

#include "accounts/account.h"
#include "ask.h"

/* An organisation; its id. */
i64 given_organisation(const char *name);
/* An active account without password, with a role there; its id. */
i64 given_account(const char *email, const char *name, i64 organisation, enum account_role role);
/* From here on get() and post() are asked by this account; 0: by nobody. */
void ask_as(i64 user);

#endif
