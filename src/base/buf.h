/* The one builder of text. It grows in its arena up to a maximum given at creation; past it, nothing more is written and
 * `full` stays set, to be checked once at the end. */
#ifndef GABARE_BUF_H
#define GABARE_BUF_H

#include "base/arena.h"

struct buf { struct arena *a; char *p; size_t n, cap, max; bool full; };

/* An empty builder of at most `max` bytes. */
struct buf buf_new(struct arena *a, size_t max);
void buf_put(struct buf *b, str s);
void buf_byte(struct buf *b, char c);
void buf_i64(struct buf *b, i64 v);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Room for n more bytes, to be written by the caller and then counted with b->n += used; NULL when over the maximum. */
char *buf_room(struct buf *b, size_t n);
str buf_str(const struct buf *b);                /* what was written; lives in the arena */

#endif
