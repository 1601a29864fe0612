/* What changed in a place, field by field, and taking a change back: the value of before is stored again, as one change more. */
#include "audit/audit.h"
#include "base/buf.h"
#include "db/db.h"
#include "editing/history_html.h"
#include "editing/pages.h"
#include "html/escape.h"
#include "html/format.h"
#include "http/session.h"

#define HISTORY_ROUTE "/agent/lieux/:lieu/historique"

str history_path(struct req *req, str public_id)
{
	struct buf b = buf_new(req->a, 1024);
	buf_put(&b, S("/agent/lieux/"));
	esc_url_part(&b, public_id);
	buf_put(&b, S("/historique?fait=1"));
	return buf_str(&b);
}

static str who(const struct req *req, str author)
{
	const struct view *v = &req->v;
	str mine = str_printf(req->a, "user:%lld", (long long)req->session->user_id);
	return str_eq(author, mine) ? _("vous") : str_starts(author, S("user:")) ? _f("compte {1}", str_slice(author, 5, author.n))
		: str_starts(author, S("census ")) ? _f("recensement {1}", str_slice(author, 7, author.n)) : author;
}

static enum err show(struct req *req)
{
	struct place_owned owned;
	struct place_pasts pasts;
	try(place_owned(req->db, req_param(req, "lieu"), &owned));
	try(place_pasts(req->db, owned.place.place_id, HISTORY_MOST, &pasts));
	struct history_page page = { .id = owned.place.f[P_ID], .name = owned.place.f[P_NOM], .form = req->form, .saved = form_given(req, "fait") };
	page.v = arena_many(req->a, struct past_line, pasts.n);
	for (size_t i = 0; i < pasts.n; i++) {
		const struct place_past *p = &pasts.v[i];
		bool ours = p->field != P_ID && p->field != P_DATE_MAJ;
		if (p->field == P_DATE_MAJ || p->field == P_ID)
			continue;
		page.v[page.n++] = (struct past_line){ p->id, date_shown(&req->v, paris_of_ms(p->at).date), edit_label(&req->v, p->field),
			edit_words(&req->v, p->field, p->before), edit_words(&req->v, p->field, p->after), who(req, p->author),
			ours && !str_eq(owned.place.f[p->field], p->before.p ? p->before : S("")) };
	}
	req->v.here = S("/agent/lieux");
	try(form_stamp(req, HISTORY_ROUTE));
	return history_html(&req->v, &page);
}

enum err history_index(struct req *req)
{
	return show(req);
}

struct restoring { struct place_amend amend; struct audit line; };

static enum err restore_tx(struct db *db, void *arg)
{
	struct restoring *r = arg;
	try(place_amend(db, &r->amend));
	return audit_write(db, &r->line);
}

static enum err refuse(struct req *req, str why)
{
	form_fail(req, "remettre", why);
	form_refused(req);
	req->status = 409;
	return show(req);
}

enum err history_restore(struct req *req)
{
	const struct view *v = &req->v;
	struct place_owned owned;
	struct place_pasts pasts;
	struct restoring r = { .line = { .user_id = req->session->user_id, .action = "place.restore", .object = "place" } };
	try(place_owned(req->db, req_param(req, "lieu"), &owned));
	try(place_pasts(req->db, owned.place.place_id, HISTORY_MOST, &pasts));
	const struct place_past *chosen = NULL;
	for (size_t i = 0; i < pasts.n; i++)
		if (pasts.v[i].id == form_int(req, "remettre", 0))
			chosen = &pasts.v[i];
	if (!chosen || chosen->field == P_ID)
		return refuse(req, _("Ce changement n’est plus dans la liste. Choisissez-en un autre."));
	r.line.organisation_id = owned.organisation_id;
	r.line.object_id = owned.place.place_id;
	r.amend = (struct place_amend){ .place_id = owned.place.place_id, .version_id = owned.version_id,
		.author = str_printf(req->a, "user:%lld", (long long)req->session->user_id) };
	r.amend.place.f[P_ID] = owned.place.f[P_ID];
	r.amend.place.f[chosen->field] = chosen->before.p ? chosen->before : S("");
	enum err e = db_tx(req->db, restore_tx, &r);
	if (e == CONFLICT || e == INVALID)
		return refuse(req, e == INVALID ? _("Cette valeur ne peut plus être remise : le lieu doit garder un nom, une adresse et une commune.")
			: _("Quelqu’un vient de changer ce lieu. Regardez la liste, puis réessayez."));
	try(e);
	return resp_redirect(req, history_path(req, owned.place.f[P_ID]));
}
