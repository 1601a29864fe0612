/* The files of a campaign, to act on: filtered, a page at a time; a gesture on those that are ticked, shown before it is done; whom to call, on paper. */
#include "accounts/accounts.h"
#include "base/csv.h"
#include "base/utf8.h"
#include "directory/directory.h"
#include "files/list_html.h"
#include "files/pages.h"
#include "http/session.h"

#define SCHOOLS_LISTED 15                        /* beyond, the school is typed: a list would be too long for the page */
#define LATE_DAYS 14                             /* beyond, a line says for how long nothing was done */

/* ---- filters ---- */

/* The school that was chosen, or typed by its UAI or a part of its name: one of the campaign's. */
static void take_school(struct req *req, const struct file_place_row_list *places, struct file_filter *ret)
{
	const struct view *v = &req->v;
	str typed = utf8_fold(req->a, form_text(req, "ecole"));
	ret->school_id = -1;
	for (size_t i = 0; i < places->n; i++) {
		const struct file_place_row *p = &places->v[i];
		bool exact = str_eq(utf8_fold(req->a, p->uai), typed);
		if (!exact && str_find(utf8_fold(req->a, p->school), typed) < 0)
			continue;
		if (!exact && ret->school_id > 0 && ret->school_id != p->school_id)
			form_fail(req, "ecole", _("Plusieurs écoles s’appellent ainsi : écrivez un mot de plus, ou le code de l’école."));
		ret->school_id = p->school_id;
		if (exact)
			return;
	}
}

enum err file_filter_of(struct req *req, const struct campaign *c, struct file_filter *ret)
{
	enum file_state state;
	struct file_place_row_list places;
	i64 days = form_given(req, "retard") ? form_int(req, "retard", 0) : 0;
	*ret = (struct file_filter){ .campaign_id = c->id, .state = S(""), .late = S("") };
	if (file_state_of(form_text(req, "etat"), &state))
		ret->state = str_c(file_states[state].code);
	(void)!str_i64(form_text(req, "vague"), &ret->wave_id);
	if (days > 0)
		ret->late = date_iso(req->a, date_of_days(date_days(today_paris()) - days));
	try(file_places(req->db, c->id, &places));
	if (form_given(req, "ecole"))
		take_school(req, &places, ret);
	return OK;
}

/* What follows "?" for the same filters. */
static str query_of(const struct req *req)
{
	static const char *const names[] = { "etat", "ecole", "vague", "retard", NULL };
	return fields_query(req, names);
}

static enum err put_filters(struct req *req, const struct campaign *c, struct files_page *page)
{
	const struct view *v = &req->v;
	struct file_place_row_list places;
	struct waves waves;
	try(file_places(req->db, c->id, &places));
	try(waves_of(req->db, c->id, &waves));
	page->states.v = arena_many(req->a, struct list_option, FS_COUNT);
	for (enum file_state s = 0; s < FS_JOINED; s++)
		page->states.v[page->states.n++] = (struct list_option){ str_c(file_states[s].code), tr_here(v, file_states[s].label),
			str_eq(form_text(req, "etat"), str_c(file_states[s].code)) };
	page->schools.v = arena_many(req->a, struct list_option, places.n + 1);
	for (size_t i = 0; i < places.n && places.n <= SCHOOLS_LISTED; i++)
		page->schools.v[page->schools.n++] = (struct list_option){ places.v[i].uai, places.v[i].school, str_eq(form_text(req, "ecole"), places.v[i].uai) };
	page->waves.v = arena_many(req->a, struct list_option, waves.n + 1);
	for (size_t i = 0; i < waves.n; i++) {
		str id = str_printf(req->a, "%lld", (long long)waves.v[i].id);
		page->waves.v[page->waves.n++] = (struct list_option){ id, _f("Vague {1}", number_shown(v->a, v->lang, waves.v[i].number)), str_eq(form_text(req,
			"vague"), id) };
	}
	return OK;
}

/* ---- lines ---- */

static str day_short(struct arena *a, struct date d) { return str_printf(a, "%02d/%02d/%d", d.d, d.m, d.y); }

static struct file_line line_of(struct req *req, const struct file_line_row *r, const struct household *h)
{
	const struct view *v = &req->v;
	enum file_state s = FS_IDENTIFIED;
	struct date since = today_paris();
	(void)file_state_of(r->state, &s);
	bool waits = *file_states[s].todo && s != FS_NOT_ELIGIBLE && date_parse(r->since_day, &since);
	i64 days = date_days(today_paris()) - date_days(since);
	return (struct file_line){ .public_id = r->public_id, .name = household_name(req->a, h), .school = r->school.p ? school_short(r->school) : S(""),
		.class_ = r->class.p ? r->class : S(""), .district = r->district, .state = state_label(v, r->state), .days = _n("un jour", "{n} jours", days),
		.contact = r->contact_at.set ? day_short(req->a, paris_of_ms(r->contact_at.v).date) : _("jamais"),
		.todo = *file_states[s].todo ? tr_here(v, file_states[s].todo) : S(""),
		.tick = str_printf(req->a, "%.*s.%lld", STR_ARG(r->public_id), (long long)r->version), .late = waits && days > LATE_DAYS };
}

static enum err put_lines(struct req *req, const struct campaign *c, const struct file_filter *f, i64 number, struct files_page *page)
{
	struct file_line_row_list rows;
	struct household h[FILES_A_PAGE];
	i64 ids[FILES_A_PAGE];
	try(file_list(req->db, f->campaign_id, f->state, f->school_id, f->wave_id, f->late, FILES_A_PAGE, (number - 1) * FILES_A_PAGE, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].root;
	try(households_shown(req, c->organisation_id, ids, rows.n, false, "files", h));
	page->lines.v = arena_many(req->a, struct file_line, rows.n + 1);
	for (; page->lines.n < rows.n; page->lines.n++)
		page->lines.v[page->lines.n] = line_of(req, &rows.v[page->lines.n], &h[page->lines.n]);
	return OK;
}

static str page_url(struct req *req, str path, str query, i64 number)
{
	return str_printf(req->a, "%.*s?%.*s%spage=%lld", STR_ARG(path), STR_ARG(query), query.n ? "&" : "", (long long)number);
}

/* Where the same families are invited to a meeting (src/meetings). */
static enum err invite_path(struct req *req, const struct file_filter *f, str *ret)
{
	struct file_place_row_list places;
	struct buf b = buf_new(req->a, 400);
	try(file_places(req->db, f->campaign_id, &places));
	buf_printf(&b, "/agent/campagnes/%lld/reunions?vague=%s", (long long)f->campaign_id, f->wave_id ? str_printf(req->a, "%lld", (long long)f->wave_id).p : "0");
	for (size_t i = 0; i < places.n; i++)
		if (places.v[i].school_id == f->school_id) {
			buf_printf(&b, "&ecole=%.*s", STR_ARG(places.v[i].uai));
			break;
		}
	if (f->state.n)
		buf_printf(&b, "&etat=%.*s", STR_ARG(f->state));
	*ret = buf_str(&b);
	return OK;
}

static enum err show(struct req *req)
{
	struct campaign c;
	struct file_filter f;
	i64 all, number = form_int(req, "page", 1);
	try(campaign_of(req, &c));
	try(file_filter_of(req, &c, &f));
	if (!form_ok(req))
		form_refused(req);
	str path = in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/campagnes/%lld/dossiers", (long long)c.id)), query = query_of(req);
	struct files_page page = { .form = req->form, .adults = campaign_of_adults(&c), .campaign = c.id, .name = c.f[C_NAME],
		.officer = file_who_of(req, &c) == FW_OFFICER,
		.saved = form_given(req, "fait"), .filtered = query.n > 0,
		.csv = str_printf(req->a, "%.*s.csv?%.*s", STR_ARG(path), STR_ARG(query)),
		.names_csv = str_printf(req->a, "%.*s-noms.csv?%.*s", STR_ARG(path), STR_ARG(query)) };
	try(put_filters(req, &c, &page));
	try(invite_path(req, &f, &page.invite));
	try(file_list_count(req->db, f.campaign_id, f.state, f.school_id, f.wave_id, f.late, &all));
	try(put_lines(req, &c, &f, number, &page));
	page.total = number_shown(req->a, req->v.lang, all);
	page.pager = pager_of(number, all, FILES_A_PAGE, page_url(req, path, query, number - 1), page_url(req, path, query, number + 1));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, FILES_ROUTE));
	return files_html(&req->v, &page);
}

enum err files_index(struct req *req)
{
	return show(req);
}

/* The campaigns whose families one may follow, for those who have no page of campaigns. */
enum err campaigns_of_families(struct req *req)
{
	struct family_campaign_row_list rows;
	struct family_campaigns page = { .n = 0 };
	try(file_campaigns(req->db, &rows));
	page.v = arena_many(req->a, struct family_campaign, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		if (accounts_may_in(req, CAP_PEOPLE, rows.v[i].organisation_id))
			page.v[page.n++] = (struct family_campaign){ rows.v[i].id, rows.v[i].name, rows.v[i].organisation };
	req->v.here = S("/agent/foyers");
	return family_campaigns_html(&req->v, &page);
}

/* ---- a gesture on several ---- */

struct batch {
	struct req *req;
	struct campaign c;
	struct file v[FILES_A_PAGE];
	struct household h[FILES_A_PAGE];
	bool can[FILES_A_PAGE], stale[FILES_A_PAGE];
	size_t n;
	str act;
};

/* "K7QM-2RXD.3": a file, at the version that the list showed. */
static enum err take_ticks(struct batch *b)
{
	const struct form *f = b->req->form;
	for (size_t i = 0; i < f->spec->n; i++) {
		const struct form_value *v = &f->values[i];
		if (strcmp(f->spec->fields[i].name, "dossier") != 0)
			continue;
		for (size_t k = 0; k < v->n_many && b->n < FILES_A_PAGE; k++) {
			str rest = v->many[k], id;
			i64 version;
			if (!str_next(&rest, '.', &id) || !str_i64(rest, &version))
				continue;
			enum err e = file_of(b->req, &b->c, id, &b->v[b->n]);
			if (e != OK && e != NOT_FOUND)
				return e;
			if (e == OK && form_bool(b->req, "confirme")) {
				b->stale[b->n] = b->v[b->n].version != version;
				b->v[b->n].version = version;
			}
			b->n += e == OK;
		}
	}
	return OK;
}

static bool is_call(str act) { return str_eq(act, S("jointe")) || str_eq(act, S("silence")); }

static bool batch_can(const struct batch *b, const struct file *f)
{
	if (is_call(b->act))
		return f->state != FS_JOINED;
	return file_step_check(f->state, FS_INVITED, file_who_of(b->req, &b->c), S("")) == FN_ALLOWED;
}

static enum err batch_tx(struct db *db, void *arg, str *ret_path)
{
	const struct batch *b = arg;
	struct file_doer who = { b->req->session->user_id, b->c.organisation_id };
	str today = date_iso(db_arena(db), today_paris());
	for (size_t i = 0; i < b->n; i++) {
		const struct file *f = &b->v[i];
		if (!b->can[i])
			continue;
		if (!is_call(b->act))
			try(file_step_make(db, f, FS_INVITED, today, S(""), &who));
		else if (str_eq(b->act, S("jointe")) && f->state == FS_IDENTIFIED)
			try(file_step_make(db, f, FS_CONTACTED, today, S(""), &who));
		else
			try(file_call_note(db, f, str_eq(b->act, S("jointe")), &who));
	}
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/dossiers?fait=1", (long long)b->c.id);
	return OK;
}

static str act_words(const struct view *v, str act)
{
	return str_eq(act, S("jointe")) ? _("Noter un appel : famille jointe") : str_eq(act, S("silence")) ? _("Noter un appel sans réponse")
		: _("Inviter à la présentation");
}

static enum err confirm(struct batch *b)
{
	struct req *req = b->req;
	const struct view *v = &req->v;
	i64 ids[FILES_A_PAGE];
	struct batch_page page = { .form = req->form, .campaign = b->c.id, .name = b->c.f[C_NAME], .act = b->act, .act_words = act_words(v, b->act),
		.lines = { .v = arena_many(req->a, struct batch_line, b->n + 1) } };
	for (size_t i = 0; i < b->n; i++)
		ids[i] = b->v[i].root;
	try(households_shown(req, b->c.organisation_id, ids, b->n, false, "batch", b->h));
	for (size_t i = 0; i < b->n; i++) {
		const struct file *f = &b->v[i];
		str state = tr_here(v, file_states[f->state].label);
		page.lines.v[page.lines.n++] = (struct batch_line){ f->public_id, household_name(req->a, &b->h[i]),
			b->can[i] ? state : _f("{1} : ne peut pas être invitée maintenant, et reste comme elle est", state),
			str_printf(req->a, "%.*s.%lld", STR_ARG(f->public_id), (long long)f->version), b->can[i] };
		page.can += b->can[i];
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, FILES_ROUTE));
	return batch_html(&req->v, &page);
}

enum err files_batch(struct req *req)
{
	const struct view *v = &req->v;
	struct batch *b = arena_one(req->a, struct batch);
	b->req = req;
	b->act = form_text(req, "geste");
	try(campaign_of(req, &b->c));
	try(take_ticks(b));
	if (!is_call(b->act) && !str_eq(b->act, S("inviter")))
		form_fail(req, "geste", _("Choisissez ce qu’il faut faire."));
	else if (!b->n)
		form_fail(req, "dossier", _("Cochez au moins une famille."));
	if (!form_ok(req))
		return show(req);
	for (size_t i = 0; i < b->n; i++)
		b->can[i] = b->stale[i] || batch_can(b, &b->v[i]);       /* a stale one is a conflict in the transaction */
	if (!form_bool(req, "confirme"))
		return confirm(b);
	enum err e = post_once(req, batch_tx, b);
	if (e != CONFLICT)
		return e;
	for (size_t i = 0; i < b->n; i++) {
		try(file_of(req, &b->c, b->v[i].public_id, &b->v[i]));
		b->can[i] = batch_can(b, &b->v[i]);
	}
	form_fail(req, "dossier", _("Quelqu’un vient de changer un de ces dossiers : rien n’a été noté. Voici où ils en sont."));
	form_refused(req);
	req->status = 409;
	return confirm(b);
}

/* ---- whom to call ---- */

enum err calls_show(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct file_call_row_list rows;
	i64 ids[CALLS_MOST];
	struct household *h = arena_many(req->a, struct household, CALLS_MOST);
	try(campaign_of(req, &c));
	try(file_to_call(req->db, c.id, CALLS_MOST, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].root;
	try(households_shown(req, c.organisation_id, ids, rows.n, true, "calls", h));
	struct calls_page page = { .campaign = c.id, .name = c.f[C_NAME], .today = date_shown(v, today_paris()),
		.v = arena_many(req->a, struct call_line, rows.n + 1) };
	for (; page.n < rows.n; page.n++) {
		const struct file_call_row *r = &rows.v[page.n];
		str phone = household_phone(&h[page.n]);
		page.no_phone |= !phone.n;
		page.v[page.n] = (struct call_line){ r->public_id, household_name(req->a, &h[page.n]), phone,
			r->school.p ? r->school : S(""), state_label(v, r->state), iso_date_shown(v, r->since_day), number_shown(v->a, v->lang, r->calls) };
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return calls_html(&req->v, &page);
}

/* ---- files to take away ---- */

#define CSV_MOST 5000
#define CSV_NAMES_MOST 200                       /* each is opened by the vault and written down as seen */

static enum err rows_of(struct req *req, i64 most, struct campaign *ret_campaign, struct file_line_row_list *ret)
{
	struct file_filter f;
	try(campaign_of(req, ret_campaign));
	try(file_filter_of(req, ret_campaign, &f));
	return file_list(req->db, f.campaign_id, f.state, f.school_id, f.wave_id, f.late, most, 0, ret);
}

static void put_file(struct req *req, const struct file_line_row *r, const struct household *h)
{
	const str cells[] = { h ? household_name(req->a, h) : S(""), r->public_id, str_printf(req->a, "%lld", (long long)r->wave), r->school.p ? r->school : S(""),
		r->class.p ? r->class : S(""), r->district, r->state, r->since_day };
	csv_row_typed(&req->out, h ? cells : cells + 1, lengthof(cells) - !h);
}

enum err files_csv(struct req *req)
{
	struct campaign c;
	struct file_line_row_list rows;
	try(rows_of(req, CSV_MOST, &c, &rows));
	buf_put(&req->out, S("dossier,vague,ecole,classe,quartier,etape,depuis\n"));
	for (size_t i = 0; i < rows.n; i++)
		put_file(req, &rows.v[i], NULL);
	resp_file(req, S("dossiers.csv"), true);
	return OK;
}

enum err files_names_csv(struct req *req)
{
	struct campaign c;
	struct file_line_row_list rows;
	struct household *h = arena_many(req->a, struct household, CSV_NAMES_MOST);
	i64 ids[CSV_NAMES_MOST];
	try(rows_of(req, CSV_NAMES_MOST, &c, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].root;
	try(households_shown(req, c.organisation_id, ids, rows.n, false, "export", h));
	buf_put(&req->out, S("famille,dossier,vague,ecole,classe,quartier,etape,depuis\n"));
	for (size_t i = 0; i < rows.n; i++)
		put_file(req, &rows.v[i], &h[i]);
	resp_file(req, S("dossiers-noms.csv"), true);
	return OK;
}
