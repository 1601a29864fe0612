/* sqlgen, writing: one function of C for each statement. */
#include "sqlgen.h"

static const char *const type_names[] = { [DB_I64] = "DB_I64", [DB_F64] = "DB_F64", [DB_TEXT] = "DB_TEXT",
	[DB_BLOB] = "DB_BLOB" };
static const char *const short_names[] = { [DB_I64] = "i64", [DB_F64] = "f64", [DB_TEXT] = "text", [DB_BLOB] = "blob" };

/* The type of a value in C, with the space before a name. */
static const char *c_type(const struct field *f)
{
	if (f->type == DB_TEXT || f->type == DB_BLOB)
		return "str ";
	if (f->nullable)
		return f->type == DB_I64 ? "struct opt_i64 " : "struct opt_f64 ";
	return f->type == DB_I64 ? "i64 " : "double ";
}

/* The inside of a C string, without its quotes. */
static void put_escaped(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_byte(out, '\\');
		if (s.p[i] != '\r')
			buf_byte(out, s.p[i]);
	}
}

/* A text as literals, one a line; empty lines are left out unless `exact`. */
static void put_literal(struct buf *out, str text, const char *indent, bool exact)
{
	str line;
	bool any = false;
	while (str_next(&text, '\n', &line)) {
		str t = exact ? line : str_trim(line);
		if (!exact && !t.n)
			continue;
		buf_printf(out, "\n%s\"", indent);
		put_escaped(out, t);
		buf_put(out, text.p ? S("\\n\"") : S("\""));
		any = true;
	}
	if (!any)
		buf_put(out, S("\"\""));
}

static void put_columns(struct buf *out, const struct stmt *st, const struct fields *f, const char *which)
{
	if (!f->n)
		return;
	buf_printf(out, "static const struct db_column %.*s_%s_[] = {", STR_ARG(st->name), which);
	for (size_t i = 0; i < f->n; i++)
		buf_printf(out, "%s{\"%.*s\", %s, %s}", i ? ", " : "", STR_ARG(f->v[i].name), type_names[f->v[i].type],
			f->v[i].nullable ? "true" : "false");
	buf_put(out, S("};\n"));
}

static void put_stmt(struct buf *out, const struct sqlfile *f, const struct stmt *st)
{
	put_columns(out, st, &st->in, "in");
	put_columns(out, st, &st->out, "out");
	buf_printf(out, "static const char %.*s_sql_[] =", STR_ARG(st->name));
	put_literal(out, st->sqlite, "\t", false);
	if (st->pg.p != st->sqlite.p) {
		buf_printf(out, ";\nstatic const char %.*s_pg_[] =", STR_ARG(st->name));
		put_literal(out, st->pg, "\t", false);
	}
	buf_printf(out,
		";\nconst struct db_stmt stmt_%.*s = {\n\t.name = \"%.*s\", .file = \"%.*s\", .sqlite = %.*s_sql_, .pg = %.*s_%s_,\n",
		STR_ARG(st->name), STR_ARG(st->name), STR_ARG(f->name), STR_ARG(st->name), STR_ARG(st->name),
			st->pg.p == st->sqlite.p ? "sql" : "pg");
	buf_printf(out, "\t.n_in = %zu, .n_out = %zu, .writes = %s, .streams = %s,\n", st->in.n, st->out.n,
		st->writes ? "true" : "false",
		st->kind == KIND_EACH ? "true" : "false");
	if (st->in.n)
		buf_printf(out, "\t.in = %.*s_in_,\n", STR_ARG(st->name));
	if (st->out.n)
		buf_printf(out, "\t.out = %.*s_out_,\n", STR_ARG(st->name));
	buf_put(out, S("};\n\n"));
}

static void put_prototype(struct buf *out, const struct stmt *st)
{
	buf_printf(out, "enum err %.*s(struct db *db", STR_ARG(st->name));
	for (size_t i = 0; i < st->in.n; i++)
		buf_printf(out, ", %s%.*s", c_type(&st->in.v[i]), STR_ARG(st->in.v[i].name));
	if (st->kind == KIND_ONE)
		buf_printf(out, ", struct %.*s *ret", STR_ARG(st->row));
	else if (st->kind == KIND_MANY)
		buf_printf(out, ", struct %.*s_list *ret", STR_ARG(st->row));
	else if (st->kind == KIND_SCALAR)
		buf_printf(out, ", %s*ret", c_type(&st->out.v[0]));
	else if (st->kind == KIND_EACH)
		buf_printf(out, ", enum err (*fn)(void *arg, const struct %.*s *row), void *arg", STR_ARG(st->row));
	buf_put(out, S(")"));
}

static void put_begin(struct buf *out, const struct stmt *st)
{
	if (st->in.n) {
		buf_put(out, S("\tconst struct db_value in_[] = {\n"));
		for (size_t i = 0; i < st->in.n; i++)
			buf_printf(out, "\t\tdb_in_%s%s(%.*s),\n", short_names[st->in.v[i].type],
				st->in.v[i].nullable ? "_opt" : "", STR_ARG(st->in.v[i].name));
		buf_put(out, S("\t};\n"));
	}
	if (st->out.n)
		buf_printf(out, "\tstruct db_value out_[%zu];\n", st->out.n);
	buf_printf(out, "\tstruct db_cursor *cursor_;\n\ttry(db_begin(db, &stmt_%.*s, %s, &cursor_));\n", STR_ARG(st->name),
		st->in.n ? "in_" : "NULL");
}

static void put_body(struct buf *out, const struct stmt *st)
{
	switch (st->kind) {
	case KIND_EXEC:
		buf_put(out, S("\tenum err e_ = db_rows_done(db_step(cursor_, NULL));\n"));
		break;
	case KIND_ONE:
		buf_printf(out, "\tenum err e_ = db_step(cursor_, out_);\n\tif (e_ == OK)\n\t\t%.*s_from_(out_, ret);\n",
			STR_ARG(st->row));
		break;
	case KIND_SCALAR:
		buf_printf(out, "\tenum err e_ = db_step(cursor_, out_);\n\tif (e_ == OK)\n\t\t*ret = db_out_%s%s(&out_[0]);\n",
			short_names[st->out.v[0].type], st->out.v[0].nullable ? "_opt" : "");
		break;
	case KIND_MANY:
		buf_put(out, S("\tsize_t cap_ = 0;\n\tenum err e_;\n\tret->v = NULL;\n\tret->n = 0;\n"
			"\twhile ((e_ = db_step(cursor_, out_)) == OK) {\n"
			"\t\tret->v = db_grow(db_arena(db), ret->v, ret->n, &cap_, sizeof *ret->v);\n"));
		buf_printf(out, "\t\t%.*s_from_(out_, &ret->v[ret->n++]);\n\t}\n\te_ = db_rows_done(e_);\n", STR_ARG(st->row));
		break;
	case KIND_EACH:
		buf_put(out, S("\tstruct arena_mark mark_ = arena_mark(db_arena(db));\n\tenum err e_;\n"
			"\twhile ((e_ = db_step(cursor_, out_)) == OK) {\n"));
		buf_printf(out, "\t\tstruct %.*s row_;\n\t\t%.*s_from_(out_, &row_);\n", STR_ARG(st->row), STR_ARG(st->row));
		buf_put(out, S("\t\tenum err said_ = fn(arg, &row_);\n\t\tarena_rewind(db_arena(db), mark_);\n"
			"\t\tif (said_ != OK) {\n\t\t\tdb_end(cursor_);\n\t\t\treturn said_;\n\t\t}\n\t}\n\te_ = db_rows_done(e_);\n"));
		break;
	}
	buf_put(out, S("\tdb_end(cursor_);\n\treturn e_;\n}\n\n"));
}

/* Whether st is the first of its file with its row. */
static bool first_with_row(const struct sqlfile *f, const struct stmt *st)
{
	if (!st->row.p)
		return false;
	for (const struct stmt *s = f->v; s < st; s++)
		if (str_eq(s->row, st->row))
			return false;
	return true;
}

static void put_row_from(struct buf *out, const struct stmt *st)
{
	buf_printf(out, "static void %.*s_from_(const struct db_value *out, struct %.*s *ret)\n{\n\t*ret = (struct %.*s){\n",
		STR_ARG(st->row), STR_ARG(st->row), STR_ARG(st->row));
	for (size_t i = 0; i < st->out.n; i++) {
		const struct field *f = &st->out.v[i];
		buf_printf(out, "\t\t.%.*s = db_out_%s%s(&out[%zu]),\n", STR_ARG(f->name), short_names[f->type],
			f->nullable ? "_opt" : "", i);
	}
	buf_put(out, S("\t};\n}\n\n"));
}

void write_source(struct buf *out, const struct sqlfile *f, str header)
{
	buf_printf(out, "/* Made by sqlgen from %.*s: change that instead. */\n#include \"%.*s\"\n#include \"db/gen.h\"\n\n",
		STR_ARG(f->name), STR_ARG(header));
	for (size_t i = 0; i < f->n; i++) {
		const struct stmt *st = &f->v[i];
		put_stmt(out, f, st);
		if (first_with_row(f, st))
			put_row_from(out, st);
		put_prototype(out, st);
		buf_put(out, S("\n{\n"));
		put_begin(out, st);
		put_body(out, st);
	}
}

void write_header(struct buf *out, const struct sqlfile *f)
{
	buf_printf(out, "/* Made by sqlgen from %.*s: change that instead. */\n#pragma once\n#include \"db/stmt.h\"\n\n",
		STR_ARG(f->name));
	for (size_t i = 0; i < f->n; i++) {
		const struct stmt *st = &f->v[i];
		if (first_with_row(f, st)) {
			buf_printf(out, "struct %.*s {\n", STR_ARG(st->row));
			for (size_t k = 0; k < st->out.n; k++)
				buf_printf(out, "\t%s%.*s;\n", c_type(&st->out.v[k]), STR_ARG(st->out.v[k].name));
			buf_printf(out, "};\nstruct %.*s_list { struct %.*s *v; size_t n; };\n\n", STR_ARG(st->row),
				STR_ARG(st->row));
		}
		buf_printf(out, "extern const struct db_stmt stmt_%.*s;\nmust_use ", STR_ARG(st->name));
		put_prototype(out, st);
		buf_put(out, S(";\n\n"));
	}
}

void write_table(struct buf *out, struct sqlfile *const *files, size_t n)
{
	buf_put(out, S("/* Made by sqlgen from every .sql file. */\n#include \"db/stmt.h\"\n\n"));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i]->n; k++)
			buf_printf(out, "extern const struct db_stmt stmt_%.*s;\n", STR_ARG(files[i]->v[k].name));
	buf_put(out, S("\nconst struct db_stmt *const db_statements[] = {\n"));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < files[i]->n; k++)
			buf_printf(out, "\t&stmt_%.*s,\n", STR_ARG(files[i]->v[k].name));
	buf_put(out, S("\tNULL,\n};\n"));
}

/* The number and the name in "…/0002_directory.sql". */
static bool migration_name(str path, i64 *ret_number, str *ret_name)
{
	while (str_find_byte(path, '/') >= 0)
		path = str_slice(path, (size_t)str_find_byte(path, '/') + 1, path.n);
	*ret_name = str_ends(path, S(".sql")) ? str_slice(path, 0, path.n - 4) : path;
	return path.n > 9 && path.p[4] == '_' && str_i64(str_slice(path, 0, 4), ret_number) && *ret_number > 0;
}

void write_migrations(struct arena *a, struct buf *out, const char *const *paths, size_t n)
{
	i64 last = 0;
	buf_put(out,
		S("/* Made by sqlgen from migrations/. */\n#include \"db/db.h\"\n\nconst struct migration migrations[] = {\n"));
	for (size_t i = 0; i < n; i++) {
		i64 number = 0;
		str name;
		if (!migration_name(str_c(paths[i]), &number, &name))
			complain(paths[i], 1, 1, "a migration is named NNNN_name.sql");
		else if (number != last + 1)
			complain(paths[i], 1, 1, "migration %lld comes after %lld", (long long)number, (long long)last);
		last = number;
		buf_printf(out, "\t{%lld, \"%.*s\",", (long long)number, STR_ARG(name));
		put_literal(out, read_file(a, paths[i]), "\t\t", true);
		buf_put(out, S("},\n"));
	}
	buf_put(out, S("\t{0, NULL, NULL},\n};\n"));
}
