/* The identity provider (OpenID Connect): what is asked of it, and what is believed of its answers. For the oidc process alone. */
#ifndef GABARE_APP_OIDC_H
#define GABARE_APP_OIDC_H

#include "app/config.h"
#include "base/child.h"

/* What is wrong with an issuer; NULL: nothing. It is an https address, or one of this machine, for tests. */
const char *oidc_check_issuer(str issuer);

/* ---- oidc_token.c: what is believed ---- */

/* Against what a token is held; times in seconds. */
struct oidc_expected { str issuer, client_id, nonce, access_token, acr_values; i64 now; };
/* Both verify against `keys` (a JWK set, as text) and give NULL, or the word that says what is wrong. Texts are in the arena.
 * "key": no key of the set has the token's name, a newer set may. */
const char *oidc_id_token(struct arena *a, str keys, str token, const struct oidc_expected *e, str *ret_subject);
/* What the provider says of the person, signed (application/jwt) or not: it must be the same person. */
const char *oidc_userinfo(struct arena *a, str keys, str type, str body, const struct oidc_expected *e, str subject);

/* ---- oidc_ask.c: what is asked ---- */

/* What was learnt of the provider, kept from one child to the next: its configuration and keys, as they came. */
struct oidc_known { str discovery, keys; i64 discovery_us, keys_us; };
struct oidc_provider { const struct config *config; str secret; struct oidc_known known; };
/* In a child: one question (http/oidc.h). Sends its answer, then what it learnt, if anything. */
must_use enum err oidc_task(const struct oidc_provider *p, u32 kind, str message, struct child_out *out);
/* What a child learnt, read into `ret` by its parent, in its arena; INVALID: not well-formed, nothing is changed. */
must_use enum err oidc_learn(struct arena *a, str record, struct oidc_known *ret);

#endif
