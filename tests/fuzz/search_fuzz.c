/* What is typed in a search: its words and index terms are plain, so that they can stand in the query languages of both engines;
 * a text is found by each of its own words. */
#include "fuzz.h"

#include "base/utf8.h"
#include "directory/search.h"

/* Terms between single spaces, of characters that neither FTS5 nor tsquery gives a meaning to. */
static void check_terms(str terms)
{
	str rest = terms, term;
	must_hold(utf8_valid(terms));
	while (rest.n && str_next(&rest, ' ', &term)) {
		must_hold(term.n > 0);
		for (size_t i = 0; i < term.n; i++)
			must_hold((u8)term.p[i] > ' ' && term.p[i] != 0x7F && !strchr("\"'\\()*:&|!<>^{}", term.p[i]));
	}
}

static bool holds(str terms, str wanted)
{
	str rest = terms, term;
	while (rest.n && str_next(&rest, ' ', &term))
		if (str_eq(term, wanted))
			return true;
	return false;
}

FUZZ(a, in)
{
	if (!utf8_valid(in))
		return;
	str words = search_words(a, in), stems = search_stems(a, in), rest = words, word;
	check_terms(words);
	check_terms(stems);
	check_terms(search_commune_key(a, in));
	for (int i = 0; i < 500 && rest.n && str_next(&rest, ' ', &word); i++)
		must_hold(holds(stems, word));
}
