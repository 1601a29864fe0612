/* One account; see account.h. */
#include "accounts/account.h"

#include <sodium.h>

#include "accounts/accounts_sql.h"
#include "accounts/codes.h"
#include "base/timex.h"
#include "db/id.h"

static str at_column(struct arena *a, const char *column, i64 id)
{
	return str_printf(a, "user_account:%s:%lld", column, (long long)id);
}

/* ---- finding ---- */

str account_email(struct arena *a, str typed)
{
	str s = str_trim(typed);
	ptrdiff_t at = str_find_byte(s, '@');
	bool good = at > 0 && (size_t)at + 1 < s.n && s.n <= 254 && str_find_byte(s, ' ') < 0;
	return good ? str_lower(a, s) : (str){ NULL, 0 };
}

enum err account_index(const struct vault_asker *vault, str email, str *ret)
{
	struct vault_item item = { S("user_account:email"), email };
	return vault_index_as(vault, &item, 1, ret);
}

struct account account_of_row(const struct account_row *r)
{
	enum account_state state = str_eq(r->state, S("active")) ? ACCOUNT_ACTIVE : str_eq(r->state, S("invited")) ? ACCOUNT_INVITED : ACCOUNT_DISABLED;
	return (struct account){ .id = r->id, .email = r->email_enc, .name = r->name_enc, .state = state, .password_hash = r->password_hash,
		.totp_enc = r->totp_enc, .totp_new_enc = r->totp_new_enc, .demo = r->demo != 0, .seen_at = r->seen_at };
}

enum err account_find(struct db *db, const struct vault_asker *vault, str email, struct account *ret)
{
	struct account_row row;
	str index;
	try(account_index(vault, email, &index));
	try(account_by_email(db, index, &row));
	*ret = account_of_row(&row);
	return OK;
}

enum err account_get(struct db *db, i64 id, struct account *ret)
{
	struct account_row row;
	try(account_by_id(db, id, &row));
	*ret = account_of_row(&row);
	return OK;
}

enum err account_open(const struct vault_asker *vault, str purpose, struct account *const *v, size_t n)
{
	struct vault_item *items = arena_many(vault->a, struct vault_item, 2 * n + 1);
	str *opened = arena_many(vault->a, str, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		items[2 * i] = (struct vault_item){ at_column(vault->a, "email_enc", v[i]->id), v[i]->email };
		items[2 * i + 1] = (struct vault_item){ at_column(vault->a, "name_enc", v[i]->id), v[i]->name };
	}
	if (n)
		try(vault_open_as(vault, purpose, items, 2 * n, opened));
	for (size_t i = 0; i < n; i++) {
		v[i]->email = opened[2 * i];
		v[i]->name = opened[2 * i + 1];
	}
	return OK;
}

enum err account_list(struct db *db, const struct vault_asker *vault, i64 most, struct accounts *ret)
{
	struct account_row_list rows;
	try(account_all(db, most, &rows));
	*ret = (struct accounts){ arena_many(vault->a, struct account, rows.n), rows.n };
	for (size_t i = 0; i < rows.n; i++) {
		struct account *one = &ret->v[i];
		*one = account_of_row(&rows.v[i]);
		try(account_open(vault, S("list of accounts"), &one, 1));
	}
	return OK;
}

/* ---- adding ---- */

enum err account_prepare(const struct vault_asker *vault, str email, str name, struct account_new *ret)
{
	str sealed[2];
	*ret = (struct account_new){ .id = id_new() };
	struct vault_item items[] = { { at_column(vault->a, "email_enc", ret->id), email }, { at_column(vault->a, "name_enc", ret->id), name } };
	try(account_index(vault, email, &ret->email_index));
	try(vault_seal_as(vault, items, lengthof(items), sealed));
	ret->email_enc = sealed[0];
	ret->name_enc = sealed[1];
	return OK;
}

enum err account_add(struct db *db, const struct account_new *n, i64 *ret_id)
{
	struct account_row row;
	try(account_insert(db, n->id, n->email_index, n->email_enc, n->name_enc, now_ms()));
	*ret_id = n->id;
	if (db_changes(db))
		return OK;
	try(account_by_email(db, n->email_index, &row));
	*ret_id = row.id;
	return OK;
}

struct gift { i64 user, organisation; enum account_role role; };

static enum err put(struct db *db, void *arg)
{
	struct gift *g = arg;
	return membership_put(db, g->user, g->organisation, str_c(role_code(g->role)), now_ms());
}

enum err account_give(struct db *db, i64 user_id, i64 organisation_id, enum account_role role)
{
	struct gift g = { user_id, organisation_id, role };
	return db_savepoint(db, put, &g);
}

/* ---- invitations ---- */

str invitation_hash(struct arena *a, str typed)
{
	u8 *h = arena_alloc(a, 32);
	str code = code_plain(a, typed);
	crypto_generichash(h, 32, (const u8 *)code.p, code.n, NULL, 0);
	return (str){ (const char *)h, 32 };
}

enum err invitation_code(const struct vault_asker *vault, i64 id, str *ret)
{
	struct vault_item item = { S("invitation:code"), str_printf(vault->a, "%lld", (long long)id) };
	str bits;
	try(vault_index_as(vault, &item, 1, &bits));
	*ret = code_of_bits(vault->a, bits, CODE_GROUPS);
	return OK;
}

enum err invitation_prepare(const struct vault_asker *vault, struct invitation *ret)
{
	ret->id = id_new();
	ret->expires_at = now_ms() + INVITATION_MS;
	try(invitation_code(vault, ret->id, &ret->code));
	ret->code_hash = invitation_hash(vault->a, ret->code);
	return OK;
}

enum err invitation_store(struct db *db, const struct invitation *i)
{
	i64 now = now_ms();
	try(invitation_end_all(db, i->user_id, now));
	return invitation_insert(db, i->id, i->user_id, i->organisation_id, i->code_hash, now, i->expires_at);
}

i64 param_id(const struct req *req, const char *name)
{
	i64 id = 0;
	bool checked = str_i64(req_param(req, name), &id);
	assert(checked);
	return id;
}

/* ---- for other domains ---- */

enum err accounts_names(struct db *db, const struct vault_asker *vault, const i64 *ids, size_t n, str *ret)
{
	for (size_t i = 0; i < n; i++) {
		struct account one = { .id = ids[i] };
		size_t before = 0;
		while (before < i && ids[before] != ids[i])
			before++;
		enum err e = before < i ? OK : account_get(db, ids[i], &one);
		if (e != OK && e != NOT_FOUND)
			return e;
		if (before == i && e == OK)
			try(account_open(vault, S("who did something"), &(struct account *const){ &one }, 1));
		ret[i] = before < i ? ret[before] : e == OK ? one.name : S("");
	}
	return OK;
}

enum err accounts_employer(struct db *db, i64 user_id, i64 organisation_id, str *ret)
{
	struct account_organisation_row row;
	enum err e = account_employer(db, user_id, organisation_id, &row);
	if (e == NOT_FOUND)
		return accounts_organisation_name(db, organisation_id, ret);
	try(e);
	*ret = row.name;
	return OK;
}

enum err accounts_organisation_name(struct db *db, i64 id, str *ret)
{
	struct account_organisation_row row;
	enum err e = account_organisation(db, id, &row);
	*ret = e == OK ? row.name : S("");
	return e == NOT_FOUND ? OK : e;
}
