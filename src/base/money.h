/* Money is int64 cents of euro, with checked arithmetic: an overflow is a defect and aborts. */
#ifndef GABARE_MONEY_H
#define GABARE_MONEY_H

#include "base/arena.h"

typedef i64 cents;

cents cents_add(cents a, cents b);
cents cents_sub(cents a, cents b);
cents cents_times(cents a, i64 n);
/* "1 234,56 €" with no-break spaces (U+202F in thousands, U+00A0 before €). */
str cents_fr(struct arena *a, cents v);
/* Reads "12", "12,5", "12.50", "1 234,56 €". False on anything else or beyond ±9 trillion euros. */
bool cents_parse(str s, cents *ret);

#endif
