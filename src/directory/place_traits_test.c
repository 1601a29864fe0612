/* More to choose by: traits and areas, on the demonstration city. */
#include "given.h"
#include "db/db_test_tools.h"
#include "db/upkeep.h"
#include "directory/directory.h"
#include "directory/traits.h"

static i64 count(struct place_query q)
{
	i64 n = 0;
	assert_ok(directory_count(ask_db(), &q, &n));
	return n;
}

TEST(traits_have_a_bit_each_and_keep_within_their_group)
{
	assert_int_equal(trait_mask(P_PRISE_EN_CHARGE, S("Surdité")), 1);
	assert_int_equal(trait_mask(P_MODALITES_ACCES, S("Téléphoner")), 1 << 9);
	assert_int_equal(trait_mask(P_MODALITES_ACCOMPAGNEMENT, S("En autonomie|À distance")), 9 << 16);
	assert_int_equal(trait_mask(P_PASS_ACCEPTE, S("non")), 0);
	assert_int_equal(trait_mask(P_PLAIN_PIED, S("oui")), 1 << 25);
	assert_true(trait_mask(P_LANGUES, S("fr|fsl|xx")) == (((i64)1 << 32) | ((i64)1 << 49)));
	assert_int_equal(trait_mask(P_LANGUES, S("fsl")) & ~trait_group(P_LANGUES), 0);
}

TEST(traits_narrow_a_search_and_combine)
{
	given_demo();
	i64 all = count((struct place_query){0}), arabic = count((struct place_query){.traits = trait_mask(P_LANGUES, S("ar"))});
	i64 pass = count((struct place_query){.traits = trait_mask(P_PASS_ACCEPTE, S("oui"))});
	i64 both = count((struct place_query){.traits = trait_mask(P_LANGUES, S("ar")) | trait_mask(P_PASS_ACCEPTE, S("oui"))});
	assert_int_equal(all, 134);
	assert_int_equal(arabic, 49);
	assert_int_equal(pass, 19);
	assert_true(both > 0 && both < pass);
	struct answer a = get("/lieux?langue=ar&pass=oui&besoin=surdite");
	expect_status(a, 200);
	expect_text(a, "arabe");
	expect_text(a, "Le pass numérique est accepté");
	expect_text(a, "type=\"hidden\" name=\"langue\" value=\"ar\"");
	expect_text(a, "/chercher?langue=ar&amp;pass=oui&amp;besoin=surdite");
}

/* The statement with which the migration fills the traits of the places that were there before it. */
static const char *filling(struct arena *a)
{
	const struct migration *m = migrations;
	while (m->number && strcmp(m->name, "0005_traits") != 0)
		m++;
	const char *from = strstr(m->sql, "UPDATE place_version SET traits_mask"), *to = from ? strchr(from, ';') : NULL;
	assert_non_null(to);
	return str_z(a, str_printf(a, "UPDATE place_version SET traits_mask = 0; %.*s;", (int)(to - from), from));
}

TEST(traits_of_places_older_than_the_column_are_those_of_an_import)
{
	given_demo();
	struct place_list list;
	struct place_query all = {0};
	test_ddl(ask_db(), filling(unit_arena((size_t)64 << 10)));
	assert_ok(directory_page(ask_db(), &all, 0, 1000, &list));
	assert_int_equal(list.n, 134);
	for (i64 bit = 0; bit < 63; bit++) {
		i64 have = 0;
		for (size_t i = 0; i < list.n; i++)
			have += (place_traits(&list.v[i]) >> bit) & 1;
		assert_int_equal(count((struct place_query){.traits = (i64)1 << bit}), have);
	}
}

TEST(areas_narrow_a_search_in_pages_and_in_the_api)
{
	given_demo();
	struct answer a = get("/lieux?quartier=lavoirs-quartier-prioritaire-invente");
	expect_status(a, 200);
	expect_text(a, "/lieux/demo-002");
	a = get("/lieux?quartier=prioritaires");
	expect_status(a, 200);
	expect_text(a, "dans un quartier prioritaire");
	a = get("/lieux?quartier=bellevue-chantenay-sainte-anne&q=demarches");
	expect_status(a, 200);
	a = get("/lieux?quartier=xyzzy");
	expect_status(a, 400);
	expect_text(a, "Ce quartier n’est pas connu ici");
	expect_status(get("/api/v1/lieux.json?quartier=xyzzy"), 400);
	a = get("/api/v1/lieux.json?quartier=lavoirs-quartier-prioritaire-invente");
	expect_status(a, 200);
	expect_text(a, "demo-002");
	a = get("/chercher?quartier=prioritaires&service=demarches");
	expect_status(a, 200);
	expect_text(a, "<option value=\"prioritaires\" selected>");
	a = get("/chercher?rayon=5");
	expect_status(a, 400);
	expect_text(a, "Cette recherche n’est pas comprise");
}
