/* What handlers ask of the oidc process (wait.h), which alone talks to the identity provider and knows our secret there.
 * Messages are packed values. An answer begins with what went wrong (text, empty when nothing did) and whether that is because the
 * provider is away (number); what follows is there only when nothing went wrong. */
#ifndef GABARE_HTTP_OIDC_H
#define GABARE_HTTP_OIDC_H

#include "http/wait.h"

enum oidc_kind {
	OIDC_BEGIN = 1,                          /* redirect_uri, state, nonce, code_challenge → address to send the browser to */
	OIDC_FINISH,                             /* redirect_uri, code, nonce, code_verifier → issuer, subject, id_token */
	OIDC_LEAVE,                              /* redirect_uri, state, id_token → address to send the browser to; empty: none */
};

#endif
