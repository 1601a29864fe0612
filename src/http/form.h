/* Declared form fields. A route names its form; the pipeline reads query (GET) or body (POST) through it before the handler
 * runs; the handler finds values, and errors in the person's language, by field name. An undeclared name is a defect (abort). */
#ifndef GABARE_FORM_H
#define GABARE_FORM_H

#include "http/req.h"

enum field_kind { F_TEXT, F_LINES, F_INT, F_REAL, F_DATE, F_BOOL, F_CHOICE, F_CHOICES, F_PHONE, F_EMAIL, F_PASSWORD };

struct choice { const char *value, *label; };    /* label is a msgid (N_("…")), translated when shown */
/* Of a list that ends with {NULL, NULL}: the label of a value, NULL when there is none; as it is shown, else the value itself. */
const char *choice_label(const struct choice *choices, str value);
str choice_shown(const struct view *v, const struct choice *choices, str value);

struct field {
	const char *name;
	enum field_kind kind;
	const char *label;                       /* msgid, used in the error summary */
	bool required;
	double min, max;                         /* numbers: bounds; text: most code points (0 = 200) */
	const struct choice *choices;            /* F_CHOICE(S): ends with {NULL, NULL}; F_CHOICES, NULL: any */
	const char *missing, *wrong;             /* msgids of the messages, or NULL for the kind's own */
};

struct form_spec { const char *name; const struct field *fields; size_t n; };

#define FORM_NONE NULL
#define FORM(name) &name##_form
#define FORM_FIELDS(name, ...)                                                          \
	static const struct field name##_fields[] = { __VA_ARGS__ };                    \
	static const struct form_spec name##_form = { #name, name##_fields, lengthof(name##_fields) }

struct form_value { str text; i64 i; double f; struct date_opt { int y, m, d; bool set; } date; str *many; size_t n_many; bool given; };
struct form_error { const char *field; str message; };

struct form {
	const struct form_spec *spec;
	struct form_value *values;               /* spec->n of them */
	struct form_error *errors;
	size_t n_errors;
};

/* Reads and validates `in` against the spec. Always gives a form; its errors say what is wrong. */
struct form *form_read(struct req *req, const struct form_spec *spec, const struct pairs *in);
bool form_ok(const struct req *req);
bool form_given(const struct req *req, const char *name);      /* a non-empty value came, and it is valid */
/* Shows `text` in a field of a form that nobody has filled in yet. */
void form_put(struct form *form, const char *name, str text);
str form_text(const struct req *req, const char *name);        /* trimmed; as typed when invalid; absent when not given */
i64 form_int(const struct req *req, const char *name, i64 otherwise);
bool form_real(const struct req *req, const char *name, double *ret);
bool form_bool(const struct req *req, const char *name);
bool form_has(const struct req *req, const char *name, str value); /* a choice that was made */
/* Adds an error found by a rule rather than a validator. */
void form_fail(struct req *req, const char *name, str message);
str form_error_of(const struct req *req, const char *name);    /* absent when the field is fine */
/* The page that is to be shown says what is wrong with its form: status 422, unless another is given afterwards. */
void form_refused(struct req *req);

#endif
