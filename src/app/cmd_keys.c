/* gabare keys rotate, status, retire: another master key, while serving (rotate.c does the work, in the jobs process). */
#include "app/cli.h"

#include <sodium.h>

#include "app/rotate.h"
#include "app/vault.h"

/* The key file that may be written over; NULL: said why. */
static const char *own_key_file(struct invocation *in, struct config *c, struct key_ring *ring)
{
	const char *problem = "set key_file in [vault]; see gabare keys init";
	if (cli_config(in, c) != OK)
		return NULL;
	const char *path = vault_key_path(in->a, c);
	if (path && !c->key_file.n && !c->city.demo) {
		cli_say("the key is a credential of systemd, which is not ours to change: copy it to a file, set key_file in [vault]");
		return NULL;
	}
	if (path && key_ring_read(path, ring, &problem) == OK)
		return path;
	cli_say("%s%s%s", path ? path : "", path ? ": " : "", problem);
	return NULL;
}

static int say_written(struct invocation *in, const char *path, struct key_ring *ring, const char *next)
{
	char id[KEY_ID_CHARS + 1];
	enum err e = key_ring_write(path, ring);
	key_ring_id(ring, id);
	sodium_memzero(ring, sizeof(*ring));
	if (e != OK) {
		cli_say("cannot write %s", path);
		return EXIT_NOTHING;
	}
	cli_say("master key %s is in %s. %s", id, path, next);
	if (in->json)
		printf("{\"key_id\":\"%s\"}\n", id);
	return EXIT_DONE;
}

int cmd_keys_rotate(struct invocation *in)
{
	struct config c;
	struct key_ring ring;
	const char *path = own_key_file(in, &c, &ring);
	if (!path)
		return EXIT_NOTHING;
	if (ring.has_before) {
		cli_say("a key is being replaced already: gabare keys status, then gabare keys retire");
		return EXIT_NOTHING;
	}
	key_ring_turn(&ring);
	return say_written(in, path, &ring, "Keep a copy apart from the backups, and the old one as long as backups need it. Now reload the service.");
}

static enum err state_of(struct invocation *in, struct key_ring *ring, struct rotation *ret)
{
	struct db *db = NULL;
	char id[KEY_ID_CHARS + 1];
	key_ring_id(ring, id);
	try(cli_open(in, false, &db));
	db_use_arena(db, in->a);
	enum err e = rotation_state(db, str_copy(in->a, str_c(id)), ret);
	if (e != OK)
		cli_say("%s", db_error(db));
	db_close(db);
	return e;
}

int cmd_keys_status(struct invocation *in)
{
	struct config c;
	struct key_ring ring;
	struct rotation r;
	char id[KEY_ID_CHARS + 1];
	if (!own_key_file(in, &c, &ring) || state_of(in, &ring, &r) != OK)
		return EXIT_NOTHING;
	key_ring_id(&ring, id);
	const char *state = !ring.has_before ? "in use" : r.ended ? "nothing is sealed under the key before: gabare keys retire" : r.begun ? "sealing again"
		: "to be begun: reload the service";
	cli_say("master key %s: %s", id, state);
	sodium_memzero(&ring, sizeof(ring));
	struct count counts[] = { { "columns", r.columns }, { "columns done", r.ended ? r.columns : r.columns_done }, { "pass", r.pass }, { "moved", r.moved },
		{ "opened by neither", r.lost } };
	cli_report(in, counts, lengthof(counts));
	return EXIT_DONE;
}

int cmd_keys_retire(struct invocation *in)
{
	struct config c;
	struct key_ring ring;
	struct rotation r;
	const char *path = own_key_file(in, &c, &ring);
	if (!path || state_of(in, &ring, &r) != OK)
		return EXIT_NOTHING;
	if (!ring.has_before || !r.ended) {
		cli_say(ring.has_before ? "something is still sealed under the key before: gabare keys status" : "no key is being replaced");
		return EXIT_NOTHING;
	}
	if (r.lost)
		cli_say("%lld values open under neither key, and did not before", (long long)r.lost);
	key_ring_retire(&ring);
	return say_written(in, path, &ring, "The key before is no longer in it. Now reload the service.");
}
