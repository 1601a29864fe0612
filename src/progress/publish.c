/* Making a campaign's figures public, or no longer; writing them down once a month. */
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"
#include "progress/figures.h"
#include "progress/pages.h"
#include "progress/progress_sql.h"

/* ---- writing figures down ---- */

struct date last_full_month_end(struct date today)
{
	return date_of_days(date_days((struct date){ today.y, today.m, 1 }) - 1);
}

static str month_of(struct arena *a, struct date d) { return str_printf(a, "%04d-%02d", d.y, d.m); }

static size_t index_of(const struct waves *waves, i64 id)
{
	size_t i = 0;
	while (i < waves->n && waves->v[i].id != id)
		i++;
	return i;
}

/* The months that were written, with a figure for each wave of today. */
static struct figures figures_of(struct arena *a, const struct figure_row_list *rows, const struct waves *waves)
{
	i64 *v = arena_many(a, i64, (rows->n + 1) * (waves->n + 1));
	struct figures f = { .waves = waves->n, .v = v };
	for (size_t i = 0; i < rows->n; i++) {
		if (!i || !str_eq(rows->v[i].month, rows->v[i - 1].month))
			f.months++;
		size_t w = index_of(waves, rows->v[i].wave_id);
		if (w < waves->n)
			v[(f.months - 1) * waves->n + w] = rows->v[i].n;
	}
	return f;
}

/* Those of the last full month, when there are none that late. */
static enum err write_figures(struct db *db, i64 campaign_id)
{
	struct date end = last_full_month_end(today_paris());
	struct arena *a = db_arena(db);
	str month = month_of(a, end);
	struct waves waves;
	struct figure_row_list rows;
	struct figure_truth_row_list truths;
	try(waves_of(db, campaign_id, &waves));
	try(figures_written(db, campaign_id, &rows));
	if (rows.n && str_cmp(rows.v[rows.n - 1].month, month) >= 0)
		return OK;
	try(figures_truth(db, campaign_id, date_iso(a, end), &truths));
	struct figures past = figures_of(a, &rows, &waves);
	i64 *truth = arena_many(a, i64, waves.n + 1), *next = arena_many(a, i64, waves.n + 1);
	for (size_t i = 0; i < truths.n; i++)
		truth[index_of(&waves, truths.v[i].wave_id)] += truths.v[i].n;
	figures_next(&past, truth, next);
	for (size_t i = 0; i < waves.n; i++)
		try(figure_put(db, campaign_id, month, waves.v[i].id, next[i]));
	return OK;
}

enum err progress_freeze(struct db *db, i64 most, i64 *ret_n)
{
	struct figures_missing_row_list rows;
	try(figures_missing(db, month_of(db_arena(db), last_full_month_end(today_paris())), most, &rows));
	for (size_t i = 0; i < rows.n; i++)
		try(write_figures(db, rows.v[i].id));
	*ret_n = (i64)rows.n;
	return OK;
}

/* ---- the switch ---- */

enum err publication_of(struct db *db, i64 campaign_id, struct publication *ret)
{
	struct publication_row_list rows;
	*ret = (struct publication){ 0 };
	try(publication_last(db, campaign_id, &rows));
	if (rows.n)
		*ret = (struct publication){ rows.v[0].id, rows.v[0].at, rows.v[0].published != 0 };
	return OK;
}

static enum err publish(struct db *db, i64 campaign_id, bool on, i64 user_id)
{
	try(publication_put(db, id_new(), campaign_id, on, now_ms(), user_id));
	return on ? write_figures(db, campaign_id) : OK;
}

struct publishing { i64 campaign_id, organisation_id, user_id, seen; bool on; };

static enum err publish_tx(struct db *db, void *arg, str *ret_path)
{
	const struct publishing *p = arg;
	struct publication now;
	try(publication_of(db, p->campaign_id, &now));
	if (now.id != p->seen)
		return CONFLICT;
	try(publish(db, p->campaign_id, p->on, p->user_id));
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/etat?fait=1", (long long)p->campaign_id);
	return audit_write(db, &(struct audit){ .user_id = p->user_id, .organisation_id = p->organisation_id, .action = p->on ? "campaign.published" :
		"campaign.unpublished", .object = "campaign", .object_id = p->campaign_id });
}

enum err state_publish(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	str act = form_text(req, "geste");
	try(campaign_of(req, &c));
	struct publishing p = { c.id, c.organisation_id, req->session->user_id, form_int(req, "version", -1), str_eq(act, S("publier")) };
	if (!p.on && !str_eq(act, S("retirer")))
		form_fail(req, "geste", _("Choisissez ce qu’il faut faire."));
	if (!form_ok(req))
		return state_show(req);
	enum err e = post_once(req, publish_tx, &p);
	if (e != CONFLICT)
		return e;
	form_fail(req, "geste", _("Quelqu’un vient de publier ou de retirer ces chiffres : voici où cela en est."));
	form_refused(req);
	req->status = 409;
	return state_show(req);
}

/* ---- what is public ---- */

enum err public_figures_of(struct db *db, const struct campaign *c, struct public_figures *ret)
{
	struct figure_row_list rows;
	struct publication p;
	*ret = (struct public_figures){ .n_months = 0 };
	try(publication_of(db, c->id, &p));
	if (!p.published)
		return NOT_FOUND;
	try(waves_of(db, c->id, &ret->waves));
	try(figures_written(db, c->id, &rows));
	struct figures f = figures_of(db_arena(db), &rows, &ret->waves);
	ret->n_months = f.months;
	ret->figures = f.v;
	ret->months = arena_many(db_arena(db), str, f.months + 1);
	for (size_t i = 0, m = 0; i < rows.n; i++)
		if (!i || !str_eq(rows.v[i].month, rows.v[i - 1].month))
			ret->months[m++] = rows.v[i].month;
	return OK;
}

/* ---- the demonstration ---- */

enum err progress_demo_load(struct db *db)
{
	i64 id;
	struct publication p;
	enum err e = progress_first_campaign(db, &id);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(publication_of(db, id, &p));
	return p.id ? OK : publish(db, id, true, 0);
}
