/* What each school's share is counted from, fixed before the list: pupils and social index, unless a coordinator has said otherwise. */
#include "awarding/runs.h"

#define INDEX_TOP ((i64)2000)                    /* tenths: above any school's index */
#define INDEX_PLAIN ((i64)1000)
#define PUPILS_PLAIN ((i64)100)

/* Of those that are known; `otherwise` when none is. */
static i64 mean(const struct award_school_row_list *rows, bool pupils, i64 otherwise)
{
	i64 sum = 0, n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		struct opt_i64 one = pupils ? rows->v[i].pupils : rows->v[i].ips;
		sum += one.set ? one.v : 0;
		n += one.set;
	}
	return n ? sum / n : otherwise;
}

/* Pupils × (200 − social index): the lower the index, the larger the share. What is not known is the mean of the others. */
static i64 weight_of(const struct award_school_row *r, i64 pupils, i64 index)
{
	i64 n = r->pupils.set ? r->pupils.v : pupils, ips = r->ips.set ? r->ips.v : index;
	i64 w = n * (ips < INDEX_TOP ? INDEX_TOP - ips : 1) / 10;
	return w > 0 ? w : 1;
}

enum err shares_of(struct db *db, i64 wave_id, struct share_lines *ret)
{
	struct award_school_row_list *rows = arena_one(db_arena(db), struct award_school_row_list);
	try(award_schools(db, wave_id, rows));
	i64 pupils = mean(rows, true, PUPILS_PLAIN), index = mean(rows, false, INDEX_PLAIN);
	*ret = (struct share_lines){ .v = arena_many(db_arena(db), struct share_line, rows->n + 1) };
	for (; ret->n < rows->n && ret->n < ALLOC_SCHOOLS_MAX; ret->n++) {
		const struct award_school_row *r = &rows->v[ret->n];
		struct share_line l = { .row = r, .weight = weight_of(r, pupils, index), .most = r->in_wave ? SHARE_QUANTITY_MAX : r->carried };
		if (r->weight.set)
			l = (struct share_line){ r, r->weight.v, r->least.v, r->most.set ? r->most.v : SHARE_QUANTITY_MAX, true };
		ret->own |= l.own;
		ret->v[ret->n] = l;
	}
	return OK;
}
