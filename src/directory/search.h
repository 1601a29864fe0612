/* Searching for places by words. Texts become index terms in C, the same on both engines: folded (lower case, no accents),
 * each word as it is and in its stemmed forms (libstemmer, French), without the empty words ("de", "la"…).
 * A word of the query is looked for in all its forms; if none exists, in its one-error neighbours; synonyms are added. */
#ifndef GABARE_DIRECTORY_SEARCH_H
#define GABARE_DIRECTORY_SEARCH_H

#include "base/arena.h"

struct db;
struct place;

/* The words of a text: folded, unstemmed, in order, separated by one space; empty words left out. Goes to name_text. */
str search_words(struct arena *a, str text);
/* All index terms of a text, each once, separated by one space: words, their stems, "alis44" for "alis 44" and the reverse.
 * Goes to search_text; its distinct terms go to place_word. */
str search_stems(struct arena *a, str text);
/* What is searchable of a place, as one text for search_stems: name, commune, address, services, publics, presentation… */
str search_place_text(struct arena *a, const struct place *p);
/* A commune's name for comparison: folded words, "st" and "ste" in full. Goes to commune_key. */
str search_commune_key(struct arena *a, str commune);

/* A query made ready: for each of its words, the terms that satisfy it (any of them). */
struct search_word { str typed; str *terms; size_t n; bool corrected; size_t own; /* terms[own] is the first correction */ };
struct search_query { struct search_word *words; size_t n; };

/* Reads what was typed (at most 12 words are kept). Looks words up in place_word to correct typing errors. */
__attribute__((warn_unused_result)) enum err search_parse(struct db *db, str typed, struct search_query *ret);
/* The same query in the engine's own language: FTS5 MATCH, or tsquery. Absent when the query has no word. */
str search_match(struct db *db, const struct search_query *q);
/* Whether a search_text (or name_text) satisfies a word of the query. */
bool search_word_in(const struct search_word *w, str terms);

#endif
