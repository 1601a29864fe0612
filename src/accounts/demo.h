/* The invented accounts of the demonstration city. Their password is printed on its log-in page; a city that is none refuses it. */
#ifndef GABARE_ACCOUNTS_DEMO_H
#define GABARE_ACCOUNTS_DEMO_H

#include "accounts/account.h"

#define DEMO_PASSWORD "quatre mots sur un ponton"

struct demo_account { const char *email, *name, *organisation; enum account_role role; };
struct demo_accounts { const struct demo_account *v; size_t n; };
const struct demo_accounts *demo_accounts(void);

/* Makes those that are not there yet, with their organisations. */
must_use enum err demo_accounts_load(struct db *db, const struct vault_asker *vault);

#endif
