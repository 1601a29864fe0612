/* The rows of a sheet (§18.3.1.73, §18.3.1.4), one at a time. */
#include "base/xlsx_parts.h"

#define LINES 1048576                            /* of a sheet (§18.3.1.73) */
#define COLUMNS 16384
#define ROW_MAX ((size_t)24 << 20)               /* bytes of a row's texts; 300 full cells are 10 MiB */

struct reading {
	struct xlsx_book *b;
	const struct xlsx_sheet *sheet;
	const struct xlsx_sink *sink;
	struct arena *row, *waiting;             /* waiting: the first row, until there is a second */
	str cells[XLSX_COLUMNS], first[XLSX_COLUMNS];
	size_t n, n_first;
	i64 line, first_line, rows;              /* rows: those that say something */
	i64 column;                              /* of the cell being read, from 1 */
	enum { NUMBER, SHARED, TEXT, BOOLEAN, FAULTY, ISO } type;
	i64 style;
	bool in_row, in_cell, in_hint, takes;    /* takes: texts belong to the cell */
	char text[XLSX_CELL];
	size_t n_text;
};

static enum err row_fault(struct reading *s, const char *what)
{
	return xlsx_fault(s->b, "feuille « %.*s », ligne %lld : %s", STR_ARG(s->sheet->name), (long long)s->line, what);
}

static enum err cell_fault(struct reading *s, const char *what)
{
	char letters[8];
	size_t at = sizeof letters - 1;
	letters[at] = 0;
	for (i64 c = s->column; c > 0 && at > 0; c = (c - 1) / 26)
		letters[--at] = (char)('A' + (c - 1) % 26);
	return xlsx_fault(s->b, "feuille « %.*s », ligne %lld, colonne %s : %s", STR_ARG(s->sheet->name), (long long)s->line, letters + at, what);
}

/* ---- rows ---- */

static enum err begin_row(struct reading *s, const char **attributes)
{
	str r = xlsx_attribute(attributes, "r");
	i64 line = s->line + 1;
	if (r.n && (!str_i64(r, &line) || line < 1 || line > LINES))
		return row_fault(s, "le numéro de la ligne suivante ne se lit pas");
	if (line > LINES)
		return row_fault(s, "la feuille a trop de lignes");
	s->line = line;
	s->column = 0;
	s->in_row = true;
	return OK;
}

static void keep_first(struct reading *s)
{
	for (size_t i = 0; i < s->n; i++)
		s->first[i] = s->cells[i].n ? str_copy(s->waiting, s->cells[i]) : S("");
	s->n_first = s->n;
	s->first_line = s->line;
}

static enum err give(struct reading *s)
{
	if (++s->rows == 1) {
		keep_first(s);
		return OK;
	}
	if (s->rows > XLSX_ROWS)
		return row_fault(s, "plus de 200 000 lignes remplies, le fichier est à partager en plusieurs");
	if (s->rows == 2)
		try(s->sink->row(s->sink->arg, s->first_line, s->first, s->n_first));
	return s->sink->row(s->sink->arg, s->line, s->cells, s->n);
}

static enum err end_row(struct reading *s)
{
	s->in_row = false;
	enum err e = s->n ? give(s) : OK;
	s->n = 0;
	if (arena_used(s->row))
		arena_reset(s->row);
	return e;
}

/* ---- cells ---- */

/* "AB12" is column 28; its line is the row's. Without a reference, a cell comes after the one before. */
static enum err place_cell(struct reading *s, str r)
{
	i64 column = 0;
	size_t i = 0;
	for (; i < r.n && i < 4 && ((r.p[i] >= 'A' && r.p[i] <= 'Z') || (r.p[i] >= 'a' && r.p[i] <= 'z')); i++)
		column = column * 26 + (r.p[i] & 31);
	if (!r.n)
		column = s->column + 1;
	if (column < 1 || column > COLUMNS)
		return row_fault(s, "la référence d’une cellule ne se lit pas");
	s->column = column;
	return OK;
}

static enum err begin_cell(struct reading *s, const char **attributes)
{
	str type = { 0 }, r = { 0 }, style = { 0 };
	for (; *attributes; attributes += 2) {
		str *to = strcmp(*attributes, "t") == 0 ? &type : strcmp(*attributes, "r") == 0 ? &r : strcmp(*attributes, "s") == 0 ? &style : NULL;
		if (to)
			*to = str_c(attributes[1]);
	}
	try(place_cell(s, r));
	s->style = 0;
	if (style.n && !str_i64(style, &s->style))
		s->style = 0;
	s->type = !type.n || str_eq(type, S("n")) ? NUMBER : str_eq(type, S("s")) ? SHARED : str_eq(type, S("b")) ? BOOLEAN :
		str_eq(type, S("e")) ? FAULTY : str_eq(type, S("d")) ? ISO : TEXT;
	s->in_cell = true;
	s->in_hint = s->takes = false;
	s->n_text = 0;
	return OK;
}

static enum err number_cell(struct reading *s, str text, str *ret)
{
	struct xlsx_format f = { .kind = XLSX_NUMBER };
	if (s->style >= 0 && (u64)s->style < s->b->n_formats)
		f = s->b->formats[s->style];
	str shown = xlsx_number(s->row, text, f, s->b->from_1904);
	*ret = (shown.p >= s->text && shown.p < s->text + sizeof s->text) ? str_copy(s->row, shown) : shown;
	return OK;
}

static enum err shared_cell(struct reading *s, str text, str *ret)
{
	i64 i;
	if (!str_i64(str_trim(text), &i) || i < 0 || !xlsx_string(&s->b->strings, (u64)i, ret))
		return cell_fault(s, "le texte de la cellule manque dans le classeur, qui est abîmé");
	return ret->n > XLSX_CELL ? cell_fault(s, "la cellule dépasse 32 Kio") : OK;
}

/* What the cell shows; it may point to s->text. */
static enum err value_of(struct reading *s, str *ret)
{
	str text = { s->text, s->n_text };
	*ret = S("");
	switch (s->type) {
	case NUMBER: return text.n ? number_cell(s, text, ret) : OK;
	case SHARED: return text.n ? shared_cell(s, text, ret) : OK;
	case BOOLEAN: *ret = !text.n ? S("") : str_eq(text, S("1")) || str_eq(text, S("true")) ? S("oui") : S("non"); return OK;
	case ISO: *ret = str_copy(s->row, xlsx_iso(s->row, text)); return OK;
	case TEXT: *ret = str_copy(s->row, (str){ s->text, xlsx_unescape(s->text, s->n_text) }); return OK;
	case FAULTY: return OK;
	}
	return OK;
}

static enum err end_cell(struct reading *s)
{
	str shown;
	s->in_cell = s->takes = false;
	try(value_of(s, &shown));
	if (arena_used(s->row) > ROW_MAX / 2)    /* cells written many times in one place */
		return row_fault(s, "la ligne est trop longue");
	if (!str_trim(shown).n)
		return OK;
	if (s->column > XLSX_COLUMNS)
		return cell_fault(s, "300 colonnes au plus, celle-ci est au-delà");
	size_t at = (size_t)s->column - 1;
	while (s->n <= at)
		s->cells[s->n++] = S("");
	s->cells[at] = shown;
	return OK;
}

/* ---- elements ---- */

static enum err on_start(void *arg, const char *name, const char **attributes)
{
	struct reading *s = arg;
	if (strcmp(name, "c") == 0)
		return s->in_row ? begin_cell(s, attributes) : OK;
	if (strcmp(name, "row") == 0)
		return begin_row(s, attributes);
	if (strcmp(name, "rPh") == 0)
		s->in_hint = true;
	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		s->takes = s->in_cell && !s->in_hint;
	return OK;
}

static enum err on_end(void *arg, const char *name)
{
	struct reading *s = arg;
	if (strcmp(name, "c") == 0)
		return s->in_cell ? end_cell(s) : OK;
	if (strcmp(name, "row") == 0)
		return s->in_row ? end_row(s) : OK;
	if (strcmp(name, "rPh") == 0)
		s->in_hint = false;
	if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
		s->takes = false;
	return OK;
}

static enum err on_text(void *arg, str piece)
{
	struct reading *s = arg;
	if (!s->takes)
		return OK;
	if (piece.n > sizeof s->text - s->n_text)
		return cell_fault(s, "la cellule dépasse 32 Kio");
	memcpy(s->text + s->n_text, piece.p, piece.n);
	s->n_text += piece.n;
	return OK;
}

enum err xlsx_sheet(struct xlsx_book *b, const struct xlsx_sheet *sheet, const struct xlsx_sink *sink)
{
	struct arena_mark mark = arena_mark(b->a);
	struct reading *s = arena_one(b->a, struct reading);
	*s = (struct reading){ .b = b, .sheet = sheet, .sink = sink, .row = arena_new(ROW_MAX), .waiting = arena_new(ROW_MAX) };
	enum err e = xlsx_xml(b, sheet->part, &(struct xlsx_xml){ .start = on_start, .end = on_end, .text = on_text, .arg = s });
	arena_free(s->row);
	arena_free(s->waiting);
	if (e == OK && s->rows < 2)
		e = NOT_FOUND;
	arena_rewind(b->a, mark);
	return e;
}
