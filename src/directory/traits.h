/* What more places are chosen by: one bit for each value, so that one comparison says whether a place has all that is asked. */
#ifndef GABARE_DIRECTORY_TRAITS_H
#define GABARE_DIRECTORY_TRAITS_H

#include "directory/place.h"

/* The bits of a place: whom it is ready to welcome, how one comes, how one is helped, the pass, the step-free door, languages. */
i64 place_traits(const struct place *p);
/* All the bits of one of these fields. */
i64 trait_group(enum place_field f);
/* The bits of values ("a|b") of one of these fields; 0 for a value that has none. */
i64 trait_mask(enum place_field f, str list);

#endif
