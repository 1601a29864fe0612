/* Words that people use one for another when they look for help. */
#ifndef GABARE_DIRECTORY_SYNONYMS_H
#define GABARE_DIRECTORY_SYNONYMS_H

#include "base/arena.h"

/* The words to look for besides `word` (folded): at most `max` of them into ret, which is how many it returns. Static text. */
size_t synonyms_of(str word, str *ret, size_t max);

#endif
