/* After-sales, for page tests. */
#ifndef GABARE_GIVEN_CARE_H
#define GABARE_GIVEN_CARE_H

#include "given_files.h"

/* Adds a computer to an organisation's stock; its id. */
i64 given_device(i64 organisation, const char *model);
/* The file of given_file() has a computer, lent by its organisation; the computer's id. */
i64 given_equipped(i64 organisation);
/* A breakdown of it, open; its id. Twice: the same. */
i64 given_ticket(i64 organisation);

#endif
