/* gabare content …: written pages as files that a city keeps in git, out and in. What a page is, is in src/content; what is wrong with one,
 * in src/writing. */
#include "app/cmd_files.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/table.h"
#include "base/utf8.h"
#include "http/form_kinds.h"
#include "writing/writing.h"

#define ARENA ((size_t)256 << 20)
#define FILE_MAX ((size_t)128 << 10)
#define FILES_MAX 8000

struct job { struct invocation *in; struct db *db; struct view v; struct arena *a; i64 done, unchanged, rejected, withdrawn; bool failed; };

/* "DIR/conseils" */
static const char *folder_of(const struct job *j, enum written_kind kind)
{
	return str_printf(j->in->a, "%.*s%s", STR_ARG(j->in->operand[0]), written_kinds[kind].section).p;
}

/* The content of a file; absent when it cannot be read whole (said on stderr, unless there is no such file and that is `fine`). */
static str bytes_of(struct job *j, const char *path, bool fine)
{
	str bytes = { 0 };
	if (fine && access(path, F_OK) != 0)
		return bytes;
	int fd = cli_open_file(j->in, str_c(path));
	if (fd < 0)
		return bytes;
	if (!table_bytes(fd, FILE_MAX, j->a, &bytes)) {
		cli_say("%s: cannot be read, or is longer than %zu bytes", path, FILE_MAX);
		bytes = (str){ 0 };
	}
	close(fd);
	return bytes.p || !bytes.n ? bytes : S("");
}

/* ---- out ---- */

static bool write_file(const char *path, str text)
{
	FILE *out = fopen(path, "we");
	bool good = out && fwrite(text.p, 1, text.n, out) == text.n;
	if (out && fclose(out) != 0)
		good = false;
	if (!good)
		cli_say("cannot write %s: %s", path, strerror(errno));
	return good;
}

static void export_text(struct job *j, const struct written *w, enum lang l)
{
	const char *path = str_printf(j->a, "%s/%.*s.%.*s.md", folder_of(j, w->kind), STR_ARG(w->name), STR_ARG(written_lang_name(l))).p;
	str text = str_printf(j->a, "%.*s\n", STR_ARG(str_trim(w->lang[l].published)));
	if (str_eq(bytes_of(j, path, true), text))
		j->unchanged++;
	else if (write_file(path, text))
		j->done++;
	else
		j->failed = true;
}

static enum err export_page(struct job *j, const struct written_line *line)
{
	struct written w;
	if (line->withdrawn) {
		j->withdrawn++;
		return OK;
	}
	try(written_load(j->db, line->kind, line->name, &w));
	for (enum lang l = 0; l < LANG_COUNT && !j->failed; l++)
		if (w.lang[l].published.p)
			export_text(j, &w, l);
	return OK;
}

static enum err export_all(struct job *j)
{
	struct written_lines all;
	try(written_list(j->db, j->in->a, &all));
	for (size_t i = 0; i < all.n && !j->failed; i++) {
		struct arena_mark mark = arena_mark(j->a);
		try(export_page(j, &all.v[i]));
		arena_rewind(j->a, mark);
	}
	return OK;
}

static bool make_folder(const char *path)
{
	if (mkdir(path, 0777) == 0 || errno == EEXIST)
		return true;
	cli_say("cannot make %s: %s", path, strerror(errno));
	return false;
}

static int export(struct job *j)
{
	enum err e = export_all(j);
	if (e != OK)
		cli_say("not read: %s", db_error(j->db));
	struct count counts[] = { { "written", j->done }, { "unchanged", j->unchanged }, { "withdrawn", j->withdrawn } };
	if (e == OK)
		cli_report(j->in, counts, lengthof(counts));
	return e != OK ? EXIT_NOTHING : j->failed ? EXIT_PARTLY : EXIT_DONE;
}

/* ---- in ---- */

struct file { enum written_kind kind; enum lang lang; str name; const char *path; };
struct files { struct file v[FILES_MAX]; size_t n; struct writing_coming coming; };

static void reject(struct job *j, const char *path, const char *why)
{
	cli_say("%s: %s", path, why);
	j->rejected++;
}

/* "wifi.fr.md" → "wifi", French. False: it is not called so. */
static bool file_of(struct job *j, str called, struct file *ret)
{
	str stem = str_slice(called, 0, called.n - 3), language;
	size_t dot = stem.n;
	while (dot > 0 && stem.p[dot - 1] != '.')
		dot--;
	language = str_slice(stem, dot, stem.n);
	ret->name = dot ? str_copy(j->in->a, str_slice(stem, 0, dot - 1)) : S("");
	return ret->name.n && written_lang_of(language, &ret->lang) && str_eq(writing_name(j->in->a, ret->name), ret->name);
}

static void add_file(struct job *j, struct files *all, enum written_kind kind, const char *folder, const char *called)
{
	struct file f = { .kind = kind, .path = str_printf(j->in->a, "%s/%s", folder, called).p };
	if (!str_ends(str_c(called), S(".md")) || called[0] == '.')
		return;                          /* not one of ours */
	if (!file_of(j, str_c(called), &f))
		reject(j, f.path, "is not called like name-of-the-page.fr.md (fr, simple, en, ar; small letters, digits and hyphens)");
	else if (all->n == FILES_MAX)
		reject(j, f.path, "is one file too many");
	else
		all->v[all->n++] = f;
}

/* The French first: it is what the others translate. */
static int by_turn(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	if ((x->lang == LANG_FR) != (y->lang == LANG_FR))
		return x->lang == LANG_FR ? -1 : 1;
	return strcmp(x->path, y->path);
}

static void find_files(struct job *j, struct files *all)
{
	for (enum written_kind kind = 0; kind < WRITTEN_KINDS; kind++) {
		const char *folder = folder_of(j, kind);
		DIR *dir = opendir(folder);
		for (struct dirent *d; dir && (d = readdir(dir));)
			add_file(j, all, kind, folder, d->d_name);
		if (dir)
			closedir(dir);
	}
	qsort(all->v, all->n, sizeof *all->v, by_turn);
	all->coming.v = arena_many(j->in->a, str, all->n);
	for (size_t i = 0; i < all->n && all->v[i].lang == LANG_FR; i++)
		all->coming.v[all->coming.n++] = str_printf(j->in->a, "%s/%.*s", written_kinds[all->v[i].kind].section, STR_ARG(all->v[i].name));
}

static bool comes(const struct files *all, const struct file *f)
{
	for (size_t i = 0; i < all->n && all->v[i].lang == LANG_FR; i++)
		if (all->v[i].kind == f->kind && str_eq(all->v[i].name, f->name))
			return true;
	return false;
}

/* True when it may be published; else what is wrong is said, line by line. */
static bool is_sound(struct job *j, const struct files *all, const struct file *f, const struct written_change *c, str french)
{
	struct writing_check check;
	if (writing_check(j->db, &j->v, c, f->lang == LANG_FR ? (str){ 0 } : french, &all->coming, &check) != OK) {
		j->failed = true;
		return false;
	}
	for (size_t i = 0; i < check.faults.n; i++)
		cli_say("%s:%zu: %.*s", f->path, check.faults.v[i].line, STR_ARG(check.faults.v[i].words));
	j->rejected += check.faults.n > 0;
	return !check.faults.n;
}

static enum err save_tx(struct db *db, void *arg) { return written_save(db, arg); }

static void import_file(struct job *j, const struct files *all, const struct file *f)
{
	struct written w;
	str bytes = bytes_of(j, f->path, false);
	if (!bytes.p || !utf8_valid(bytes)) {
		if (bytes.p)
			reject(j, f->path, "is no text in UTF-8");
		else
			j->rejected++;           /* said already */
		return;
	}
	struct written_change c = { .kind = f->kind, .name = f->name, .lang = f->lang, .text = field_clean(j->a, bytes, true), .publish = true, .beside = true };
	enum err e = written_load(j->db, f->kind, f->name, &w);
	j->failed |= e != OK && e != NOT_FOUND;
	if (j->failed)
		return;
	if (e == OK && w.lang[f->lang].published.p && str_eq(str_trim(w.lang[f->lang].published), c.text)) {
		j->unchanged++;
	} else if (w.withdrawn) {
		reject(j, f->path, "its page is withdrawn: put it back first (/agent/ecrits)");
	} else if (!w.lang[LANG_FR].published.p && !comes(all, f)) {
		reject(j, f->path, "has no French that it could be a translation of");
	} else if (is_sound(j, all, f, &c, w.lang[LANG_FR].published)) {
		c.head = w.lang[f->lang].head;
		c.french = w.french;
		e = cli_flag(j->in, "dry-run") ? OK : db_tx(j->db, save_tx, &c);
		j->done += e == OK;
		if (e == INVALID || e == CONFLICT)
			reject(j, f->path, e == INVALID ? "its French could not be published" : "somebody has just changed it: try again");
		else
			j->failed |= e != OK;
	}
}

static int import(struct job *j)
{
	static struct files all;
	find_files(j, &all);
	if (!all.n && !j->rejected)
		cli_say("%.*s holds no demarches/ or conseils/ with files", STR_ARG(j->in->operand[0]));
	for (size_t i = 0; i < all.n && !j->failed; i++) {
		struct arena_mark mark = arena_mark(j->a);
		import_file(j, &all, &all.v[i]);
		arena_rewind(j->a, mark);
	}
	if (j->failed) {
		cli_say("not stored: %s", db_error(j->db));
		return EXIT_NOTHING;
	}
	bool dry = cli_flag(j->in, "dry-run");
	struct count counts[] = { { "read", (i64)all.n }, { "stored", dry ? 0 : j->done }, { "rejected", j->rejected }, { "unchanged", j->unchanged },
		{ "changed", j->done } };
	cli_report(j->in, counts, lengthof(counts));
	if (dry)
		cli_say("dry run: nothing was stored");
	return j->rejected ? EXIT_PARTLY : all.n ? EXIT_DONE : EXIT_NOTHING;
}

/* ---- */

static int with_database(struct invocation *in, bool read_only, int (*work)(struct job *j))
{
	struct config config;
	struct job j = { .in = in };
	if (cli_config(in, &config) != OK)
		return EXIT_USAGE;
	if (cli_open(in, read_only, &j.db) != OK)
		return EXIT_NOTHING;
	cleanup(arena_freep) struct arena *a = arena_new(ARENA);
	j.a = a;
	j.v = (struct view){ .a = a, .lang = LANG_EN, .city = &config.city };
	db_use_arena(j.db, a);
	int code = work(&j);
	db_close(j.db);
	return code;
}

int cmd_content_export(struct invocation *in)
{
	struct job j = { .in = in };
	if (!make_folder(str_z(in->a, in->operand[0])))
		return EXIT_USAGE;
	for (enum written_kind kind = 0; kind < WRITTEN_KINDS; kind++)
		if (!make_folder(folder_of(&j, kind)))
			return EXIT_USAGE;
	return with_database(in, true, export);
}

int cmd_content_import(struct invocation *in)
{
	return with_database(in, false, import);
}
