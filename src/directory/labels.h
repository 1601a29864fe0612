/* The schema's values in plain words, and the short names that URLs use for them. */
#ifndef GABARE_DIRECTORY_LABELS_H
#define GABARE_DIRECTORY_LABELS_H

#include "directory/place.h"
#include "http/form.h"

/* Choices of the search form: URL names with labels, then the schema's own values, accepted but not offered (label NULL). */
extern const struct choice service_choices[], public_choices[], frais_choices[];
extern const struct choice need_choices[], access_choices[], accompaniment_choices[], language_choices[], pass_choices[], step_free_choices[];

/* The form fields that ask for traits (traits.h), and the field of a place each looks at. Ends with a NULL name. */
extern const struct trait_field { const char *name; enum place_field field; } trait_fields[];
/* All the traits asked for in a form. */
i64 traits_asked(const struct req *req);

/* The schema's mask for choices made in a form field ("demarches", or the schema's value). */
i64 choices_mask(const struct req *req, const char *name, enum place_field f);

/* The schema's values for choices made in a form field, joined by '|'; those of `now` that the form does not offer stay. */
str choices_values(const struct req *req, const char *name, enum place_field f, str now);

/* The values of a list field in plain words of the view's language; values without a label come as they are. */
struct labels { str *v; size_t n; };
struct labels *labels_of(const struct view *v, const struct place *p, enum place_field f);
/* The ways in, in the schema's order; "telephone first" only where one must. */
const struct labels *access_labels(const struct view *v, const struct place *p);
/* What to bring, by what one is helped with there. */
const struct labels *bring_labels(const struct view *v, const struct place *p);
/* The kinds of a place ("Association, médiathèque"); empty when unknown. */
str place_kinds(const struct view *v, const struct place *p);
/* The names of languages by their ISO codes, joined. */
str language_names(const struct view *v, str codes);

#endif
