/* Accounts as people meet them: what a role gives and where, wrong passwords that make wait, codes that are good once. */
#include "accounts/account.h"

#include "accounts/accounts_sql.h"
#include "accounts/codes.h"
#include "accounts/password.h"
#include "accounts/slow.h"
#include "audit/audit_sql.h"
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
		"dupont123456", "motdepasse2026", "gabare-gabare", "iloveyou1234", "Bonjour12345!", "jetaime12345", "marseille13013",
		"trustno1trustno1", "Password123456", "P4ssw0rd2026!", "chocolat-nantes" };
	struct arena *a = unit_arena(1 << 16);
	for (size_t i = 0; i < lengthof(weak); i++)
		if (!password_weak(a, str_c(weak[i]), S("zoe.dupont@ville.example"), S("Zoé Dupont")))
			fail_msg("%s is taken for a good password", weak[i]);
	assert_null(password_weak(a, S("bateau plat sur la Loire"), S("zoe.dupont@ville.example"), S("Zoé Dupont")));
	assert_null(password_weak(a, S("kX9-3vQm2-pWz"), S("zoe.dupont@ville.example"), S("Zoé Dupont")));
	assert_null(password_weak(a, S("quatre mots sur un ponton"), S("zoe.dupont@ville.example"), S("Zoé Dupont")));
	assert_null(password_weak(a, S("سفينة صغيرة على النهر"), S("zoe.dupont@ville.example"), S("Zoé Dupont")));
}

/* ---- an organisation's accounts ---- */

static const char *account_path(i64 organisation, i64 user)
{
	return str_printf(unit_arena(1 << 10), "/agent/comptes/%lld/%lld", (long long)organisation, (long long)user).p;
}

TEST(account_nobody_gives_or_takes_more_than_they_have)
{
	i64 ville = given_organisation("Ville"), reseau = given_account("reseau@ville.example", "Sacha", ville, ROLE_COORDINATOR);
	i64 chef = given_account("chef@ville.example", "Camille", ville, ROLE_ADMIN), alix = given_account("alix@ville.example", "Alix", ville, ROLE_MEDIATOR);
	ask_as(reseau);
	expect_text(get(account_path(ville, chef)), "Vous ne pouvez pas changer ce compte");
	expect_text(get(account_path(ville, reseau)), "Vous ne pouvez pas changer ce compte");
	expect_absent(get(account_path(ville, alix)), "value=\"admin\"");
	expect_status(fill(account_path(ville, alix), "geste=donner&donner=admin"), 404);
	expect_status(fill(account_path(ville, chef), "geste=suspendre"), 404);
	expect_status(fill(account_path(ville, reseau), "geste=donner&donner=mediator"), 404);
	expect_status(fill(account_path(ville, alix), "geste=donner&donner=technician"), 303);
	expect_order(get(account_path(ville, alix)), "Médiation numérique", "Atelier de réemploi");
	expect_status(fill(account_path(ville, alix), "geste=retirer&retirer=mediator"), 303);
	expect_status(fill(account_path(ville, alix), "geste=retirer&retirer=technician"), 422);
	expect_status(fill(account_path(ville, alix), "geste=suspendre"), 303);
	ask_as(alix);
	expect_text(get("/agent"), "suspendu");
	expect_status(get("/agent/comptes"), 404);
}

TEST(account_a_link_opens_nothing_that_another_organisation_gave)
{
	i64 ville = given_organisation("Ville"), ccas = given_organisation("CCAS");
	i64 chef = given_account("chef@ville.example", "Camille", ville, ROLE_ADMIN), alix = given_account("alix@ville.example", "Alix", ville, ROLE_MEDIATOR);
	ask_as(chef);
	expect_text(get(account_path(ville, alix)), "Faire une nouvelle invitation");
	assert_ok(db_tx(ask_db(), give_tx, &(struct gift){ alix, ccas, ROLE_CASHIER }));
	expect_absent(get(account_path(ville, alix)), "Faire une nouvelle invitation");
	expect_status(fill(account_path(ville, alix), "geste=inviter"), 404);
	expect_status(get(str_printf(unit_arena(1 << 10), "%s/lettre", account_path(ville, alix)).p), 404);
	expect_status(get(account_path(ccas, alix)), 404);
}

TEST(account_is_invited_once_and_enters_by_its_letter)
{
	i64 ville = given_organisation("Ville"), chef = given_account("chef@ville.example", "Camille", ville, ROLE_ADMIN);
	struct arena *a = unit_arena(1 << 14);
	const char *form = str_printf(a, "/agent/comptes/%lld/inviter", (long long)ville).p;
	ask_as(chef);
	expect_status(fill(form, "courriel=zoe%40ville.example&nom=Zo%C3%A9&role=maire"), 422);
	expect_status(fill(form, "courriel=&nom=Zo%C3%A9&role=mediator"), 422);
	struct answer done = fill(form, "courriel=zoe%40ville.example&nom=Zo%C3%A9&role=mediator");
	expect_status(done, 303);
	const char *page = str_z(a, header_of(done, "Location"));
	expect_text(get(page), "Invitation envoyée");
	struct answer letter = get(str_printf(a, "%s/lettre", page).p);
	expect_text(letter, "Votre code");
	ptrdiff_t at = str_find(letter.body, S("<code>"));
	str code = str_copy(a, str_slice(letter.body, (size_t)at + 6, (size_t)at + 30));
	expect_text(fill(form, "courriel=zoe%40ville.example&nom=Zo%C3%A9&role=technician"), "a déjà une invitation");
	ask_as(0);
	const char *welcome = str_printf(a, "/invitation/%.*s", STR_ARG(code)).p;
	expect_absent(get(welcome), "Zoé");
	expect_status(fill(welcome, "passe=bateau+plat+sur+la+Loire&encore=bateau+plat+sur+la+Loire"), 303);
	expect_text(get("/agent"), "Bonjour Zoé");
	expect_status(get(welcome), 404);
}

/* ---- one's own account ---- */

static i64 with_password(const char *email)
{
	i64 ville = given_organisation("Ville"), zoe = given_account(email, "Zoé", ville, ROLE_MEDIATOR);
	struct arena *a = unit_arena(1 << 12);
	str code = given_invitation(zoe, ville);
	const char *welcome = str_printf(a, "/invitation/%.*s", STR_ARG(code)).p;
	expect_status(fill(welcome, "passe=bateau+plat+sur+la+Loire&encore=bateau+plat+sur+la+Loire"), 303);
	return zoe;
}

/* The key on the page where a code is set up, back into bytes. */
static str key_of_page(struct arena *a)
{
	static const char base32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	struct answer page = get("/compte/code");
	ptrdiff_t at = str_find(page.body, S("<code>"));
	u32 held = 0;
	int bits = 0;
	struct buf b = buf_new(a, 64);
	assert_true(at > 0);
	for (const char *p = page.body.p + at + 6; *p != '<'; p++) {
		held = held << 5 | (u32)(strchr(base32, *p) - base32);
		bits += 5;
		if (bits >= 8) {
			buf_byte(&b, (char)(held >> (bits - 8)));
			bits -= 8;
		}
	}
	return buf_str(&b);
}

static const char *code_at(str secret, i64 ms)
{
	return str_printf(unit_arena(1 << 10), "code=%06u", totp_code(secret, ms / TOTP_STEP_MS)).p;
}

static i64 logins(void)
{
	struct audit_line_list lines;
	struct opt_i64 any = { .set = false };
	assert_ok(audit_lines(ask_db(), any, any, S("account.login"), any, INT64_MAX, 100, &lines));
	return (i64)lines.n;
}

TEST(account_with_a_code_wants_it_and_each_is_good_once)
{
	struct arena *a = unit_arena(1 << 14);
	i64 now = now_ms();
	clock_set(now);
	with_password("zoe@ville.example");
	expect_status(fill("/compte/code", "actuel=faux"), 422);
	expect_status(fill("/compte/code", "actuel=bateau+plat+sur+la+Loire"), 303);
	str secret = key_of_page(a);
	assert_int_equal(secret.n, TOTP_SECRET);
	expect_status(fill("/compte/code", "code=000000"), 422);
	struct answer codes = fill("/compte/code", code_at(secret, now));
	expect_text(codes, "codes de secours");
	ptrdiff_t at = str_find(codes.body, S("<code>"));
	const char *paper = str_printf(a, "code=%.*s", 14, codes.body.p + at + 6).p;
	ask_as(0);
	expect_status(fill("/connexion", "courriel=zoe%40ville.example&passe=bateau+plat+sur+la+Loire"), 303);
	expect_status(get("/agent"), 303);                   /* the password alone opens nothing */
	expect_status(get("/compte"), 303);
	i64 before = logins();
	expect_status(fill("/connexion/code", code_at(secret, now)), 422); /* used when it was set up */
	clock_set(now + TOTP_STEP_MS);
	expect_status(fill("/connexion/code", code_at(secret, now + TOTP_STEP_MS)), 303);
	expect_text(get("/agent"), "Bonjour Zoé");
	ask_as(0);
	expect_status(fill("/connexion", "courriel=zoe%40ville.example&passe=bateau+plat+sur+la+Loire"), 303);
	expect_status(fill("/connexion/code", code_at(secret, now + TOTP_STEP_MS)), 422);
	expect_status(fill("/connexion/code", paper), 303);
	expect_text(get("/compte/code"), "9 codes de secours");
	assert_int_equal(logins() - before, 2);
	ask_as(0);
	expect_status(fill("/connexion", "courriel=zoe%40ville.example&passe=bateau+plat+sur+la+Loire"), 303);
	expect_status(fill("/connexion/code", paper), 422);
}

TEST(account_changes_its_password_and_ends_its_sessions)
{
	i64 zoe = with_password("zoe@ville.example");
	ask_as(zoe);
	expect_text(get("/compte"), "Fermer toutes les autres");
	expect_status(fill("/compte", "session=autres"), 303);
	expect_absent(get("/compte"), "Fermer toutes les autres");
	expect_status(fill("/compte/mot-de-passe", "actuel=faux&passe=quatre+mots+de+la+mer&encore=quatre+mots+de+la+mer"), 422);
	expect_status(fill("/compte/mot-de-passe", "actuel=bateau+plat+sur+la+Loire&passe=quatre+mots+de+la+mer&encore=quatre+mots+de+la+mer"), 303);
	expect_status(get("/compte"), 200);
	ask_as(0);
	expect_status(fill("/connexion", "courriel=zoe%40ville.example&passe=bateau+plat+sur+la+Loire"), 422);
	expect_status(fill("/connexion", "courriel=zoe%40ville.example&passe=quatre+mots+de+la+mer"), 303);
}
