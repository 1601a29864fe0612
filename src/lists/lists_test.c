/* What lists of families promise: the same family is one household, nothing is joined silently, each row counts once whatever happens, a
 * school sees its own list and its own words, and what a list held is erased. */
#include "lists/pages.h"

#include "given_files.h"
#include "given_lists.h"

enum { SCHOOLS = 21 };

static struct arena *mem;
static i64 city, school_organisation, officer, referent;
static struct given_wave made;

static void begin(void)
{
	mem = unit_arena((size_t)64 << 20);
	city = given_organisation("Ville");
	school_organisation = given_organisation("École du Halage");
	officer = given_account("o@ville.example", "Andrea", city, ROLE_PROGRAMME_OFFICER);
	referent = given_account("r@ecole.example", "Lou", school_organisation, ROLE_SCHOOL_REFERENT);
	made = given_wave_of(city);
	given_school_in_wave("9990001X", school_organisation, made.wave_id);
	ask_as(officer);
}

static const char *at(const char *rest) { return str_z(mem, str_printf(mem, "/agent/campagnes/%lld/listes%s", (long long)made.campaign_id, rest)); }
static const char *under(const char *path, const char *rest) { return str_z(mem, str_printf(mem, "%s%s", path, rest)); }
#define OURS "/agent/ecole/9990001X/listes"

/* What the jobs process does, until nothing waits. */
static void work(void)
{
	struct vault_asker vault = ask_vault();
	enum err e;
	do
		e = lists_step(ask_db(), &vault);
	while (e == OK);
	assert_int_equal(e, NOT_FOUND);
}

static const char *sent_to(const char *where, const char *fields, str content)
{
	struct answer a = fill_file(where, fields, "fichier", "liste.csv", content);
	expect_status(a, 303);
	work();
	return str_z(mem, header_of(a, "Location"));
}

static const char *sent(str content) { return sent_to(at(""), "source=Service", content); }

/* Sent, its columns taken as they were proposed, and checked. */
static const char *checked(str content)
{
	const char *path = sent(content);
	(void)fill(under(path, "/colonnes"), "");
	work();
	return path;
}

static void take(const char *path)
{
	expect_status(fill(path, "geste=prendre"), 303);
	work();
}

static i64 files_in_all(void)
{
	i64 n;
	assert_ok(file_list_count(ask_db(), made.campaign_id, S(""), 0, 0, S(""), &n));
	return n;
}

static i64 id_of(const char *path)
{
	i64 id;
	assert_true(str_i64(str_c(strrchr(path, '/') + 1), &id));
	return id;
}

#define HEAD "Nom élève;Prénom élève;Classe;École;Responsable;Téléphone\n"
#define BENALI "Benali;Inès;CM1;9990001X;BENALI Leïla;01 99 00 12 01\n"

TEST(a_list_goes_from_its_sending_to_the_files)
{
	begin();
	const char *path = sent(S(HEAD BENALI "Benali;Adam;CM 2;9990001X;Benally Leila;199001201\nSow;Awa;cm1 B;9990001X;Mme SOW Binta;01.99.00.12.02\n"
		"Petit;Noé;CM1-CM2;9990001X;PETIT Anne;01 99 00 12 03\n"));
	struct answer a = get(under(path, "/colonnes"));
	expect_text(a, "Que sont ses colonnes");
	expect_text(a, "4 lignes");
	expect_text(a, "BENALI Leïla");
	expect_status(fill(under(path, "/colonnes"), ""), 303);
	expect_text(get(path), "Rien ne change encore");
	work();
	a = get(path);
	expect_text(a, "familles nouvelles : 2");
	expect_text(a, "même téléphone et noms proches : 1");
	expect_text(a, "lignes refusées : 1");
	expect_text(get(under(path, "/rejets.csv")), "5,Classe,deux classes possibles,\"Écrivez la classe de cet enfant seul, par exemple CM1.\",Petit,Noé,CM1-CM2,");
	expect_text(get(under(path, "/familles?quoi=sures")), "C’est elle : Leïla Benali");
	assert_int_equal(files_in_all(), 0);
	take(path);
	a = get(path);
	expect_text(a, "un dossier est ouvert : 2");
	expect_text(a, "joints à une famille déjà là : 1");
	assert_int_equal(files_in_all(), 2);
	/* the same list again: its columns are known, and nothing is added */
	const char *again = sent(S(HEAD BENALI));
	expect_text(get(again), "même téléphone et noms proches : 1");
	take(again);
	expect_text(get(again), "enfants déjà nommés, rien n’a changé : 1");
	assert_int_equal(files_in_all(), 2);
	/* taken back: what has moved on stays */
	struct file_line_row_list rows;
	assert_ok(file_list(ask_db(), made.campaign_id, S(""), 0, 0, S(""), 10, 0, &rows));
	given_file_step(rows.v[0].id, "contacted");
	expect_status(fill(path, "geste=defaire"), 303);
	work();
	a = get(path);
	expect_text(a, "Cette liste est annulée");
	expect_text(a, "leur dossier a avancé depuis");
	assert_int_equal(files_in_all(), 1);
}

TEST(a_file_opened_for_a_known_family_goes_with_its_list_and_says_so)
{
	begin();
	const char *state = str_z(mem, str_printf(mem, "/agent/campagnes/%lld/etat.csv", (long long)made.campaign_id));
	given_household(city, "Leïla", "Benali", "+33199001201");
	const char *path = checked(S(HEAD BENALI));
	take(path);
	struct file_line_row_list rows;
	assert_ok(file_list(ask_db(), made.campaign_id, S(""), 0, 0, S(""), 10, 0, &rows));
	assert_int_equal(rows.n, 1);
	expect_text(get(state), "9990001X,École 9990001X,,1,0");
	expect_status(fill(path, "geste=defaire"), 303);
	work();
	assert_int_equal(files_in_all(), 0);
	expect_text(get(state), "9990001X,École 9990001X,,0,0");
	struct answer a = get(str_z(mem, str_printf(mem, "/agent/campagnes/%lld/dossiers/%.*s", (long long)made.campaign_id, STR_ARG(rows.v[0].public_id))));
	expect_text(a, "Retirée</b> : la liste qui l’avait nommée a été annulée");
	expect_absent(a, "Réuni à un autre dossier");
	/* named again, it has a file again */
	take(checked(S(HEAD "Benali;Inès;CM2;9990001X;BENALI Leïla;01 99 00 12 01\n")));
	assert_int_equal(files_in_all(), 1);
}

TEST(a_list_joins_nothing_that_is_not_sure_without_a_word)
{
	begin();
	const char *path = checked(S(HEAD BENALI "Benali;Adam;CM2;9990001X;BENALI Karim;01 99 00 12 01\nBenali;Zoé;CM2;9990001X;BENALI Leïla;01 99 00 12 77\n"));
	struct answer a = get(path);
	expect_text(a, "familles nouvelles : 1");
	expect_text(a, "à regarder : 2");
	take(path);
	assert_int_equal(files_in_all(), 1);
	a = get(under(path, "/familles?quoi=doutes"));
	expect_text(a, "même téléphone, noms différents");
	expect_text(a, "noms proches");
	expect_text(a, "C’est elle : Leïla Benali");
	expect_status(post_from(a, under(path, "/familles"), "quoi=doutes&r2=1&r3=other"), 303);
	take(path);
	assert_int_equal(files_in_all(), 2);
	expect_text(get(path), "joints à une famille déjà là : 1");
	expect_absent(get(path), "à regarder");
}

TEST(what_is_never_held_is_left_out_of_a_list_and_said)
{
	begin();
	const char *path = sent(S("Prénom élève;Classe;École;Nom responsable;Prénom responsable;Tél;Nationalité;NIR;Né le\n"
		"Inès;CM1;9990001X;Benali;Leïla;0199001201;Inventée;2 85 05 44 109 001 23;03/04/2016\n"));
	struct answer a = get(under(path, "/colonnes"));
	expect_text(a, "Laissée de côté (nationalité, titre de séjour) : rien n’en est gardé.");
	expect_text(a, "Laissée de côté (numéro de sécurité sociale)");
	expect_text(a, "seule l’année est gardée");
	expect_absent(a, "Inventée");
	expect_absent(a, "109 001");
	expect_absent(a, "03/04");
	expect_text(a, "2016");
	expect_status(fill(under(path, "/colonnes"), "c7=parent"), 303);
	work();
	expect_text(get(path), "familles nouvelles : 1");
}

TEST(a_school_names_its_own_and_learns_nothing_of_the_others)
{
	begin();
	take(checked(S(HEAD BENALI)));
	ask_as(referent);
	const char *path = sent_to(OURS, "", S("Enfant;Classe;École;Parent;Téléphone\n"
		"Adam;CM2;Ailleurs;BENALI Leïla;01 99 00 12 01\nAwa;CM1;Ailleurs;SOW Binta;01 99 00 12 02\n"));
	struct answer a = get(under(path, "/colonnes"));
	expect_absent(a, "Enfant : école");
	expect_status(fill(under(path, "/colonnes"), ""), 303);
	work();
	a = get(path);
	expect_text(a, "familles nouvelles : 2");
	expect_absent(a, "même téléphone");
	expect_absent(get(under(path, "/familles?quoi=doutes")), "Benali");
	ask_as(officer);
	expect_status(get(at(str_z(mem, str_printf(mem, "/%lld", (long long)id_of(path))))), 404);
	ask_as(referent);
	take(path);
	assert_int_equal(files_in_all(), 2);
	expect_text(get(path), "la ville regarde d’abord : 1");
	i64 other = given_account("x@ailleurs.example", "Sacha", given_organisation("Autre école"), ROLE_SCHOOL_REFERENT);
	ask_as(other);
	expect_status(get(path), 404);
	ask_as(officer);
	const char *ours = at(str_z(mem, str_printf(mem, "/%lld", (long long)id_of(path))));
	expect_text(get(at("")), "1 à regarder");
	a = get(under(ours, "/familles?quoi=doutes"));
	expect_text(a, "C’est elle : Leïla Benali");
	expect_status(post_from(a, under(ours, "/familles"), "quoi=doutes&r1=1"), 303);
	take(ours);
	assert_int_equal(files_in_all(), 2);
	ask_as(referent);
	expect_text(get("/agent/ecole/9990001X/familles"), "Leïla Benali (Adam)");
}

static i64 sealed_rows(const char *path)
{
	struct list_row_line_list rows;
	i64 n = 0;
	assert_ok(list_rows(ask_db(), id_of(path), 0, 100, &rows));
	for (size_t i = 0; i < rows.n; i++)
		n += rows.v[i].cells_enc.p != NULL;
	return n;
}

struct forgetting { i64 before, n; };

static enum err forget_tx(struct db *db, void *arg)
{
	struct forgetting *f = arg;
	return lists_forget(db, f->before, 10, &f->n);
}

TEST(what_a_list_holds_is_erased_when_taken_dropped_or_old)
{
	begin();
	const char *taken = checked(S(HEAD BENALI)), *dropped = checked(S(HEAD "Sow;Awa;CM1;9990001X;SOW Binta;0199001202\n"));
	const char *old = checked(S(HEAD "Petit;Noé;CM1;9990001X;PETIT Anne;0199001203\n"));
	assert_int_equal(sealed_rows(taken) + sealed_rows(dropped) + sealed_rows(old), 3);
	take(taken);
	expect_status(fill(dropped, "geste=abandonner"), 303);
	assert_int_equal(sealed_rows(taken) + sealed_rows(dropped), 0);
	expect_text(get(dropped), "abandonnée");
	struct forgetting f = { .before = now_ms() + 1000 };
	assert_ok(db_tx(ask_db(), forget_tx, &f));
	assert_int_equal(f.n, 2);
	assert_int_equal(sealed_rows(old), 0);
	expect_status(get(under(old, "/familles?quoi=doutes")), 303);
}

#define BENALI_OF_SCHOOL "Enfant;Classe;Parent;Téléphone\nAdam;CM2;BENALI Leïla;01 99 00 12 01\n"

TEST(what_the_city_does_not_look_at_in_time_is_taken_apart_and_not_lost)
{
	begin();
	take(checked(S(HEAD BENALI)));
	ask_as(referent);
	const char *path = sent_to(OURS, "", S(BENALI_OF_SCHOOL));
	expect_status(fill(under(path, "/colonnes"), ""), 303);
	work();
	take(path);
	assert_int_equal(files_in_all(), 1);
	struct forgetting f = { .before = now_ms() + 1000 - 86400000 };
	assert_ok(db_tx(ask_db(), forget_tx, &f));
	assert_int_equal(f.n, 0);
	work();
	assert_int_equal(files_in_all(), 2);
	assert_int_equal(sealed_rows(path), 0);
	expect_text(get("/agent/ecole/9990001X/familles"), "Leïla Benali (Adam)");
}

TEST(two_who_take_one_list_take_it_once)
{
	begin();
	const char *path = checked(S(HEAD BENALI "Sow;Awa;CM1;9990001X;SOW Binta;0199001202\n"));
	struct answer opened = get(path);
	i64 other = given_account("p@ville.example", "Camille", city, ROLE_PROGRAMME_OFFICER);
	take(path);
	ask_as(other);
	struct answer late = get(path);
	expect_status(fill_late(path, opened, "geste=prendre"), 303);
	work();
	expect_status(fill_late(path, late, "geste=prendre"), 303);
	work();
	assert_int_equal(files_in_all(), 2);
	expect_text(get(path), "un dossier est ouvert : 2");
}

TEST(a_family_erased_before_a_list_is_taken_is_a_new_one)
{
	begin();
	struct household h;
	assert_ok(household_named(ask_db(), given_household(city, "Leïla", "Benali", "+33199001201"), &h));
	const char *path = checked(S(HEAD BENALI));
	expect_text(get(path), "même téléphone et noms proches : 1");
	given_erased(h.id);
	expect_absent(get(under(path, "/familles?quoi=sures")), "C’est elle");
	take(path);
	expect_text(get(path), "un dossier est ouvert : 1");
}

TEST(another_organisation_reaches_no_list)
{
	begin();
	const char *path = checked(S(HEAD BENALI));
	static const char *const pages[] = { "", "/colonnes", "/familles?quoi=sures", "/rejets.csv", "/ecoles" };
	ask_as(given_account("c@ccas.example", "Dominique", given_organisation("CCAS"), ROLE_PROGRAMME_OFFICER));
	for (size_t i = 0; i < lengthof(pages); i++)
		expect_status(get(under(path, pages[i])), 404);
	expect_status(get(at("")), 404);
}

TEST(files_that_are_no_lists_are_refused_in_words)
{
	begin();
	struct buf many = buf_new(mem, (size_t)8 << 20);
	buf_put(&many, S("Nom;Prénom;Classe\n"));
	for (int i = 0; i < 4000; i++)
		buf_printf(&many, "a;b;%d\n", i);
	expect_text(get(sent(S("%PDF-1.7 rien"))), "ceci est un PDF");
	expect_text(get(sent((str){ "\x89PNG\r\n\x1A\n\x00\x01\x02", 11 })), "ce n’est pas un tableau");
	expect_text(get(sent(buf_str(&many))), "plus de 3 000 lignes");
	expect_text(get(sent(S("Nom;Prénom;Classe\n"))), "aucune ligne sous son en-tête");
	expect_text(get(sent(S(" \n \n"))), "ce fichier ne contient rien");
	struct answer a = fill_file(at(""), "source=Service", "fichier", "liste.csv", S(""));
	expect_status(a, 422);
	expect_text(a, "vide");
	/* Latin-1, what went through the wrong hands, formulas */
	const char *path = checked(S("Pr\xE9nom \xE9l\xE8ve;Classe;\xC9" "cole;Parent;T\xE9l\n\xC9lo\xEFse;CM1;9990001X;SOW Binta;0199001202\n"));
	expect_text(get(path), "familles nouvelles : 1");
	path = checked(S(HEAD "Benali;InÃ¨s;CM1;9990001X;BENALI Leïla;0199001201\nx;=1+1;CM1;9990001X;=SOMME(A1);0199001202\n"));
	expect_text(get(path), "lignes refusées : 1");
	expect_absent(get(under(path, "/rejets.csv")), ",=1+1");
	take(path);
}

TEST(an_unknown_school_is_asked_once)
{
	begin();
	const char *path = checked(S(HEAD "Sow;Awa;CM1;Halage machin;SOW Binta;0199001202\n"));
	struct answer a = get(under(path, "/ecoles"));
	expect_text(a, "Halage machin");
	expect_status(fill(under(path, "/ecoles"), "e0=0440000X"), 400);
	expect_status(fill(under(path, "/ecoles"), "e0=9990001X"), 303);
	work();
	expect_text(get(path), "familles nouvelles : 1");
	path = sent(S(HEAD "Ba;Ali;CM1;Halage machin;BA Oumar;0199001203\n"));
	expect_text(get(path), "familles nouvelles : 1");
}

/* ---- a thousand families in twenty-one lists ---- */

struct truth { i64 household[1200]; int sure[1200]; };        /* sure: rows that were proposed as the same family, by family */

/* The family that a household was opened for; the same one always. */
static void expect_truth(struct truth *t, i64 family, i64 household)
{
	if (!t->household[family])
		for (i64 i = 0; i < 1200; i++)
			if (t->household[i] == household)
				fail_msg("families %lld and %lld were made one", (long long)i, (long long)family);
	if (t->household[family] && t->household[family] != household)
		fail_msg("family %lld has two households", (long long)family);
	t->household[family] = household;
}

struct choosing { i64 list, number; str choice; };

static enum err choose_tx(struct db *db, void *arg)
{
	const struct choosing *c = arg;
	return list_row_choose(db, c->list, c->number, c->choice);
}

/* Somebody who knows the families says which one each doubtful row is of. */
static void answer(const struct given_list *l, const struct truth *t, i64 list, const struct list_row_line *row)
{
	struct list_like_line_list likes;
	struct choosing c = { list, row->number, S("other") };
	i64 family = l->v[row->number - 1].family;
	assert_ok(list_likes(ask_db(), list, row->number, &likes));
	for (size_t i = 0; i < likes.n; i++) {
		const struct list_like_line *k = &likes.v[i];
		bool same = k->like_number ? l->v[k->like_number - 1].family == family : t->household[family] == k->household_id;
		if (same && str_eq(c.choice, S("other")))
			c.choice = str_printf(mem, "%lld", (long long)k->rank);
	}
	assert_ok(db_tx(ask_db(), choose_tx, &c));
}

static void take_list(const struct given_list *l, struct truth *t)
{
	const char *path = checked(l->content);
	i64 list = id_of(path);
	struct list_row_line_list rows;
	assert_ok(list_rows(ask_db(), list, 0, LIST_ROWS_MOST, &rows));
	assert_int_equal(rows.n, l->n);
	for (size_t i = 0; i < rows.n; i++) {
		if (str_eq(rows.v[i].verdict, S("rejected")))
			fail_msg("%s, line %lld: %.*s", l->uai, (long long)rows.v[i].line, STR_ARG(rows.v[i].reason));
		t->sure[l->v[i].family] += str_eq(rows.v[i].verdict, S("same"));
		if (str_eq(rows.v[i].verdict, S("ask")))
			answer(l, t, list, &rows.v[i]);
	}
	take(path);
	assert_ok(list_rows(ask_db(), list, 0, LIST_ROWS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (!rows.v[i].outcome.n)
			fail_msg("%s, line %lld was not taken", l->uai, (long long)rows.v[i].line);
		expect_truth(t, l->v[i].family, rows.v[i].household_id.v);
	}
}

static void take_all(i64 families)
{
	const char *uais[SCHOOLS];
	struct truth *t = arena_one(mem, struct truth);
	for (i64 i = 0; i < SCHOOLS; i++) {
		uais[i] = given_uai(mem, 9990100 + i);
		given_school_in_wave(uais[i], school_organisation, made.wave_id);
	}
	struct given_lists all = given_lists_of(mem, 7, uais, SCHOOLS, families);
	for (size_t i = 0; i < all.n; i++)
		take_list(&all.v[i], t);
	assert_int_equal(files_in_all(), families);
	assert_true(all.certain > families / 5 && all.doubts > families / 20);
	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < all.v[i].n; k++)
			if (all.v[i].v[k].planted == PLANTED_CERTAIN && !t->sure[all.v[i].v[k].family])
				fail_msg("%s, row %zu: the same family was not proposed", all.v[i].uai, k + 1);
}

TEST(families_of_twenty_one_messy_lists_are_each_one_household)
{
	begin();
	ask_without_limits();
	take_all(1000);
}
