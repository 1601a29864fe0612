/* Every run that is kept, made again from the database: the same bytes, or the house says so. */
#include "awarding/awarding.h"
#include "awarding/runs.h"

#define RUN_MEMORY ((size_t)128 << 20)

static enum err verify_one(struct db *db, const struct award_run_where *where, bool *ret_same)
{
	struct arena *before = db_arena(db), *own = arena_new(RUN_MEMORY);
	struct award_run_row run;
	if (!own)
		return INTERNAL;
	db_use_arena(db, own);
	enum err e = award_run_by_number(db, where->wave_id, where->number, &run);
	*ret_same = e == OK && run_verify(own, &run) == OK;
	db_use_arena(db, before);
	arena_free(own);
	return e;
}

enum err awards_verify(struct db *db, award_told_fn *told, void *arg, i64 *ret_n, i64 *ret_wrong)
{
	struct award_run_where_list rows;
	i64 after = 0;
	*ret_n = *ret_wrong = 0;
	do {
		try(award_runs_all(db, after, &rows));
		for (size_t i = 0; i < rows.n; i++) {
			bool same;
			try(verify_one(db, &rows.v[i], &same));
			++*ret_n;
			*ret_wrong += !same;
			if (!same)
				told(arg, rows.v[i].wave_id, rows.v[i].number);
			after = rows.v[i].id;
		}
	} while (rows.n);
	return OK;
}
