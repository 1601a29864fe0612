/* Guides on paper: what is delivered is at most what is printed, what is left at most what was delivered, whoever is at it. */
#include "distribution/distribution.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/timex.h"
#include "db/db_test_tools.h"
#include "db/id.h"
#include "distribution/distribution_sql.h"
#include "given.h"

static struct arena *memory(void)
{
	static struct arena *a;
	return a = a ? a : unit_arena(1 << 22);
}

static const char *under(const char *path, const char *rest) { return str_printf(memory(), "%s%s", path, rest).p; }
static const char *with(const char *before, i64 n) { return str_printf(memory(), "%s%lld", before, (long long)n).p; }

static i64 coordinator(void)
{
	i64 id = given_account("camille@reseau.example", "Camille", given_organisation("Réseau"), ROLE_COORDINATOR);
	ask_as(id);
	return id;
}

/* A run in French, by its form; its path. */
static const char *printed(const char *copies)
{
	struct answer a = fill("/agent/guide/tirages", str_printf(memory(), "geste=nouveau&guide=Guide+2026&langue=fr&imprimeur=Presses&exemplaires=%s", copies).p);
	expect_status(a, 303);
	return str_z(memory(), header_of(a, "Location"));
}

/* What is in the database adds up: each run's deliveries, stocks and counter. */
static void expect_sums(void)
{
	struct print_run_row_list runs;
	struct print_stock_line_list stocks;
	struct print_delivery_line_list lines;
	struct opt_i64 any = { 0 };
	assert_ok(print_runs(ask_db(), 0, 100, &runs));
	assert_ok(print_stocks(ask_db(), any, 0, 1000, &stocks));
	for (size_t i = 0; i < runs.n; i++) {
		i64 received = 0, delivered = 0, left = 0;
		assert_ok(print_deliveries(ask_db(), (struct opt_i64){ runs.v[i].id, true }, any, INT64_MAX, 1000, &lines));
		for (size_t d = 0; d < lines.n; d++)
			delivered += lines.v[d].quantity;
		for (size_t s = 0; s < stocks.n; s++)
			if (stocks.v[s].run_id == runs.v[i].id) {
				received += stocks.v[s].received;
				left += stocks.v[s].received - stocks.v[s].handed;
				assert_true(stocks.v[s].handed >= 0 && stocks.v[s].handed <= stocks.v[s].received);
			}
		assert_int_equal(delivered, runs.v[i].delivered);
		assert_int_equal(received, delivered);
		assert_int_equal(left, runs.v[i].left_over);
		assert_true(delivered >= 0 && delivered <= runs.v[i].quantity);
	}
}

/* The number of the newest button of that name on a page. */
static i64 button(struct answer a, const char *name)
{
	str needle = str_printf(memory(), "name=\"%s\" value=\"", name);
	ptrdiff_t at = str_find(a.body, needle);
	i64 n = 0;
	assert_true(at >= 0);
	str rest = str_slice(a.body, (size_t)at + needle.n, a.body.n);
	assert_true(str_i64(str_slice(rest, 0, (size_t)str_find_byte(rest, '"')), &n));
	return n;
}

TEST(print_run_is_delivered_down_to_its_last_copy_and_no_further)
{
	given_organisation("Les Hauts");
	coordinator();
	struct answer a = fill("/agent/guide/tirages", "geste=nouveau&exemplaires=0");
	expect_status(a, 422);
	expect_text(a, "Exemplaires");
	const char *run = printed("100");
	a = fill(run, "geste=livrer&structure=Hauts&quantite=10");
	expect_status(a, 422);
	expect_text(a, "Proches : Les Hauts.");
	expect_text(a, "value=\"10\"");
	expect_status(fill(run, "geste=livrer&structure=les+hauts&quantite=60&recu=Jeanne+Roux"), 303);
	a = fill(run, "geste=livrer&structure=Les+Hauts&quantite=41");
	expect_status(a, 422);
	expect_text(a, "Il ne reste que 40 exemplaires de ce tirage à livrer.");
	expect_status(fill(run, "geste=livrer&structure=Les+Hauts&quantite=40"), 303);
	a = fill(run, "geste=corriger&tires=99");
	expect_status(a, 422);
	expect_text(a, "100 exemplaires sont déjà livrés");
	expect_status(fill(run, "geste=corriger&tires=120&imprimeur=Autre"), 303);
	expect_text(get(run), "Imprimeur : Autre.");
	expect_sums();
}

TEST(a_delivery_is_taken_back_by_a_line_of_its_own_once)
{
	i64 hauts = given_organisation("Les Hauts");
	coordinator();
	const char *run = printed("100");
	expect_status(fill(run, "geste=livrer&structure=Les+Hauts&quantite=60"), 303);
	i64 delivery = button(get(run), "annuler");
	struct answer opened = get(run);
	expect_status(fill(with("/agent/guide/stock/", hauts), str_printf(memory(), "geste=reste&tirage=%s&reste=20", strrchr(run, '/') + 1).p), 303);
	struct answer a = fill(run, with("annuler=", delivery));
	expect_status(a, 422);
	expect_text(a, "a déjà distribué une partie");
	expect_text(a, "il lui en reste 20");
	expect_status(fill(with("/agent/guide/stock/", hauts), str_printf(memory(), "geste=reste&tirage=%s&reste=60", strrchr(run, '/') + 1).p), 303);
	expect_status(fill_late(run, opened, with("annuler=", delivery)), 303);
	expect_status(fill_late(run, opened, with("annuler=", delivery)), 303);
	a = get(run);
	expect_text(a, "annulée");
	expect_text(a, "60 repris, Les Hauts");
	expect_text(get(with("/agent/guide/livraisons/", delivery)), "Cette livraison est annulée.");
	expect_text(get("/agent/guide/livraisons.csv"), "Les Hauts,,-60,oui");
	expect_sums();
}

static enum err deliver_tx(struct db *db, void *arg) { return print_deliver(db, arg); }

/* One of several who deliver at once, each on a connection of its own. */
static int deliver_apart(i64 run, i64 organisation, i64 quantity, int worker)
{
	struct db *db = NULL;
	struct arena *a = arena_new(1 << 20);
	id_worker(100 + worker);
	if (db_open(ask_db_url(), (struct db_options){ 0 }, &db) != OK)
		return 99;
	db_use_arena(db, a);
	struct print_handover h = { id_new(), run, organisation, quantity, 0, S("fr"), S("2026-01-02"), S(""), { 0 } };
	return (int)db_tx(db, deliver_tx, &h);
}

TEST(two_who_deliver_the_last_copies_at_once_do_not_both)
{
	enum { WHO = 6 };
	i64 run, org = given_organisation("Les Hauts");
	pid_t pids[WHO];
	int ok = 0, refused = 0;
	given_delivery(org, &run);               /* 90 are left: one of 60 goes, and no other */
	for (int i = 0; i < WHO; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			_exit(deliver_apart(run, org, 60, i));
	}
	for (int i = 0; i < WHO; i++) {
		int status;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		ok += WIFEXITED(status) && WEXITSTATUS(status) == OK;
		refused += WIFEXITED(status) && WEXITSTATUS(status) == CONFLICT;
	}
	assert_int_equal(ok, 1);
	assert_int_equal(refused, WHO - 1);
	expect_sums();
}

TEST(a_structure_says_what_is_left_and_asks_for_more)
{
	i64 hauts = given_organisation("Les Hauts"), run;
	const char *path = with("/agent/guide/stock/", hauts);
	i64 camille = coordinator();
	given_delivery(hauts, &run);
	i64 ana = given_account("cheffe@hauts.example", "Ana", hauts, ROLE_STRUCTURE_MANAGER);
	ask_as(ana);
	expect_status(get("/agent/guide/stock"), 303);
	expect_text(get("/agent"), "Guides papier");
	expect_text(get(path), "il en reste 10 sur 10 livrés");
	struct answer a = fill(path, str_printf(memory(), "geste=reste&tirage=%lld&reste=11", (long long)run).p);
	expect_status(a, 422);
	expect_text(a, "On vous en a livré 10");
	expect_status(fill(path, with("geste=reste&reste=2&tirage=", run)), 303);
	expect_status(fill(path, "geste=reste&tirage=12&reste=2"), 422);
	expect_status(fill(path, "geste=demander&besoin=50"), 422);
	expect_status(fill(path, "geste=demander&besoin=30&langue=fr"), 303);
	expect_status(fill(path, "geste=demander&besoin=50&langue=fr"), 303);
	expect_status(fill(path, "geste=demander&besoin=5&langue=ar"), 303);
	a = get(path);
	expect_text(a, ": 50, français");
	expect_absent(a, ": 30, français");
	expect_status(get("/agent/guide/tirages"), 404);
	ask_as(camille);
	a = get("/agent/guide/tirages");
	expect_text(a, "50 exemplaires");
	expect_text(a, "Aucun tirage dans cette langue");
	expect_text(a, "il en reste 2 sur 10");
	const char *answer = str_printf(memory(), "/agent/guide/tirages/%lld", (long long)run).p;
	str asked = str_slice(a.body, (size_t)str_find(a.body, S("?demande=")), a.body.n);
	expect_text(get(under(answer, str_z(memory(), str_slice(asked, 0, (size_t)str_find_byte(asked, '"'))))), "value=\"Les Hauts\"");
	expect_status(fill(answer, "geste=livrer&structure=Les+Hauts&quantite=50"), 303);
	expect_absent(get("/agent/guide/tirages"), "50 exemplaires");
	/* taken back, the request stands again */
	expect_status(fill(answer, with("annuler=", button(get(answer), "annuler"))), 303);
	a = get("/agent/guide/tirages");
	expect_text(a, "50 exemplaires");
	expect_status(fill("/agent/guide/tirages", with("classer=", button(a, "classer"))), 303);
	expect_text(get("/agent/guide/stocks.csv"), "Les Hauts,Guide,fr,10,8,2,");
	expect_sums();
}

static enum err forget_tx(struct db *db, void *arg) { return print_forget_names(db, now_ms() + 1, 10, arg); }

TEST(who_took_a_delivery_in_is_sealed_shown_on_its_slip_and_forgotten)
{
	struct print_delivery_row row;
	given_organisation("Les Hauts");
	coordinator();
	const char *run = printed("100");
	expect_status(fill(run, "geste=livrer&structure=Les+Hauts&quantite=60&recu=Jeanne+Roux&depot=Accueil"), 303);
	i64 id = button(get(run), "annuler"), n = 0;
	assert_ok(print_delivery_get(ask_db(), id, &row));
	assert_true(row.received_enc.n > 0 && str_find(row.received_enc, S("Jeanne")) < 0);
	struct answer a = get(with("/agent/guide/livraisons/", id));
	expect_order(a, "Bon de livraison", "Les Hauts", "Accueil", "60", "Jeanne Roux", "Signature");
	assert_ok(db_tx(ask_db(), forget_tx, &n));
	assert_int_equal(n, 1);
	expect_absent(get(with("/agent/guide/livraisons/", id)), "Jeanne");
	assert_true(test_script(ask_db(), "DELETE FROM print_delivery") != OK);       /* the database itself refuses */
	assert_true(test_script(ask_db(), "UPDATE print_delivery SET quantity = 1") != OK);
	assert_true(test_script(ask_db(), "UPDATE print_run SET delivered = 101") != OK);
}
