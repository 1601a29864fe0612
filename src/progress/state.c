/* "Where are we?" on one page: the figures in words, by wave and school, week after week, and what is late. */
#include "accounts/accounts.h"
#include "files/files.h"
#include "http/session.h"
#include "progress/pages.h"
#include "progress/progress_sql.h"
#include "progress/state_html.h"

#define LATE_DAYS 14

static str shown(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

/* ---- what is asked ---- */

static struct date day_asked(const struct req *req)
{
	struct date today = today_paris();
	for (size_t i = 0; i < req->form->spec->n; i++) {
		const struct form_value *f = &req->form->values[i];
		struct date d = { f->date.y, f->date.m, f->date.d };
		if (f->date.set && date_days(d) < date_days(today))
			return d;
	}
	return today;
}

enum err state_asked(struct req *req, bool weekly, struct campaign *ret_campaign, struct progress *ret)
{
	i64 wave_id = form_int(req, "vague", 0);
	struct wave w;
	try(campaign_of(req, ret_campaign));
	if (wave_id) {
		try(wave_get(req->db, wave_id, &w));
		if (w.campaign_id != ret_campaign->id || w.f[W_REMOVED].n)
			return NOT_FOUND;
	}
	return progress_read(req->db, ret_campaign, wave_id, day_asked(req), weekly, ret);
}

/* ---- in words ---- */

static void put_words(const struct view *v, const struct progress *p, struct state_page *page)
{
	struct date when = { 0 };
	i64 handed = p->sum.v[L_HANDED], planned = p->trend[p->n_trend - 1].planned;
	page->big = _f("{1} sur {2}.", _n("{n} ordinateur remis", "{n} ordinateurs remis", handed), shown(v, p->target));
	page->compared = planned <= 0 ? S("") : handed > planned ? _f("C’est {1} de plus que prévu à cette date.", shown(v, handed - planned))
		: handed < planned ? _f("C’est {1} de moins que prévu à cette date.", shown(v, planned - handed)) : _("C’est ce qui était prévu à cette date.");
	switch (pace_of(p, &when)) {
	case PACE_REACHED:
		page->pace = p->target ? _("L’objectif est atteint.") : S("");
		break;
	case PACE_FEW:
		page->pace = _("Trop peu de remises dans les quatre dernières semaines pour dire quand l’objectif serait atteint.");
		break;
	case PACE_FAR:
		page->pace = _f("{1} remis dans les quatre dernières semaines : à ce rythme, l’objectif ne serait pas atteint avant deux ans.", shown(v, p->recent));
		break;
	case PACE_DAY:
		page->pace = _f("{1} remis dans les quatre dernières semaines : à ce rythme, l’objectif serait atteint le {2}.", shown(v, p->recent), date_shown(v, when));
		break;
	}
}

/* ---- tables ---- */

static struct cells cells_of(const struct view *v, const struct tally *t)
{
	struct cells c;
	for (size_t i = 0; i < L_COUNT; i++)
		c.v[i] = shown(v, t->v[i]);
	c.ended = t->v[L_ENDED] ? c.v[L_ENDED] : S("");
	return c;
}

static str left_of(const struct view *v, i64 target, const struct tally *t)
{
	return shown(v, target > t->v[L_HANDED] ? target - t->v[L_HANDED] : 0);
}

static bool past_its_date(const struct wave_tally *w, str day)
{
	return w->id && w->to.n && str_cmp(w->to, day) < 0 && (!w->done.n || str_cmp(w->done, day) > 0) && w->n.v[L_HANDED] < w->target;
}

static str wave_label(const struct view *v, const struct wave_tally *w)
{
	if (!w->id)
		return _("Vagues enlevées");
	return w->title.n ? _f("Vague {1}, {2}", shown(v, w->number), w->title) : _f("Vague {1}", shown(v, w->number));
}

static void put_schools(const struct view *v, const struct progress *p, i64 wave_id, size_t *left, struct state_page *page)
{
	for (size_t i = 0; i < p->n_schools; i++) {
		const struct school_tally *s = &p->schools[i];
		if (s->wave_id != wave_id)
			continue;
		page->more |= !*left;
		if (!*left)
			return;
		--*left;
		page->rows.v[page->rows.n++] = (struct state_line){ .label = s->name.n ? s->name : _("École non dite"), .target = S(""), .n = cells_of(v, &s->n) };
	}
}

static void put_rows(const struct view *v, const struct progress *p, struct state_page *page)
{
	size_t left = SCHOOLS_SHOWN;
	page->paper = p->n_schools <= SCHOOLS_ON_PAPER;
	page->rows.v = arena_many(v->a, struct state_line, p->n_waves + SCHOOLS_SHOWN);
	for (size_t i = 0; i < p->n_waves; i++) {
		const struct wave_tally *w = &p->waves[i];
		if (p->wave_id && w->id != p->wave_id)
			continue;
		page->rows.v[page->rows.n++] = (struct state_line){ wave_label(v, w), shown(v, w->target), cells_of(v, &w->n), past_its_date(w, page->iso) };
		put_schools(v, p, w->id, &left, page);
	}
	page->sum = (struct state_line){ _("Total"), shown(v, p->target), cells_of(v, &p->sum), false };
}

static void put_trend(const struct view *v, const struct progress *p, struct state_page *page)
{
	page->planned = p->trend[p->n_trend - 1].planned >= 0;
	page->step = p->weeks == 1 ? _("À la fin de chaque semaine.") : _f("Toutes les {1} semaines ; le fichier a chaque semaine.", shown(v, p->weeks));
	page->trend.v = arena_many(v->a, struct trend_line, p->n_trend);
	for (size_t i = 0; i < p->n_trend; i++) {
		const struct trend_point *t = &p->trend[i];
		page->trend.v[page->trend.n++] = (struct trend_line){ date_shown(v, t->day), shown(v, t->signed_charters), shown(v, t->handed),
			t->planned >= 0 ? shown(v, t->planned) : S("") };
	}
}

/* ---- what is late ---- */

static void put_late_waves(const struct view *v, const struct progress *p, struct state_page *page)
{
	for (size_t i = 0; i < p->n_waves; i++) {
		const struct wave_tally *w = &p->waves[i];
		if (past_its_date(w, page->iso) && (!p->wave_id || w->id == p->wave_id))
			page->late.v[page->late.n++] = (struct late_line){ _f("La vague {1} devait finir le {2} : {3} ordinateurs restent à remettre.", shown(v, w->number),
				iso_date_shown(v, w->to), left_of(v, w->target, &w->n)), str_printf(v->a, "/agent/campagnes/%lld/vagues/%lld",
				(long long)page->campaign, (long long)w->id) };
	}
}

/* Of today alone: what waited on another day is not kept. */
static enum err put_waiting(struct req *req, const struct progress *p, bool may_list, struct state_page *page)
{
	const struct view *v = &req->v;
	struct progress_waiting_row_list rows;
	if (page->past)
		return OK;
	try(progress_waiting(req->db, page->campaign, p->wave_id, date_iso(req->a, date_of_days(date_days(p->day) - LATE_DAYS)), &rows));
	for (enum file_state s = 0; s < FS_COUNT; s++)
		for (size_t i = 0; i < rows.n; i++)
			if (str_eq(rows.v[i].state, str_c(file_states[s].code)))
				page->late.v[page->late.n++] = (struct late_line){ _f("{1} : {2} depuis plus de 14 jours.", tr_here(v, file_states[s].todo),
					_n("une famille", "{n} familles", rows.v[i].n)),
					may_list ? str_printf(req->a, "/agent/campagnes/%lld/dossiers?etat=%s&retard=%d", (long long)page->campaign, file_states[s].code, LATE_DAYS)
					: S("") };
	return OK;
}

/* ---- the page ---- */

static void put_filters(const struct view *v, const struct progress *p, struct state_page *page)
{
	struct buf b = buf_new(v->a, 200);
	page->waves.v = arena_many(v->a, struct option, p->n_waves + 1);
	for (size_t i = 0; i < p->n_waves; i++)
		if (p->waves[i].id)
			page->waves.v[page->waves.n++] = (struct option){ str_z(v->a, str_printf(v->a, "%lld", (long long)p->waves[i].id)),
				_f("Vague {1}", shown(v, p->waves[i].number)), p->waves[i].id == p->wave_id };
	if (page->past)
		buf_printf(&b, "?jour=%.*s", STR_ARG(page->iso));
	if (p->wave_id)
		buf_printf(&b, "%svague=%lld", b.n ? "&" : "?", (long long)p->wave_id);
	page->query = buf_str(&b);
}

static enum err put_publication(struct req *req, struct state_page *page)
{
	try(publication_of(req->db, page->campaign, &page->publication));
	page->version = str_printf(req->a, "%lld", (long long)page->publication.id);
	page->since = date_shown(&req->v, paris_of_ms(page->publication.at).date);
	return OK;
}

enum err state_show(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct progress p;
	if (!form_ok(req) && req->status == 200)
		form_refused(req);
	try(state_asked(req, false, &c, &p));
	struct chart chart = chart_of(v, &p);
	struct state_page page = { .form = req->form, .campaign = c.id, .name = c.f[C_NAME], .day = date_shown(v, p.day), .iso = date_iso(req->a, p.day),
		.chart = &chart, .may = scope_state_officer(req) == OK, .saved = form_given(req, "fait"), .past = date_days(p.day) < date_days(today_paris()),
		.late = { .v = arena_many(req->a, struct late_line, p.n_waves + FS_COUNT) } };
	put_words(v, &p, &page);
	put_rows(v, &p, &page);
	put_trend(v, &p, &page);
	put_late_waves(v, &p, &page);
	try(put_waiting(req, &p, page.may, &page));
	put_filters(v, &p, &page);
	try(put_publication(req, &page));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, STATE_ROUTE));
	return state_html(&req->v, &page);
}
