/* See password.h. */
#include "accounts/password.h"

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

static str lower(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 'a' - 'A') : s.p[i];
	return (str){ p, s.n };
}

/* A piece of at most four bytes, again and again. */
static bool repeats(str s)
{
	for (size_t piece = 1; piece <= 4; piece++) {
		size_t i = piece;
		while (i < s.n && s.p[i] == s.p[i - piece])
			i++;
		if (i == s.n)
			return true;
	}
	return false;
}

/* How many bytes of it go on where the one before left off, in the alphabet, among digits or along a row of keys. */
static size_t neighbours(str s)
{
	static const char *const rows[] = { "abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop",
		"asdfghjkl", "zxcvbnm" };
	size_t n = 0;
	for (size_t i = 1; i < s.n; i++)
		for (size_t r = 0; r < lengthof(rows); r++) {
			const char *at = s.p[i] ? strchr(rows[r], s.p[i]) : NULL;
			if (at && ((at > rows[r] && at[-1] == s.p[i - 1]) || at[1] == s.p[i - 1])) {
				n++;
				break;
			}
		}
	return n;
}

static bool holds_word_of(str password, str words)
{
	for (str word; str_next(&words, ' ', &word);)
		if (word.n >= 4 && str_find(password, word) >= 0 && password.n < word.n + 8)
			return true;
	return false;
}

const char *password_weak(struct arena *a, str password, str email, str name)
{
	str p = lower(a, password), address = lower(a, email), local;
	str_next(&address, '@', &local);
	if (repeats(p) || neighbours(p) * 4 >= p.n * 3)
		return N_("Ce mot de passe se devine : des signes qui se répètent ou se suivent. Prenez plutôt quatre mots au hasard.");
	if (holds_word_of(p, local) || holds_word_of(p, lower(a, name)) || holds_word_of(p, S("gabare motdepasse password azerty qwerty")))
		return N_("Ce mot de passe se devine : un mot connu, ou votre nom, et peu de chose autour. Prenez plutôt quatre mots au hasard.");
	return NULL;
}
