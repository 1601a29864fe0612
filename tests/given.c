/* See given.h. */
#include "given.h"

#include "accounts/accounts_sql.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"

struct given { struct account_new fresh; i64 id, organisation; enum account_role role; const char *name; const struct session *session; };

static enum err organisation_tx(struct db *db, void *arg)
{
	struct given *g = arg;
	return account_organisation_put(db, g->id, str_c(g->name), now_ms());
}

i64 given_organisation(const char *name)
{
	struct db *db = ask_db();
	struct given g = { .id = id_new(), .name = name };
	assert_ok(db_tx(db, organisation_tx, &g));
	return g.id;
}

static enum err account_tx(struct db *db, void *arg)
{
	struct given *g = arg;
	try(account_add(db, &g->fresh, &g->id));
	try(account_set_state(db, g->id, S("active")));
	return account_give(db, g->id, g->organisation, g->role);
}

i64 given_account(const char *email, const char *name, i64 organisation, enum account_role role)
{
	struct db *db = ask_db();
	struct vault_asker vault = ask_vault();
	struct given g = { .organisation = organisation, .role = role };
	assert_ok(account_prepare(&vault, str_c(email), str_c(name), &g.fresh));
	assert_ok(db_tx(db, account_tx, &g));
	return g.id;
}

static enum err session_tx(struct db *db, void *arg)
{
	return session_store(db, arg);
}

void ask_as(i64 user)
{
	struct arena *a = unit_arena(1 << 16);
	struct req req = { .a = a, .db = ask_db(), .v = { .a = a } };
	ask_as_nobody();
	if (!user)
		return;
	assert_ok(db_tx(req.db, session_tx, session_new(&req, user, false)));
	ask_with_cookie(req.out_headers[0].value);
}
