/* A sheet of a workbook: its first row that holds something names the columns. */
#include "directory/place_read_parts.h"

#include "base/xlsx.h"

struct sheet { struct place_input *input; str *names; size_t n_names; struct place_pair *cells; };

static enum err header(struct sheet *s, i64 line, const str *cells, size_t n)
{
	s->names = arena_many(s->input->a, str, n);
	s->n_names = n;
	for (size_t i = 0; i < n; i++)
		s->names[i] = str_copy(s->input->a, str_trim(cells[i]));
	return place_input_header(s->input, line, s->names, n);
}

static enum err on_row(void *arg, i64 line, const str *cells, size_t n)
{
	struct sheet *s = arg;
	if (!s->names)
		return header(s, line, cells, n);
	for (size_t i = 0; i < s->n_names; i++)
		s->cells[i] = (struct place_pair){ .name = s->names[i], .value = i < n ? cells[i] : S("") };
	struct file_row row = { .line = line, .v = s->cells, .n = s->n_names };
	for (size_t i = s->n_names; i < n && !row.broken; i++)
		if (cells[i].n)
			row.broken = "une cellule de cette ligne n’est sous aucun nom de colonne";
	return s->input->sink->row(s->input->sink->arg, &row);
}

enum err place_read_xlsx_from(struct place_input *i)
{
	struct sheet s = { .input = i, .cells = arena_many(i->a, struct place_pair, XLSX_COLUMNS) };
	str fault = { NULL, 0 };
	enum err e = xlsx_read(i->in, &(struct xlsx_sink){ on_row, &s }, i->a, &fault);
	if (fault.p)
		i->fault = fault;                /* else it is the header's, which stopped the reading */
	return e;
}
