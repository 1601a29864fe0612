/* Strings as words: near ones and where they stand in an order, their kinds, a hash; the separator of a table. */
#ifndef GABARE_WORDS_H
#define GABARE_WORDS_H

#include "base/str.h"

/* At most one insertion, deletion, substitution or exchange of neighbours between a and b (bytes). */
bool str_near(str a, str b);
/* Where the words with at most one error stand in two ordered lists, of words and of reversed words: one error leaves the first or
 * the last half whole. Each of `w`'s neighbours is in [head, past_head) of the one or [tail, past_tail) of the other. ASCII. */
struct str_halves { str head, past_head, tail, past_tail; };
struct str_halves str_halves(struct arena *a, str w);
bool str_ascii(str s);                           /* no byte above 0x7F */
bool str_digits(str s);                          /* digits only, at least one */
str str_reversed(struct arena *a, str s);        /* bytewise */
u64 str_hash(str s);                             /* FNV-1a, folded: for tables in memory whose size is bounded */
/* What separates the cells of a CSV: comma, semicolon or tab, the one that its first line holds most outside quotes. */
char str_csv_delimiter(str head);

#endif
