/* See given_care.h. */
#include "given_care.h"

#include "aftersales/pages.h"
#include "files/files_sql.h"
#include "db/id.h"

struct lending { struct device d; struct ticket t; i64 file_id; struct stock_doer who; };

static enum err add_tx(struct db *db, void *arg)
{
	struct lending *l = arg;
	return stock_add(db, &l->d, 1, &l->who);
}

i64 given_device(i64 organisation, const char *model)
{
	struct lending l = { .d = { .organisation_id = organisation, .owner = S("Ville"), .owner_kind = OWNER_CITY, .kind = S("laptop"), .model = str_c(model),
		.serial = S(""), .grade = S("B"), .os = S("Linux"), .label = S("") }, .who = { 0, organisation } };
	assert_ok(db_tx(ask_db(), add_tx, &l));
	return l.d.id;
}

static enum err lend_tx(struct db *db, void *arg)
{
	struct lending *l = arg;
	return stock_lend(db, &l->d, &(struct stock_loan){ .file_id = l->file_id, .from_day = S("2026-10-01") }, &l->who);
}

static struct family_file_row file_row(i64 organisation)
{
	struct family_file_row row;
	assert_ok(file_by_public(ask_db(), given_file(organisation), given_wave_of(organisation).campaign_id, &row));
	return row;
}

i64 given_equipped(i64 organisation)
{
	static const char *const way[] = { "contacted", "invited", "attended", "eligible", "signed", "allocated", "handed_over" };
	struct family_file_row row = file_row(organisation);
	struct lending l = { .file_id = row.id, .who = { 0, organisation } };
	for (size_t i = 0; i < lengthof(way); i++)
		given_file_step(row.id, way[i]);
	assert_ok(stock_get(ask_db(), given_device(organisation, "Essai T1"), &l.d));
	assert_ok(db_tx(ask_db(), lend_tx, &l));
	return l.d.id;
}

static enum err open_tx(struct db *db, void *arg)
{
	struct lending *l = arg;
	return ticket_open(db, &l->t, &(struct file_doer){ 0, l->who.organisation_id });
}

i64 given_ticket(i64 organisation)
{
	struct family_file_row row = file_row(organisation);
	struct care_ticket_row_list had;
	assert_ok(care_tickets_of_file(ask_db(), row.id, &had));
	if (had.n)
		return had.v[0].id;
	struct lending l = { .who = { 0, organisation }, .t = { .id = id_new(), .file_id = row.id, .household_id = row.root, .device_id = given_equipped(organisation),
		.symptom = S("screen"), .sealed = S(""), .opened = date_iso(unit_arena(1 << 8), today_paris()) } };
	assert_ok(db_tx(ask_db(), open_tx, &l));
	return l.t.id;
}
