/* Imports by hand, as a coordinator does them. */
#include "intake/intake.h"

#include "audit/audit_sql.h"
#include "base/buf.h"
#include "base/timex.h"
#include "directory/directory.h"
#include "given.h"

#define NOON ((i64)1795600800000)

static void coordinator(void)
{
	clock_set(NOON);
	ask_as(given_account("camille@ville.example", "Camille", given_organisation("Ville"), ROLE_COORDINATOR));
}

/* What the jobs process does, until nothing waits. */
static void work(void)
{
	enum err e;
	struct db *db = ask_db();
	do
		e = intake_step(db, ask_db_url());
	while (e == OK);
	assert_int_equal(e, NOT_FOUND);
}

#define FILE_OF_MAILLE "gid;Nom de la structure;CP;Ville;Adresse postale;Accueil;Divers\n" \
	"7;La Bou\xE9" "e;44000;Nantes;1 rue Haute;Initiation;a\n8;Le Radeau;44100;Nantes;2 rue Basse;Sur place;b\n9;;44000;Nantes;3 rue Basse;;c\n"

static const char *sent(const char *file_name, str content)
{
	struct answer a = fill_file("/agent/imports", "source=Maille&jour=01/10/2026", "fichier", file_name, content);
	expect_status(a, 303);
	work();
	return str_z(unit_arena(1 << 16), header_of(a, "Location"));
}

/* Who did the last of these, by the audit log. */
static i64 last_to(const char *action)
{
	struct audit_line_list rows;
	struct opt_i64 any = { 0 };
	assert_ok(audit_lines(ask_db(), any, any, str_c(action), any, INT64_MAX, 1, &rows));
	return rows.n && rows.v[0].user_id.set ? rows.v[0].user_id.v : 0;
}

static const char *under(const char *path, const char *rest) { return str_printf(unit_arena(1 << 16), "%s%s", path, rest).p; }

TEST(intake_takes_a_strange_file_from_its_sending_to_the_directory)
{
	coordinator();
	const char *path = sent("maille.csv", S(FILE_OF_MAILLE));
	expect_status(get(path), 303);
	struct answer a = get(under(path, "/colonnes"));
	expect_text(a, "La Bouée");
	expect_text(a, "value=\"Nom du lieu\"");
	expect_text(a, "3 lignes");
	expect_status(fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom+du+lieu&c2=code+postal&c3=Commune&c4=Adresse&c5=Ce+que+l%E2%80%99on+y+fait&c6="), 303);
	a = get(under(path, "/valeurs"));
	expect_text(a, "value=\"Maîtrise des outils numériques du quotidien\"");
	expect_text(a, "Sur place");
	expect_status(fill(under(path, "/valeurs"), "v5-0=Ma%C3%AEtrise+des+outils+num%C3%A9riques+du+quotidien&v5-1="), 303);
	expect_text(get(path), "Rien ne change encore");
	work();
	a = get(path);
	expect_text(a, "Rien n’a changé encore");
	expect_text(a, "lieux nouveaux : 2");
	expect_text(a, "lignes refusées : 1");
	expect_text(get(under(path, "/rejets.csv")), "4,9,nom,,\"ligne refusée : obligatoire, et vide\",");
	expect_absent(get("/lieux"), "Radeau");
	expect_status(fill(path, "geste=prendre"), 303);
	work();
	expect_text(get(path), "C’est fait");
	expect_text(get("/lieux?q=radeau"), "Le Radeau");
	expect_text(get("/lieux/7"), "La Bouée");
	expect_text(get("/lieux/7"), "octobre 2026");
	/* the next file of the source is read alone, and changes nothing */
	const char *again = sent("maille.csv", S(FILE_OF_MAILLE));
	expect_text(get(again), "lieux sans changement : 2");
	/* one that has lost a column is asked about again */
	a = get(under(sent("maille.csv", S("gid;Nom de la structure\n7;La Bouée\n")), "/colonnes"));
	expect_text(a, "Que sont ses colonnes");
	/* taken back, by somebody else */
	i64 other = given_account("dominique@ville.example", "Dominique", given_organisation("Ville"), ROLE_COORDINATOR);
	ask_as(other);
	expect_status(fill(path, "geste=defaire"), 303);
	work();
	assert_int_equal(last_to("import.undo"), other);
	a = get(path);
	expect_text(a, "Cet import est défait");
	expect_text(a, "lieux repartis : 2");
	expect_status(get("/lieux/7"), 404);
	/* and once more */
	expect_status(fill(again, "geste=prendre"), 303);
	work();
	expect_text(get(again), "lieux nouveaux : 2");
	expect_text(get("/lieux/7"), "La Bouée");
}

TEST(intake_says_what_is_wrong_with_columns_and_words_and_keeps_what_was_typed)
{
	coordinator();
	const char *path = sent("maille.csv", S(FILE_OF_MAILLE));
	struct answer a = fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom&c4=Adresse&c5=Ce+que+l%E2%80%99on+y+fait");
	expect_status(a, 422);
	expect_text(a, "« Nom » n’est pas dans la liste.");
	expect_text(a, "value=\"Nom\"");
	a = fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom+du+lieu&c4=Adresse&c5=Ce+que+l%E2%80%99on+y+fait");
	expect_status(a, 422);
	expect_text(a, "Il manque : Code postal, Commune.");
	expect_status(fill(under(path, "/colonnes"), "c1=Nom+du+lieu&c2=Code+postal&c3=Commune&c4=Adresse&c5=Ce+que+l%E2%80%99on+y+fait"), 303);
	a = fill(under(path, "/valeurs"), "v5-0=Cuisine&v5-1=");
	expect_status(a, 422);
	expect_text(a, "« Cuisine » n’est pas dans la liste.");
	a = get(under(path, "/valeurs"));
	expect_status(a, 200);
	expect_status(fill(under(path, "/colonnes"), "geste=abandonner"), 303);
	expect_text(get(path), "abandonné");
	expect_status(get(under(path, "/colonnes")), 404);
}

TEST(intake_refuses_what_is_no_file_of_places)
{
	coordinator();
	struct answer a = fill_file("/agent/imports", "source=Maille", "fichier", "", S(""));
	expect_status(a, 422);
	expect_text(a, "Choisissez un fichier.");
	a = fill_file("/agent/imports", "source=&jour=01/01/2199", "fichier", "vide.csv", S(""));
	expect_status(a, 422);
	expect_text(a, "Ce fichier est vide.");
	expect_text(a, "Ce jour n’est pas encore venu.");
	const char *path = sent("guide.pdf", S("%PDF-1.4 …"));
	expect_text(get(path), "ceci est un PDF");
	expect_text(get("/agent/imports"), "n’a pas pu être lu");
	expect_status(get("/agent/imports/12"), 404);
	expect_status(get("/agent/imports/x"), 404);
}

TEST(intake_that_is_left_changes_nothing)
{
	coordinator();
	const char *path = sent("maille.csv", S(FILE_OF_MAILLE));
	expect_status(fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom+du+lieu&c2=Code+postal&c3=Commune&c4=Adresse"), 303);
	expect_status(fill(path, "geste=abandonner"), 303);
	expect_text(get(path), "abandonné");
	work();
	expect_text(get("/agent/imports"), "Maille, maille.csv");
	expect_absent(get("/lieux"), "Radeau");
}

static enum err forget_tx(struct db *db, void *arg) { return intake_forget(db, NOON + 1, 10, arg); }

TEST(intake_forgets_old_files)
{
	i64 n = 0;
	coordinator();
	sent("maille.csv", S(FILE_OF_MAILLE));
	assert_ok(db_tx(ask_db(), forget_tx, &n));
	assert_int_equal(n, 1);
	expect_text(get("/agent/imports"), "Aucun fichier");
}

TEST(intake_says_place_by_place_what_would_change)
{
	coordinator();
	const char *layout = "c0=Identifiant&c1=Nom+du+lieu&c2=code+postal&c3=Commune&c4=Adresse&c5=&c6=";
	const char *path = sent("maille.csv", S(FILE_OF_MAILLE));
	expect_status(fill(under(path, "/colonnes"), layout), 303);
	work();
	expect_text(get(path), "/lieux?quoi=nouveaux");
	struct answer a = get(under(path, "/lieux?quoi=nouveaux"));
	expect_order(a, "La Bouée", "1 rue Haute, 44000 Nantes", "Vérifié le : 1er octobre 2026");
	expect_text(a, "Le Radeau");
	expect_status(fill(path, "geste=prendre"), 303);
	work();
	path = sent("maille.csv", S("gid;Nom de la structure;CP;Ville;Adresse postale;Accueil;Divers\n7;La Bou\xE9" "e;44000;Nantes;9 rue Haute;Initiation;a\n"
		"10;Le Bac;44100;Nantes;2 quai Bas;Sur place;b\n"));
	a = get(path);
	expect_text(a, "lieux qui changent</a> : <strong>1");
	a = get(under(path, "/lieux?quoi=changent"));
	expect_order(a, "La Bouée", "Adresse :", "1 rue Haute", "9 rue Haute");
	expect_text(a, "<ins>9 rue Haute</ins>");
	expect_absent(a, "Le Bac");
	a = get(under(path, "/lieux?quoi=absents"));
	expect_text(a, "Le Radeau");
	expect_absent(a, "La Bouée");
	expect_text(get(under(path, "/lieux?quoi=nouveaux")), "Le Bac");
	expect_status(get(under(path, "/lieux?quoi=nouveaux&page=2")), 404);
	a = get(under(path, "/lieux.csv"));
	expect_text(a, "change,7,La Bouée,\"1 rue Haute, 44000 Nantes\",Adresse,1 rue Haute,9 rue Haute");
	expect_text(a, "absent du fichier,8,Le Radeau");
	expect_text(a, "nouveau,10,Le Bac");
	expect_status(fill(path, "geste=abandonner"), 303);
	expect_status(get(under(path, "/lieux")), 404);
}

TEST(intake_takes_nothing_for_granted_of_days_dates_sources_and_columns)
{
	coordinator();
	const char *columns = "gid;Nom de la structure;CP;Ville;Adresse postale;horaire;publics;Divers\n";
	const char *path = sent("maille.csv", str_printf(unit_arena(1 << 16),
		"%s7;La Bouee;44000;Nantes;1 rue Haute;9h-12h / 14h-17h;Jeunes 16-25 ans, retrait\xC3\xA9s;a\n"
		"8;Le Radeau;44100;Nantes;2 rue Basse;lundi 9h-12h;jeunes;b\n9;Le Bac;44100;Nantes;3 rue Basse;;;c\n", columns));
	/* two names: one too many */
	struct answer a = fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom+du+lieu&c2=code+postal&c3=Commune&c4=Adresse&c5=Horaires&c6=&c7=Nom+du+lieu");
	expect_status(a, 422);
	expect_text(a, "Deux colonnes sont « Nom du lieu » : Nom de la structure et Divers");
	/* what a column given by hand holds is cut and proposed too */
	expect_status(fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom+du+lieu&c2=code+postal&c3=Commune&c4=Adresse&c5=Horaires&c6=Pour+qui&c7="), 303);
	a = get(under(path, "/valeurs"));
	expect_text(a, "value=\"Jeunes\"");
	expect_text(a, "retraités");
	expect_absent(a, "16-25 ans, retraités");
	expect_status(fill(under(path, "/valeurs"), ""), 303);
	work();
	/* hours whose days nobody says are not every day's */
	expect_text(get(under(path, "/rejets.csv")), "à quels jours vont ces heures");
	expect_status(fill(path, "geste=prendre"), 303);
	work();
	expect_absent(get("/lieux/7"), "Dimanche");
	expect_text(get("/agent/lieux/7"), "Horaires dits par la source : 9h-12h / 14h-17h");
	expect_text(get("/lieux/8"), "9 h");
	/* the same source by another spelling; a file must have its day */
	a = get("/agent/imports");
	expect_text(a, "<option value=\"Maille\"></option>");
	a = fill_file("/agent/imports", "source=MAILLE&jour=01/10/2026", "fichier", "maille.csv", str_printf(unit_arena(1 << 16),
		"%s8;Le Radeau;44100;Nantes;2 rue Basse;"
		"lundi 9h-12h;jeunes;b\n", columns));
	expect_status(a, 303);
	work();
	expect_text(get(str_z(unit_arena(1 << 16), header_of(a, "Location"))), "lieux sans changement : 1");
	a = fill_file("/agent/imports", "source=Maille", "fichier", "maille.csv", S("a;b\n1;2\n"));
	expect_status(a, 422);
	expect_text(a, "Dites de quel jour est ce fichier");
}

/* What an answer made at once may not hold: the file is sent in pieces, the page says that it shows the first ones. */
TEST(intake_foresees_more_places_than_one_answer_holds)
{
	enum { PLACES = 5200 };
	struct arena *memory = unit_arena((size_t)16 << 20);
	struct buf b = buf_new(memory, (size_t)4 << 20);
	const char *long_words = str_replace(memory, S("................................"), S("."), S("au fond, ")).p;
	coordinator();
	buf_put(&b, S("id,nom,adresse,code_postal,commune,presentation_resume\n"));
	for (int i = 0; i < PLACES; i++)
		buf_printf(&b, "%d,Lieu %d,\"%d, %s\",44000,Nantes,\"%s\"\n", i, i, i, long_words, long_words);
	const char *path = sent("gros.csv", buf_str(&b));
	expect_status(fill(under(path, "/colonnes"), "c0=Identifiant&c1=Nom+du+lieu&c2=Adresse&c3=code+postal&c4=Commune&c5=Pr%C3%A9sentation+en+une+phrase"), 303);
	work();
	expect_text(get(path), "lieux nouveaux</a> : <strong>5");
	expect_text(get(under(path, "/lieux?quoi=nouveaux")), "seuls les premiers sont montrés");
	struct answer a = get(under(path, "/lieux.csv"));
	expect_status(a, 200);
	assert_true(a.body.n > (size_t)4 << 20);       /* more than an answer made at once may be */
	expect_text(a, "nouveau,1999,Lieu 1999");
}
