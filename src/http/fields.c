/* See fields.h. */
#include "http/fields.h"

#include "base/log.h"

static size_t field_at(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->spec->n; i++)
		if (!strcmp(form->spec->fields[i].name, name))
			return i;
	die("the form %s has no field %s", form->spec->name, name);
}

const struct form_errors *form_errors_of(const struct view *v, const struct form *form)
{
	struct form_errors *list = arena_one(v->a, struct form_errors);
	if (form)
		*list = (struct form_errors){ form->errors, form->n_errors };
	return list;
}

str field_typed(const struct form *form, const char *name)
{
	return form ? form->values[field_at(form, name)].text : (str){ NULL, 0 };
}

str field_fault(const struct form *form, const char *name)
{
	for (size_t i = 0; form && i < form->n_errors; i++)
		if (!strcmp(form->errors[i].field, name))
			return form->errors[i].message;
	return (str){ NULL, 0 };
}

str field_described(const struct view *v, const struct form *form, const char *name, bool hint)
{
	bool fault = field_fault(form, name).n;
	str of_hint = str_printf(v->a, "%s-aide", name), of_fault = str_printf(v->a, "%s-erreur", name);
	if (hint && fault)
		return str_printf(v->a, "%.*s %.*s", STR_ARG(of_hint), STR_ARG(of_fault));
	return hint ? of_hint : fault ? of_fault : S("");
}

static bool chosen(const struct form_value *value, const char *choice)
{
	for (size_t i = 0; i < value->n_many; i++)
		if (str_eq(value->many[i], str_c(choice)))
			return true;
	return str_eq(value->text, str_c(choice));
}

const struct options *field_options(const struct view *v, const struct form *form, const char *name)
{
	size_t at = field_at(form, name);
	const struct choice *choices = form->spec->fields[at].choices;
	struct options *list = arena_one(v->a, struct options);
	size_t n = 0;
	while (choices[n].value)
		n++;
	list->v = arena_many(v->a, struct option, n + 1);
	for (size_t i = 0; i < n; i++) {
		bool made = chosen(&form->values[at], choices[i].value);
		if (choices[i].label)
			list->v[list->n++] = (struct option){ choices[i].value, tr_here(v, choices[i].label), made };
		else if (list->n && made)
			list->v[list->n - 1].chosen = true;
	}
	return list;
}

str fields_query(const struct req *req, const char *const *names)
{
	struct buf b = buf_new(req->a, 4000);
	for (; *names; names++)
		if (form_given(req, *names)) {
			buf_printf(&b, "%s%s=", b.n ? "&" : "", *names);
			esc_url_part(&b, form_text(req, *names));
		}
	return buf_str(&b);
}
