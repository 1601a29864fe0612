/* The JSON form of a layout, read and written. */
#include "directory/place_layout.h"

#include <jansson.h>

#include "base/buf.h"

struct reading { struct arena *a; struct place_layout *l; str *fault; };

static enum err fault(struct reading *r, str column, const char *what, str value)
{
	*r->fault = str_printf(r->a, "%s%.*s%s%s%s%.*s%s", column.n ? "colonne « " : "", STR_ARG(column), column.n ? " » : " : "", what,
		value.n ? " : « " : "", STR_ARG(value), value.n ? " »" : "");
	return INVALID;
}

/* jansson's strings live as long as the document; ours as long as the arena. */
static str text(struct arena *a, const json_t *v)
{
	return json_is_string(v) ? str_copy(a, (str){ json_string_value(v), json_string_length(v) }) : (str){ NULL, 0 };
}

static bool is_value(enum place_field f, str value)
{
	if (f == P_TYPOLOGIE)
		return place_typologie_label(value) != NULL;
	return f != P_COUNT && (!place_vocabulary(f) || place_mask(f, value));
}

static enum err term(struct reading *r, const struct layout_column *c, struct layout_term *t, const json_t *v)
{
	str as = json_is_object(v) ? text(r->a, json_object_get(v, "champ")) : c->as;
	str value = json_is_object(v) ? text(r->a, json_object_get(v, "valeur")) : text(r->a, v);
	t->field = place_field_named(as);
	t->value = value;
	if (!value.p)
		return fault(r, c->name, "une valeur est un texte, ou un objet « champ » et « valeur »", t->written);
	if (value.n && t->field == P_COUNT)
		return fault(r, c->name, "la valeur n’a pas de champ connu", as.n ? as : t->written);
	return !value.n || is_value(t->field, value) ? OK : fault(r, c->name, "valeur inconnue du schéma national", value);
}

static enum err terms(struct reading *r, struct layout_column *c, json_t *values)
{
	const char *written;
	json_t *v;
	size_t room = 0;
	json_object_foreach(values, written, v)
		room += json_is_array(v) ? json_array_size(v) : 1;
	c->v = arena_many(r->a, struct layout_term, room + 1);
	json_object_foreach(values, written, v) {
		size_t n = json_is_array(v) ? json_array_size(v) : 1;
		for (size_t i = 0; i < n; i++) {
			c->v[c->n].written = str_copy(r->a, str_c(written));
			try(term(r, c, &c->v[c->n], json_is_array(v) ? json_array_get(v, i) : v));
			c->n++;
		}
	}
	return OK;
}

static enum err column(struct reading *r, const char *name, json_t *v)
{
	struct layout_column *c = &r->l->v[r->l->n++];
	json_t *values = json_object_get(v, "valeurs"), *separators = json_object_get(v, "separateurs");
	*c = (struct layout_column){ .name = str_copy(r->a, str_c(name)), .as = S(""), .separators = S("") };
	if (!json_is_string(v) && !json_is_object(v))
		return fault(r, c->name, "le nom d’un champ est attendu, ou un objet", S(""));
	str as = text(r->a, json_is_object(v) ? json_object_get(v, "champ") : v);
	c->as = as.p ? as : S("");
	if (c->as.n && !layout_as_known(c->as))
		return fault(r, c->name, "aucun champ n’a ce nom", c->as);
	if (separators && !json_is_string(separators))
		return fault(r, c->name, "« separateurs » est un texte", S(""));
	c->separators = separators ? text(r->a, separators) : S("");
	if (values && !json_is_object(values))
		return fault(r, c->name, "« valeurs » est un objet", S(""));
	return values ? terms(r, c, values) : OK;
}

static enum err fixed(struct reading *r, json_t *all)
{
	const char *name;
	json_t *v;
	r->l->fixed = arena_many(r->a, struct layout_fixed, json_object_size(all) + 1);
	json_object_foreach(all, name, v) {
		struct layout_fixed *f = &r->l->fixed[r->l->n_fixed++];
		*f = (struct layout_fixed){ place_field_named(str_c(name)), text(r->a, v) };
		if (f->field == P_COUNT || !f->value.n)
			return fault(r, S("fixe"), f->field == P_COUNT ? "aucun champ n’a ce nom" : "un texte est attendu pour", str_copy(r->a, str_c(name)));
		if (!is_value(f->field, f->value))
			return fault(r, S("fixe"), "valeur inconnue du schéma national", f->value);
	}
	return OK;
}

static enum err whole(struct reading *r, json_t *root)
{
	json_t *columns = json_object_get(root, "colonnes"), *constant = json_object_get(root, "fixe"), *v;
	const char *name;
	if (!json_is_object(columns) || !json_object_size(columns))
		return fault(r, S(""), "un objet « colonnes » est attendu, avec au moins une colonne", S(""));
	json_object_foreach(root, name, v)
		if (!str_eq(str_c(name), S("colonnes")) && !str_eq(str_c(name), S("fixe")))
			return fault(r, S(""), "une disposition a « colonnes » et « fixe », pas", str_copy(r->a, str_c(name)));
	r->l->v = arena_many(r->a, struct layout_column, json_object_size(columns) + 1);
	json_object_foreach(columns, name, v)
		try(column(r, name, v));
	if (constant && !json_is_object(constant))
		return fault(r, S("fixe"), "un objet est attendu", S(""));
	return constant ? fixed(r, constant) : OK;
}

enum err place_layout_read(struct arena *a, str json, struct place_layout *ret, str *ret_fault)
{
	json_error_t error;
	struct reading r = { a, ret, ret_fault };
	*ret = (struct place_layout){ .n = 0 };
	if (json.n > LAYOUT_MAX)
		return fault(&r, S(""), "cette disposition dépasse 256 Kio", S(""));
	json_t *root = json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		return fault(&r, S(""), str_printf(a, "JSON illisible, ligne %d, colonne %d", error.line, error.column).p, str_copy(a, str_c(error.text)));
	enum err e = whole(&r, root);
	json_decref(root);
	return e;
}

/* ---- writing ---- */

static json_t *json_text(str s) { return json_stringn(s.p ? s.p : "", s.n); }

static json_t *term_json(const struct layout_column *c, const struct layout_term *t)
{
	if (!t->value.n || str_eq(c->as, str_c(place_field_names[t->field])))
		return json_text(t->value);
	json_t *v = json_object();
	json_object_set_new(v, "champ", json_string(place_field_names[t->field]));
	json_object_set_new(v, "valeur", json_text(t->value));
	return v;
}

static json_t *column_json(struct arena *a, const struct layout_column *c)
{
	json_t *o = json_object(), *values = json_object();
	if (!c->n && !c->separators.n) {
		json_decref(o);
		json_decref(values);
		return json_text(c->as);
	}
	json_object_set_new(o, "champ", json_text(c->as));
	if (c->separators.n)
		json_object_set_new(o, "separateurs", json_text(c->separators));
	for (size_t i = 0; i < c->n; i++) {
		const char *key = str_z(a, c->v[i].written);
		json_t *known = json_object_get(values, key), *one = term_json(c, &c->v[i]);
		if (json_is_array(known)) {
			json_array_append_new(known, one);
		} else if (known) {
			json_t *both = json_array();
			json_array_append(both, known);
			json_array_append_new(both, one);
			json_object_set_new(values, key, both);
		} else {
			json_object_set_new(values, key, one);
		}
	}
	json_object_set_new(o, "valeurs", values);
	return o;
}

static int take(const char *text, size_t n, void *arg)
{
	buf_put(arg, (str){ text, n });
	return 0;
}

str place_layout_write(struct arena *a, const struct place_layout *l)
{
	json_t *root = json_object(), *columns = json_object(), *constant = json_object();
	for (size_t i = 0; i < l->n; i++)
		json_object_set_new(columns, str_z(a, l->v[i].name), column_json(a, &l->v[i]));
	for (size_t i = 0; i < l->n_fixed; i++)
		json_object_set_new(constant, place_field_names[l->fixed[i].field], json_text(l->fixed[i].value));
	json_object_set_new(root, "colonnes", columns);
	if (l->n_fixed)
		json_object_set_new(root, "fixe", constant);
	else
		json_decref(constant);
	struct buf b = buf_new(a, 4 * LAYOUT_MAX);
	json_dump_callback(root, take, &b, JSON_INDENT(1));
	json_decref(root);
	buf_byte(&b, '\n');
	return buf_str(&b);
}
