/* /agent/campagnes/:campagne/attribution: where the allocation of each wave stands, and one wave's: commit to a draw, close the list, run. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "awarding/wave_html.h"
#include "awarding/wave_pages.h"
#include "http/session.h"

enum err awarding_of(struct req *req, struct awarding *ret)
{
	*ret = (struct awarding){ .now.version = 0 };
	try(wave_of(req, &ret->c, &ret->w));
	i64 id = ret->w.id;
	enum err e = award_wave_of(req->db, id, &ret->now);
	if (e != OK && e != NOT_FOUND)
		return e;
	ret->quantity = str_i64(ret->w.f[W_QUANTITY], &ret->quantity) ? ret->quantity : 0;
	ret->path = str_printf(req->a, "/agent/campagnes/%lld/attribution/%lld", (long long)ret->c.id, (long long)id);
	return award_runs(req->db, id, &ret->runs);
}

enum err scope_award(struct req *req)
{
	struct awarding w;
	try(scope_files_officer(req));
	return awarding_of(req, &w);
}

const struct award_run_line *run_asked(const struct req *req, const struct awarding *w)
{
	i64 number = form_int(req, "numero", 0);
	for (size_t i = 0; i < w->runs.n; i++)
		if (!number || w->runs.v[i].number == number)
			return &w->runs.v[i];
	return NULL;
}

static str count_shown(const struct view *v, i64 n) { return number_shown(v->a, v->lang, n); }

static str wave_title(const struct view *v, const struct wave *w)
{
	str n = count_shown(v, w->number);
	return w->f[W_TITLE].n ? _f("vague {1}, {2}", n, w->f[W_TITLE]) : _f("vague {1}", n);
}

/* ---- all waves ---- */

static str state_words(const struct view *v, const struct award_wave_row *now, size_t runs, i64 given, i64 quantity)
{
	if (now->list_id.set)
		return _("liste fermée : le calcul est à faire");
	if (now->draw_id.set)
		return _("tirage engagé : la liste est ouverte");
	if (given >= quantity)
		return _("tout est attribué");
	return runs ? _("calcul fait : à décider") : _("à commencer : engager un tirage");
}

enum err awards_index(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct waves waves;
	try(campaign_of(req, &c));
	try(waves_of(req->db, c.id, &waves));
	struct awards_page page = { .campaign = c.id, .name = c.f[C_NAME], .v = arena_many(req->a, struct award_line_shown, waves.n + 1) };
	for (size_t i = 0; i < waves.n; i++) {
		const struct wave *w = &waves.v[i];
		struct award_wave_row now = { .version = 0 };
		struct award_run_line_list runs;
		struct award_line_shown l = { .title = wave_title(v, w),
			.path = str_printf(req->a, "/agent/campagnes/%lld/attribution/%lld", (long long)c.id, (long long)w->id) };
		enum err e = award_wave_of(req->db, w->id, &now);
		if (e != OK && e != NOT_FOUND)
			return e;
		try(award_runs(req->db, w->id, &runs));
		try(award_used(req->db, w->id, &l.given));
		try(award_signed_count(req->db, w->id, &l.signed_files));
		l.quantity = str_i64(w->f[W_QUANTITY], &l.quantity) ? l.quantity : 0;
		l.state = state_words(v, &now, runs.n, l.given, l.quantity);
		page.v[page.n++] = l;
	}
	req->v.here = S("/agent/campagnes");
	return awards_html(&req->v, &page);
}

/* ---- one wave ---- */

static str verified_words(const struct view *v, enum err e)
{
	return e == OK ? _("Vérifié à l’instant : refait depuis la base, le calcul donne les mêmes octets.")
		: _("Vérifié à l’instant : le calcul refait ne donne PAS les mêmes octets. Prévenez l’administration.");
}

static enum err put_runs(struct req *req, const struct awarding *w, struct runs_shown *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	size_t n = w->runs.n;
	i64 *ids = arena_many(req->a, i64, n + 1), asked = form_int(req, "verifier", 0);
	str *names = arena_many(req->a, str, n + 1);
	for (size_t i = 0; i < n; i++)
		ids[i] = w->runs.v[i].user_id;
	try(accounts_names(req->db, &vault, ids, n, names));
	ret->v = arena_many(req->a, struct run_shown, n + 1);
	for (; ret->n < n; ret->n++) {
		const struct award_run_line *r = &w->runs.v[ret->n];
		str number = str_printf(req->a, "%lld", (long long)r->number);
		struct run_shown s = { .number = number, .day = date_shown(v, paris_of_ms(r->at).date), .who = names[ret->n], .digest = r->digest,
			.counted = _f("{1} dossiers, {2} ordinateurs", count_shown(v, r->count), count_shown(v, r->quantity)),
			.record = str_printf(req->a, "%.*s/calcul.json?numero=%.*s", STR_ARG(w->path), STR_ARG(number)),
			.result = str_printf(req->a, "%.*s/resultat?numero=%.*s", STR_ARG(w->path), STR_ARG(number)) };
		if (asked == r->number) {
			struct award_run_row whole;
			try(award_run_by_number(req->db, w->w.id, asked, &whole));
			s.verified = verified_words(v, run_verify(req->a, &whole));
		}
		ret->v[ret->n] = s;
	}
	return OK;
}

static enum err put_progress(struct req *req, const struct awarding *w, struct award_page *page)
{
	const struct view *v = &req->v;
	if (w->now.draw_id.set) {
		struct draw_kept d;
		try(draw_kept(req->db, w->now.draw_id.v, &d));
		page->has_draw = true;
		page->draw_spent = d.closed_at.set && !w->now.list_id.set;
		page->draw_commitment = d.commitment;
		page->draw_day = date_shown(v, paris_of_ms(d.committed_at).date);
	}
	if (w->now.list_id.set) {
		struct award_list_row list;
		try(award_list_by_id(req->db, w->now.list_id.v, &list));
		page->has_list = true;
		page->list_day = date_shown(v, paris_of_ms(list.at).date);
		page->list_count = count_shown(v, list.count);
	}
	return OK;
}

static enum err show(struct req *req)
{
	const struct view *v = &req->v;
	struct awarding w;
	struct share_lines shares;
	struct params rule;
	struct award_waiting_device_row devices;
	i64 used, waiting, astray;
	try(awarding_of(req, &w));
	try(award_used(req->db, w.w.id, &used));
	try(shares_of(req->db, w.w.id, &shares));
	try(award_signed_count(req->db, w.w.id, &waiting));
	try(award_astray_count(req->db, w.w.id, &astray));
	try(rule_on(req->db, req->a, date_iso(req->a, today_paris()), &rule));
	struct award_page page = { .form = req->form, .campaign = w.c.id, .campaign_name = w.c.f[C_NAME], .path = w.path, .title = wave_title(v, &w.w),
		.quantity = count_shown(v, w.quantity), .given = count_shown(v, used), .signed_files = count_shown(v, waiting),
		.version = str_printf(req->a, "%lld", (long long)w.now.version), .astray = astray, .has_schools = shares.n > 0,
		.saved = req->method == GET && form_given(req, "fait") ? S("1") : S(""), .full = used >= w.quantity, .rule = rule.name, .shares_own = shares.own,
		.schools = count_shown(v, (i64)shares.n) };
	try(award_urgent_count(req->db, w.w.id, &page.urgent));
	try(award_waiting_device(req->db, w.w.id, &devices));
	if (devices.n)
		page.kept = _f("Ordinateurs attribués à remettre : {1}. Appareils gardés pour eux : {2}.", count_shown(v, devices.n), count_shown(v, devices.kept));
	try(put_progress(req, &w, &page));
	try(put_runs(req, &w, &page.runs));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, AWARD_ROUTE));
	return award_html(&req->v, &page);
}

enum err award_show(struct req *req)
{
	req->form->n_errors = 0;
	return show(req);
}

/* ---- what is done to it ---- */

enum wave_act { DO_NOTHING, DO_COMMIT, DO_CLOSE, DO_ABANDON, DO_RUN };
struct wave_doing {
	const struct awarding *w;
	i64 user_id, version;
	enum wave_act act;
	struct draw_new draw;
	str name;
	struct award_list_row list;
	struct run_made *made;
};

static enum err commit_draw(struct db *db, const struct wave_doing *d)
{
	if (d->w->now.draw_id.set)
		return CONFLICT;
	try(draw_commit(db, &d->draw, d->w->c.organisation_id, d->name));
	return award_wave_set(db, d->w->w.id, (struct opt_i64){ d->draw.id, true }, (struct opt_i64){ 0, false });
}

static enum err close_list(struct db *db, const struct wave_doing *d)
{
	i64 id;
	if (!d->w->now.draw_id.set || d->w->now.list_id.set)
		return CONFLICT;
	try(list_close(db, &d->w->w, d->w->now.draw_id.v, d->user_id, &id));
	return award_wave_set(db, d->w->w.id, d->w->now.draw_id, (struct opt_i64){ id, true });
}

static enum err wave_act_tx(struct db *db, const struct wave_doing *d)
{
	switch (d->act) {
	case DO_COMMIT: return commit_draw(db, d);
	case DO_CLOSE: return close_list(db, d);
	case DO_ABANDON: return award_wave_set(db, d->w->w.id, (struct opt_i64){ 0, false }, (struct opt_i64){ 0, false });
	case DO_RUN: return run_keep(db, &d->list, d->made, d->user_id);
	case DO_NOTHING: break;
	}
	return INVALID;
}

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	static const char *const actions[] = { "", "award.draw_commit", "award.list_close", "award.list_abandon", "award.run" };
	const struct wave_doing *d = arg;
	struct award_wave_row now;
	try(award_wave_begin(db, d->w->w.id));
	try(award_wave_lock(db, d->w->w.id));
	try(award_wave_of(db, d->w->w.id, &now));
	if (now.version != d->version + 1)
		return CONFLICT;
	try(wave_act_tx(db, d));
	*ret_path = d->act == DO_RUN ? str_printf(db_arena(db), "%.*s/resultat?fait=1", STR_ARG(d->w->path))
		: str_printf(db_arena(db), "%.*s?fait=1", STR_ARG(d->w->path));
	return audit_write(db, &(struct audit){ .user_id = d->user_id, .organisation_id = d->w->c.organisation_id, .action = actions[d->act], .object = "wave",
		.object_id = d->w->w.id });
}

static enum err take_run(struct req *req, struct wave_doing *d)
{
	struct vault_asker vault = vault_of(req);
	str seed;
	if (!d->w->now.list_id.set)
		return CONFLICT;
	try(award_list_by_id(req->db, d->w->now.list_id.v, &d->list));
	try(draw_unseal(req->db, &vault, d->list.draw_id, &seed));
	d->made = arena_one(req->a, struct run_made);
	return run_make(req->a, &d->list, seed, d->made);
}

static enum err take(struct req *req, struct wave_doing *d)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	str act = form_text(req, "geste");
	d->act = str_eq(act, S("engager")) ? DO_COMMIT : str_eq(act, S("fermer")) ? DO_CLOSE : str_eq(act, S("abandonner")) ? DO_ABANDON
		: str_eq(act, S("calculer")) ? DO_RUN : DO_NOTHING;
	d->version = form_int(req, "version", -1);
	d->name = _f("{1}, {2}", d->w->c.f[C_NAME], wave_title(v, &d->w->w));
	if (d->act == DO_COMMIT)
		return draw_prepare(&vault, &d->draw);
	if (d->act == DO_RUN)
		return take_run(req, d);
	if (d->act == DO_NOTHING)
		form_fail(req, "geste", _("Choisissez ce qu’il faut faire."));
	return OK;
}

enum err award_post(struct req *req)
{
	const struct view *v = &req->v;
	struct awarding w;
	struct wave_doing d = { .w = &w, .user_id = req->session->user_id };
	try(awarding_of(req, &w));
	enum err e = take(req, &d);
	if (e == OK)
		e = form_ok(req) ? post_once(req, do_tx, &d) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "geste", _("Quelqu’un vient d’avancer cette attribution : rien n’a été fait. Voici où elle en est."));
	else if (e == NOT_FOUND)
		form_fail(req, "geste", _("Aucun dossier n’est à l’étape « Charte signée » dans une école de la vague."));
	else if (e != INVALID)
		return e;
	else if (form_ok(req))
		return INTERNAL;                 /* a list of ours that cannot be read */
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req);
}

/* ---- to take away ---- */

static void as_file(struct req *req, str type, str name)
{
	req->content_type = type;
	req->no_store = true;
	resp_header(req, "Content-Disposition", str_printf(req->a, "attachment; filename=\"%.*s\"", STR_ARG(name)));
}

enum err award_record(struct req *req)
{
	struct awarding w;
	struct award_run_row run;
	try(awarding_of(req, &w));
	const struct award_run_line *r = run_asked(req, &w);
	if (r)
		try(award_run_by_number(req->db, w.w.id, r->number, &run));
	buf_put(&req->out, r ? run.record : S("null\n"));
	as_file(req, S("application/json; charset=utf-8"), str_printf(req->a, "attribution-%lld-%lld.json", (long long)w.w.number, (long long)(r ? r->number : 0)));
	return OK;
}

/* The list that is closed; while none is, what it would be now. */
enum err award_list_csv(struct req *req)
{
	struct awarding w;
	struct award_list_row list = { .files = S("id;ecole\n") };
	try(awarding_of(req, &w));
	if (w.now.list_id.set)
		try(award_list_by_id(req->db, w.now.list_id.v, &list));
	buf_put(&req->out, list.files);
	as_file(req, S("text/csv; charset=utf-8; header=present"), S("liste.csv"));
	return OK;
}
