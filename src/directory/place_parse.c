/* The two sides of the pipe. */
#include "directory/place_parse.h"

#include <jansson.h>

#include "base/pack.h"
#include "base/utf8.h"

enum { TOLD_CHARACTERS = 4000 };                 /* of a value that is told; the longest that a coordinator would read */

/* ---- the child ---- */

struct sender {
	struct child_out *out;
	struct arena *a;
	const struct place_parse_options *o;
	FILE *in;
};

static void pack_told(struct buf *b, const struct place_told *t)
{
	pack_i64(b, t->kind);
	pack_str(b, t->column);
	pack_str(b, utf8_prefix(t->value, TOLD_CHARACTERS));
	pack_str(b, t->reason);
	pack_str(b, utf8_prefix(t->proposal, TOLD_CHARACTERS));
}

static enum err send_row(void *arg, const struct file_row *row)
{
	struct sender *s = arg;
	struct place_cleaned c;
	struct file_row laid;
	arena_reset(s->a);
	if (s->o->layout) {
		laid = place_layout_apply(s->a, s->o->layout, date_iso(s->a, s->o->day.y ? s->o->day : s->o->today), row);
		row = &laid;
	}
	place_clean(s->a, row, s->o->today, &c);
	struct buf b = buf_new(s->a, CHILD_RECORD_MAX);
	pack_i64(&b, PARSED_ROW);
	pack_i64(&b, row->line);
	pack_i64(&b, ftell(s->in));
	pack_i64(&b, c.refused);
	for (size_t f = 0; f < P_COUNT; f++)
		pack_str(&b, c.place.f[f]);
	pack_i64(&b, (i64)c.n_told);
	for (size_t i = 0; i < c.n_told; i++)
		pack_told(&b, &c.told[i]);
	return b.full ? INTERNAL : child_send(s->out, buf_str(&b));
}

static enum err send_text(struct sender *s, i64 kind, i64 line, str column, str text)
{
	arena_reset(s->a);
	struct buf b = buf_new(s->a, CHILD_RECORD_MAX);
	pack_i64(&b, kind);
	pack_i64(&b, line);
	pack_i64(&b, ftell(s->in));
	pack_str(&b, utf8_prefix(column, TOLD_CHARACTERS));
	pack_str(&b, utf8_prefix(text, TOLD_CHARACTERS));
	return child_send(s->out, buf_str(&b));
}

static enum err send_note(void *arg, i64 line, str column, const char *reason)
{
	return send_text(arg, PARSED_NOTE, line, column, str_c(reason));
}

static enum err parse(int fd, struct child_out *out, void *arg)
{
	const struct place_parse_options *o = arg;
	struct sender s = { .out = out, .a = arena_new(4 * CHILD_RECORD_MAX), .o = o, .in = fdopen(fd, "r") };
	struct arena *file = arena_new((size_t)16 << 20);
	struct place_sink sink = { send_row, send_note, &s, .any_columns = o->layout != NULL };
	str fault = { NULL, 0 };
	if (!s.in)
		return INTERNAL;
	enum err e = place_read(s.in, o->format, &sink, file, &fault);
	if (e == OK && ferror(s.in)) {
		e = INVALID;
		fault = S("la lecture du fichier a échoué avant sa fin");
	}
	return e == INVALID && fault.p ? send_text(&s, PARSED_FAULT, 0, S(""), fault) : e;
}

/* ---- this side ---- */

struct place_parse { struct child child; struct place_parse_options o; bool ended; };

enum err place_parse_start(int fd, struct place_parse_options o, struct arena *a, struct place_parse **ret)
{
	json_object_seed(0);                     /* the child may not open the system's randomness */
	struct place_parse *p = arena_one(a, struct place_parse);
	p->o = o;
	*ret = p;
	return child_start(parse, fd, &p->o, CHILD_LIMITS_FILE, &p->child);
}

static bool unpack_row(struct unpack *u, struct arena *a, struct place_cleaned *ret)
{
	*ret = (struct place_cleaned){ .refused = unpack_i64(u) != 0 };
	for (size_t f = 0; f < P_COUNT; f++)
		ret->place.f[f] = unpack_str(u);
	i64 n = unpack_i64(u);
	if (u->bad || n < 0 || n > PLACE_TOLD_MAX)
		return false;
	ret->n_told = (size_t)n;
	ret->told = arena_many(a, struct place_told, (size_t)n + 1);
	for (i64 i = 0; i < n; i++) {
		struct place_told *t = &ret->told[i];
		i64 kind = unpack_i64(u);
		*t = (struct place_told){ .column = unpack_str(u), .value = unpack_str(u), .reason = unpack_str(u), .proposal = unpack_str(u) };
		if (kind < TOLD_REFUSED || kind > TOLD_DOUBT || !utf8_valid(t->column) || !utf8_valid(t->value) || !utf8_valid(t->reason) ||
		    !utf8_valid(t->proposal))
			return false;
		t->kind = (enum told)kind;
	}
	return true;
}

enum err place_parse_next(struct place_parse *p, struct arena *a, struct place_parsed *ret)
{
	str record;
	enum err e = child_next(&p->child, a, &record);
	if (e == NOT_FOUND) {
		p->ended = true;
		return child_end(&p->child) == OK ? NOT_FOUND : INTERNAL;
	}
	if (e != OK)
		return e;
	struct unpack u = { .rest = record };
	i64 kind = unpack_i64(&u);
	*ret = (struct place_parsed){ .line = unpack_i64(&u), .offset = unpack_i64(&u) };
	if (kind == PARSED_ROW) {
		ret->kind = PARSED_ROW;
		return unpack_row(&u, a, &ret->row) && unpack_done(&u) ? OK : INTERNAL;
	}
	ret->kind = kind == PARSED_NOTE ? PARSED_NOTE : PARSED_FAULT;
	ret->column = unpack_str(&u);
	ret->text = unpack_str(&u);
	return unpack_done(&u) && utf8_valid(ret->column) && utf8_valid(ret->text) ? OK : INTERNAL;
}

void place_parse_end(struct place_parse *p)
{
	if (!p->ended && child_end(&p->child) != OK)
		p->ended = true;                 /* killed before its end, as wanted */
	p->ended = true;
}
