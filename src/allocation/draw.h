/* The draw that breaks ties, which anybody can do again. A seed of 64 hexadecimal digits is made in secret; its SHA-256 (of these 64
 * bytes of text) is published before the list closes; the seed itself afterwards. A file's key is HMAC-SHA-256 with the seed's text as
 * key and the file's public id as message; among equals, the smallest key comes first. With the usual tools:
 *
 *   printf %s "$SEED" | sha256sum                          the commitment
 *   printf %s "$ID" | openssl dgst -sha256 -hmac "$SEED"   the key of a file */
#ifndef GABARE_ALLOCATION_DRAW_H
#define GABARE_ALLOCATION_DRAW_H

#include "base/arena.h"

#define DRAW_SEED 64                             /* hexadecimal digits */
#define DRAW_KEY 32                              /* bytes */

/* A new one, that nobody could guess. */
str draw_seed(struct arena *a);
bool draw_is_seed(str s);                        /* 64 small hexadecimal digits */
str draw_commitment(struct arena *a, str seed);
void draw_key(str seed, str id, u8 ret[DRAW_KEY]);
str draw_hex(struct arena *a, const u8 *bytes, size_t n);
/* SHA-256 of a text, in hexadecimal. */
str draw_digest(struct arena *a, str text);

#endif
