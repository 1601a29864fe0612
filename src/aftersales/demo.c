/* The demonstration's after-sales: of families that have a computer, one waits for somebody to look at it, one has a spare one meanwhile, one
 * has been mended. All invented. */
#include "aftersales/pages.h"
#include "db/id.h"

#define DEMO_TICKETS 3
#define WAITS_FOR_SPARE 5                        /* computers that are left in stock for others */

static const struct { const char *symptom, *said, *finding; i64 days[3]; size_t steps; bool spare; enum care_state path[3]; } stories[DEMO_TICKETS] = {
	{ "no-charge", "Il faut tenir la prise, sinon il s’éteint.", "", { 9 }, 0, false, { CS_OPEN } },
	{ "screen", "Tombé du canapé dimanche. L’image est coupée en deux.", "screen", { 12, 10, 8 }, 2, true, { CS_DIAGNOSED, CS_IN_REPAIR } },
	{ "slow", "", "software", { 20, 18 }, 2, false, { CS_DIAGNOSED, CS_SOLVED } },
};

struct telling { struct ticket t; struct file f; struct file_doer who; size_t story; i64 device, spare; };

static str day_before(struct arena *a, i64 days) { return date_iso(a, date_of_days(date_days(today_paris()) - days)); }

/* A computer for a family that the demonstration says has one, when the stock has not lent it any. */
static enum err equip(struct db *db, struct telling *d)
{
	struct devices have, free;
	struct stock_doer doer = { 0, d->who.organisation_id };
	try(stock_of_file(db, d->f.id, &have));
	try(stock_free_list(db, d->who.organisation_id, WAITS_FOR_SPARE + 2, &free));
	for (size_t i = 0; i < have.n; i++)
		if (have.v[i].state == SS_LENT)
			d->device = have.v[i].id;
	d->spare = free.n ? free.v[0].id : 0;
	if (d->device || free.n <= WAITS_FOR_SPARE)
		return OK;
	d->device = free.v[0].id;
	d->spare = free.v[1].id;
	return stock_lend(db, &free.v[0], &(struct stock_loan){ .file_id = d->f.id, .from_day = d->f.since }, &doer);
}

static enum err tell_tx(struct db *db, void *arg)
{
	struct telling *d = arg;
	struct ticket *t = &d->t;
	struct arena *a = db_arena(db);
	try(equip(db, d));
	if (!d->device)
		return OK;
	t->device_id = d->device;
	t->opened = t->since = day_before(a, stories[d->story].days[0]);
	try(ticket_open(db, t, &d->who));
	t->version = 1;
	t->finding = S("");
	for (size_t i = 0; i < stories[d->story].steps; i++) {
		struct ticket_step s = { .to = stories[d->story].path[i], .day = day_before(a, stories[d->story].days[1] - (i64)i), .finding = S("") };
		if (s.to == CS_DIAGNOSED)
			s.finding = str_c(stories[d->story].finding);
		try(ticket_step_make(db, t, &s, &d->who));
		t->finding = s.finding.n ? s.finding : t->finding;
		t->since = s.day;
		t->state = s.to;
		t->version++;
	}
	return stories[d->story].spare && d->spare ? ticket_spare_lend(db, t, d->spare, t->since, &d->who) : OK;
}

static enum err tell(struct db *db, const struct vault_asker *vault, i64 file_id, i64 organisation, size_t story)
{
	struct telling d = { .story = story, .who = { 0, organisation } };
	struct household h;
	try(file_get(db, file_id, &d.f));
	try(household_get(db, d.f.root, &h));
	d.t = (struct ticket){ .id = id_new(), .file_id = file_id, .household_id = h.id, .symptom = str_c(stories[story].symptom), .sealed = S("") };
	if (*stories[story].said) {
		struct vault_own item = care_sealed(vault->a, "care_ticket:said", h.id, h.key, d.t.id, str_c(stories[story].said));
		try(vault_seal_own(vault, &item, 1, &d.t.sealed));
	}
	return db_tx(db, tell_tx, &d);
}

enum err aftersales_demo_load(struct db *db, const struct vault_asker *vault)
{
	struct care_demo_row_list files;
	i64 campaign, had;
	enum err e = care_demo_campaign(db, &campaign);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(care_tickets_in_all(db, &had));
	try(care_demo_files(db, campaign, DEMO_TICKETS, &files));
	for (size_t i = 0; i < files.n && !had; i++)
		try(tell(db, vault, files.v[i].id, files.v[i].organisation_id, i));
	return OK;
}
