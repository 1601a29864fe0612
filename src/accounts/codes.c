/* See codes.h. HMAC-SHA-1, which authenticator applications use, is nettle's. */
#include "accounts/codes.h"

#include <nettle/hmac.h>
#include <sodium.h>

#include "html/escape.h"

/* ---- RFC 6238 ---- */

u32 totp_code(str secret, i64 step)
{
	struct hmac_sha1_ctx ctx;
	u8 counter[8], h[SHA1_DIGEST_SIZE];
	for (size_t i = 0; i < sizeof counter; i++)
		counter[i] = (u8)(step >> (56 - 8 * i));
	hmac_sha1_set_key(&ctx, secret.n, (const u8 *)secret.p);
	hmac_sha1_update(&ctx, sizeof counter, counter);
	hmac_sha1_digest(&ctx, sizeof h, h);
	const u8 *p = h + (h[SHA1_DIGEST_SIZE - 1] & 15);
	return (((u32)p[0] & 127) << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3]) % 1000000;
}

i64 totp_match(str secret, str typed, i64 now, i64 last)
{
	char code[7];
	i64 step = now / TOTP_STEP_MS, found = -1;
	if (typed.n != 6)
		return -1;
	for (i64 s = step - 1; s <= step + 1; s++) {
		snprintf(code, sizeof code, "%06u", totp_code(secret, s));
		if (sodium_memcmp(code, typed.p, 6) == 0 && s > last)
			found = s;
	}
	return found;
}

str totp_base32(struct arena *a, str secret)
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct buf b = buf_new(a, secret.n * 2 + 8);
	u32 held = 0;
	int bits = 0;
	for (size_t i = 0; i < secret.n; i++) {
		held = held << 8 | (u8)secret.p[i];
		for (bits += 8; bits >= 5; bits -= 5)
			buf_byte(&b, base32[held >> (bits - 5) & 31]);
	}
	if (bits)
		buf_byte(&b, base32[held << (5 - bits) & 31]);
	return buf_str(&b);
}

str totp_url(struct arena *a, str secret, str issuer, str account)
{
	struct buf b = buf_new(a, 4096);
	buf_put(&b, S("otpauth://totp/"));
	esc_url_part(&b, issuer);
	buf_byte(&b, ':');
	esc_url_part(&b, account);
	buf_printf(&b, "?secret=%.*s&issuer=", STR_ARG(totp_base32(a, secret)));
	esc_url_part(&b, issuer);
	return buf_str(&b);
}
