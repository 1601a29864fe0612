/* gabare guide: the paper guide, to a file. What it says is in src/guide/. */
#include "app/cli.h"

#include <errno.h>
#include <unistd.h>

#include "guide/making.h"
#include "pdf/pdf.h"

#define ARENA ((size_t)256 << 20)

static bool language_of(struct invocation *in, enum lang *ret)
{
	str name = cli_option(in, "lang");
	*ret = LANG_FR;
	for (int l = 0; l < LANG_COUNT; l++)
		if (str_eq(name, guide_lang_name((enum lang)l))) {
			*ret = (enum lang)l;
			return true;
		}
	if (name.p)
		cli_say("--lang is fr, simple, en or ar, not %.*s", STR_ARG(name));
	return !name.p;
}

/* Into a file that has its name only once it is whole. */
static bool write_whole(struct arena *a, str path, str bytes)
{
	const char *name = str_z(a, path), *part = str_printf(a, "%s.part", name).p;
	FILE *out = fopen(part, "we");
	bool ok = out && fwrite(bytes.p, 1, bytes.n, out) == bytes.n;
	ok = out && fclose(out) == 0 && ok && rename(part, name) == 0;
	if (!ok)
		cli_say("cannot write %s: %s", name, strerror(errno));
	return ok;
}

static int refused(struct invocation *in, enum err e)
{
	str code = cli_option(in, "district"), edition = cli_option(in, "edition");
	if (e == NOT_FOUND && code.n)
		cli_say("no place in an area of code %.*s: a district's code, or a commune's INSEE code", STR_ARG(code));
	else if (e == NOT_FOUND && edition.n)
		cli_say("no closed edition has the name %.*s: see gabare census list", STR_ARG(edition));
	else if (e == NOT_FOUND)
		cli_say("the directory has no place");
	else if (e == CONFLICT)
		cli_say("edition %.*s is not what was frozen: see gabare census check", STR_ARG(edition));
	else if (e == INVALID)
		cli_say("more than %d places: make one booklet an area, with --district", GUIDE_PLACES_MAX);
	else
		cli_say("the guide could not be made");
	return EXIT_NOTHING;
}

static int publish(struct invocation *in, const struct city *city)
{
	struct db *db = NULL;
	struct guide_making_row made;
	if (cli_open(in, false, &db) != OK)
		return EXIT_NOTHING;
	enum err e = guide_publish(db, city, cli_option(in, "edition"), cli_option(in, "title"), &made);
	db_close(db);
	if (e != OK)
		return refused(in, e);
	if (!str_eq(made.state, S("done")))
		return refused(in, str_eq(made.fault, S("nothing")) ? NOT_FOUND : str_eq(made.fault, S("altered")) ? CONFLICT
			: str_eq(made.fault, S("many")) ? INVALID : INTERNAL);
	struct count counts[] = { { "published", made.total } };
	cli_report(in, counts, lengthof(counts));
	return EXIT_DONE;
}

static int make(struct invocation *in, struct db *db, struct view *v)
{
	struct guide g;
	struct guide_made made;
	struct guide_options o = { .two_up = cli_flag(in, "impose"), .without_qr = cli_flag(in, "without-qr") };
	db_use_arena(db, v->a);
	enum err e = guide_gather(db, v, &(struct guide_from){ cli_option(in, "edition"), cli_option(in, "district") }, &g);
	g.title = cli_option(in, "title");
	if (e == OK)
		e = guide_make(v, &g, &o, &made);
	if (e != OK)
		return refused(in, e);
	if (!write_whole(v->a, cli_option(in, "output"), made.pdf))
		return EXIT_NOTHING;
	struct count counts[] = { { "places", (i64)g.n_places }, { "pages", made.pages }, { "bytes", (i64)made.pdf.n } };
	cli_report(in, counts, lengthof(counts));
	return EXIT_DONE;
}

int cmd_guide(struct invocation *in)
{
	struct config c;
	struct db *db = NULL;
	struct view v = { .city = &c.city };
	if (!language_of(in, &v.lang) || cli_config(in, &c) != OK)
		return EXIT_USAGE;
	bool publishing = cli_flag(in, "publish");
	if (!publishing && !cli_option(in, "output").n) {
		cli_say("say where to write: -o guide.pdf, or --publish");
		return EXIT_USAGE;
	}
	const char *font = pdf_missing_font(publishing ? LANG_AR : v.lang);
	if (font) {
		cli_say("the font %s is missing: apt install fonts-noto-core", font);
		return EXIT_NOTHING;
	}
	if (publishing)
		return publish(in, &c.city);
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	cleanup(arena_freep) struct arena *a = arena_new(ARENA);
	v.a = a;
	int code = make(in, db, &v);
	db_close(db);
	return code;
}
