/* The pages of allocation: what the public reads, and a rule that two people put in force. */
#include "given.h"

#include "allocation/allocation.h"
#include "allocation/allocation_sql.h"
#include "base/buf.h"

static i64 city, claude, dominique;

static void given_programme(void)
{
	city = given_organisation("Ville");
	claude = given_account("claude@ville.example", "Claude", city, ROLE_PROGRAMME_OFFICER);
	dominique = given_account("dominique@ville.example", "Dominique", city, ROLE_PROGRAMME_OFFICER);
	ask_as(claude);
}

static const char *location(struct answer a)
{
	expect_status(a, 303);
	return str_z(unit_arena(1 << 12), header_of(a, "Location"));
}

/* What is typed in a rule's form, with another value for one of its numbers. */
static const char *typed(const char *param, const char *value)
{
	struct buf b = buf_new(unit_arena(1 << 14), 1 << 13);
	const struct params *p = params_default();
	buf_put(&b, S("geste=enregistrer&nom=Familles&reference=D%C3%A9lib%C3%A9ration+12&debut=2026-01-01&fin="));
	for (enum param i = 0; i < PARAMS; i++)
		if (strcmp(param, param_kinds[i].code) == 0)
			buf_printf(&b, "&%s=%s", param, value);
		else
			buf_printf(&b, "&%s=%lld", param_kinds[i].code, (long long)p->v[i]);
	return str_z(unit_arena(1 << 14), buf_str(&b));
}

TEST(the_public_reads_the_points_of_the_program_until_a_city_has_its_own)
{
	struct answer a = get("/algorithmes");
	expect_status(a, 200);
	expect_text(a, "Aucun appareil : 40 points");
	expect_text(a, "La ville n’a pas encore choisi sa règle");
	expect_text(a, "R. 311-3-1-2");
	expect_text(get("/ar/algorithmes"), "كيف يُمنح الحاسوب");
	a = get("/algorithmes/parametres.json");
	struct params p;
	str why;
	assert_ok(params_read(unit_arena(1 << 16), a.body, &p, &why));
	expect_status(get("/algorithmes/tirages/7.json"), 404);
}

TEST(a_rule_is_put_in_force_by_two_people)
{
	given_programme();
	const char *rule = location(fill("/agent/attributions/regles", "geste=copier"));
	struct answer a = fill(rule, typed("aucun_appareil", "3"));
	expect_status(a, 422);
	expect_text(a, "Un besoin plus grand ne peut pas donner moins de points.");
	expect_text(a, "value=\"3\"");
	expect_status(fill(rule, typed("cm", "beaucoup")), 422);
	expect_status(fill(rule, typed("cm", "33")), 303);
	expect_text(get(rule), "value=\"33\"");
	expect_status(fill(rule, "geste=approuver"), 409);
	expect_status(fill(rule, "geste=proposer"), 303);
	a = fill(rule, "geste=approuver");
	expect_status(a, 422);
	expect_text(a, "une autre personne doit l’approuver");
	expect_absent(get("/algorithmes"), "33 points");
	ask_as(dominique);
	struct answer opened = get(rule);
	expect_status(fill(rule, "geste=approuver"), 303);
	expect_status(fill_late(rule, opened, "geste=rendre"), 409);
	a = get("/algorithmes");
	expect_text(a, "Enfant en CM1 ou CM2 : 33 points");
	expect_text(a, "Délibération 12");
	expect_absent(a, "La ville n’a pas encore choisi sa règle");
	expect_status(fill(rule, "geste=retirer"), 303);
	expect_absent(get("/algorithmes"), "33 points");
	expect_status(fill(rule, "geste=remettre"), 303);
	expect_text(get("/algorithmes"), "33 points");
	expect_status(fill(rule, "geste=copier"), 303);
	expect_text(get("/agent/attributions/regles"), "Copie de Familles");
	ask_as(given_account("dpo@ville.example", "Di", city, ROLE_DPO));
	a = get("/agent/journal.csv");
	expect_text(a, "allocation.set_propose");
	expect_text(a, "allocation.set_approve");
}

struct alone { i64 id, user; i64 changed; };

static enum err alone_tx(struct db *db, void *arg)
{
	struct alone *x = arg;
	try(set_propose(db, x->id, 1, 1, x->user));
	try(set_approve(db, x->id, 2, 2, x->user));
	x->changed = db_changes(db);
	return OK;
}

TEST(the_database_itself_refuses_one_person_who_proposes_and_approves)
{
	given_programme();
	struct alone x = { given_allocation_set(city, claude), claude, -1 };
	assert_ok(db_tx(ask_db(), alone_tx, &x));
	assert_int_equal(x.changed, 0);
}

TEST(a_draw_is_committed_to_closed_and_revealed_in_this_order)
{
	given_programme();
	expect_status(fill("/agent/attributions/tirages", "nom="), 422);
	expect_status(fill("/agent/attributions/tirages", "nom=Bellevue"), 303);
	struct answer a = get("/algorithmes");
	expect_text(a, "Bellevue");
	ptrdiff_t at = str_find(a.body, S("/algorithmes/tirages/"));
	assert_true(at >= 0);
	str rest = str_slice(a.body, (size_t)at, a.body.n), path;
	assert_true(str_next(&rest, '"', &path));
	const char *record = str_z(unit_arena(1 << 10), path);
	str id = str_slice(path, 21, path.n - 5);
	expect_text(get("/algorithmes/tirages.json"), record);
	expect_text(get(record), "\"graine\":null");
	struct arena *m = unit_arena(1 << 12);
	const char *reveal = str_printf(m, "geste=reveler&tirage=%.*s", STR_ARG(id)).p;
	expect_status(fill("/agent/attributions/tirages", reveal), 404);
	expect_status(fill("/agent/attributions/tirages", str_printf(m, "geste=fermer&tirage=%.*s&liste=d2%%0Ad2", STR_ARG(id)).p), 422);
	expect_status(fill("/agent/attributions/tirages", str_printf(m, "geste=fermer&tirage=%.*s&liste=d2%%0Ad1", STR_ARG(id)).p), 303);
	expect_text(get(record), "\"liste\":[\"d1\",\"d2\"]");
	expect_text(get(record), "\"graine\":null");
	expect_status(fill("/agent/attributions/tirages", reveal), 303);
	a = get(record);
	at = str_find(a.body, S("\"graine\":\""));
	assert_true(at >= 0);
	str seed = str_slice(a.body, (size_t)at + 10, (size_t)at + 10 + DRAW_SEED);
	expect_text(a, draw_commitment(m, seed).p);
	ask_as(given_account("eve@ailleurs.example", "Eve", given_organisation("Ailleurs"), ROLE_PROGRAMME_OFFICER));
	expect_status(fill("/agent/attributions/tirages", reveal), 404);
}

#define SCHOOLS "ecoles=ecole;poids%0AA;200%0AB;100"
#define FILES "dossiers=id;ecole;enfants;appareils%0A1;A;2;aucun%0A2;A;3;partage%0A3;B;1;plusieurs%0A4;B;;"
#define LISTS "quantite=1&" SCHOOLS "&" FILES

TEST(a_rule_is_tried_on_pasted_files_beside_another)
{
	given_programme();
	expect_status(get("/agent/attributions/essai"), 200);
	struct answer a = fill("/agent/attributions/essai", LISTS "&geste=voir&dossier=2");
	expect_status(a, 200);
	expect_text(a, "proposé : 1, liste d’attente : 1, à compléter : 1, pas sur la liste : 1");
	expect_text(a, "Il manque 10 points pour rejoindre le dernier dossier proposé.");
	expect_text(a, "On ne sait pas encore : Connexion à Internet.");
	const char *rule = location(fill("/agent/attributions/regles", "geste=copier"));
	expect_status(fill(rule, str_z(unit_arena(1 << 14), str_replace(unit_arena(1 << 14), str_replace(unit_arena(1 << 14), str_c(typed("enfant", "20")),
		S("enfants_au_plus=20"), S("enfants_au_plus=90")), S("total_au_plus=100"), S("total_au_plus=200")))), 303);
	struct arena *m = unit_arena(1 << 12);
	str id = str_slice(str_c(rule), strlen("/agent/attributions/regles/"), strlen(rule));
	a = fill("/agent/attributions/essai", str_printf(m, "%s&geste=voir&autre=%.*s", LISTS, STR_ARG(id)).p);
	expect_text(a, "Avec l’autre règle, 2 dossiers changent.");
	a = fill("/agent/attributions/essai", str_printf(m, "%s&geste=csv&autre=%.*s", LISTS, STR_ARG(id)).p);
	expect_text(a, "1;A;50;1;propose;80;2;attente");
	a = fill("/agent/attributions/essai", "geste=voir&quantite=1&" SCHOOLS "&dossiers=id;ecole;handicap%0A1;A;oui");
	expect_status(a, 422);
	expect_text(a, "La colonne « handicap » est inconnue");
	a = fill_file("/agent/attributions/essai", "geste=voir&quantite=1&ecoles=ecole;poids\nA;200\nB;100", "fichier", "f.csv", S("id;ecole\n1;Z\n"));
	expect_status(a, 422);
	expect_text(a, "L’école Z n’est pas parmi celles qui ont une part.");
}
