/* gabare user …: accounts from the command line, by whoever administers the machine. The first administrator is made here. */
#include "app/cli.h"

#include "accounts/account.h"
#include "accounts/accounts_sql.h"
#include "accounts/identity_sql.h"
#include "app/vault.h"
#include "audit/audit.h"
#include "base/json_out.h"
#include "base/timex.h"
#include "db/id.h"

#define LIST_MAX 100000

/* What every command here works with: database, key, configuration, and the account of its operand. */
struct user_work { struct invocation *in; struct db *db; struct config config; struct vault_asker vault; str email; struct account account; };

static bool begin(struct invocation *in, struct user_work *w)
{
	struct keys *keys;
	*w = (struct user_work){ .in = in };
	if (cli_config(in, &w->config) != OK || cli_open(in, false, &w->db) != OK || !(keys = cli_keys(in, &w->config)))
		return false;
	w->vault = vault_of_keys(keys, in->a, S("command line"));
	if (!in->n_operands)
		return true;
	w->email = account_email(in->a, in->operand[0]);
	if (!w->email.n)
		cli_say("%.*s is not an e-mail address", STR_ARG(in->operand[0]));
	return w->email.n > 0;
}

/* Begins with an account that must be there. */
static bool begin_known(struct invocation *in, struct user_work *w)
{
	if (!begin(in, w))
		return false;
	enum err e = account_find(w->db, &w->vault, w->email, &w->account);
	if (e != OK)
		cli_say("%.*s has no account here; gabare user list shows those who have", STR_ARG(w->email));
	return e == OK;
}

static int end(struct user_work *w, enum err e)
{
	if (e != OK && e != CONFLICT)
		cli_say("%s", db_error(w->db));
	db_close(w->db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- roles ---- */

struct giving { i64 organisation, user; enum account_role role; bool fresh, remove, incompatible; str organisation_name; };

static bool read_role(struct user_work *w, struct giving *g)
{
	struct account_organisation_row_list found;
	str role = cli_option(w->in, "role"), name = cli_option(w->in, "organisation");
	if (!role.n || !role_of_code(role, &g->role)) {
		cli_say("--role wants one of the roles that gabare help user add names");
		return false;
	}
	if (!name.n || account_organisation_named(w->db, name, &found) != OK) {
		cli_say("--organisation wants the name or the SIRET of an organisation");
		return false;
	}
	g->fresh = !found.n && cli_flag(w->in, "new-organisation");
	if (found.n != 1 && !g->fresh) {
		cli_say(found.n ? "several organisations are called %.*s: give the SIRET" : "no organisation is called %.*s; --new-organisation makes it",
		        STR_ARG(name));
		return false;
	}
	g->organisation = g->fresh ? id_new() : found.v[0].id;
	g->organisation_name = name;
	return true;
}

static enum err give_tx(struct db *db, void *arg)
{
	struct giving *g = arg;
	if (g->remove)
		return membership_remove(db, g->user, g->organisation, str_c(role_code(g->role)));
	if (g->fresh)
		try(account_organisation_put(db, g->organisation, g->organisation_name, now_ms()));
	enum err e = account_give(db, g->user, g->organisation, g->role);
	g->incompatible = e == CONFLICT;
	return e;
}

static void say_incompatible(const struct giving *g)
{
	if (g->incompatible)
		cli_say("%s cannot be held with another role of this account: who orders, who pays and who keeps the till are three people",
		        role_code(g->role));
}

int cmd_user_role(struct invocation *in)
{
	struct user_work w;
	struct giving g = { .remove = cli_flag(in, "remove") };
	if (!begin_known(in, &w) || !read_role(&w, &g))
		return EXIT_USAGE;
	g.user = w.account.id;
	enum err e = db_tx(w.db, give_tx, &g);
	say_incompatible(&g);
	return end(&w, e);
}

/* ---- invitations ---- */

static enum err invite_tx(struct db *db, void *arg)
{
	return invitation_store(db, arg);
}

static void print_invitation(struct user_work *w, const struct invitation *i)
{
	struct buf b = buf_new(w->in->a, 1 << 16);
	str url = w->config.city.public_url, link = str_printf(w->in->a, "%.*s/invitation/%.*s", STR_ARG(url), STR_ARG(i->code));
	if (w->in->json) {
		struct json j = json_new(&b);
		json_open(&j, '{');
		json_key(&j, S("link"));
		json_str(&j, link);
		json_key(&j, S("expires_at"));
		json_str(&j, ms_iso(w->in->a, i->expires_at));
		json_close(&j, '}');
		buf_byte(&b, '\n');
	} else
		buf_printf(&b, "%.*s\n", STR_ARG(link));
	cli_print(&b);
	cli_say("%.*s chooses a password there, before %.*s%s", STR_ARG(w->email), STR_ARG(str_slice(ms_iso(w->in->a, i->expires_at), 0, 10)),
	        url.n ? "." : "; the address begins with the city's own (city.public_url is not set).");
}

static enum err invite(struct user_work *w, i64 user)
{
	struct invitation i = { .user_id = user };
	try(invitation_prepare(&w->vault, &i));
	try(db_tx(w->db, invite_tx, &i));
	print_invitation(w, &i);
	return OK;
}

struct adding { struct account_new fresh; struct giving giving; };

static enum err add_tx(struct db *db, void *arg)
{
	struct adding *d = arg;
	try(account_add(db, &d->fresh, &d->giving.user));
	return give_tx(db, &d->giving);
}

int cmd_user_add(struct invocation *in)
{
	struct user_work w;
	struct adding d = { 0 };
	str name = cli_option(in, "name");
	if (!begin(in, &w) || !read_role(&w, &d.giving))
		return EXIT_USAGE;
	if (!name.n) {
		cli_say("--name wants the person's name");
		return EXIT_USAGE;
	}
	if (account_find(w.db, &w.vault, w.email, &w.account) == OK) {
		cli_say("%.*s has an account already; gabare user role gives it another role", STR_ARG(w.email));
		return end(&w, CONFLICT);
	}
	enum err e = account_prepare(&w.vault, w.email, name, &d.fresh);
	if (e == OK)
		e = db_tx(w.db, add_tx, &d);
	if (e == OK)
		e = invite(&w, d.giving.user);
	return end(&w, e);
}

static enum err forget_code_tx(struct db *db, void *arg)
{
	struct account *account = arg;
	try(totp_remove(db, account->id));
	return recovery_clear(db, account->id);
}

/* Whoever may have that identity in their hands is out at once. */
static enum err forget_identity_tx(struct db *db, void *arg)
{
	struct account *account = arg;
	try(identity_remove_all(db, account->id));
	if (db_changes(db) == 0)
		return OK;
	try(account_sessions_end(db, account->id, (str){ 0 }));
	return audit_write(db, &(struct audit){ .action = "account.identity-unlinked", .object = "user", .object_id = account->id });
}

int cmd_user_reset(struct invocation *in)
{
	struct user_work w;
	if (!begin_known(in, &w))
		return EXIT_USAGE;
	enum err e = cli_flag(in, "without-code") ? db_tx(w.db, forget_code_tx, &w.account) : OK;
	if (e == OK && cli_flag(in, "without-identity"))
		e = db_tx(w.db, forget_identity_tx, &w.account);
	return end(&w, e == OK ? invite(&w, w.account.id) : e);
}

/* ---- the rest ---- */

struct state_change { i64 id; str state; };

static enum err state_tx(struct db *db, void *arg)
{
	struct state_change *s = arg;
	try(account_set_state(db, s->id, s->state));
	return account_sessions_end(db, s->id, (str){ 0 });
}

int cmd_user_disable(struct invocation *in)
{
	struct user_work w;
	if (!begin_known(in, &w))
		return EXIT_USAGE;
	return end(&w, db_tx(w.db, state_tx, &(struct state_change){ w.account.id, S("disabled") }));
}

int cmd_user_enable(struct invocation *in)
{
	struct user_work w;
	if (!begin_known(in, &w))
		return EXIT_USAGE;
	struct identity_row_list identities;
	if (identity_of_user(w.db, w.account.id, &identities) != OK)
		return end(&w, INTERNAL);
	if (w.account.state != ACCOUNT_DISABLED) {
		cli_say("%.*s is not disabled", STR_ARG(w.email));
		return end(&w, CONFLICT);
	}
	return end(&w, db_tx(w.db, state_tx, &(struct state_change){ w.account.id, w.account.password_hash.n || identities.n ? S("active") : S("invited") }));
}

static enum err end_sessions_tx(struct db *db, void *arg)
{
	struct account *account = arg;
	return account_sessions_end(db, account->id, (str){ 0 });
}

int cmd_user_sessions(struct invocation *in)
{
	struct user_work w;
	struct account_session_row_list rows = { 0 };
	struct buf b = buf_new(in->a, 1 << 16);
	i64 now = now_ms();
	if (!begin_known(in, &w))
		return EXIT_USAGE;
	enum err e = account_sessions(w.db, w.account.id, now, 0, &rows);
	for (size_t i = 0; i < rows.n; i++)
		buf_printf(&b, "%.*s\t%.*s\n", STR_ARG(ms_iso(in->a, rows.v[i].seen_at)), STR_ARG(rows.v[i].device));
	if (e == OK && cli_flag(in, "end"))
		e = db_tx(w.db, end_sessions_tx, &w.account);
	cli_print(&b);
	return end(&w, e);
}

static enum err list_one(struct user_work *w, const struct account *one, struct buf *b)
{
	static const char *const states[] = { [ACCOUNT_INVITED] = "invited", [ACCOUNT_ACTIVE] = "active", [ACCOUNT_DISABLED] = "disabled" };
	struct account_membership_row_list m;
	struct identity_row_list identities;
	try(account_memberships(w->db, one->id, &m));
	try(identity_of_user(w->db, one->id, &identities));
	const char *code = one->totp_enc.n ? "code" : "", *identity = identities.n ? "identity" : "";
	buf_printf(b, "%.*s\t%.*s\t%s\t%s%s%s", STR_ARG(one->email), STR_ARG(one->name), states[one->state], code, *code && *identity ? "+" : "",
	           *code || *identity ? identity : "-");
	for (size_t i = 0; i < m.n; i++)
		buf_printf(b, "%s%.*s: %.*s%s", i ? "; " : "\t", STR_ARG(m.v[i].organisation), STR_ARG(m.v[i].role), m.v[i].suspended_at.set ? " (suspended)" : "");
	buf_byte(b, '\n');
	return OK;
}

int cmd_user_list(struct invocation *in)
{
	struct user_work w;
	struct accounts all = { 0 };
	struct buf b = buf_new(in->a, (size_t)16 << 20);
	if (!begin(in, &w))
		return EXIT_USAGE;
	enum err e = account_list(w.db, &w.vault, LIST_MAX, &all);
	for (size_t i = 0; i < all.n && e == OK; i++)
		e = list_one(&w, &all.v[i], &b);
	cli_print(&b);
	return end(&w, e);
}
