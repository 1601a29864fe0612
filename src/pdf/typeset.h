/* French typography, and French inside other scripts. */
#ifndef GABARE_PDF_TYPESET_H
#define GABARE_PDF_TYPESET_H

#include "html/i18n.h"

/* Spaces that must not break, as French wants them: thin before ; ! ? and inside « », plain before : and units; curly apostrophes;
 * three dots in one. What is already so stays. Other languages: the text itself. */
str pdf_typeset(struct arena *a, enum lang l, str s);
/* French words as they stand in a document of language l: typeset, and kept in their own direction inside Arabic. */
str pdf_french(struct arena *a, enum lang l, str s);

#endif
