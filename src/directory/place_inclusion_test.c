/* What goes out to data·inclusion satisfies its published schemas, and its words come from the published correspondence. */
#include <jansson.h>
#include <regex.h>

#include "given.h"
#include "base/utf8.h"
#include "db/db.h"
#include "directory/place_dump.h"
#include "directory/place_inclusion.h"
#include "directory/shared_files.h"

static struct arena *demo(void)
{
	given_demo();
	return unit_arena(64 << 20);
}

static json_t *shared_json(struct arena *a, const char *name)
{
	json_error_t fault;
	json_t *j = json_load_file(shared_file(a, name), 0, &fault);
	if (!j)
		fail_msg("%s: %s", name, fault.text);
	return j;
}

static json_t *asked(const char *target)
{
	json_error_t fault;
	struct answer a = get(target);
	expect_status(a, 200);
	json_t *j = json_loadb(a.body.p, a.body.n, 0, &fault);
	if (!j)
		fail_msg("%s: %s", target, fault.text);
	return j;
}

/* ---- a small reader of JSON schemas: what theirs use ---- */

static bool satisfies(const json_t *schema, const json_t *root, const json_t *value);

static bool type_holds(const char *type, const json_t *v)
{
	return strcmp(type, "string") == 0 ? json_is_string(v) : strcmp(type, "number") == 0 ? json_is_number(v) :
	       strcmp(type, "integer") == 0 ? json_is_integer(v) : strcmp(type, "array") == 0 ? json_is_array(v) :
	       strcmp(type, "null") == 0 ? json_is_null(v) : json_is_object(v);
}

/* Their patterns are of \d and \w, which POSIX has other names for. */
static bool pattern_holds(const char *pattern, const char *text)
{
	cleanup(arena_freep) struct arena *a = arena_new(1 << 14);
	str posix = str_replace(a, str_replace(a, str_c(pattern), S("\\d"), S("[0-9]")), S("\\w"), S("[[:alnum:]_]"));
	regex_t re;
	assert_int_equal(regcomp(&re, str_z(a, posix), REG_EXTENDED | REG_NOSUB), 0);
	bool found = regexec(&re, text, 0, NULL, 0) == 0;
	regfree(&re);
	return found;
}

static bool format_holds(const char *format, const char *text)
{
	if (strcmp(format, "uri") == 0)
		return pattern_holds("^https?://[^ ]+$", text);
	if (strcmp(format, "email") == 0)
		return pattern_holds("^[^ @]+@[^ @]+[.][^ @]+$", text);
	assert_string_equal(format, "date");
	return pattern_holds("^20\\d\\d-\\d\\d-\\d\\d$", text);
}

static bool text_holds(const json_t *schema, const char *text)
{
	json_int_t n = (json_int_t)utf8_length(str_c(text));
	const json_t *least = json_object_get(schema, "minLength"), *most = json_object_get(schema, "maxLength");
	const char *pattern = json_string_value(json_object_get(schema, "pattern")), *format = json_string_value(json_object_get(schema, "format"));
	return (!least || n >= json_integer_value(least)) && (!most || n <= json_integer_value(most)) &&
	       (!pattern || pattern_holds(pattern, text)) && (!format || format_holds(format, text));
}

static bool items_hold(const json_t *schema, const json_t *root, const json_t *array)
{
	const json_t *items = json_object_get(schema, "items"), *least = json_object_get(schema, "minItems");
	bool unique = json_is_true(json_object_get(schema, "uniqueItems"));
	size_t n = json_array_size(array);
	if (least && (json_int_t)n < json_integer_value(least))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (items && !satisfies(items, root, json_array_get(array, i)))
			return false;
		for (size_t k = 0; unique && k < i; k++)
			if (json_equal(json_array_get(array, i), json_array_get(array, k)))
				return false;
	}
	return true;
}

static bool one_of(const json_t *list, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), value))
			return true;
	return false;
}

static bool any_holds(const json_t *list, const json_t *root, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (satisfies(json_array_get(list, i), root, value))
			return true;
	return false;
}

static bool satisfies(const json_t *schema, const json_t *root, const json_t *value)
{
	const char *ref = json_string_value(json_object_get(schema, "$ref")), *type = json_string_value(json_object_get(schema, "type"));
	const json_t *any = json_object_get(schema, "anyOf"), *values = json_object_get(schema, "enum");
	if (ref)
		return satisfies(json_object_get(json_object_get(root, "$defs"), ref + strlen("#/$defs/")), root, value);
	return (!any || any_holds(any, root, value)) && (!type || type_holds(type, value)) && (!values || one_of(values, value)) &&
	       (!json_is_string(value) || text_holds(schema, json_string_value(value))) &&
	       (!json_is_array(value) || items_hold(schema, root, value));
}

static void check_object(const json_t *schema, json_t *object)
{
	const json_t *required = json_object_get(schema, "required"), *properties = json_object_get(schema, "properties");
	const char *key, *id = json_string_value(json_object_get(object, "id"));
	json_t *value;
	for (size_t i = 0; i < json_array_size(required); i++)
		if (!json_object_get(object, json_string_value(json_array_get(required, i))))
			fail_msg("%s: no %s", id, json_string_value(json_array_get(required, i)));
	json_object_foreach(object, key, value) {
		if (!json_object_get(properties, key))
			fail_msg("%s: %s is not theirs", id, key);
		if (!satisfies(json_object_get(properties, key), schema, value))
			fail_msg("%s: %s does not hold: %s", id, key, json_string_value(value) ? json_string_value(value) : "");
	}
}

static size_t check_list(struct arena *a, const json_t *all, const char *schema_name)
{
	json_t *schema = shared_json(a, schema_name);
	size_t n = json_array_size(all);
	for (size_t i = 0; i < n; i++)
		check_object(schema, json_array_get(all, i));
	json_decref(schema);
	return n;
}

static size_t check_all(struct arena *a, const char *target, const char *schema_name)
{
	json_t *all = asked(target);
	size_t n = check_list(a, all, schema_name);
	json_decref(all);
	return n;
}

TEST(inclusion_satisfies_the_published_schemas)
{
	struct arena *a = demo();
	size_t structures = check_all(a, "/api/v1/data-inclusion/structures.json", "standards/data-inclusion/structure.json");
	size_t services = check_all(a, "/api/v1/data-inclusion/services.json", "standards/data-inclusion/service.json");
	assert_true(structures >= 120 && services >= 100 && services <= structures);
}

/* What `gabare export places --format data-inclusion` writes. */
TEST(inclusion_in_one_file_satisfies_the_published_schemas)
{
	struct arena *a = demo();
	struct city city = { .name = S("Nantes"), .public_url = S("https://aide.example") };
	char *text;
	size_t size;
	i64 structures, services;
	FILE *out = open_memstream(&text, &size);
	assert_ok(place_dump_inclusion(ask_db(), &city, out, &structures, &services));
	fclose(out);
	json_t *all = json_loadb(text, size, 0, NULL);
	assert_int_equal(check_list(a, json_object_get(all, "structures"), "standards/data-inclusion/structure.json"), structures);
	assert_int_equal(check_list(a, json_object_get(all, "services"), "standards/data-inclusion/service.json"), services);
	assert_true(structures >= 120 && services >= 100 && services <= structures);
	json_decref(all);
	free(text);
}

TEST(inclusion_schema_reader_refuses_what_is_wrong)
{
	struct arena *a = unit_arena(1 << 20);
	json_t *schema = shared_json(a, "standards/data-inclusion/service.json"), *p = json_object_get(schema, "properties");
	static const struct { const char *key, *value; bool holds; } cases[] = {
		{ "code_postal", "\"44000\"", true }, { "code_postal", "\"4400\"", false }, { "frais", "\"gratuit\"", true }, { "frais", "\"donné\"", false },
		{ "nom", "\"ab\"", false }, { "publics", "[]", false }, { "publics", "[\"jeunes\",\"jeunes\"]", false }, { "publics", "[\"jeunes\"]", true },
		{ "latitude", "\"47.2\"", false }, { "lien_source", "\"ftp\"", false }, { "date_maj", "\"26-11-25\"", false },
	};
	for (size_t i = 0; i < lengthof(cases); i++) {
		json_t *value = json_loads(cases[i].value, JSON_DECODE_ANY, NULL);
		if (satisfies(json_object_get(p, cases[i].key), schema, value) != cases[i].holds)
			fail_msg("%s %s", cases[i].key, cases[i].value);
		json_decref(value);
	}
	json_decref(schema);
}

/* ---- words ---- */

static void check_word(const json_t *published, const struct inclusion_word *w)
{
	const json_t *to = json_object_get(published, w->from);
	bool two = json_is_array(to) && json_array_size(to) == 2;
	const char *first = json_string_value(json_is_array(to) ? json_array_get(to, 0) : to);
	const char *second = two ? json_string_value(json_array_get(to, 1)) : NULL;
	if (!first || strcmp(first, w->to) || !second != !w->also || (second && strcmp(second, w->also)))
		fail_msg("%s", w->from);
}

static size_t words_with_a_target(const json_t *published)
{
	size_t n = 0;
	const char *key;
	json_t *value;
	json_object_foreach((json_t *)published, key, value)
		n += !json_is_null(value);
	return n;
}

TEST(inclusion_words_are_those_of_the_correspondence)
{
	static const char *const names[] = {
		"services->thematiques", "publics->publics", "prise_en_charge->publics", "frais->frais", "dispositifs->reseaux_porteurs",
		"modalites_acces->modes_mobilisation", "modalites_accompagnement->type",
	};
	json_t *all = shared_json(unit_arena(1 << 20), "standards/data-inclusion/correspondance-mednum.json");
	for (size_t i = 0; inclusion_tables[i].words; i++) {
		const json_t *published = json_object_get(all, names[i]);
		size_t n = 0;
		for (const struct inclusion_word *w = inclusion_tables[i].words; w->from; w++, n++) {
			check_word(published, w);
			assert_true(place_mask(inclusion_tables[i].field, str_c(w->from)) != 0);
		}
		assert_int_equal(n, words_with_a_target(published));
	}
	json_decref(all);
}

TEST(inclusion_pages_follow_each_other)
{
	demo();
	struct answer a = get("/api/v1/data-inclusion/services.json?limit=2");
	expect_status(a, 200);
	str link = header_of(a, "Link");
	assert_true(str_find(link, S("/api/v1/data-inclusion/services.json?limit=2&apres=")) > 0);
	expect_absent(a, "À rappeler en janvier");
	expect_status(get("/api/v1/data-inclusion/structures.json?limit=0"), 400);
	expect_text(get("/api/v1/data-inclusion/structures.json?q=ponton"), "--demo-002");
	json_t *none = asked("/api/v1/data-inclusion/structures.json?q=xyzzyxyzzy");
	assert_int_equal(json_array_size(none), 0);
	json_decref(none);
}

TEST(inclusion_tells_little_rather_than_wrongly)
{
	struct arena *a = unit_arena(1 << 20);
	struct buf b = buf_new(a, 1 << 16);
	struct city city = { .name = S("Saint-Herblain ") };
	struct place p = { .f = { [P_ID] = S("x"), [P_NOM] = S("A."), [P_DATE_MAJ] = S("2026-01-02"), [P_SERVICES] = S("Aide aux démarches administratives"),
		[P_FRAIS] = S("Gratuit|Payant"), [P_PRISE_EN_CHARGE] = S("Surdité"), [P_MODALITES_ACCES] = S("Téléphoner|Se présenter"), [P_PIVOT] = S("W123456789") } };
	inclusion_service(&b, &city, &p);
	inclusion_structure(&b, &city, &p);
	str out = buf_str(&b);
	static const char *const there[] = { "\"source\":\"gabare-saint-herblain\"", "\"publics\":[\"tous-publics\"]", "\"modes_mobilisation\":[\"se-presenter\"]",
		"\"frais_precisions\":\"Gratuit, Payant\"", "\"nom\":\"Lieu A\"", "\"description\":\"Aide aux démarches administratives\"" };
	static const char *const absent[] = { "\"frais\":", "siret", "handicap", "lien_source" };
	for (size_t i = 0; i < lengthof(there); i++)
		if (str_find(out, str_c(there[i])) < 0)
			fail_msg("no %s in %.*s", there[i], STR_ARG(out));
	for (size_t i = 0; i < lengthof(absent); i++)
		if (str_find(out, str_c(absent[i])) >= 0)
			fail_msg("%s in %.*s", absent[i], STR_ARG(out));
	p.f[P_DATE_MAJ] = S("");
	assert_false(inclusion_holds(&p));
}
