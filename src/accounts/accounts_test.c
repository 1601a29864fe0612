/* Accounts as people meet them: what a role gives and where, wrong passwords that make wait, codes that are good once. */
#include "accounts/account.h"

#include "accounts/accounts_sql.h"
#include "accounts/codes.h"
#include "accounts/password.h"
#include "accounts/slow.h"
#include "base/timex.h"
#include "given.h"

#define NOON 1764068400000                       /* 2025-11-25 12:00 in Nantes */

struct gift { i64 user, where; enum account_role role; };

static enum err give_tx(struct db *db, void *arg)
{
	struct gift *g = arg;
	return account_give(db, g->user, g->where, g->role);
}

static enum err close_tx(struct db *db, void *arg)
{
	return account_set_state(db, *(i64 *)arg, S("disabled"));
}

TEST(account_whose_roles_are_taken_or_that_is_closed_opens_nothing)
{
	i64 ville = given_organisation("Ville"), zoe = given_account("zoe@ville.example", "Zoé", ville, ROLE_ADMIN);
	ask_as(zoe);
	expect_text(get("/agent"), "Bonjour Zoé");
	expect_text(get("/agent"), "Comptes");
	assert_ok(db_tx(ask_db(), give_tx, &(struct gift){ zoe, ville, ROLE_DPO }));
	expect_order(get("/agent"), "Administration", "Protection des données");
	assert_ok(db_tx(ask_db(), close_tx, &zoe));
	expect_status(get("/agent"), 303);
	assert_str(header_of(get("/agent"), "Location"), "/connexion?suite=/agent");
}

TEST(account_roles_of_money_are_of_three_people)
{
	i64 ville = given_organisation("Ville"), ccas = given_organisation("CCAS");
	i64 zoe = given_account("zoe@ville.example", "Zoé", ville, ROLE_AUTHORISING_OFFICER);
	assert_err(db_tx(ask_db(), give_tx, &(struct gift){ zoe, ville, ROLE_PUBLIC_ACCOUNTANT }), CONFLICT);
	assert_err(db_tx(ask_db(), give_tx, &(struct gift){ zoe, ccas, ROLE_CASHIER }), CONFLICT);
	assert_ok(db_tx(ask_db(), give_tx, &(struct gift){ zoe, ville, ROLE_AUTHORISING_OFFICER }));
	assert_ok(db_tx(ask_db(), give_tx, &(struct gift){ zoe, ville, ROLE_COORDINATOR }));
}

TEST(account_is_found_by_its_address_however_it_is_typed_and_sealed)
{
	struct arena *a = unit_arena(1 << 20);
	struct vault_asker vault = ask_vault();
	struct account found;
	struct account *const one = &found;
	i64 ville = given_organisation("Ville"), zoe = given_account("zoe@ville.example", "Zoé", ville, ROLE_ADMIN);
	assert_ok(account_find(ask_db(), &vault, account_email(a, S(" Zoe@Ville.Example ")), &found));
	assert_int_equal(found.id, zoe);
	assert_true(str_find(found.name, S("Zo")) < 0);
	assert_ok(account_open(&vault, S("test"), &one, 1));
	assert_str(found.name, "Zoé");
	assert_null(account_email(a, S("zoe")).p);
	assert_null(account_email(a, S("@ville.example")).p);
	assert_null(account_email(a, S("zoe exemple@ville.example")).p);
}

/* ---- wrong passwords ---- */

static struct slow look_from(const char *client, const char *subject)
{
	struct arena *a = unit_arena(1 << 20);
	struct req req = { .a = a, .db = ask_db(), .client = str_c(client) };
	struct slow s;
	db_use_arena(req.db, a);
	assert_ok(slow_look(&req, str_c(subject), &s));
	return s;
}

static enum err failed_tx(struct db *db, void *arg) { return slow_failed(db, arg); }
static enum err passed_tx(struct db *db, void *arg) { return slow_passed(db, arg); }

static void fail_from(const char *client, int times)
{
	struct slow s = look_from(client, "password:zoe@ville.example");
	for (int i = 0; i < times; i++)
		assert_ok(db_tx(ask_db(), failed_tx, &s));
}

#define wait_from(client) look_from(client, "password:zoe@ville.example").wait_ms

TEST(slow_doubles_up_to_a_minute_and_forgives)
{
	clock_set(NOON);
	fail_from("192.0.2.1", SLOW_FREE - 1);
	assert_int_equal(wait_from("192.0.2.1"), 0);
	fail_from("192.0.2.1", 1);
	assert_int_equal(wait_from("192.0.2.1"), 1000);
	fail_from("192.0.2.1", 2);
	assert_int_equal(wait_from("192.0.2.1"), 4000);
	clock_set(NOON + 3999);
	assert_int_equal(wait_from("192.0.2.1"), 1);
	clock_set(NOON + 4000);
	assert_int_equal(wait_from("192.0.2.1"), 0);
	fail_from("192.0.2.1", 20);
	assert_int_equal(wait_from("192.0.2.1"), SLOW_PAIR_MAX_MS);
	clock_set(NOON + 4000 + 3600001);
	assert_int_equal(wait_from("192.0.2.1"), 0);
	struct slow s = look_from("192.0.2.1", "password:zoe@ville.example");
	fail_from("192.0.2.1", 8);
	assert_ok(db_tx(ask_db(), passed_tx, &s));
	assert_int_equal(wait_from("192.0.2.1"), 0);
}

TEST(slow_keeps_nobody_else_out)
{
	char client[40];
	clock_set(NOON);
	for (int i = 0; i < SLOW_BUSY_FAILURES; i++) {
		snprintf(client, sizeof client, "198.51.100.%d", i);
		fail_from(client, 1);
	}
	assert_int_equal(wait_from("198.51.100.7"), SLOW_BUSY_MS); /* each machine of many guesses slowly */
	assert_int_equal(wait_from("192.0.2.1"), 0);               /* the owner, elsewhere, does not wait */
	assert_int_equal(look_from("198.51.100.7", "password:autre@ville.example").wait_ms, 0);
}

TEST(slow_counts_an_ipv6_network_as_one)
{
	clock_set(NOON);
	fail_from("2001:db8:1:2::1", SLOW_FREE);
	assert_int_equal(wait_from("2001:db8:1:2:ffff::9"), 1000);
	assert_int_equal(wait_from("2001:db8:1:3::1"), 0);
}

/* ---- passwords ---- */

TEST(password_that_is_easily_guessed_is_refused)
{
	static const char *const weak[] = { "aaaaaaaaaaaaaa", "abcabcabcabcabc", "123456789012345", "azertyuiopqsdf", "qwertyuiopas", "Zoe.Dupont2026",
		"dupont123456", "motdepasse2026", "gabare-gabare" };
	struct arena *a = unit_arena(1 << 16);
	for (size_t i = 0; i < lengthof(weak); i++)
		if (!password_weak(a, str_c(weak[i]), S("zoe.dupont@ville.example"), S("Zoé Dupont")))
			fail_msg("%s is taken for a good password", weak[i]);
	assert_null(password_weak(a, S("bateau plat sur la Loire"), S("zoe.dupont@ville.example"), S("Zoé Dupont")));
	assert_null(password_weak(a, S("kX9-3vQm2-pWz"), S("zoe.dupont@ville.example"), S("Zoé Dupont")));
}
