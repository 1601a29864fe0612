/* sqlgen: named SQL statements into typed functions of C, checked when the program is built.
 *
 *   sqlgen -m MIGRATION… IN.sql OUT.c OUT.h      one file of statements (-m is repeated before each migration)
 *   sqlgen --table OUT.c IN.sql…                 the table of all statements
 *   sqlgen --migrations OUT.c MIGRATION…         the migrations as text
 *
 * Exit 1 with "file.sql:line:col: message" on stderr when something is wrong. The language of a .sql file:
 *
 *   -- name: place_by_id :one -> place_row            what the function and the struct of a row are called
 *   -- in: id i64, district text?                     $1, $2 …: i64 f64 text blob, '?' where NULL may be given
 *   -- out: id i64, name text, lat f64?               the columns, by their names; several lines may follow each other
 *   SELECT … WHERE id = $1 AND (CAST($2 AS TEXT) IS NULL OR district = $2);
 *
 *   :one     f(db, id, district, struct place_row *ret)           NOT_FOUND when there is none
 *   :many    f(…, struct place_row_list *ret)                     { v, n }, in the arena of the connection
 *   :each    f(…, enum err (*fn)(void *arg, const struct place_row *row), void *arg)
 *            any number of rows, one at a time; the arena is rewound after each, and fn's error ends it
 *   :scalar  f(…, i64 *ret)                                       one column; no "->"; NOT_FOUND when there is no row
 *   :exec    f(…)                                                 no columns; db_changes() says how many rows it changed
 *
 * A NULL is an absent str, or struct opt_i64 and opt_f64. Lines after "-- sqlite:" or "-- pg:" are for that engine alone, up
 * to "-- both:" or the statement's end. A line "-- scoped: TABLE" in a migration makes sqlgen refuse a :many or :each that
 * reads TABLE without a parameter named scope. A row used by several statements of a file has the same columns in each. */
#include "sqlgen.h"

#include <errno.h>
#include <stdarg.h>

enum { FILES_MAX = 200 };

static int said;

void complain(const char *path, int line, int col, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	fprintf(stderr, "%s:%d:%d: ", path, line, col);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	va_end(ap);
	said++;
}

int complaints(void) { return said; }

static int usage(void)
{
	fprintf(stderr, "usage: sqlgen -m MIGRATION… IN.sql OUT.c OUT.h\n       sqlgen --table OUT.c IN.sql…\n"
		"       sqlgen --migrations OUT.c MIGRATION…\n");
	return 2;
}

/* A file that says the same already keeps its date: what was made of it need not be made again. */
static bool is_there(const struct buf *b, const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t i = 0;
	int c = 0;
	if (!f)
		return false;
	while ((c = fgetc(f)) != EOF && i < b->n && (u8)b->p[i] == c)
		i++;
	fclose(f);
	return c == EOF && i == b->n;
}

/* Writes what was made, unless something was wrong. */
static bool save(const struct buf *b, const char *path)
{
	if (!b->full && is_there(b, path))
		return true;
	FILE *f = fopen(path, "wb");
	bool ok = f && !b->full && fwrite(b->p, 1, b->n, f) == b->n;
	if (f && fclose(f) != 0)
		ok = false;
	if (!ok)
		fprintf(stderr, "%s: %s\n", path, b->full ? "too long" : strerror(errno));
	return ok;
}

static str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_c(slash ? slash + 1 : path);
}

static int one_file(struct arena *a, const char *const *before, size_t n, char **argv)
{
	struct buf source = buf_new(a, (size_t)8 << 20), header = buf_new(a, (size_t)8 << 20);
	struct sqlfile *f = sqlfile_read(a, argv[0]);
	if (!complaints())
		check_statements(a, before, n, f);
	if (complaints())
		return 1;
	write_source(&source, f, base_name(argv[2]));
	write_header(&header, f);
	return save(&source, argv[1]) && save(&header, argv[2]) ? 0 : 1;
}

static int table(struct arena *a, const char *out, char **paths, size_t n)
{
	struct buf b = buf_new(a, (size_t)8 << 20);
	struct sqlfile *files[FILES_MAX];
	if (n > FILES_MAX)
		return usage();
	for (size_t i = 0; i < n; i++)
		files[i] = sqlfile_read(a, paths[i]);
	check_names(files, n);
	write_table(&b, files, n);
	return complaints() || !save(&b, out) ? 1 : 0;
}

static int all_migrations(struct arena *a, const char *out, const char *const *paths, size_t n)
{
	struct buf b = buf_new(a, (size_t)8 << 20);
	write_migrations(a, &b, paths, n);
	return complaints() || !save(&b, out) ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *before[FILES_MAX];
	size_t n = 0;
	struct arena *a = arena_new((size_t)256 << 20);
	int i = 1, rc = 2;
	while (i + 1 < argc && strcmp(argv[i], "-m") == 0 && n < FILES_MAX) {
		before[n++] = argv[i + 1];
		i += 2;
	}
	if (argc >= 3 && strcmp(argv[1], "--table") == 0)
		rc = table(a, argv[2], argv + 3, (size_t)argc - 3);
	else if (argc >= 3 && strcmp(argv[1], "--migrations") == 0)
		rc = all_migrations(a, argv[2], (const char *const *)(argv + 3), (size_t)argc - 3);
	else if (argc - i == 3)
		rc = one_file(a, before, n, argv + i);
	else
		usage();
	arena_free(a);
	return rc;
}
