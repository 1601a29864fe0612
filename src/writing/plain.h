/* Long sentences of the simple version, counted as po/plain.awk counts them: what a coordinator writes is told the same as what we do. */
#ifndef GABARE_WRITING_PLAIN_H
#define GABARE_WRITING_PLAIN_H

#include "base/arena.h"

#define PLAIN_WORDS 12

struct long_sentence { size_t line, words; str text; };
struct long_sentences { struct long_sentence *v; size_t n; };
/* The sentences of more than PLAIN_WORDS words. A line's end, and a colon, end a sentence; links read as their words; what is between
 * stars is a name, one word. */
struct long_sentences plain_long_sentences(struct arena *a, str text);

#endif
