/* The fields of forms (fields.html), and what they ask of a form: the label above, a hint, the value kept as typed, errors
 * that stand at the top and at the field, and a field is found by its name, which is also its id. */
#ifndef GABARE_FIELDS_H
#define GABARE_FIELDS_H

#include "html/escape.h"
#include "http/form.h"

/* A text field: label above, hint, error, field. Only name and label must be given. */
struct text_field {
	const char *name;
	str label;
	html hint;
	const char *type;                        /* "text" unless said: "tel", "email", "search"… */
	const char *autocomplete, *inputmode;
	const char *list;                        /* the id of a datalist */
	int size;                                /* characters to be seen; up to 16, the field is a short one */
	str action;                              /* a submit button beside the field, by its words */
};

struct form_errors { struct form_error *v; size_t n; };
/* What is wrong with a form, for its summary; empty for NULL. */
const struct form_errors *form_errors_of(const struct view *v, const struct form *form);

/* What was typed in a field, and what is wrong with it; absent when nothing. An undeclared name is a defect (abort). */
str field_typed(const struct form *form, const char *name);
str field_fault(const struct form *form, const char *name);
/* The ids of the field's hint and error, for aria-describedby; empty when it has neither. */
str field_described(const struct view *v, const struct form *form, const char *name, bool hint);

/* What follows "?" for what was given in these fields (NULL ends them): "etat=lent&q=caboteur"; empty when nothing was. */
str fields_query(const struct req *req, const char *const *names);

struct option { const char *value; str label; bool chosen; };
struct options { struct option *v; size_t n; };
/* The choices of a field, in the view's language, those made marked. A choice without a label is another name of the one
 * before it. */
const struct options *field_options(const struct view *v, const struct form *form, const char *name);

#endif
