/* Places in JSON: rows are text and clean, faults are told. */
#include "places.h"

struct seen { struct arena *a; i64 lines; };

static enum err on_row(void *arg, const struct file_row *row)
{
	const struct seen *s = arg;
	check_row(s->a, row, s->lines);
	return OK;
}

static enum err on_note(void *arg, i64 line, str column, const char *reason)
{
	const struct seen *s = arg;
	must_hold(line >= 1 && line <= s->lines && utf8_valid(column) && reason);
	return OK;
}

static void check(struct arena *a, str in)
{
	struct seen seen = { a, lines_of(in) };
	struct place_sink sink = { on_row, on_note, &seen };
	str fault = { NULL, 0 };
	enum err e = place_read_json(in, &sink, a, &fault);
	must_hold(e == OK || (e == INVALID && fault.n && utf8_valid(fault)));
}

FUZZ(a, in)
{
	check(a, in);
	check(a, str_printf(a, "[{\"id\":\"1\",\"pivot\":\"00000000000000\",\"nom\":\"A\",\"commune\":\"Nantes\",\"code_postal\":44000,"
		"\"adresse\":\"1 quai\",\"date_maj\":\"2026-03-04\",%.*s}]", STR_ARG(in)));
}
