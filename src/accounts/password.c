/* See password.h. */
#include "accounts/password.h"

#include <zxcvbn.h>

#include "base/pack.h"
#include "http/parser.h"

#define MESSAGE_MAX 4096

/* Of nobody's password, with the cost of the others: an unknown address takes as long to refuse as a known one. */
#define NOBODY S("$argon2id$v=19$m=65536,t=2,p=1$Ui8O8nw4q6T7xW2j0bXfVA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")

enum err password_hash(struct req *req, str password, handler_fn *done)
{
	struct buf b = buf_new(req->a, MESSAGE_MAX);
	pack_str(&b, password);
	return wait_for(req, HELPER_PARSER, PARSER_HASH_PASSWORD, buf_str(&b), done);
}

enum err password_check(struct req *req, str hash, str password, handler_fn *done)
{
	struct buf b = buf_new(req->a, MESSAGE_MAX);
	pack_str(&b, hash.n ? hash : NOBODY);
	pack_str(&b, password.p ? password : S(""));
	return wait_for(req, HELPER_PARSER, PARSER_CHECK_PASSWORD, buf_str(&b), done);
}

/* ---- easily guessed ---- */

/* 2^40 guesses: at the hundred milliseconds that one costs here, thousands of years; CNIL's recommendation 2022-100 asks for less
 * where tries are slowed down, as they are. */
#define BITS_LEAST 40.0
#define WORDS_MOST 64
#define LOOKED_AT 128                            /* bytes: beyond, the library counts in pieces anyway */

/* The library knows the passwords of leaks and English words; these are the French ones at the head of such lists, and ours. */
static const char *const known[] = { "gabare", "motdepasse", "azerty", "azertyuiop", "qsdfghjklm", "wxcvbn", "jetaime", "doudou", "loulou", "soleil", "bonjour",
	"marseille", "nantes", "bretagne", "chocolat", "princesse", "coucou", "chouchou", "amour", "famille", "vacances", "maison", "mediation", "numerique",
	"mediateur", "mediatheque", "ordinateur", "bienvenue", "connexion", "administrateur" };

static void add_words(struct arena *a, const char **words, size_t *n, str from)
{
	for (size_t i = 0; i < from.n && *n < WORDS_MOST;) {
		size_t start = i;
		while (i < from.n && !strchr(" .-_@+", from.p[i]))
			i++;
		if (i - start >= 3)
			words[(*n)++] = str_z(a, str_slice(from, start, i));
		i++;
	}
}

const char *password_weak(struct arena *a, str password, str email, str name)
{
	const char *words[lengthof(known) + WORDS_MOST + 1] = { 0 };
	size_t n = 0;
	add_words(a, words, &n, email);
	add_words(a, words, &n, name);
	for (size_t i = 0; i < lengthof(known); i++)
		words[n++] = known[i];
	words[n] = NULL;
	if (ZxcvbnMatch(str_z(a, str_slice(password, 0, LOOKED_AT)), words, NULL) >= BITS_LEAST)
		return NULL;
	return N_("Ce mot de passe se devine : il est fait de mots de passe connus, de suites de signes ou de votre nom. Prenez plutôt quatre mots au hasard.");
}
