/* The sound of names; see names.h. No library of Debian codes French names: pg_trgm and fuzzystrmatch know English ones, and live in one of
 * the two engines only. */
#include "people/names.h"

#include "base/buf.h"
#include "base/utf8.h"

/* ---- words ---- */

static bool letter(char c) { return c >= 'a' && c <= 'z'; }

static bool particle(str w)
{
	static const char *const list[] = { "le", "la", "les", "de", "du", "des", "el", "al", "ben", "bin", "bel", "ould", "ait", "abd", "abdel", "abdul", "abdoul",
		"abou", "bou", "van", "von", "da", "dos", "di", "mac", "mc", "saint", "sainte", "st", "ste" };
	if (w.n == 1)
		return true;
	for (size_t i = 0; i < lengthof(list); i++)
		if (str_eq(w, str_c(list[i])))
			return true;
	return false;
}

static void put(struct arena *a, struct name_words *w, str plain, bool joined)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->v[i].plain, plain))
			return;
	if (plain.n && w->n < NAME_WORDS)
		w->v[w->n++] = (struct name_word){ plain, name_sound(a, plain), joined };
}

static void read_words(struct arena *a, str s, struct name_words *w)
{
	str chain = { 0 };
	for (size_t i = 0; i < s.n;) {
		while (i < s.n && !letter(s.p[i]))
			i++;
		size_t from = i;
		while (i < s.n && letter(s.p[i]))
			i++;
		str one = str_slice(s, from, i);
		if (particle(one)) {
			chain = str_printf(a, "%.*s%.*s", STR_ARG(chain), STR_ARG(one));
			continue;
		}
		put(a, w, one, false);
		if (chain.n && one.n)
			put(a, w, str_printf(a, "%.*s%.*s", STR_ARG(chain), STR_ARG(one)), true);
		if (one.n)
			chain = (str){ 0 };
	}
	put(a, w, chain, false);                 /* nothing but particles: "Ben", "Le", "Saint" */
}

/* ç sounds s, which folding forgets, and many lists have lost it: both are words. */
struct name_words name_read(struct arena *a, str name)
{
	struct name_words w = { .n = 0 };
	read_words(a, utf8_fold(a, name), &w);
	read_words(a, utf8_fold(a, str_replace(a, str_replace(a, name, S("ç"), S("ss")), S("Ç"), S("ss"))), &w);
	return w;
}

/* ---- sounds ---- */

static bool vowel(char c) { return c && strchr("aeiouy", c); }

struct spelling { const char *from, *to; };

/* Spellings of one sound, in order. Capitals are sounds already: C as in "chat", J as in "jour", Y as in "yaourt". */
static const struct spelling spellings[] = {
	{ "sch", "C" }, { "tch", "C" }, { "tsh", "C" }, { "chr", "kr" }, { "chl", "kl" }, { "ch", "C" }, { "sh", "C" }, { "ph", "f" }, { "kh", "k" }, { "gh",
		"g" }, { "dj", "J" }, { "dg", "J" },
	{ "gue", "ge" }, { "gui", "gi" }, { "guy", "gy" }, { "qu", "k" }, { "ck", "k" }, { "cq", "k" }, { "q", "k" }, { "x", "ks" }, { "w", "v" }, { "z",
		"s" }, { "j", "J" },
};

static const struct spelling *spelling_at(const char *p)
{
	for (size_t i = 0; i < lengthof(spellings); i++)
		if (strncmp(p, spellings[i].from, strlen(spellings[i].from)) == 0)
			return &spellings[i];
	return NULL;
}

/* What depends on the next vowel: ce, ge, and "di" and "ou" before another. The number of letters read; 0: none of these. */
static size_t before_vowel(const char *p, bool first, struct buf *b)
{
	bool soft = p[1] == 'e' || p[1] == 'i' || p[1] == 'y';
	if (p[0] == 'c') {
		buf_byte(b, soft ? 's' : 'k');
		return 1;
	}
	if (p[0] == 'g' && soft) {
		buf_byte(b, 'J');
		return p[1] == 'e' && (p[2] == 'a' || p[2] == 'o') ? 2 : 1;
	}
	if (first && p[0] == 'd' && p[1] == 'i' && vowel(p[2])) {
		buf_byte(b, 'J');
		return 2;
	}
	if (p[0] == 'o' && p[1] == 'u' && vowel(p[2])) {
		buf_byte(b, 'v');
		return 2;
	}
	if (first && (p[0] == 'y' || p[0] == 'i') && vowel(p[1])) {
		buf_byte(b, 'Y');
		return 1;
	}
	return 0;
}

/* "n" stays first in "Ndiaye": what follows is a beginning too. */
static bool beginning(const char *word, size_t i) { return i == 0 || (i == 1 && word[0] == 'n'); }

static bool g_is_hard(const char *p) { return p[0] == 'g' && (p[1] == 'h' || p[1] == 'u'); }

static str respelled(struct arena *a, const char *word)
{
	struct buf b = buf_new(a, 200);
	for (size_t i = 0; word[i];) {
		const struct spelling *s = spelling_at(word + i);
		size_t read = s ? 0 : before_vowel(word + i, beginning(word, i), &b);
		if (s && g_is_hard(word + i)) {
			buf_byte(&b, 'g');       /* hard, whatever follows */
			read = 2;
		} else if (s) {
			buf_put(&b, str_c(s->to));
			read = strlen(s->from);
		} else if (!read) {
			if (word[i] != 'h')
				buf_byte(&b, word[i]);
			read = 1;
		}
		i += read;
	}
	return buf_str(&b);
}

/* What is written and not heard at the end: mute e and es, "-ault", a t or d or p after a consonant, x after u. */
static str heard_end(str s)
{
	static const str like_o[] = { S_INIT("auld"), S_INIT("ault"), S_INIT("aud"), S_INIT("aut"), S_INIT("auks") };
	for (size_t i = 0; i < lengthof(like_o); i++)
		if (s.n > like_o[i].n && str_ends(s, like_o[i]))
			return str_slice(s, 0, s.n - like_o[i].n + 2);
	if (s.n > 3 && str_ends(s, S("uks")))
		s.n -= 2;
	if (s.n > 3 && str_ends(s, S("es")) && strchr("kglvJ", s.p[s.n - 3]))
		s.n -= 2;
	while (s.n > 2 && s.p[s.n - 1] == 'e' && (s.p[s.n - 2] == 'e' || !vowel(s.p[s.n - 2])))
		s.n--;
	while (s.n > 3 && strchr("tdp", s.p[s.n - 1]) && !vowel(s.p[s.n - 2]))
		s.n--;
	return s;
}

static char vowel_class(str s, size_t i)
{
	bool rounded = s.p[i] == 'o' || s.p[i] == 'u' || (s.p[i] == 'a' && i + 1 < s.n && s.p[i + 1] == 'u') ||
	               (s.p[i] == 'e' && i + 2 < s.n && s.p[i + 1] == 'a' && s.p[i + 2] == 'u');
	return rounded ? 'O' : 'A';
}

str name_sound(struct arena *a, str plain)
{
	str s = heard_end(respelled(a, str_z(a, plain)));
	struct buf b = buf_new(a, SOUND_MAX + 1);
	bool seen = false, after = false;
	char last = 0;
	for (size_t i = 0; i < s.n && b.n < SOUND_MAX; i++) {
		char c = s.p[i];
		if (c == 'm' && i + 1 < s.n && strchr("bp", s.p[i + 1]))
			c = 'n';
		if (vowel(c)) {
			if (!seen)
				buf_byte(&b, vowel_class(s, i));
			seen = true;
			last = 0;
			continue;
		}
		if (c != last)
			buf_byte(&b, c);
		after |= seen;
		last = c;
	}
	if (after && s.n && vowel(s.p[s.n - 1]))
		buf_byte(&b, '_');
	return buf_str(&b);
}
