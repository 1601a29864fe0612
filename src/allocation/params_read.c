/* The JSON form of a set of parameters, read: every error says its line and the name it is about. */
#include "allocation/params.h"

#include <jansson.h>

#include "html/i18n.h"

struct reading { struct arena *a; str json; str *fault; };

/* Of the first line that holds "name". */
static enum err fault(struct reading *r, const char *name, const char *what)
{
	ptrdiff_t at = str_find(r->json, str_printf(r->a, "\"%s\"", name));
	i64 line = 1;
	for (ptrdiff_t i = 0; i < at; i++)
		line += r->json.p[i] == '\n';
	*r->fault = str_printf(r->a, "line %lld, %s: %s", (long long)line, name, what);
	return INVALID;
}

static enum err text(struct reading *r, const json_t *root, const char *name, size_t most, str *ret)
{
	const json_t *v = json_object_get(root, name);
	if (!json_is_string(v) || !json_string_length(v) || json_string_length(v) > 4 * most)
		return fault(r, name, "a text is expected, not too long");
	*ret = str_copy(r->a, (str){ json_string_value(v), json_string_length(v) });
	return OK;
}

static enum err dates(struct reading *r, const json_t *root, struct params *p)
{
	str from, to;
	const json_t *end = json_object_get(root, "fin");
	try(text(r, root, "debut", 10, &from));
	if (!date_parse(from, &p->from))
		return fault(r, "debut", "a date is expected, as 2026-09-01");
	if (!end || json_is_null(end))
		return OK;
	p->has_to = true;
	try(text(r, root, "fin", 10, &to));
	return date_parse(to, &p->to) ? OK : fault(r, "fin", "a date is expected, as 2027-07-31, or null");
}

static bool is_param(const char *name)
{
	for (enum param i = 0; i < PARAMS; i++)
		if (strcmp(param_kinds[i].code, name) == 0)
			return true;
	return false;
}

static enum err numbers(struct reading *r, json_t *v, struct params *p)
{
	const char *name;
	json_t *number;
	json_object_foreach(v, name, number)
		if (!is_param(name))
			return fault(r, name, "there is no parameter of this name");
	for (enum param i = 0; i < PARAMS; i++) {
		number = json_object_get(v, param_kinds[i].code);
		if (i == PARAM_GRANT && !number)
			continue;
		if (!json_is_integer(number))
			return fault(r, param_kinds[i].code, "a whole number is expected");
		p->v[i] = json_integer_value(number);
	}
	return OK;
}

static enum err read_set(struct reading *r, const json_t *root, struct params *p)
{
	enum param wrong;
	str format;
	try(text(r, root, "format", 40, &format));
	if (!str_eq(format, S(PARAMS_FORMAT)))
		return fault(r, "format", "\"" PARAMS_FORMAT "\" is expected");
	try(text(r, root, "nom", PARAMS_NAME_MAX, &p->name));
	try(text(r, root, "reference", PARAMS_REFERENCE_MAX, &p->reference));
	try(dates(r, root, p));
	try(numbers(r, json_object_get(root, "nombres"), p));
	const char *why = params_fault(p, &wrong);
	return why ? fault(r, wrong < PARAMS ? param_kinds[wrong].code : "fin", str_z(r->a, tr(LANG_EN, why))) : OK;
}

enum err params_read(struct arena *a, str json, struct params *ret, str *ret_fault)
{
	json_error_t error;
	struct reading r = { a, json, ret_fault };
	json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &error);
	*ret = (struct params){ .has_to = false };
	if (!root) {
		*ret_fault = str_printf(a, "line %d: %s", error.line, error.text);
		return INVALID;
	}
	enum err e = read_set(&r, root, ret);
	json_decref(root);
	return e;
}
