/* The gazetteer in: gabare import communes, streets, areas. */
#include "app/cmd_files.h"

#include <unistd.h>

#include "base/timex.h"
#include "gazetteer/gazetteer.h"

enum { REJECTS_SHOWN = 20 };

struct rejects { struct arena *a; i64 n; };

static void on_reject(void *arg, i64 line, str what, str reason)
{
	struct rejects *r = arg;
	if (r->n++ < REJECTS_SHOWN)
		cli_say("%lld: %.*s: %.*s", (long long)line, STR_ARG(what), STR_ARG(reason));
}

static int run(struct invocation *in, struct gazetteer_import *o)
{
	struct gazetteer_report r;
	struct rejects rejects = { .a = in->a };
	struct db *db = NULL;
	const char *path = str_z(in->a, in->operand[0]);
	o->dry_run = cli_flag(in, "dry-run");
	o->format = str_ends(in->operand[0], S(".json")) ? GAZ_JSON : GAZ_CSV;
	o->reject = on_reject;
	o->arg = &rejects;
	o->fd = cli_open_file(in, in->operand[0]);
	if (o->fd < 0)
		return EXIT_USAGE;
	enum err e = cli_open(in, false, &db);
	if (e != OK) {
		close(o->fd);
		return EXIT_NOTHING;
	}
	e = gazetteer_import(db, o, in->a, &r);
	db_close(db);
	close(o->fd);
	if (e != OK) {
		cli_say("%s: %.*s", path, STR_ARG(r.fault));
		return e == INVALID ? EXIT_USAGE : EXIT_NOTHING;
	}
	if (rejects.n > REJECTS_SHOWN)
		cli_say("and %lld others", (long long)(rejects.n - REJECTS_SHOWN));
	struct count counts[] = {
		{ "read", r.read }, { "stored", o->dry_run ? 0 : r.added + r.changed }, { "rejected", r.rejected }, { "unchanged", r.unchanged },
		{ "new", r.added }, { "changed", r.changed }, { "ended", r.ended },
	};
	cli_report(in, counts, lengthof(counts));
	if (o->dry_run)
		cli_say("dry run: nothing was stored");
	if (r.added + r.changed + r.unchanged == 0)
		return EXIT_NOTHING;
	return r.rejected ? EXIT_PARTLY : EXIT_DONE;
}

int cmd_import_communes(struct invocation *in) { return run(in, &(struct gazetteer_import){ .kind = GAZ_COMMUNE }); }
int cmd_import_streets(struct invocation *in) { return run(in, &(struct gazetteer_import){ .kind = GAZ_STREET }); }

int cmd_import_areas(struct invocation *in)
{
	str kind = cli_option(in, "kind"), from = cli_option(in, "from");
	struct date day;
	static const struct { const char *name; enum gazetteer_kind kind; } kinds[] = {
		{ "district", GAZ_DISTRICT }, { "priority_area", GAZ_PRIORITY_AREA }, { "water", GAZ_WATER },
	};
	size_t k = 0;
	while (k < lengthof(kinds) && !str_eq(kind, str_c(kinds[k].name)))
		k++;
	if (k == lengthof(kinds)) {
		cli_say("--kind is district, priority_area or water");
		return EXIT_USAGE;
	}
	if (!date_parse(from, &day)) {
		cli_say("--from is the day from which these are the areas: 2026-01-31");
		return EXIT_USAGE;
	}
	return run(in, &(struct gazetteer_import){ .kind = kinds[k].kind, .from = date_days(day) });
}
