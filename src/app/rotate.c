/* See rotate.h. The vault seals again without telling anybody what; the place of each value is known here as it is in the module that sealed
 * it. The passes go on until one moves nothing, so that what a process sealed under the key before, and wrote late, is found too. */
#include "app/rotate.h"

#include "app/rotate_sql.h"
#include "base/log.h"
#include "base/timex.h"

#define GRACE_MS ((i64)2 * 60 * 1000)             /* longer than any request: what was sealed by the vault before is written by then */

typedef enum err next_fn(struct db *db, i64 after, i64 most, struct rotated_row_list *ret);
typedef enum err put_fn(struct db *db, i64 id, str was, str value);

static enum err all_household_key(struct db *db, i64 after, i64 most, struct rotated_row_list *ret) { return rotated_household_key(db, 0, after, most, ret); }
static enum err all_person_key(struct db *db, i64 after, i64 most, struct rotated_row_list *ret) { return rotated_person_key(db, 0, after, most, ret); }

/* `at`: how the module that seals it names its place, before the row's id. `key`: a key of somebody's own. */
static const struct { const char *at; bool key; next_fn *next; put_fn *put; } columns[] = {
	{ "household:key", true, all_household_key, rotated_household_key_put },
	{ "person:key", true, all_person_key, rotated_person_key_put },
	{ "charter_bundle:key", true, rotated_charter_bundle_key, rotated_charter_bundle_key_put },
	{ "family_list:key", true, rotated_family_list_key, rotated_family_list_key_put },
	{ "user_account:email_enc", false, rotated_user_account_email, rotated_user_account_email_put },
	{ "user_account:name_enc", false, rotated_user_account_name, rotated_user_account_name_put },
	{ "user_account:totp_enc", false, rotated_user_account_totp, rotated_user_account_totp_put },
	{ "user_account:totp_new_enc", false, rotated_user_account_totp_new, rotated_user_account_totp_new_put },
	{ "identity_session:token_enc", false, rotated_identity_session_token, rotated_identity_session_token_put },
	{ "outbox:recipient", false, rotated_outbox_recipient, rotated_outbox_recipient_put },
	{ "outbox:subject", false, rotated_outbox_subject, rotated_outbox_subject_put },
	{ "outbox:body", false, rotated_outbox_body, rotated_outbox_body_put },
	{ "outbox:leave", false, rotated_outbox_leave, rotated_outbox_leave_put },
	{ "place_report:contact_enc", false, rotated_place_report_contact, rotated_place_report_contact_put },
	{ "print_delivery:received_enc", false, rotated_print_delivery_received, rotated_print_delivery_received_put },
	{ "network_contact:email", false, rotated_network_contact_email, rotated_network_contact_email_put },
	{ "network_contact:name", false, rotated_network_contact_name, rotated_network_contact_name_put },
	{ "network_contact:job", false, rotated_network_contact_job, rotated_network_contact_job_put },
	{ "network_contact:phone", false, rotated_network_contact_phone, rotated_network_contact_phone_put },
	{ "allocation_draw:seed", false, rotated_allocation_draw_seed, rotated_allocation_draw_seed_put },
};

static size_t column_of(str name)
{
	for (size_t i = 0; i < lengthof(columns); i++)
		if (str_eq(name, str_c(columns[i].at)))
			return i;
	return 0;                                /* it is no longer there: from the beginning, which does no harm */
}

struct batch { struct rotation_row at; size_t column; struct rotated_row_list rows; str *sealed; i64 most, moved, lost; bool ended, waits; };

/* Sealed again; empty: it is already; absent: neither key opens it. */
static enum err seal_again(const struct vault_asker *vault, struct batch *b)
{
	struct vault_item *items = arena_many(vault->a, struct vault_item, b->rows.n + 1);
	b->sealed = arena_many(vault->a, str, b->rows.n + 1);
	for (size_t i = 0; i < b->rows.n; i++)
		items[i] = (struct vault_item){ str_printf(vault->a, "%s:%lld", columns[b->column].at, (long long)b->rows.v[i].id), b->rows.v[i].value };
	return vault_rewrap(vault, columns[b->column].key, items, b->rows.n, b->sealed);
}

static enum err move_on(struct db *db, struct batch *b)
{
	const struct rotation_row *at = &b->at;
	bool full = (i64)b->rows.n == b->most, last = !full && b->column + 1 == lengthof(columns);
	i64 moved = at->moved_in_pass + b->moved, lost = at->lost + b->lost, pass = at->pass;
	const char *column = columns[full ? b->column : last ? 0 : b->column + 1].at;
	b->waits = last && !moved && now_ms() < at->started_at + GRACE_MS;
	b->ended = last && !moved && !b->waits;
	if (last && !b->ended) {
		pass += moved > 0;
		moved = lost = 0;
	}
	try(rotation_move(db, at->to_id, at->column_name, at->after_id, at->pass, str_c(column), full ? b->rows.v[b->rows.n - 1].id : 0, pass, moved, b->moved, lost,
		(struct opt_i64){ now_ms(), b->ended }));
	return db_changes(db) ? OK : CONFLICT;
}

static enum err batch_tx(struct db *db, void *arg)
{
	struct batch *b = arg;
	b->moved = b->lost = 0;
	for (size_t i = 0; i < b->rows.n; i++) {
		b->lost += !b->sealed[i].p;
		if (!b->sealed[i].n)
			continue;
		try(columns[b->column].put(db, b->rows.v[i].id, b->rows.v[i].value, b->sealed[i]));
		b->moved++;                      /* changed by somebody meanwhile: the next pass looks */
	}
	return move_on(db, b);
}

struct begin { str to, from; };

static enum err begin_tx(struct db *db, void *arg)
{
	const struct begin *x = arg;
	return rotation_begin(db, x->to, x->from, now_ms(), str_c(columns[0].at));
}

static enum err where(struct db *db, const struct begin *x, struct rotation_row *ret)
{
	enum err e = rotation_of(db, x->to, ret);
	if (e != NOT_FOUND)
		return e;
	try(db_tx(db, begin_tx, (void *)(uintptr_t)x));
	return rotation_of(db, x->to, ret);
}

enum err rotate_step(struct db *db, const struct vault_asker *vault, i64 most, bool *ret_more)
{
	str ids[2];
	struct batch b = { .most = most };
	*ret_more = false;
	try(vault_key_ids(vault, ids));
	if (!ids[1].n)
		return OK;
	try(where(db, &(struct begin){ ids[0], ids[1] }, &b.at));
	if (b.at.ended_at.set)
		return OK;
	b.column = column_of(b.at.column_name);
	try(columns[b.column].next(db, b.at.after_id, most, &b.rows));
	try(seal_again(vault, &b));
	enum err e = db_tx(db, batch_tx, &b);
	*ret_more = e == OK && !b.ended && !b.waits;
	if (b.ended && e == OK)
		log_line(LOG_INFO, "master key replaced", "id=%.*s before=%.*s lost=%lld", STR_ARG(ids[0]), STR_ARG(ids[1]), (long long)b.at.lost);
	return e == CONFLICT ? OK : e;           /* another runner was faster */
}

enum err rotation_state(struct db *db, str to_id, struct rotation *ret)
{
	struct rotation_row row;
	*ret = (struct rotation){ .columns = lengthof(columns) };
	enum err e = rotation_of(db, to_id, &row);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	*ret = (struct rotation){ .begun = true, .ended = row.ended_at.set, .from = row.from_id, .column = row.column_name, .pass = row.pass, .moved = row.moved,
		.lost = row.lost, .columns = lengthof(columns), .columns_done = (i64)column_of(row.column_name) };
	return OK;
}
