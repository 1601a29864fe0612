/* A set of index terms that keeps their order of arrival. Shared by the two halves of the search (text, query). */
#ifndef GABARE_DIRECTORY_TERMS_H
#define GABARE_DIRECTORY_TERMS_H

#include "base/arena.h"

struct terms { struct arena *a; str *v; size_t n, cap; u32 *slot; };

/* An empty set; it keeps at most cap / 2 terms (cap: a power of two) and ignores more. */
struct terms terms_new(struct arena *a, size_t cap);
void terms_add(struct terms *t, str term);       /* a copy; nothing when it is there already */
/* A word with its stem. Words come folded: what is typed without accents finds what is written with them. */
void terms_add_forms(struct terms *t, str word);

#endif
