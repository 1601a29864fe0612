/* Finding pairs cheaply: places that share a key (SIRET, telephone, a cell of 300 m, a telling word of the name with the postal code)
 * are compared, never everything with everything. A key that many share is walked in the order of names, each place with its
 * neighbours only. Words weigh by their rarity: "médiathèque" says little, "Floresca" much. */
#include "duplicates/duplicates.h"

#include <math.h>
#include <stdlib.h>

#include "base/words.h"
#include "directory/directory.h"
#include "duplicates/pairs_sql.h"
#include "geo/geo.h"

enum { PAGE = 1000, WORDS = 10, KEYS = 8, WINDOW = 40, SCORE_MIN = 60 };
#define PLACES_MOST ((size_t)1 << 20)
#define CELL 0.003                               /* degrees */

struct word { str s; u64 h; float weight; };
struct words { struct word v[WORDS]; size_t n; float weight; };
struct one {
	i64 id;
	str pivot, phone, code, number;          /* number: of the street; absent when there is none */
	struct words name, street;
	bool placed; struct point at;
};
struct key { u64 h; u64 order; u32 one; };
struct search {
	struct arena *a;
	struct one *v; size_t n, size;
	u64 *seen; size_t n_seen;                /* every word of names and streets, sorted: how often each is */
	struct key *keys; size_t n_keys;
	struct pair_found *found; size_t n_found, found_size;
	i64 compared;
};

/* ---- reading ---- */

static struct words words_of(str text)
{
	struct words ret = { .n = 0 };
	for (str w; ret.n < WORDS && text.n && str_next(&text, ' ', &w);)
		if (w.n)
			ret.v[ret.n++] = (struct word){ .s = w, .h = str_hash(w) };
	return ret;
}

static str number_of(str street)
{
	size_t n = 0;
	while (n < street.n && street.p[n] >= '0' && street.p[n] <= '9')
		n++;
	return n && n < 5 ? str_slice(street, 0, n) : (str){ 0 };
}

static void take(struct search *s, const struct pair_place *row)
{
	struct one *o = &s->v[s->n++];
	str street = str_copy(s->a, search_words(s->a, row->adresse));
	*o = (struct one){ .id = row->place_id, .phone = str_copy(s->a, row->telephone), .code = str_copy(s->a, row->code_postal),
		.name = words_of(str_copy(s->a, row->name_text)), .number = number_of(street), .placed = row->lat.set && row->lon.set };
	o->street = words_of(str_slice(street, o->number.n, street.n));
	o->at = (struct point){ row->lat.v, row->lon.v };
	if (row->pivot.n && !value_pivot_is_placeholder(row->pivot))
		o->pivot = str_copy(s->a, row->pivot);
}

static enum err read_all(struct db *db, struct search *s)
{
	i64 after = 0;
	struct pair_place_list rows;
	do {
		struct arena_mark m = arena_mark(db_arena(db));
		try(pair_places(db, after, PAGE, &rows));
		if (s->n + rows.n > s->size) {
			struct one *old = s->v;
			s->size = 2 * s->size + PAGE;
			assert(s->size < PLACES_MOST);
			s->v = arena_many(s->a, struct one, s->size);
			if (s->n)
				memcpy(s->v, old, s->n * sizeof(*old));
		}
		for (size_t i = 0; i < rows.n; i++)
			take(s, &rows.v[i]);
		after = rows.n ? rows.v[rows.n - 1].place_id : after;
		if (db_arena(db) != s->a)
			arena_rewind(db_arena(db), m);
	} while (rows.n == PAGE);
	return OK;
}

/* ---- weights ---- */

static int by_hash(const void *a, const void *b)
{
	u64 x = *(const u64 *)a, y = *(const u64 *)b;
	return x < y ? -1 : x > y;
}

static size_t first_at_least(const u64 *v, size_t n, u64 h)
{
	size_t low = 0;
	while (n) {
		size_t half = n / 2;
		bool right = v[low + half] < h;
		low += right ? half + 1 : 0;
		n = right ? n - half - 1 : half;
	}
	return low;
}

static void weigh_words(const struct search *s, struct words *w)
{
	for (size_t i = 0; i < w->n; i++) {
		u64 h = w->v[i].h;
		size_t often = first_at_least(s->seen, s->n_seen, h + 1) - first_at_least(s->seen, s->n_seen, h);
		w->v[i].weight = (float)(0.5 + log((double)(s->n + 1) / (double)(often + 1)) / log((double)(s->n + 2)));
		if (w->v[i].weight < 0.1F)
			w->v[i].weight = 0.1F;
		w->weight += w->v[i].weight;
	}
}

static void weigh(struct search *s)
{
	s->seen = arena_many(s->a, u64, 2 * WORDS * s->n + 1);
	for (size_t i = 0; i < s->n; i++) {
		for (size_t w = 0; w < s->v[i].name.n; w++)
			s->seen[s->n_seen++] = s->v[i].name.v[w].h;
		for (size_t w = 0; w < s->v[i].street.n; w++)
			s->seen[s->n_seen++] = s->v[i].street.v[w].h;
	}
	qsort(s->seen, s->n_seen, sizeof(*s->seen), by_hash);
	for (size_t i = 0; i < s->n; i++) {
		weigh_words(s, &s->v[i].name);
		weigh_words(s, &s->v[i].street);
	}
}

/* ---- comparing ---- */

static const struct word *word_in(const struct words *words, const struct word *w)
{
	for (size_t i = 0; i < words->n; i++)
		if (words->v[i].h == w->h || (w->s.n > 4 && words->v[i].s.n > 4 && !str_digits(w->s) && str_near(words->v[i].s, w->s)))
			return &words->v[i];
	return NULL;
}

/* The share of weight that both have: 0 to 1. */
static float likeness(const struct words *a, const struct words *b)
{
	float common = 0;
	for (size_t i = 0; i < a->n; i++) {
		const struct word *w = word_in(b, &a->v[i]);
		common += w ? fminf(w->weight, a->v[i].weight) : 0;
	}
	float all = a->weight + b->weight;
	return all > 0 ? fminf(1, 2 * common / all) : 0;
}

static u32 of_addresses(const struct one *a, const struct one *b, int *ret_points)
{
	float like = likeness(&a->street, &b->street);
	bool other_number = a->number.n && b->number.n && !str_eq(a->number, b->number);
	bool same = str_eq(a->number, b->number) && str_eq(a->code, b->code);
	*ret_points = other_number ? -10 : same && like > 0.9F ? 25 : like > 0.6F ? 12 : 0;
	return *ret_points == 25 ? PAIR_SAME_ADDRESS : *ret_points == 12 ? PAIR_LIKE_ADDRESS : 0;
}

static int of_distance(double metres)
{
	return metres <= 30 ? 20 : metres <= 100 ? 15 : metres <= 300 ? 8 : metres > 1000 ? -30 : 0;
}

static struct pair_found judge(const struct one *a, const struct one *b)
{
	struct pair_found ret = { .first_id = a->id < b->id ? a->id : b->id, .second_id = a->id < b->id ? b->id : a->id };
	float name = likeness(&a->name, &b->name);
	int points;
	ret.reasons = of_addresses(a, b, &points);
	ret.score = points + (int)(name * 50);
	ret.reasons |= name > 0.98F ? PAIR_SAME_NAME : name > 0.5F ? PAIR_LIKE_NAME : 0;
	if (a->pivot.n && str_eq(a->pivot, b->pivot)) {
		ret.reasons |= PAIR_SIRET;
		ret.score += 25;
	}
	if (a->phone.n && str_eq(a->phone, b->phone)) {
		ret.reasons |= PAIR_PHONE;
		ret.score += 15;
	}
	if (a->placed && b->placed) {
		double metres = geo_metres(a->at, b->at);
		ret.metres = (struct opt_i64){ (i64)metres, true };
		ret.score += of_distance(metres);
		ret.reasons |= metres <= 300 ? PAIR_NEAR : 0;
	}
	ret.score = ret.score > 100 ? 100 : ret.score;
	return ret;
}

static void compare(struct search *s, const struct one *a, const struct one *b)
{
	struct pair_found p = judge(a, b);
	s->compared++;
	if (p.score < SCORE_MIN)
		return;
	if (s->n_found == s->found_size) {
		struct pair_found *old = s->found;
		s->found_size = 2 * s->found_size + 1000;
		s->found = arena_many(s->a, struct pair_found, s->found_size);
		if (s->n_found)
			memcpy(s->found, old, s->n_found * sizeof(*old));
	}
	s->found[s->n_found++] = p;
}

/* ---- keys ---- */

static void put_key(struct search *s, size_t i, char kind, str value, str also)
{
	const struct one *o = &s->v[i];
	u64 h = str_hash(value) * 1000003 ^ str_hash(also) * 31 ^ (u64)kind << 56;
	s->keys[s->n_keys++] = (struct key){ h, o->name.n ? o->name.v[0].h : 0, (u32)i };
}

/* The cells of four grids, each half a cell from the others: two points closer than half a cell share one. */
static void put_cells(struct search *s, size_t i)
{
	for (int g = 0; g < 4; g++) {
		i64 cell[2] = { (i64)floor(s->v[i].at.lat / CELL + (g & 1) / 2.0), (i64)floor(s->v[i].at.lon / CELL + (g >> 1) / 2.0) };
		put_key(s, i, (char)('0' + g), (str){ (const char *)cell, sizeof cell }, S(""));
	}
}

static void put_keys(struct search *s, size_t i)
{
	const struct one *o = &s->v[i];
	const struct word *best[2] = { NULL, NULL };
	for (size_t w = 0; w < o->name.n; w++) {
		const struct word *it = &o->name.v[w];
		if (!best[0] || it->weight > best[0]->weight) {
			best[1] = best[0];
			best[0] = it;
		} else if (!best[1] || it->weight > best[1]->weight) {
			best[1] = it;
		}
	}
	for (size_t b = 0; b < 2 && best[b]; b++)
		put_key(s, i, 'n', best[b]->s, o->code);
	if (o->pivot.n)
		put_key(s, i, 's', o->pivot, S(""));
	if (o->phone.n)
		put_key(s, i, 't', o->phone, S(""));
	if (o->placed)
		put_cells(s, i);
}

static int by_key(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	if (x->h != y->h)
		return x->h < y->h ? -1 : 1;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	return x->one < y->one ? -1 : x->one > y->one;
}

static void compare_all(struct search *s)
{
	s->keys = arena_many(s->a, struct key, KEYS * s->n + 1);
	for (size_t i = 0; i < s->n; i++)
		put_keys(s, i);
	qsort(s->keys, s->n_keys, sizeof(*s->keys), by_key);
	for (size_t i = 0; i < s->n_keys; i++)
		for (size_t j = i + 1; j < s->n_keys && j <= i + WINDOW && s->keys[j].h == s->keys[i].h; j++)
			if (s->keys[i].one != s->keys[j].one)    /* "Le Muy - Le Muy" has a key twice */
				compare(s, &s->v[s->keys[i].one], &s->v[s->keys[j].one]);
}

/* ---- the list ---- */

static int by_ids(const void *a, const void *b)
{
	const struct pair_found *x = a, *y = b;
	if (x->first_id != y->first_id)
		return x->first_id < y->first_id ? -1 : 1;
	return x->second_id < y->second_id ? -1 : x->second_id > y->second_id;
}

static int by_score(const void *a, const void *b)
{
	const struct pair_found *x = a, *y = b;
	return x->score != y->score ? y->score - x->score : by_ids(a, b);
}

enum err pairs_find(struct db *db, struct arena *a, size_t most, struct pairs_found *ret)
{
	struct search s = { .a = a };
	try(read_all(db, &s));
	*ret = (struct pairs_found){ .places = (i64)s.n };
	if (!s.n)
		return OK;
	weigh(&s);
	compare_all(&s);
	ret->compared = s.compared;
	if (!s.n_found)
		return OK;
	qsort(s.found, s.n_found, sizeof(*s.found), by_ids);
	size_t n = 1;
	for (size_t i = 1; i < s.n_found; i++)
		if (by_ids(&s.found[n - 1], &s.found[i]) != 0)
			s.found[n++] = s.found[i];
	qsort(s.found, n, sizeof(*s.found), by_score);
	ret->v = s.found;
	ret->n = n < most ? n : most;
	return OK;
}
