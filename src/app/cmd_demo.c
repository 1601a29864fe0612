/* gabare demo: an invented city in the database, and what serving it takes: a key of its own, and a configuration that says
 * on every page that all of it is invented. */
#include "app/cli.h"

#include <errno.h>

#include "accounts/demo.h"
#include "aftersales/aftersales.h"
#include "app/vault.h"
#include "awarding/awarding.h"
#include "census/census.h"
#include "charter/charter.h"
#include "content/demo.h"
#include "db/upkeep.h"
#include "directory/demo.h"
#include "distribution/distribution.h"
#include "equipment/equipment.h"
#include "files/files.h"
#include "lists/lists.h"
#include "matching/matching.h"
#include "handover/handover.h"
#include "meetings/meetings.h"
#include "network/network.h"
#include "people/demo.h"
#include "progress/progress.h"
#include "schools/schools.h"
#include "triage/triage.h"

/* The database, made when there is none; an older one is not touched (cli_open says what to type). */
static enum err open_or_make(struct invocation *in, struct db **ret)
{
	int version = 0, applied;
	bool known = true;
	if (!cli_make_data(in))
		return INTERNAL;
	try(cli_open_any(in, false, true, ret));
	enum err e = db_schema_version(*ret, &version, &known);
	if (e == OK && known && version == 0)
		e = db_migrate(*ret, false, &applied);
	if (e != OK)
		cli_say("cannot make the schema: %s", db_error(*ret));
	db_close(*ret);
	return e == OK ? cli_open(in, false, ret) : e;
}

static bool mark_demo(struct invocation *in)
{
	struct config c;
	char id[KEY_ID_CHARS + 1];
	enum err e = key_file_make(str_printf(in->a, "%.*s/demo.key", STR_ARG(in->data)).p, id);
	if (e != OK && e != CONFLICT)
		cli_say("cannot make the demonstration's key: %s", strerror(errno));
	if ((e != OK && e != CONFLICT) || cli_config(in, &c) != OK)
		return false;
	c.city.demo = true;
	return cli_write_config(in, &c);
}

/* The invented users and households, in the key that mark_demo has made. */
static bool add_people(struct invocation *in, struct db *db)
{
	struct config c;
	struct keys *keys;
	if (cli_config(in, &c) != OK || !(keys = cli_keys(in, &c)))
		return false;
	struct vault_asker vault = vault_of_keys(keys, in->a, S("demonstration"));
	i64 households = 0;
	enum err e = demo_accounts_load(db, &vault);
	if (e == OK)
		e = network_demo_load(db, &vault);
	if (e == OK)
		e = demo_people_load(db, &vault, &households);
	if (e != OK)
		cli_say("cannot make the demonstration's people: %s", e == INVALID ? "they were made with another key" : db_error(db));
	else
		cli_say("agents log in at /connexion: %s, password \"%s\"", demo_accounts()->v[0].email, DEMO_PASSWORD);
	return e == OK;
}

/* An edition that is closed, and its guide on paper. */
static bool add_edition(struct invocation *in, struct db *db)
{
	struct config c;
	if (cli_config(in, &c) != OK)
		return false;
	enum err e = census_demo_load(db, &c.city);
	if (e == OK)
		e = distribution_demo_load(db);
	if (e != OK)
		cli_say("cannot make the demonstration's edition: %s", db_error(db));
	return e == OK;
}

static enum err plan_tx(struct db *db, void *arg)
{
	struct school s;
	(void)arg;
	try(school_by_uai(db, S("9990001X"), &s));
	struct school_organisation_row now;
	enum err e = school_organisation_of(db, s.id, &now);
	if (e == NOT_FOUND)
		e = school_attach(db, &s, S("École La Cale (inventée)"), 0);
	return e == OK ? equipment_demo_load(db, S("Ville de démonstration")) : e;
}

static enum err public_tx(struct db *db, void *arg)
{
	(void)arg;
	return progress_demo_load(db);
}

static enum err load_plan(struct db *db, const struct vault_asker *vault, const struct city *city)
{
	try(db_tx(db, plan_tx, NULL));
	try(files_demo_load(db, vault));
	try(awarding_demo_load(db, vault));
	try(charter_demo_load(db, vault, city));
	try(triage_demo_load(db, vault));
	try(lists_demo_load(db, vault));
	try(handover_demo_load(db, vault, S("Ville de démonstration")));
	try(meetings_demo_load(db));
	try(db_tx(db, public_tx, NULL));
	try(aftersales_demo_load(db, vault));
	return matching_demo_load(db);
}

/* The campaign of the accounts' organisation with its families, and the school of the school referent's. */
static bool add_plan(struct invocation *in, struct db *db)
{
	struct config c;
	struct keys *keys;
	if (cli_config(in, &c) != OK || !(keys = cli_keys(in, &c)))
		return false;
	struct vault_asker vault = vault_of_keys(keys, in->a, S("demonstration"));
	db_use_arena(db, in->a);
	enum err e = load_plan(db, &vault, &c.city);
	if (e != OK)
		cli_say("cannot make the demonstration's campaign: %s", *db_error(db) ? db_error(db) : err_name(e));
	return e == OK;
}

int cmd_demo(struct invocation *in)
{
	struct place_import_report r = { 0 };
	struct db *db = NULL;
	if (open_or_make(in, &db) != OK)
		return EXIT_NOTHING;
	enum err e = demo_load(db, str_z(in->a, in->db_url), in->a, &r);
	db_use_arena(db, in->a);
	if (e == OK)
		e = demo_written_load(db);
	if (e == OK)
		e = schools_demo_load(db, in->a, &r.fault);
	if (e != OK)
		cli_say("demo: %.*s", STR_ARG(r.fault.n ? r.fault : str_c(db_error(db))));
	if (e != OK || !mark_demo(in) || !add_people(in, db) || !add_edition(in, db) || !add_plan(in, db)) {
		db_close(db);
		return EXIT_NOTHING;
	}
	db_close(db);
	struct count counts[] = { { "places", r.read }, { "new", r.added }, { "changed", r.changed }, { "unchanged", r.unchanged } };
	cli_report(in, counts, lengthof(counts));
	return EXIT_DONE;
}
