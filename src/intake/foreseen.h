/* What an upload would make of each place: written down while it is checked, shown and given as CSV afterwards. */
#ifndef GABARE_INTAKE_FORESEEN_H
#define GABARE_INTAKE_FORESEEN_H

#include "base/buf.h"
#include "directory/directory.h"

#define FORESEEN_PLACES 5000                     /* written down at most; the counts go on */
#define FORESEEN_BYTES ((size_t)3 << 20)

/* Adds one place; false when there is no more room. Beginnings of texts only: 400 bytes a value. */
bool foreseen_pack(struct buf *b, const struct place_foreseen *f);

#endif
