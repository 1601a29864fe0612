/* Which school a list means. A name is cut into words, folded, without articles and without what every school is called, nor what
 * stands in parentheses; what says its kind ("ELEM", "mat.", "primaire") and its
 * sector is set apart.
 *
 *   words   2 × (words in common) / (words of both), a word with one error counting 0.8; when all the words of the shorter name are in
 *           the longer one ("BOCCAGE", "Marie-Anne du Boccage"), never less than 0.75
 *   score   85 × words + 15 × kind: 1 when the kinds are the same or the list says none, 0.6 when one is a primaire (it holds both others),
 *           0 when they are a maternelle and an élémentaire; 5 less for a private school when the list does not say so, 10 less when closed
 *
 * Certain: at least 95, and 10 above the next one. Likely: at least 70, and 5 above the next one. Possible: at least 50. */
#include "base/buf.h"
#include "base/utf8.h"
#include "base/words.h"
#include "schools/schools.h"

enum { WORDS_MOST = 12, CERTAIN_FROM = 95, CERTAIN_AHEAD = 10, LIKELY_FROM = 70, LIKELY_AHEAD = 5, POSSIBLE_FROM = 50 };
enum kind { KIND_ANY, KIND_MATERNELLE, KIND_ELEMENTAIRE, KIND_PRIMAIRE };

struct spelt { str v[WORDS_MOST]; size_t n; enum kind kind; bool is_private; };

bool uai_valid(str s)
{
	static const char letters[] = "ABCDEFGHJKLMNPRSTUVWXYZ";
	i64 number;
	if (s.n != 8 || !str_digits(str_slice(s, 0, 7)) || !str_i64(str_slice(s, 0, 7), &number))
		return false;
	return s.p[7] == letters[number % 23];
}

/* ---- words ---- */

static bool one_of(str w, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(w, str_c(*list)))
			return true;
	return false;
}

static bool take_kind(struct spelt *s, str w)
{
	static const char *const nursery[] = { "maternelle", "mat", "m", NULL }, *const elementary[] = { "elementaire", "elem", "ele", "e", NULL };
	static const char *const primary[] = { "primaire", "prim", NULL };
	enum kind k = one_of(w, nursery) ? KIND_MATERNELLE : one_of(w, elementary) ? KIND_ELEMENTAIRE : one_of(w, primary) ? KIND_PRIMAIRE : KIND_ANY;
	if (k == KIND_ANY)
		return false;
	bool both = s->kind != KIND_ANY && s->kind != k;      /* "Maternelle Elémentaire Saint Yves" is a primaire */
	s->kind = both ? KIND_PRIMAIRE : k;
	return true;
}

static str in_full(str w)
{
	static const struct { str written, full; } all[] = {
		{ S_INIT("st"), S_INIT("saint") }, { S_INIT("ste"), S_INIT("sainte") }, { S_INIT("dr"), S_INIT("docteur") }, { S_INIT("i"), S_INIT("1") },
		{ S_INIT("ii"), S_INIT("2") }, { S_INIT("nd"), S_INIT("dame") },
	};
	for (size_t i = 0; i < lengthof(all); i++)
		if (str_eq(w, all[i].written))
			return all[i].full;
	return w;
}

static void take_word(struct spelt *s, str w)
{
	static const char *const empty[] = { "a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "n", "notre", "ecole", "ecoles", "groupe",
		"scolaire", "gs", "gpe", "publique", "public", "application", "bilingue", "francais", "breton", "niveau", "ouverte", "ec", NULL };
	if (str_eq(w, S("privee")) || str_eq(w, S("prive")))
		s->is_private = true;
	else if (!take_kind(s, w) && !one_of(w, empty) && s->n < WORDS_MOST)
		s->v[s->n++] = in_full(w);
}

static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80); }

/* Calls `take` for each folded word of a text. */
static void each_word(struct arena *a, str text, void (*take)(void *arg, str w), void *arg)
{
	str folded = utf8_fold(a, text);
	for (size_t i = 0; i < folded.n;) {
		size_t from = i;
		while (i < folded.n && letter(folded.p[i]))
			i++;
		if (i > from)
			take(arg, str_slice(folded, from, i));
		else
			i++;
	}
}

static void into_spelt(void *arg, str w) { take_word(arg, w); }

static void into_key(void *arg, str w)
{
	struct buf *b = arg;
	if (b->n)
		buf_byte(b, ' ');
	buf_put(b, w);
}

str school_key(struct arena *a, str text)
{
	struct buf b = buf_new(a, text.n * 3 + 16);
	each_word(a, text, into_key, &b);
	return buf_str(&b);
}

static struct spelt spelt(struct arena *a, str text)
{
	struct spelt s = { .n = 0 };
	ptrdiff_t remark = str_find_byte(text, '(');
	each_word(a, remark > 0 ? str_slice(text, 0, (size_t)remark) : text, into_spelt, &s);
	return s;
}

/* ---- likeness ---- */

static enum kind kind_of(const struct school *s)
{
	return str_eq(s->kind, S("maternelle")) ? KIND_MATERNELLE : str_eq(s->kind, S("elementaire")) ? KIND_ELEMENTAIRE : KIND_PRIMAIRE;
}

static int word_alike(str a, str b)
{
	return str_eq(a, b) ? 100 : a.n >= 5 && str_near(a, b) ? 80 : 0;
}

/* In hundredths. */
static int words_alike(const struct spelt *a, const struct spelt *b, u32 *reasons)
{
	int common = 0;
	bool used[WORDS_MOST] = { false };
	if (!a->n || !b->n)
		return 0;
	for (size_t i = 0; i < a->n; i++) {
		int best = 0;
		size_t at = 0;
		for (size_t j = 0; j < b->n; j++) {
			int same = used[j] ? 0 : word_alike(a->v[i], b->v[j]);
			if (same > best) {
				best = same;
				at = j;
			}
		}
		if (best)
			used[at] = true;
		common += best;
	}
	int shorter = (int)(a->n < b->n ? a->n : b->n), alike = 2 * common / (int)(a->n + b->n);
	bool inside = common == 100 * shorter;
	*reasons |= alike == 100 ? SCHOOL_SAME_WORDS : inside ? SCHOOL_SOME_WORDS : SCHOOL_LIKE_WORDS;
	return inside && alike < 75 ? 75 : alike;
}

static int kinds_alike(enum kind said, enum kind is, u32 *reasons)
{
	if (said == KIND_ANY)
		return 100;
	*reasons |= said == is ? SCHOOL_SAME_KIND : SCHOOL_OTHER_KIND;
	return said == is ? 100 : said == KIND_PRIMAIRE || is == KIND_PRIMAIRE ? 60 : 0;
}

static void insert(struct school_matches *ret, const struct school_match *m)
{
	size_t at = ret->n < SCHOOL_CANDIDATES ? ret->n++ : SCHOOL_CANDIDATES - 1;
	if (at == SCHOOL_CANDIDATES - 1 && ret->n == SCHOOL_CANDIDATES && ret->v[at].score >= m->score)
		return;
	while (at > 0 && ret->v[at - 1].score < m->score) {
		ret->v[at] = ret->v[at - 1];
		at--;
	}
	ret->v[at] = *m;
}

static enum school_certainty certainty_of(const struct school_matches *m)
{
	int first = m->n ? m->v[0].score : 0, ahead = first - (m->n > 1 ? m->v[1].score : 0);
	if (first >= CERTAIN_FROM && ahead >= CERTAIN_AHEAD)
		return SCHOOL_CERTAIN;
	if (first >= LIKELY_FROM && ahead >= LIKELY_AHEAD)
		return SCHOOL_LIKELY;
	return first >= POSSIBLE_FROM ? SCHOOL_POSSIBLE : SCHOOL_NONE;
}

void schools_match(struct arena *a, str text, const struct school *v, size_t n, struct school_matches *ret)
{
	struct spelt said = spelt(a, text);
	*ret = (struct school_matches){ .n = 0 };
	for (size_t i = 0; i < n; i++) {
		struct school_match m = { .school = v[i] };
		struct spelt name = spelt(a, v[i].name);
		int words = words_alike(&said, &name, &m.reasons);
		m.score = (85 * words + 15 * kinds_alike(said.kind, kind_of(&v[i]), &m.reasons)) / 100;
		if (str_eq(v[i].sector, S("private")) && !said.is_private)
			m.score -= 5;
		if (str_eq(v[i].state, S("closed")))
			m.score -= 10;
		if (words && m.score >= POSSIBLE_FROM)
			insert(ret, &m);
	}
	ret->certainty = certainty_of(ret);
}

static void only(struct school_matches *ret, const struct school *s, enum school_reason why)
{
	*ret = (struct school_matches){ .certainty = SCHOOL_CERTAIN, .n = 1, .v = { { *s, 100, why } } };
}

enum err schools_find(struct db *db, str text, str insee, struct school_matches *ret)
{
	struct school s;
	struct school_list all;
	struct spelling_row known;
	str trimmed = str_trim(text);
	*ret = (struct school_matches){ .n = 0 };
	enum err e = uai_valid(trimmed) ? school_by_uai(db, trimmed, &s) : NOT_FOUND;
	if (e == OK)
		only(ret, &s, SCHOOL_UAI);
	if (e != NOT_FOUND)
		return e;
	e = spelling_known(db, insee, school_key(db_arena(db), text), &known);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == OK && str_eq(known.state, S("accepted"))) {
		try(school_by_id(db, known.school_id.v, &s));
		only(ret, &s, SCHOOL_KNOWN_SPELLING);
		return OK;
	}
	try(school_all(db, insee, S(""), S(""), SCHOOLS_MOST, &all));
	schools_match(db_arena(db), text, all.v, all.n, ret);
	ret->refused = e == OK && str_eq(known.state, S("none"));
	return OK;
}
