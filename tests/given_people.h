/* Households, for page tests. */
#ifndef GABARE_GIVEN_PEOPLE_H
#define GABARE_GIVEN_PEOPLE_H

#include "given.h"

/* A household of an organisation: an adult ("Leïla Benali", with a telephone), a child, an address, a note; its public id. */
str given_household(i64 organisation, const char *given, const char *family, const char *phone);
/* The file is open to another organisation until then (ms). */
void given_share(str household, i64 with, i64 until);

#endif
