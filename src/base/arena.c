/* Arenas as a chain of blocks; the first one is kept for ever, so that a worker in its stride asks the system for nothing. */
#include "base/arena.h"
#include "base/log.h"

#include <sanitizer/asan_interface.h>            /* macros that are empty in a normal build */

#define FIRST_BLOCK ((size_t)64 * 1024)
#define ALIGN ((size_t)16)

/* Under AddressSanitizer what is not handed out is out of bounds, and so are some bytes between two allocations. */
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
#define GAP ALIGN
#else
#define GAP ((size_t)0)
#endif

struct block { struct block *next; size_t size, used; _Alignas(16) char data[]; };
struct arena { struct block *first, *last; size_t total, max; };

static struct block *block_new(size_t size)
{
	struct block *b = malloc(sizeof *b + size);
	if (!b)
		die("out of memory (%zu bytes)", size);
	*b = (struct block){.next = NULL, .size = size, .used = 0};
	ASAN_POISON_MEMORY_REGION(b->data, size);
	return b;
}

struct arena *arena_new(size_t max)
{
	struct arena *a = malloc(sizeof *a);
	if (!a)
		die("out of memory");
	*a = (struct arena){.first = block_new(FIRST_BLOCK), .max = max};
	a->last = a->first;
	return a;
}

static void free_after(struct block *b)
{
	for (struct block *next = b->next; next;) {
		struct block *after = next->next;
		free(next);
		next = after;
	}
	b->next = NULL;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	free_after(a->first);
	free(a->first);
	free(a);
}

void arena_freep(struct arena **a) { arena_free(*a); }

void arena_reset(struct arena *a)
{
	free_after(a->first);
	a->first->used = 0;
	ASAN_POISON_MEMORY_REGION(a->first->data, a->first->size);
	a->last = a->first;
	a->total = 0;
}

void *arena_raw(struct arena *a, size_t n)
{
	if (n > a->max || a->total > a->max - n)
		die("arena over its maximum of %zu bytes (asked for %zu)", a->max, n);
	size_t rounded = (n + ALIGN - 1) & ~(ALIGN - 1);
	struct block *b = a->last;
	if (b->size - b->used < rounded + GAP) {
		size_t size = b->size * 2 < FIRST_BLOCK * 16 ? b->size * 2 : FIRST_BLOCK * 16;
		b = block_new(rounded + GAP > size ? rounded + GAP : size);
		a->last->next = b;
		a->last = b;
	}
	void *p = b->data + b->used;
	b->used += rounded + GAP;
	a->total += rounded;
	ASAN_UNPOISON_MEMORY_REGION(p, n);
	return p;
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_raw(a, n), 0, n);
}

size_t arena_used(const struct arena *a) { return a->total; }

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){.block = a->last, .used = a->last->used, .total = a->total};
}

void arena_rewind(struct arena *a, struct arena_mark m)
{
	struct block *b = m.block;
	free_after(b);
	b->used = m.used;
	ASAN_POISON_MEMORY_REGION(b->data + b->used, b->size - b->used);
	a->last = b;
	a->total = m.total;
}

void *arena_grown(struct arena *a, void *v, size_t n, size_t size)
{
	enum { FIRST = 8 };
	if (n && (n < FIRST || (n & (n - 1))))
		return v;                        /* room is FIRST, then a power of two */
	void *more = arena_alloc(a, size * (n ? 2 * n : FIRST));
	if (n)
		memcpy(more, v, size * n);
	return more;
}
