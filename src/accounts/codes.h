/* Codes that an authenticator application shows (RFC 6238). */
#ifndef GABARE_ACCOUNTS_CODES_H
#define GABARE_ACCOUNTS_CODES_H

#include "base/code.h"

#define TOTP_SECRET 20                           /* bytes, as RFC 4226 recommends */
#define TOTP_STEP_MS 30000

/* The six digits of a secret at a step (ms / TOTP_STEP_MS). */
u32 totp_code(str secret, i64 step);
/* The step whose code was typed: this one, the one before or after, later than `last`; -1 when it is none. A code is good once. */
i64 totp_match(str secret, str typed, i64 now_ms, i64 last);
/* The secret in base 32, as applications want it. */
str totp_base32(struct arena *a, str secret);
/* "otpauth://totp/…" for the QR code: the city's name, and whose account it is. */
str totp_url(struct arena *a, str secret, str issuer, str account);

#endif
