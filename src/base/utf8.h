/* UTF-8: checking, walking, folding. Folded text is what searches and comparisons of names use. */
#ifndef GABARE_UTF8_H
#define GABARE_UTF8_H

#include "base/arena.h"

bool utf8_valid(str s);                          /* well-formed, no surrogates, no overlong forms, no NUL */
/* Takes one code point off *rest; U+FFFD for a malformed byte. False at the end. */
bool utf8_next(str *rest, u32 *ret_cp);
size_t utf8_length(str s);                       /* code points */
size_t utf8_encode(u32 cp, char out[4]);         /* bytes written */
/* Lower case, accents and ligatures taken off (é→e, œ→oe, Æ→ae, ß→ss), curly apostrophes to ', every kind of space to one
 * space; other scripts lower-cased where simple. */
str utf8_fold(struct arena *a, str s);
/* The first `n` code points of s. */
str utf8_prefix(str s, size_t n);
/* The first words of s, of at most `n` code points together, one space between them. */
str utf8_words(struct arena *a, str s, size_t n);

#endif
