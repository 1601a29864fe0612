/* The wifi sites in: gabare import wifi. */
#include "app/cmd_files.h"

#include <unistd.h>

#include "directory/wifi.h"

enum { REJECTS_SHOWN = 20 };

static void on_reject(void *arg, i64 line, str what, str reason)
{
	i64 *n = arg;
	if ((*n)++ < REJECTS_SHOWN)
		cli_say("%lld: %.*s: %.*s", (long long)line, STR_ARG(what), STR_ARG(reason));
}

int cmd_import_wifi(struct invocation *in)
{
	struct wifi_report r;
	struct db *db = NULL;
	i64 rejects = 0;
	const char *path = str_z(in->a, in->operand[0]);
	struct wifi_import o = { .fd = cli_open_file(in, in->operand[0]), .dry_run = cli_flag(in, "dry-run"), .reject = on_reject, .arg = &rejects };
	if (o.fd < 0)
		return EXIT_USAGE;
	if (cli_open(in, false, &db) != OK) {
		close(o.fd);
		return EXIT_NOTHING;
	}
	enum err e = wifi_import(db, &o, in->a, &r);
	db_close(db);
	close(o.fd);
	if (rejects > REJECTS_SHOWN)
		cli_say("and %lld others", (long long)(rejects - REJECTS_SHOWN));
	if (e != OK) {
		cli_say("%s: %.*s", path, STR_ARG(r.fault));
		return e == INVALID ? EXIT_USAGE : EXIT_NOTHING;
	}
	struct count counts[] = {
		{ "read", r.read }, { "stored", o.dry_run ? 0 : r.added + r.changed }, { "rejected", r.rejected }, { "unchanged", r.unchanged },
		{ "new", r.added }, { "changed", r.changed }, { "ended", r.ended },
	};
	cli_report(in, counts, lengthof(counts));
	if (o.dry_run)
		cli_say("dry run: nothing was stored");
	return r.rejected ? EXIT_PARTLY : EXIT_DONE;
}
