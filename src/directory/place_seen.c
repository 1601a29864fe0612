/* The ids of a file: open addressing, 16 bytes an id, so that 100,000 rows take four megabytes at most. */
#include <sodium.h>

#include "directory/place_import_parts.h"

struct seen_id { u8 key[12]; u32 line; };        /* line 0: a free slot */

static void key_of(str id, u8 ret[12])
{
	u8 h[crypto_generichash_BYTES_MIN];
	crypto_generichash(h, sizeof h, (const u8 *)id.p, id.n, NULL, 0);
	memcpy(ret, h, 12);
}

static struct seen_id *slot(struct seen_id *slots, size_t size, const u8 key[12])
{
	u64 h;
	memcpy(&h, key, sizeof h);
	for (size_t i = (size_t)h & (size - 1);; i = (i + 1) & (size - 1))
		if (!slots[i].line || memcmp(slots[i].key, key, 12) == 0)
			return &slots[i];
}

static void grow(struct place_seen *s)
{
	size_t size = s->size ? s->size * 2 : 1024;
	struct arena *a = arena_new(size * sizeof(struct seen_id));
	struct seen_id *slots = arena_many(a, struct seen_id, size);
	for (size_t i = 0; i < s->size; i++)
		if (s->slots[i].line)
			*slot(slots, size, s->slots[i].key) = s->slots[i];
	arena_free(s->a);
	s->a = a;
	s->slots = slots;
	s->size = size;
}

i64 place_seen_add(struct place_seen *s, str id, i64 line)
{
	u8 key[12];
	if (s->n * 2 >= s->size)
		grow(s);
	key_of(id, key);
	struct seen_id *at = slot(s->slots, s->size, key);
	if (at->line)
		return at->line;
	memcpy(at->key, key, 12);
	at->line = line < UINT32_MAX ? (u32)line : UINT32_MAX;
	s->n++;
	return 0;
}

bool place_seen_has(const struct place_seen *s, str id)
{
	u8 key[12];
	key_of(id, key);
	return s->size && slot(s->slots, s->size, key)->line;
}

void place_seen_free(struct place_seen *s)
{
	arena_free(s->a);
	*s = (struct place_seen){ 0 };
}
