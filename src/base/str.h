/* Strings are {pointer, length}: bytes of UTF-8, not NUL-terminated, never owned by the struct. A str whose p is NULL is
 * "absent" (SQL NULL); S("") is present and empty. Nothing here allocates unless it takes an arena. */
#ifndef GABARE_STR_H
#define GABARE_STR_H

#include "base/base.h"

struct arena;

typedef struct str { const char *p; size_t n; } str;

/* A literal as a str. */
#define S(literal) ((str){ "" literal, sizeof(literal) - 1 })
/* The same for static initializers. */
#define S_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* For "%.*s". */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

str str_c(const char *z);                        /* of a NUL-terminated string (NULL: absent) */
bool str_eq(str a, str b);                       /* absent equals empty */
bool str_ieq(str a, str b);                      /* ASCII case-insensitive */
int str_cmp(str a, str b);                       /* bytewise, like memcmp */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
ptrdiff_t str_find(str hay, str needle);         /* offset of the first occurrence, -1 if none */
ptrdiff_t str_find_byte(str hay, char c);
str str_slice(str s, size_t from, size_t to);    /* clamped to the string */
str str_trim(str s);                             /* ASCII white space and U+00A0, U+FEFF off both ends */
/* Cuts *rest at the next `sep`: returns what stands before it and moves *rest past it. False when *rest is exhausted
 * (absent). "a|b|" gives "a", "b", "". */
bool str_next(str *rest, char sep, str *ret_part);
/* Whole decimal integer with optional sign, nothing else around. False on anything else or overflow. */
bool str_i64(str s, i64 *ret);
/* Plain decimal number: sign, digits, optional '.' and digits; no exponent, no locale. */
bool str_f64(str s, double *ret);

str str_copy(struct arena *a, str s);            /* NUL-terminated copy */
const char *str_z(struct arena *a, str s);       /* NUL-terminated copy, as char *; "" when absent */
str str_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
str str_join(struct arena *a, const str *parts, size_t n, str sep);
str str_lower(struct arena *a, str s);           /* A to Z only */
str str_replace(struct arena *a, str s, str from, str to);

#endif
