/* A table of places, CSV or a sheet of a workbook: its first row that holds something names the columns. */
#include "directory/place_read_parts.h"
#include "base/utf8.h"

struct naming { struct place_input *input; str *names; size_t n_names; struct place_pair *cells; };

static enum err header(struct naming *s, i64 line, const str *cells, size_t n)
{
	struct arena *a = s->input->a;
	if (n > PLACE_COLUMNS_MAX)
		return place_input_fault(s->input, str_printf(a, "l’en-tête a %zu colonnes : 300 au plus", n));
	s->names = arena_many(a, str, n + 1);
	s->n_names = n;
	for (size_t i = 0; i < n; i++)
		s->names[i] = str_copy(a, str_trim(cells[i]));
	return place_input_header(s->input, line, s->names, n);
}

/* What is wrong with how many cells a row has; NULL: nothing. Empty ones too many do no harm, nor do a workbook's that it leaves out. */
static const char *uneven(const struct naming *s, const str *cells, size_t n)
{
	bool extra = n > PLACE_COLUMNS_MAX, workbook = s->input->in.workbook;
	for (size_t i = s->n_names; i < n && !extra; i++)
		extra = cells[i].n > 0;
	if (!extra && (workbook || n >= s->n_names))
		return NULL;
	if (workbook)
		return "une cellule de cette ligne n’est sous aucun nom de colonne";
	return str_z(s->input->row, str_printf(s->input->row, "la ligne a %zu cellules et l’en-tête %zu : un séparateur ou un guillemet manque", n, s->n_names));
}

static enum err on_row(void *arg, i64 line, const str *cells, size_t n)
{
	struct naming *s = arg;
	for (size_t i = 0; i < n && i < PLACE_COLUMNS_MAX; i++)
		if (!utf8_valid(cells[i]))
			return place_input_not_utf8(s->input, line, i < s->n_names ? s->names[i] : S(""));
	if (!s->names)
		return header(s, line, cells, n);
	size_t kept = n < s->n_names && !s->input->in.workbook ? n : s->n_names;
	arena_reset(s->input->row);
	for (size_t i = 0; i < kept; i++)
		s->cells[i] = (struct place_pair){ .name = s->names[i], .value = i < n ? cells[i] : S("") };
	struct file_row row = { .line = line, .v = s->cells, .n = kept, .broken = uneven(s, cells, n) };
	return s->input->sink->row(s->input->sink->arg, &row);
}

enum err place_read_table_from(struct place_input *i)
{
	struct naming s = { .input = i, .cells = arena_many(i->a, struct place_pair, PLACE_COLUMNS_MAX) };
	i->row = arena_new((size_t)1 << 16);
	enum err e = rows_read(&i->in, &(struct xlsx_sink){ on_row, &s });
	arena_free(i->row);
	if (i->in.fault.p)
		i->fault = i->in.fault;          /* else it is the header's, which stopped the reading */
	return e == OK && !s.names ? place_input_fault(i, S("ce fichier n’a pas d’en-tête")) : e;
}
