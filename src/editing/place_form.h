/* The fields by which a place is read and corrected, in groups: the agents' form shows all of them, the census one group at a time. */
#ifndef GABARE_EDITING_PLACE_FORM_H
#define GABARE_EDITING_PLACE_FORM_H

#include "directory/directory.h"
#include "html/escape.h"
#include "http/form.h"

extern const struct form_spec *const edit_spec;        /* of all of them (routes.c), named as in the schema */

enum edit_kind { EDIT_LINE, EDIT_LINES, EDIT_BOXES, EDIT_YES_NO };
struct edit_field { const char *name; str label; html hint; enum edit_kind kind; };
struct edit_group { str title; struct edit_field *v; size_t n; struct form_spec spec; };
struct edit_groups { struct edit_group *v; size_t n; };
/* The groups, in the order in which one asks; the last is for agents' eyes only. */
struct edit_groups edit_groups(const struct view *v);

/* The form of these fields as the place is now. */
struct form *edit_form_of(struct req *req, const struct form_spec *spec, const struct place *p);
/* What the request's form says of them, in the schema's form; other fields are absent, values of lists that the form does not offer
 * stay. What cannot be stored becomes an error of its field. */
struct place edit_read(struct req *req, const struct form_spec *spec, const struct place *now);
/* What a value of a field says, in words; empty when it says nothing. */
str edit_words(const struct view *v, enum place_field f, str value);
/* What a field is called in the form, or would be; its schema name when nobody is ever asked. */
str edit_label(const struct view *v, enum place_field f);

#endif
