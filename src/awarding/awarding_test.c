/* What an allocation joined to files promises: the list is frozen, the run reads back to the same bytes, nobody gets what a wave or a school has
 * not, whoever decides at the same moment; a place that is given back goes to the next; every reason can be told. */
#include "awarding/awarding.h"
#include "awarding/runs.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/timex.h"
#include "db/db_test_tools.h"
#include "given_files.h"

static struct arena *mem;
static i64 city, officer, colleague, service;
static struct given_wave made;

static const char *const schools[] = { "9990101X", "9990102Y", "9990103Z" };

struct resizing { i64 wave; str quantity; };

static enum err resize_tx(struct db *db, void *arg)
{
	const struct resizing *r = arg;
	struct wave w;
	try(wave_get(db, r->wave, &w));
	w.f[W_QUANTITY] = r->quantity;
	return wave_save(db, &w, city, 0);
}

static void given_quantity(const char *n)
{
	assert_ok(db_tx(ask_db(), resize_tx, &(struct resizing){ made.wave_id, str_c(n) }));
}

/* Files by turns in three schools; so many devices. */
static void given_signed_wave(int files, const char *quantity)
{
	mem = unit_arena((size_t)64 << 20);
	city = given_organisation("Ville");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	colleague = given_account("c@ville.example", "Camille", city, ROLE_PROGRAMME_OFFICER);
	service = given_account("s@ville.example", "Sacha", city, ROLE_DESK_AGENT);
	made = given_wave_of(city);
	for (size_t i = 0; i < lengthof(schools); i++)
		given_school_in_wave(schools[i], city, made.wave_id);
	for (int i = 0; i < files; i++)
		given_signed_file(city, i, schools[i % 3], i % 2 ? "CM1" : "CE2");
	given_quantity(quantity);
	ask_as(officer);
}

static const char *at(const char *rest)
{
	return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/attribution/%lld%s", (long long)made.campaign_id, (long long)made.wave_id, rest));
}

static const char *file_at(str id, const char *rest)
{
	return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/dossiers/%.*s%s", (long long)made.campaign_id, STR_ARG(id), rest));
}

static void given_run(void)
{
	expect_status(fill(at(""), "geste=engager"), 303);
	expect_status(fill(at(""), "geste=fermer"), 303);
	expect_status(fill(at(""), "geste=calculer"), 303);
}

static struct award_run_line last_run(void)
{
	struct award_run_line_list runs;
	assert_ok(award_runs(ask_db(), made.wave_id, &runs));
	assert_true(runs.n > 0);
	return runs.v[0];
}

static struct standings standings_now(void)
{
	struct standings s;
	assert_ok(standings_of(ask_db(), made.wave_id, last_run().id, 0, &s));
	return s;
}

static size_t count_of(enum standing which)
{
	struct standings s = standings_now();
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++)
		n += s.v[i].s == which;
	return n;
}

static const struct award_standing_row *first_of(enum standing which)
{
	struct standings s = standings_now();
	for (size_t i = 0; i < s.n; i++)
		if (s.v[i].s == which)
			return s.v[i].row;
	fail_msg("nobody is %s", standing_label(which));
	return NULL;
}

static i64 used(void)
{
	i64 n;
	assert_ok(award_used(ask_db(), made.wave_id, &n));
	return n;
}

static const char *tick(const struct award_standing_row *r, const char *act)
{
	return str_z(mem, str_printf(mem, "geste=noter&acte=%s&dossier=%.*s.%lld.%lld", act, STR_ARG(r->public_id), (long long)r->version,
		(long long)(r->number.set ? r->number.v : 0)));
}

TEST(a_run_is_made_of_a_frozen_list_and_reads_back_to_the_same_bytes)
{
	given_signed_wave(12, "5");
	expect_text(get(at("")), "Engager un tirage");
	expect_text(get(at("/essai")), "Aucune liste n’est fermée");
	expect_status(fill(at(""), "geste=engager"), 303);
	expect_status(fill(at(""), "geste=fermer"), 303);
	given_signed_file(city, 50, schools[0], "CM2");               /* too late for this list */
	expect_text(get(at("/liste.csv")), "SIGN-00011");
	expect_absent(get(at("/liste.csv")), "SIGN-00050");
	expect_text(get(at("/essai?autre=1")), "0 dossier change d’état");
	expect_status(fill(at(""), "geste=calculer"), 303);
	struct award_run_school_row_list shares;
	struct award_run_row run;
	i64 quotas = 0, proposed = 0, wrong, n;
	assert_ok(award_run_schools(ask_db(), last_run().id, &shares));
	for (size_t i = 0; i < shares.n; i++) {
		quotas += shares.v[i].quota;
		proposed += shares.v[i].proposed;
	}
	assert_int_equal(quotas, 5);
	assert_int_equal(proposed, 5);
	assert_int_equal(count_of(ST_PROPOSED), 5);
	assert_int_equal(count_of(ST_WAITING), 7);
	assert_ok(award_run_by_number(ask_db(), made.wave_id, 1, &run));
	assert_ok(run_verify(mem, &run));
	assert_ok(awards_verify(ask_db(), NULL, NULL, &n, &wrong));
	assert_true(n == 1 && wrong == 0);
	expect_text(get(at("?verifier=1")), "donne les mêmes octets");
	run.record = str_replace(mem, run.record, S("\"etat\":\"attente\""), S("\"etat\":\"propose\""));
	assert_err(run_verify(mem, &run), CONFLICT);
	expect_text(get(at("/calcul.json")), "gabare-attribution-run-1");
}

TEST(the_draw_is_committed_to_before_the_list_and_revealed_with_the_run)
{
	given_signed_wave(3, "2");
	struct award_wave_row now;
	struct draw_kept d;
	expect_status(fill(at(""), "geste=calculer"), 409);
	expect_status(fill(at(""), "geste=fermer"), 409);
	expect_status(fill(at(""), "geste=engager"), 303);
	assert_ok(award_wave_of(ask_db(), made.wave_id, &now));
	i64 draw = now.draw_id.v;
	assert_ok(draw_kept(ask_db(), draw, &d));
	assert_false(d.closed_at.set || d.seed.n);
	expect_status(fill(at(""), "geste=fermer"), 303);
	assert_ok(draw_kept(ask_db(), draw, &d));
	assert_str(d.list, "SIGN-00000\nSIGN-00001\nSIGN-00002\n");
	assert_false(d.seed.n);
	expect_status(fill(at(""), "geste=calculer"), 303);
	assert_ok(draw_kept(ask_db(), draw, &d));
	assert_true(str_eq(draw_commitment(mem, d.seed), d.commitment));
	expect_text(get(at("/calcul.json")), str_z(mem, d.seed));
}

TEST(what_was_kept_is_never_changed)
{
	given_signed_wave(3, "2");
	given_run();
	static const char *const tries[] = { "UPDATE award_run SET digest = 'x';", "DELETE FROM award_run;", "DELETE FROM award_line;",
		"UPDATE award_line SET points = 1;", "UPDATE award_list SET files = '';" };
	for (size_t i = 0; i < lengthof(tries); i++)
		assert_true(test_script(ask_db(), tries[i]) != OK);
}

TEST(somebody_decides_and_never_more_than_the_wave_has)
{
	given_signed_wave(12, "5");
	given_run();
	expect_text(get(at("/resultat")), "Attribuer aux 5 familles proposées, dans toutes les écoles");
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	assert_int_equal(used(), 5);
	assert_int_equal(count_of(ST_GIVEN), 5);
	const struct award_standing_row *r = first_of(ST_WAITING);
	struct answer a = fill(file_at(r->public_id, "/attribution"), "geste=urgence&raison=emergency");
	expect_status(a, 422);
	expect_text(a, "La vague n’a plus assez d’ordinateurs");
	a = fill(at("/resultat?ecole=9990101X"), tick(first_of(ST_WAITING), "over%3Aanswer"));
	expect_status(a, 422);
	expect_text(a, "L’école n’a plus de place libre");
	assert_int_equal(used(), 5);
	expect_text(get(at("")), "5 ordinateurs, 5 attribués");
}

TEST(a_place_that_is_given_back_goes_to_the_next_of_the_school)
{
	given_signed_wave(12, "5");
	given_run();
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	const struct award_standing_row *given = first_of(ST_GIVEN);
	i64 school = given->school_id;
	expect_status(fill(file_at(given->public_id, "/attribution"), "geste=annuler&raison=changed"), 303);
	assert_int_equal(used(), 4);
	assert_int_equal(count_of(ST_ASIDE), 1);
	const struct award_standing_row *next = first_of(ST_PROPOSED);
	assert_true(next->school_id == school && next->file_id != given->file_id);
	expect_status(fill(at("/resultat"), tick(next, "given%3A")), 303);
	assert_int_equal(used(), 5);
	expect_status(fill(file_at(next->public_id, "/attribution"), "geste=annuler&raison=mistake"), 303);
	assert_int_equal(first_of(ST_PROPOSED)->file_id, next->file_id);        /* it has its rank again */
	expect_text(get(file_at(given->public_id, "/attribution")), "la situation a changé");
}

TEST(out_of_the_order_takes_a_reason_and_a_place_of_the_school)
{
	given_signed_wave(12, "5");
	given_run();
	const struct award_standing_row *waits = first_of(ST_WAITING);
	struct answer a = fill(at("/resultat"), tick(waits, "over%3A"));
	expect_status(a, 422);
	expect_text(a, "Choisissez une raison");
	a = fill(at("/resultat"), tick(waits, "given%3A"));
	expect_status(a, 422);
	expect_status(fill(at("/resultat"), tick(waits, "over%3Aemergency")), 303);
	assert_int_equal(count_of(ST_OVER), 1);
	assert_int_equal(count_of(ST_PROPOSED), 4);                   /* the last of that school waits again */
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	assert_int_equal(used(), 5);
	expect_text(get(file_at(waits->public_id, "")), "Ordinateur attribué hors de l’ordre : urgence");
}

TEST(an_award_out_of_any_run_is_counted_apart)
{
	given_signed_wave(4, "3");
	given_run();
	const struct award_standing_row *waits = first_of(ST_WAITING);
	expect_status(fill(file_at(waits->public_id, "/attribution"), "geste=urgence&raison="), 422);
	expect_status(fill(file_at(waits->public_id, "/attribution"), "geste=urgence&raison=emergency"), 303);
	expect_text(get(at("")), "1 a été attribué hors calcul");
	assert_int_equal(count_of(ST_ELSEWHERE), 1);
	struct answer a = fill(at("/resultat"), "geste=accepter");
	expect_status(a, 422);
	expect_text(a, "La vague n’a plus assez");
	assert_int_equal(used(), 1);
}

TEST(who_decides_on_what_has_changed_is_told)
{
	given_signed_wave(12, "5");
	given_run();
	struct answer opened = get(at("/resultat"));
	ask_as(colleague);
	expect_status(fill(at("/resultat"), tick(first_of(ST_PROPOSED), "aside%3Alater")), 303);
	ask_as(officer);
	struct answer a = fill_late(at("/resultat"), opened, "geste=accepter");
	expect_status(a, 409);
	expect_text(a, "Quelqu’un vient de décider");
	assert_int_equal(used(), 0);
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	assert_int_equal(used(), 5);
}

/* ---- two at the same moment ---- */

struct racing { struct deciding d; struct choice_made m; };

static enum err race_tx(struct db *db, void *arg)
{
	struct racing *r = arg;
	struct deciding d = r->d;
	return decide_one(db, &d, &r->m);
}

static pid_t race(const struct award_standing_row *r, i64 run, const int go[2])
{
	pid_t pid = fork();
	if (pid)
		return pid;
	char byte;
	struct db *db;
	struct arena *a = arena_new((size_t)8 << 20);
	struct racing x = { { made.wave_id, run, { officer, city }, AR_NONE }, { r->file_id, r->version, 0, ACT_OVER, S("emergency") } };
	if (db_open(ask_db_url(), (struct db_options){ .application = "race" }, &db) != OK)
		_exit(9);
	db_use_arena(db, a);
	close(go[1]);
	if (read(go[0], &byte, 1) != 0)
		_exit(8);
	enum err e = db_tx(db, race_tx, &x);
	_exit(e == OK ? 0 : e == INVALID ? 1 : e == CONFLICT ? 2 : 7);
}

TEST(two_officers_at_the_same_moment_give_one_device_once)
{
	given_signed_wave(9, "1");
	given_run();
	struct standings s = standings_now();
	pid_t pids[4];
	int pipes[2], done = 0;
	size_t n = 0;
	i64 school = first_of(ST_PROPOSED)->school_id, run = last_run().id;
	assert_int_equal(pipe(pipes), 0);
	for (size_t i = 0; i < s.n && n < 2; i++)
		if (s.v[i].row->school_id == school) {
			pids[n] = race(s.v[i].row, run, pipes);
			pids[2 + n++] = race(s.v[i].row, run, pipes);
		}
	close(pipes[0]);
	close(pipes[1]);
	for (size_t i = 0; i < 4; i++) {
		int status;
		assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 2);
		done += WEXITSTATUS(status) == 0;
	}
	assert_int_equal(done, 1);
	assert_int_equal(used(), 1);
}

/* ---- shares, second runs, other waves ---- */

TEST(one_school_s_list_changes_no_other_s_share)
{
	given_signed_wave(6, "9");
	struct share_lines before, after;
	assert_ok(shares_of(ask_db(), made.wave_id, &before));
	for (int i = 60; i < 70; i++)
		given_signed_file(city, i, schools[1], "CM2");
	assert_ok(shares_of(ask_db(), made.wave_id, &after));
	for (size_t i = 0; i < before.n; i++)
		assert_true(before.v[i].weight == after.v[i].weight && before.v[i].most == after.v[i].most && before.v[i].least == after.v[i].least);
	expect_status(fill(at("/parts"), "geste=dire&parts=ecole%3Bpoids%3Bminimum%3Bmaximum%0A9990101X%3B10%3B1%3B2"), 422);
	expect_status(fill(at("/parts"), "geste=dire&parts=ecole%3Bpoids%3Bminimum%3Bmaximum%0A9990101X%3B10%3B1%3B2%0A9990102Y%3B1%3B0%3B%0A"
		"9990103Z%3B1%3B0%3B1"), 303);
	given_run();
	struct award_run_school_row_list rows;
	assert_ok(award_run_schools(ask_db(), last_run().id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].uai, S("9990101X")))
			assert_int_equal(rows.v[i].proposed, 2);       /* the ceiling holds in the second step too */
	struct answer a = fill(at("/parts"), "");
	expect_status(a, 422);
}

TEST(a_second_run_has_what_the_first_left)
{
	given_signed_wave(6, "4");
	given_run();
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	struct answer opened = get(at("/resultat?ecole=9990101X"));
	given_quantity("5");
	given_signed_file(city, 80, schools[2], "CM2");
	given_run();
	assert_int_equal(last_run().number, 2);
	assert_int_equal(last_run().quantity, 1);
	assert_int_equal(last_run().count, 3);
	assert_int_equal(count_of(ST_PROPOSED), 1);
	struct answer a = post_from(opened, at("/resultat"), "geste=noter&acte=given%3A&dossier=SIGN-00080.2.0");
	expect_status(a, 422);
	expect_text(a, "Un calcul plus récent");
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	assert_int_equal(used(), 5);
}

static enum err wave_tx(struct db *db, void *arg)
{
	struct wave *w = arg;
	return wave_save(db, w, city, 0);
}

TEST(those_who_wait_go_on_in_the_next_wave)
{
	given_signed_wave(7, "4");
	struct wave next = { .campaign_id = made.campaign_id, .f = { S("Suite"), S("10"), S(""), S(""), S(""), S(""), S(""), S("") } };
	assert_ok(db_tx(ask_db(), wave_tx, &next));
	given_run();
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	struct answer a = get(at("/attente"));
	expect_text(a, "Fatou Signée");
	a = get(at("/attente.csv"));
	expect_text(a, "SIGN-0000");
	expect_absent(a, "Fatou");
	expect_status(fill(at("/attente"), "vers=12"), 422);
	expect_status(fill(at("/attente"), str_z(mem, str_printf(mem, "vers=%lld", (long long)next.id))), 303);
	assert_int_equal(count_of(ST_WAITING), 0);
	struct share_lines shares;
	struct signed_files files;
	assert_ok(shares_of(ask_db(), next.id, &shares));
	assert_ok(signed_of(ask_db(), next.id, &shares, &files));
	assert_int_equal(files.n, 3);
	for (size_t i = 0; i < shares.n; i++)
		assert_true(shares.v[i].most <= 3);
	made.wave_id = next.id;
	given_run();
	assert_int_equal(count_of(ST_PROPOSED), 3);
	expect_text(get(at("/attente")), "Personne n’attend");
}

/* ---- reasons ---- */

TEST(a_family_can_be_told_why_and_how_to_contest_in_its_language)
{
	given_signed_wave(12, "5");
	given_run();
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	const struct award_standing_row *waits = first_of(ST_WAITING);
	struct answer a = get(file_at(waits->public_id, "/attribution"));
	expect_text(a, "Pourquoi ce rang ?");
	expect_text(a, "On ne sait pas encore : Ordinateurs et tablettes");
	a = get(file_at(waits->public_id, "/attribution/lettre"));
	expect_text(a, "L. 311-3-1");
	expect_text(a, "deux mois");
	expect_text(a, "Défenseur des droits");
	expect_text(a, "Andrea, Ville");
	expect_text(a, "dir=\"rtl\"");
	expect_status(fill(file_at(waits->public_id, "/attribution"), "geste=envoyer"), 303);
	expect_text(get(file_at(waits->public_id, "")), "liste d’attente");
	const struct award_standing_row *given = first_of(ST_GIVEN);
	expect_text(get(file_at(given->public_id, "/attribution/lettre")), "Un ordinateur vous est attribué");
	ask_as(service);
	expect_status(get(file_at(given->public_id, "/attribution")), 200);
	expect_absent(get(file_at(given->public_id, "/attribution")), "Annuler la dernière décision");
}

/* What gives no points (a grant, by the rule of origin) is not asked of those who wait, and nothing is asked of who has a computer. */
TEST(an_answer_says_who_decided_by_what_and_why)
{
	given_signed_wave(12, "5");
	given_run();
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	struct answer a = get(file_at(first_of(ST_WAITING)->public_id, "/attribution/lettre"));
	expect_text(a, "traitement algorithmique");
	expect_text(a, "Dites-le-nous, cela peut changer votre rang");
	expect_absent(a, "Bourse");
	a = get(file_at(first_of(ST_GIVEN)->public_id, "/attribution/lettre"));
	expect_text(a, "traitement algorithmique");
	expect_absent(a, "cela peut changer votre rang");
}

TEST(an_award_without_a_calculation_says_so_and_its_reason)
{
	given_signed_wave(4, "3");
	given_run();
	str id = first_of(ST_WAITING)->public_id;
	expect_status(fill(file_at(id, "/attribution"), "geste=urgence&raison=school"), 303);
	struct answer a = get(file_at(id, "/attribution/lettre"));
	expect_text(a, "Une personne a décidé, sans calcul.");
	expect_text(a, "La raison\u00a0: un besoin pour l’école, que le calcul ne voit pas.");
	expect_text(a, "Aucun calcul n’a servi pour cette décision. Une personne a décidé\u00a0: Andrea, Ville");
	expect_text(a, "deux mois");
	expect_absent(a, "traitement algorithmique");
	expect_absent(a, "/algorithmes (");
	struct household h;
	assert_ok(household_get(ask_db(), first_of(ST_ELSEWHERE)->root, &h));
	a = get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(h.public_id))));
	expect_text(a, "Un ordinateur vous a été attribué, sans calcul\u00a0: un besoin pour l’école, que le calcul ne voit pas");
	expect_absent(a, "hors calcul");
}

TEST(what_is_held_of_a_rank_is_in_the_family_s_own_file)
{
	given_signed_wave(3, "2");
	given_run();
	struct household h;
	assert_ok(household_get(ask_db(), first_of(ST_WAITING)->root, &h));
	expect_text(get(str_z(mem, str_printf(mem, "/agent/foyers/%.*s/donnees", STR_ARG(h.public_id)))), "Votre rang, et ce qui a été décidé");
}

TEST(an_erased_household_is_on_no_list_and_its_line_bears_no_name)
{
	given_signed_wave(3, "2");
	given_run();
	const struct award_standing_row *waits = first_of(ST_WAITING);
	given_erased(waits->root);
	struct answer a = get(at("/attente"));
	expect_status(a, 200);
	expect_absent(a, "/attribution\">Fatou");
	struct share_lines shares;
	struct signed_files files;
	assert_ok(shares_of(ask_db(), made.wave_id, &shares));
	assert_ok(signed_of(ask_db(), made.wave_id, &shares, &files));
	assert_int_equal(files.n, 2);
}

TEST(five_thousand_files_are_run_in_seconds)
{
	if (!getenv("GABARE_BENCH"))
		unit_skip("a measure: GABARE_BENCH=1");
	given_signed_wave(5000, "1200");
	i64 began = mono_us();
	expect_status(fill(at(""), "geste=engager"), 303);
	expect_status(fill(at(""), "geste=fermer"), 303);
	i64 closed = mono_us();
	expect_status(fill(at(""), "geste=calculer"), 303);
	i64 ran = mono_us();
	expect_status(get(at("/resultat?ecole=9990101X")), 200);
	i64 shown = mono_us();
	expect_status(fill(at("/resultat"), "geste=accepter"), 303);
	i64 accepted = mono_us();
	expect_status(get(at("?verifier=1")), 200);
	i64 verified = mono_us();
	printf("commit and close %lld ms, run %lld ms, a school's page %lld ms, accept 1200 %lld ms, verify %lld ms\n", (long long)(closed - began) / 1000,
		(long long)(ran - closed) / 1000, (long long)(shown - ran) / 1000, (long long)(accepted - shown) / 1000, (long long)(verified - accepted) / 1000);
}
