/* Codes that people copy from paper. */
#ifndef GABARE_CODE_H
#define GABARE_CODE_H

#include "base/arena.h"

/* `groups` groups of four signs joined by "-", five random bits each: no 0, 1, I or O. `bits` has 4 × groups bytes at least. */
str code_of_bits(struct arena *a, str bits, size_t groups);
/* A code as typed, small letters and spaces and hyphens or not, in the one form that is compared. */
str code_plain(struct arena *a, str typed);

#endif
