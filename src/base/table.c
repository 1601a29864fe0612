/* See table.h. CSV is libcsv's. */
#include "base/table.h"

#include <csv.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/words.h"

#define NAME_MAX_BYTES 400
#define ROW_MAX ((size_t)64 << 20)

struct table table_new(struct arena *a)
{
	return (struct table){.a = a, .row = arena_new(ROW_MAX)};
}

void table_free(struct table *t)
{
	arena_free(t->row);
}

void table_name(struct table *t, struct arena *a, str name)
{
	struct buf b = buf_new(a, NAME_MAX_BYTES);
	str folded = str_trim(utf8_fold(t->row, name));
	if (t->n_names == TABLE_COLUMNS)
		return;
	for (size_t i = str_starts(folded, S("#")); i < folded.n; i++) {
		char c = folded.p[i];
		buf_byte(&b, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_');
	}
	t->names[t->n_names++] = buf_str(&b);
}

str table_cell(const struct table *t, const char *const *names)
{
	for (; *names; names++)
		for (size_t i = 0; i < t->n_names && i < t->n_cells; i++)
			if (str_eq(t->names[i], str_c(*names)) && str_trim(t->cells[i]).n)
				return str_trim(t->cells[i]);
	return S("");
}

bool table_has(const struct table *t, const char *const *names)
{
	for (; *names; names++)
		for (size_t i = 0; i < t->n_names; i++)
			if (str_eq(t->names[i], str_c(*names)))
				return true;
	return false;
}

/* ---- CSV ---- */

struct reading { struct table *t; table_fn *header, *row; void *arg; enum err e; };

static enum err take(struct reading *r)
{
	struct table *t = r->t;
	if (t->n_names)
		return r->row(r->arg);
	for (size_t i = 0; i < t->n_cells; i++)
		table_name(t, t->a, t->cells[i]);
	return r->header(r->arg);
}

static void on_cell(void *text, size_t n, void *arg)
{
	struct table *t = ((struct reading *)arg)->t;
	if (t->n_cells < TABLE_COLUMNS)
		t->cells[t->n_cells++] = n ? str_copy(t->row, (str){text, n}) : S("");
}

static void on_record(int end, void *arg)
{
	struct reading *r = arg;
	struct table *t = r->t;
	bool blank = t->n_cells == 0 || (t->n_cells == 1 && !t->cells[0].n);
	(void)end;
	t->line++;
	if (r->e == OK && !t->ended && !blank)
		r->e = take(r);
	t->n_cells = 0;
	arena_reset(t->row);
}

enum err table_read_csv(struct table *t, str bytes, table_fn *header, table_fn *row, void *arg)
{
	struct reading r = {t, header, row, arg, OK};
	struct csv_parser p;
	bool parsed = true;
	if (csv_init(&p, CSV_APPEND_NULL))
		return INTERNAL;
	csv_set_delim(&p, (u8)str_csv_delimiter(bytes));
	for (str rest = bytes, line; parsed && r.e == OK && !t->ended && rest.n && str_next(&rest, '\n', &line);) {
		size_t n = line.n + (rest.p ? 1 : 0);
		parsed = csv_parse(&p, line.p, n, on_cell, on_record, &r) == n;
	}
	parsed = parsed && csv_fini(&p, on_cell, on_record, &r) == 0;
	csv_free(&p);
	if (!parsed)
		return INTERNAL;
	return r.e == OK && !t->n_names ? NOT_FOUND : r.e;
}

bool table_bytes(int fd, size_t max, struct arena *a, str *ret)
{
	struct buf b = buf_new(a, max);
	ssize_t n;
	for (char piece[65536]; (n = read(fd, piece, sizeof piece)) > 0;)
		buf_put(&b, (str){ piece, (size_t)n });
	*ret = buf_str(&b);
	if (str_starts(*ret, S("\xEF\xBB\xBF")))
		*ret = str_slice(*ret, 3, ret->n);
	return n == 0 && !b.full;
}
