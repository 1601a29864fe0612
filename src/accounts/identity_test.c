/* Log-in by an identity provider, as people meet it: which account an identity opens, and all that it does not. The provider's part
 * is played by tests/ask.c, which also holds nonce and code verifier against what was said on the way there. */
#include "accounts/identity.h"

#include "accounts/accounts_sql.h"
#include "accounts/codes.h"
#include "accounts/identity_sql.h"
#include "audit/audit_sql.h"
#include "base/timex.h"
#include "given.h"

#define PASSWORD "bateau+plat+sur+la+Loire"
#define ENTER "geste=identite"

static i64 ville;

static i64 somebody(const char *email, const char *name)
{
	ville = ville ? ville : given_organisation("Ville");
	return given_account(email, name, ville, ROLE_MEDIATOR);
}

static const char *invitation_of(i64 user)
{
	str code = given_invitation(user, ville);
	return str_printf(unit_arena(1 << 10), "/invitation/%.*s", STR_ARG(code)).p;
}

/* From a page with the provider's button, there and back. */
static struct answer walk(const char *page)
{
	struct answer gone = fill(page, ENTER);
	expect_status(gone, 200);
	assert_str(header_of(gone, "Refresh"), "0;url=https://id.example/authorize?state=x");
	expect_text(gone, "Continuer vers ProConnect");
	return get(ask_identity_back());
}

static i64 zoe_linked(void)
{
	i64 zoe = somebody("zoe@ville.example", "Zoé");
	ask_identity("zoe", "");
	ask_as(0);
	expect_status(walk(invitation_of(zoe)), 303);
	return zoe;
}

static i64 lines_of(const char *action)
{
	struct audit_line_list lines;
	struct opt_i64 any = { .set = false };
	assert_ok(audit_lines(ask_db(), any, any, str_c(action), any, INT64_MAX, 100, &lines));
	return (i64)lines.n;
}

static enum err state_tx(struct db *db, void *arg) { return account_set_state(db, *(i64 *)arg, S("disabled")); }
static enum err invited_tx(struct db *db, void *arg) { return account_set_state(db, *(i64 *)arg, S("invited")); }

TEST(identity_is_offered_where_a_provider_is_configured_only)
{
	somebody("zoe@ville.example", "Zoé");
	expect_absent(get("/connexion"), "ProConnect");
	expect_status(fill("/connexion", ENTER), 404);
	expect_status(get("/connexion/retour?code=x&state=y"), 400);
	ask_identity("zoe", "");
	expect_text(get("/connexion"), "Se connecter avec ProConnect");
}

TEST(identity_unknown_enters_nowhere_and_makes_no_account)
{
	i64 before = 0, after = 0;
	somebody("zoe@ville.example", "Zoé");
	ask_identity("zoe@ville.example", "");
	assert_ok(account_count_of_organisation(ask_db(), ville, &before));
	struct answer a = walk("/connexion");
	expect_status(a, 403);
	expect_text(a, "Aucun compte n’est relié à cette identité");
	expect_absent(a, "zoe");
	expect_status(get("/agent"), 303);
	assert_ok(account_count_of_organisation(ask_db(), ville, &after));
	assert_int_equal(before, after);
}

TEST(identity_chosen_at_an_invitation_activates_the_account_and_opens_it_again)
{
	i64 zoe = somebody("zoe@ville.example", "Zoé");
	assert_ok(db_tx(ask_db(), invited_tx, &zoe));
	ask_identity("zoe", "");
	const char *page = invitation_of(zoe);
	struct answer a = walk(page);
	expect_status(a, 303);
	assert_str(header_of(a, "Location"), "/agent");
	expect_text(get("/agent"), "Bonjour Zoé");
	assert_int_equal(lines_of("account.identity-linked"), 1);
	ask_as(0);
	expect_status(get(page), 404);
	a = walk("/connexion?suite=/compte");
	expect_status(a, 303);
	assert_str(header_of(a, "Location"), "/compte");
	expect_text(get("/compte"), "Relié à ProConnect");
	assert_int_equal(lines_of("account.login"), 2);
}

TEST(identity_way_back_serves_once_in_time_in_its_own_browser)
{
	i64 now = now_ms();
	clock_set(now);
	zoe_linked();
	ask_as(0);
	expect_status(fill("/connexion", ENTER), 200);
	const char *back = ask_identity_back();
	ask_as(0);
	expect_status(get(back), 400);                       /* another browser */
	expect_status(fill("/connexion", ENTER), 200);
	expect_status(get(back), 400);                       /* of another log-in */
	expect_status(get("/connexion/retour"), 400);
	back = ask_identity_back();                          /* and none of them has used this one up */
	clock_set(now + IDENTITY_STEP_MS + 1000);
	expect_status(get(back), 400);
	expect_status(walk("/connexion"), 303);
	expect_status(get(ask_identity_back()), 400);
}

TEST(identity_that_is_not_verified_enters_nowhere)
{
	zoe_linked();
	ask_as(0);
	expect_status(fill("/connexion", ENTER), 200);
	ask_identity("zoe", "signature");
	struct answer a = get(ask_identity_back());
	expect_status(a, 403);
	expect_text(a, "n’a pas pu être vérifiée");
	expect_status(get("/agent"), 303);
	ask_identity("zoe", "");
	expect_status(fill("/connexion", ENTER), 200);
	ask_identity("zoe", "away");
	a = get(ask_identity_back());
	expect_status(a, 503);
	expect_text(a, "ProConnect ne répond pas");
	expect_status(fill("/connexion", ENTER), 503);
	ask_identity("zoe", "");
	expect_status(fill("/connexion", ENTER), 200);
	a = get(str_replace(unit_arena(1 << 10), str_c(ask_identity_back()), S("code=un-code"), S("error=access_denied")).p);
	expect_status(a, 403);
	expect_text(a, "n’a pas confirmé qui vous êtes");
}

TEST(identity_of_an_account_that_is_closed_is_as_one_of_none)
{
	i64 zoe = zoe_linked();
	struct arena *a = unit_arena(1 << 16);
	assert_ok(db_tx(ask_db(), state_tx, &zoe));
	ask_as(0);
	str closed = str_copy(a, walk("/connexion").body);
	ask_identity("personne", "");
	struct answer unknown = walk("/connexion");
	expect_status(unknown, 403);
	assert_true(str_eq(closed, unknown.body));
}

/* ---- with the account's own password and code ---- */

static i64 with_password(const char *email, const char *name)
{
	i64 user = somebody(email, name);
	ask_identity("zoe", "");
	ask_as(0);
	expect_status(fill(invitation_of(user), "passe=" PASSWORD "&encore=" PASSWORD), 303);
	return user;
}

TEST(identity_is_linked_and_unlinked_by_the_owner_with_the_password)
{
	with_password("zoe@ville.example", "Zoé");
	expect_status(fill("/compte/identite", "actuel=faux&geste=relier"), 422);
	expect_status(fill("/compte/identite", "actuel=&geste=relier"), 422);
	expect_status(fill("/compte/identite", "actuel=" PASSWORD "&geste=relier"), 200);
	struct answer a = get(ask_identity_back());
	expect_status(a, 303);
	assert_str(header_of(a, "Location"), "/compte/identite");
	expect_text(get("/compte/identite"), "Votre compte est relié à ProConnect");
	ask_as(0);
	expect_status(walk("/connexion"), 303);
	expect_status(fill("/compte/identite", "actuel=faux&geste=defaire"), 422);
	expect_status(fill("/compte/identite", "actuel=" PASSWORD "&geste=defaire"), 303);
	assert_int_equal(lines_of("account.identity-unlinked"), 1);
	expect_text(get("/compte/identite"), "Reliez votre compte");
	ask_as(0);
	expect_status(walk("/connexion"), 403);
}

TEST(identity_is_linked_to_who_began_only)
{
	i64 alix = somebody("alix@ville.example", "Alix");
	with_password("zoe@ville.example", "Zoé");
	expect_status(fill("/compte/identite", "actuel=" PASSWORD "&geste=relier"), 200);
	const char *back = ask_identity_back();
	struct arena *a = unit_arena(1 << 16);
	struct req req = { .a = a, .db = ask_db(), .v = { .a = a } };
	struct session *s = session_new(&req, alix, false);
	ask_with_cookie(req.out_headers[0].value);           /* the same browser, left to somebody who has no session here */
	assert_int_equal(s->user_id, alix);
	expect_status(get(back), 400);
	ask_as(0);
	expect_status(walk("/connexion"), 403);
}

TEST(identity_that_is_the_only_way_in_stays)
{
	zoe_linked();
	expect_absent(get("/compte"), "Changer de mot de passe");
	struct answer page = get("/compte/identite");
	expect_text(page, "C’est votre seule façon d’entrer");
	expect_absent(page, "Défaire");
	ask_as(0);
	expect_status(walk("/connexion"), 303);
}

static enum err no_password_tx(struct db *db, void *arg) { return account_set_password(db, *(i64 *)arg, S(""), now_ms()); }

TEST(identity_that_became_the_only_way_in_meanwhile_stays_too)
{
	static const char mark[] = "name=\"_s\" value=\"";
	i64 zoe = with_password("zoe@ville.example", "Zoé");
	expect_status(fill("/compte/identite", "actuel=" PASSWORD "&geste=relier"), 200);
	expect_status(get(ask_identity_back()), 303);
	struct answer page = get("/compte/identite");
	const char *stamp = page.body.p + str_find(page.body, str_c(mark)) + strlen(mark);
	assert_ok(db_tx(ask_db(), no_password_tx, &zoe));
	struct arena *a = unit_arena(1 << 12);
	expect_status(post("/compte/identite", str_printf(a, "_s=%.*s&actuel=" PASSWORD "&geste=defaire", (int)strcspn(stamp, "\""), stamp).p), 422);
	ask_as(0);
	expect_status(walk("/connexion"), 303);
}

TEST(identity_opens_one_account_and_is_not_taken_from_it)
{
	zoe_linked();
	i64 alix = somebody("alix@ville.example", "Alix");
	ask_as(0);
	const char *page = invitation_of(alix);
	struct answer a = walk(page);
	expect_status(a, 409);
	expect_text(a, "déjà reliée à un autre compte");
	expect_text(a, page);
	expect_status(get("/agent"), 303);
	ask_identity("alix", "");
	expect_status(walk(page), 303);                      /* the invitation was not used up */
	expect_text(get("/agent"), "Bonjour Alix");
	ask_as(0);
	ask_identity("zoe", "");
	expect_status(walk("/connexion"), 303);
	expect_text(get("/agent"), "Bonjour Zoé");
}

TEST(identity_replaced_at_a_new_invitation_opens_no_more)
{
	i64 zoe = zoe_linked();
	ask_as(0);
	ask_identity("zoe-ailleurs", "");
	expect_status(walk(invitation_of(zoe)), 303);
	ask_as(0);
	expect_status(walk("/connexion"), 303);
	ask_as(0);
	ask_identity("zoe", "");
	expect_status(walk("/connexion"), 403);
}

static enum err code_tx(struct db *db, void *arg)
{
	struct { i64 user; str sealed; } *t = arg;
	return totp_confirm(db, t->user, t->sealed, 0);
}

TEST(identity_is_the_first_factor_the_code_is_still_asked)
{
	struct arena *a = unit_arena(1 << 14);
	struct vault_asker vault = ask_vault();
	i64 zoe = zoe_linked(), now = now_ms();
	struct vault_item item = { str_printf(a, "user_account:totp_enc:%lld", (long long)zoe), S("12345678901234567890") };
	struct { i64 user; str sealed; } t = { zoe, { 0 } };
	clock_set(now);
	assert_ok(vault_seal_as(&vault, &item, 1, &t.sealed));
	assert_ok(db_tx(ask_db(), code_tx, &t));
	ask_as(0);
	struct answer back = walk("/connexion?suite=/compte");
	assert_str(header_of(back, "Location"), "/connexion/code?suite=/compte");
	expect_status(get("/agent"), 303);
	i64 before = lines_of("account.login");
	expect_status(fill("/connexion/code", str_printf(a, "code=%06u", totp_code(item.value, now / TOTP_STEP_MS)).p), 303);
	expect_text(get("/agent"), "Bonjour Zoé");
	assert_int_equal(lines_of("account.login"), before + 1);
	struct answer left = fill("/deconnexion", "");       /* what leaving needs has gone from one session to the other */
	assert_str(header_of(left, "Refresh"), "0;url=https://id.example/end");
}

TEST(identity_session_is_left_at_the_provider_too)
{
	with_password("alix@ville.example", "Alix");
	struct answer a = fill("/deconnexion", "");
	expect_status(a, 303);                               /* by password: nothing to leave elsewhere */
	zoe_linked();
	a = fill("/deconnexion", "");
	expect_status(a, 200);
	assert_str(header_of(a, "Refresh"), "0;url=https://id.example/end");
	expect_text(a, "Continuer vers ProConnect");
	expect_status(get("/agent"), 303);
	expect_status(walk("/connexion"), 303);
	ask_identity("zoe", "away");
	a = fill("/deconnexion", "");
	expect_status(a, 303);                               /* left here, whatever the provider says */
	expect_status(get("/agent"), 303);
}

static enum err purge_tx(struct db *db, void *arg) { return accounts_purge(db, 1000, arg); }

TEST(identity_ways_and_what_leaving_needs_are_forgotten)
{
	i64 now = now_ms(), n = -1;
	clock_set(now);
	zoe_linked();
	ask_as(0);
	expect_status(fill("/connexion", ENTER), 200);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(n, 0);
	clock_set(now + IDENTITY_STEP_MS + 1000);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(n, 1);
	clock_set(now + SESSION_MAX_MS + 1000);
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	assert_int_equal(n, 1);
}
