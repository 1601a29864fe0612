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
	if (str_starts(head, S("PK\x03\x04")))
		return "ceci est un classeur (XLSX ou ODS) : l’enregistrer au format « CSV UTF-8 »";
	if (str_starts(head, S("\xFF\xFE")) || str_starts(head, S("\xFE\xFF")))
		return "ce fichier est en UTF-16 : l’enregistrer en UTF-8";
	if (str_starts(head, S("%PDF")))
		return "ceci est un PDF : un fichier CSV ou JSON est attendu";
	if (str_starts(head, S("\x1F\x8B")))
		return "ce fichier est compressé : le décompresser d’abord";
	return head.n ? NULL : "ce fichier est vide";
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
	if (str_starts(start, S("\xEF\xBB\xBF")))
		start = str_slice(start, 3, start.n);
	if (format == PLACE_GUESS) {
		str first = str_trim(start);
		format = first.n && (first.p[0] == '[' || first.p[0] == '{') ? PLACE_JSON : PLACE_CSV;
	}
	struct place_input input = { .in = in, .head = start, .a = a, .sink = sink };
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

size_t place_input_more(struct place_input *i, char *buffer, size_t n)
{
	if (i->head.n) {
		size_t took = i->head.n < n ? i->head.n : n;
		memcpy(buffer, i->head.p, took);
		i->head = str_slice(i->head, took, i->head.n);
		return took;
	}
	return fread(buffer, 1, n, i->in);
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
