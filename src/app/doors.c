/* Doors for tests and benchmarks, compiled into gabare-testing only: what no page does on purpose — slow work, a crash, a lock
 * held too long. A release has none of them (tests/processes looks). */
#include "app/pages.h"

#ifdef GABARE_TESTING

#include <unistd.h>

#include "app/parser.h"
#include "base/pack.h"
#include "db/db.h"
#include "http/seal.h"

static enum err say(struct req *req, str s)
{
	req->content_type = S("text/plain; charset=utf-8");
	req->no_store = true;
	buf_put(&req->out, s);
	return OK;
}

/* About 100 ms of a helper's work. */
static enum err slow_done(struct req *req)
{
	try(req->wait->result);
	return say(req, str_slice(req->wait->answer, 0, 9));
}

static enum err slow(struct req *req)
{
	struct buf b = buf_new(req->a, 1000);
	pack_str(&b, S("quatre mots au hasard"));
	return wait_for(req, HELPER_PARSER, PARSER_HASH_PASSWORD, buf_str(&b), slow_done);
}

static enum err crash(struct req *req)
{
	(void)req;
	abort();
}

static enum err blocks(struct req *req)
{
	usleep(300000);                          /* beyond what a loaded machine explains (dispatch.c) */
	return say(req, S("late\n"));
}

static enum err bump(struct db *db, void *arg)
{
	(void)arg;
	return generation_bump(db, GEN_CONFIG);
}

static enum err writes(struct req *req)
{
	try(db_tx(req->db, bump, NULL));
	return say(req, S("written\n"));
}

static enum err hold(struct db *db, void *arg)
{
	(void)arg;
	try(generation_bump(db, GEN_CONFIG));
	sleep(20);
	return OK;
}

static enum err holds_lock(struct req *req)
{
	try(db_tx(req->db, hold, NULL));
	return say(req, S("held\n"));
}

static enum err seals(struct req *req)
{
	struct vault_item item = { S("essai:texte:1"), S("Jeanne Exemple") };
	try(vault_seal(req, &item, 1, &item.value));
	try(vault_open(req, S("test"), &item, 1, &item.value));
	return say(req, item.value);
}

/* What an intruder in a web process would try first. */
static enum err escapes(struct req *req)
{
	FILE *f = fopen("/etc/passwd", "re");
	char *const argv[] = { "true", NULL };
	pid_t pid = fork();
	if (pid == 0)
		_exit(0);
	bool out = f || pid > 0 || execv("/bin/true", argv) == 0;
	return say(req, out ? S("out\n") : S("kept\n"));
}

ROUTES(doors,
	ROUTE_WITH(GET, "/essai/lent", slow, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/essai/plante", crash, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/essai/bloque", blocks, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/essai/coffre", seals, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/essai/evasion", escapes, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/essai/operateur", slow, CAP_OPERATE, SCOPE(escapes), FORM_NONE, ROUTE_NO_LANG),
	ROUTE_WITH(POST, "/api/essai/ecrit", writes, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(POST, "/api/essai/verrou", holds_lock, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
);

#endif
