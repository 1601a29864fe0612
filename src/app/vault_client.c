/* The web process's side of the vault; see http/wait.h and http/seal.h. */
#include "app/web.h"

#include "app/vault.h"
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

static enum err ask_of_request(const struct vault_asker *v, u32 kind, str message, str *ret_answer)
{
	return vault_ask(v->arg, kind, message, ret_answer);
}

struct vault_asker vault_of(struct req *req)
{
	return (struct vault_asker){ ask_of_request, req->a, str_c(req->id), req };
}
