/* See csv.h. */
#include "base/csv.h"

static bool needs_quotes(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			return true;
	return false;
}

void csv_cell(struct buf *out, str s)
{
	if (!needs_quotes(s)) {
		buf_put(out, s);
		return;
	}
	buf_byte(out, '"');
	for (size_t from = 0, i = 0; i <= s.n; i++)
		if (i == s.n || s.p[i] == '"') {
			buf_put(out, str_slice(s, from, i));
			if (i < s.n)
				buf_put(out, S("\"\""));
			from = i + 1;
		}
	buf_byte(out, '"');
}

/* ---- formulas ---- */

static bool separates(char c) { return c == ';' || c == '\t' || c == '\r' || c == '\n'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* "-12,50", "+33 6 39 98 00 10": a sign at most, then figures, spaces of any width and points. */
static bool is_number(str s)
{
	size_t figures = 0, i = s.n && (s.p[0] == '+' || s.p[0] == '-');
	for (; i < s.n; i++) {
		str rest = str_slice(s, i, s.n);
		if (str_starts(rest, S("\u00A0")))
			i++;
		else if (str_starts(rest, S("\u202F")))
			i += 2;
		else if (!is_digit(s.p[i]) && s.p[i] != ' ' && s.p[i] != '.' && s.p[i] != ',')
			return false;
		figures += is_digit(s.p[i]);
	}
	return figures > 0;
}

/* What a spreadsheet may put in a cell of its own. */
static bool is_formula(str piece)
{
	size_t i = 0;
	while (i < piece.n && (piece.p[i] == ' ' || piece.p[i] == '"'))
		i++;
	return i < piece.n && strchr("=+-@", piece.p[i]) && !is_number(str_slice(piece, i, piece.n));
}

void csv_cell_typed(struct buf *out, str s)
{
	struct buf safe = buf_new(out->a, 2 * s.n + 2);
	if (s.n && separates(s.p[0]) && s.p[0] != ';')
		buf_byte(&safe, '\'');
	for (size_t at = 0, end; at < s.n; at = end) {
		for (end = at; end < s.n && !separates(s.p[end]);)
			end++;
		if (is_formula(str_slice(s, at, end)))
			buf_byte(&safe, '\'');
		end += end < s.n;                /* with its separator */
		buf_put(&safe, str_slice(s, at, end));
	}
	csv_cell(out, buf_str(&safe));
}

/* ---- rows ---- */

static void put_cells(struct buf *out, const str *cells, size_t n, void (*put)(struct buf *, str))
{
	for (size_t i = 0; i < n; i++) {
		put(out, cells[i]);
		buf_byte(out, i + 1 < n ? ',' : '\n');
	}
}

void csv_row(struct buf *out, const str *cells, size_t n) { put_cells(out, cells, n, csv_cell); }
void csv_row_typed(struct buf *out, const str *cells, size_t n) { put_cells(out, cells, n, csv_cell_typed); }
