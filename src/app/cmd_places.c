/* Places in and out: gabare import places, export places. What they do is in src/directory/; here are the files, the
 * terminal and the exit codes. */
#include "app/cmd_files.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/timex.h"
#include "directory/place_dump.h"
#include "directory/place_export.h"
#include "directory/place_import.h"
#include "directory/place_layouts.h"
#include "directory/place_undo.h"

/* ---- import ---- */

/* The rejects file, made when the first line comes unless it was asked for. */
struct rejects { struct invocation *in; const char *path; FILE *file; i64 lines; bool failed; };

struct watching { struct rejects rejects; bool terminal; i64 size, shown_us; };

static volatile sig_atomic_t interrupted;

static void on_interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
}

static bool rejects_open(struct rejects *r)
{
	if (!r->file && !r->failed) {
		r->file = fopen(r->path, "we");
		r->failed = !r->file || fputs("ligne,colonne,valeur,raison,proposition,id\n", r->file) < 0;
		if (r->failed)
			cli_say("cannot write %s: %s", r->path, strerror(errno));
	}
	return !r->failed;
}

static enum err on_reject(void *arg, i64 line, str id, const struct place_told *t)
{
	static const char *const kinds[] = { "", "valeur non reprise : ", "à vérifier : " };
	struct watching *w = arg;
	cleanup(arena_freep) struct arena *a = arena_new((size_t)4 << 20);
	struct buf b = buf_new(a, (size_t)1 << 20);
	if (!rejects_open(&w->rejects))
		return INTERNAL;
	const str cells[] = { str_printf(a, "%lld", (long long)line), t->column, t->value, str_printf(a, "%s%.*s", kinds[t->kind], STR_ARG(t->reason)),
		t->proposal, id };
	csv_row_typed(&b, cells, lengthof(cells));
	w->rejects.lines++;
	return fwrite(b.p, 1, b.n, w->rejects.file) == b.n ? OK : INTERNAL;
}

static bool on_progress(void *arg, i64 rows, i64 bytes)
{
	struct watching *w = arg;
	i64 now = mono_us();
	if (w->terminal && now - w->shown_us > 200000) {
		w->shown_us = now;
		if (w->size > 0 && bytes >= 0)
			fprintf(stderr, "\r%lld read, %lld %% ", (long long)rows, (long long)(bytes * 100 / w->size));
		else
			fprintf(stderr, "\r%lld read ", (long long)rows);
	}
	return !interrupted;
}

/* "a/b/lieux.csv" → "lieux". */
static str stem(str path)
{
	size_t from = path.n, end = path.n;
	while (from > 0 && path.p[from - 1] != '/')
		from--;
	for (size_t i = path.n; i > from + 1; i--)
		if (path.p[i - 1] == '.') {
			end = i - 1;
			break;
		}
	return str_slice(path, from, end);
}

static int import_code(struct invocation *in, enum err e, const struct place_import_report *r)
{
	if (e == INVALID && !r->stopped)
		return EXIT_USAGE;
	if (e != OK)
		return EXIT_NOTHING;
	bool dry = cli_flag(in, "dry-run");
	i64 taken = r->added + r->changed;
	struct count counts[] = {
		{ "read", r->read }, { "stored", dry ? 0 : taken }, { "rejected", r->rejected }, { "unchanged", r->unchanged }, { "new", r->added },
		{ "changed", r->changed }, { "vanished", r->vanished }, { "omitted", r->left_out }, { "flagged", r->doubts },
	};
	cli_report(in, counts, lengthof(counts));
	if (taken + r->unchanged == 0)
		return EXIT_NOTHING;
	return r->rejected ? EXIT_PARTLY : EXIT_DONE;
}

static void watch_interrupts(void)
{
	struct sigaction act = { .sa_handler = on_interrupt };
	sigaction(SIGINT, &act, NULL);
	sigaction(SIGTERM, &act, NULL);
}

/* The layout that is named, else the one kept for the source; *ret NULL: the columns are the national ones. */
static int layout_for(struct invocation *in, struct db *db, str source, const struct place_layout **ret)
{
	struct place_layout *l = arena_one(in->a, struct place_layout);
	str path = cli_option(in, "layout");
	*ret = NULL;
	if (path.p) {
		*ret = l;
		return cli_layout_file(in, path, l) ? EXIT_DONE : EXIT_USAGE;
	}
	db_use_arena(db, in->a);
	enum err e = place_layout_of(db, source, l);
	if (e == OK)
		*ret = l;
	else if (e != NOT_FOUND)
		cli_say("the layout kept for %.*s cannot be read", STR_ARG(source));
	return e == OK || e == NOT_FOUND ? EXIT_DONE : EXIT_NOTHING;
}

static bool day_of(struct invocation *in, struct date *ret)
{
	str day = cli_option(in, "day");
	*ret = (struct date){ 0 };
	if (!day.p || (date_parse(day, ret) && date_days(*ret) <= date_days(today_paris())))
		return true;
	cli_say("--day is a day that has been, as 2026-03-24, not %.*s", STR_ARG(day));
	return false;
}

static int import_file(struct invocation *in, struct db *db, int fd, enum place_format format, struct place_import_options o)
{
	struct stat st = { 0 };
	str name = in->operand[0], rejects = cli_option(in, "rejects");
	struct watching w = { .terminal = isatty(2) };
	fstat(fd, &st);
	w.size = S_ISREG(st.st_mode) ? st.st_size : 0;
	w.rejects.in = in;
	w.rejects.path = rejects.p ? str_z(in->a, rejects) : str_printf(in->a, "%.*s/%.*s.rejets.csv", STR_ARG(in->data), STR_ARG(stem(name))).p;
	if (rejects.p && !rejects_open(&w.rejects))
		return EXIT_USAGE;
	o.fd = fd;
	o.format = format;
	o.arg = &w;
	struct place_import_report r;
	watch_interrupts();
	enum err e = place_import(db, &o, in->a, &r);
	if (w.terminal)
		fputs("\r                              \r", stderr);
	if (w.rejects.file && fclose(w.rejects.file))
		cli_say("cannot write %s: %s", w.rejects.path, strerror(errno));
	if (r.fault.n)
		cli_say("%.*s: %.*s", STR_ARG(name), STR_ARG(r.fault));
	int code = import_code(in, e, &r);
	if (w.rejects.lines && !w.rejects.failed)
		cli_say("%lld lines in %s", (long long)w.rejects.lines, w.rejects.path);
	if (o.dry_run && e == OK)
		cli_say("dry run: nothing was stored");
	return code;
}

/* What was asked, but for the file. An exit code. */
static int import_options(struct invocation *in, struct db *db, struct place_import_options *ret)
{
	str name = in->operand[0], source = cli_option(in, "source");
	*ret = (struct place_import_options){
		.source = source.n ? source : stem(name), .file_name = name, .url = str_z(in->a, in->db_url), .dry_run = cli_flag(in, "dry-run"),
		.reject = on_reject, .progress = on_progress,
	};
	return day_of(in, &ret->day) ? layout_for(in, db, ret->source, &ret->layout) : EXIT_USAGE;
}

int cmd_import_places(struct invocation *in)
{
	struct place_import_options o;
	enum place_format format;
	struct db *db = NULL;
	if (!cli_format(in, in->operand[0], &format))
		return EXIT_USAGE;
	int fd = cli_open_file(in, in->operand[0]);
	if (fd < 0)
		return EXIT_USAGE;
	int code = EXIT_NOTHING;
	if (cli_open(in, cli_flag(in, "dry-run"), &db) == OK)
		code = import_options(in, db, &o);
	if (db && code == EXIT_DONE)
		code = import_file(in, db, fd, format, o);
	db_close(db);
	close(fd);
	return code;
}

/* ---- undo ---- */

int cmd_import_undo(struct invocation *in)
{
	struct place_undo_report r;
	struct db *db = NULL;
	if (cli_open(in, false, &db) != OK)
		return EXIT_NOTHING;
	enum err e = place_import_undo(db, in->operand[0], S("gabare import undo"), str_z(in->a, in->db_url), in->a, &r);
	struct count counts[] = { { "restored", r.restored }, { "removed", r.removed }, { "kept", r.kept } };
	if (e == OK)
		cli_report(in, counts, lengthof(counts));
	else
		cli_say("%.*s: %.*s", STR_ARG(in->operand[0]), STR_ARG(r.fault));
	db_close(db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- export ---- */

struct export { bool inclusion; enum place_form form; bool full; struct city city; };

static bool export_of(struct invocation *in, struct export *ret)
{
	static const char *const names[] = { [AS_CSV] = "csv", [AS_JSON] = "json", [AS_GEOJSON] = "geojson" };
	str format = cli_option(in, "format");
	*ret = (struct export){ .full = cli_flag(in, "full"), .inclusion = str_eq(format, S("data-inclusion")) };
	for (int i = 0; i < 3; i++)
		if (str_eq(format, str_c(names[i]))) {
			ret->form = (enum place_form)i;
			return true;
		}
	if (ret->inclusion && ret->full)
		cli_say("data-inclusion has no room for what --full adds");
	else if (format.p && !ret->inclusion)
		cli_say("--format is csv, json, geojson or data-inclusion, not %.*s", STR_ARG(format));
	else
		return true;
	return false;
}

static enum err export_as(struct db *db, const struct export *x, FILE *out, struct count *counts, size_t *ret_n)
{
	counts[0].name = x->inclusion ? "structures" : "exported";
	counts[1].name = "services";
	*ret_n = x->inclusion ? 2 : 1;
	return x->inclusion ? place_dump_inclusion(db, &x->city, out, &counts[0].n, &counts[1].n) :
		place_dump(db, &(struct place_voice){ x->form, x->full, &x->city }, out, &counts[0].n);
}

/* Into a file that has its name only once it is whole. */
static int export_to(struct invocation *in, struct db *db, const struct export *x, str path)
{
	const char *name = path.p ? str_z(in->a, path) : NULL, *part = name ? str_printf(in->a, "%s.part", name).p : NULL;
	FILE *out = name ? fopen(part, "we") : stdout;
	struct count counts[2] = { { .n = 0 } };
	size_t n;
	if (!out) {
		cli_say("cannot write %s: %s", name, strerror(errno));
		return EXIT_USAGE;
	}
	enum err e = export_as(db, x, out, counts, &n);
	const char *why = errno ? strerror(errno) : "?";
	if (name && (fclose(out) || (e == OK && rename(part, name))))
		e = INTERNAL, why = strerror(errno);
	if (e != OK) {
		cli_say("not exported: %s", *db_error(db) ? db_error(db) : why);
		if (name)
			unlink(part);
		return EXIT_NOTHING;
	}
	if (name)
		cli_report(in, counts, n);
	return EXIT_DONE;
}

int cmd_export_places(struct invocation *in)
{
	struct export x;
	struct config config;
	struct db *db = NULL;
	if (!export_of(in, &x))
		return EXIT_USAGE;
	if (cli_config(in, &config) != OK)
		return EXIT_USAGE;
	x.city = config.city;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	int code = export_to(in, db, &x, cli_option(in, "output"));
	db_close(db);
	return code;
}
