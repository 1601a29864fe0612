/* The words of a charter: their canonical form and its hash, what they may hold, and their blanks filled for one family. */
#ifndef GABARE_CHARTER_TEXT_H
#define GABARE_CHARTER_TEXT_H

#include "html/view.h"

#define CHARTER_HASH 32
#define CHARTER_TEXT_MAX 12000                   /* signs */

enum charter_blank { CB_FAMILY, CB_SCHOOL, CB_ASSOCIATION, CB_CITY, CB_ORGANISATION, CB_CAMPAIGN, CB_NUMBER, CB_FILE, CB_COUNT };
struct charter_blank_words { const char *name, *label; };      /* "famille", and a msgid that says what is put there */
extern const struct charter_blank_words charter_blanks[CB_COUNT];
struct charter_values { str v[CB_COUNT]; };

/* NFC, LF, no space at the end of a line, no empty line at the ends, one line feed at the end: two texts that read the same are the same. */
str charter_canonical(struct arena *a, str typed);
/* What is wrong with a canonical text, with its line and column, in the view's language; absent: nothing. */
str charter_fault(const struct view *v, str body);
/* Its blanks filled: what is put there is text, whatever signs it holds; in another language than French, it is a French name. */
str charter_fill(struct arena *a, str body, enum lang lang, const struct charter_values *values);

void charter_hash_of(str bytes, u8 ret[CHARTER_HASH]);
/* In hexadecimal, by groups of four; `short_` keeps the first four groups. */
str charter_hash_words(struct arena *a, str hash, bool short_);

#endif
