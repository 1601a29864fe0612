/* /attribution/:vague/attente: who waits in a wave, school by school and by rank; as CSV without names; and all of them carried over. */
#include "accounts/accounts.h"
#include "awarding/wave_pages.h"
#include "awarding/waiting_html.h"
#include "http/session.h"

struct queue { struct awarding w; const struct award_run_line *run; struct standings s; const struct standing_line **v; size_t n; };

static enum err look(struct req *req, struct queue *q)
{
	*q = (struct queue){ .n = 0 };
	try(awarding_of(req, &q->w));
	q->run = q->w.runs.n ? &q->w.runs.v[0] : NULL;
	if (q->run)
		try(standings_of(req->db, q->w.w.id, q->run->id, 0, &q->s));
	q->v = arena_many(req->a, const struct standing_line *, q->s.n + 1);
	for (size_t i = 0; i < q->s.n; i++)
		if (q->s.v[i].s == ST_WAITING)
			q->v[q->n++] = &q->s.v[i];
	return OK;
}

static const struct award_run_school_row *school_of(const struct queue *q, i64 school_id)
{
	for (size_t i = 0; i < q->s.n_schools; i++)
		if (q->s.schools[i].school->school_id == school_id)
			return q->s.schools[i].school;
	return NULL;
}

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

static enum err put_lines(struct req *req, const struct queue *q, i64 at, struct waiting_page *page)
{
	const struct view *v = &req->v;
	struct household h[LINES_A_PAGE];
	i64 roots[LINES_A_PAGE];
	size_t from = (size_t)(at - 1) * LINES_A_PAGE, n = from < q->n ? q->n - from : 0;
	n = n < LINES_A_PAGE ? n : LINES_A_PAGE;
	for (size_t i = 0; i < n; i++)
		roots[i] = q->v[from + i]->row->root;
	try(households_shown(req, q->w.c.organisation_id, roots, n, false, "waiting", h));
	page->v = arena_many(req->a, struct waiting_line, n + 1);
	for (; page->n < n; page->n++) {
		const struct award_standing_row *r = q->v[from + page->n]->row;
		const struct award_run_school_row *s = school_of(q, r->school_id);
		page->v[page->n] = (struct waiting_line){ r->public_id, household_name(req->a, &h[page->n]), s ? s->name : S(""), number(v, r->rank), number(v, r->points),
			date_shown(v, paris_of_ms(q->run->at).date),
			str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/attribution", (long long)q->w.c.id, STR_ARG(r->public_id)) };
	}
	return OK;
}

static enum err put_waves(struct req *req, const struct queue *q, struct waiting_page *page)
{
	const struct view *v = &req->v;
	struct waves waves;
	try(waves_of(req->db, q->w.c.id, &waves));
	page->waves.v = arena_many(req->a, struct option, waves.n + 1);
	for (size_t i = 0; i < waves.n; i++)
		if (waves.v[i].id != q->w.w.id && !waves.v[i].f[W_DONE].n)
			page->waves.v[page->waves.n++] = (struct option){ str_printf(req->a, "%lld", (long long)waves.v[i].id).p,
				waves.v[i].f[W_TITLE].n ? _f("vague {1}, {2}", number(v, waves.v[i].number), waves.v[i].f[W_TITLE]) : _f("vague {1}", number(v, waves.v[i].number)),
				waves.v[i].number == q->w.w.number + 1 };
	return OK;
}

static enum err show(struct req *req)
{
	const struct view *v = &req->v;
	struct queue q;
	i64 at = form_int(req, "page", 1);
	try(look(req, &q));
	str path = in_language(v, v->lang, str_printf(req->a, "%.*s/attente", STR_ARG(q.w.path)));
	struct waiting_page page = { .form = req->form, .path = q.w.path, .title = q.w.w.f[W_TITLE].n ? q.w.w.f[W_TITLE] : number(v, q.w.w.number),
		.csv = str_printf(req->a, "%.*s.csv", STR_ARG(path)), .total = number(v, (i64)q.n), .none = !q.run,
		.saved = req->method == GET && form_given(req, "fait") ? form_text(req, "fait") : S(""), .seen = standings_digest(req->a, &q.s, ST_WAITING),
		.pager = pager_of(at, (i64)q.n, LINES_A_PAGE, str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)(at - 1)),
			str_printf(req->a, "%.*s?page=%lld", STR_ARG(path), (long long)(at + 1))) };
	try(put_lines(req, &q, at, &page));
	try(put_waves(req, &q, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, WAITING_ROUTE));
	return waiting_html(&req->v, &page);
}

enum err waiting_show(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

struct carrying { struct deciding d; i64 to; str seen, path; };

static enum err carry_tx(struct db *db, void *arg, str *ret_path)
{
	struct carrying *c = arg;
	i64 n;
	try(decide_carry(db, &c->d, c->to, c->seen, &n));
	*ret_path = str_printf(db_arena(db), "%.*s/attente?fait=%lld", STR_ARG(c->path), (long long)n);
	return OK;
}

enum err waiting_post(struct req *req)
{
	const struct view *v = &req->v;
	struct queue q;
	struct wave to;
	try(look(req, &q));
	struct carrying c = { .d = { .wave_id = q.w.w.id, .run_id = q.run ? q.run->id : 0, .who = { req->session->user_id, q.w.c.organisation_id } },
		.to = form_int(req, "vers", 0), .seen = form_text(req, "vu"), .path = q.w.path };
	enum err e = c.to ? wave_get(req->db, c.to, &to) : NOT_FOUND;
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == NOT_FOUND || to.campaign_id != q.w.c.id || to.f[W_REMOVED].n || to.id == q.w.w.id || !q.n)
		form_fail(req, "vers", q.n ? _("Choisissez une autre vague de la campagne.") : _("Personne n’attend dans cette vague."));
	e = form_ok(req) ? post_once(req, carry_tx, &c) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "vers", _("La liste d’attente vient de changer : personne n’a été reporté. La voici."));
	else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req);
}

enum err waiting_csv(struct req *req)
{
	struct queue q;
	try(look(req, &q));
	buf_put(&req->out, S("ecole,rang,points,dossier,calcul\n"));
	for (size_t i = 0; i < q.n; i++) {
		const struct award_standing_row *r = q.v[i]->row;
		const struct award_run_school_row *s = school_of(&q, r->school_id);
		buf_printf(&req->out, "%.*s,%lld,%lld,%.*s,%lld\n", STR_ARG(s ? s->uai : S("")), (long long)r->rank, (long long)r->points, STR_ARG(r->public_id),
			(long long)q.run->number);
	}
	req->content_type = S("text/csv; charset=utf-8; header=present");
	req->no_store = true;
	resp_header(req, "Content-Disposition", S("attachment; filename=\"attente.csv\""));
	return OK;
}
