/* What a note must not hold, told before it is saved. Nothing of the text is kept or logged. */
#ifndef GABARE_PEOPLE_WARN_H
#define GABARE_PEOPLE_WARN_H

#include "base/arena.h"

enum note_warning {
	WARN_NIR,                                /* a number of the national registry, its key being right */
	WARN_CARD,                               /* a payment card, by Luhn's sum */
	WARN_IBAN,                               /* by its sum of 97 */
	WARN_PASSWORD, WARN_HEALTH, WARN_ORIGIN, WARN_TAX,
	WARN_COUNT
};

/* One bit each. */
u32 note_warnings(struct arena *a, str text);
/* What is said of one: a msgid. */
const char *note_warning_text(enum note_warning w);

#endif
