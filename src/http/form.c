/* Forms (form.h): which value each field got, what is wrong, and what handlers ask about it. The kinds are in form_kinds.c. */
#include "http/form_kinds.h"

#include "base/log.h"

/* All the non-empty values of a repeated field, each once. */
static void take_many(struct reading *r)
{
	struct form_value *v = r->out;

	v->many = arena_many(r->req->a, str, r->in->n);
	for (size_t i = 0; i < r->in->n; i++) {
		str value = str_trim(r->in->v[i].value);
		bool known = value.n == 0 || !str_eq(r->in->v[i].name, str_c(r->f->name));
		for (size_t j = 0; !known && j < v->n_many; j++)
			known = str_eq(v->many[j], value);
		if (!known)
			v->many[v->n_many++] = value;
	}
	v->given = v->n_many > 0;
	if (v->given)
		v->text = v->many[0];
}

static void take(struct reading *r)
{
	struct arena *a = r->req->a;
	enum field_kind kind = r->f->kind;

	if (kind == F_CHOICES) {
		take_many(r);
		return;
	}
	str typed = pairs_get(r->in, r->f->name);
	if (kind == F_DATE && !typed.p)
		typed = field_date_of_three(r);
	/* a password is what it is, spaces included */
	r->out->text = kind == F_PASSWORD ? typed : field_clean(a, typed, kind == F_LINES);
	r->out->given = r->out->text.n > 0;
}

static void add_error(struct form *form, const char *name, str message)
{
	if (form->n_errors == form->spec->n)
		return;                          /* one message a field is enough */
	form->errors[form->n_errors++] = (struct form_error){ name, message };
}

static void read_field(struct req *req, struct form *form, size_t i, const struct pairs *in)
{
	struct reading r = { .req = req, .view = &req->v, .f = &form->spec->fields[i], .in = in, .out = &form->values[i] };
	const struct view *v = &req->v;

	take(&r);
	if (r.out->given && !r.fault.p)
		field_read(&r);
	if (!r.out->given && r.f->required)
		r.fault = r.f->missing ? tr_here(v, r.f->missing) : _f("Répondez à cette question : {1}", tr_here(v, r.f->label));
	if (r.fault.p) {
		r.out->given = false;
		r.out->date.set = false;
		add_error(form, r.f->name, r.fault);
	}
}

struct form *form_read(struct req *req, const struct form_spec *spec, const struct pairs *in)
{
	struct form *form = arena_one(req->a, struct form);

	form->spec = spec;
	form->values = arena_many(req->a, struct form_value, spec->n);
	form->errors = arena_many(req->a, struct form_error, spec->n);
	for (size_t i = 0; i < spec->n; i++)
		read_field(req, form, i, in);
	return form;
}

/* ---- what handlers ask ---- */

static const struct form_value *value_of(const struct req *req, const char *name)
{
	assert(req->form);
	const struct form_spec *spec = req->form->spec;
	for (size_t i = 0; i < spec->n; i++)
		if (strcmp(spec->fields[i].name, name) == 0)
			return &req->form->values[i];
	die("the form %s has no field %s", spec->name, name);
}

bool form_ok(const struct req *req) { return !req->form || req->form->n_errors == 0; }
bool form_given(const struct req *req, const char *name) { return value_of(req, name)->given; }
str form_text(const struct req *req, const char *name)
{
	str s = value_of(req, name)->text;

	return s.n > 0 ? s : (str){ 0 };
}

i64 form_int(const struct req *req, const char *name, i64 otherwise)
{
	const struct form_value *v = value_of(req, name);

	return v->given ? v->i : otherwise;
}

bool form_real(const struct req *req, const char *name, double *ret)
{
	const struct form_value *v = value_of(req, name);

	if (v->given)
		*ret = v->f;
	return v->given;
}

bool form_bool(const struct req *req, const char *name)
{
	const struct form_value *v = value_of(req, name);

	return v->given && v->i;
}

bool form_has(const struct req *req, const char *name, str value)
{
	const struct form_value *v = value_of(req, name);

	for (size_t i = 0; i < v->n_many; i++)
		if (str_eq(v->many[i], value))
			return true;
	return v->n_many == 0 && v->given && str_eq(v->text, value);
}

void form_fail(struct req *req, const char *name, str message)
{
	value_of(req, name);
	if (!form_error_of(req, name).p)
		add_error(req->form, name, message);
}

str form_error_of(const struct req *req, const char *name)
{
	value_of(req, name);
	for (size_t i = 0; i < req->form->n_errors; i++)
		if (strcmp(req->form->errors[i].field, name) == 0)
			return req->form->errors[i].message;
	return (str){ 0 };
}

void form_refused(struct req *req)
{
	req->status = 422;
	req->v.error = true;
}

void form_put(struct form *form, const char *name, str text)
{
	for (size_t i = 0; i < form->spec->n; i++)
		if (strcmp(form->spec->fields[i].name, name) == 0)
			form->values[i] = (struct form_value){ .text = text, .given = text.n > 0 };
}

/* ---- choices, in words ---- */

const char *choice_label(const struct choice *choices, str value)
{
	for (; choices->value; choices++)
		if (str_eq(value, str_c(choices->value)))
			return choices->label;
	return NULL;
}

str choice_shown(const struct view *v, const struct choice *choices, str value)
{
	const char *label = choice_label(choices, value);
	return label ? tr_here(v, label) : value;
}
