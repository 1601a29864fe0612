/* The file is looked through in a child; what comes back is checked as what a stranger says. */
#include "directory/place_survey.h"

#include <jansson.h>
#include <stdio.h>

#include "base/child.h"
#include "base/pack.h"
#include "base/utf8.h"

/* ---- the child ---- */

struct looking { struct arena *a; struct place_survey s; };

static struct survey_column *column(struct looking *l, str name)
{
	for (size_t i = 0; i < l->s.n; i++)
		if (str_eq(l->s.v[i].name, name))
			return &l->s.v[i];
	if (l->s.n == PLACE_COLUMNS_MAX || !name.n)
		return NULL;
	struct survey_column *c = &l->s.v[l->s.n++];
	*c = (struct survey_column){ .name = str_copy(l->a, utf8_prefix(name, SURVEY_CHARACTERS)), .v = arena_many(l->a, str, SURVEY_VALUES) };
	return c;
}

/* The beginning of a long cell, up to where one of its values ends: half a word would be asked about as a word. */
static str beginning(str cell)
{
	str start = utf8_prefix(cell, SURVEY_CHARACTERS);
	if (start.n == cell.n)
		return cell;
	size_t n = start.n;
	while (n && !strchr(",;|\n", start.p[n - 1]))
		n--;
	return n > 1 ? str_trim(str_slice(start, 0, n - 1)) : start;
}

static void see(struct looking *l, struct survey_column *c, str cell)
{
	cell = beginning(cell);
	c->filled++;
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->v[i], cell))
			return;
	if (c->n == SURVEY_VALUES)
		c->more = true;
	else
		c->v[c->n++] = str_copy(l->a, cell);
}

static enum err see_row(void *arg, const struct file_row *row)
{
	struct looking *l = arg;
	l->s.rows++;
	for (size_t i = 0; i < row->n; i++) {
		struct survey_column *c = column(l, row->v[i].name);
		str cell = str_trim(row->v[i].value);
		if (c && cell.n)
			see(l, c, cell);
	}
	return OK;
}

static enum err no_note(void *arg, i64 line, str name, const char *reason)
{
	(void)arg, (void)line, (void)name, (void)reason;
	return OK;
}

static void pack_column(struct buf *b, const struct survey_column *c)
{
	pack_str(b, c->name);
	pack_i64(b, c->filled);
	pack_i64(b, c->more);
	pack_i64(b, (i64)c->n);
	for (size_t j = 0; j < c->n; j++)
		pack_str(b, c->v[j]);
}

static enum err send(struct child_out *out, const struct looking *l, str fault)
{
	cleanup(arena_freep) struct arena *a = arena_new(4 * CHILD_RECORD_MAX);
	struct buf b = buf_new(a, CHILD_RECORD_MAX);
	pack_str(&b, fault);
	pack_i64(&b, l->s.rows);
	try(child_send(out, buf_str(&b)));
	for (size_t i = 0; i < l->s.n; i++) {
		const struct survey_column *c = &l->s.v[i];
		arena_reset(a);
		b = buf_new(a, CHILD_RECORD_MAX);
		pack_column(&b, c);
		try(child_send(out, buf_str(&b)));
	}
	return OK;
}

static enum err look(int fd, struct child_out *out, void *arg)
{
	const enum place_format *format = arg;
	struct looking l = { .a = arena_new((size_t)64 << 20) };
	struct place_sink sink = { see_row, no_note, &l, .any_columns = true };
	str fault = { NULL, 0 };
	FILE *in = fdopen(fd, "r");
	l.s.v = arena_many(l.a, struct survey_column, PLACE_COLUMNS_MAX);
	if (!in)
		return INTERNAL;
	enum err e = place_read(in, *format, &sink, arena_new((size_t)16 << 20), &fault);
	if (e != OK && !(e == INVALID && fault.n))
		return e;
	if (e == OK && !l.s.rows)
		fault = S("ce fichier n’a aucune ligne sous son en-tête");
	return send(out, &l, fault);
}

/* ---- this side ---- */

static bool unpack_column(struct arena *a, struct unpack *u, struct survey_column *ret)
{
	*ret = (struct survey_column){ .name = unpack_str(u) };
	ret->filled = unpack_i64(u);
	ret->more = unpack_i64(u) != 0;
	i64 n = unpack_i64(u);
	if (u->bad || n < 0 || n > SURVEY_VALUES || !utf8_valid(ret->name))
		return false;
	ret->v = arena_many(a, str, (size_t)n + 1);
	for (ret->n = 0; ret->n < (size_t)n; ret->n++) {
		ret->v[ret->n] = unpack_str(u);
		if (!utf8_valid(ret->v[ret->n]))
			return false;
	}
	return !u->bad;
}

void survey_pack(struct buf *b, const struct place_survey *s)
{
	pack_i64(b, s->rows);
	pack_i64(b, (i64)s->n);
	for (size_t i = 0; i < s->n; i++)
		pack_column(b, &s->v[i]);
}

bool survey_unpack(struct arena *a, str bytes, struct place_survey *ret)
{
	struct unpack u = { .rest = bytes };
	*ret = (struct place_survey){ .rows = unpack_i64(&u) };
	i64 n = unpack_i64(&u);
	if (u.bad || n < 0 || n > PLACE_COLUMNS_MAX)
		return false;
	ret->v = arena_many(a, struct survey_column, (size_t)n + 1);
	for (; ret->n < (size_t)n; ret->n++)
		if (!unpack_column(a, &u, &ret->v[ret->n]))
			return false;
	return unpack_done(&u);
}

static enum err receive(struct child *child, struct arena *a, struct place_survey *ret, str *ret_fault)
{
	str record;
	try(child_next(child, a, &record));
	struct unpack u = { .rest = record };
	*ret_fault = unpack_str(&u);
	ret->rows = unpack_i64(&u);
	ret->v = arena_many(a, struct survey_column, PLACE_COLUMNS_MAX);
	if (!unpack_done(&u) || !utf8_valid(*ret_fault))
		return INTERNAL;
	for (;;) {
		enum err e = child_next(child, a, &record);
		if (e == NOT_FOUND)
			return OK;
		try(e);
		u = (struct unpack){ .rest = record };
		if (ret->n == PLACE_COLUMNS_MAX || !unpack_column(a, &u, &ret->v[ret->n++]) || !unpack_done(&u))
			return INTERNAL;
	}
}

enum err place_survey_read(int fd, enum place_format format, struct arena *a, struct place_survey *ret, str *ret_fault)
{
	struct child child;
	*ret = (struct place_survey){ .n = 0 };
	*ret_fault = S("");
	json_object_seed(0);                     /* the child may not open the system's randomness */
	try(child_start(look, fd, &format, CHILD_LIMITS_FILE, &child));
	enum err e = receive(&child, a, ret, ret_fault);
	if (child_end(&child) != OK || e != OK)
		return INTERNAL;
	return ret_fault->n ? INVALID : OK;
}
