/* Codes that people copy from paper, and those that an authenticator application shows (RFC 6238). */
#ifndef GABARE_ACCOUNTS_CODES_H
#define GABARE_ACCOUNTS_CODES_H

#include "base/arena.h"

/* `groups` groups of four signs joined by "-", five random bits each: no 0, 1, I or O. `bits` has 4 × groups bytes at least. */
str code_of_bits(struct arena *a, str bits, size_t groups);
/* A code as typed, small letters and spaces and hyphens or not, in the one form that is compared. */
str code_plain(struct arena *a, str typed);

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
