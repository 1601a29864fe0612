/* The oidc process: talks to the identity provider for the web processes, which have no way out, and is the only one to know our
 * secret there. One child a question (crew.h), without database; this parent only keeps the provider's configuration and keys,
 * unread, for the next. A slow provider holds up nobody but who waits for it, mail neither. */
#include "app/oidc.h"

#include <sodium.h>
#include <sys/prctl.h>

#include "app/crew.h"
#include "base/log.h"

struct oidc { struct oidc_provider provider; struct arena *kept; };

static enum err work(void *arg, u32 kind, str message, struct child_out *out)
{
	const struct oidc *o = arg;
	return oidc_task(&o->provider, kind, message, out);
}

static void keep(void *arg, str record)
{
	struct oidc *o = arg;
	struct arena *fresh = arena_new((size_t)1 << 20);
	if (oidc_learn(fresh, record, &o->provider.known) != OK) {
		arena_free(fresh);
		return;
	}
	arena_free(o->kept);
	o->kept = fresh;
}

int oidc_main(struct process *p)
{
	static struct oidc o;
	const struct config *c = p->config;
	struct arena *a = arena_new(1 << 14);
	struct crew crew = {
		.helper = HELPER_OIDC, .limits = { 5, 8, (size_t)512 << 20, true }, .at_once = CREW_MAX, .work = work, .keep = keep, .arg = &o,
		.done = &p->shared->oidc_tasks, .failed = &p->shared->oidc_failed,
	};
	o.kept = arena_new(1 << 10);
	o.provider = (struct oidc_provider){ .config = c };
	if (c->city.identity_issuer.n && !c->city.demo)
		o.provider.secret = process_secret(a, c->oidc_secret_file);
	if (c->city.identity_issuer.n && !c->city.public_url.n)
		log_line(LOG_WARN, "no log-in by OpenID Connect: the provider must know where to come back", "see=\"[city] public_url\"");
	if (sodium_init() < 0)
		die("libsodium does not start");
	prctl(PR_SET_DUMPABLE, 0);
	process_sandbox(p, SANDBOX_OIDC);
	crew_run(p, &crew);
	return EXIT_SUCCESS;
}
