/* sqlgen, reading: a .sql file into its named statements. */
#include "sqlgen.h"
#include "db/ddl.h"

#include <errno.h>

enum { STATEMENTS_MAX = 300 };

static const char *const kinds[] = { ":one", ":many", ":each", ":exec", ":scalar" };

str read_file(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct buf b = buf_new(a, (size_t)4 << 20);
	size_t got = 0;
	if (!f) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(1);
	}
	for (char chunk[8192]; (got = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_put(&b, (str){chunk, got});
	fclose(f);
	return buf_str(&b);
}

/* The last two parts of a path: "directory/place.sql". */
static str short_name(const char *path)
{
	str s = str_c(path);
	int slashes = 0;
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' && ++slashes == 2)
			return str_slice(s, i, s.n);
	return s;
}

/* The next word of *rest, cut at white space. */
static str word(str *rest)
{
	*rest = str_trim(*rest);
	size_t n = 0;
	while (n < rest->n && rest->p[n] != ' ' && rest->p[n] != '\t')
		n++;
	str w = str_slice(*rest, 0, n);
	*rest = str_slice(*rest, n, rest->n);
	return w;
}

static bool c_name(str s)
{
	static const char reserved[] = " auto bool break case char const continue default do double else enum extern float for goto"
		" if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile"
		" while db ret fn arg str i64 i32 u64 u32 u16 u8 try cleanup ";
	char padded[80];
	if (s.n == 0 || s.n > 60 || s.p[0] < 'a' || s.p[0] > 'z')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '_'))
			return false;
	snprintf(padded, sizeof padded, " %.*s ", STR_ARG(s));
	return !strstr(reserved, padded);
}

static bool type_of(str s, struct field *ret)
{
	static const struct { const char *name; enum db_type type; } types[] = {{"i64", DB_I64}, {"f64", DB_F64}, {"text",
		DB_TEXT}, {"blob", DB_BLOB}};
	ret->nullable = str_ends(s, S("?"));
	if (ret->nullable)
		s.n--;
	for (size_t i = 0; i < lengthof(types); i++)
		if (str_eq(s, str_c(types[i].name))) {
			ret->type = types[i].type;
			return true;
		}
	return false;
}

static int column_in(str line, str part) { return (int)(part.p - line.p) + 1; }

/* "id i64, district text?" added to *to. */
static void read_fields(const char *path, int line_no, str line, str list, struct fields *to)
{
	str part;
	while (str_next(&list, ',', &part)) {
		struct field f = {.name = word(&part)};
		str type = word(&part);
		int col = column_in(line, f.name);
		if (!c_name(f.name))
			complain(path, line_no, col, "\"%.*s\" cannot be a name in C", STR_ARG(f.name));
		else if (!type_of(type, &f))
			complain(path, line_no, col, "\"%.*s\" wants a type: i64, f64, text or blob, with '?' if it may be NULL",
				STR_ARG(f.name));
		else if (str_trim(part).n)
			complain(path, line_no, column_in(line, str_trim(part)), "unexpected \"%.*s\"", STR_ARG(str_trim(part)));
		for (size_t i = 0; i < to->n; i++)
			if (str_eq(to->v[i].name, f.name))
				complain(path, line_no, col, "\"%.*s\" is there twice", STR_ARG(f.name));
		if (to->n < lengthof(to->v))
			to->v[to->n++] = f;
		else
			complain(path, line_no, col, "more than %zu", lengthof(to->v));
	}
}

static bool kind_of(str s, enum kind *ret)
{
	for (size_t i = 0; i < lengthof(kinds); i++)
		if (str_eq(s, str_c(kinds[i]))) {
			*ret = (enum kind)i;
			return true;
		}
	return false;
}

/* "place_by_id :one -> place_row" */
static void read_name(const char *path, int line_no, str line, str rest, struct stmt *st)
{
	*st = (struct stmt){.line = line_no, .name = word(&rest)};
	str kind = word(&rest);
	bool known = kind_of(kind, &st->kind);
	if (!c_name(st->name))
		complain(path, line_no, column_in(line, st->name), "\"%.*s\" cannot be a name in C", STR_ARG(st->name));
	if (!known)
		complain(path, line_no, column_in(line, kind), "the kind is one of :one :many :each :exec :scalar");
	bool rows = known && st->kind != KIND_EXEC && st->kind != KIND_SCALAR;
	str arrow = word(&rest);
	if (str_eq(arrow, S("->")))
		st->row = word(&rest);
	if (rows && !c_name(st->row))
		complain(path, line_no, column_in(line, arrow), "%.*s wants \"-> name_of_the_row\"", STR_ARG(kind));
	if (known && !rows && arrow.n)
		complain(path, line_no, column_in(line, arrow), "%.*s has no row", STR_ARG(kind));
}

/* Whether a line is "-- KEY: …"; what follows in *ret. */
static bool directive(str line, const char *key, str *ret)
{
	char start[16];
	snprintf(start, sizeof start, "-- %s:", key);
	str t = str_trim(line);
	if (!str_starts(t, str_c(start)))
		return false;
	*ret = str_slice(t, strlen(start), t.n);
	return true;
}

static str engine_text(struct arena *a, const char *path, const struct stmt *st, enum db_engine engine)
{
	str whole = ddl_lines(a, st->text, engine);
	size_t end = whole.n;
	while (end > 0 && strchr(" \t\r\n", whole.p[end - 1]))
		end--;
	if (end == 0 || whole.p[end - 1] != ';') {
		complain(path, st->line, 1, "%.*s does not end with ';'%s", STR_ARG(st->name),
			engine == DB_PG ? " for PostgreSQL" : "");
		return S("");
	}
	return str_slice(whole, 0, end - 1);
}

static void finish(struct arena *a, const char *path, struct stmt *st, struct buf *text)
{
	st->text = buf_str(text);
	st->sqlite = engine_text(a, path, st, DB_SQLITE);
	st->pg = engine_text(a, path, st, DB_PG);
	if (str_eq(st->sqlite, st->pg))
		st->pg = st->sqlite;
	if (st->kind == KIND_EXEC && st->out.n)
		complain(path, st->line, 1, ":exec gives nothing: make it :one, or take \"-- out:\" away");
	if (st->kind == KIND_SCALAR && st->out.n != 1)
		complain(path, st->line, 1, ":scalar gives one column: \"-- out: name type\"");
	if (st->kind != KIND_EXEC && st->kind != KIND_SCALAR && !st->out.n)
		complain(path, st->line, 1, "%.*s wants \"-- out: name type, …\"", STR_ARG(st->name));
}

/* One line into the statement being read (NULL before the first). */
static void read_line(const char *path, int line_no, str line, struct stmt *st, struct buf *text)
{
	str rest, t = str_trim(line);
	bool comment = str_starts(t, S("--"));
	if (!st) {
		if (t.n && !comment)
			complain(path, line_no, 1, "SQL before the first \"-- name:\"");
		return;
	}
	if (directive(line, "in", &rest))
		read_fields(path, line_no, line, rest, &st->in);
	else if (directive(line, "out", &rest))
		read_fields(path, line_no, line, rest, &st->out);
	else if (!comment || directive(line, "sqlite", &rest) || directive(line, "pg", &rest) || directive(line, "both", &rest))
		buf_put(text, line);
	buf_byte(text, '\n');
}

static void check_rows(const struct sqlfile *f)
{
	for (size_t i = 0; i < f->n; i++)
		for (size_t j = 0; j < i; j++) {
			const struct stmt *a = &f->v[j], *b = &f->v[i];
			if (str_eq(a->name, b->name))
				complain(f->path, b->line, 1, "%.*s is there twice", STR_ARG(b->name));
			if (!a->row.p || !str_eq(a->row, b->row))
				continue;
			bool same = a->out.n == b->out.n;
			for (size_t k = 0; same && k < a->out.n; k++)
				same = str_eq(a->out.v[k].name, b->out.v[k].name) && a->out.v[k].type == b->out.v[k].type &&
					a->out.v[k].nullable == b->out.v[k].nullable;
			if (!same)
				complain(f->path, b->line, 1, "%.*s has other columns here than in %.*s (line %d)",
					STR_ARG(b->row), STR_ARG(a->name), a->line);
		}
}

struct sqlfile *sqlfile_read(struct arena *a, const char *path)
{
	struct sqlfile *f = arena_one(a, struct sqlfile);
	*f = (struct sqlfile){.path = path, .name = short_name(path), .v = arena_many(a, struct stmt, STATEMENTS_MAX)};
	str all = read_file(a, path), line, rest;
	struct stmt *st = NULL;
	struct buf text = buf_new(a, all.n + 1);
	for (int no = 1; str_next(&all, '\n', &line); no++) {
		if (!directive(line, "name", &rest)) {
			read_line(path, no, line, st, &text);
			continue;
		}
		if (st)
			finish(a, path, st, &text);
		if (f->n == STATEMENTS_MAX) {
			complain(path, no, 1, "more than %d statements: split the file", STATEMENTS_MAX);
			break;
		}
		st = &f->v[f->n++];
		text = buf_new(a, all.n + 1);
		read_name(path, no, line, rest, st);
	}
	if (st)
		finish(a, path, st, &text);
	check_rows(f);
	return f;
}

void check_names(struct sqlfile *const *files, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			for (size_t k = 0; k < files[i]->n; k++)
				for (size_t l = 0; l < files[j]->n; l++) {
					const struct stmt *a = &files[j]->v[l], *b = &files[i]->v[k];
					if (str_eq(a->name, b->name) || (b->row.p && str_eq(a->row, b->row)))
						complain(files[i]->path, b->line, 1, "%.*s is in %s too (line %d)",
							STR_ARG(str_eq(a->name, b->name) ? b->name : b->row), files[j]->path,
								a->line);
				}
}
