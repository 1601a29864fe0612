/* The list of places that one may edit, and the form of one. Two people at once: the second is told, field by field, what the first
 * wrote, and chooses. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/buf.h"
#include "db/db.h"
#include "editing/drafts_sql.h"
#include "editing/edit_html.h"
#include "editing/pages.h"
#include "html/escape.h"
#include "http/session.h"

#define EDIT_ROUTE "/agent/lieux/:lieu"

enum err scope_place(struct req *req)
{
	struct place_owned owned;
	try(place_owned(req->db, req_param(req, "lieu"), &owned));
	bool reached = session_may(req->session, CAP_NETWORK) || accounts_may_in(req, CAP_PLACES, owned.organisation_id);
	return reached ? OK : NOT_FOUND;
}

/* ---- the list ---- */

static str page_url(struct req *req, str words, i64 page)
{
	struct buf b = buf_new(req->a, 1024);
	put_prefix(&b, &req->v);
	buf_put(&b, S("/agent/lieux?q="));
	esc_url_part(&b, words);
	buf_printf(&b, "&page=%lld", (long long)page);
	return buf_str(&b);
}

static enum err all_places(struct req *req, struct edit_index_page *page)
{
	struct place_hits hits;
	struct place_query q = { .words = form_text(req, "q") };
	i64 number = form_int(req, "page", 1);
	try(directory_search(req->db, &q, number - 1, &hits));
	if (number > 1 && !hits.n)
		return NOT_FOUND;
	page->places = (struct place_names){ arena_many(req->a, struct place_name, hits.n), hits.n };
	for (size_t i = 0; i < hits.n; i++) {
		const str *f = hits.v[i].place.f;
		page->places.v[i] = (struct place_name){ f[P_ID], f[P_NOM], f[P_ADRESSE], f[P_COMMUNE] };
	}
	page->pager = pager_of(number, hits.total, PLACES_PAGE, page_url(req, q.words, number - 1), page_url(req, q.words, number + 1));
	return OK;
}

static enum err own_places(struct req *req, struct edit_index_page *page)
{
	const struct grants *g = req->session->grants;
	page->places.v = arena_many(req->a, struct place_name, OWNED_MOST);
	for (size_t i = 0; g && i < g->n; i++) {
		struct place_names some;
		if (!(g->v[i].caps & 1u << CAP_PLACES))
			continue;
		try(places_owned_by(req->db, g->v[i].organisation_id, OWNED_MOST, &some));
		for (size_t j = 0; j < some.n && page->places.n < OWNED_MOST; j++)
			page->places.v[page->places.n++] = some.v[j];
	}
	return OK;
}

enum err edit_index(struct req *req)
{
	struct edit_index_page page = { .form = req->form, .network = session_may(req->session, CAP_NETWORK) };
	req->v.here = S("/agent/lieux");
	try(page.network ? all_places(req, &page) : own_places(req, &page));
	try(drafts_list(req, &page.drafts));
	return edit_index_html(&req->v, &page);
}

/* ---- the form ---- */

static enum err show(struct req *req, const struct place_owned *owned, const struct draft *draft)
{
	struct edit_page page = { .form = draft->form, .draft = draft->day, .id = owned->place.f[P_ID], .name = owned->place.f[P_NOM], .groups = edit_groups(&req->v),
		.network = session_may(req->session, CAP_NETWORK) };
	page.version = draft->version.n ? draft->version : str_printf(req->a, "%lld", (long long)owned->version_id);
	page.kept = req->method == GET && form_given(req, "garde");
	req->v.here = S("/agent/lieux");
	try(form_stamp(req, EDIT_ROUTE));
	return edit_html(&req->v, &page);
}

enum err edit_show(struct req *req)
{
	struct place_owned owned;
	struct draft draft = { NULL };
	try(place_owned(req->db, req_param(req, "lieu"), &owned));
	enum err e = draft_of(req, owned.place.place_id, &draft);
	if (e == NOT_FOUND)
		draft = (struct draft){ .form = edit_form_of(req, edit_spec, &owned.place) };
	else if (e != OK)
		return e;
	return show(req, &owned, &draft);
}

struct saving { struct place_amend amend; struct audit line; bool late; };

static enum err save_tx(struct db *db, void *arg)
{
	struct saving *s = arg;
	enum err e = place_amend(db, &s->amend);
	s->late = e == CONFLICT;
	if (s->late)
		return OK;                       /* nothing was written */
	try(e);
	try(draft_forget(db, s->amend.place_id, s->line.user_id));
	return audit_write(db, &s->line);
}

/* What the place says now and the form does not, told at each field. False: they say the same. */
static bool tell_differences(struct req *req, const struct place *now, const struct place *typed)
{
	const struct view *v = &req->v;
	for (size_t i = 0; i < edit_spec->n; i++) {
		const char *name = edit_spec->fields[i].name;
		enum place_field f = place_field_named(str_c(name));
		if (f == P_COUNT || !typed->f[f].p || str_eq(now->f[f], typed->f[f]))
			continue;
		form_fail(req, name, now->f[f].n ? _f("Entre-temps, quelqu’un a écrit « {1} ». Gardez votre réponse, ou reprenez la sienne.", now->f[f])
			: _("Entre-temps, quelqu’un a vidé ce champ. Gardez votre réponse, ou videz-le."));
	}
	return !form_ok(req);
}

static enum err refuse(struct req *req, const struct place_owned *owned, int status)
{
	form_refused(req);
	req->status = status;
	return show(req, owned, &(struct draft){ .form = req->form });
}

/* Kept for later, or forgotten: then the form is asked again. */
static enum err set_aside(struct req *req, const struct place_owned *owned, bool keep)
{
	struct buf b = buf_new(req->a, 1024);
	try(keep ? draft_keep(req, owned->place.place_id) : draft_leave(req, owned->place.place_id));
	buf_put(&b, S("/agent/lieux/"));
	esc_url_part(&b, owned->place.f[P_ID]);
	buf_put(&b, keep ? S("?garde=1") : S(""));
	return resp_redirect(req, buf_str(&b));
}

enum err edit_save(struct req *req)
{
	struct place_owned owned;
	struct saving s = { .late = false };
	try(place_owned(req->db, req_param(req, "lieu"), &owned));
	str act = form_text(req, "geste");
	if (str_eq(act, S("garder")) || str_eq(act, S("oublier")))
		return set_aside(req, &owned, str_eq(act, S("garder")));
	if (form_ok(req))
		s.amend.place = edit_read(req, edit_spec, &owned.place);
	if (!form_ok(req))
		return refuse(req, &owned, 422);
	try(place_amend_locate(req->db, &owned.place, &s.amend.place));
	s.amend.place_id = owned.place.place_id;
	s.amend.place.f[P_ID] = owned.place.f[P_ID];
	s.amend.author = str_printf(req->a, "user:%lld", (long long)req->session->user_id);
	if (!str_i64(form_text(req, "version"), &s.amend.version_id))
		s.amend.version_id = 0;
	s.line = (struct audit){ .user_id = req->session->user_id, .organisation_id = owned.organisation_id, .action = "place.edit", .object = "place",
		.object_id = owned.place.place_id };
	try(db_tx(req->db, save_tx, &s));
	if (s.late) {
		try(place_owned(req->db, req_param(req, "lieu"), &owned));
		if (tell_differences(req, &owned.place, &s.amend.place))
			return refuse(req, &owned, 409);
	}
	return resp_redirect(req, history_path(req, owned.place.f[P_ID]));
}
