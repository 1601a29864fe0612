/* The published draw; see draw.h. */
#include "allocation/draw.h"

#include <sodium.h>

str draw_hex(struct arena *a, const u8 *bytes, size_t n)
{
	char *hex = arena_alloc(a, 2 * n + 1);
	sodium_bin2hex(hex, 2 * n + 1, bytes, n);
	return str_c(hex);
}

str draw_seed(struct arena *a)
{
	u8 bytes[DRAW_SEED / 2];
	randombytes_buf(bytes, sizeof bytes);
	return draw_hex(a, bytes, sizeof bytes);
}

bool draw_is_seed(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!strchr("0123456789abcdef", s.p[i]) || !s.p[i])
			return false;
	return s.n == DRAW_SEED;
}

str draw_digest(struct arena *a, str text)
{
	u8 hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const u8 *)text.p, text.n);
	return draw_hex(a, hash, sizeof hash);
}

str draw_commitment(struct arena *a, str seed)
{
	return draw_digest(a, seed);
}

void draw_key(str seed, str id, u8 ret[DRAW_KEY])
{
	crypto_auth_hmacsha256_state st;
	static_assert(DRAW_KEY == crypto_auth_hmacsha256_BYTES, "HMAC-SHA-256");
	crypto_auth_hmacsha256_init(&st, (const u8 *)seed.p, seed.n);
	crypto_auth_hmacsha256_update(&st, (const u8 *)id.p, id.n);
	crypto_auth_hmacsha256_final(&st, ret);
}
