/* Guides from the back office: asked for, made by the jobs process, read, put on the site, taken back; and those of an edition. */
#include "guide/making.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/timex.h"
#include "census/census.h"
#include "census/census_sql.h"
#include "census/record.h"
#include "db/id.h"
#include "given.h"
#include "paper.h"

static const struct city ville = { .name = S_INIT("Exemple"), .public_url = S_INIT("https://exemple.example") };

static struct arena *memory(void)
{
	static struct arena *a;
	return a = a ? a : unit_arena((size_t)512 << 20);
}

static void coordinator(void)
{
	ask_as(given_account("camille@reseau.example", "Camille", given_organisation("Réseau"), ROLE_COORDINATOR));
}

/* What the jobs process does, until nothing waits. */
static void work(void)
{
	enum err e = OK;
	while (e == OK)
		e = guide_step(ask_db(), &ville);
	assert_int_equal(e, NOT_FOUND);
}

static const char *asked(const char *fields)
{
	struct answer a = fill("/agent/guide", fields);
	expect_status(a, 303);
	return str_z(memory(), header_of(a, "Location"));
}

/* What stands between two texts of a page. */
static str between(str body, const char *before, char after)
{
	ptrdiff_t at = str_find(body, str_c(before));
	assert_true(at >= 0);
	body = str_slice(body, (size_t)at + strlen(before), body.n);
	return str_slice(body, 0, (size_t)str_find_byte(body, after));
}

static const char *under(const char *path, const char *rest) { return str_printf(memory(), "%s%s", path, rest).p; }

static void given_closed(void)
{
	bool closed = false;
	struct vault_asker vault = ask_vault();
	i64 n = 1;
	expect_status(fill("/agent/recensement", "geste=ouvrir&nom=2026&avant=2199-12-31"), 303);
	while (n)
		assert_ok(census_prepare_some(ask_db(), &vault, &ville, &n));
	expect_status(fill("/agent/recensement", "geste=fermer&sur=1"), 303);
	assert_ok(census_freeze_due(ask_db(), &ville, &closed));
	assert_true(closed);
}

static str text_of_edition(const char *name)
{
	struct view v = { .a = memory(), .lang = LANG_FR, .city = &ville };
	struct guide g;
	struct guide_made m;
	db_use_arena(ask_db(), memory());
	assert_ok(guide_gather(ask_db(), &v, &(struct guide_from){ .edition = str_c(name) }, &g));
	assert_ok(guide_make(&v, &g, &(struct guide_options){ .without_qr = true }, &m));
	paper_check(m.pdf);
	return str_copy(memory(), paper_ask(memory(), m.pdf, "pdftotext %s -"));
}

#define PLACE "nom=Centre&adresse=1+rue+Haute&code_postal=44000&commune=Nantes"

TEST(guide_of_an_edition_stays_what_it_was)
{
	coordinator();
	given_place("Centre", "centre");
	given_place("Radeau", "radeau");
	expect_status(fill("/agent/lieux/centre", PLACE "&tarifs=2+euros+la+page&fermetures=en+ao%C3%BBt&langues=ar&plain_pied=oui&notes=Mme+Roux"), 303);
	clock_set(1795600000000);
	given_closed();
	str before = text_of_edition("2026");
	assert_true(str_find(before, S("2 euros la page")) > 0 && str_find(before, S("en août")) > 0 && str_find(before, S("plain-pied")) > 0);
	assert_true(str_find(before, S("Guide 2026")) >= 0 && str_find(before, S("25 novembre 2026")) > 0);
	clock_set(1895600000000);
	coordinator();
	expect_status(fill("/agent/lieux/centre", PLACE "&tarifs=gratuit&horaires=le+lundi+9h-10h"), 303);
	expect_status(fill("/agent/lieux/radeau/retirer", "raison=closed"), 303);
	str after = text_of_edition("2026");
	assert_str(after, str_z(memory(), before));
	struct frozen f;
	assert_ok(census_places(ask_db(), S("2026"), &f));
	assert_true(f.whole && f.n == 2);
	for (size_t i = 0; i < f.n; i++)
		assert_int_equal(f.v[i].place.f[P_NOTES].n, 0);      /* notes between agents are kept nowhere else */
}

static enum err cut_tx(struct db *db, void *arg) { return census_records_drop(db, *(i64 *)arg); }

TEST(an_edition_s_whole_records_are_kept_by_the_database_and_checked)
{
	struct census_edition edition;
	str file;
	coordinator();
	given_place("Centre", "centre");
	given_closed();
	assert_ok(census_named(ask_db(), S("2026"), &edition));
	assert_int_equal(edition.record_digest.n, 64);
	assert_true(db_tx(ask_db(), cut_tx, &edition.id) != OK);
	assert_ok(census_frozen(ask_db(), S("2026"), &file));
	assert_err(census_frozen(ask_db(), S("2027"), &file), NOT_FOUND);
}

/* As versions before this one closed them: the open data alone. */
struct old { str csv, digest; i64 id; };

static enum err close_as(struct db *db, const struct old *o, const char *name)
{
	try(census_insert(db, o->id, str_c(name), S("2024-01-01"), S("9999-12-31"), now_ms()));
	try(census_begin_closing(db, o->id));
	try(census_piece_put(db, o->id, 0, o->csv));
	return census_end(db, o->id, now_ms(), 2, o->digest, S(""));
}

static enum err old_tx(struct db *db, void *arg) { return close_as(db, arg, "vieille"); }
static enum err altered_tx(struct db *db, void *arg) { return close_as(db, arg, "autre"); }

TEST(an_edition_closed_before_whole_records_makes_the_guide_that_its_open_data_allows)
{
	struct census_edition edition;
	struct old o = { .id = id_new() };
	coordinator();
	given_place("Centre", "centre");
	given_place("Radeau", "radeau");
	expect_status(fill("/agent/lieux/centre", PLACE "&tarifs=2+euros+la+page&horaires=le+lundi+9h-10h"), 303);
	given_closed();
	assert_ok(census_named(ask_db(), S("2026"), &edition));
	o.digest = str_copy(memory(), edition.digest);
	o.csv = str_copy(memory(), get("/api/v1/editions/2026.csv").body);
	assert_ok(db_tx(ask_db(), old_tx, &o));
	str text = text_of_edition("vieille");
	assert_true(str_find(text, S("Guide vieille")) >= 0 && str_find(text, S("9 h à 10 h")) > 0 && str_find(text, S("Centre de la rue Haute")) > 0);
	assert_true(str_find(text, S("2 euros la page")) < 0);
	expect_text(get("/agent/recensement/editions/vieille"), "Elle ne garde que les données ouvertes");
	/* one byte more, and it is not what was frozen */
	o = (struct old){ str_printf(memory(), "%.*s\n", STR_ARG(o.csv)), o.digest, id_new() };
	struct view v = { .a = memory(), .lang = LANG_FR, .city = &ville };
	struct guide g;
	str file;
	assert_ok(db_tx(ask_db(), altered_tx, &o));
	db_use_arena(ask_db(), memory());
	assert_err(guide_gather(ask_db(), &v, &(struct guide_from){ .edition = S("autre") }, &g), CONFLICT);
	assert_err(census_frozen(ask_db(), S("autre"), &file), INVALID);
}

TEST(a_withdrawn_contact_is_in_no_export_and_no_guide_and_the_record_stays)
{
	str file;
	coordinator();
	given_place("Centre", "centre");
	given_place("Radeau", "radeau");
	expect_status(fill("/agent/lieux/centre", PLACE "&telephones=02+40+00+00+77&courriels=jeanne.roux%40exemple.example"), 303);
	given_closed();
	expect_text(get("/api/v1/editions/2026.csv"), "jeanne.roux@exemple.example");
	assert_true(str_find(text_of_edition("2026"), S("02 40 00 00 77")) > 0);
	struct answer a = fill("/agent/recensement/editions/2026", "geste=retirer&lieu=ailleurs&contact=courriels&raison=asked");
	expect_status(a, 422);
	expect_text(a, "n’a pas de lieu de ce code");
	expect_status(fill("/agent/recensement/editions/2026", "geste=retirer&lieu=centre"), 422);
	expect_status(fill("/agent/recensement/editions/2026", "geste=retirer&lieu=centre&contact=courriels&raison=asked"), 303);
	expect_status(fill("/agent/recensement/editions/2026", "geste=retirer&lieu=centre&contact=telephone&raison=left"), 303);
	str csv = str_copy(memory(), get("/api/v1/editions/2026.csv").body);
	assert_true(str_find(csv, S("jeanne.roux")) < 0 && str_find(csv, S("0240000077")) < 0);
	assert_true(str_find(csv, S("+33240000001")) > 0);                   /* the other place's */
	str text = text_of_edition("2026");
	assert_true(str_find(text, S("02 40 00 00 77")) < 0 && str_find(text, S("Centre")) >= 0);
	assert_ok(census_frozen(ask_db(), S("2026"), &file));                /* untouched, under its digest */
	assert_true(str_find(file, S("jeanne.roux")) > 0);
	expect_text(get("/donnees/editions"), "2 contacts ont été retirés depuis");
	a = get("/agent/recensement/editions/2026");
	expect_text(a, "La personne le demande");
	str id = between(a.body, "name=\"remettre\" value=\"", '"');
	expect_status(fill("/agent/recensement/editions/2026", str_printf(memory(), "remettre=%.*s", STR_ARG(id)).p), 303);
	assert_true(str_find(get("/api/v1/editions/2026.csv").body, S("jeanne.roux")) > 0);
}

TEST(frozen_csv_is_read_again_as_it_was_written)
{
	struct frozen_row row;
	str rest = S("id,nom,quartier\n1,\"Le \"\"Ponton\"\", haut\",\n2,\"deux\nlignes\",Bas\n");
	assert_true(frozen_next(memory(), &rest, &row) && row.n == 3);
	struct frozen_header h = frozen_header_of(&row);
	assert_int_equal(h.district, 2);
	assert_true(frozen_next(memory(), &rest, &row) && row.n == 3);
	assert_str(frozen_place_of(&h, &row).f[P_NOM], "Le \"Ponton\", haut");
	assert_int_equal(row.cells[2].n, 0);
	assert_true(frozen_next(memory(), &rest, &row));
	assert_str(row.cells[1], "deux\nlignes");
	assert_str(row.cells[2], "Bas");
	assert_false(frozen_next(memory(), &rest, &row));
}

TEST(guide_is_asked_for_read_published_and_taken_back)
{
	coordinator();
	given_place("Centre", "centre");
	expect_text(get("/agent/guide"), "Aucun guide n’est sur le site");
	struct answer a = fill("/agent/guide", "titre=Sans+langue");
	expect_status(a, 422);
	expect_text(a, "Choisissez au moins une langue.");
	expect_text(a, "Sans langue");
	expect_status(fill("/agent/guide", "langues=fr&source=1999"), 422);
	const char *one = asked("langues=fr&langues=simple&langues=en&langues=ar&codes=1&titre=Premier+guide");
	expect_text(get(one), "se prépare");
	expect_status(get(under(one, "/fr.pdf")), 404);
	work();
	a = get(one);
	expect_text(a, "Il a 1 lieu.");
	expect_text(a, "Télécharger : français");
	a = get(under(one, "/fr.pdf"));
	expect_status(a, 200);
	assert_true(str_find(paper_page(memory(), a.body, 1), S("Premier guide")) >= 0);
	expect_status(fill(one, "geste=publier"), 422);
	expect_text(get("/guide"), "n’est pas encore publié");
	expect_status(fill(one, "geste=publier&sur=1"), 303);
	expect_text(get("/guide"), "Ouvrir le guide");
	expect_text(get("/agent/guide"), "Aucun lieu n’a changé depuis");
	clock_set(now_ms() + 1000);
	expect_status(fill("/agent/lieux/centre", PLACE "&tarifs=gratuit"), 303);
	expect_text(get("/agent/guide"), "1 lieu a changé depuis");
	/* another takes its place, and goes again */
	const char *two = asked("langues=fr&langues=simple&langues=en&langues=ar&titre=Second+guide");
	work();
	expect_status(fill(two, "geste=publier&sur=1"), 303);
	assert_true(str_find(paper_page(memory(), get("/guide.pdf").body, 1), S("Second guide")) >= 0);
	expect_status(fill(two, "geste=retirer"), 303);
	assert_true(str_find(paper_page(memory(), get("/guide.pdf").body, 1), S("Premier guide")) >= 0);
}

TEST(guide_that_is_stopped_keeps_nothing_and_one_that_cannot_be_made_says_why)
{
	coordinator();
	const char *none = asked("langues=fr");
	work();
	expect_text(get(none), "Il n’y a aucun lieu à y mettre");
	given_place("Centre", "centre");
	const char *path = asked("langues=fr&feuilles=1");
	expect_status(fill(path, "geste=arreter"), 303);
	work();
	expect_text(get(path), "a été arrêté");
	expect_status(get(under(path, "/fr.pdf")), 404);
	path = asked("langues=fr&feuilles=1&codes=1");
	str stamp = between(get(path).body, "name=\"_s\" value=\"", '"');
	work();
	expect_text(get(path), "il faut un livret de toute la ville");
	expect_status(post(path, str_printf(memory(), "geste=arreter&_s=%.*s", STR_ARG(stamp)).p), 303);        /* too late: it is there */
	expect_status(get(under(path, "/fr.pdf")), 200);
	assert_true(str_find(paper_ask(memory(), get(under(path, "/fr.pdf")).body, "pdfinfo %s"), S("841")) > 0);
}

/* The jobs process, apart: on a connection of its own. */
static int step_apart(void)
{
	struct db *db = NULL;
	id_worker(77);                           /* its ids are its own */
	if (db_open(ask_db_url(), (struct db_options){ 0 }, &db) != OK)
		return 99;
	db_use_arena(db, arena_new((size_t)64 << 20));
	return (int)guide_step(db, &ville);
}

TEST(guide_that_is_stopped_while_it_is_drawn_keeps_nothing)
{
	struct guide_making_row row = { .done = 0 };
	i64 id;
	int status;
	given_demo();
	coordinator();
	const char *path = asked("langues=fr&langues=simple&langues=en&langues=ar");
	assert_true(str_i64(str_c(strrchr(path, '/') + 1), &id));
	pid_t pid = fork();
	if (pid == 0)
		_exit(step_apart());
	db_use_arena(ask_db(), memory());
	while (!row.done) {
		nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
		assert_ok(guide_making_get(ask_db(), id, &row));
	}
	assert_true(row.total > 100 && row.places == 134);
	expect_text(get(path), "fichiers sur");
	expect_status(fill(path, "geste=arreter"), 303);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == OK);
	assert_ok(guide_making_get(ask_db(), id, &row));
	assert_str(row.state, "stopped");
	expect_status(get(under(path, "/fr.pdf")), 404);
}

TEST(guide_with_a_contact_that_was_withdrawn_since_is_not_put_on_the_site)
{
	coordinator();
	given_place("Centre", "centre");
	given_closed();
	const char *old = asked("source=2026&langues=fr&langues=simple&langues=en&langues=ar");
	work();
	expect_text(get(old), "édition 2026");
	assert_true(str_find(paper_ask(memory(), get(under(old, "/fr.pdf")).body, "pdftotext %s -"), S("02 40 00 00 01")) > 0);
	clock_set(now_ms() + 1000);
	expect_status(fill("/agent/recensement/editions/2026", "geste=retirer&lieu=centre&contact=telephone&raison=asked"), 303);
	struct answer a = fill(old, "geste=publier&sur=1");
	expect_status(a, 422);
	expect_text(a, "Un contact a été retiré de cette édition depuis");
	expect_status(get("/guide.pdf"), 404);
	clock_set(now_ms() + 1000);
	const char *fresh = asked("source=2026&langues=fr&langues=simple&langues=en&langues=ar");
	work();
	expect_status(fill(fresh, "geste=publier&sur=1"), 303);
	assert_true(str_find(paper_ask(memory(), get("/guide.pdf").body, "pdftotext %s -"), S("02 40 00 00 01")) < 0);
	expect_absent(get("/agent/guide"), "Un contact a été retiré");
}

struct forgetting { i64 before, n; };
static enum err forget_tx(struct db *db, void *arg) { return guide_forget(db, ((struct forgetting *)arg)->before, &((struct forgetting *)arg)->n); }

TEST(old_guides_are_forgotten_but_for_those_of_the_site)
{
	coordinator();
	given_place("Centre", "centre");
	const char *kept = asked("langues=fr&langues=simple&langues=en&langues=ar"), *gone = asked("langues=fr");
	work();
	expect_status(fill(kept, "geste=publier&sur=1"), 303);
	struct forgetting f = { now_ms() + 1, 1 };
	i64 total = 0;
	for (; f.n; total += f.n)
		assert_ok(db_tx(ask_db(), forget_tx, &f));
	assert_int_equal(total, 1);
	expect_status(get(gone), 404);
	expect_status(get("/guide.pdf"), 200);
}
