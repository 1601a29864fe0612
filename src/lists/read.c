/* A file is read in a child that has nothing else (base/child.h); what comes back is kept sealed, row by row, without what is never taken. */
#include "lists/pages.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/child.h"
#include "base/pack.h"
#include "base/rows.h"
#include "base/utf8.h"
#include "lists/cells.h"

#define SHEET_ROWS_MOST (LIST_ROWS_MOST + 50)    /* with titles and headers */

/* ---- the child ---- */

struct sending { struct child_out *out; struct arena *a; size_t n; const char *fault; };

/* Control characters that no table has. */
static bool is_binary(str cell)
{
	for (size_t i = 0; i < cell.n; i++)
		if ((u8)cell.p[i] < ' ' && !strchr("\t\r\n", cell.p[i]))
			return true;
	return false;
}

/* In UTF-8, mended when it went through the wrong hands, its spaces single, of a bounded length. */
static str clean(struct arena *a, str cell)
{
	if (!utf8_valid(cell)) {
		struct charset_reading r = charset_reading(CHARSET_WINDOWS_1252);
		char *room = arena_alloc(a, 3 * cell.n + 4);
		cell = (str){ room, charset_read(&r, cell, room) };
	}
	(void)utf8_mend(a, cell, &cell);
	struct buf b = buf_new(a, cell.n + 4);
	bool space = false;
	for (str rest = str_trim(cell); rest.n;) {
		u32 cp;
		str before = rest;
		(void)utf8_next(&rest, &cp);
		bool is_space = cp <= ' ' || cp == 0xA0 || cp == 0x202F || cp == 0xFEFF || cp == 0x2009;
		if (space && !is_space)
			buf_byte(&b, ' ');
		if (!is_space)
			buf_put(&b, str_slice(before, 0, before.n - rest.n));
		space = is_space && b.n;
	}
	str whole = buf_str(&b);
	while (whole.n > LIST_CELL_MAX)
		whole = utf8_prefix(whole, utf8_length(whole) - 1 - (whole.n - LIST_CELL_MAX) / 4);
	return whole;
}

static enum err send_row(void *arg, i64 line, const str *cells, size_t n)
{
	struct sending *s = arg;
	size_t kept = n < LIST_COLUMNS ? n : LIST_COLUMNS;
	arena_reset(s->a);
	if (++s->n > SHEET_ROWS_MOST)
		s->fault = "ce fichier a plus de 3 000 lignes : envoyez-le en plusieurs fois, école par école";
	for (size_t i = 0; i < kept && !s->fault; i++)
		s->fault = is_binary(cells[i]) ? "ce n’est pas un tableau : enregistrez-le au format XLSX ou CSV" : NULL;
	if (s->fault)
		return INVALID;
	struct buf b = buf_new(s->a, CHILD_RECORD_MAX);
	pack_i64(&b, line);
	pack_i64(&b, (i64)kept);
	for (size_t i = 0; i < kept; i++)
		pack_str(&b, clean(s->a, cells[i]));
	return child_send(s->out, buf_str(&b));
}

static enum err send_fault(struct child_out *out, struct arena *a, str fault)
{
	struct buf b = buf_new(a, 4096);
	pack_i64(&b, -1);
	pack_str(&b, utf8_prefix(fault, 600));
	return child_send(out, buf_str(&b));
}

static enum err parse(int fd, struct child_out *out, void *arg)
{
	struct sending s = { .out = out, .a = arena_new((size_t)16 << 20) };
	struct arena *file = arena_new((size_t)160 << 20);
	struct rows_in in;
	FILE *f = fdopen(fd, "r");
	(void)arg;
	if (!f)
		return INTERNAL;
	enum err e = rows_open(f, file, &in);
	if (e == OK)
		e = rows_read(&in, &(struct xlsx_sink){ send_row, &s });
	if (e == OK && !s.n)
		s.fault = "ce fichier ne contient rien";
	if (e == OK && !s.fault)
		return OK;
	str fault = s.fault ? str_c(s.fault) : in.fault;
	return fault.n ? send_fault(out, s.a, fault) : e;
}

/* ---- this side ---- */

static int in_memory(str content)
{
	int fd = memfd_create("list", MFD_CLOEXEC);
	for (str rest = content; fd >= 0 && rest.n;) {
		ssize_t n = write(fd, rest.p, rest.n);
		if (n <= 0) {
			close(fd);
			return -1;
		}
		rest = str_slice(rest, (size_t)n, rest.n);
	}
	return fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

static enum err take_record(struct arena *a, str record, struct list_rows *ret, str *ret_fault)
{
	struct unpack u = { .rest = record };
	i64 line = unpack_i64(&u);
	if (line < 0) {
		*ret_fault = unpack_str(&u);
		return unpack_done(&u) && utf8_valid(*ret_fault) ? INVALID : INTERNAL;
	}
	i64 n = unpack_i64(&u);
	if (n < 0 || n > LIST_COLUMNS || ret->n >= SHEET_ROWS_MOST)
		return INTERNAL;
	struct list_row *r = &ret->v[ret->n++];
	*r = (struct list_row){ line, arena_many(a, str, (size_t)n + 1), (size_t)n };
	for (size_t i = 0; i < r->n; i++) {
		r->v[i] = unpack_str(&u);
		if (!utf8_valid(r->v[i]) || r->v[i].n > LIST_CELL_MAX)
			return INTERNAL;
	}
	return unpack_done(&u) ? OK : INTERNAL;
}

enum err list_read(str content, struct arena *a, struct list_rows *ret, str *ret_fault)
{
	struct child c;
	str record;
	int fd = in_memory(content);
	*ret = (struct list_rows){ .v = arena_many(a, struct list_row, SHEET_ROWS_MOST) };
	if (fd < 0)
		return INTERNAL;
	enum err e = child_start(parse, fd, NULL, CHILD_LIMITS_FILE, &c);
	close(fd);
	try(e);
	do {
		e = child_next(&c, a, &record);
		if (e == OK)
			e = take_record(a, record, ret, ret_fault);
	} while (e == OK);
	enum err ended = child_end(&c);
	return e == NOT_FOUND ? ended : e;
}

/* ---- looking through ---- */

struct looked { struct list_step *s; struct list_columns c; struct list_rows body; str fields, never, head, *cells; const char *state; };

static enum err looked_tx(struct db *db, void *arg)
{
	struct looked *k = arg;
	i64 id = k->s->l.id;
	try(list_rows_drop(db, id));
	try(list_pieces_drop(db, id));
	for (size_t i = 0; i < k->body.n; i++)
		try(list_row_put(db, id, (i64)i + 1, k->body.v[i].line, k->cells[i]));
	return list_looked(db, id, str_c(k->state), k->fields, k->never, (i64)k->body.n, k->head);
}

/* What is never taken goes; of a birth date the year stays. */
static void leave_out(struct arena *a, struct looked *k)
{
	for (size_t i = 0; i < k->body.n; i++)
		for (size_t c = 0; c < k->body.v[i].n; c++) {
			str *cell = &k->body.v[i].v[c];
			i64 year = k->c.field[c] == LF_BIRTH ? cell_year(*cell) : 0;
			if (k->c.never[c] != LN_NONE || cell_is_nir(*cell))
				*cell = S("");
			else if (k->c.field[c] == LF_BIRTH)
				*cell = year ? str_printf(a, "%lld", (long long)year) : S("");
		}
}

/* As the last list of this source; false: a column is another. */
static bool use_preset(struct arena *a, str kept, struct list_columns *c)
{
	bool all = c->named;
	for (size_t i = 0; i < c->n; i++) {
		str key = list_column_key(a, c->name[i]), line, name;
		bool found = c->never[i] != LN_NONE;
		for (str rest = kept; !found && str_next(&rest, '\n', &line);)
			if (str_next(&line, '|', &name) && str_eq(name, key)) {
				c->field[i] = list_field_of(line);
				found = true;
			}
		all &= found;
	}
	return all;
}

static bool is_repeated(const struct list_columns *c, const struct list_row *r)
{
	size_t same = 0;
	for (size_t i = 0; i < r->n && i < c->n; i++)
		same += r->v[i].n && str_eq(r->v[i], c->name[i]);
	return same > 1;
}

static void pack_columns(struct looked *k)
{
	struct arena *a = k->s->a;
	struct buf fields = buf_new(a, 4096), never = buf_new(a, 4096);
	for (size_t i = 0; i < k->c.n; i++) {
		buf_printf(&fields, "%s%s", i ? " " : "", list_fields[k->c.field[i]].code);
		buf_printf(&never, "%s%d", i ? " " : "", (int)k->c.never[i]);
	}
	k->fields = buf_str(&fields);
	k->never = buf_str(&never);
}

enum err list_look(struct list_step *s)
{
	struct looked k = { .s = s, .state = "columns" };
	struct list_rows rows;
	struct list_preset_row preset;
	str content;
	try(list_open_file(s->db, s->vault, &s->l, &content));
	try(list_read(content, s->a, &rows, &s->fault));
	list_columns_propose(s->a, &rows, &k.c);
	k.body = (struct list_rows){ arena_many(s->a, struct list_row, rows.n + 1), 0 };
	for (size_t i = k.c.body; i < rows.n; i++)
		if (!is_repeated(&k.c, &rows.v[i]))
			k.body.v[k.body.n++] = rows.v[i];
	s->fault = !k.body.n ? S("ce fichier n’a aucune ligne sous son en-tête") : k.body.n > LIST_ROWS_MOST
		? S("ce fichier a plus de 3 000 lignes : envoyez-le en plusieurs fois, école par école") : S("");
	if (s->fault.n)
		return INVALID;
	k.c.adults = str_eq(s->l.named, S("adult"));
	enum err e = k.c.adults ? NOT_FOUND : list_preset(s->db, s->l.organisation_id, s->l.source, &preset);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == OK && use_preset(s->a, preset.columns, &k.c))
		k.state = "check";               /* as last time: nothing is asked */
	if (k.c.adults)
		list_columns_of_adults(&k.c);
	leave_out(s->a, &k);
	pack_columns(&k);
	try(list_seal_text(s->vault, &s->l, "head", str_join(s->a, k.c.name, k.c.n, S("\n")), &k.head));
	k.cells = arena_many(s->a, str, k.body.n + 1);
	try(list_seal_rows(s->vault, &s->l, &k.body, 1, k.cells));
	return db_tx(s->db, looked_tx, &k);
}
