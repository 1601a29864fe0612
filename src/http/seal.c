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
