/* gabare census …: the editions, the frozen file of one, checked against its digest, and contacts withdrawn from it. Editions are opened
 * and closed on /agent/recensement. */
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
	enum err e = whole ? census_exported(db, in->operand[0], &file) : census_frozen(db, in->operand[0], &file);
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

/* ---- withdrawn contacts ---- */

static enum err withdraw_tx(struct db *db, void *arg)
{
	return census_withdraw_contact(db, arg);
}

static bool place_there(struct db *db, const struct withdrawal *w)
{
	struct frozen frozen;
	if (census_places(db, w->edition, &frozen) != OK)
		return false;
	for (size_t i = 0; i < frozen.n; i++)
		if (str_eq(frozen.v[i].place.f[P_ID], w->public_id))
			return true;
	return false;
}

int cmd_census_withdraw(struct invocation *in)
{
	struct db *db = NULL;
	struct withdrawal w = { in->operand[0], in->operand[1], in->operand[2], cli_option(in, "reason"), 0 };
	cleanup(arena_freep) struct arena *a = arena_new((size_t)1 << 30);
	if (cli_open(in, false, &db) != OK)
		return EXIT_NOTHING;
	w.reason = w.reason.n ? w.reason : S("asked");
	db_use_arena(db, a);
	enum err e = place_there(db, &w) ? db_tx(db, withdraw_tx, &w) : NOT_FOUND;
	if (e == NOT_FOUND)
		cli_say("no closed edition %.*s has a place %.*s", STR_ARG(w.edition), STR_ARG(w.public_id));
	else if (e == INVALID)
		cli_say("a contact is telephone, courriels, site_web, prise_rdv, complement_adresse or presentation; a reason is asked, left or personal");
	else if (e != OK)
		cli_say("not withdrawn: %s", db_error(db));
	db_close(db);
	return e == OK ? EXIT_DONE : e == INVALID ? EXIT_USAGE : EXIT_NOTHING;
}
