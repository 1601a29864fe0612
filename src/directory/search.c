/* From texts to index terms, and from what was typed to the terms that satisfy it. */
#include "base/buf.h"
#include "base/utf8.h"
#include "db/db.h"
#include "directory/place.h"
#include "directory/search.h"
#include "directory/search.sql.h"
#include "directory/synonyms.h"
#include <libstemmer.h>

#define TERMS_MAX ((size_t)64 * 1024)
#define QUERY_WORDS 12
#define WORD_TERMS 24
#define NEIGHBOURS 4

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
	return cp == 0xAB || cp == 0xBB || cp == 0xB7 || cp == 0xBF || cp == 0xA1 || (cp >= 0x2010 && cp <= 0x2027) || (cp >= 0x2030 && cp <= 0x205E) ||
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

/* A set of terms that keeps their order of arrival: open addressing, in the arena. */
struct terms { struct arena *a; str *v; size_t n, cap; u32 *slot; };

static u32 hash_of(str s)
{
	u32 h = 2166136261u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (u8)s.p[i]) * 16777619u;
	return h;
}

static void terms_add(struct terms *t, str term)
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

static struct terms terms_new(struct arena *a, size_t cap)
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

/* A word with its stem. Words come folded: what is typed without accents finds what is written with them. */
static void add_forms(struct terms *t, str w)
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
			add_forms(&t, w);
			add_split(&t, w);
			if (before.n && before.n + w.n <= 16 && is_digit(w.p[0]) && !is_digit(before.p[0]))
				terms_add(&t, str_printf(a, "%.*s%.*s", STR_ARG(before), STR_ARG(w)));
		}
		before = w;
	}
	return str_join(a, t.v, t.n, S(" "));
}

str search_place_text(struct arena *a, const struct place *p)
{
	static const enum place_field fields[] = {
		P_NOM, P_COMMUNE, P_ADRESSE, P_COMPLEMENT_ADRESSE, P_CODE_POSTAL, P_SERVICES, P_PUBLICS, P_PRISE_EN_CHARGE, P_FRAIS, P_DISPOSITIFS,
		P_AUTRES_FORMATIONS, P_PRESENTATION_RESUME, P_PRESENTATION_DETAIL, P_STRUCTURE_PARENTE, P_ARRET, P_TARIFS,
	};
	str parts[lengthof(fields) + 8];
	size_t n = 0;
	for (size_t i = 0; i < lengthof(fields); i++)
		parts[n++] = p->f[fields[i]];
	str codes = p->f[P_TYPOLOGIE], code;
	while (n < lengthof(parts) && str_next(&codes, '|', &code))
		parts[n++] = str_printf(a, "%.*s %s", STR_ARG(code), place_typologie_label(code));
	return str_join(a, parts, n, S(" "));
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

/* ---- queries ---- */

/* At most one insertion, deletion, substitution or exchange of neighbours between a and b. Bytes: terms are mostly ASCII. */
static bool within_one_error(str a, str b)
{
	if (a.n > b.n) {
		str swap = a;
		a = b;
		b = swap;
	}
	if (b.n - a.n > 1)
		return false;
	size_t i = 0;
	while (i < a.n && a.p[i] == b.p[i])
		i++;
	str ra = str_slice(a, i, a.n), rb = str_slice(b, i, b.n);
	if (a.n != b.n)
		return str_eq(ra, str_slice(rb, 1, rb.n));
	if (ra.n <= 1)
		return true;
	return str_eq(str_slice(ra, 1, ra.n), str_slice(rb, 1, rb.n)) ||
		(ra.p[0] == rb.p[1] && ra.p[1] == rb.p[0] && str_eq(str_slice(ra, 2, ra.n), str_slice(rb, 2, rb.n)));
}

static str reversed(struct arena *a, str s)
{
	char *p = arena_alloc(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = s.p[s.n - 1 - i];
	return (str){p, s.n};
}

/* The first string after all those that begin with `prefix` (ASCII). */
static str after_prefix(struct arena *a, str prefix)
{
	return str_printf(a, "%.*s\x7f", STR_ARG(prefix));
}

static void add_neighbours(struct terms *t, str w, const struct place_word_row_list *rows)
{
	size_t added = 0;
	for (size_t i = 0; i < rows->n && added < NEIGHBOURS; i++)
		if (within_one_error(w, rows->v[i].word)) {
			add_forms(t, rows->v[i].word);
			added++;
		}
}

/* One error leaves the first or the last half of a word whole: both are looked up, what comes back is compared. */
static enum err correct(struct db *db, struct terms *t, str w)
{
	struct arena *a = t->a;
	size_t half = (w.n - 1) / 2;
	str head = str_slice(w, 0, half), tail = reversed(a, str_slice(w, w.n - half, w.n));
	struct place_word_row_list rows;
	try(search_words_by_start(db, head, after_prefix(a, head), &rows));
	add_neighbours(t, w, &rows);
	try(search_words_by_end(db, tail, after_prefix(a, tail), &rows));
	add_neighbours(t, w, &rows);
	return OK;
}

static bool all_ascii(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] >= 0x80)
			return false;
	return true;
}

static enum err exists(struct db *db, const struct terms *t, bool *ret)
{
	*ret = false;
	for (size_t i = 0; i < t->n && !*ret; i++) {
		i64 n;
		try(search_word_known(db, t->v[i], &n));
		*ret = n > 0;
	}
	return OK;
}

static enum err parse_word(struct db *db, str w, struct search_word *ret)
{
	struct arena *a = db_arena(db);
	struct terms t = terms_new(a, 64);
	bool known;
	add_forms(&t, w);
	try(exists(db, &t, &known));
	size_t own = t.n;
	if (!known && w.n >= 5 && all_ascii(w))
		try(correct(db, &t, w));
	bool corrected = t.n > own;
	str others[8];
	size_t n = synonyms_of(w, others, lengthof(others));
	for (size_t i = 0; i < n; i++)
		add_forms(&t, others[i]);
	*ret = (struct search_word){.typed = w, .terms = t.v, .n = t.n < WORD_TERMS ? t.n : WORD_TERMS, .corrected = corrected, .own = own};
	return OK;
}

enum err search_parse(struct db *db, str typed, struct search_query *ret)
{
	struct arena *a = db_arena(db);
	str rest = search_words(a, typed), w;
	*ret = (struct search_query){.words = arena_many(a, struct search_word, QUERY_WORDS)};
	while (ret->n < QUERY_WORDS && rest.n && str_next(&rest, ' ', &w))
		try(parse_word(db, w, &ret->words[ret->n++]));
	return OK;
}

str search_match(struct db *db, const struct search_query *q)
{
	struct arena *a = db_arena(db);
	bool pg = db_engine(db) == DB_PG;
	if (!q->n)
		return (str){0};
	struct buf b = buf_new(a, TERMS_MAX);
	for (size_t i = 0; i < q->n; i++) {
		const struct search_word *w = &q->words[i];
		buf_put(&b, i ? (pg ? S(" & (") : S(" AND (")) : S("("));
		for (size_t j = 0; j < w->n; j++) {
			if (j)
				buf_put(&b, pg ? S(" | ") : S(" OR "));
			buf_byte(&b, pg ? '\'' : '"');
			buf_put(&b, w->terms[j]);
			buf_byte(&b, pg ? '\'' : '"');
		}
		buf_byte(&b, ')');
	}
	return buf_str(&b);
}

bool search_word_in(const struct search_word *w, str terms)
{
	str rest = terms, term;
	while (rest.n && str_next(&rest, ' ', &term))
		for (size_t i = 0; i < w->n; i++)
			if (str_eq(term, w->terms[i]))
				return true;
	return false;
}
