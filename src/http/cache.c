/* See cache.h. A table of chains, and a list from the most to the least recently used; an entry is one block of memory. */
#include "http/cache.h"

#include "base/log.h"
#include "base/timex.h"
#include "base/words.h"
#include "db/db.h"
#include "db/trunk_sql.h"

#define CHAINS 256                               /* a power of two */
#define ARENA_MAX ((size_t)1 << 20)

struct entry {
	struct cached c;                         /* first: a struct cached is an entry */
	struct entry *chain, *newer, *older;
	str key;
	u64 hash;
	u32 depends;
	struct generations then;
	size_t bytes;                            /* of this block, and of what `sent` holds */
};

struct cache {
	struct entry *chains[CHAINS];
	struct entry *newest, *oldest;
	size_t bytes, max;
	_Atomic u64 *shared;
	_Atomic u64 own[GEN_COUNT];              /* when there is no shared one */
	struct db *db;
	struct arena *a;                         /* for the rows read */
	i64 data_version;
	bool asked, known;                       /* in this turn */
	void (*drop)(void *sent);
};

struct cache *cache_new(size_t max, _Atomic u64 *shared, struct db *db, void (*drop)(void *sent))
{
	struct cache *c = calloc(1, sizeof *c);

	if (!c)
		die("out of memory");
	c->max = max;
	c->shared = shared ? shared : c->own;
	c->db = db;
	c->drop = drop;
	c->a = arena_new(ARENA_MAX);
	c->data_version = INT64_MIN;
	return c;
}

/* ---- entries ---- */

static void unlink_use(struct cache *c, struct entry *e)
{
	*(e->newer ? &e->newer->older : &c->newest) = e->older;
	*(e->older ? &e->older->newer : &c->oldest) = e->newer;
}

static void link_newest(struct cache *c, struct entry *e)
{
	e->newer = NULL;
	e->older = c->newest;
	*(c->newest ? &c->newest->newer : &c->oldest) = e;
	c->newest = e;
}

static void remove_entry(struct cache *c, struct entry *e)
{
	struct entry **at = &c->chains[e->hash % CHAINS];

	while (*at != e)
		at = &(*at)->chain;
	*at = e->chain;
	unlink_use(c, e);
	c->bytes -= e->bytes;
	for (size_t i = 0; i < lengthof(e->c.sent); i++)
		if (e->c.sent[i])
			c->drop(e->c.sent[i]);
	free(e);
}

static struct entry *find(struct cache *c, str key, u64 hash)
{
	for (struct entry *e = c->chains[hash % CHAINS]; e; e = e->chain)
		if (e->hash == hash && str_eq(e->key, key))
			return e;
	return NULL;
}

static void make_room(struct cache *c, const struct entry *but)
{
	while (c->bytes > c->max && c->oldest && c->oldest != but)
		remove_entry(c, c->oldest);
}

void cache_free(struct cache *c)
{
	if (!c)
		return;
	while (c->oldest)
		remove_entry(c, c->oldest);
	arena_free(c->a);
	free(c);
}

/* ---- generations ---- */

/* The shared value never goes back: whoever read later wins. */
static void raise_to(_Atomic u64 *shared, u64 value)
{
	u64 seen = atomic_load(shared);

	while (seen < value && !atomic_compare_exchange_weak(shared, &seen, value))
		continue;
}

static enum err read_generations(struct cache *c)
{
	struct arena *before = db_arena(c->db);
	struct generation_row_list rows;

	arena_reset(c->a);
	db_use_arena(c->db, c->a);
	enum err e = generation_all(c->db, &rows);
	db_use_arena(c->db, before);
	if (e != OK)
		return e;
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].domain >= 0 && rows.v[i].domain < GEN_COUNT)
			raise_to(&c->shared[rows.v[i].domain], (u64)rows.v[i].value);
	return OK;
}

/* Whether the shared generations are those of now, asking the database at most once a turn. */
static bool up_to_date(struct cache *c)
{
	if (!c->db || c->asked)
		return c->known || !c->db;
	c->asked = true;
	i64 version = db_data_version(c->db);
	c->known = version == c->data_version || read_generations(c) == OK;
	c->data_version = c->known ? version : INT64_MIN;
	return c->known;
}

void cache_turn(struct cache *c)
{
	c->asked = false;
}

bool cache_generations(struct cache *c, struct generations *ret)
{
	bool known = up_to_date(c);

	ret->until = 0;
	for (size_t g = 0; g < GEN_COUNT; g++)
		ret->v[g] = atomic_load(&c->shared[g]);
	return known;
}

void cache_wrote(struct cache *c)
{
	if (c->db && read_generations(c) != OK)
		c->data_version = INT64_MIN, c->asked = false;
}

enum err generation_bump(struct db *db, enum generation g)
{
	assert(g < GEN_COUNT);
	return generation_raise(db, g);
}

enum err generation_now(struct db *db, enum generation g, i64 *ret)
{
	return generation_value(db, g, ret);
}

/* ---- finding and keeping ---- */

static bool still_true(struct cache *c, const struct entry *e)
{
	struct generations now;

	if (!cache_generations(c, &now) || (e->then.until && now_ms() >= e->then.until))
		return false;
	for (u32 g = 0; g < GEN_COUNT; g++)
		if (e->depends & 1u << g && now.v[g] != e->then.v[g])
			return false;
	return true;
}

struct cached *cache_find(struct cache *c, str key)
{
	struct entry *e = find(c, key, str_hash(key));

	if (!e)
		return NULL;
	if (!still_true(c, e)) {
		remove_entry(c, e);
		return NULL;
	}
	unlink_use(c, e);
	link_newest(c, e);
	e->c.hits++;
	return &e->c;
}

static str copy(char **room, str s)
{
	str copied = { *room, s.n };

	if (!s.p)
		return s;
	memcpy(*room, s.p, s.n);
	(*room)[s.n] = '\0';
	*room += s.n + 1;
	return copied;
}

static size_t size_of(str key, const struct answer *ans)
{
	size_t n = sizeof(struct entry) + key.n + ans->body.n + ans->etag.n + 3;

	for (size_t i = 0; i < ans->n_headers; i++)
		n += ans->headers[i].name.n + ans->headers[i].value.n + 2;
	return n;
}

static struct entry *entry_new(str key, const struct answer *ans)
{
	size_t bytes = size_of(key, ans);
	struct entry *e = calloc(1, bytes);
	char *room = (char *)(e + 1);

	if (!e)
		die("out of memory (%zu bytes)", bytes);
	e->bytes = bytes;
	e->key = copy(&room, key);
	e->hash = str_hash(key);
	e->c.ans = *ans;
	e->c.ans.body = copy(&room, ans->body);
	e->c.ans.etag = copy(&room, ans->etag);
	for (size_t i = 0; i < ans->n_headers; i++)
		e->c.ans.headers[i] = (struct pair){ copy(&room, ans->headers[i].name), copy(&room, ans->headers[i].value) };
	return e;
}

void cache_keep(struct cache *c, str key, const struct answer *ans, u32 depends, const struct generations *then)
{
	if (size_of(key, ans) > c->max / 8)
		return;
	struct entry *e = entry_new(key, ans), *old = find(c, key, e->hash);
	if (old)
		remove_entry(c, old);
	e->depends = depends;
	e->then = *then;
	e->chain = c->chains[e->hash % CHAINS];
	c->chains[e->hash % CHAINS] = e;
	link_newest(c, e);
	c->bytes += e->bytes;
	make_room(c, e);
}

void cache_grew(struct cache *c, struct cached *cached, size_t bytes)
{
	struct entry *e = (struct entry *)cached;

	e->bytes += bytes;
	c->bytes += bytes;
	make_room(c, e);
}

size_t cache_bytes(const struct cache *c) { return c->bytes; }
