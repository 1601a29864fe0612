/* /attribution/:vague/appareils: how many files of a wave wait for a device, what is free in the stock, what will be missing; what the wave asks
 * for; a proposal asked for; those that were made. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "http/session.h"
#include "matching/pages.h"
#include "matching/wave_html.h"

enum err matching_of(struct req *req, struct matching *ret)
{
	const struct view *v = &req->v;
	*ret = (struct matching){ .path = S("") };
	try(wave_of(req, &ret->c, &ret->w));
	try(match_asks_of(req->db, ret->w.id, &ret->now));
	str n = number_shown(v->a, v->lang, ret->w.number);
	ret->title = ret->w.f[W_TITLE].n ? _f("vague {1}, {2}", n, ret->w.f[W_TITLE]) : _f("vague {1}", n);
	ret->path = str_printf(req->a, "/agent/campagnes/%lld/attribution/%lld/appareils", (long long)ret->c.id, (long long)ret->w.id);
	return match_proposals(req->db, ret->w.id, &ret->proposals);
}

enum err scope_matching(struct req *req)
{
	struct campaign c;
	struct wave w;
	try(scope_files_officer(req));
	return wave_of(req, &c, &w);
}

/* ---- showing ---- */

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

/* Free devices by kind and grade; ret_n: by kind, as enum device_kind. */
static enum err put_free(struct req *req, i64 organisation_id, struct free_lines *ret, i64 ret_n[3])
{
	const struct view *v = &req->v;
	struct match_free_row_list rows;
	try(match_free(req->db, organisation_id, &rows));
	ret->v = arena_many(req->a, struct free_line, 3);
	for (size_t k = 0; k < 3; k++) {
		i64 of[3] = { 0 };
		for (size_t i = 0; i < rows.n; i++) {
			size_t grade = (size_t)(rows.v[i].grade.p[0] - 'A');
			if (str_eq(rows.v[i].kind, str_c(stock_kinds[k].code)) && grade < 3)
				of[grade] += rows.v[i].n;
		}
		ret_n[k] = of[0] + of[1] + of[2];
		if (ret_n[k])
			ret->v[ret->n++] = (struct free_line){ tr_here(v, stock_kinds[k].label), { number(v, of[0]), number(v, of[1]), number(v, of[2]) },
				number(v, ret_n[k]) };
	}
	return OK;
}

static i64 over(i64 n, i64 have) { return n > have ? n - have : 0; }

/* Laptops answer every need; a desktop or a tablet, only those that ask for one. */
static i64 missing_of(const struct needs *needs, const i64 free[3])
{
	i64 of[3] = { 0 };
	for (size_t i = 0; i < needs->n; i++)
		of[needs->v[i].side.v[TRAIT_KIND]]++;
	return over(of[KIND_LAPTOP] + over(of[KIND_DESKTOP], free[KIND_DESKTOP]) + over(of[KIND_TABLET], free[KIND_TABLET]), free[KIND_LAPTOP]);
}

static enum err put_proposals(struct req *req, const struct matching *m, struct proposal_lines *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	size_t n = m->proposals.n;
	i64 *ids = arena_many(req->a, i64, n + 1);
	str *names = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct match_proposal_row *p = &m->proposals.v[i];
		ids[i] = p->undone_by.set ? p->undone_by.v : p->accepted_by.set ? p->accepted_by.v : p->user_id;
	}
	try(accounts_names(req->db, &vault, ids, n, names));
	ret->v = arena_many(req->a, struct proposal_line, n + 1);
	for (; ret->n < n; ret->n++) {
		const struct match_proposal_row *p = &m->proposals.v[ret->n];
		str who = names[ret->n].n ? names[ret->n] : _("la démonstration");
		ret->v[ret->n] = (struct proposal_line){ str_printf(req->a, "%.*s/proposition?numero=%lld", STR_ARG(m->path), (long long)p->number),
			_f("Proposition {1}, du {2}", number(v, p->number), date_shown(v, paris_of_ms(p->at).date)),
			p->undone_at.set ? _f("annulée par {1}, le {2}", who, date_shown(v, paris_of_ms(p->undone_at.v).date))
			: p->accepted_at.set ? _f("acceptée par {1}, le {2}", who, date_shown(v, paris_of_ms(p->accepted_at.v).date))
			: ret->n ? _("remplacée par la suivante") : _f("à décider, demandée par {1}", who) };
	}
	return OK;
}

static void put_asks(struct req *req, const struct match_wave_row *now)
{
	if (req->method == POST && str_eq(form_text(req, "geste"), S("dire")) && req->status != 409)
		return;                          /* as it was typed */
	form_put(req->form, "genre", now->kind);
	form_put(req->form, "memoire", str_printf(req->a, "%lld", (long long)now->memory_gb));
	form_put(req->form, "ecran", str_printf(req->a, "%lld", (long long)now->screen));
	form_put(req->form, "note", now->grade);
}

static enum err show(struct req *req, const struct matching *m)
{
	const struct view *v = &req->v;
	struct needs needs;
	i64 kept, free[3];
	struct match_wish_row nothing = { .kind = S("") };
	struct match_side asked = match_need_of(&m->now, &nothing);
	struct matching_page page = { .form = req->form, .path = m->path, .title = m->title, .version = str_printf(req->a, "%lld", (long long)m->now.version),
		.award_path = str_printf(req->a, "/agent/campagnes/%lld/attribution/%lld", (long long)m->c.id, (long long)m->w.id),
		.saved = req->method == GET && form_given(req, "fait"), .waiting = m->now.asked_at.set, .failed = m->now.failed != 0,
		.asked = match_need_words(v, &asked) };
	try(match_needs_of(req->db, &m->now, &needs));
	try(match_kept_count(req->db, m->w.id, &kept));
	try(put_free(req, m->c.organisation_id, &page.free, free));
	try(put_proposals(req, m, &page.proposals));
	page.n_needs = (i64)needs.n;
	page.n_missing = missing_of(&needs, free);
	page.needs = number(v, page.n_needs);
	page.kept = _n("{n} appareil est gardé pour une famille de la vague.", "{n} appareils sont gardés pour des familles de la vague.", kept);
	page.open = m->proposals.n && !m->proposals.v[0].accepted_at.set;
	page.proposal = page.open ? page.proposals.v[0].path : S("");
	put_asks(req, &m->now);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, MATCH_ROUTE));
	return matching_html(&req->v, &page);
}

enum err matching_show(struct req *req)
{
	struct matching m;
	try(matching_of(req, &m));
	req->form->n_errors = 0;
	return show(req, &m);
}

/* ---- what the wave asks for, and asking ---- */

struct saying { struct match_doing d; bool ask; str kind, grade, path; i64 memory, screen; };

static enum err say_tx(struct db *db, void *arg, str *ret_path)
{
	const struct saying *s = arg;
	*ret_path = s->path;
	try(match_begin(db, &s->d));
	if (s->ask)
		try(match_wave_ask(db, s->d.wave_id, now_ms(), s->d.who.user_id));
	else
		try(match_wave_say(db, s->d.wave_id, s->kind, s->memory, s->screen, s->grade));
	str said = s->ask ? S("") : str_printf(db_arena(db), "kind=%.*s memory=%lld screen=%lld grade=%.*s", STR_ARG(s->kind), (long long)s->memory,
		(long long)s->screen, STR_ARG(str_lower(db_arena(db), s->grade)));
	return audit_write(db, &(struct audit){ .user_id = s->d.who.user_id, .organisation_id = s->d.who.organisation_id,
		.action = s->ask ? "matching.ask" : "matching.say", .object = "wave", .object_id = s->d.wave_id, .detail = said });
}

static enum err take(struct req *req, const struct matching *m, struct saying *s)
{
	const struct view *v = &req->v;
	struct needs needs;
	*s = (struct saying){ .d = { m->w.id, form_int(req, "version", -1), 0, { req->session->user_id, m->c.organisation_id } },
		.ask = str_eq(form_text(req, "geste"), S("demander")), .path = str_printf(req->a, "%.*s?fait=1", STR_ARG(m->path)) };
	if (s->ask) {
		try(match_needs_of(req->db, &m->now, &needs));
		if (!needs.n)
			form_fail(req, "geste", _("Aucun dossier de la vague n’attend d’appareil : rien n’est à répartir."));
		return OK;
	}
	if (!str_eq(form_text(req, "geste"), S("dire")))
		form_fail(req, "geste", _("Choisissez ce qu’il faut faire."));
	s->kind = form_given(req, "genre") ? form_text(req, "genre") : S("");
	s->grade = form_given(req, "note") ? form_text(req, "note") : S("");
	s->memory = form_int(req, "memoire", 0);
	s->screen = form_int(req, "ecran", 0);
	if (!s->kind.n && form_ok(req))
		form_fail(req, "genre", _("Choisissez la sorte."));
	if (!s->grade.n && form_ok(req))
		form_fail(req, "note", _("Choisissez sa qualité."));
	return OK;
}

enum err matching_post(struct req *req)
{
	const struct view *v = &req->v;
	struct matching m;
	struct saying s;
	try(matching_of(req, &m));
	try(take(req, &m, &s));
	enum err e = form_ok(req) ? post_once(req, say_tx, &s) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "geste", _("Quelqu’un vient de changer cette répartition : rien n’a été fait. Voici où elle en est."));
	else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(matching_of(req, &m));
	return show(req, &m);
}
