/* /attribution/:vague/resultat: what a run proposes, school by school, and what somebody decides of it: the proposal as it stands, or file by file
 * with a reason. Names are opened fifteen at a time, and written down as seen. */
#include "accounts/accounts.h"
#include "awarding/result_html.h"
#include "awarding/wave_pages.h"
#include "http/session.h"

struct resulting { struct awarding w; const struct award_run_line *run; struct standings s; i64 school_id; str school, uai; };

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

/* school_id stays 0 when none is asked, or when there is none of that code in the run. */
static enum err look(struct req *req, struct resulting *r)
{
	*r = (struct resulting){ .school = S(""), .uai = S("") };
	try(awarding_of(req, &r->w));
	r->run = run_asked(req, &r->w);
	if (!r->run)
		return OK;
	if (form_given(req, "ecole")) {
		struct school s;
		enum err e = school_by_uai(req->db, form_text(req, "ecole"), &s);
		if (e != OK)
			return e;
		r->school_id = s.id;
		r->school = s.name;
		r->uai = s.uai;
	}
	return standings_of(req->db, r->w.w.id, r->run->id, r->school_id, &r->s);
}

/* ---- schools ---- */

static str here(struct req *req, const struct resulting *r, str uai, i64 page)
{
	return str_printf(req->a, "%.*s/resultat?numero=%lld%s%.*s%s", STR_ARG(r->w.path), (long long)r->run->number, uai.n ? "&ecole=" : "", STR_ARG(uai),
		page > 1 ? str_printf(req->a, "&page=%lld", (long long)page).p : "");
}

static void put_schools(struct req *req, const struct resulting *r, struct result_page *page)
{
	const struct view *v = &req->v;
	page->schools.v = arena_many(req->a, struct result_school, r->s.n_schools + 1);
	for (size_t i = 0; i < r->s.n_schools; i++) {
		const struct school_standing *s = &r->s.schools[i];
		page->proposed += s->count[ST_PROPOSED];
		page->free += s->free;
		page->schools.v[page->schools.n++] = (struct result_school){ s->school->uai, s->school->name, number(v, s->school->quota), number(v, s->school->places),
			number(v, s->count[ST_GIVEN] + s->count[ST_OVER]), number(v, s->count[ST_PROPOSED]), number(v, s->count[ST_WAITING]), here(req, r, s->school->uai, 1) };
	}
}

/* ---- lines of one ---- */

static enum err open_names(struct req *req, const struct resulting *r, size_t from, size_t n, struct household *h)
{
	i64 roots[LINES_A_PAGE];
	for (size_t i = 0; i < n; i++)
		roots[i] = r->s.v[from + i].row->root;
	return households_shown(req, r->w.c.organisation_id, roots, n, false, "award", h);
}

static str decided_words(const struct view *v, const struct resulting *r, const struct award_standing_row *x, str who)
{
	if (!x->act.p || !x->decided_in.set || x->decided_in.v != r->run->id)
		return S("");
	str reason = *award_reason_label(x->reason) ? tr_here(v, award_reason_label(x->reason)) : S(""), day = iso_date_shown(v, x->day);
	str by = who.n ? _f("décidé par {1}, le {2}", who, day) : _f("décidé le {1}", day);
	return reason.n ? _f("{1} : {2}", by, reason) : by;
}

static enum err put_lines(struct req *req, const struct resulting *r, struct result_page *page, i64 at)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct household h[LINES_A_PAGE];
	i64 ids[LINES_A_PAGE];
	str names[LINES_A_PAGE];
	size_t from = (size_t)(at - 1) * LINES_A_PAGE, n = from < r->s.n ? r->s.n - from : 0;
	n = n < LINES_A_PAGE ? n : LINES_A_PAGE;
	try(open_names(req, r, from, n, h));
	for (size_t i = 0; i < n; i++)
		ids[i] = r->s.v[from + i].row->user_id.set ? r->s.v[from + i].row->user_id.v : 0;
	try(accounts_names(req->db, &vault, ids, n, names));
	page->lines.v = arena_many(req->a, struct result_line, n + 1);
	for (; page->lines.n < n; page->lines.n++) {
		const struct standing_line *l = &r->s.v[from + page->lines.n];
		const struct award_standing_row *x = l->row;
		page->lines.v[page->lines.n] = (struct result_line){ .public_id = x->public_id,
			.name = h[page->lines.n].erased ? _("effacé") : household_name(req->a, &h[page->lines.n]),
			.rank = x->rank ? number(v, x->rank) : S(""), .points = number(v, x->points), .state = tr_here(v, standing_label(l->s)),
			.why = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/attribution", (long long)r->w.c.id, STR_ARG(x->public_id)),
			.tick = str_printf(req->a, "%.*s.%lld.%lld", STR_ARG(x->public_id), (long long)x->version, (long long)(x->number.set ? x->number.v : 0)),
			.decided = decided_words(v, r, x, names[page->lines.n]) };
	}
	return OK;
}

/* "over:answer": what is done, and why, in one choice. */
static void put_acts(const struct view *v, struct result_page *page)
{
	static const struct { enum award_act act; const char *label; } acts[] = {
		{ ACT_OVER, N_("Donner hors de l’ordre") }, { ACT_ASIDE, N_("Laisser de côté") }, { ACT_UNDONE, N_("Annuler ce qui est décidé") },
	};
	page->acts.v = arena_many(v->a, struct option, 20);
	page->acts.v[page->acts.n++] = (struct option){ "given:", _("Attribuer : c’est leur tour"), false };
	for (size_t i = 0; i < lengthof(acts); i++)
		for (const struct award_reason *r = award_reasons; r->code; r++)
			if (r->acts & 1u << acts[i].act)
				page->acts.v[page->acts.n++] = (struct option){ str_printf(v->a, "%s:%s", act_code(acts[i].act), r->code).p,
					_f("{1} : {2}", tr_here(v, acts[i].label), tr_here(v, r->label)), false };
}

static enum err show(struct req *req, const struct resulting *r)
{
	const struct view *v = &req->v;
	i64 at = form_int(req, "page", 1);
	struct result_page page = { .form = req->form, .path = r->w.path, .title = r->w.w.f[W_TITLE].n ? r->w.w.f[W_TITLE] : number(v, r->w.w.number),
		.none = !r->run, .school = r->school, .uai = r->uai, .saved = req->method == GET && form_given(req, "fait") ? S("1") : S("") };
	if (r->run) {
		page.number = str_printf(req->a, "%lld", (long long)r->run->number);
		page.run_day = date_shown(v, paris_of_ms(r->run->at).date);
		page.last = r->run->number == r->w.runs.v[0].number;
		page.seen = standings_digest(req->a, &r->s, ST_PROPOSED);
		put_schools(req, r, &page);
		put_acts(v, &page);
	}
	if (r->school_id) {
		try(put_lines(req, r, &page, at));
		page.pager = pager_of(at, (i64)r->s.n, LINES_A_PAGE, in_language(v, v->lang, here(req, r, r->uai, at - 1)),
			in_language(v, v->lang, here(req, r, r->uai, at + 1)));
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, RESULT_ROUTE));
	return award_result_html(&req->v, &page);
}

enum err result_show(struct req *req)
{
	struct resulting r;
	try(look(req, &r));
	req->form->n_errors = 0;
	return show(req, &r);
}

/* ---- deciding ---- */

struct deciding_all { struct resulting *r; struct deciding d; str seen; bool accept; struct choice_made v[LINES_A_PAGE]; size_t n; str path; };

static enum err decide_tx(struct db *db, void *arg, str *ret_path)
{
	struct deciding_all *x = arg;
	i64 n, run = x->d.run_id;
	*ret_path = x->path;
	if (x->accept)
		return decide_accept(db, &x->d, x->r->school_id, x->seen, &n);
	for (size_t i = 0; i < x->n; i++) {
		x->d.run_id = run;
		try(decide_one(db, &x->d, &x->v[i]));
	}
	return OK;
}

static bool act_of(str code, enum award_act *ret)
{
	for (enum award_act a = 0; a < ACTS; a++)
		if (str_eq(code, str_c(act_code(a)))) {
			*ret = a;
			return a != ACT_URGENT && a != ACT_CARRIED;
		}
	return false;
}

/* "K7QM-2RXD.3.0": a file, at the version and the decision that were shown. */
static enum err take_tick(struct req *req, const struct resulting *r, str tick, struct choice_made *ret)
{
	str id, version;
	struct file f;
	if (!str_next(&tick, '.', &id) || !str_next(&tick, '.', &version) || !str_i64(version, &ret->version) || !str_i64(tick, &ret->number))
		return INVALID;
	try(file_of(req, &r->w.c, id, &f));
	ret->file_id = f.id;
	return OK;
}

static enum err take_ticks(struct req *req, struct deciding_all *x)
{
	const struct view *v = &req->v;
	const struct form *f = req->form;
	str rest = form_text(req, "acte"), code;
	enum award_act act;
	if (!str_next(&rest, ':', &code) || !act_of(code, &act)) {
		form_fail(req, "acte", _("Choisissez ce qu’il faut faire."));
		return OK;
	}
	for (size_t i = 0; i < f->spec->n; i++)
		for (size_t k = 0; !strcmp(f->spec->fields[i].name, "dossier") && k < f->values[i].n_many && x->n < LINES_A_PAGE; k++) {
			struct choice_made m = { .act = act, .reason = rest.p ? str_copy(req->a, rest) : S("") };
			enum err e = take_tick(req, x->r, f->values[i].many[k], &m);
			if (e != OK && e != INVALID && e != NOT_FOUND)
				return e;
			if (e == OK)
				x->v[x->n++] = m;
		}
	if (!x->n)
		form_fail(req, "dossier", _("Cochez au moins une famille."));
	return OK;
}

static enum err take(struct req *req, struct deciding_all *x)
{
	const struct view *v = &req->v;
	const struct resulting *r = x->r;
	if (!r->run) {
		form_fail(req, "acte", _("Aucun calcul n’a encore été fait pour cette vague."));
		return OK;
	}
	if (r->run->number != r->w.runs.v[0].number)
		form_fail(req, "acte", _("Un calcul plus récent a été fait : c’est le sien qui se décide."));
	x->d = (struct deciding){ .wave_id = r->w.w.id, .run_id = r->run->id, .who = { req->session->user_id, r->w.c.organisation_id } };
	x->seen = form_text(req, "vu");
	x->accept = str_eq(form_text(req, "geste"), S("accepter"));
	x->path = str_printf(req->a, "%.*s&fait=1", STR_ARG(here(req, r, r->uai, form_int(req, "page", 1))));
	return x->accept ? OK : take_ticks(req, x);
}

enum err result_post(struct req *req)
{
	const struct view *v = &req->v;
	struct resulting r;
	struct deciding_all *x = arena_one(req->a, struct deciding_all);
	*x = (struct deciding_all){ .r = &r };
	try(look(req, &r));
	try(take(req, x));
	enum err e = form_ok(req) ? post_once(req, decide_tx, x) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "acte", _("Quelqu’un vient de décider, ou un dossier a changé : rien de ce que vous aviez choisi n’est fait. Voici où l’on en est."));
	else if (e == INVALID && x->d.refusal)
		form_fail(req, "acte", tr_here(v, award_refusal_words(x->d.refusal)));
	else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(look(req, &r));
	return show(req, &r);
}
