/* What both formats share: telling them apart, and telling files that are neither. */
#include "directory/place_read_parts.h"

enum place_format place_format_of(str file_name)
{
	str end = str_slice(file_name, file_name.n > 5 ? file_name.n - 5 : 0, file_name.n);
	if (str_ieq(end, S(".json")))
		return PLACE_JSON;
	return file_name.n > 4 && str_ieq(str_slice(file_name, file_name.n - 4, file_name.n), S(".csv")) ? PLACE_CSV : PLACE_GUESS;
}

enum err place_read(FILE *in, enum place_format format, const struct place_sink *sink, struct arena *a, str *ret_fault)
{
	struct place_input input = { .a = a, .sink = sink };
	enum err e = rows_open(in, a, &input.in);
	*ret_fault = input.in.fault;
	try(e);
	if (input.in.charset.from == CHARSET_WINDOWS_1252)
		try(sink->note(sink->arg, 1, S(""), "ce fichier n’est pas en UTF-8 : il est lu comme du Windows-1252"));
	str first = str_trim(input.in.head);
	bool json = format == PLACE_JSON || (format == PLACE_GUESS && first.n && (first.p[0] == '[' || first.p[0] == '{'));
	e = json && !input.in.workbook ? place_read_json_from(&input) : place_read_table_from(&input);
	*ret_fault = input.fault;
	return e;
}

static enum err read_bytes(str bytes, enum place_format format, const struct place_sink *sink, struct arena *a, str *ret_fault)
{
	if (!bytes.n) {                          /* fmemopen refuses nothing */
		*ret_fault = S("ce fichier est vide");
		return INVALID;
	}
	FILE *in = fmemopen((void *)(uintptr_t)bytes.p, bytes.n, "r");
	if (!in)
		return INTERNAL;
	enum err e = place_read(in, format, sink, a, ret_fault);
	fclose(in);
	return e;
}

enum err place_read_csv(str bytes, const struct place_sink *sink, struct arena *a, str *ret_fault)
{
	return read_bytes(bytes, PLACE_CSV, sink, a, ret_fault);
}

enum err place_read_json(str bytes, const struct place_sink *sink, struct arena *a, str *ret_fault)
{
	return read_bytes(bytes, PLACE_JSON, sink, a, ret_fault);
}

enum err place_input_header(struct place_input *in, i64 line, const str *names, size_t n)
{
	const struct place_sink *sink = in->sink;
	if (sink->any_columns)
		return OK;
	str missing = place_columns_missing(in->a, names, n);
	if (missing.n)
		return place_input_fault(in, str_printf(in->a, "ligne %lld : l’en-tête n’a pas les colonnes obligatoires %.*s", (long long)line, STR_ARG(missing)));
	for (size_t i = 0; i < n; i++) {
		if (names[i].n && !place_column_known(in->a, names[i]))
			try(sink->note(sink->arg, line, names[i], "colonne hors du schéma : elle n’est pas reprise"));
		for (size_t j = 0; j < i; j++)
			if (names[i].n && str_eq(names[i], names[j]))
				try(sink->note(sink->arg, line, names[i], "colonne en double : la première qui dit quelque chose est reprise"));
	}
	return OK;
}

enum err place_input_fault(struct place_input *i, str fault)
{
	i->fault = fault;
	return INVALID;
}

enum err place_input_not_utf8(struct place_input *i, i64 line, str column)
{
	return place_input_fault(i, str_printf(i->a, "ligne %lld%s%.*s : ce texte n’est pas en UTF-8 (souvent un fichier en Latin-1 ou "
		"Windows-1252) : l’enregistrer à nouveau au format « CSV UTF-8 »", (long long)line, column.n ? ", colonne " : "", STR_ARG(column)));
}
