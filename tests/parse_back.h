/* A small HTML reader of our own, for tests: what a browser would make of escaped text, so that escapers are checked against
 * the meaning of their output and not against themselves. Shared by unit tests and the fuzzer. */
#ifndef GABARE_PARSE_BACK_H
#define GABARE_PARSE_BACK_H

#include "base/arena.h"

/* The characters that `html` stands for between tags; absent when it is more than plain text (a "<", a bare "&"). */
str parse_back_text(struct arena *a, str html);
/* The same inside a double-quoted attribute; absent when it would leave it. */
str parse_back_attr(struct arena *a, str html);
/* The same of a URL in such an attribute: references read, then percent-decoded. */
str parse_back_url(struct arena *a, str html);

#endif
