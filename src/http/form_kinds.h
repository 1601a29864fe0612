/* The readers of each kind of field (form_kinds.c), behind form.c. */
#ifndef GABARE_FORM_KINDS_H
#define GABARE_FORM_KINDS_H

#include "http/form.h"

/* What a reader works on. */
struct reading {
	struct req *req;
	const struct view *view;                 /* for the words */
	const struct field *f;
	const struct pairs *in;
	struct form_value *out;                  /* its text is what was typed, cleaned */
	str fault;                               /* absent: none */
};

/* What was typed, with control characters out (line ends too, unless `lines`) and no space around. */
str field_clean(struct arena *a, str s, bool lines);
/* A date in three fields ("name-jour", "name-mois", "name-annee") as one text; absent when none was filled in. A missing part
 * is a fault. */
str field_date_of_three(struct reading *r);
/* Fills r->out from its text, or says in r->fault what is wrong with it. */
void field_read(struct reading *r);

#endif
