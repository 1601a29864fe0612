/* The demonstration's allocation: the situation of its families, then one run of the first wave, which is decided at one school. */
#include "awarding/pages.h"
#include "awarding/runs.h"

static const struct { const char *fact; i64 values[6]; } said[] = {
	{ "appareils", { 3, 3, 2, 1, 3, 2 } }, { "connexion", { 2, 1, 0, 1, 1, 2 } }, { "distance", { 400, 1500, 2100, 300, 900, 1200 } },
	{ "etudes", { 0, 1, 0, 0, 1, 0 } }, { "orientation", { 1, 0, 0, 1, 0, 0 } },
};

struct demo_awarding { struct campaign c; struct wave w; struct draw_new draw; struct award_list_row list; struct run_made *made; str seed; i64 list_id; };

static enum err say(struct db *db, i64 wave_id, str day)
{
	struct award_signed_row_list rows;
	try(award_signed(db, wave_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < lengthof(said); k++)
			if (i % 4 != 3 || k < 2)         /* some are not known yet */
				try(award_answer_put(db, rows.v[i].id, str_c(said[k].fact), 1, (struct opt_i64){ said[k].values[(i + k) % 6], true }, day, 0, now_ms()));
	return OK;
}

/* Three a school, so that some wait. */
static enum err limit(struct db *db, i64 wave_id)
{
	struct share_lines shares;
	try(shares_of(db, wave_id, &shares));
	for (size_t i = 0; i < shares.n; i++)
		try(award_share_put(db, wave_id, shares.v[i].row->id, shares.v[i].weight, 0, (struct opt_i64){ 3, true }));
	return OK;
}

static enum err commit_tx(struct db *db, void *arg)
{
	struct demo_awarding *d = arg;
	str day = date_iso(db_arena(db), date_of_days(date_days(today_paris()) - 3));
	try(say(db, d->w.id, day));
	try(award_wave_begin(db, d->w.id));
	try(limit(db, d->w.id));
	try(draw_commit(db, &d->draw, d->c.organisation_id, d->c.f[C_NAME]));
	try(list_close(db, &d->w, d->draw.id, 0, &d->list_id));
	return award_wave_set(db, d->w.id, (struct opt_i64){ d->draw.id, true }, (struct opt_i64){ d->list_id, true });
}

static enum err run_tx(struct db *db, void *arg)
{
	struct demo_awarding *d = arg;
	struct standings s;
	struct deciding x = { .wave_id = d->w.id, .run_id = d->made->id, .who = { 0, d->c.organisation_id } };
	i64 n;
	try(run_keep(db, &d->list, d->made, 0));
	try(standings_of(db, d->w.id, d->made->id, 0, &s));
	for (size_t i = 0; i < s.n_schools; i++) {
		struct standings one;
		i64 school = s.schools[i].school->school_id;
		if (!s.schools[i].count[ST_PROPOSED])
			continue;
		try(standings_of(db, d->w.id, d->made->id, school, &one));
		return decide_accept(db, &x, school, standings_digest(db_arena(db), &one, ST_PROPOSED), &n);
	}
	return OK;
}

enum err awarding_demo_load(struct db *db, const struct vault_asker *vault)
{
	struct demo_awarding *d = arena_one(vault->a, struct demo_awarding);
	struct award_demo_wave_row first;
	struct award_wave_row now;
	enum err e = award_demo_wave(db, &first);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	e = award_wave_of(db, first.id, &now);
	if (e != NOT_FOUND)
		return e;
	try(campaign_get(db, first.campaign_id, &d->c));
	try(wave_get(db, first.id, &d->w));
	try(draw_prepare(vault, &d->draw));
	e = db_tx(db, commit_tx, d);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;  /* nobody is on the list */
	try(award_list_by_id(db, d->list_id, &d->list));
	try(draw_unseal(db, vault, d->draw.id, &d->seed));
	d->made = arena_one(vault->a, struct run_made);
	try(run_make(vault->a, &d->list, d->seed, d->made));
	return db_tx(db, run_tx, d);
}
