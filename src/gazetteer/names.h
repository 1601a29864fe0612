/* Names of streets and areas as words to be compared. */
#ifndef GABARE_GAZETTEER_NAMES_H
#define GABARE_GAZETTEER_NAMES_H

#include "base/buf.h"

#define NAME_WORDS 16

struct name_words { str v[NAME_WORDS]; size_t n; };

/* The folded words of a name, without "de", "la" and the like, abbreviations in full ("bd", "st"). */
struct name_words name_words(struct arena *a, str name);
/* The same as a text, each part that is a name by itself ("Bellevue" in "Bellevue - Chantenay") ending with '|'. */
str name_parts(struct arena *a, str name);
/* "BASSE GOULAINE" → "Basse Goulaine"; a name with small letters stays. */
str name_title(struct arena *a, str name);

#endif
