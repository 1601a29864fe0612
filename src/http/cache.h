/* The page cache of one worker: whole answers to public GETs, kept until a domain they depend on changes. It is correct by
 * comparing generations (migrations/0001_trunk.sql): a page is given only if each one it declared is still what it was before
 * the page was computed. The generations are shared by all workers; what other programs commit is seen by db_data_version. */
#ifndef GABARE_CACHE_H
#define GABARE_CACHE_H

#include <stdatomic.h>

#include "http/response.h"

struct cache;
struct db;

/* What an answer was true for: the generations it read, and until when by the clock (ms; 0: no end). */
struct generations { u64 v[GEN_COUNT]; i64 until; };

/* A kept answer. `sent` belongs to who sends it: what it has prepared for each coding, and for "304". */
struct cached {
	struct answer ans;                       /* as answer_seal gave it */
	unsigned hits;
	void *sent[CODING_COUNT + 1];
	size_t sent_n[CODING_COUNT + 1];         /* bytes of its body */
};
#define CACHED_304 CODING_COUNT

/* At most `max` bytes in all. `shared` and `db` may be NULL (tests). `drop` frees one cached.sent. */
struct cache *cache_new(size_t max, _Atomic u64 *shared, struct db *db, void (*drop)(void *sent));
void cache_free(struct cache *c);                /* NULL is fine */

/* A new turn of the worker's loop: the database is asked once a turn at most whether others have written. */
void cache_turn(struct cache *c);
/* The generations of now, to be taken before an answer is computed. False: unknown, nothing may be kept. */
bool cache_generations(struct cache *c, struct generations *ret);
/* This process has committed: reads the generations again and shares them. */
void cache_wrote(struct cache *c);

/* The answer kept for a key, if it is still true; NULL otherwise. Valid until the next call of cache_keep or cache_find. */
struct cached *cache_find(struct cache *c, str key);
/* Keeps a copy of an answer computed since `then`. Too large a one is not kept. */
void cache_keep(struct cache *c, str key, const struct answer *ans, u32 depends, const struct generations *then);
/* `bytes` more are held by what was put into an entry's `sent`: may drop other entries, never this one. */
void cache_grew(struct cache *c, struct cached *e, size_t bytes);
size_t cache_bytes(const struct cache *c);

#endif
