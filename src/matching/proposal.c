/* /appareils/proposition: which device for which family, school by school; what does not answer what was asked, who is left without and why. As CSV
 * without names, and as sheets to print. Names are opened a page at a time, and written down as seen. */
#include "accounts/accounts.h"
#include "base/csv.h"
#include "http/session.h"
#include "matching/pages.h"
#include "matching/proposal_html.h"

static str number(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

enum err proposal_of(struct req *req, struct proposing_page *ret)
{
	static const char *const whats[] = { "sans", "ecarts", "refus" };
	i64 asked = form_int(req, "numero", 0);
	*ret = (struct proposing_page){ .uai = form_given(req, "ecole") ? form_text(req, "ecole") : S(""), .what = S("") };
	for (size_t i = 0; i < lengthof(whats); i++)
		if (str_eq(form_given(req, "quoi") ? form_text(req, "quoi") : S(""), str_c(whats[i])))
			ret->what = str_c(whats[i]);
	try(matching_of(req, &ret->m));
	for (size_t i = 0; i < ret->m.proposals.n && !ret->p; i++)
		if (!asked || ret->m.proposals.v[i].number == asked) {
			ret->p = &ret->m.proposals.v[i];
			ret->last = i == 0;
		}
	return ret->p || !asked ? OK : NOT_FOUND;
}

static str path_of(struct arena *a, const struct proposing_page *x, const char *rest, str uai, str what, i64 page)
{
	return str_printf(a, "%.*s/proposition%s?numero=%lld%s%.*s%s%.*s%s", STR_ARG(x->m.path), rest, (long long)x->p->number, uai.n ? "&ecole=" : "", STR_ARG(uai),
		what.n ? "&quoi=" : "", STR_ARG(what), page > 1 ? str_printf(a, "&page=%lld", (long long)page).p : "");
}

str proposal_path(struct arena *a, const struct proposing_page *x, str uai, str what, i64 page) { return path_of(a, x, "", uai, what, page); }

/* ---- lines ---- */

static struct device device_of(const struct match_line_row *r)
{
	return (struct device){ .id = r->device_id.v, .label = r->label, .kind = r->kind, .model = r->model, .grade = r->grade, .memory_gb = r->memory_gb.v,
		.disk_gb = r->disk_gb.v, .screen_tenths = r->screen_tenths.v, .os = r->os };
}

/* Why a file has nothing: somebody took it out, or the stock has nothing that answers. */
static void put_words(const struct view *v, const struct match_line_row *r, struct pair_line *l)
{
	struct match_side need;
	if (!match_need_read(r->need, &need))
		return;
	l->need = match_need_words(v, &need);
	const char *result = r->result.p ? choice_label(match_results, r->result) : NULL, *out = r->reason.p ? choice_label(match_out_reasons, r->reason) : NULL;
	l->said = result ? tr_here(v, result) : out ? _f("retiré : {1}", tr_here(v, out)) : r->changed.set ? _("changé à la main") : S("");
	if (!r->device_id.set) {
		l->why = r->changed.set ? S("") : _("plus rien de libre ne répond à ce qui est demandé");
		return;
	}
	struct device d = device_of(r);
	struct match_side side = match_device_of(&d);
	l->label = stock_label(v->a, d.label);
	l->device = stock_device_words(v, &d);
	l->why = match_short_words(v, &side, &need);
	if (!r->result.p && !str_eq(r->now, S("in_stock")))
		l->why = _("cet appareil n’est plus libre : choisissez-en un autre, ou redemandez une proposition");
}

static enum err put_lines(struct req *req, const struct proposing_page *x, i64 at, i64 size, struct pair_lines *ret, str *ret_school)
{
	const struct view *v = &req->v;
	struct match_line_row_list rows;
	struct household h[LINES_A_SHEET];
	i64 roots[LINES_A_SHEET];
	try(match_lines(req->db, x->p->id, x->uai, x->what, size, (at - 1) * size, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, x->m.c.organisation_id, roots, rows.n, false, "matching", h));
	ret->v = arena_many(req->a, struct pair_line, rows.n + 1);
	for (; ret->n < rows.n; ret->n++) {
		const struct match_line_row *r = &rows.v[ret->n];
		struct pair_line *l = &ret->v[ret->n];
		*l = (struct pair_line){ .public_id = r->public_id, .name = h[ret->n].erased ? _("effacé") : household_name(req->a, &h[ret->n]),
			.file = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)x->m.c.id, STR_ARG(r->public_id)) };
		put_words(v, r, l);
		if (x->uai.n && r->school.p)
			*ret_school = r->school;
	}
	return OK;
}

/* ---- the page ---- */

static enum err put_schools(struct req *req, const struct proposing_page *x, struct proposal_page *page)
{
	const struct view *v = &req->v;
	struct match_school_row_list rows;
	i64 files = 0;
	try(match_schools(req->db, x->p->id, &rows));
	page->schools.v = arena_many(req->a, struct proposal_school, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct match_school_row *r = &rows.v[i];
		files += r->files;
		page->n_given += r->given;
		page->n_unfit += r->short_of;
		page->n_kept += r->kept;
		page->schools.v[page->schools.n++] = (struct proposal_school){ r->name.p ? r->name : _("sans école"),
			proposal_path(req->a, x, r->uai.p ? r->uai : S("-"), S(""), 1), number(v, r->files), number(v, r->given), number(v, r->short_of), number(v, r->kept) };
	}
	page->n_without = files - page->n_given;
	return match_lines_count(req->db, x->p->id, S(""), S("refus"), &page->n_refused);
}

/* "out:device": what is done, and why, in one choice. */
static void put_acts(const struct view *v, struct proposal_page *page)
{
	page->acts.v = arena_many(v->a, struct option, 10);
	for (const struct choice *r = match_out_reasons; r->value; r++)
		page->acts.v[page->acts.n++] = (struct option){ str_printf(v->a, "out:%s", r->value).p, _f("Retirer : {1}", tr_here(v, r->label)), false };
	page->acts.v[page->acts.n++] = (struct option){ "other:", _("Donner l’appareil dont voici l’étiquette"), false };
	page->acts.v[page->acts.n++] = (struct option){ "back:", _("Remettre comme proposé"), false };
}

static str state_words(const struct view *v, const struct proposing_page *x)
{
	const struct match_proposal_row *p = x->p;
	if (p->undone_at.set)
		return _f("Annulée le {1} : ce qu’elle gardait est remis en stock.", date_shown(v, paris_of_ms(p->undone_at.v).date));
	if (p->accepted_at.set)
		return _f("Acceptée le {1}.", date_shown(v, paris_of_ms(p->accepted_at.v).date));
	return x->last ? _("Rien n’est gardé avant que vous acceptiez.") : _("Une autre proposition l’a remplacée : c’est celle-là qui se décide.");
}

static enum err put_page(struct req *req, const struct proposing_page *x, struct proposal_page *page)
{
	const struct view *v = &req->v;
	const struct match_proposal_row *p = x->p;
	i64 at = form_int(req, "page", 1), all;
	page->number = str_printf(req->a, "%lld", (long long)p->number);
	page->day = date_shown(v, paris_of_ms(p->at).date);
	page->digest = p->digest;
	page->said = state_words(v, x);
	page->can_accept = x->last && !p->accepted_at.set;
	page->can_undo = p->accepted_at.set && !p->undone_at.set;
	page->busy = (p->keeping.set && p->keeping.v) || (p->undoing.set && p->undoing.v);
	page->all = proposal_path(req->a, x, S(""), S(""), 1);
	page->without = proposal_path(req->a, x, S(""), S("sans"), 1);
	page->unfit = proposal_path(req->a, x, S(""), S("ecarts"), 1);
	page->refused = proposal_path(req->a, x, S(""), S("refus"), 1);
	page->csv = path_of(req->a, x, ".csv", S(""), S(""), 1);
	page->sheet = path_of(req->a, x, "/feuille", x->uai, x->what, 1);
	page->listed = x->uai.n || x->what.n;
	try(put_schools(req, x, page));
	if (!page->listed)
		return OK;
	put_acts(v, page);
	try(match_lines_count(req->db, p->id, x->uai, x->what, &all));
	page->pager = pager_of(at, all, LINES_A_PAGE, in_language(v, v->lang, proposal_path(req->a, x, x->uai, x->what, at - 1)),
		in_language(v, v->lang, proposal_path(req->a, x, x->uai, x->what, at + 1)));
	return put_lines(req, x, at, LINES_A_PAGE, &page->lines, &page->school);
}

static str heading(const struct view *v, const struct proposing_page *x, str school)
{
	if (school.n)
		return school;
	return str_eq(x->what, S("sans")) ? _("Sans appareil") : str_eq(x->what, S("ecarts")) ? _("Moins que demandé")
		: str_eq(x->what, S("refus")) ? _("Acceptés, mais pas gardés") : x->uai.n ? _("sans école") : S("");
}

enum err proposal_page_show(struct req *req, const struct proposing_page *x)
{
	const struct view *v = &req->v;
	struct proposal_page *page = arena_one(req->a, struct proposal_page);
	*page = (struct proposal_page){ .form = req->form, .path = x->m.path, .title = x->m.title, .none = !x->p, .uai = x->uai, .what = x->what, .school = S(""),
		.version = str_printf(req->a, "%lld", (long long)x->m.now.version), .saved = req->method == GET && form_given(req, "fait") };
	if (x->p)
		try(put_page(req, x, page));
	page->school = heading(v, x, page->school);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, PROPOSAL_ROUTE));
	return proposal_html(&req->v, page);
}

enum err proposal_show(struct req *req)
{
	struct proposing_page x;
	try(proposal_of(req, &x));
	req->form->n_errors = 0;
	return proposal_page_show(req, &x);
}

/* ---- to take away ---- */

/* What the proposal was made from, byte for byte: its fingerprint is that of the devices, then the needs. */
static enum err send_input(struct req *req, const struct proposing_page *x, bool needs)
{
	struct match_inputs_row inputs;
	try(match_inputs(req->db, x->p->id, &inputs));
	buf_put(&req->out, needs ? inputs.needs : inputs.devices);
	resp_file(req, needs ? S("besoins.csv") : S("postes.csv"), true);
	return OK;
}

enum err proposal_csv(struct req *req)
{
	struct view french = req->v, *v = &french;
	struct proposing_page x;
	struct match_line_row_list rows = { .n = 0 };
	bool needs = form_given(req, "quoi") && str_eq(form_text(req, "quoi"), S("besoins"));
	french.lang = LANG_FR;
	try(proposal_of(req, &x));
	req->no_store = true;
	if (x.p && (needs || (form_given(req, "quoi") && str_eq(form_text(req, "quoi"), S("postes")))))
		return send_input(req, &x, needs);
	if (x.p)
		try(match_lines(req->db, x.p->id, S(""), S(""), LINES_OF_FILE, 0, &rows));
	buf_put(&req->out, S("ecole,dossier,etiquette,appareil,demande,ecarts,suite\n"));
	for (size_t i = 0; i < rows.n; i++) {
		const struct match_line_row *r = &rows.v[i];
		struct pair_line l = { .label = S(""), .device = S(""), .need = S(""), .why = S(""), .said = S("") };
		put_words(v, r, &l);
		const str cells[] = { r->uai.p ? r->uai : S(""), r->public_id, l.label, l.device, l.need, l.why, l.said };
		csv_row_typed(&req->out, cells, lengthof(cells));
	}
	resp_file(req, S("appareils.csv"), true);
	return OK;
}

enum err proposal_sheet(struct req *req)
{
	const struct view *v = &req->v;
	struct proposing_page x;
	i64 at = form_int(req, "page", 1), all = 0;
	try(proposal_of(req, &x));
	req->form->n_errors = 0;
	struct sheet_page page = { .path = x.p ? proposal_path(req->a, &x, x.uai, x.what, 1) : x.m.path, .title = x.m.title, .school = S(""), .day = S("") };
	if (x.p) {
		page.day = date_shown(v, paris_of_ms(x.p->at).date);
		try(match_lines_count(req->db, x.p->id, x.uai, x.what, &all));
		try(put_lines(req, &x, at, LINES_A_SHEET, &page.lines, &page.school));
		page.pager = pager_of(at, all, LINES_A_SHEET, in_language(v, v->lang, path_of(req->a, &x, "/feuille", x.uai, x.what, at - 1)),
			in_language(v, v->lang, path_of(req->a, &x, "/feuille", x.uai, x.what, at + 1)));
	}
	page.school = heading(v, &x, page.school);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return proposal_sheet_html(&req->v, &page);
}
