/* Schools in: gabare import schools. */
#include "app/cmd_files.h"

#include <unistd.h>

#include "gazetteer/gazetteer.h"
#include "schools/schools.h"

enum { REJECTS_SHOWN = 20 };

static void on_reject(void *arg, i64 line, str what, str reason)
{
	i64 *n = arg;
	if ((*n)++ < REJECTS_SHOWN)
		cli_say("%lld: %.*s: %.*s", (long long)line, STR_ARG(what), STR_ARG(reason));
}

/* The department of the city that is configured; empty when the gazetteer does not know it. */
static str department_of(struct invocation *in, struct db *db)
{
	struct config c;
	struct gazetteer_answer where;
	db_use_arena(db, in->a);
	if (cli_config(in, &c) != OK || !c.city.name.n || gazetteer_find(db, c.city.name, &where) != OK || !where.n || where.v[0].kind != GAZ_COMMUNE)
		return S("");
	return str_slice(where.v[0].code, 0, str_starts(where.v[0].code, S("97")) ? 3 : 2);
}

static int run(struct invocation *in, struct db *db, struct schools_import *o)
{
	struct schools_report r;
	i64 rejects = 0;
	o->communes = cli_option(in, "commune");
	if (!o->communes.n)
		o->communes = department_of(in, db);
	if (!o->communes.n) {
		cli_say("which schools? Say --commune 44109 (INSEE codes, or a department's number)");
		return EXIT_USAGE;
	}
	o->reject = on_reject;
	o->arg = &rejects;
	enum err e = schools_import(db, o, in->a, &r);
	if (rejects > REJECTS_SHOWN)
		cli_say("and %lld others", (long long)(rejects - REJECTS_SHOWN));
	if (e != OK) {
		cli_say("%.*s: %.*s", STR_ARG(in->operand[0]), STR_ARG(r.fault));
		return e == INVALID ? EXIT_USAGE : EXIT_NOTHING;
	}
	struct count counts[] = {
		{ "read", r.read }, { "stored", o->dry_run ? 0 : r.added + r.changed }, { "rejected", r.rejected }, { "unchanged", r.unchanged },
		{ "new", r.added }, { "changed", r.changed }, { "elsewhere", r.elsewhere }, { "spellings_waiting", r.waiting },
	};
	cli_report(in, counts, lengthof(counts));
	if (o->dry_run)
		cli_say("dry run: nothing was stored");
	return r.rejected ? EXIT_PARTLY : EXIT_DONE;
}

int cmd_import_schools(struct invocation *in)
{
	struct db *db = NULL;
	str path = in->operand[0], rest = path, part;
	struct schools_import o = { .fd = cli_open_file(in, path), .dry_run = cli_flag(in, "dry-run") };
	if (o.fd < 0)
		return EXIT_USAGE;
	while (str_next(&rest, '/', &part))
		o.source = part;
	if (cli_open(in, false, &db) != OK) {
		close(o.fd);
		return EXIT_NOTHING;
	}
	int code = run(in, db, &o);
	db_close(db);
	close(o.fd);
	return code;
}
