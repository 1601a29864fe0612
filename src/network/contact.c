/* One contact: sealed and opened, the code of the link, forgotten; see pages.h. */
#include "network/pages.h"

#include "base/code.h"
#include "base/timex.h"
#include "db/id.h"

#define CODE_GROUPS 4                            /* of four signs: 80 bits, behind a keyed hash; it serves for years */

static str at_column(struct arena *a, const char *column, i64 id)
{
	return str_printf(a, "network_contact:%s:%lld", column, (long long)id);
}

enum err contact_open(const struct vault_asker *vault, str purpose, const struct network_contact_row *rows, size_t n, struct contact *ret)
{
	struct vault_item *items = arena_many(vault->a, struct vault_item, 4 * n + 1);
	str *clear = arena_many(vault->a, str, 4 * n + 1);
	for (size_t i = 0; i < n; i++) {
		items[4 * i] = (struct vault_item){ at_column(vault->a, "email", rows[i].id), rows[i].email_enc };
		items[4 * i + 1] = (struct vault_item){ at_column(vault->a, "name", rows[i].id), rows[i].name_enc };
		items[4 * i + 2] = (struct vault_item){ at_column(vault->a, "job", rows[i].id), rows[i].job_enc };
		items[4 * i + 3] = (struct vault_item){ at_column(vault->a, "phone", rows[i].id), rows[i].phone_enc };
	}
	if (n)
		try(vault_open_as(vault, purpose, items, 4 * n, clear));
	for (size_t i = 0; i < n; i++)
		ret[i] = (struct contact){ rows[i].id, rows[i].organisation_id, rows[i].organisation, clear[4 * i], clear[4 * i + 1], clear[4 * i + 2],
			clear[4 * i + 3], rows[i].lang };
	return OK;
}

enum err contact_seal(const struct vault_asker *vault, const struct contact *c, struct contact_sealed *ret)
{
	i64 id = c->id ? c->id : id_new();
	const struct vault_item items[] = {
		{ at_column(vault->a, "email", id), c->email }, { at_column(vault->a, "name", id), c->name },
		{ at_column(vault->a, "job", id), c->job.p ? c->job : S("") }, { at_column(vault->a, "phone", id), c->phone.p ? c->phone : S("") },
	};
	str sealed[lengthof(items)];
	try(vault_seal_as(vault, items, lengthof(items), sealed));
	*ret = (struct contact_sealed){ .id = id, .email_enc = sealed[0], .name_enc = sealed[1], .job_enc = sealed[2], .phone_enc = sealed[3] };
	try(msg_index(vault, MSG_MAIL, c->email, &ret->email_index));
	return contact_codes(vault, &id, 1, NULL, &ret->code_index);
}

/* ---- the link ---- */

enum err contact_code_index(const struct vault_asker *vault, str typed, str *ret)
{
	struct vault_item item = { S("network:code"), code_plain(vault->a, typed) };
	return vault_index_as(vault, &item, 1, ret);
}

enum err contact_codes(const struct vault_asker *vault, const i64 *ids, size_t n, str *ret_codes, str *ret_indexes)
{
	struct arena *a = vault->a;
	struct vault_item *items = arena_many(a, struct vault_item, n + 1);
	str *bits = arena_many(a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		items[i] = (struct vault_item){ S("network:contact"), str_printf(a, "%lld", (long long)ids[i]) };
	try(vault_index_as(vault, items, n, bits));
	for (size_t i = 0; i < n; i++) {
		str code = code_of_bits(a, bits[i], CODE_GROUPS);
		items[i] = (struct vault_item){ S("network:code"), code_plain(a, code) };
		if (ret_codes)
			ret_codes[i] = code;
	}
	return ret_indexes ? vault_index_as(vault, items, n, ret_indexes) : OK;
}

/* ---- forgetting ---- */

enum err contact_refuse(struct db *db, const struct network_contact_row *c)
{
	try(network_refusal_put(db, c->email_index, now_ms()));
	try(msg_withdraw(db, MSG_MAIL, c->email_index, "network-mail"));
	try(msg_withdraw(db, MSG_MAIL, c->email_index, "network-consent"));
	try(msg_withdraw(db, MSG_MAIL, c->email_index, "network-again"));
	return network_contact_remove(db, c->id);
}

static enum err forget_mails(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	struct network_old_mail_list old;
	try(network_old_mails(db, before, most, &old));
	for (size_t i = 0; i < old.n; i++) {
		try(network_mail_forget_to(db, old.v[i].id));
		try(network_mail_forget_text(db, old.v[i].id));
		try(network_mail_forget_groups(db, old.v[i].id));
		try(network_mail_forget(db, old.v[i].id));
	}
	*ret_n = (i64)old.n;
	return OK;
}

#define DAY_MS ((i64)86400 * 1000)
#define KEEP_SILENT_MS (90 * DAY_MS)             /* the question says three months */
#define AGREED_MS (3 * 365 * DAY_MS)
#define KEEP_MAILS_MS (365 * DAY_MS)
#define MAILS_BATCH 5                            /* each may have gone to hundreds */

enum err network_purge(struct db *db, i64 most, i64 *ret_n)
{
	i64 now = now_ms(), mails = 0;
	try(network_forget_silent(db, now - KEEP_SILENT_MS, now - AGREED_MS, most));
	*ret_n = db_changes(db);
	try(network_ask_again(db, now - AGREED_MS, most));
	try(forget_mails(db, now - KEEP_MAILS_MS, MAILS_BATCH, &mails));
	*ret_n += mails;
	return OK;
}
