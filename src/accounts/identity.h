/* Log-in by an OpenID Connect provider (ProConnect and its like). The browser is sent there and comes back to /connexion/retour; what
 * it brings is verified by the oidc process (http/oidc.h). An identity opens the account that it was linked to: by whoever held an
 * invitation, or by the account's owner. It never makes an account, and an address that the provider tells links nothing. */
#ifndef GABARE_ACCOUNTS_IDENTITY_H
#define GABARE_ACCOUNTS_IDENTITY_H

#include "accounts/account.h"
#include "http/session.h"

#define IDENTITY_STEP_MS (10 * 60 * (i64)1000)   /* within which one must be back */

/* Why somebody goes to the provider. */
struct identity_step {
	const char *purpose;                     /* "login", "invitation", "link" */
	struct opt_i64 user_id, invitation_id;
	str suite, back;                         /* where one goes after, and to try again */
};

/* True when agents may log in by a provider here; a demonstration has none. */
bool identity_offered(const struct city *c);
/* Sends the browser to the provider, or says why it cannot. Returns WAITING. */
must_use enum err identity_begin(struct req *req, const struct identity_step *s);
/* Of the account: when its identity was linked; NOT_FOUND: it has none at the provider of today. */
must_use enum err identity_linked(struct req *req, i64 user_id, i64 *ret_at);

/* The session that replaces another keeps what leaving needs. In a transaction. */
must_use enum err identity_carry(struct db *db, const struct session *fresh);
/* Leaves the provider's session too, where this one began there; *ret_going: returns WAITING, and does the rest. */
must_use enum err identity_leave(struct req *req, bool *ret_going);

#endif
