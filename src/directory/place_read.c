/* What both formats share: telling them apart, and telling files that are neither. */
#include "directory/place_read_parts.h"

enum place_format place_format_of(str file_name)
{
	str end = str_slice(file_name, file_name.n > 5 ? file_name.n - 5 : 0, file_name.n);
	if (str_ieq(end, S(".json")))
		return PLACE_JSON;
	return file_name.n > 4 && str_ieq(str_slice(file_name, file_name.n - 4, file_name.n), S(".csv")) ? PLACE_CSV : PLACE_GUESS;
}

/* Files that are surely not ours, by their first bytes. */
static const char *foreign(str head)
{
	if (str_starts(head, S("%PDF")))
		return "ceci est un PDF : un fichier CSV ou JSON est attendu";
	if (str_starts(head, S("\x1F\x8B")))
		return "ce fichier est compressé : le décompresser d’abord";
	return head.n ? NULL : "ce fichier est vide";
}

/* A zip, or the older container of Office: xlsx.h tells which of them are workbooks. */
static bool is_workbook(str head)
{
	return str_starts(head, S("PK\x03\x04")) || str_starts(head, S("\xD0\xCF\x11\xE0"));
}

/* Reads a file that can be read twice through, to learn what it is in. */
static enum charset look_through(FILE *in, str head)
{
	if (str_starts(head, S("\xFF\xFE")))
		return CHARSET_UTF16_LE;
	if (str_starts(head, S("\xFE\xFF")))
		return CHARSET_UTF16_BE;
	struct charset_count count = { 0 };
	long at = ftell(in);
	char piece[16384];
	charset_count(&count, head);
	if (at < 0)
		return charset_told(&count);     /* a pipe: its beginning has to do */
	for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;)
		charset_count(&count, (str){ piece, n });
	clearerr(in);
	return fseek(in, at, SEEK_SET) == 0 ? charset_told(&count) : CHARSET_UTF8;
}

/* The head without its byte-order mark, in UTF-8. */
static enum err begin(struct place_input *i, str head, const struct place_sink *sink)
{
	enum charset c = look_through(i->in, head);
	i->charset = charset_reading(c);
	i->head = str_starts(head, S("\xEF\xBB\xBF")) ? str_slice(head, 3, head.n) : head;
	if (c == CHARSET_UTF8)
		return OK;
	char *room = arena_alloc(i->a, 3 * head.n + 4);
	str text = c == CHARSET_WINDOWS_1252 ? head : str_slice(head, 2, head.n);
	i->head = (str){ room, charset_read(&i->charset, text, room) };
	return c == CHARSET_WINDOWS_1252 ? sink->note(sink->arg, 1, S(""), "ce fichier n’est pas en UTF-8 : il est lu comme du Windows-1252") : OK;
}

enum err place_read(FILE *in, enum place_format format, const struct place_sink *sink, struct arena *a, str *ret_fault)
{
	char head[4096];
	size_t n = fread(head, 1, sizeof head, in);
	str start = { head, n };
	const char *fault = foreign(start);
	if (fault) {
		*ret_fault = str_c(fault);
		return INVALID;
	}
	struct place_input input = { .in = in, .a = a, .sink = sink };
	if (is_workbook(start)) {
		enum err e = place_read_xlsx_from(&input);
		*ret_fault = input.fault;
		return e;
	}
	try(begin(&input, start, sink));
	if (format == PLACE_GUESS) {
		str first = str_trim(input.head);
		format = first.n && (first.p[0] == '[' || first.p[0] == '{') ? PLACE_JSON : PLACE_CSV;
	}
	enum err e = format == PLACE_JSON ? place_read_json_from(&input) : place_read_csv_from(&input);
	*ret_fault = input.fault;
	return e;
}

static enum err read_bytes(str bytes, enum place_format format, const struct place_sink *sink, struct arena *a, str *ret_fault)
{
	if (!bytes.n) {
		*ret_fault = str_c(foreign(bytes));
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

size_t place_input_more(struct place_input *i, char *buffer, size_t n)
{
	if (i->head.n) {
		size_t took = i->head.n < n ? i->head.n : n;
		memcpy(buffer, i->head.p, took);
		i->head = str_slice(i->head, took, i->head.n);
		return took;
	}
	if (i->charset.from == CHARSET_UTF8)
		return fread(buffer, 1, n, i->in);
	char raw[4096];
	size_t out = 0, most = (n - 4) / 3;      /* n is thousands */
	for (size_t got; !out && (got = fread(raw, 1, most < sizeof raw ? most : sizeof raw, i->in)) > 0;)
		out = charset_read(&i->charset, (str){ raw, got }, buffer);
	return out;
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
