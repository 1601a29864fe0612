/* Encrypted columns, as they are asked of the vault; see seal.h. */
#include "http/seal.h"

#include "base/pack.h"

static enum err ask_items(const struct vault_asker *v, u32 kind, str purpose, const struct vault_item *items, size_t n, str *ret)
{
	struct buf b = buf_new(v->a, WAIT_MESSAGE_MAX);
	str answer;
	pack_str(&b, v->id);
	pack_str(&b, purpose);
	pack_i64(&b, (i64)n);
	for (size_t i = 0; i < n; i++) {
		pack_str(&b, items[i].at);
		pack_str(&b, items[i].value);
	}
	if (b.full)
		return INVALID;
	try(v->ask(v, kind, buf_str(&b), &answer));
	struct unpack u = { .rest = answer };
	for (size_t i = 0; i < n; i++)
		ret[i] = unpack_str(&u);
	return unpack_done(&u) ? OK : INTERNAL;
}

enum err vault_seal_as(const struct vault_asker *v, const struct vault_item *items, size_t n, str *ret)
{
	return ask_items(v, VAULT_SEAL, (str){ 0 }, items, n, ret);
}

enum err vault_open_as(const struct vault_asker *v, str purpose, const struct vault_item *items, size_t n, str *ret)
{
	return ask_items(v, VAULT_OPEN, purpose, items, n, ret);
}

enum err vault_index_as(const struct vault_asker *v, const struct vault_item *items, size_t n, str *ret)
{
	return ask_items(v, VAULT_INDEX, (str){ 0 }, items, n, ret);
}

enum err vault_seal(struct req *req, const struct vault_item *items, size_t n, str *ret)
{
	struct vault_asker v = vault_of(req);
	return vault_seal_as(&v, items, n, ret);
}

enum err vault_open(struct req *req, str purpose, const struct vault_item *items, size_t n, str *ret)
{
	struct vault_asker v = vault_of(req);
	return vault_open_as(&v, purpose, items, n, ret);
}

enum err vault_index(struct req *req, const struct vault_item *items, size_t n, str *ret)
{
	struct vault_asker v = vault_of(req);
	return vault_index_as(&v, items, n, ret);
}

/* ---- keys of somebody's own ---- */

#define OWN_BATCH_BYTES 40000                    /* an answer that seals is longer than its question by 40 bytes a value */

enum err vault_keys_new(const struct vault_asker *v, const str *at, size_t n, str *ret)
{
	struct vault_item *items = arena_many(v->a, struct vault_item, n + 1);
	for (size_t i = 0; i < n; i++)
		items[i].at = at[i];
	return ask_items(v, VAULT_KEY_NEW, (str){ 0 }, items, n, ret);
}

static size_t own_bytes(const struct vault_own *o)
{
	return o->key.at.n + o->key.value.n + o->item.at.n + o->item.value.n + 80;
}

static enum err ask_own(const struct vault_asker *v, u32 kind, str purpose, const struct vault_own *items, size_t n, str *ret)
{
	struct vault_item *flat = arena_many(v->a, struct vault_item, 2 * n + 1);
	str *answers = arena_many(v->a, str, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		flat[2 * i] = items[i].key;
		flat[2 * i + 1] = items[i].item;
	}
	try(ask_items(v, kind, purpose, flat, 2 * n, answers));
	for (size_t i = 0; i < n; i++)
		ret[i] = answers[2 * i + 1];
	return OK;
}

static enum err in_batches(const struct vault_asker *v, u32 kind, str purpose, const struct vault_own *items, size_t n, str *ret)
{
	size_t from = 0, bytes = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > from && bytes + own_bytes(&items[i]) > OWN_BATCH_BYTES) {
			try(ask_own(v, kind, purpose, items + from, i - from, ret + from));
			from = i;
			bytes = 0;
		}
		bytes += own_bytes(&items[i]);
	}
	return n > from ? ask_own(v, kind, purpose, items + from, n - from, ret + from) : OK;
}

enum err vault_seal_own(const struct vault_asker *v, const struct vault_own *items, size_t n, str *ret)
{
	return in_batches(v, VAULT_SEAL_OWN, (str){ 0 }, items, n, ret);
}

enum err vault_open_own(const struct vault_asker *v, str purpose, const struct vault_own *items, size_t n, str *ret)
{
	return in_batches(v, VAULT_OPEN_OWN, purpose, items, n, ret);
}

/* ---- another master key ---- */

enum err vault_rewrap(const struct vault_asker *v, bool keys, const struct vault_item *items, size_t n, str *ret)
{
	size_t from = 0, bytes = 0;
	u32 kind = keys ? VAULT_REWRAP_KEY : VAULT_REWRAP_COLUMN;
	for (size_t i = 0; i < n; i++) {
		size_t one = items[i].at.n + items[i].value.n + 60;
		if (i > from && bytes + one > OWN_BATCH_BYTES) {
			try(ask_items(v, kind, (str){ 0 }, items + from, i - from, ret + from));
			from = i;
			bytes = 0;
		}
		bytes += one;
	}
	return n > from ? ask_items(v, kind, (str){ 0 }, items + from, n - from, ret + from) : OK;
}

enum err vault_key_ids(const struct vault_asker *v, str ret[2])
{
	str answer;
	try(v->ask(v, VAULT_KEY_IDS, S(""), &answer));
	struct unpack u = { .rest = answer };
	ret[0] = unpack_str(&u);
	ret[1] = unpack_str(&u);
	return unpack_done(&u) ? OK : INTERNAL;
}
