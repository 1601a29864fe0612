/* Places in CSV: rows are text and clean, faults are told; and rows written out again as plain CSV read the same. */
#include "places.h"

struct seen { struct arena *a; struct buf out; u64 hash; i64 rows, lines; bool all_whole; };

static void put_cell(struct buf *b, str cell, bool first)
{
	buf_put(b, first ? S("\"") : S(",\""));
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			buf_byte(b, '"');
		buf_byte(b, cell.p[i]);
	}
	buf_byte(b, '"');
}

static void put_line(struct buf *b, const struct file_row *row, bool names)
{
	for (size_t i = 0; i < row->n; i++)
		put_cell(b, names ? row->v[i].name : row->v[i].value, i == 0);
	buf_byte(b, '\n');
}

static void hash(struct seen *s, str cell)
{
	for (size_t i = 0; i < cell.n; i++)
		s->hash = (s->hash ^ (u8)cell.p[i]) * 1099511628211u;
	s->hash = (s->hash ^ 256) * 1099511628211u;
}

static enum err on_row(void *arg, const struct file_row *row)
{
	struct seen *s = arg;
	if (row->broken) {
		s->all_whole = false;
		return OK;
	}
	check_row(s->a, row, s->lines);
	if (s->rows++ == 0)
		put_line(&s->out, row, true);
	put_line(&s->out, row, false);
	for (size_t i = 0; i < row->n; i++)
		hash(s, row->v[i].value);
	return OK;
}

static enum err on_note(void *arg, i64 line, str column, const char *reason)
{
	const struct seen *s = arg;
	must_hold(line >= 1 && line <= s->lines && utf8_valid(column) && reason);
	return OK;
}

static enum err read_once(struct arena *a, str in, struct seen *ret)
{
	struct place_sink sink = { on_row, on_note, ret };
	str fault = { NULL, 0 };
	*ret = (struct seen){ .a = a, .out = buf_new(a, 1 << 24), .lines = lines_of(in), .all_whole = true };
	enum err e = place_read_csv(in, &sink, a, &fault);
	must_hold(e == OK || (e == INVALID && fault.n && utf8_valid(fault)));
	return e;
}

static void check(struct arena *a, str in)
{
	struct seen once, twice;
	if (read_once(a, in, &once) != OK || once.rows == 0 || !once.all_whole)
		return;
	must_hold(read_once(a, buf_str(&once.out), &twice) == OK);
	must_hold(twice.rows == once.rows && twice.all_whole && twice.hash == once.hash);
}

FUZZ(a, in)
{
	check(a, in);
	check(a, str_printf(a, PLACES_HEADER "\n%.*s", STR_ARG(in)));
}
