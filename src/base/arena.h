/* Arenas: everything a request, a row or a command makes is freed at once. An arena has a maximum; to pass it is a defect
 * of ours (inputs are capped before), so it aborts the process, as out-of-memory does. */
#ifndef GABARE_ARENA_H
#define GABARE_ARENA_H

#include "base/base.h"

struct arena;

/* A new arena that may hand out at most `max` bytes. Freed with arena_free (NULL is fine). */
struct arena *arena_new(size_t max);
void arena_free(struct arena *a);
void arena_freep(struct arena **a);              /* for cleanup(arena_freep) */
/* Forgets everything handed out; keeps the first block, so that the next use allocates nothing. */
void arena_reset(struct arena *a);
/* `n` zeroed bytes aligned for any type, valid until reset. Never NULL. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc, alloc_size(2)));
/* The same without the zeros, for what is written over at once (texts, growing buffers). */
void *arena_raw(struct arena *a, size_t n) __attribute__((returns_nonnull, malloc, alloc_size(2)));
/* Bytes handed out since the last reset. */
size_t arena_used(const struct arena *a);
/* A mark, and back to it: what was handed out since is forgotten (for loops over many rows). */
struct arena_mark { void *block; size_t used, total; };
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m);

/* `v` with room for one more than its `n` of `size` bytes each: it doubles where it is full, and then stands elsewhere. For arrays that only
 * arena_more has made (v NULL, n 0: none yet). */
void *arena_grown(struct arena *a, void *v, size_t n, size_t size) __attribute__((returns_nonnull));

#define arena_more(a, v, n) ((v) = arena_grown((a), (v), (n), sizeof *(v)))
#define arena_one(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_many(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (n)))

#endif
