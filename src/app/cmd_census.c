/* gabare census …: the editions, and the frozen file of one, checked against its digest. Editions are opened and closed on
 * /agent/recensement. */
#include "app/cli.h"

#include "base/timex.h"
#include "census/census.h"
#include "census/census_sql.h"

static void put_edition(struct buf *b, const struct census_edition *e)
{
	buf_printf(b, "%.*s\t%.*s\t%.*s\t%.*s\t%lld\t%.*s\n", STR_ARG(e->name), STR_ARG(e->state), STR_ARG(e->answer_by),
	           STR_ARG(e->closed_at.set ? ms_iso(b->a, e->closed_at.v) : S("-")), (long long)e->places, STR_ARG(e->digest.n ? e->digest : S("-")));
}

int cmd_census_list(struct invocation *in)
{
	struct db *db = NULL;
	struct census_edition running;
	struct census_edition_list closed;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	struct buf b = buf_new(in->a, (size_t)1 << 20);
	enum err e = census_running(db, &running);
	if (e == OK)
		put_edition(&b, &running);
	if (e == OK || e == NOT_FOUND)
		e = census_closed(db, 1000, &closed);
	for (size_t i = 0; e == OK && i < closed.n; i++)
		put_edition(&b, &closed.v[i]);
	if (e != OK)
		cli_say("not read: %s", db_error(db));
	else
		cli_print(&b);
	db_close(db);
	return e == OK ? EXIT_DONE : EXIT_NOTHING;
}

static int print_frozen(struct invocation *in, bool whole)
{
	struct db *db = NULL;
	str file;
	if (cli_open(in, true, &db) != OK)
		return EXIT_NOTHING;
	enum err e = census_frozen(db, in->operand[0], &file);
	if (e == NOT_FOUND)
		cli_say("no closed edition has the name %.*s: see gabare census list", STR_ARG(in->operand[0]));
	else if (e == INVALID)
		cli_say("the file of edition %.*s is not the one that was frozen: its digest differs", STR_ARG(in->operand[0]));
	else if (e != OK)
		cli_say("not read: %s", db_error(db));
	db_close(db);
	if (e != OK)
		return EXIT_NOTHING;
	if (whole)
		return fwrite(file.p, 1, file.n, stdout) == file.n && fflush(stdout) == 0 ? EXIT_DONE : EXIT_NOTHING;
	printf("sound\n");
	return EXIT_DONE;
}

int cmd_census_export(struct invocation *in) { return print_frozen(in, true); }
int cmd_census_check(struct invocation *in) { return print_frozen(in, false); }
