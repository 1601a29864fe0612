/* What the parser's children do; see parser.h. */
#include "app/parser.h"

#include <sodium.h>

#include "base/pack.h"

/* OWASP's advice for argon2id: at least 19 MiB, two passes. 64 MiB and two passes cost about 100 ms of our processor. */
#define PASSWORD_MEMORY ((size_t)64 << 20)
#define PASSWORD_PASSES 2
#define PASSWORD_MAX 1024

static enum err hash_password(struct unpack *u, struct child_out *out)
{
	char hash[crypto_pwhash_STRBYTES];
	str password = unpack_str(u);
	if (!unpack_done(u) || !password.n || password.n > PASSWORD_MAX)
		return INVALID;
	if (crypto_pwhash_str_alg(hash, password.p, password.n, PASSWORD_PASSES, PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13))
		return INTERNAL;
	return child_send(out, str_c(hash));
}

static enum err check_password(struct unpack *u)
{
	char z[crypto_pwhash_STRBYTES] = { 0 };
	str hash = unpack_str(u), password = unpack_str(u);
	if (!unpack_done(u) || !hash.n || hash.n >= sizeof(z) || !password.p || password.n > PASSWORD_MAX)
		return INVALID;
	memcpy(z, hash.p, hash.n);
	return crypto_pwhash_str_verify(z, password.p, password.n) == 0 ? OK : INVALID;
}

enum err parser_task(u32 kind, str message, struct child_out *out)
{
	struct unpack u = { .rest = message };
	switch ((enum parser_kind)kind) {
	case PARSER_HASH_PASSWORD:
		return hash_password(&u, out);
	case PARSER_CHECK_PASSWORD:
		return check_password(&u);
	}
	return INVALID;
}
