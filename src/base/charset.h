/* Texts that are not in UTF-8, or were taken for something else on their way. */
#ifndef GABARE_CHARSET_H
#define GABARE_CHARSET_H

#include "base/arena.h"

enum charset { CHARSET_UTF8, CHARSET_WINDOWS_1252, CHARSET_UTF16_LE, CHARSET_UTF16_BE };

/* What a text tells of itself, piece by piece: sequences of UTF-8, and bytes that are none. */
struct charset_count { size_t good, bad; int wanted; };
void charset_count(struct charset_count *c, str piece);
/* UTF-8 unless the bytes outside ASCII mostly say otherwise: one bad byte in a good text is a fault of that text. */
enum charset charset_told(const struct charset_count *c);

/* Turns pieces into UTF-8; what a piece leaves unfinished is kept for the next one. U+FFFD for what is nothing. */
struct charset_reading { enum charset from; u16 high; int half; };        /* half: -1, or the first byte of a unit */
struct charset_reading charset_reading(enum charset from);
/* `out` has room for 3 bytes for each of the piece and 4 more; how many were written. Not for UTF-8. */
size_t charset_read(struct charset_reading *r, str piece, char *out);

/* "Ã©" back to "é": a text in UTF-8 that was read as Windows-1252. False: it is not one, and *ret is not set. */
bool utf8_mend(struct arena *a, str s, str *ret);

#endif
