/* The demonstration's handovers: the families of its campaign who have a computer are lent one of the stock, with its receipt; one day was, one is
 * today, one is to come. All invented. */
#include "db/id.h"
#include "handover/pages.h"
#include "stock/stock.h"

#define HANDED_MOST 6

struct demo {
	struct handover_demo_row_list files;
	i64 campaign, organisation, day[2];
	str sealed[HANDED_MOST], hash[HANDED_MOST], number[HANDED_MOST];
	i64 id[HANDED_MOST];
	struct device device[HANDED_MOST];
	size_t n;
	str campaign_name, organisation_name;
};

static bool has_one(str state) { return str_eq(state, S("handed_over")) || str_eq(state, S("followed")); }

static enum err seal(struct db *db, const struct vault_asker *vault, struct demo *d, const struct handover_demo_row *f)
{
	struct household h, *one = &h;
	struct receipt r;
	size_t i = d->n;
	try(household_get(db, f->root, &h));
	try(household_open_names(vault, S("demonstration"), &one, 1));
	d->id[i] = id_new();
	d->number[i] = str_printf(vault->a, "R222-22%02zu", 22 + i);
	receipt_fill(vault->a, &(struct receipt_facts){ .lang = h.n ? lang_of_family(h.persons[0].language) : LANG_FR, .device = &d->device[i],
		.number = d->number[i], .day = f->since_day,
		.organisation = d->organisation_name, .agent = S("Andrea (démonstration)"), .family = household_name(vault->a, &h), .file = f->public_id,
		.campaign = d->campaign_name, .accessories = S("charger mouse bag"), .seen = S("works"), .workshop = S("Le Ponton (inventé)") }, &r);
	str text = receipt_text(vault->a, &r);
	receipt_read(vault->a, text, &r);
	d->hash[i] = r.hash;
	struct vault_own item = receipt_item(vault->a, h.id, h.key, d->id[i], text);
	try(vault_seal_own(vault, &item, 1, &d->sealed[i]));
	d->n++;
	return OK;
}

static enum err hand(struct db *db, const struct demo *d, const struct handover_demo_row *f, size_t i)
{
	struct stock_doer who = { 0, d->organisation };
	try(stock_lend(db, &d->device[i], &(struct stock_loan){ .file_id = f->id, .from_day = f->since_day }, &who));
	try(handover_insert(db, d->id[i], d->number[i], f->id, f->root, d->device[i].id, f->since_day, 0, S("charger mouse bag"), S("works"),
		S("Le Ponton (inventé)"), date_iso(db_arena(db), date_of_days(date_days(today_paris()) + 5)), S("14 h"), d->sealed[i], d->hash[i], 0, now_ms()));
	return handover_pdf_put(db, d->id[i]);
}

static enum err place(struct db *db, const struct demo *d, const struct handover_demo_row *f, size_t number)
{
	struct file file;
	struct file_doer who = { 0, d->organisation };
	str today = date_iso(db_arena(db), today_paris());
	try(file_get(db, f->id, &file));
	if (file.state == FS_SIGNED)
		try(file_step_make(db, &file, FS_ALLOCATED, today, S(""), &who));
	if (number < 2)                          /* of each day, one that no message reaches: its letter is to be handed */
		try(handover_notice_put(db, f->id, (struct opt_i64){ 0 }, 0, now_ms()));
	return handover_booking_put(db, f->id, d->day[number % 2], (i64)number / 2);
}

static enum err fill_tx(struct db *db, void *arg)
{
	const struct demo *d = arg;
	size_t handed = 0, placed = 0;
	for (size_t i = 0; i < 2; i++) {
		str day = date_iso(db_arena(db), date_of_days(date_days(today_paris()) + (i ? 9 : 0)));
		try(handover_day_insert(db, d->day[i], d->campaign, day, i ? S("École La Cale (inventée)") : S("Maison de quartier du Port (inventée)"),
			(struct opt_i64){ 0 }, 9 * 60, 20, 9, 3, now_ms()));
		try(handover_event_put(db, id_new(), d->day[i], S("made"), (struct opt_i64){ 0 }, S(""), day, 0, now_ms()));
	}
	for (size_t i = 0; i < d->files.n; i++) {
		const struct handover_demo_row *f = &d->files.v[i];
		if (has_one(f->state) && handed < d->n)
			try(hand(db, d, f, handed++));
		else if (!has_one(f->state) && placed < 4)
			try(place(db, d, f, placed++));
	}
	return OK;
}

static enum err stock_tx(struct db *db, void *arg)
{
	return stock_demo_load(db, *(const i64 *)arg);
}

enum err handover_demo_load(struct db *db, const struct vault_asker *vault, str organisation)
{
	struct handover_demo_campaign_row c;
	struct devices free;
	i64 had;
	struct demo d = { .day = { id_new(), id_new() }, .organisation_name = organisation };
	enum err e = handover_demo_campaign(db, organisation, &c);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	d.campaign = c.id;
	d.campaign_name = c.name;
	d.organisation = c.organisation_id;
	try(db_tx(db, stock_tx, &d.organisation));
	try(handover_days_count(db, c.id, &had));
	try(stock_free_list(db, c.organisation_id, HANDED_MOST, &free));
	try(handover_demo_files(db, c.id, &d.files));
	for (size_t i = 0; i < d.files.n && !had && d.n < free.n; i++)
		if (has_one(d.files.v[i].state)) {
			d.device[d.n] = free.v[d.n];
			try(seal(db, vault, &d, &d.files.v[i]));
		}
	return had ? OK : db_tx(db, fill_tx, &d);
}
