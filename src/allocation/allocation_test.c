/* Allocation by examples: its vocabulary, its words, its draw as other tools compute it, and what readers refuse. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "allocation/allocation.h"

#define SEED "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct alloc_fault fault;

static const char *says(void)
{
	struct arena *a = unit_arena(1 << 12);
	return str_z(a, alloc_fault_words(a, LANG_FR, &fault));
}

TEST(the_vocabulary_has_nothing_on_health_disability_or_nationality)
{
	static const char *const never[] = { "sant", "handicap", "malad", "mdph", "aah", "national", "étrang", "etrang", "séjour", "sejour", "origin", "naiss",
		"relig", "langue", "sexe", "genre", "syndic", "politi" };
	struct arena *a = unit_arena(1 << 16);
	for (size_t i = 0; i < (size_t)FACTS + PARAMS; i++) {
		const char *code = i < FACTS ? fact_kinds[i].code : param_kinds[i - FACTS].code, *label = i < FACTS ? fact_kinds[i].label : param_kinds[i - FACTS].label;
		str words = str_lower(a, str_printf(a, "%s %s", code, label));
		for (size_t k = 0; k < lengthof(never); k++)
			if (str_find(words, str_c(never[k])) >= 0)
				fail_msg("%s speaks of %s", code, never[k]);
	}
	struct alloc_input in = { .n_files = 0 };
	assert_err(alloc_read_files(a, S("id;ecole;handicap\nd1;e1;oui\n"), &in, &fault), INVALID);
	assert_string_equal(says(), "Ligne 1\u00a0: La colonne «\u00a0handicap\u00a0» est inconnue, ou là deux fois.");
}

TEST(points_are_said_line_by_line_and_what_is_unknown_is_not_no)
{
	struct arena *a = unit_arena(1 << 16);
	struct view v = { .a = a, .lang = LANG_FR };
	i64 facts[FACTS] = { 2, 3, FACT_UNKNOWN, 200, 1, 0, 0, 0 };
	struct alloc_words w = points_words(&v, params_default(), facts);
	assert_str(w.v[FACT_CHILDREN], "Enfants à l’école\u00a0: 2\u00a0: 10 points");
	assert_str(w.v[FACT_DEVICES], "Ordinateurs et tablettes\u00a0: aucun appareil\u00a0: 40 points");
	assert_str(w.v[FACT_CONNECTION], "Connexion à Internet\u00a0: on ne sait pas\u00a0: 0 point");
	assert_int_equal(facts_points(params_default(), facts), 60);
	w = change_words(&v, params_default(), facts);
	assert_str(w.v[0], "On ne sait pas encore\u00a0: Connexion à Internet. Cela compte zéro point tant qu’on ne sait pas.");
	bool said = false;
	for (size_t i = 0; i < w.n; i++)
		said |= str_eq(w.v[i], S("Connexion à Internet, si c’était «\u00a0aucune connexion\u00a0»\u00a0: 15 points de plus."));
	assert_true(said);
	assert_str(w.v[1], "Avec plusieurs appareils, ce foyer ne serait pas sur la liste.");
}

TEST(a_set_of_parameters_is_read_with_its_errors_by_line_and_name)
{
	struct arena *a = unit_arena(1 << 18);
	struct params p;
	str json = params_json(a, params_default()), why, bad;
	assert_ok(params_read(a, json, &p, &why));
	assert_true(str_eq(params_json(a, &p), json));
	bad = str_replace(a, json, S(",\"aucun_appareil\":40"), S(",\n\"aucun_appareil\":4"));
	assert_err(params_read(a, bad, &p, &why), INVALID);
	assert_str(why, "line 2, aucun_appareil: A greater need cannot give fewer points.");
	assert_err(params_read(a, str_replace(a, json, S("\"cm\":10"), S("\"cm\":10,\"sante\":3")), &p, &why), INVALID);
	assert_str(why, "line 1, sante: there is no parameter of this name");
	assert_err(params_read(a, str_replace(a, json, S("2026-01-01"), S("2026-13-01")), &p, &why), INVALID);
	assert_true(str_starts(why, S("line 1, debut: ")));
	assert_err(params_read(a, S("{\n\n,"), &p, &why), INVALID);
	assert_true(str_starts(why, S("line 3: ")));
}

/* What a shell command prints first. */
static str printed(struct arena *a, const char *command)
{
	char *line = arena_alloc(a, 200);
	FILE *p = popen(command, "re");
	if (!p || !fgets(line, 200, p) || pclose(p) != 0)
		fail_msg("%s: does not run", command);
	return str_trim(str_c(line));
}

TEST(the_draw_is_done_again_with_sha256sum_and_openssl)
{
	struct arena *a = unit_arena(1 << 16);
	u8 key[DRAW_KEY];
	str commitment = printed(a, "printf %s " SEED " | sha256sum"), hmac = printed(a, "printf %s dossier-7 | openssl dgst -sha256 -hmac " SEED);
	assert_true(str_starts(commitment, draw_commitment(a, S(SEED))));
	draw_key(S(SEED), S("dossier-7"), key);
	assert_true(str_ends(hmac, draw_hex(a, key, DRAW_KEY)));
	assert_false(str_eq(draw_seed(a), draw_seed(a)));
	assert_true(draw_is_seed(draw_seed(a)));
	assert_false(draw_is_seed(S("00")));
}

TEST(a_wave_is_shared_ranked_and_explained)
{
	struct arena *a = unit_arena(1 << 20);
	struct view v = { .a = a, .lang = LANG_FR };
	struct alloc_run r;
	struct alloc_input in = { .params = params_default(), .quantity = 3, .seed = S(SEED) };
	assert_ok(alloc_read_schools(a, S("ecole;poids;minimum\nA;200;\nB;100;1\nC;10;\n"), &in, &fault));
	assert_ok(alloc_read_files(a, S("id,ecole,enfants,appareils\n\n"
		"1,A,2,aucun\n2,A,1,partage\n3,A,1,partage\n4,B,3,plusieurs\n5,B,0,\n6,C,1,aucun\n"), &in, &fault));
	assert_ok(alloc_run(a, &in, &r, &fault));
	assert_int_equal(r.schools[0].quota, 2);
	assert_int_equal(r.schools[1].quota, 1);
	assert_int_equal(r.schools[2].quota, 0);
	assert_int_equal(r.unused, 1);
	assert_str(r.lines[0].file->id, "1");
	assert_str(rank_words(&v, &r, &r.lines[0]).v[0], "Ce dossier a 50 points. Il est au rang 1 sur 3 dans l’école A.");
	struct alloc_words w = rank_words(&v, &r, &r.lines[2]);
	assert_int_equal(r.lines[2].state, ALLOC_WAITING);
	assert_str(w.v[2], "1 autre dossier de l’école a autant de points\u00a0: un tirage au sort public a fait l’ordre.");
	assert_str(w.v[3], "Le dernier dossier proposé a autant de points\u00a0: le tirage a décidé.");
	assert_str(r.lines[3].file->id, "4");
	assert_int_equal(r.lines[3].state, ALLOC_REFUSED);
	assert_int_equal(r.lines[4].state, ALLOC_INCOMPLETE);
	assert_str(rank_words(&v, &r, &r.lines[4]).v[0], "Il manque des réponses. Avec ce qu’on sait, ce dossier a 0 point\u00a0; il en faut 10 points.");
	in.second = true;
	assert_ok(alloc_run(a, &in, &r, &fault));
	assert_int_equal(r.schools[0].places, 3);
	assert_int_equal(r.schools[1].places, 0);
	assert_int_equal(r.unused, 0);
}

TEST(what_cannot_be_read_is_named_with_its_line)
{
	struct arena *a = unit_arena(1 << 18);
	struct alloc_run r;
	struct alloc_input in = { .params = params_default(), .quantity = 3, .seed = S(SEED) };
	static const struct { const char *csv, *why; } files[] = {
		{ "", "Ligne 1\u00a0: Il n’y a rien à lire." }, { "id;enfants\n", "Ligne 1\u00a0: La colonne «\u00a0ecole\u00a0» manque." },
		{ "id;ecole;enfants\n1;A;deux\n", "Ligne 2\u00a0: «\u00a0deux\u00a0» ne va pas dans sa colonne." },
		{ "id;ecole;enfants\n\n1;A;-1\n", "Ligne 3\u00a0: «\u00a0-1\u00a0» ne va pas dans sa colonne." },
		{ "id;ecole\n1;A;3\n", "Ligne 2\u00a0: Il n’y a pas autant de cases que de colonnes." },
		{ "id;ecole\nÉlodie Durand;A\n",
			"Ligne 2\u00a0: «\u00a0Élodie Durand\u00a0» n’est pas un numéro de dossier ni d’école\u00a0: des lettres sans accent et des chiffres, sans espace." },
	};
	for (size_t i = 0; i < lengthof(files); i++) {
		assert_err(alloc_read_files(a, str_c(files[i].csv), &in, &fault), INVALID);
		assert_string_equal(says(), files[i].why);
	}
	assert_ok(alloc_read_schools(a, S("ecole;poids\nA;1\n"), &in, &fault));
	assert_ok(alloc_read_files(a, S("id;ecole\n1;A\n1;A\n"), &in, &fault));
	assert_err(alloc_run(a, &in, &r, &fault), INVALID);
	assert_string_equal(says(), "Le dossier 1 est là deux fois.");
	assert_ok(alloc_read_files(a, S("id;ecole\n1;B\n"), &in, &fault));
	assert_err(alloc_run(a, &in, &r, &fault), INVALID);
	assert_string_equal(says(), "L’école B n’est pas parmi celles qui ont une part.");
	assert_ok(alloc_read_schools(a, S("ecole;poids;minimum\nA;1;4\n"), &in, &fault));
	in.n_files = 0;
	assert_err(alloc_run(a, &in, &r, &fault), INVALID);
	assert_string_equal(says(), "Les minimums des écoles dépassent la quantité.");
	assert_err(alloc_replay(a, S("{}"), &fault), INVALID);
}
