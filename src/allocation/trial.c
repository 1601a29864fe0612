/* /agent/attributions/essai: a rule tried on a pasted list of pseudonymous files, perhaps beside another rule. Nothing is written: what
 * was pasted is forgotten with the answer. */
#include "allocation/pages.h"

#include "accounts/accounts.h"
#include "allocation/trial_html.h"
#include "db/db.h"
#include "html/format.h"
#include "http/session.h"

#define FILES_MAX 3000                           /* what a page has time for */
#define SCHOOLS_SHOWN 21
#define CHANGES_SHOWN 10
#define RULES_MAX 50
#define TRIAL_SEED "0000000000000000000000000000000000000000000000000000000000000000"

static struct trial_options options(struct req *req, const struct set_row_list *rows, const char *name, str first)
{
	struct trial_options o = { arena_many(req->a, struct option, rows->n + 2), 0 };
	str chosen = form_text(req, name);
	o.v[o.n++] = (struct option){ "", first, !chosen.n };
	for (size_t i = 0; i < rows->n; i++) {
		str id = str_printf(req->a, "%lld", (long long)rows->v[i].id);
		o.v[o.n++] = (struct option){ id.p, rows->v[i].name, str_eq(id, chosen) };
	}
	return o;
}

static enum err show(struct req *req, struct trial *page)
{
	struct set_row_list rows;
	const struct view *v = &req->v;
	page->form = req->form;
	req->v.here = S(RULES_PATH);
	try(sets_of(req->db, own_programme(req), RULES_MAX, &rows));
	page->first = options(req, &rows, "regle", _("Règle en vigueur"));
	page->second = options(req, &rows, "autre", _("Aucune"));
	try(form_stamp(req, TRIAL_PATH));
	return trial_html(&req->v, page);
}

enum err trial_page(struct req *req)
{
	req->form->n_errors = 0;
	return show(req, &(struct trial){ .done = false });
}

/* The set that was chosen; the one in force when none was. */
static enum err chosen(struct req *req, const char *name, struct params *ret)
{
	struct set_row row;
	bool own;
	if (!form_given(req, name))
		return set_today(req, ret, &own);
	try(set_by_id(req->db, form_int(req, name, 0), &row));
	return accounts_may_in(req, CAP_CAMPAIGNS, row.organisation_id) ? set_params(req->a, &row, ret) : NOT_FOUND;
}

static void fail(struct req *req, const char *name, const struct alloc_fault *f)
{
	form_fail(req, name, alloc_fault_words(req->a, req->v.lang, f));
}

static void read_input(struct req *req, struct alloc_input *in)
{
	const struct view *v = &req->v;
	struct alloc_fault fault;
	str seed = form_text(req, "graine"), files = req->file.content.n ? req->file.content : form_text(req, "dossiers");
	in->seed = seed.n ? seed : S(TRIAL_SEED);
	in->quantity = form_int(req, "quantite", 0);
	in->second = form_bool(req, "seconde");
	if (!draw_is_seed(in->seed))
		form_fail(req, "graine", _("La graine du tirage a 64 chiffres de 0 à f."));
	if (form_given(req, "ecoles") && alloc_read_schools(req->a, form_text(req, "ecoles"), in, &fault) != OK)
		fail(req, "ecoles", &fault);
	if (!files.n)
		form_fail(req, "dossiers", _("Collez des dossiers, ou choisissez un fichier."));
	else if (alloc_read_files(req->a, files, in, &fault) != OK)
		fail(req, "dossiers", &fault);
	else if (in->n_files > FILES_MAX)
		form_fail(req, "dossiers", _("Cette page essaie 3 000 dossiers au plus. Pour davantage : gabare allocate."));
}

static void set_schools(const struct view *v, struct trial *page, const struct alloc_comparison *c)
{
	page->schools.v = arena_many(v->a, struct trial_school, c->schools.n + 1);
	for (; page->schools.n < c->schools.n && page->schools.n < SCHOOLS_SHOWN; page->schools.n++) {
		const struct alloc_side *s = &c->schools.v[page->schools.n];
		page->schools.v[page->schools.n] = (struct trial_school){ s->a->school->id, str_printf(v->a, "+%lld −%lld", (long long)s->enter, (long long)s->leave), *s };
	}
	page->more = c->schools.n - page->schools.n;
	page->changed = c->changed.n;
	page->changes.v = arena_many(v->a, struct trial_change, CHANGES_SHOWN);
	for (; page->changes.n < c->changed.n && page->changes.n < CHANGES_SHOWN; page->changes.n++) {
		const struct alloc_pair *p = &c->changed.v[page->changes.n];
		page->changes.v[page->changes.n] = (struct trial_change){ p->a->file->id, p->a->file->school, alloc_state_words(v, p->a->state),
			alloc_state_words(v, p->b->state) };
	}
}

static void explain(struct req *req, struct trial *page, const struct alloc_run *run)
{
	const struct view *v = &req->v;
	str id = form_text(req, "dossier");
	for (size_t i = 0; i < run->n && id.n; i++)
		if (str_eq(run->lines[i].file->id, id)) {
			page->about = id;
			page->why = rank_words(v, run, &run->lines[i]);
			page->points = points_words(v, run->in->params, run->lines[i].file->facts);
			page->change = change_words(v, run->in->params, run->lines[i].file->facts);
			return;
		}
	if (id.n)
		form_fail(req, "dossier", _f("Le dossier {1} n’est pas dans cette liste.", id));
}

static str counted(const struct view *v, const struct alloc_run *run)
{
	i64 n[4] = { 0 };
	str parts[4];
	for (size_t i = 0; i < run->n; i++)
		n[run->lines[i].state]++;
	for (size_t i = 0; i < 4; i++)
		parts[i] = _f("{1} : {2}", alloc_state_words(v, (enum alloc_state)i), number_shown(v->a, v->lang, n[i]));
	return str_join(v->a, parts, 4, S(", "));
}

static enum err answer_csv(struct req *req, const struct alloc_run *run, const struct alloc_comparison *c, bool two)
{
	resp_file(req, S("essai.csv"), true);
	buf_put(&req->out, two ? alloc_compare_csv(req->a, c) : alloc_csv(req->a, run));
	return OK;
}

static enum err refused(struct req *req, struct trial *page)
{
	form_refused(req);
	return show(req, page);
}

enum err trial_post(struct req *req)
{
	struct params params, other;
	struct alloc_fault fault;
	struct alloc_run run, second;
	struct alloc_input in = { .params = &params }, against;
	struct trial page = { .two = form_given(req, "autre") };
	try(chosen(req, "regle", &params));
	try(chosen(req, "autre", &other));
	read_input(req, &in);
	if (!form_ok(req))
		return refused(req, &page);
	against = in;
	against.params = &other;
	if (alloc_run(req->a, &in, &run, &fault) != OK || alloc_run(req->a, page.two ? &against : &in, &second, &fault) != OK) {
		fail(req, "dossiers", &fault);
		return refused(req, &page);
	}
	struct alloc_comparison c = alloc_compare(req->a, &run, &second);
	if (str_eq(form_text(req, "geste"), S("csv")))
		return answer_csv(req, &run, &c, page.two);
	page.done = true;
	page.counted = counted(&req->v, &run);
	page.seed = in.seed;
	set_schools(&req->v, &page, &c);
	explain(req, &page, &run);
	return form_ok(req) ? show(req, &page) : refused(req, &page);
}
