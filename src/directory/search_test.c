/* What searching by words promises, on texts alone. */
#include "directory/search.h"
#include "unit.h"

static bool has(str terms, const char *term)
{
	for (str rest = terms, t; rest.n && str_next(&rest, ' ', &t);)
		if (str_eq(t, str_c(term)))
			return true;
	return false;
}

TEST(search_words_are_folded_and_without_empty_words)
{
	struct arena *a = arena_new(1 << 22);
	assert_str(search_words(a, S("L’Atelier « Œuvre » de la Bottière – n° 2")), "atelier oeuvre bottiere 2");
	assert_str(search_words(a, S("de la les")), "");
	assert_str(search_commune_key(a, S("ST-HERBLAIN")), "saint herblain");
	assert_str(search_commune_key(a, S("Sainte-Luce-sur-Loire")), "sainte luce sur loire");
	arena_free(a);
}

TEST(search_terms_meet_whatever_the_inflection)
{
	struct arena *a = arena_new(1 << 22);
	static const char *const pairs[][2] = {
		{"démarches administratives", "demarche administrative"}, {"réparation", "réparations"}, {"imprimer", "imprimé"},
		{"ordinateurs", "ordinateur"}, {"médiathèques", "mediatheque"}, {"formations", "formation"}, {"gratuite", "gratuit"},
		{"ateliers numériques", "atelier numerique"}, {"accompagnements", "accompagnement"},
	};
	for (size_t i = 0; i < lengthof(pairs); i++) {
		str one = search_stems(a, str_c(pairs[i][0])), other = search_stems(a, str_c(pairs[i][1]));
		bool meet = false;
		for (str rest = other, t; rest.n && str_next(&rest, ' ', &t);)
			meet |= has(one, str_z(a, t));
		if (!meet)
			fail_msg("%s does not meet %s", pairs[i][0], pairs[i][1]);
	}
	arena_free(a);
}

TEST(search_names_with_numbers_meet)
{
	struct arena *a = arena_new(1 << 22);
	assert_true(has(search_stems(a, S("ALIS44")), "alis"));
	assert_true(has(search_stems(a, S("Alis 44")), "alis44"));
	assert_true(has(search_stems(a, S("Nâga")), "naga"));
	arena_free(a);
}
