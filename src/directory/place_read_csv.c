/* CSV through libcsv, one physical line at a time so that a record knows the line it begins on. */
#include "directory/place_read_parts.h"
#include "base/utf8.h"
#include "base/words.h"

#include <csv.h>

struct reading {
	struct place_input *input;
	struct arena *row;                       /* the cells of the record being read */
	str *names; size_t n_names;              /* the header; n_names == 0 until it is read */
	struct place_pair *cells; size_t n_cells;
	i64 line, record_line;
	bool in_record;
	size_t record_bytes;
	enum err e;
};

static void on_cell(void *text, size_t n, void *arg)
{
	struct reading *r = arg;
	if (r->e != OK)
		return;
	str cell = { text, n };
	str name = r->n_cells < r->n_names ? r->names[r->n_cells] : S("");
	if (!utf8_valid(cell)) {
		r->e = place_input_not_utf8(r->input, r->line, name);
		return;
	}
	if (r->n_cells < PLACE_COLUMNS_MAX)
		r->cells[r->n_cells] = (struct place_pair){ name, str_copy(r->row, n ? cell : S("")) };
	r->n_cells++;
}

static enum err header(struct reading *r)
{
	if (r->n_cells > PLACE_COLUMNS_MAX)
		return place_input_fault(r->input, str_printf(r->input->a, "l’en-tête a %zu colonnes : 300 au plus", r->n_cells));
	r->names = arena_many(r->input->a, str, r->n_cells);
	for (size_t i = 0; i < r->n_cells; i++)
		r->names[i] = str_copy(r->input->a, str_trim(r->cells[i].value));
	r->n_names = r->n_cells;
	return place_input_header(r->input, r->record_line, r->names, r->n_names);
}

static bool blank(const struct reading *r)
{
	for (size_t i = 0; i < r->n_cells && i < PLACE_COLUMNS_MAX; i++)
		if (r->cells[i].value.n)
			return false;
	return true;
}

static enum err record(struct reading *r)
{
	if (blank(r))
		return OK;
	if (!r->n_names)
		return header(r);
	struct file_row row = { .line = r->record_line, .v = r->cells, .n = r->n_cells < r->n_names ? r->n_cells : r->n_names };
	bool extra = r->n_cells > PLACE_COLUMNS_MAX;
	for (size_t i = r->n_names; i < r->n_cells && !extra; i++)
		extra = r->cells[i].value.n > 0;     /* empty cells too many do no harm */
	if (extra || r->n_cells < r->n_names)
		row.broken = str_z(r->row, str_printf(r->row, "la ligne a %zu cellules et l’en-tête %zu : un séparateur ou un guillemet manque",
			r->n_cells, r->n_names));
	return r->input->sink->row(r->input->sink->arg, &row);
}

static void on_record(int end, void *arg)
{
	(void)end;
	struct reading *r = arg;
	if (r->e == OK)
		r->e = record(r);
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
	if (r->record_bytes > PLACE_RECORD_MAX)
		return place_input_fault(r->input, str_printf(r->input->a,
			"l’enregistrement de la ligne %lld dépasse 256 Kio : un guillemet ouvert n’y est sans doute pas refermé", (long long)r->record_line));
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
	for (size_t n; (n = place_input_more(r->input, buffer, sizeof buffer)) > 0;)
		try(feed(r, p, buffer, n, &last));
	enum { IN_A_CELL = 2 };                  /* libcsv's FIELD_BEGUN */
	if (p->quoted && p->pstate == IN_A_CELL)
		return place_input_fault(r->input, str_printf(r->input->a, "le guillemet ouvert à la ligne %lld n’est pas refermé",
			(long long)r->record_line));
	if (csv_fini(p, on_cell, on_record, r))
		return INTERNAL;
	if (r->e == OK && !r->n_names)
		return place_input_fault(r->input, S("ce fichier n’a pas d’en-tête"));
	return r->e;
}

enum err place_read_csv_from(struct place_input *i)
{
	struct csv_parser p;
	if (csv_init(&p, 0))
		return INTERNAL;
	csv_set_blk_size(&p, 8192);              /* a long cell grows by this much; by 128 bytes unless said */
	csv_set_delim(&p, (u8)str_csv_delimiter(i->head));
	struct reading r = { .input = i, .line = 1, .record_line = 1, .row = arena_new(4 * PLACE_RECORD_MAX) };
	r.cells = arena_many(i->a, struct place_pair, PLACE_COLUMNS_MAX);
	enum err e = read_all(&r, &p);
	arena_free(r.row);
	csv_free(&p);
	return e;
}
