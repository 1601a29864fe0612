/* Telling what a file is, and CSV through libcsv, one physical line at a time so that a record knows the line it begins on. */
#include "base/rows.h"

#include <csv.h>

#include "base/words.h"

struct reading {
	struct rows_in *from;
	const struct xlsx_sink *sink;
	struct arena *row;                       /* the cells of the record being read */
	str *cells; size_t n_cells;
	i64 line, record_line;
	bool in_record;
	size_t record_bytes;
	enum err e;
};

/* ---- what it is ---- */

/* Files that are surely not ours, by their first bytes. */
static const char *foreign(str head)
{
	if (str_starts(head, S("%PDF")))
		return "ceci est un PDF : un tableau (XLSX ou CSV) est attendu";
	if (str_starts(head, S("\x1F\x8B")))
		return "ce fichier est compressé : le décompresser d’abord";
	return head.n ? NULL : "ce fichier est vide";
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
static void begin(struct rows_in *r, str head)
{
	enum charset c = look_through(r->in, head);
	r->charset = charset_reading(c);
	r->head = str_copy(r->a, str_starts(head, S("\xEF\xBB\xBF")) ? str_slice(head, 3, head.n) : head);
	if (c == CHARSET_UTF8)
		return;
	char *room = arena_alloc(r->a, 3 * head.n + 4);
	str text = c == CHARSET_WINDOWS_1252 ? head : str_slice(head, 2, head.n);
	r->head = (str){ room, charset_read(&r->charset, text, room) };
}

enum err rows_open(FILE *in, struct arena *a, struct rows_in *ret)
{
	char head[4096];
	str start = { head, fread(head, 1, sizeof head, in) };
	const char *fault = foreign(start);
	*ret = (struct rows_in){ .in = in, .a = a };
	if (fault) {
		ret->fault = str_c(fault);
		return INVALID;
	}
	ret->workbook = str_starts(start, S("PK\x03\x04")) || str_starts(start, S("\xD0\xCF\x11\xE0"));
	if (!ret->workbook)
		begin(ret, start);
	return OK;
}

size_t rows_more(struct rows_in *r, char *buffer, size_t n)
{
	if (r->head.n) {
		size_t took = r->head.n < n ? r->head.n : n;
		memcpy(buffer, r->head.p, took);
		r->head = str_slice(r->head, took, r->head.n);
		return took;
	}
	if (r->charset.from == CHARSET_UTF8)
		return fread(buffer, 1, n, r->in);
	char raw[4096];
	size_t out = 0, most = (n - 4) / 3;      /* n is thousands */
	for (size_t got; !out && (got = fread(raw, 1, most < sizeof raw ? most : sizeof raw, r->in)) > 0;)
		out = charset_read(&r->charset, (str){ raw, got }, buffer);
	return out;
}

/* ---- CSV ---- */

static enum err fault(struct reading *r, const char *before, const char *after)
{
	r->from->fault = str_printf(r->from->a, "%s%lld%s", before, (long long)r->record_line, after);
	return INVALID;
}

static void on_cell(void *text, size_t n, void *arg)
{
	struct reading *r = arg;
	if (r->e == OK && r->n_cells < ROWS_COLUMNS)
		r->cells[r->n_cells] = str_copy(r->row, n ? (str){ text, n } : S(""));
	r->n_cells++;
}

static bool blank(const struct reading *r)
{
	for (size_t i = 0; i < r->n_cells && i < ROWS_COLUMNS; i++)
		if (r->cells[i].n)
			return false;
	return true;
}

static void on_record(int end, void *arg)
{
	(void)end;
	struct reading *r = arg;
	if (r->e == OK && !blank(r))
		r->e = r->sink->row(r->sink->arg, r->record_line, r->cells, r->n_cells);
	r->n_cells = 0;
	r->in_record = false;
	r->record_bytes = 0;
	arena_reset(r->row);
}

/* A piece that lies within one physical line, its end included. */
static enum err piece(struct reading *r, struct csv_parser *p, const char *text, size_t n, bool ends_line)
{
	if (!r->in_record) {
		r->record_line = r->line;
		r->in_record = true;
	}
	r->record_bytes += n;
	if (r->record_bytes > ROWS_RECORD_MAX)
		return fault(r, "l’enregistrement de la ligne ", " dépasse 256 Kio : un guillemet ouvert n’y est sans doute pas refermé");
	bool empty = n == 1 && r->record_bytes == 1 && ends_line;
	if (csv_parse(p, text, n, on_cell, on_record, r) != n)
		return INTERNAL;
	if (empty) {                             /* between records, libcsv skips it */
		r->in_record = false;
		r->record_bytes = 0;
	}
	return r->e;
}

static enum err feed(struct reading *r, struct csv_parser *p, const char *text, size_t n, char *last)
{
	for (size_t from = 0; from < n;) {
		size_t to = from;
		while (to < n && text[to] != '\n' && text[to] != '\r')
			to++;
		bool ends_line = to < n;
		to += ends_line;
		bool crlf = *last == '\r' && to - from == 1 && text[from] == '\n';   /* the rest of an end counted already */
		*last = text[to - 1];
		if (crlf && !r->in_record) {
			if (csv_parse(p, text + from, 1, on_cell, on_record, r) != 1)
				return INTERNAL;
		} else {
			try(piece(r, p, text + from, to - from, ends_line));
		}
		r->line += ends_line && !crlf;
		from = to;
	}
	return r->e;
}

static enum err read_all(struct reading *r, struct csv_parser *p)
{
	char buffer[16384], last = '\0';
	for (size_t n; (n = rows_more(r->from, buffer, sizeof buffer)) > 0;)
		try(feed(r, p, buffer, n, &last));
	enum { IN_A_CELL = 2 };                  /* libcsv's FIELD_BEGUN */
	if (p->quoted && p->pstate == IN_A_CELL)
		return fault(r, "le guillemet ouvert à la ligne ", " n’est pas refermé");
	return csv_fini(p, on_cell, on_record, r) ? INTERNAL : r->e;
}

static enum err read_csv(struct rows_in *from, const struct xlsx_sink *sink)
{
	struct csv_parser p;
	if (csv_init(&p, 0))
		return INTERNAL;
	csv_set_blk_size(&p, 8192);              /* a long cell grows by this much; by 128 bytes unless said */
	csv_set_delim(&p, (u8)str_csv_delimiter(from->head));
	struct reading r = { .from = from, .sink = sink, .line = 1, .row = arena_new(4 * ROWS_RECORD_MAX) };
	r.cells = arena_many(from->a, str, ROWS_COLUMNS);
	enum err e = read_all(&r, &p);
	arena_free(r.row);
	csv_free(&p);
	return e;
}

enum err rows_read(struct rows_in *r, const struct xlsx_sink *sink)
{
	return r->workbook ? xlsx_read(r->in, sink, r->a, &r->fault) : read_csv(r, sink);
}
