/* Reading cells; see cells.h. */
#include "lists/cells.h"

#include "base/buf.h"
#include "base/phone.h"
#include "base/utf8.h"
#include "people/people.h"

enum { WORDS = 12 };

struct words { str v[WORDS]; size_t n; };

static bool separates(char c) { return (u8)c <= ' ' || strchr(".,;:/()-_+&|\"'", c) != NULL; }

/* Folded words; a figure that follows letters is a word of its own: "cm1a" is "cm", "1", "a". */
static struct words words_of(struct arena *a, str cell)
{
	struct words w = { .n = 0 };
	str s = utf8_fold(a, cell);
	for (size_t i = 0; i < s.n && w.n < WORDS;) {
		size_t from = i;
		while (i < s.n && separates(s.p[i]))
			from = ++i;
		bool digit = i < s.n && s.p[i] >= '0' && s.p[i] <= '9';
		while (i < s.n && !separates(s.p[i]) && (s.p[i] >= '0' && s.p[i] <= '9') == digit)
			i++;
		if (i > from)
			w.v[w.n++] = str_slice(s, from, i);
	}
	return w;
}

/* ---- classes ---- */

static bool is(const struct words *w, size_t i, const char *word) { return i < w->n && str_eq(w->v[i], str_c(word)); }

static bool one_of(str w, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(w, str_c(*list)))
			return true;
	return false;
}

/* "6ème" and the old "10ème" (CE1): a number, and what makes it an order. */
static const char *by_order(const struct words *w, size_t i)
{
	static const char *const orders[] = { "e", "eme", "em", "ieme", NULL };
	static const struct { const char *number, *class_; } all[] = {
		{ "11", "CP" }, { "10", "CE1" }, { "9", "CE2" }, { "8", "CM1" }, { "7", "CM2" }, { "6", "6e" }, { "5", "5e" }, { "4", "4e" }, { "3", "3e" },
	};
	for (size_t k = 0; k < lengthof(all) && i + 1 < w->n && one_of(w->v[i + 1], orders); k++)
		if (is(w, i, all[k].number))
			return all[k].class_;
	return NULL;
}

static const char *by_level(const struct words *w, size_t i)
{
	static const struct { const char *letters, *number, *class_; } levels[] = {
		{ "ce", "1", "CE1" }, { "ce", "2", "CE2" }, { "cm", "1", "CM1" }, { "cm", "2", "CM2" },
	};
	static const struct { const char *first, *second, *class_; } pairs[] = {
		{ "cours", "preparatoire", "CP" }, { "petite", "section", "PS" }, { "moyenne", "section", "MS" }, { "grande", "section", "GS" },
	};
	for (size_t k = 0; k < lengthof(levels); k++)
		if (is(w, i, levels[k].letters) && is(w, i + 1, levels[k].number))
			return levels[k].class_;
	for (size_t k = 0; k < lengthof(pairs); k++)
		if (is(w, i, pairs[k].first) && is(w, i + 1, pairs[k].second))
			return pairs[k].class_;
	for (size_t k = 0; k < lengthof(levels); k++)    /* "cours moyen 1re année" */
		if (is(w, i, "cours") && is(w, i + 1, levels[k].letters[1] == 'e' ? "elementaire" : "moyen") && is(w, i + 2, levels[k].number))
			return levels[k].class_;
	return NULL;
}

static const char *by_word(const struct words *w, size_t i)
{
	static const struct { const char *word, *class_; } all[] = {
		{ "cp", "CP" }, { "ps", "PS" }, { "ms", "MS" }, { "gs", "GS" }, { "tps", "PS" }, { "sixieme", "6e" }, { "cinquieme", "5e" }, { "quatrieme", "4e" },
		{ "troisieme", "3e" }, { "lycee", "lycee" }, { "seconde", "lycee" }, { "terminale", "lycee" }, { "autre", "autre" },
	};
	for (size_t k = 0; k < lengthof(all); k++)
		if (is(w, i, all[k].word))
			return all[k].class_;
	return NULL;
}

str cell_class(struct arena *a, str cell)
{
	struct words w = words_of(a, cell);
	const char *found = NULL;
	for (size_t i = 0; i < w.n; i++) {
		const char *one = by_level(&w, i);
		one = one ? one : by_order(&w, i);
		one = one ? one : by_word(&w, i);
		if (!one && found && i && is(&w, i, "2") && str_eq(w.v[i - 1], S("1")))
			one = str_c(found).p[1] == 'E' ? "CE2" : "CM2";      /* "CM1/2" */
		if (one && found && strcmp(one, found))
			return S("?");
		found = one ? one : found;
	}
	return found ? str_c(found) : (str){ 0 };
}

/* ---- names ---- */

static bool is_title(str folded)
{
	static const char *const titles[] = { "m", "m.", "mr", "mr.", "mme", "mme.", "mlle", "mlle.", "monsieur", "madame", "mademoiselle", "et", "&", "ou", "dr",
		"melle", NULL };
	return one_of(folded, titles);
}

/* Latin letters with accents have their other case 32 away, or beside them (U+0100 to U+017F). */
static bool is_upper(u32 c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x100 && c < 0x138 && c % 2 == 0); }
static bool is_lower(u32 c) { return (c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7) || (c >= 0x100 && c < 0x138 && c % 2 == 1); }
static u32 other_case(u32 c) { return c < 0x100 ? c ^ 32 : c ^ 1; }

/* Capitals alone, two letters or more. */
static bool shouted(str w)
{
	size_t upper = 0;
	for (u32 c; utf8_next(&w, &c);) {
		if (is_lower(c))
			return false;
		upper += is_upper(c);
	}
	return upper > 1;
}

/* "BENALI-SOW" as people write it: "Benali-Sow"; what has small letters keeps them, and begins with a capital. */
static str calm(struct arena *a, str w)
{
	struct buf b = buf_new(a, 2 * w.n + 8);
	bool first = true, loud = shouted(w);
	for (u32 c; utf8_next(&w, &c);) {
		char out[4];
		u32 as = first && is_lower(c) ? other_case(c) : !first && loud && is_upper(c) ? other_case(c) : c;
		buf_put(&b, (str){ out, utf8_encode(as, out) });
		first = c == '-' || c == '\'' || c == 0x2019;
	}
	return buf_str(&b);
}

static str add_word(struct arena *a, str to, str w)
{
	return to.n ? str_printf(a, "%.*s %.*s", STR_ARG(to), STR_ARG(w)) : w;
}

struct cut { str v[WORDS]; size_t n, loud; bool is_loud[WORDS]; };

static struct cut cut_of(struct arena *a, str cell)
{
	struct cut c = { .n = 0 };
	str rest = str_replace(a, str_replace(a, cell, S("\n"), S(" ")), S(","), S(" ")), w;
	while (c.n < WORDS && str_next(&rest, ' ', &w)) {
		w = str_trim(w);
		if (!w.n || is_title(utf8_fold(a, w)))
			continue;
		c.is_loud[c.n] = shouted(w);
		c.loud += c.is_loud[c.n];
		c.v[c.n++] = w;
	}
	return c;
}

/* A particle goes with what follows it. */
static bool is_particle(str folded)
{
	static const char *const all[] = { "le", "la", "de", "du", "des", "el", "al", "ben", "bin", "van", "von", "da", "dos", "abd", "ould", NULL };
	return one_of(folded, all);
}

/* Where the first name, or the family name, of words without capitals ends. */
static size_t first_part(struct arena *a, const struct cut *c, bool given_first)
{
	size_t n = 1;
	while (!given_first && n < c->n - 1 && is_particle(utf8_fold(a, c->v[n - 1])))
		n++;
	return n;
}

struct cell_name cell_name(struct arena *a, str cell, bool given_first)
{
	struct cut c = cut_of(a, cell);
	struct cell_name r = { S(""), S("") };
	if (c.loud && c.loud < c.n) {
		for (size_t i = 0; i < c.n; i++) {
			bool with_next = i + 1 < c.n && c.is_loud[i + 1] && is_particle(utf8_fold(a, c.v[i]));
			str *to = c.is_loud[i] || with_next ? &r.family : &r.given;
			*to = add_word(a, *to, calm(a, c.v[i]));
		}
		return r;
	}
	size_t first = c.n > 1 ? first_part(a, &c, given_first) : 0;
	for (size_t i = 0; i < c.n; i++) {
		str *to = c.n == 1 || (i < first) != given_first ? &r.family : &r.given;
		*to = add_word(a, *to, calm(a, c.v[i]));
	}
	return r;
}

str cell_word(struct arena *a, str cell)
{
	struct cut c = cut_of(a, cell);
	str r = S("");
	for (size_t i = 0; i < c.n; i++)
		r = add_word(a, r, calm(a, c.v[i]));
	return r;
}

/* ---- the others ---- */

size_t cell_phones(struct arena *a, str cell, str *ret, size_t most, bool *ret_bad)
{
	size_t n = 0;
	*ret_bad = false;
	for (str rest = cell, one; n < most && phone_next(&rest, &one);) {
		struct phone p;
		enum phone_fault f = phone_read(one, &p);
		if (f == PHONE_OK)
			ret[n++] = str_copy(a, str_c(p.e164));
		else
			*ret_bad |= f != PHONE_EMPTY;
	}
	return n;
}

i64 cell_year(str cell)
{
	size_t digits = 0;
	i64 run = 0, found = 0, last = 0;
	for (size_t i = 0; i <= cell.n; i++) {
		bool digit = i < cell.n && cell.p[i] >= '0' && cell.p[i] <= '9';
		if (digit) {
			run = digits < 9 ? run * 10 + (cell.p[i] - '0') : run;
			digits++;
			continue;
		}
		found = digits == 4 && run >= 1900 && run < 2100 ? run : found;
		last = digits == 2 ? run : last;
		digits = 0;
		run = 0;
	}
	if (found)
		return found;
	bool dated = str_find_byte(cell, '/') > 0 || str_find_byte(cell, '-') > 0 || str_find_byte(cell, '.') > 0;
	return dated && last ? (last < 40 ? 2000 : 1900) + last : 0;     /* "03/04/16" */
}

str cell_language(struct arena *a, str cell)
{
	str s = utf8_fold(a, str_trim(cell));
	for (const struct choice *c = language_choices_of_people; s.n && c->value; c++) {
		str label = utf8_fold(a, str_c(c->label)), one;
		if (str_eq(s, str_c(c->value)))
			return str_c(c->value);
		for (str rest = label; str_next(&rest, ',', &one);)
			if (str_eq(s, str_trim(one)))
				return str_c(c->value);
	}
	return S("");
}

bool cell_is_nir(str cell)
{
	char d[16];
	size_t n = 0;
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];
		bool corsica = n == 6 && (c == 'A' || c == 'B' || c == 'a' || c == 'b');      /* 2A, 2B */
		if ((c >= '0' && c <= '9') || corsica) {
			if (n == 15)
				return false;
			d[n++] = c;
		} else if (!strchr(" .-/", c)) {
			return false;
		}
	}
	int month = n >= 5 ? (d[3] - '0') * 10 + d[4] - '0' : 0;
	return (n == 13 || n == 15) && (d[0] == '1' || d[0] == '2') && ((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50);
}

bool cell_is_formula(str cell)
{
	struct phone p;
	if (!cell.n || !strchr("=+-@#", cell.p[0]))
		return false;
	return phone_read(cell, &p) != PHONE_OK && cell.n > 1;
}
