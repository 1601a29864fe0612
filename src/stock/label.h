/* The code on a device's label: "P", six signs at random, one that checks them. */
#ifndef GABARE_STOCK_LABEL_H
#define GABARE_STOCK_LABEL_H

#include "base/arena.h"

#define LABEL_SIGNS 8

/* A new one: "P7K24QXM". */
str label_new(struct arena *a);
/* Of six bytes, five bits each. */
str label_of_bits(struct arena *a, const u8 bits[6]);
/* A code as typed ("p7k2 4qxm", or the address that a telephone reads on the label) in the one form; false: a sign is wrong, missing or too many. */
bool label_read(struct arena *a, str typed, str *ret);

#endif
