/* Content codings: which one a client wants, and the coding itself. Levels are chosen so that no answer waits over ~20 ms. */
#ifndef GABARE_COMPRESS_H
#define GABARE_COMPRESS_H

#include "base/arena.h"

enum coding { CODING_IDENTITY, CODING_GZIP, CODING_BROTLI, CODING_COUNT };

/* The best coding of an Accept-Encoding header's value (absent: identity): highest q first, then brotli, then gzip. */
enum coding coding_choose(str accept_encoding);
const char *coding_name(enum coding c);          /* "br", "gzip"; NULL for identity */
/* True when compressing may gain something: a textual type, and more than a packet's crumbs. */
bool coding_worth(str content_type, size_t n);
/* The body coded, in the arena; absent when that would not make it smaller. `kept`: it will be sent many times, so that a
 * few milliseconds may be spent on it. */
str coding_apply(struct arena *a, enum coding c, str body, bool kept);

#endif
