/* JSON through jansson, one object of the array at a time. The objects are cut out by a scan that knows strings and depth; on
 * the way, numbers become strings, so that "47.20" keeps its zero and a postal code its first digit. */
#include "directory/place_read_parts.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <jansson.h>

struct scan {
	struct place_input *input;
	struct arena *row;
	char buffer[16384];
	size_t at, n;
	i64 line;
	struct buf noted;                        /* names of unknown columns told already, each between line feeds */
};

static int next_byte(struct scan *s)
{
	if (s->at == s->n) {
		s->at = 0;
		s->n = rows_more(&s->input->in, s->buffer, sizeof s->buffer);
		if (!s->n)
			return EOF;
	}
	char c = s->buffer[s->at++];
	s->line += c == '\n';
	return (u8)c;
}

static bool is_space(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool in_number(int c) { return c != EOF && (c == '\0' ? false : strchr("0123456789+-.eE", c) != NULL); }

static int next_mark(struct scan *s)
{
	int c;
	do
		c = next_byte(s);
	while (is_space(c));
	return c;
}

static enum err fault_at(struct scan *s, i64 line, const char *what)
{
	return place_input_fault(s->input, str_printf(s->input->a, "JSON illisible, ligne %lld : %s", (long long)line, what));
}

/* Copies one object, whose '{' has been read, into b. */
static enum err cut_object(struct scan *s, struct buf *b)
{
	i64 from = s->line;
	int depth = 1;
	bool string = false, escape = false, number = false, after_colon = false;
	buf_byte(b, '{');
	while (depth) {
		int c = next_byte(s);
		if (c == EOF)
			return fault_at(s, from, "l’objet commencé ici n’est pas refermé");
		if (number && !in_number(c)) {
			buf_byte(b, '"');
			number = false;
		}
		if (!string && depth == 1 && after_colon && !number && (c == '-' || (c >= '0' && c <= '9'))) {
			buf_byte(b, '"');
			number = true;
		}
		buf_byte(b, (char)c);
		if (b->full)
			return fault_at(s, from, "l’objet commencé ici dépasse 256 Kio");
		if (string) {
			string = escape || c != '"';
			escape = !escape && c == '\\';
			continue;
		}
		string = c == '"';
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		after_colon = c == ':' || (after_colon && is_space(c));
	}
	return OK;
}

/* As written by people, while that is short: 1e300 has six characters, and 300 digits. */
static str real_cell(struct arena *a, double v)
{
	return v > -1e15 && v < 1e15 ? str_printf(a, "%.7f", v) : str_printf(a, "%.17g", v);
}

/* A value as a cell. Arrays give a '|' list. *ret_fault: what it holds that a cell cannot. */
static str cell_of(struct arena *a, const json_t *v, const char **ret_fault)
{
	switch (json_typeof(v)) {
	case JSON_STRING: return (str){ json_string_value(v), json_string_length(v) };
	case JSON_TRUE: return S("oui");
	case JSON_FALSE: return S("non");
	case JSON_NULL: return S("");
	case JSON_INTEGER: return str_printf(a, "%lld", (long long)json_integer_value(v));
	case JSON_REAL: return real_cell(a, json_real_value(v));
	case JSON_ARRAY: break;
	default: return S("");                   /* an object: its own values are columns */
	}
	struct buf b = buf_new(a, PLACE_RECORD_MAX);
	for (size_t i = 0; i < json_array_size(v); i++) {
		const json_t *one = json_array_get(v, i);
		if (json_is_array(one) || json_is_object(one)) {
			*ret_fault = "liste imbriquée : elle n’est pas reprise";
			return S("");
		}
		if (i)
			buf_byte(&b, '|');
		buf_put(&b, cell_of(a, one, ret_fault));
	}
	return buf_str(&b);
}

/* Tells once a file that a column is not read. */
static enum err note_unknown(struct scan *s, str name, const char *reason)
{
	str key = str_printf(s->row, "\n%.*s\n", STR_ARG(name));
	if (s->noted.full || str_find(buf_str(&s->noted), key) >= 0)
		return OK;
	buf_put(&s->noted, key);
	return s->input->sink->note(s->input->sink->arg, s->line, name, reason);
}

static enum err one_cell(struct scan *s, struct file_row *row, str name, const json_t *value)
{
	const char *fault = NULL;
	if (row->n == PLACE_COLUMNS_MAX)
		return fault_at(s, row->line, "cet objet a plus de 300 champs");
	struct place_pair pair = { .name = name, .value = cell_of(s->row, value, &fault) };
	if (fault)
		try(note_unknown(s, name, fault));
	else if (!s->input->sink->any_columns && !place_column_known(s->row, name))
		try(note_unknown(s, name, "champ hors du schéma : il n’est pas repris"));
	row->v[row->n++] = pair;
	return OK;
}

/* The values of an object; those of an object within it are columns "its.name". */
static enum err cells_of(struct scan *s, struct file_row *row, json_t *object, str prefix, int depth)
{
	enum { DEEPEST = 4 };
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value) {
		str name = prefix.n ? str_printf(s->row, "%.*s.%s", STR_ARG(prefix), key) : str_c(key);
		if (!json_is_object(value))
			try(one_cell(s, row, name, value));
		else if (depth < DEEPEST)
			try(cells_of(s, row, value, name, depth + 1));
		else
			try(note_unknown(s, name, "objets imbriqués trop profond : ils ne sont pas repris"));
	}
	return OK;
}

/* The point of a GeoJSON feature (RFC 7946: longitude first). */
static enum err feature_point(struct scan *s, struct file_row *row, const json_t *geometry)
{
	const json_t *c = json_object_get(geometry, "coordinates");
	if (!json_is_object(geometry) || !str_eq(str_c(json_string_value(json_object_get(geometry, "type"))), S("Point")) || json_array_size(c) < 2)
		return OK;
	try(one_cell(s, row, S("longitude"), json_array_get(c, 0)));
	return one_cell(s, row, S("latitude"), json_array_get(c, 1));
}

static enum err row_of(struct scan *s, json_t *object, i64 line)
{
	struct file_row row = { .line = line, .columns_vary = true };
	row.v = arena_many(s->row, struct place_pair, PLACE_COLUMNS_MAX);
	json_t *properties = json_object_get(object, "properties");
	try(feature_point(s, &row, json_object_get(object, "geometry")));
	try(cells_of(s, &row, json_is_object(properties) ? properties : object, S(""), 0));
	return s->input->sink->row(s->input->sink->arg, &row);
}

static enum err one_object(struct scan *s)
{
	arena_reset(s->row);
	i64 line = s->line;
	struct buf b = buf_new(s->row, PLACE_RECORD_MAX);
	try(cut_object(s, &b));
	json_error_t error;
	json_t *object = json_loadb(b.p, b.n, 0, &error);
	if (!object)
		return fault_at(s, line + error.line - 1, json_error_code(&error) == json_error_invalid_utf8 || !utf8_valid(str_c(error.text))
			? "ce texte n’est pas en UTF-8, ou un échappement y est coupé" : error.text);
	enum err e = row_of(s, object, line);
	json_decref(object);
	return e;
}

/* Up to the first object of the first array of objects that an object holds ("features", "results"…); EOF: there is none. */
static int find_array(struct scan *s)
{
	bool string = false, escape = false;
	for (int c = next_byte(s), before = 0; c != EOF; c = next_byte(s)) {
		if (string) {
			string = escape || c != '"';
			escape = !escape && c == '\\';
			continue;
		}
		string = c == '"';
		if (c == '{' && before == '[')
			return c;
		if (!is_space(c))
			before = c;
	}
	return EOF;
}

static enum err read_array(struct scan *s)
{
	int c = next_mark(s);
	bool within = c == '{';
	if (c != '[' && !within)
		return fault_at(s, s->line, "un tableau est attendu : [ { … }, { … } ]");
	c = within ? find_array(s) : next_mark(s);
	if (within && c == EOF)
		return fault_at(s, 1, "cet objet ne contient aucun tableau d’objets : [ { … }, { … } ]");
	while (c != ']') {
		if (c != '{')
			return fault_at(s, s->line, c == EOF ? "le tableau n’est pas refermé" : "un objet { … } est attendu ici");
		try(one_object(s));
		c = next_mark(s);
		if (c == ',')
			c = next_mark(s);
		else if (c != ']')
			return fault_at(s, s->line, c == EOF ? "le tableau n’est pas refermé" : "une virgule ou ] est attendu ici");
	}
	return within || next_mark(s) == EOF ? OK : fault_at(s, s->line, "il y a quelque chose après la fin du tableau");
}

enum err place_read_json_from(struct place_input *i)
{
	struct scan *s = arena_one(i->a, struct scan);
	s->input = i;
	s->line = 1;
	s->row = arena_new(16 * PLACE_RECORD_MAX);
	s->noted = buf_new(i->a, 16384);
	enum err e = read_array(s);
	arena_free(s->row);
	return e;
}
