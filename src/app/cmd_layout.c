/* gabare layout …: how files with columns of their own are read. */
#include "app/cmd_files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/table.h"
#include "base/timex.h"
#include "directory/place_layout_sql.h"
#include "directory/place_layouts.h"
#include "directory/place_survey.h"

int cli_open_file(struct invocation *in, str path)
{
	struct stat st;
	const char *z = str_z(in->a, path);
	int fd = open(z, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		return fd;
	cli_say("cannot read %s: %s", z, fd < 0 ? strerror(errno) : "this is a folder");
	if (fd >= 0)
		close(fd);
	return -1;
}

bool cli_format(struct invocation *in, str path, enum place_format *ret)
{
	str format = cli_option(in, "format");
	*ret = str_eq(format, S("csv")) ? PLACE_CSV : str_eq(format, S("json")) ? PLACE_JSON : place_format_of(path);
	if (!format.p || str_eq(format, S("csv")) || str_eq(format, S("json")))
		return true;
	cli_say("--format is csv or json, not %.*s", STR_ARG(format));
	return false;
}

bool cli_layout_file(struct invocation *in, str path, struct place_layout *ret)
{
	str json, fault;
	int fd = cli_open_file(in, path);
	if (fd < 0)
		return false;
	bool whole = table_bytes(fd, LAYOUT_MAX, in->a, &json);
	close(fd);
	if (whole && place_layout_read(in->a, json, ret, &fault) == OK)
		return true;
	cli_say("%.*s: %.*s", STR_ARG(path), STR_ARG(whole ? fault : S("cannot be read, or is longer than 256 KiB")));
	return false;
}

/* ---- propose ---- */

static int write_out(struct invocation *in, str text)
{
	str path = cli_option(in, "output");
	FILE *out = path.p ? fopen(str_z(in->a, path), "we") : stdout;
	bool good = out && fwrite(text.p, 1, text.n, out) == text.n && fflush(out) == 0;
	if (out && path.p && fclose(out))
		good = false;
	if (!good)
		cli_say("cannot write %s: %s", path.p ? str_z(in->a, path) : "stdout", strerror(errno));
	return good ? EXIT_DONE : EXIT_USAGE;
}

static int propose(struct invocation *in, int fd, enum place_format format)
{
	struct place_survey s;
	str fault;
	i64 known = 0, unknown = 0;
	enum err e = place_survey_read(fd, format, in->a, &s, &fault);
	if (e != OK) {
		cli_say("%.*s: %.*s", STR_ARG(in->operand[0]), STR_ARG(fault.n ? fault : S("the reader of files was stopped")));
		return e == INVALID ? EXIT_USAGE : EXIT_NOTHING;
	}
	struct place_layout l = place_layout_propose(in->a, &s);
	for (size_t i = 0; i < l.n; i++) {
		known += l.v[i].as.n > 0;
		for (size_t j = 0; j < l.v[i].n; j++)
			unknown += !l.v[i].v[j].value.n;
	}
	int code = write_out(in, place_layout_write(in->a, &l));
	struct count counts[] = { { "rows", s.rows }, { "columns", (i64)s.n }, { "recognised", known }, { "values without a meaning", unknown } };
	cli_report(in, counts, lengthof(counts));
	return code;
}

int cmd_layout_propose(struct invocation *in)
{
	enum place_format format;
	if (!cli_format(in, in->operand[0], &format))
		return EXIT_USAGE;
	int fd = cli_open_file(in, in->operand[0]);
	if (fd < 0)
		return EXIT_USAGE;
	int code = propose(in, fd, format);
	close(fd);
	return code;
}

/* ---- those that are kept ---- */

struct keeping { str source; const struct place_layout *l; };

static enum err keep(struct db *db, void *arg)
{
	const struct keeping *k = arg;
	return k->l ? place_layout_keep(db, k->source, k->l, S("gabare layout save")) : place_layout_forget(db, k->source);
}

/* Runs `k` and says how it went. */
static int change(struct invocation *in, struct keeping k)
{
	struct db *db = NULL;
	if (cli_open(in, false, &db) != OK)
		return EXIT_NOTHING;
	db_use_arena(db, in->a);
	enum err e = db_tx(db, keep, &k);
	if (e == NOT_FOUND)
		cli_say("no layout is kept for %.*s (gabare layout list)", STR_ARG(k.source));
	else if (e != OK)
		cli_say("not done: %s", db_error(db));
	db_close(db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

int cmd_layout_save(struct invocation *in)
{
	struct place_layout l;
	if (!cli_layout_file(in, in->operand[1], &l))
		return EXIT_USAGE;
	return change(in, (struct keeping){ in->operand[0], &l });
}

int cmd_layout_forget(struct invocation *in)
{
	return change(in, (struct keeping){ in->operand[0], NULL });
}

int cmd_layout_show(struct invocation *in)
{
	struct layout_row row;
	struct db *db = NULL;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	db_use_arena(db, in->a);
	enum err e = layout_get(db, in->operand[0], &row);
	if (e == OK)
		fwrite(row.layout.p, 1, row.layout.n, stdout);
	else
		cli_say("no layout is kept for %.*s (gabare layout list)", STR_ARG(in->operand[0]));
	db_close(db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

int cmd_layout_list(struct invocation *in)
{
	struct layout_line_list rows;
	struct db *db = NULL;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	db_use_arena(db, in->a);
	enum err e = layout_all(db, &rows);
	for (size_t i = 0; e == OK && i < rows.n; i++) {
		struct date d = paris_of_ms(rows.v[i].at).date;
		printf("%.*s\t%.*s\t%.*s\n", STR_ARG(rows.v[i].source), STR_ARG(date_iso(in->a, d)), STR_ARG(rows.v[i].author));
	}
	db_close(db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}
