/* See given_stock.h. */
#include "given_stock.h"

#include "base/timex.h"
#include "db/id.h"
#include "handover/handover_sql.h"

struct adding { struct device d; };

static enum err add_tx(struct db *db, void *arg)
{
	struct adding *t = arg;
	return stock_add(db, &t->d, 1, &(struct stock_doer){ 0, t->d.organisation_id });
}

str given_device_of(i64 organisation, const char *owner_kind)
{
	struct adding t = { { .organisation_id = organisation, .owner = S("Propriétaire de test"), .kind = S("laptop"), .model = S("Essai 400"), .serial = S(""),
		.grade = S("B"), .memory_gb = 8, .disk_gb = 240, .screen_tenths = 133, .os = S("Linux Mint") } };
	assert_true(stock_owner_of(str_c(owner_kind), &t.d.owner_kind));
	assert_ok(db_tx(ask_db(), add_tx, &t));
	return stock_label(unit_arena(1 << 8), t.d.label);
}

str given_device_label(i64 organisation)
{
	struct devices free;
	assert_ok(stock_free_list(ask_db(), organisation, 1, &free));
	return free.n ? stock_label(unit_arena(1 << 8), free.v[0].label) : given_device_of(organisation, "city");
}

struct device given_device_now(str label)
{
	struct device d;
	assert_ok(stock_by_label(ask_db(), label, &d));
	return d;
}

struct day_made { i64 id, campaign; };

static enum err day_tx(struct db *db, void *arg)
{
	const struct day_made *d = arg;
	return handover_day_insert(db, d->id, d->campaign, date_iso(db_arena(db), today_paris()), S("Salle des fêtes"),
		(struct opt_i64){ 0 }, 540, 20, 2, 1, now_ms());
}

i64 given_handover_day(i64 organisation)
{
	struct handover_day_line_list rows;
	struct day_made d = { id_new(), given_wave_of(organisation).campaign_id };
	assert_ok(handover_days_of(ask_db(), d.campaign, 1, &rows));
	if (rows.n)
		return rows.v[0].id;
	assert_ok(db_tx(ask_db(), day_tx, &d));
	return d.id;
}
