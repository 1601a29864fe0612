/* Keeping the pairs for the pages: found again by the jobs process when the directory has changed. */
#include "base/timex.h"
#include "duplicates/duplicates.h"
#include "duplicates/pairs_sql.h"
#include "http/req.h"

enum { BATCH = 200 };

struct batch { const struct pair_found *v; size_t n; i64 run, generation; };

static enum err put_tx(struct db *db, void *arg)
{
	const struct batch *b = arg;
	for (size_t i = 0; i < b->n; i++)
		try(pair_put(db, b->v[i].first_id, b->v[i].second_id, b->v[i].score, b->v[i].reasons, b->v[i].metres, b->run));
	return OK;
}

static enum err forget_tx(struct db *db, void *arg)
{
	struct batch *b = arg;
	try(pairs_forget(db, b->run, BATCH));
	b->n = (size_t)db_changes(db);
	return OK;
}

static enum err done_tx(struct db *db, void *arg)
{
	const struct batch *b = arg;
	return pair_search_done(db, b->run, b->generation);
}

enum err pairs_refresh(struct db *db, struct arena *a, i64 *ret_n)
{
	struct pair_search_row last;
	struct pairs_found found;
	struct batch b = { .n = 0 };
	*ret_n = 0;
	try(pair_search(db, &last));
	try(generation_now(db, GEN_DIRECTORY, &b.generation));
	if (b.generation == last.generation)
		return OK;
	b.run = last.run + 1;
	try(pairs_find(db, a, PAIRS_KEPT, &found));
	for (size_t i = 0; i < found.n; i += BATCH) {
		b.v = found.v + i;
		b.n = found.n - i < BATCH ? found.n - i : BATCH;
		try(db_tx(db, put_tx, &b));
	}
	do
		try(db_tx(db, forget_tx, &b));
	while (b.n == BATCH);
	*ret_n = (i64)found.n;
	return db_tx(db, done_tx, &b);
}

enum err pair_sides(struct db *db, const struct pair_found *p, struct pair_side ret[2], bool *ret_apart)
{
	i64 apart;
	try(pair_apart(db, p->first_id, p->second_id, &apart));
	*ret_apart = apart > 0;
	for (size_t i = 0; i < 2; i++) {
		struct pair_label_row row;
		try(pair_label(db, i ? p->second_id : p->first_id, &row));
		ret[i] = (struct pair_side){ row.code, row.name, row.address, row.commune };
	}
	return OK;
}
