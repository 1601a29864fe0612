/* A run of a list: made by the engine, kept with its record, and made again from what was kept. */
#include "awarding/pages.h"
#include "awarding/runs.h"

#include "audit/audit.h"
#include "base/json_out.h"
#include "db/id.h"

#define LINES_MAX ((size_t)8 << 20)

static void put_line(struct json *j, const struct alloc_line *l)
{
	const i64 numbers[] = { l->rank, l->points, l->alike, l->state, l->refusal };
	struct arena *a = j->out->a;
	str facts[FACTS];
	json_open(j, '[');
	json_str(j, l->file->id);
	json_str(j, l->file->school);
	for (size_t i = 0; i < lengthof(numbers); i++)
		json_i64(j, numbers[i]);
	for (enum fact f = 0; f < FACTS; f++)
		facts[f] = str_printf(a, "%lld", (long long)l->file->facts[f]);
	json_str(j, str_join(a, facts, FACTS, S(",")));
	json_close(j, ']');
}

static str lines_of(struct arena *a, const struct alloc_run *run)
{
	struct buf b = buf_new(a, LINES_MAX);
	struct json j = json_new(&b);
	json_open(&j, '[');
	for (size_t i = 0; i < run->n; i++)
		put_line(&j, &run->lines[i]);
	json_close(&j, ']');
	return buf_str(&b);
}

enum err run_make(struct arena *a, const struct award_list_row *list, str seed, struct run_made *ret)
{
	struct alloc_fault fault;
	*ret = (struct run_made){ .id = id_new(), .seed = seed };
	try(list_params(a, list, &ret->params));
	try(list_input(a, list, &ret->params, seed, &ret->in));
	try(alloc_run(a, &ret->in, &ret->run, &fault));
	ret->record = alloc_record(a, &ret->run);
	ret->digest = draw_digest(a, ret->record);
	ret->lines = lines_of(a, &ret->run);
	return OK;
}

static enum err keep_schools(struct db *db, const struct run_made *made)
{
	for (size_t i = 0; i < made->run.n_schools; i++) {
		const struct alloc_share *s = &made->run.schools[i];
		struct school school;
		try(school_by_uai(db, s->school->id, &school));
		try(award_run_school_put(db, made->id, school.id, s->quota, s->places, s->files, s->eligible, s->proposed, s->last));
	}
	return OK;
}

enum err run_keep(struct db *db, const struct award_list_row *list, struct run_made *made, i64 user_id)
{
	struct award_wave_row w;
	struct award_run_line_list before;
	try(award_wave_lock(db, list->wave_id));
	try(award_wave_of(db, list->wave_id, &w));
	if (!w.list_id.set || w.list_id.v != list->id)
		return CONFLICT;
	try(award_runs(db, list->wave_id, &before));
	try(draw_seed_reveal(db, list->draw_id, made->seed));
	try(award_run_put(db, made->id, list->wave_id, before.n ? before.v[0].number + 1 : 1, list->id, made->digest, made->record, list->parameters, user_id,
		now_ms()));
	try(keep_schools(db, made));
	try(award_lines_put(db, made->id, made->lines));
	if (db_changes(db) != (i64)made->run.n)
		return INTERNAL;                 /* a file or a school is not there any more: nothing of it is kept */
	return award_wave_set(db, list->wave_id, (struct opt_i64){ 0, false }, (struct opt_i64){ 0, false });
}

enum err run_verify(struct arena *a, const struct award_run_row *run)
{
	struct alloc_fault fault;
	if (!str_eq(draw_digest(a, run->record), run->digest))
		return CONFLICT;
	return alloc_replay(a, run->record, &fault);
}
