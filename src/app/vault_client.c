/* The web process's side of the vault; see http/wait.h and http/seal.h. */
#include "app/web.h"

#include "app/vault.h"
#include "base/pack.h"
#include "http/seal.h"

#define VAULT_PATIENCE_MS 2000                   /* it answers in microseconds, or is being restarted */

enum err vault_ask(struct req *req, u32 kind, str message, str *ret_answer)
{
#ifdef GABARE_TESTING
	static struct keys *keys;                /* unit tests have no processes: they are their own vault */
	if (!web)
		return vault_answer(keys ? keys : (keys = keys_new()), req->a, kind, message, ret_answer);
#endif
	enum err result;
	str body;
	int fd = web->p->channels->v[web->p->index][HELPER_VAULT].client;
	try(ipc_ask(fd, kind, message, VAULT_PATIENCE_MS, web->ask_room, WAIT_MESSAGE_MAX, &result, &body));
	try(result);
	*ret_answer = str_copy(req->a, body);
	return OK;
}

static enum err ask_items(struct req *req, u32 kind, str purpose, const struct vault_item *items, size_t n, str *ret)
{
	struct buf b = buf_new(req->a, WAIT_MESSAGE_MAX);
	str answer;
	pack_str(&b, str_c(req->id));
	pack_str(&b, purpose);
	pack_i64(&b, (i64)n);
	for (size_t i = 0; i < n; i++) {
		pack_str(&b, items[i].at);
		pack_str(&b, items[i].value);
	}
	if (b.full)
		return INVALID;
	try(vault_ask(req, kind, buf_str(&b), &answer));
	struct unpack u = { .rest = answer };
	for (size_t i = 0; i < n; i++)
		ret[i] = unpack_str(&u);
	return unpack_done(&u) ? OK : INTERNAL;
}

enum err vault_seal(struct req *req, const struct vault_item *items, size_t n, str *ret)
{
	return ask_items(req, VAULT_SEAL, (str){ 0 }, items, n, ret);
}

enum err vault_open(struct req *req, str purpose, const struct vault_item *items, size_t n, str *ret)
{
	return ask_items(req, VAULT_OPEN, purpose, items, n, ret);
}

enum err vault_index(struct req *req, const struct vault_item *items, size_t n, str *ret)
{
	return ask_items(req, VAULT_INDEX, (str){ 0 }, items, n, ret);
}
