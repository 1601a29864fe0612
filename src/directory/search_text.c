/* From texts to index terms. */
#include "base/buf.h"
#include "base/utf8.h"
#include "directory/search.h"
#include "directory/terms.h"
#include <libstemmer.h>

#define TERMS_MAX ((size_t)64 * 1024)

/* Too common to say anything. Folded. */
static bool is_empty_word(str w)
{
	static const str words[] = {
		S_INIT("a"), S_INIT("au"), S_INIT("aux"), S_INIT("avec"), S_INIT("ce"), S_INIT("ces"), S_INIT("dans"), S_INIT("de"), S_INIT("des"),
		S_INIT("du"), S_INIT("elle"), S_INIT("en"), S_INIT("est"), S_INIT("et"), S_INIT("il"), S_INIT("ils"), S_INIT("je"), S_INIT("la"),
		S_INIT("le"), S_INIT("les"), S_INIT("leur"), S_INIT("mes"), S_INIT("mon"), S_INIT("ne"), S_INIT("nos"), S_INIT("notre"), S_INIT("nous"),
		S_INIT("on"), S_INIT("ou"), S_INIT("par"), S_INIT("pas"), S_INIT("pour"), S_INIT("que"), S_INIT("qui"), S_INIT("sa"), S_INIT("se"),
		S_INIT("ses"), S_INIT("son"), S_INIT("sont"), S_INIT("sur"), S_INIT("un"), S_INIT("une"), S_INIT("vos"), S_INIT("votre"), S_INIT("vous"),
	};
	if (w.n == 1)
		return w.p[0] < '0' || w.p[0] > '9';
	size_t low = 0, high = lengthof(words);
	while (low < high) {
		size_t mid = (low + high) / 2;
		int c = str_cmp(w, words[mid]);
		if (c == 0)
			return true;
		if (c < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || (u8)c >= 0x80; }

/* Punctuation beyond ASCII that separates words: « » … – — ’ and the like. */
static bool is_separator(u32 cp)
{
	return cp == 0xAB || cp == 0xB0 || cp == 0xBB || cp == 0xB7 || cp == 0xBF || cp == 0xA1 || (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x2030 && cp <= 0x205E) ||
		cp == 0x60C || cp == 0x61B || cp == 0x61F || cp == 0xFFFD;
}

/* Takes the next word off *rest, at most 40 bytes of it. */
static bool next_word(str *rest, str *ret)
{
	size_t i = 0;
	while (i < rest->n && !is_word_byte(rest->p[i]))
		i++;
	size_t from = i;
	while (i < rest->n && is_word_byte(rest->p[i]))
		i++;
	if (i == from)
		return false;
	*ret = utf8_prefix(str_slice(*rest, from, i), 40);
	*rest = str_slice(*rest, i, rest->n);
	return true;
}

/* Folds and turns separators beyond ASCII into spaces. */
static str prepared(struct arena *a, str text)
{
	str folded = utf8_fold(a, text);
	struct buf b = buf_new(a, folded.n + 1);
	for (u32 cp; folded.n;) {
		str before = folded;
		if (!utf8_next(&folded, &cp))
			break;
		if (is_separator(cp))
			buf_byte(&b, ' ');
		else
			buf_put(&b, str_slice(before, 0, before.n - folded.n));
	}
	return buf_str(&b);
}

str search_words(struct arena *a, str text)
{
	str rest = prepared(a, text), w;
	struct buf b = buf_new(a, TERMS_MAX);
	while (next_word(&rest, &w)) {
		if (is_empty_word(w))
			continue;
		if (b.n)
			buf_byte(&b, ' ');
		buf_put(&b, w);
	}
	return buf_str(&b);
}

static u32 hash_of(str s)
{
	u32 h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (u8)s.p[i]) * 16777619u;
	return h;
}

void terms_add(struct terms *t, str term)
{
	if (!term.n || t->n * 2 >= t->cap)
		return;
	u32 at = hash_of(term) & (u32)(t->cap - 1);
	for (; t->slot[at]; at = (at + 1) & (u32)(t->cap - 1))
		if (str_eq(t->v[t->slot[at] - 1], term))
			return;
	t->v[t->n++] = str_copy(t->a, term);
	t->slot[at] = (u32)t->n;
}

struct terms terms_new(struct arena *a, size_t cap)
{
	return (struct terms){.a = a, .v = arena_many(a, str, cap), .cap = cap, .slot = arena_many(a, u32, cap)};
}

static struct sb_stemmer *stemmer(void)
{
	static struct sb_stemmer *french;        /* libstemmer keeps no state between words */
	if (!french)
		french = sb_stemmer_new("french", "UTF_8");
	assert(french);
	return french;
}

static str stem(struct arena *a, str w)
{
	const sb_symbol *s = sb_stemmer_stem(stemmer(), (const sb_symbol *)w.p, (int)w.n);
	return str_copy(a, (str){(const char *)s, (size_t)sb_stemmer_length(stemmer())});
}

void terms_add_forms(struct terms *t, str w)
{
	terms_add(t, w);
	if (w.n > 3 && !is_digit(w.p[0]))
		terms_add(t, stem(t->a, w));
}

/* "alis44" is also "alis" and "44". */
static void add_split(struct terms *t, str w)
{
	for (size_t i = 1; i < w.n; i++)
		if (is_digit(w.p[i]) && !is_digit(w.p[i - 1])) {
			terms_add(t, str_slice(w, 0, i));
			terms_add(t, str_slice(w, i, w.n));
			return;
		}
}

str search_stems(struct arena *a, str text)
{
	struct terms t = terms_new(a, 4096);
	str rest = prepared(a, text), w, before = S("");
	while (next_word(&rest, &w)) {
		if (!is_empty_word(w)) {
			terms_add_forms(&t, w);
			add_split(&t, w);
			if (before.n && before.n + w.n <= 16 && is_digit(w.p[0]) && !is_digit(before.p[0]))
				terms_add(&t, str_printf(a, "%.*s%.*s", STR_ARG(before), STR_ARG(w)));
		}
		before = w;
	}
	return str_join(a, t.v, t.n, S(" "));
}

str search_commune_key(struct arena *a, str commune)
{
	str rest = prepared(a, commune), w;
	struct buf b = buf_new(a, 256);
	while (next_word(&rest, &w)) {
		if (b.n)
			buf_byte(&b, ' ');
		buf_put(&b, str_eq(w, S("st")) ? S("saint") : str_eq(w, S("ste")) ? S("sainte") : w);
	}
	return buf_str(&b);
}

