/* Print runs of the demonstration: one in French that is on its way, one in Arabic, a structure that has almost none left, one that asks. */
#include "base/timex.h"
#include "db/id.h"
#include "distribution/pages.h"

enum { ORGANISATIONS_MOST = 5000 };

static const struct { const char *title, *lang; i64 copies; } runs[] = { { "Guide essai", "fr", 2000 }, { "Guide essai", "ar", 500 } };
static const struct { const char *organisation; size_t run; i64 copies, left; } handovers[] = {
	{ "Association de démonstration", 0, 200, 25 }, { "Association de démonstration", 1, 60, 40 }, { "CCAS de démonstration", 0, 350, 310 },
};

static i64 named(const struct print_organisation_row_list *all, const char *name)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].name, str_c(name)))
			return all->v[i].id;
	return 0;
}

static enum err load_tx(struct db *db, void *arg)
{
	const struct print_organisation_row_list *all = arg;
	str today = date_iso(db_arena(db), today_paris());
	i64 ids[lengthof(runs)];
	for (size_t i = 0; i < lengthof(runs); i++) {
		ids[i] = id_new();
		try(print_run_add(db, &(struct print_order){ ids[i], str_c(runs[i].title), str_c(runs[i].lang), S("Presses inventées"), today, runs[i].copies, 0 }));
	}
	for (size_t i = 0; i < lengthof(handovers); i++) {
		i64 organisation = named(all, handovers[i].organisation), run = ids[handovers[i].run];
		struct print_handover h = { id_new(), run, organisation, handovers[i].copies, 0, str_c(runs[handovers[i].run].lang), today, S(""), { 0 } };
		if (!organisation)
			continue;
		try(print_deliver(db, &h));
		try(print_left(db, run, organisation, handovers[i].left, 0));
	}
	i64 asks = named(all, "CCAS de démonstration");
	return asks ? print_request_put(db, id_new(), asks, S("ar"), 80, now_ms(), 0) : OK;
}

enum err distribution_demo_load(struct db *db)
{
	struct print_run_row_list there;
	struct print_organisation_row_list all;
	try(print_runs(db, 0, 1, &there));
	if (there.n)
		return OK;
	try(print_organisations(db, ORGANISATIONS_MOST, &all));
	return db_tx(db, load_tx, &all);
}
