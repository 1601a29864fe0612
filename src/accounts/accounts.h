/* Accounts, as the rest of the house sees them: what a session may do, and where. A user has roles in organisations
 * (roles.c); a session's capabilities are those of its roles, read anew at each request, so that a role taken away or an account
 * disabled is felt at once. */
#ifndef GABARE_ACCOUNTS_H
#define GABARE_ACCOUNTS_H

#include "accounts/roles.h"
#include "http/seal.h"

extern const struct route accounts_routes[];

struct grant { i64 organisation_id; u32 roles, caps; };        /* bits of enum account_role, enum cap */
struct grants { struct grant *v; size_t n; };

/* The pipeline's step after session_load: fills the session's capabilities and the agents' menu; forgets a session whose account
 * is not active. */
must_use enum err accounts_begin(struct req *req);
/* True when the session holds the capability in that organisation. */
bool accounts_may_in(const struct req *req, enum cap cap, i64 organisation_id);
/* The session's roles in that organisation, one bit each. */
u32 accounts_roles_in(const struct req *req, i64 organisation_id);

/* The session's own name and address, opened. */
must_use enum err accounts_own(struct req *req, str *ret_name, str *ret_address);

/* Scope resolvers of routes (http/route.h). Of what belongs to whoever has logged in: */
scope_fn scope_self;
/* Of pages without an object, for those who hold the route's capability in some organisation: */
scope_fn scope_somewhere;
/* Of ":organisation": the route's capability must be held there. */
scope_fn scope_organisation;
/* Of ":compte" in ":organisation": the account has a role there, and the route's capability is held there. */
scope_fn scope_colleague;

/* What colleagues are called, opened, for pages that say who did something; "" for an account that is not there. */
must_use enum err accounts_names(struct db *db, const struct vault_asker *vault, const i64 *ids, size_t n, str *ret);
/* "" when there is none of that id. */
must_use enum err accounts_organisation_name(struct db *db, i64 id, str *ret);
/* The name of the organisation where somebody works, who did something for `organisation_id`: that one when they have a role there; else one
 * where they have; else that one. */
must_use enum err accounts_employer(struct db *db, i64 user_id, i64 organisation_id, str *ret);

/* Forgets ended invitations and old failures, at most `most` of each; for the jobs process. In a transaction. */
must_use enum err accounts_purge(struct db *db, i64 most, i64 *ret_n);

#endif
