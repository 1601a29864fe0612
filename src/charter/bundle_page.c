/* The pages of a document of many charters: asked for by school and wave, how far it is, what has changed since it was made, the document itself. */
#include "charter/bundle.h"

#include "accounts/accounts.h"
#include "audit/audit.h"
#include "charter/bundle_html.h"
#include "db/id.h"
#include "http/session.h"
#include "schools/schools.h"

#define BUNDLES_ROUTE CHARTER_ROUTE "/piles"
#define SHOWN 8

static str bundle_path(struct arena *a, const struct campaign *c, i64 id, const char *rest)
{
	return charter_campaign_path(a, c, str_printf(a, "/charte/piles/%lld%s", (long long)id, rest).p);
}

static str moment_shown(const struct view *v, i64 ms)
{
	struct civil c = paris_of_ms(ms);
	return day_at_shown(v, date_shown(v, c.date), clock_shown(v, c.hh * 60 + c.mm));
}

static enum err wave_words(struct req *req, const struct bundle_row *b, str *ret)
{
	struct wave wave;
	*ret = S("");
	if (!b->wave_id)
		return OK;
	enum err e = wave_get(req->db, b->wave_id, &wave);
	if (e == OK)
		*ret = charter_wave_words(&req->v, &wave);
	return e == NOT_FOUND ? OK : e;          /* it was removed since */
}

/* Of which school and which wave it is. */
static enum err title_of(struct req *req, const struct bundle_row *b, str *ret)
{
	const struct view *v = &req->v;
	str school = b->school.p ? school_short(b->school) : _("Toutes les écoles"), wave;
	try(wave_words(req, b, &wave));
	*ret = wave.n ? _f("{1}, {2}", school, wave) : school;
	return OK;
}

/* ---- asked for ---- */

static enum err put_made(struct charter_pile *p, struct bundles_page *page)
{
	struct req *req = p->req;
	const struct view *v = &req->v;
	struct bundle_row_list rows;
	try(bundles_of(req->db, p->c.id, SHOWN, &rows));
	page->made.v = arena_many(req->a, struct charter_lang_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct bundle_row *b = &rows.v[i];
		struct charter_lang_line *l = &page->made.v[page->made.n];
		str moment = _f("demandé le {1}", moment_shown(v, b->at));
		if (b->at < now_ms() - BUNDLE_KEPT_MS)
			continue;
		try(title_of(req, b, &l->label));
		l->path = bundle_path(req->a, &p->c, b->id, "");
		l->state = str_eq(b->state, S("made")) ? _f("{1} : prêt", moment) : str_eq(b->state, S("failed")) ? _f("{1} : pas fait", moment)
			: _f("{1} : se prépare", moment);
		page->made.n++;
	}
	return OK;
}

static enum err show_all(struct charter_pile *p)
{
	struct req *req = p->req;
	struct bundles_page page = { .form = req->form, .back = charter_campaign_path(req->a, &p->c, "/charte/a-signer"), .name = p->c.f[C_NAME],
		.path = charter_campaign_path(req->a, &p->c, "/charte/piles"), .most = BUNDLE_MOST };
	page.school = form_given(req, "ecole") ? form_text(req, "ecole") : S("");
	page.wave = form_given(req, "vague") ? form_text(req, "vague") : S("");
	try(charter_pile_choices(p, &page.of));
	page.of.meetings.n = 0;                  /* a document is made before who comes is known */
	try(charter_unsigned_n(req->db, p->c.id, p->school_id, 0, p->wave_id, &page.n));
	try(put_made(p, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, BUNDLES_ROUTE));
	return charter_bundles_html(&req->v, &page);
}

enum err charter_bundles_show(struct req *req)
{
	struct charter_pile p;
	try(charter_pile_of(req, &p));
	req->form->n_errors = 0;
	return show_all(&p);
}

struct asking { const struct charter_pile *p; i64 id; };

static enum err ask_tx(struct db *db, void *arg, str *ret_path)
{
	const struct asking *k = arg;
	const struct charter_pile *p = k->p;
	struct bundle_over_row_list old;
	i64 asked, user = p->req->session->user_id;
	enum err e = bundle_asked(db, p->c.id, p->school_id, p->wave_id, &asked);
	*ret_path = bundle_path(db_arena(db), &p->c, e == OK ? asked : k->id, "");
	if (e != NOT_FOUND)
		return e;
	try(bundles_replaced(db, p->c.id, p->school_id, p->wave_id, &old));
	for (size_t i = 0; i < old.n; i++)
		try(bundle_destroy(db, old.v[i].id));
	try(bundle_put(db, k->id, p->c.id, p->school_id, p->wave_id, user, now_ms()));
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = p->c.organisation_id, .action = "charter.pile", .object = "charter_bundle",
		.object_id = k->id });
}

enum err charter_bundles_post(struct req *req)
{
	const struct view *v = &req->v;
	struct charter_pile p;
	i64 n = 0;
	try(charter_pile_of(req, &p));
	if (p.school_id < 0)
		form_fail(req, "ecole", _("Choisissez une école de la liste."));
	else if (p.wave_id < 0)
		form_fail(req, "vague", _("Choisissez une vague de la liste."));
	else
		try(charter_unsigned_n(req->db, p.c.id, p.school_id, 0, p.wave_id, &n));
	if (form_ok(req) && !n)
		form_fail(req, "ecole", _("Rien n’est à signer : aucune charte préparée n’y attend de signature. Préparez-les d’abord depuis la liste."));
	if (form_ok(req))
		return post_once(req, ask_tx, &(struct asking){ &p, id_new() });
	form_refused(req);
	return show_all(&p);
}

/* ---- one of them ---- */

struct one { struct req *req; struct campaign c; struct bundle_row row; struct bundle_line_row_list lines; i64 *roots; size_t n_roots; bool erased; };

static enum err one_of(struct req *req, struct one *o)
{
	i64 id;
	*o = (struct one){ .req = req };
	try(campaign_of(req, &o->c));
	try(str_i64(req_param(req, "pile"), &id) ? bundle_get(req->db, id, o->c.id, &o->row) : NOT_FOUND);
	if (o->row.at < now_ms() - BUNDLE_KEPT_MS)
		return NOT_FOUND;
	try(bundle_lines(req->db, id, &o->lines));
	o->roots = arena_many(req->a, i64, o->lines.n + 1);
	for (size_t i = 0; i < o->lines.n; i++) {
		if (o->lines.v[i].root.set && o->lines.v[i].mark.n)
			o->roots[o->n_roots++] = o->lines.v[i].root.v;
		o->erased |= !o->lines.v[i].root.set;
	}
	return OK;
}

/* What is to be said of an act that is in the document, as it is now; and it is counted. */
static str line_words(const struct view *v, const struct bundle_line_row *r, struct bundle_page *page, bool *ret_bad)
{
	bool cancelled = str_eq(r->state, S("cancelled"));
	*ret_bad = true;
	if (!r->mark.n) {
		page->unread++;
		return _("n’y est pas : elle ne correspond plus à ce qui a été préparé. Annulez-la, et préparez-en une autre.");
	}
	if ((cancelled && r->live.set) || !str_eq(r->mark, bundle_mark(v->a, r->filled_enc))) {
		page->changed++;
		return _("a changé depuis : celle du document n’est plus la bonne");
	}
	if (cancelled) {
		page->changed++;
		return _("annulée depuis");
	}
	*ret_bad = false;
	if (str_eq(r->state, S("signed"))) {
		page->ended++;
		return _("signée depuis");
	}
	page->untranslated += r->untranslated;
	return r->untranslated ? _("en français seul : le texte n’est pas traduit dans la langue de la famille") : S("");
}

static enum err put_lines(struct one *o, struct bundle_page *page)
{
	struct req *req = o->req;
	page->lines.v = arena_many(req->a, struct bundle_line, o->lines.n + 1);
	for (size_t i = 0; i < o->lines.n; i++) {
		const struct bundle_line_row *r = &o->lines.v[i];
		struct bundle_line l = { .code = r->public_id };
		if (!r->root.set)
			continue;
		l.state = line_words(&req->v, r, page, &l.bad);
		if (l.state.n)
			page->lines.v[page->lines.n++] = l;
	}
	return bundle_unheld_n(req->db, o->c.id, o->row.school_id, o->row.wave_id, o->row.id, &page->fresh);
}

static bool may_be_signed(const struct one *o, const struct bundle_page *page) { return !o->erased && !page->changed; }

enum err charter_bundle_show(struct req *req)
{
	const struct view *v = &req->v;
	struct one o;
	try(one_of(req, &o));
	const struct bundle_row *b = &o.row;
	struct bundle_page page = { .form = req->form, .list = charter_campaign_path(req->a, &o.c, "/charte/piles"), .path = bundle_path(req->a, &o.c, b->id, ""),
		.file = bundle_path(req->a, &o.c, b->id, "/chartes.pdf"), .when = moment_shown(v, b->at), .school = b->uai.p ? b->uai : S(""),
		.wave = b->wave_id ? str_printf(req->a, "%lld", (long long)b->wave_id) : S(""), .total = b->total, .left_out = b->left_out };
	page.made = str_eq(b->state, S("made"));
	page.failed = str_eq(b->state, S("failed"));
	page.waits = !page.made && !page.failed;
	page.progress = b->total ? _f("Le document se prépare : {1} chartes sur {2}.", number_shown(v->a, v->lang, b->done), number_shown(v->a, v->lang, b->total))
		: _("Le document se prépare. Cela prend moins d’une minute.");
	page.fault = str_eq(b->fault, S("none")) ? _("Rien n’est à signer : ces chartes ont été signées ou annulées entre-temps. Aucun document n’a été fait.")
		: _("Le document n’a pas pu être fait. Demandez-le à nouveau ; si cela recommence, prévenez l’administration.");
	page.size = _f("PDF, {1} pages, {2} ko", number_shown(v->a, v->lang, b->pages), number_shown(v->a, v->lang, (b->bytes + 999) / 1000));
	page.sign = str_printf(req->a, "%.*s?ecole=%.*s&vague=%.*s", STR_ARG(charter_campaign_path(req->a, &o.c, "/charte/signatures")), STR_ARG(page.school),
		STR_ARG(page.wave));
	try(title_of(req, b, &page.title));
	if (page.made)
		try(put_lines(&o, &page));
	page.fresh = page.fresh > page.left_out ? page.fresh - page.left_out : 0;
	page.over = page.made && !may_be_signed(&o, &page);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, BUNDLES_ROUTE));
	return charter_bundle_html(&req->v, &page);
}

/* ---- the document ---- */

static enum err sent_tx(struct db *db, void *arg)
{
	const struct one *o = arg;
	return audit_write(db, &(struct audit){ .user_id = o->req->session->user_id, .organisation_id = o->c.organisation_id, .action = "charter.pile_sent",
		.object = "charter_bundle", .object_id = o->row.id, .detail = str_printf(db_arena(db), "charters=%zu", o->n_roots) });
}

enum err charter_bundle_send(struct req *req)
{
	struct vault_asker vault = vault_of(req);
	struct bundle_page page = { .made = true };
	struct one o;
	str pdf;
	req->no_store = true;
	try(one_of(req, &o));
	try(put_lines(&o, &page));
	if (!str_eq(o.row.state, S("made")) || !may_be_signed(&o, &page))
		return resp_redirect(req, bundle_path(req->a, &o.c, o.row.id, ""));      /* which says why */
	try(bundle_open(req->db, &vault, &o.row, &pdf));
	try(households_seen(req, o.c.organisation_id, o.roots, o.n_roots, "charter"));
	try(db_tx(req->db, sent_tx, &o));
	req->out = buf_new(req->a, pdf.n + 1);
	buf_put(&req->out, pdf);
	req->content_type = S("application/pdf");
	resp_header(req, "Content-Disposition", str_printf(req->a, "attachment; filename=\"chartes-%.*s.pdf\"", STR_ARG(o.row.uai.n ? o.row.uai : S("a-signer"))));
	return OK;
}

/* ---- the way back from paper ---- */

static bool plain(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z')))
			return false;
	return s.n > 0 && s.n <= 20;
}

/* All is in the path: who logs in first is sent back to a path, without what follows "?". */
enum err charter_pile_way(struct req *req)
{
	struct campaign c;
	struct wave w;
	str school = req_param(req, "ecole"), wave = req_param(req, "vague");
	bool all_waves = str_eq(wave, S(BUNDLE_ALL)), all_schools = str_eq(school, S(BUNDLE_ALL));
	try(all_waves ? campaign_of(req, &c) : wave_of(req, &c, &w));
	if (!all_schools && !plain(school))
		return NOT_FOUND;
	school = all_schools ? S("") : school;
	wave = all_waves ? S("") : wave;
	return resp_redirect(req, charter_campaign_path(req->a, &c, str_printf(req->a, "/charte/signatures?ecole=%.*s&vague=%.*s", STR_ARG(school),
		STR_ARG(wave)).p));
}
