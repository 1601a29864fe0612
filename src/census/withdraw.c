/* /agent/recensement/editions/:edition: a closed edition, and the contacts that were withdrawn from it. The frozen record is never
 * changed; a withdrawal lies on top of it wherever it is read for people. */
#include "census/pages.h"

#include "audit/audit.h"
#include "base/timex.h"
#include "census/edition_html.h"
#include "db/id.h"
#include "html/format.h"
#include "http/session.h"

#define ARENA_ROOM ((size_t)1 << 30)
#define EDITION_ROUTE "/agent/recensement/editions/:edition"

static enum err line(struct db *db, i64 user, const char *action, i64 edition, str detail)
{
	return audit_write(db, &(struct audit){ .user_id = user, .action = action, .object = "census-edition", .object_id = edition, .detail = detail });
}

enum err census_withdraw_contact(struct db *db, const struct withdrawal *w)
{
	struct census_edition edition;
	struct opt_i64 user = { w->user_id, w->user_id != 0 };
	if (!choice_label(withdrawal_contacts, w->contact) || !choice_label(withdrawal_reasons, w->reason))
		return INVALID;
	try(census_named(db, w->edition, &edition));
	if (!str_eq(edition.state, S("closed")))
		return NOT_FOUND;
	try(census_withdraw(db, id_new(), edition.id, w->public_id, w->contact, w->reason, now_ms(), user));
	if (!db_changes(db))
		return OK;                       /* it was withdrawn already */
	try(generation_bump(db, GEN_DIRECTORY));
	return line(db, w->user_id, "census.withdraw", edition.id, str_printf(db_arena(db), "contact=%.*s, reason=%.*s", STR_ARG(w->contact), STR_ARG(w->reason)));
}

enum err census_withdrawn_since(struct db *db, str edition, i64 ms, bool *ret)
{
	i64 n;
	try(census_withdrawn_n(db, edition, ms, &n));
	*ret = n > 0;
	return OK;
}

/* ---- the page ---- */

static enum err closed_of(struct req *req, struct census_edition *ret)
{
	req->v.here = S("/agent/recensement");
	try(census_named(req->db, req_param(req, "edition"), ret));
	return str_eq(ret->state, S("closed")) ? OK : NOT_FOUND;
}

static enum err show(struct req *req, const struct census_edition *edition)
{
	const struct view *v = &req->v;
	struct census_withdrawal_row_list rows;
	struct edition_page page = { .form = req->form, .name = edition->name, .digest = edition->digest, .places = edition->places,
		.whole = edition->record_digest.n > 0, .saved = req->method == GET && form_given(req, "fait") };
	page.closed = date_shown(v, paris_of_ms(edition->closed_at.v).date);
	try(census_withdrawals(req->db, edition->id, &rows));
	page.v = arena_many(req->a, struct withdrawal_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct census_withdrawal_row *r = &rows.v[page.n];
		page.v[page.n] = (struct withdrawal_line){ r->id, r->public_id, choice_shown(v, withdrawal_contacts, r->contact),
			choice_shown(v, withdrawal_reasons, r->reason), date_shown(v, paris_of_ms(r->at).date) };
	}
	try(form_stamp(req, EDITION_ROUTE));
	return census_edition_html(&req->v, &page);
}

enum err census_edition_page(struct req *req)
{
	struct census_edition edition;
	try(closed_of(req, &edition));
	return show(req, &edition);
}

/* ---- what is done ---- */

struct acting { struct req *req; const struct census_edition *edition; };

static enum err act_tx(struct db *db, void *arg, str *ret_path)
{
	const struct acting *t = arg;
	struct req *req = t->req;
	i64 back = form_int(req, "remettre", 0), user = req->session->user_id;
	*ret_path = str_printf(req->a, "/agent/recensement/editions/%.*s?fait=1", STR_ARG(t->edition->name));
	if (!back)
		return census_withdraw_contact(db, &(struct withdrawal){ t->edition->name, form_text(req, "lieu"), form_text(req, "contact"),
			form_text(req, "raison"), user });
	try(census_unwithdraw(db, t->edition->id, back));
	if (!db_changes(db))
		return OK;
	try(generation_bump(db, GEN_DIRECTORY));
	return line(db, user, "census.unwithdraw", t->edition->id, S(""));
}

static bool holds(const struct frozen *f, str public_id)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].place.f[P_ID], public_id))
			return true;
	return false;
}

/* An edition is more than a request has room for. */
static enum err look_for(struct req *req, str edition, bool *ret)
{
	cleanup(arena_freep) struct arena *a = arena_new(ARENA_ROOM);
	struct arena *outer = db_arena(req->db);
	struct frozen frozen;
	db_use_arena(req->db, a);
	enum err e = census_places(req->db, edition, &frozen);
	db_use_arena(req->db, outer);
	*ret = e == OK && holds(&frozen, form_text(req, "lieu"));
	return e;
}

static enum err check(struct req *req, const struct census_edition *edition)
{
	const struct view *v = &req->v;
	bool there;
	if (!form_given(req, "contact"))
		form_fail(req, "contact", _("Dites ce qui est retiré."));
	if (!form_given(req, "raison"))
		form_fail(req, "raison", _("Dites pourquoi."));
	if (!form_given(req, "lieu")) {
		form_fail(req, "lieu", _("Écrivez le code du lieu."));
		return OK;
	}
	try(look_for(req, edition->name, &there));
	if (!there)
		form_fail(req, "lieu", _("Cette édition n’a pas de lieu de ce code."));
	return OK;
}

enum err census_edition_act(struct req *req)
{
	struct census_edition edition;
	try(closed_of(req, &edition));
	if (form_ok(req) && !form_given(req, "remettre"))
		try(check(req, &edition));
	if (form_ok(req))
		return post_once(req, act_tx, &(struct acting){ req, &edition });
	form_refused(req);
	return show(req, &edition);
}
