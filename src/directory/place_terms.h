/* The spellings of the schema's vocabularies that circulate: case, accents, apostrophes and spacing differ, and the files
 * of 2022–2023 (v0.1.1 and its neighbours) use other terms, one of which may mean several values of several columns. */
#ifndef GABARE_DIRECTORY_PLACE_TERMS_H
#define GABARE_DIRECTORY_PLACE_TERMS_H

#include "directory/place.h"

/* Columns that share their terms: a value of "prise_en_charge_specifique" found under "publics_accueillis" is at home. */
enum term_family {
	TERMS_NONE = 0, TERMS_SERVICES, TERMS_PUBLICS, TERMS_FRAIS, TERMS_LABELS, TERMS_ACCES, TERMS_ACCOMPAGNEMENT,
	TERMS_ITINERANCE, TERMS_TYPOLOGIE, TERMS_LANGUES,
};

struct place_term { enum place_field field; const char *value; };
#define PLACE_TERM_MAX 2

/* What `written` means. False when it is no known term; true with *ret_n == 0 when it is known and says nothing to store
 * ("Adultes": everyone is welcome by default). The values have static storage. */
bool place_term(struct arena *a, enum term_family family, str written, struct place_term ret[PLACE_TERM_MAX], size_t *ret_n);
/* The same for a term followed by " : " and its explanation, as v0.1.1 writes them. */
bool place_term_explained(struct arena *a, enum term_family family, str written, struct place_term ret[PLACE_TERM_MAX], size_t *ret_n);
/* The value of the family nearest to `written`, when one is near enough to be what was meant; else NULL. */
const char *place_term_near(struct arena *a, enum term_family family, str written);
/* Letters and digits of s, folded: what spellings are compared by. */
str place_term_key(struct arena *a, str s);

#endif
