/* From what was typed to a point. Each word that was typed must be a word of the entry, or of what stands around it (its commune,
 * its postal codes); an entry all of whose words were typed comes before one of which only some were. */
#include "base/timex.h"
#include "base/words.h"
#include "db/db.h"
#include "gazetteer/gazetteer.h"
#include "gazetteer/gazetteer_sql.h"
#include "gazetteer/names.h"

enum { FORMS = 6, COMMON = 300, SEED_MAX = 600 };

/* A word as typed, and the known words it may be. */
struct typed { str word, forms[FORMS]; size_t n; i64 entries; bool mended; };
struct typed_words { struct typed v[NAME_WORDS]; size_t n; };

/* Rank 0: exactly this; 1: exactly, errors mended; 2, 3: a part of the name. */
struct candidate { struct gaz_entry entry; int rank; };
struct candidates { struct candidate *v; size_t n, cap; };

/* ---- words ---- */

static void add_near(struct typed *t, const struct gaz_term_list *rows)
{
	for (size_t i = 0; i < rows->n && t->n < FORMS; i++) {
		bool had = !str_near(t->word, rows->v[i].word);
		for (size_t j = 0; !had && j < t->n; j++)
			had = str_eq(t->forms[j], rows->v[i].word);
		if (!had)
			t->forms[t->n++] = rows->v[i].word;
	}
}

static enum err mend(struct db *db, struct typed *t)
{
	struct str_halves halves = str_halves(db_arena(db), t->word);
	struct gaz_term_list rows;
	try(gaz_terms_by_start(db, halves.head, halves.past_head, &rows));
	add_near(t, &rows);
	try(gaz_terms_by_end(db, halves.tail, halves.past_tail, &rows));
	add_near(t, &rows);
	t->mended = t->n > 0;
	return OK;
}

static enum err read_word(struct db *db, str word, struct typed *ret)
{
	*ret = (struct typed){.word = word, .forms = {word}, .n = 1};
	try(gaz_word_entries(db, word, &ret->entries));
	if (ret->entries || word.n < 4 || str_digits(word) || !str_ascii(word))
		return OK;
	ret->n = 0;
	try(mend(db, ret));
	for (size_t i = 0; i < ret->n; i++) {
		i64 n;
		try(gaz_word_entries(db, ret->forms[i], &n));
		ret->entries += n;
	}
	return OK;
}

/* ---- comparing ---- */

static bool is_form(const struct typed *t, str word)
{
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->forms[i], word))
			return true;
	return false;
}

static bool has(str words, const struct typed *t)
{
	str rest = words, w;
	while (rest.n && str_next(&rest, ' ', &w))
		if (is_form(t, w))
			return true;
	return false;
}

/* How many words of one part of a name were typed. */
static bool part_typed(str part, const struct typed_words *typed)
{
	str rest = part, w;
	while (rest.n && str_next(&rest, ' ', &w)) {
		bool found = false;
		for (size_t i = 0; i < typed->n && !found; i++)
			found = is_form(&typed->v[i], w);
		if (!found)
			return false;
	}
	return true;
}

/* -1 when a word that was typed is nowhere in the entry. */
static int rank(struct arena *a, const struct gaz_entry *e, const struct typed_words *typed)
{
	bool mended = false, named = false, whole = false;
	str name = str_replace(a, e->words, S("|"), S(" ")), rest = e->words, part;
	for (size_t i = 0; i < typed->n; i++) {
		bool here = has(name, &typed->v[i]);
		if (!here && !has(e->around, &typed->v[i]))
			return -1;
		named |= here;
		mended |= typed->v[i].mended;
	}
	while (named && rest.n && str_next(&rest, '|', &part))
		whole |= part.n && part_typed(part, typed);
	whole |= !named && e->kind == GAZ_COMMUNE;       /* its postal code */
	return (whole ? 0 : 2) + mended;
}

static void add(struct arena *a, struct candidates *c, const struct gaz_entry *e, int r)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].entry.id == e->id)
			return;
	if (c->n == c->cap) {
		struct candidate *v = arena_many(a, struct candidate, c->cap * 2 + 64);
		if (c->n)
			memcpy(v, c->v, c->n * sizeof *v);
		c->v = v;
		c->cap = c->cap * 2 + 64;
	}
	c->v[c->n++] = (struct candidate){*e, r};
}

static enum err gather_of(struct db *db, const struct typed_words *typed, const struct typed *seed, struct candidates *ret)
{
	i64 today = date_days(today_paris());
	for (size_t f = 0; f < seed->n; f++) {
		struct gaz_entry_list rows;
		try(gaz_entries_of(db, seed->forms[f], today, SEED_MAX, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			int r = rank(db_arena(db), &rows.v[i], typed);
			if (r >= 0)
				add(db_arena(db), ret, &rows.v[i], r);
		}
	}
	return OK;
}

/* A name has at least one of the typed words; through the rare ones, and the rarest whatever it is, all likely entries come. */
static enum err gather(struct db *db, const struct typed_words *typed, struct candidates *ret)
{
	const struct typed *rarest = NULL;
	for (size_t i = 0; i < typed->n; i++) {
		const struct typed *t = &typed->v[i];
		if (!t->n)
			return OK;
		if (t->entries && (!rarest || t->entries < rarest->entries))
			rarest = t;
	}
	for (size_t i = 0; i < typed->n; i++)
		if (typed->v[i].entries && (&typed->v[i] == rarest || typed->v[i].entries <= COMMON))
			try(gather_of(db, typed, &typed->v[i], ret));
	return OK;
}

/* ---- choosing ---- */

static int by_rank(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;
	if (a->rank != b->rank)
		return a->rank - b->rank;
	if (a->entry.kind != b->entry.kind)
		return a->entry.kind < b->entry.kind ? -1 : 1;
	int c = str_cmp(a->entry.name, b->entry.name);
	c = c ? c : str_cmp(a->entry.detail, b->entry.detail);
	return c ? c : (a->entry.id > b->entry.id) - (a->entry.id < b->entry.id);
}

static struct gazetteer_spot spot_of(const struct gaz_entry *e)
{
	return (struct gazetteer_spot){
		.id = e->id, .kind = (enum gazetteer_kind)e->kind, .code = e->code, .name = e->name, .detail = e->detail, .at = {e->lat, e->lon},
	};
}

static void choose(struct arena *a, struct candidates *c, struct gazetteer_answer *ret)
{
	*ret = (struct gazetteer_answer){.v = arena_many(a, struct gazetteer_spot, GAZETTEER_CHOICES)};
	if (!c->n)
		return;
	qsort(c->v, c->n, sizeof *c->v, by_rank);
	for (size_t i = 0; i < c->n && ret->n < GAZETTEER_CHOICES && c->v[i].rank == c->v[0].rank; i++) {
		const struct gazetteer_spot *last = ret->n ? &ret->v[ret->n - 1] : NULL;
		if (c->v[0].rank < 2 && c->v[i].entry.kind != c->v[0].entry.kind)
			break;
		if (!last || !str_eq(last->name, c->v[i].entry.name) || !str_eq(last->detail, c->v[i].entry.detail))
			ret->v[ret->n++] = spot_of(&c->v[i].entry);
	}
	ret->found = ret->n == 1;
}

static enum err find(struct db *db, const struct typed_words *typed, struct gazetteer_answer *ret)
{
	struct candidates c = {0};
	if (typed->n)
		try(gather(db, typed, &c));
	choose(db_arena(db), &c, ret);
	return OK;
}

/* Past "14", "14 bis" at the beginning. */
static struct typed_words without_number(const struct typed_words *typed)
{
	struct typed_words ret = {0};
	size_t from = typed->n > 1 && str_digits(typed->v[0].word) && typed->v[0].word.n <= 4 ? 1 : 0;
	if (from && typed->n > 2 && (typed->v[1].word.n == 1 || str_eq(typed->v[1].word, S("bis")) || str_eq(typed->v[1].word, S("ter"))))
		from = 2;
	for (size_t i = from; i < typed->n && from; i++)
		ret.v[ret.n++] = typed->v[i];
	return ret;
}

/* Nothing is called so: the commune that was said at the end, if one was. */
static enum err find_commune(struct db *db, const struct typed_words *typed, struct gazetteer_answer *ret)
{
	for (size_t from = 1; from < typed->n && !ret->n; from++) {
		struct typed_words end = {.n = typed->n - from};
		memcpy(end.v, typed->v + from, end.n * sizeof *end.v);
		try(find(db, &end, ret));
		if (ret->n && ret->v[0].kind != GAZ_COMMUNE)
			ret->n = 0;
	}
	ret->partly = ret->n > 0;
	ret->found = false;
	return OK;
}

enum err gazetteer_find(struct db *db, str typed, struct gazetteer_answer *ret)
{
	struct name_words words = name_words(db_arena(db), typed);
	struct typed_words all = {.n = words.n};
	for (size_t i = 0; i < words.n; i++)
		try(read_word(db, words.v[i], &all.v[i]));
	try(find(db, &all, ret));
	if (!ret->n) {
		struct typed_words rest = without_number(&all);
		try(find(db, &rest, ret));
	}
	return ret->n ? OK : find_commune(db, &all, ret);
}

str gazetteer_full_name(struct arena *a, const struct gazetteer_spot *s)
{
	if (!s->detail.n)
		return s->name;
	return str_printf(a, "%.*s, %.*s", STR_ARG(s->name), STR_ARG(s->detail));
}
