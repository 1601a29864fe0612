/* People are found again by keyed hashes: the sound and the first letters of each word of a name, in any order; a telephone; the code of a
 * card. The database alone says nothing of what they hash. See find.h, and people_find() in people.h.
 *
 * A word of more than three letters is looked up by its sound; beside a rarer one, its first three letters do as well. A word of three letters
 * or fewer is a beginning, or a short name. */
#include "people/find.h"

#include "base/code.h"
#include "base/phone.h"
#include "base/timex.h"
#include "base/words.h"
#include "people/alike.h"
#include "people/names.h"
#include "people/people_sql.h"

#define WORDS_MOST 3                             /* of what is typed: more narrow nothing down */
#define COUNT_MOST 2000                          /* beyond, one word is as common as another */
#define TOKENS_MOST (4 * NAME_WORDS + 1)

bool name_findable(struct arena *a, str name) { return name_read(a, name).n > 0; }

struct name_sounds name_heard(struct arena *a, str name)
{
	struct name_words w = name_read(a, name);
	struct name_sounds s = { .n = 0 };
	for (; s.n < w.n && s.n < lengthof(s.v); s.n++)
		s.v[s.n] = str_hash(w.v[s.n].sound);
	return s;
}

bool name_alike(struct arena *a, str one, str other)
{
	struct name_words x = name_read(a, one), y = name_read(a, other);
	for (size_t i = 0; i < x.n; i++)
		for (size_t j = 0; j < y.n; j++)
			if (str_eq(x.v[i].sound, y.v[j].sound))
				return true;
	return false;
}

/* ---- hashes ---- */

static struct vault_item sound_item(const struct name_word *w)
{
	return (struct vault_item){ S("person:sound"), w->sound };
}

static struct vault_item start_item(const struct name_word *w)
{
	return (struct vault_item){ S("person:start"), str_slice(w->plain, 0, NAME_PREFIX) };
}

static enum err hashes(const struct vault_asker *vault, const struct vault_item *items, size_t n, str *ret)
{
	if (n)
		try(vault_index_as(vault, items, n, ret));
	for (size_t i = 0; i < n; i++)
		ret[i].n = TOKEN_BYTES;
	return OK;
}

enum err person_tokens(const struct vault_asker *vault, const struct person *p, str **ret, size_t *ret_n)
{
	struct vault_item *items = arena_many(vault->a, struct vault_item, TOKENS_MOST);
	size_t n = 0;
	const str names[] = { p->given, p->family };
	for (size_t i = 0; i < lengthof(names); i++) {
		struct name_words w = name_read(vault->a, names[i]);
		for (size_t j = 0; j < w.n; j++) {
			items[n++] = sound_item(&w.v[j]);
			items[n++] = start_item(&w.v[j]);
		}
	}
	if (p->phone.n)
		items[n++] = (struct vault_item){ S("person:phone"), p->phone };
	*ret = arena_many(vault->a, str, n + 1);
	*ret_n = n;
	return hashes(vault, items, n, *ret);
}

/* ---- cards ---- */

enum err card_index(const struct vault_asker *vault, str typed, str *ret)
{
	struct vault_item item = { S("household:card"), code_plain(vault->a, typed) };
	return vault_index_as(vault, &item, 1, ret);
}

enum err card_code(const struct vault_asker *vault, i64 household_id, i64 number, str *ret_code, str *ret_index)
{
	struct vault_item item = { S("household:card-code"), str_printf(vault->a, "%lld:%lld", (long long)household_id, (long long)number) };
	str bits;
	try(vault_index_as(vault, &item, 1, &bits));
	*ret_code = code_of_bits(vault->a, bits, CARD_GROUPS);
	return card_index(vault, *ret_code, ret_index);
}

/* ---- looking up ---- */

/* What satisfies a word: its sound, its sound with the particle before it (or the same again), its first letters. */
struct asked_word { str hash[3]; bool whole; i64 count; };
struct asked { struct asked_word w[WORDS_MOST]; size_t n; };

/* "Le Goff": one word, that sounds as "goff" or as "legoff". */
static enum err ask_names(const struct vault_asker *vault, str typed, struct asked *ret)
{
	struct name_words w = name_read(vault->a, typed);
	struct vault_item items[3 * WORDS_MOST];
	str h[3 * WORDS_MOST];
	size_t n = 0;
	for (size_t i = 0; i < w.n && n < WORDS_MOST; i++) {
		if (w.v[i].joined)
			continue;
		bool with_joined = i + 1 < w.n && w.v[i + 1].joined;
		items[3 * n] = sound_item(&w.v[i]);
		items[3 * n + 1] = sound_item(&w.v[with_joined ? i + 1 : i]);
		items[3 * n + 2] = start_item(&w.v[i]);
		ret->w[n++].whole = w.v[i].plain.n > NAME_PREFIX;
	}
	try(hashes(vault, items, 3 * n, h));
	for (size_t i = 0; i < n; i++)
		memcpy(ret->w[i].hash, h + 3 * i, sizeof ret->w[i].hash);
	ret->n = n;
	return OK;
}

/* What a word is looked up by when it comes first: a whole one by its sounds; a short one by its letters and its sounds. */
struct first_hashes { str v[3]; size_t n; };

static struct first_hashes first_of(const struct asked_word *w)
{
	struct first_hashes f = { .n = 0 };
	for (size_t i = 0; i < lengthof(w->hash) - w->whole; i++) {
		bool known = false;
		for (size_t j = 0; j < f.n; j++)
			known |= str_eq(f.v[j], w->hash[i]);
		if (!known)
			f.v[f.n++] = w->hash[i];
	}
	return f;
}

/* The word that the fewest have comes first, for the others are looked up among them. */
static enum err rarest_first(struct db *db, i64 organisation, struct asked *q)
{
	size_t best = 0;
	for (size_t i = 0; i < q->n; i++) {
		struct first_hashes f = first_of(&q->w[i]);
		i64 one;
		for (size_t j = 0; j < f.n; j++) {
			try(token_count(db, organisation, f.v[j], COUNT_MOST, &one));
			q->w[i].count += one;
		}
		best = q->w[i].count < q->w[best].count ? i : best;
	}
	struct asked_word first = q->w[best];
	q->w[best] = q->w[0];
	q->w[0] = first;
	return OK;
}

static const str *others(const struct asked *q, size_t i)
{
	static const str none[3] = { S_INIT(""), S_INIT(""), S_INIT("") };
	return i < q->n ? q->w[i].hash : none;
}

static enum err match(struct db *db, i64 organisation, struct asked *q, struct household_id_row_list *ret)
{
	try(rarest_first(db, organisation, q));
	const str *a = others(q, 1), *b = others(q, 2);
	struct first_hashes f = first_of(&q->w[0]);
	*ret = (struct household_id_row_list){ arena_many(db_arena(db), struct household_id_row, lengthof(f.v) * (PEOPLE_FOUND_MOST + 1)), 0 };
	for (size_t j = 0; j < f.n; j++) {
		struct household_id_row_list some;
		try(token_match(db, organisation, f.v[j], (i64)q->n, a[0], a[1], a[2], b[0], b[1], b[2], PEOPLE_FOUND_MOST + 1, &some));
		for (size_t i = 0; i < some.n; i++)
			ret->v[ret->n++] = some.v[i];
	}
	return OK;
}

static enum err match_shared(struct db *db, i64 organisation, const struct asked *q, struct household_id_row_list *ret)
{
	const str *a = others(q, 1), *b = others(q, 2);
	struct first_hashes f = first_of(&q->w[0]);
	for (size_t j = f.n; j < lengthof(f.v); j++)
		f.v[j] = f.v[0];
	return token_match_shared(db, organisation, now_ms(), f.v[0], f.v[1], f.v[2], (i64)q->n, a[0], a[1], a[2], b[0], b[1], b[2], PEOPLE_FOUND_MOST + 1, ret);
}

/* ---- what was found ---- */

static enum err add(struct db *db, const struct household_id_row_list *rows, struct households *ret)
{
	i64 *ids = arena_many(db_arena(db), i64, rows->n + 1);
	struct household *more = arena_many(db_arena(db), struct household, rows->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		bool known = false;
		for (size_t j = 0; j < ret->n; j++)
			known |= ret->v[j].id == rows->v[i].id;
		for (size_t j = 0; j < n; j++)
			known |= ids[j] == rows->v[i].id;
		if (!known)
			ids[n++] = rows->v[i].id;
	}
	try(households_get(db, ids, n, more));
	for (size_t i = 0; i < n; i++) {
		bool fits = ret->n < PEOPLE_FOUND_MOST, alive = !more[i].erased && !more[i].merged_into;
		ret->more |= !fits && alive;
		if (fits && alive)
			ret->v[ret->n++] = more[i];
	}
	return OK;
}

static enum err open_all(const struct vault_asker *vault, struct households *all)
{
	struct household *v[PEOPLE_FOUND_MOST];
	for (size_t i = 0; i < all->n; i++)
		v[i] = &all->v[i];
	return household_open_names(vault, S("people found"), v, all->n);
}

/* By the code of a card. */
static enum err by_code(struct db *db, const struct vault_asker *vault, str typed, const i64 *organisations, size_t n, struct households *ret)
{
	struct household_id_row row;
	struct household_id_row_list rows = { &row, 1 };
	str index;
	try(card_index(vault, typed, &index));
	enum err e = household_by_card(db, index, &row);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	for (size_t i = 0; i < n; i++) {
		i64 shared = 0;
		try(share_with(db, row.id, organisations[i], now_ms(), &shared));
		if (row.organisation_id == organisations[i] || shared)
			return add(db, &rows, ret);
	}
	return OK;
}

static bool looks_like_card(struct arena *a, str typed)
{
	str plain = code_plain(a, typed);
	bool digit = false;
	for (size_t i = 0; i < plain.n; i++)
		digit |= plain.p[i] >= '2' && plain.p[i] <= '9';
	return plain.n == 4 * CARD_GROUPS && (digit || str_find_byte(typed, '-') >= 0);
}

static enum err ask(const struct vault_asker *vault, str typed, struct asked *ret)
{
	struct phone phone;
	if (phone_read(typed, &phone) != PHONE_OK)
		return ask_names(vault, typed, ret);
	struct vault_item item = { S("person:phone"), str_c(phone.e164) };
	str h;
	try(hashes(vault, &item, 1, &h));
	ret->w[0] = (struct asked_word){ .hash = { h, h, h }, .whole = true };
	ret->n = 1;
	return OK;
}

enum err people_find(struct db *db, const struct vault_asker *vault, const i64 *organisations, size_t n, str typed, struct households *ret)
{
	struct asked q = { .n = 0 };
	*ret = (struct households){ .v = arena_many(vault->a, struct household, PEOPLE_FOUND_MOST + 1) };
	if (looks_like_card(vault->a, typed))
		try(by_code(db, vault, typed, organisations, n, ret));
	try(ask(vault, typed, &q));
	for (size_t i = 0; q.n && i < n; i++) {
		struct household_id_row_list own, shared;
		struct asked mine = q;
		try(match(db, organisations[i], &mine, &own));
		try(match_shared(db, organisations[i], &mine, &shared));
		try(add(db, &own, ret));
		try(add(db, &shared, ret));
	}
	return open_all(vault, ret);
}

/* ---- perhaps the same ---- */

static enum err alike_by(struct db *db, const struct vault_asker *vault, i64 organisation, str typed, struct households *ret)
{
	struct asked q = { .n = 0 };
	struct household_id_row_list rows;
	try(ask(vault, typed, &q));
	for (size_t i = 0; i < q.n; i++)
		q.w[i].hash[2] = q.w[i].whole ? q.w[i].hash[0] : q.w[i].hash[2];    /* whole words sound alike: beginnings are not enough */
	if (!q.n)
		return OK;
	try(match(db, organisation, &q, &rows));
	return add(db, &rows, ret);
}

static str full_name(struct arena *a, const struct person *p)
{
	return !p->child && p->given.n && p->family.n ? str_printf(a, "%.*s %.*s", STR_ARG(p->given), STR_ARG(p->family)) : S("");
}

enum err people_alike(struct db *db, const struct vault_asker *vault, const struct household *h, struct households *ret)
{
	*ret = (struct households){ .v = arena_many(vault->a, struct household, PEOPLE_FOUND_MOST + 1) };
	for (size_t i = 0; i < h->n; i++) {
		str name = full_name(vault->a, &h->persons[i]);
		if (h->persons[i].phone.n)
			try(alike_by(db, vault, h->organisation_id, h->persons[i].phone, ret));
		if (name.n)
			try(alike_by(db, vault, h->organisation_id, name, ret));
	}
	return open_all(vault, ret);
}

static void note_alike(const struct households *found, bool phone, struct alikes *ret)
{
	for (size_t i = 0; i < found->n; i++) {
		size_t k = 0;
		while (k < ret->n && ret->v[k].household_id != found->v[i].id)
			k++;
		if (k == ret->n)
			ret->v[ret->n++] = (struct alike){ .household_id = found->v[i].id };
		ret->v[k].phone |= phone;
		ret->v[k].names |= !phone;
	}
}

enum err people_alike_unopened(struct db *db, const struct vault_asker *vault, i64 organisation, const struct person *p, struct alikes *ret)
{
	struct household *room = arena_many(vault->a, struct household, PEOPLE_FOUND_MOST + 1);
	struct households found = { .v = room };
	str name = full_name(vault->a, p);
	*ret = (struct alikes){ .v = arena_many(vault->a, struct alike, 2 * PEOPLE_FOUND_MOST + 1) };
	if (p->phone.n)
		try(alike_by(db, vault, organisation, p->phone, &found));
	note_alike(&found, true, ret);
	found = (struct households){ .v = room };
	if (name.n)
		try(alike_by(db, vault, organisation, name, &found));
	note_alike(&found, false, ret);
	return OK;
}
