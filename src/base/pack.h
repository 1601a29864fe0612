/* Typed values in a message between our own processes: numbers are 8 bytes little-endian, texts a length and bytes. What is
 * read may come from a process that has been broken into: every read is checked, and an error stays until the end. */
#ifndef GABARE_PACK_H
#define GABARE_PACK_H

#include "base/buf.h"

void pack_i64(struct buf *b, i64 v);
void pack_f64(struct buf *b, double v);
void pack_str(struct buf *b, str s);             /* absent is kept apart from empty */

struct unpack { str rest; bool bad; };           /* bad: something was cut or malformed; what is read after is zero or absent */

i64 unpack_i64(struct unpack *u);
double unpack_f64(struct unpack *u);
str unpack_str(struct unpack *u);                /* points into the message */
/* True when all was read and nothing was bad. */
bool unpack_done(const struct unpack *u);

#endif
