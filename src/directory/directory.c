/* Finding places. Candidates come from covering indexes as ids with what ranking needs; they are ranked here, the same on both
 * engines; only the ten of the page are read. */
#include "base/timex.h"
#include "base/words.h"
#include "db/db.h"
#include "db/id.h"
#include "directory/directory.h"
#include "directory/place_opening.h"
#include "directory/place_opening_sql.h"
#include "directory/place_sql.h"
#include "directory/search.h"
#include "directory/wifi.h"
#include "directory/wifi_sql.h"

/* A place that satisfies a query, before it is read. */
struct candidate {
	i64 id, place_id;
	double metres;
	int in_name;                             /* words of the query that its name has */
	str name_text;
};
struct candidates { struct candidate *v; size_t n, cap; };

/* The conditions as the statements take them. */
struct filter { str commune, code; i64 services, publics, frais, traits; const struct gazetteer_outlines *areas; struct open_question *open; };

#define MATCHES_MAX 20000                        /* looked at when only the open ones are wanted */
#define FEW_OPEN 1500                            /* so few that they are read and sorted, rather than found among all */
#define NAMES_FIRST 2000                         /* looked at, in the order of names, before looking at many */

static void place_of_row(const struct place_row *r, struct place *ret)
{
	*ret = (struct place){.place_id = r->place_id};
#define X(e, name, kind) ret->f[P_##e] = r->name;
	PLACE_FIELDS(X)
#undef X
}

static enum err filter_of(struct db *db, const struct place_query *q, struct filter *ret)
{
	struct filter f = {.services = q->services, .publics = q->publics, .frais = q->frais, .traits = q->traits, .areas = q->areas,
		.open = arena_one(db_arena(db), struct open_question)};
	str commune = str_trim(q->commune);
	if (commune.n == 5 && str_digits(commune))
		f.code = commune;
	else if (commune.n)
		f.commune = search_commune_key(db_arena(db), commune);
	*ret = f;
	return q->open ? open_question(db, q->open_ms, f.open) : OK;
}

/* ---- gathering ---- */

static struct candidate *add(struct arena *a, struct candidates *c)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 256;
		struct candidate *v = arena_many(a, struct candidate, cap);
		if (c->n)
			memcpy(v, c->v, sizeof *v * c->n);
		c->v = v;
		c->cap = cap;
	}
	struct candidate *one = &c->v[c->n++];
	*one = (struct candidate){0};
	return one;
}

/* Keeps the candidates that are open, when that is asked. */
static enum err keep_open(const struct filter *f, struct candidates *c)
{
	size_t kept = 0;
	for (size_t i = 0; f->open->on && i < c->n; i++) {
		bool open;
		try(open_ask(f->open, c->v[i].id, &open));
		if (open)
			c->v[kept++] = c->v[i];
	}
	c->n = f->open->on ? kept : c->n;
	return OK;
}

static double metres_to(const struct place_query *q, struct opt_f64 lat, struct opt_f64 lon)
{
	return lat.set && lon.set ? geo_metres(q->at, (struct point){lat.v, lon.v}) : -1;
}

static enum err gather_circle(struct db *db, const struct filter *f, const struct place_query *q, double radius, struct candidates *ret)
{
	struct grid_box box = grid_around(q->at, radius);
	ret->n = 0;
	for (int row = 0; row < box.rows; row++) {
		struct place_near_list near;
		i64 shift = row * GRID_STRIDE;
		try(places_in_cells(db, f->commune, f->code, f->services, f->publics, f->frais, box.from + shift, box.to + shift, f->traits, &near));
		for (size_t i = 0; i < near.n; i++) {
			double m = metres_to(q, near.v[i].lat, near.v[i].lon);
			if (m < 0 || m > radius)
				continue;
			*add(db_arena(db), ret) = (struct candidate){.id = near.v[i].id, .place_id = near.v[i].place_id, .metres = m};
		}
	}
	return keep_open(f, ret);
}

/* Those that stand in the areas asked for. An area is small beside what the grid holds: its box is looked through whole. */
static enum err gather_areas(struct db *db, const struct filter *f, const struct place_query *q, struct candidates *ret)
{
	for (size_t k = 0; k < f->areas->n; k++) {
		struct grid_box box = grid_around(f->areas->v[k].centre, f->areas->v[k].reach_m);
		for (int row = 0; row < box.rows; row++) {
			struct place_near_list near;
			i64 shift = row * GRID_STRIDE;
			try(places_in_cells(db, f->commune, f->code, f->services, f->publics, f->frais, box.from + shift, box.to + shift, f->traits, &near));
			for (size_t i = 0; i < near.n; i++) {
				struct point at = {near.v[i].lat.v, near.v[i].lon.v};
				double m = q->near ? metres_to(q, near.v[i].lat, near.v[i].lon) : 0;
				if (gazetteer_first_of(f->areas, at) == (i64)k && (!q->near || m <= (double)q->radius_m))
					*add(db_arena(db), ret) = (struct candidate){.id = near.v[i].id, .place_id = near.v[i].place_id, .metres = m};
			}
		}
	}
	return keep_open(f, ret);
}

/* Widening circles until there are enough or the radius is reached: dense cities stop at the first streets. */
static enum err gather_near(struct db *db, const struct filter *f, const struct place_query *q, struct candidates *ret)
{
	for (double radius = 1000;; radius *= 2) {
		if (radius > (double)q->radius_m)
			radius = (double)q->radius_m;
		try(gather_circle(db, f, q, radius, ret));
		if (ret->n > PLACES_CAP || radius >= (double)q->radius_m)
			return OK;
	}
}

static enum err gather_matching(struct db *db, const struct filter *f, const struct place_query *q, const struct search_query *words, struct candidates *ret)
{
	struct place_match_list found;
	i64 most = f->open->on ? MATCHES_MAX : PLACES_CAP + 1;
	try(places_matching(db, f->commune, f->code, f->services, f->publics, f->frais, search_match(db, words), most, f->traits, &found));
	for (size_t i = 0; i < found.n; i++) {
		const struct place_match *m = &found.v[i];
		struct candidate *c = add(db_arena(db), ret);
		*c = (struct candidate){.id = m->id, .place_id = m->place_id, .name_text = m->name_text};
		c->metres = q->near ? metres_to(q, m->lat, m->lon) : 0;
		for (size_t w = 0; w < words->n; w++)
			c->in_name += search_word_in(&words->words[w], m->name_text);
	}
	return keep_open(f, ret);
}

static enum err keep_key(const struct filter *f, i64 id, i64 place_id, struct db *db, struct candidates *ret)
{
	bool open;
	try(open_ask(f->open, id, &open));
	if (open)
		*add(db_arena(db), ret) = (struct candidate){.id = id, .place_id = place_id};
	return OK;
}

/* The open ones in the order of names, up to one more than the cap. */
static enum err gather_open(struct db *db, const struct filter *f, struct candidates *ret)
{
	if (f->open->kept && !f->open->n_late && f->open->n_open <= FEW_OPEN) {
		struct place_open_list few;
		try(places_open_by_name(db, f->commune, f->code, f->services, f->publics, f->frais, PLACES_CAP + 1, f->open->at, f->traits, &few));
		for (size_t i = 0; i < few.n; i++)
			*add(db_arena(db), ret) = (struct candidate){.id = few.v[i].id, .place_id = few.v[i].place_id};
		return OK;
	}
	struct place_key_list keys = {.n = NAMES_FIRST};
	for (i64 skip = 0, many = NAMES_FIRST; (i64)keys.n == many && ret->n <= PLACES_CAP && f->open->left; skip += many) {
		try(places_by_name(db, f->commune, f->code, f->services, f->publics, f->frais, many, skip, f->traits, &keys));
		for (size_t i = 0; i < keys.n && ret->n <= PLACES_CAP; i++)
			try(keep_key(f, keys.v[i].id, keys.v[i].place_id, db, ret));
	}
	return OK;
}

/* Words so common that their candidates were cut: near a point, the closest places are taken first and their words checked. */
static enum err keep_matching(struct db *db, const struct search_query *words, struct candidates *c)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct place_terms t;
		struct arena_mark mark = arena_mark(db_arena(db));
		try(place_search_text(db, c->v[i].id, &t));
		bool all = true;
		int in_name = 0;
		for (size_t w = 0; all && w < words->n; w++) {
			all = search_word_in(&words->words[w], t.search_text);
			in_name += search_word_in(&words->words[w], t.name_text);
		}
		if (!all) {
			arena_rewind(db_arena(db), mark);
			continue;
		}
		c->v[kept] = c->v[i];
		c->v[kept].in_name = in_name;
		c->v[kept++].name_text = t.name_text;
	}
	c->n = kept;
	return OK;
}

/* Within a commune of at most PLACES_CAP places, theirs are checked: a common word has many more. *ret_done: it was so. */
static enum err gather_in_commune(struct db *db, const struct filter *f, const struct search_query *words, struct candidates *ret,
	bool *ret_done)
{
	struct place_key_list keys;
	*ret_done = false;
	try(places_by_name(db, f->commune, f->code, f->services, f->publics, f->frais, PLACES_CAP + 1, 0, f->traits, &keys));
	if (keys.n > PLACES_CAP)
		return OK;
	for (size_t i = 0; i < keys.n; i++)
		*add(db_arena(db), ret) = (struct candidate){.id = keys.v[i].id, .place_id = keys.v[i].place_id};
	*ret_done = true;
	return keep_matching(db, words, ret);
}

static void keep_within(struct candidates *c, double radius)
{
	size_t kept = 0;
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].metres >= 0 && c->v[i].metres <= radius)
			c->v[kept++] = c->v[i];
	c->n = kept;
}

/* ---- ranking ---- */

static int by_distance(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;
	if (a->metres < b->metres || a->metres > b->metres)
		return a->metres < b->metres ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static int by_name(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;
	if (a->in_name != b->in_name)
		return b->in_name - a->in_name;
	int c = str_cmp(a->name_text, b->name_text);
	return c ? c : (a->id > b->id) - (a->id < b->id);
}

/* ---- answers ---- */

static enum err read_hits(struct db *db, const struct candidate *v, size_t n, struct place_hits *ret)
{
	ret->v = arena_many(db_arena(db), struct place_hit, n);
	ret->n = n;
	for (size_t i = 0; i < n; i++) {
		struct place_row row;
		try(place_read_version(db, v[i].id, &row));
		ret->v[i] = (struct place_hit){.version_id = v[i].id, .place_id = v[i].place_id, .metres = v[i].metres};
		place_of_row(&row, &ret->v[i].place);
	}
	return OK;
}

static enum err page_of(struct db *db, struct candidates *c, i64 page, struct place_hits *ret)
{
	ret->capped = c->n > PLACES_CAP;
	ret->total = ret->capped ? PLACES_CAP : (i64)c->n;
	size_t from = (size_t)page * PLACES_PAGE, to = from + PLACES_PAGE;
	to = to > (size_t)ret->total ? (size_t)ret->total : to;
	if (from >= to)
		return OK;
	return read_hits(db, c->v + from, to - from, ret);
}

static str corrections(struct arena *a, const struct search_query *words)
{
	str parts[16];
	size_t n = 0;
	bool any = false;
	for (size_t i = 0; i < words->n && n < lengthof(parts); i++) {
		const struct search_word *w = &words->words[i];
		parts[n++] = w->corrected ? w->terms[w->own] : w->typed;
		any |= w->corrected;
	}
	return any ? str_join(a, parts, n, S(" ")) : (str){0};
}

static enum err gather_words(struct db *db, const struct filter *f, const struct place_query *q, const struct search_query *words, struct candidates *ret)
{
	bool done = false;
	if (f->commune.n || f->code.n)
		try(gather_in_commune(db, f, words, ret, &done));
	return done ? keep_open(f, ret) : gather_matching(db, f, q, words, ret);
}

/* Within the radius stand few places, whose words are checked; or the words are rare; or the closest places are checked. */
static enum err gather_words_near(struct db *db, const struct filter *f, const struct place_query *q, const struct search_query *words,
	struct candidates *ret)
{
	struct candidates matching = {0};
	try(gather_near(db, f, q, ret));
	if (ret->n <= PLACES_CAP)
		return keep_matching(db, words, ret);
	try(gather_matching(db, f, q, words, &matching));
	if (matching.n > PLACES_CAP)
		return keep_matching(db, words, ret);
	keep_within(&matching, (double)q->radius_m);
	*ret = matching;
	return OK;
}

static enum err gather(struct db *db, const struct filter *f, const struct place_query *q, const struct search_query *words, struct candidates *ret)
{
	if (f->areas) {
		try(gather_areas(db, f, q, ret));
		return keep_matching(db, words, ret);
	}
	if (!words->n)
		return q->near ? gather_near(db, f, q, ret) : gather_open(db, f, ret);
	return q->near ? gather_words_near(db, f, q, words, ret) : gather_words(db, f, q, words, ret);
}

/* Conditions without words or a point: few places are counted as they are found, many by a query of their own. */
static enum err search_by_name(struct db *db, const struct filter *f, i64 page, struct place_hits *ret)
{
	bool all = !f->commune.n && !f->code.n && !f->services && !f->publics && !f->frais && !f->traits;
	struct place_key_list keys = {0};
	i64 from = page * PLACES_PAGE;
	if (!all)
		try(places_by_name(db, f->commune, f->code, f->services, f->publics, f->frais, PLACES_CAP + 1, 0, f->traits, &keys));
	ret->total = (i64)keys.n;
	if (all || keys.n > PLACES_CAP) {
		try(places_count(db, f->commune, f->code, f->services, f->publics, f->frais, f->traits, &ret->total));
		try(places_by_name(db, f->commune, f->code, f->services, f->publics, f->frais, PLACES_PAGE, from, f->traits, &keys));
		from = 0;
	}
	struct candidate v[PLACES_PAGE] = {0};
	size_t n = 0;
	for (; n < PLACES_PAGE && (size_t)from + n < keys.n; n++)
		v[n] = (struct candidate){.id = keys.v[(size_t)from + n].id, .place_id = keys.v[(size_t)from + n].place_id};
	return read_hits(db, v, n, ret);
}

struct search { const struct place_query *q; i64 page; struct place_hits *ret; };

static enum err search(struct db *db, void *arg)
{
	const struct search *s = arg;
	const struct place_query *q = s->q;
	struct filter f;
	struct search_query words;
	*s->ret = (struct place_hits){0};
	try(filter_of(db, q, &f));
	try(search_parse(db, q->words, &words));
	if (!words.n && !q->near && !q->open && !q->areas)
		return search_by_name(db, &f, s->page, s->ret);
	struct candidates c = {0};
	try(gather(db, &f, q, &words, &c));
	if (c.n && (words.n || q->near || q->areas))
		qsort(c.v, c.n, sizeof *c.v, q->near ? by_distance : by_name);
	s->ret->corrected = corrections(db_arena(db), &words);
	try(page_of(db, &c, s->page, s->ret));
	s->ret->capped |= f.open->on && !f.open->left && c.n;         /* not all could be looked at */
	return OK;
}

/* Some fifteen queries on one snapshot: what an import makes current meanwhile cannot be half seen, and SQLite locks once. */
enum err directory_search(struct db *db, const struct place_query *q, i64 page, struct place_hits *ret)
{
	assert(page >= 0);
	return db_read(db, search, &(struct search){.q = q, .page = page, .ret = ret});
}

enum err directory_count(struct db *db, const struct place_query *q, i64 *ret)
{
	struct filter f;
	struct search_query words;
	try(filter_of(db, q, &f));
	try(search_parse(db, q->words, &words));
	if (!words.n && !q->near && !q->open && !q->areas)
		return places_count(db, f.commune, f.code, f.services, f.publics, f.frais, f.traits, ret);
	struct candidates c = {0};
	try(gather(db, &f, q, &words, &c));
	*ret = (i64)c.n;
	return OK;
}

enum err directory_place(struct db *db, str public_id, struct place *ret)
{
	struct place_row row;
	try(place_read_public(db, public_id, &row));
	place_of_row(&row, ret);
	return OK;
}

/* ---- in the order of ids ---- */

static enum err read_places(struct db *db, const struct place_key *keys, size_t n, struct place_list *ret)
{
	*ret = (struct place_list){.v = arena_many(db_arena(db), struct place, n), .n = n};
	for (size_t i = 0; i < n; i++) {
		struct place_row row;
		try(place_read_version(db, keys[i].id, &row));
		place_of_row(&row, &ret->v[i]);
	}
	return OK;
}

/* Keeps of `found` those within the circle, and open when that is asked. */
static enum err within(const struct filter *f, const struct place_query *q, const struct place_key_at_list *found, struct place_key *v, size_t *n)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct place_key_at *one = &found->v[i];
		double m = q->near ? metres_to(q, one->lat, one->lon) : 0;
		bool open = false;
		if (q->areas && gazetteer_first_of(q->areas, (struct point){one->lat.v, one->lon.v}) < 0)
			continue;
		if (m >= 0 && (!q->near || m <= (double)q->radius_m))
			try(open_ask(f->open, one->id, &open));
		if (open)
			v[(*n)++] = (struct place_key){.id = one->id, .place_id = one->place_id};
	}
	return OK;
}

/* The next keys after `after` under every condition; fewer than asked only at the end. */
static enum err keys_after(struct db *db, const struct filter *f, const struct place_query *q, str match, i64 after, i64 limit, struct place_key_at_list *ret)
{
	if (match.p)
		return places_matching_after(db, f->commune, f->code, f->services, f->publics, f->frais, match, after, limit, f->traits, ret);
	double dlat = q->near ? (double)q->radius_m / 111000.0 : 180, dlon = dlat / 0.2;     /* generous: what is exact is checked after */
	return places_by_id_in_box(db, f->commune, f->code, f->services, f->publics, f->frais, after, limit,
		q->at.lat - dlat, q->at.lat + dlat, q->at.lon - dlon, q->at.lon + dlon, f->traits, ret);
}

/* The same without words or a point. */
static enum err open_keys_after(struct db *db, const struct filter *f, i64 after, i64 limit, struct place_key_at_list *ret)
{
	struct place_key_list keys;
	try(places_by_id(db, f->commune, f->code, f->services, f->publics, f->frais, after, limit, f->traits, &keys));
	*ret = (struct place_key_at_list){.v = arena_many(db_arena(db), struct place_key_at, keys.n), .n = keys.n};
	for (size_t i = 0; i < keys.n; i++)
		ret->v[i] = (struct place_key_at){.id = keys.v[i].id, .place_id = keys.v[i].place_id};
	return OK;
}

struct page { const struct place_query *q; i64 after, limit; struct place_list *ret; };

static enum err page(struct db *db, void *arg)
{
	struct page *p = arg;
	const struct place_query *q = p->q;
	struct place_list *ret = p->ret;
	i64 after = p->after, limit = p->limit;
	struct filter f;
	struct search_query words;
	try(filter_of(db, q, &f));
	try(search_parse(db, q->words, &words));
	bool plain = !words.n && !q->near && !q->areas;
	if (plain && !q->open) {
		struct place_key_list keys;
		try(places_by_id(db, f.commune, f.code, f.services, f.publics, f.frais, after, limit, f.traits, &keys));
		return read_places(db, keys.v, keys.n, ret);
	}
	struct place_key *keys = arena_many(db_arena(db), struct place_key, (size_t)limit * 2);
	size_t n = 0;
	for (bool more = true; more && n < (size_t)limit;) {
		struct place_key_at_list found;
		if (plain)
			try(open_keys_after(db, &f, after, limit, &found));
		else
			try(keys_after(db, &f, q, search_match(db, &words), after, limit, &found));
		try(within(&f, q, &found, keys, &n));
		more = (i64)found.n == limit && f.open->left != 0;
		after = found.n ? found.v[found.n - 1].place_id : after;
	}
	return read_places(db, keys, n < (size_t)limit ? n : (size_t)limit, ret);
}

enum err directory_page(struct db *db, const struct place_query *q, i64 after, i64 limit, struct place_list *ret)
{
	return db_read(db, page, &(struct page){.q = q, .after = after, .limit = limit, .ret = ret});
}

struct in_order { i64 limit, *total; struct place_list *ret; };

static enum err read_by_name(struct db *db, void *arg)
{
	struct in_order *b = arg;
	str any = {NULL, 0};
	struct place_key_list keys;
	try(places_count(db, any, any, 0, 0, 0, 0, b->total));
	try(places_by_name(db, any, any, 0, 0, 0, b->limit, 0, 0, &keys));
	return read_places(db, keys.v, keys.n, b->ret);
}

enum err directory_by_name(struct db *db, i64 limit, struct place_list *ret, i64 *ret_total)
{
	return db_read(db, read_by_name, &(struct in_order){.limit = limit, .total = ret_total, .ret = ret});
}

enum err directory_wifi(struct db *db, struct wifi_spots *ret)
{
	struct wifi_site_list sites;
	try(wifi_open(db, WIFI_MAX, &sites));
	*ret = (struct wifi_spots){.v = arena_many(db_arena(db), struct wifi_spot, sites.n), .n = sites.n};
	for (size_t i = 0; i < sites.n; i++)
		ret->v[i] = (struct wifi_spot){sites.v[i].name, sites.v[i].address, sites.v[i].commune, sites.v[i].network};
	return OK;
}

/* ---- reports ---- */

enum err directory_report(struct db *db, const struct place_report *r)
{
	return place_report_add(db, r->id, r->place_id, now_ms(), r->what, r->contact);
}

enum err directory_forget_contacts(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(place_report_forget_contacts(db, before, most));
	*ret_n = db_changes(db);
	return OK;
}
