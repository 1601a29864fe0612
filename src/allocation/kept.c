/* Rules and draws as they are kept, for the pages of this folder and for who allocates from the database. */
#include "allocation/pages.h"

#include "db/db.h"
#include "db/id.h"
#include "http/seal.h"

#define RULES_MOST 50

enum err rule_on(struct db *db, struct arena *a, str day, struct params *ret)
{
	struct set_row row;
	enum err e = set_in_force(db, day, &row);
	*ret = *params_default();
	return e == OK ? set_params(a, &row, ret) : e == NOT_FOUND ? OK : e;
}

enum err rules_kept(struct db *db, struct arena *a, i64 organisation_id, struct rules_kept *ret)
{
	struct set_row_list rows;
	try(sets_of(db, organisation_id, RULES_MOST, &rows));
	*ret = (struct rules_kept){ .v = arena_many(a, struct rule_kept, rows.n + 1) };
	for (; ret->n < rows.n; ret->n++) {
		ret->v[ret->n].id = rows.v[ret->n].id;
		try(set_params(a, &rows.v[ret->n], &ret->v[ret->n].params));
	}
	return OK;
}

enum err draw_kept(struct db *db, i64 id, struct draw_kept *ret)
{
	struct draw_row r;
	try(draw_by_id(db, id, &r));
	*ret = (struct draw_kept){ .id = r.id, .name = r.name, .commitment = r.commitment, .list = r.list, .list_digest = r.list_digest, .seed = r.seed,
		.committed_at = r.committed_at, .closed_at = r.closed_at, .revealed_at = r.revealed_at };
	return OK;
}

static str seal_place(struct arena *a, i64 id)
{
	return str_printf(a, "allocation_draw:seed:%lld", (long long)id);
}

enum err draw_prepare(const struct vault_asker *vault, struct draw_new *ret)
{
	str seed = draw_seed(vault->a);
	ret->id = id_new();
	ret->commitment = draw_commitment(vault->a, seed);
	return vault_seal_as(vault, &(struct vault_item){ seal_place(vault->a, ret->id), seed }, 1, &ret->sealed);
}

enum err draw_commit(struct db *db, const struct draw_new *d, i64 organisation_id, str name)
{
	return draw_put(db, d->id, organisation_id, name, d->commitment, d->sealed, now_ms());
}

enum err draw_list_close(struct db *db, i64 id, str list)
{
	try(draw_close(db, id, list, draw_digest(db_arena(db), list), now_ms()));
	return db_changes(db) ? OK : CONFLICT;
}

enum err draw_unseal(struct db *db, const struct vault_asker *vault, i64 id, str *ret_seed)
{
	struct draw_row r;
	try(draw_by_id(db, id, &r));
	if (!r.closed_at.set)
		return INVALID;
	try(vault_open_as(vault, S("a draw is revealed"), &(struct vault_item){ seal_place(vault->a, id), r.seed_enc }, 1, ret_seed));
	return str_eq(draw_commitment(vault->a, *ret_seed), r.commitment) ? OK : INTERNAL;
}

enum err draw_seed_reveal(struct db *db, i64 id, str seed)
{
	try(draw_reveal(db, id, seed, now_ms()));
	return db_changes(db) ? OK : CONFLICT;
}
