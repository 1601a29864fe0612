/* Places come in and go out by hand: a new one, one that has closed, one that is put back; and those that no file has any more. */
#include "audit/audit.h"
#include "base/buf.h"
#include "base/timex.h"
#include "db/db.h"
#include "editing/life_html.h"
#include "editing/pages.h"
#include "html/escape.h"
#include "html/format.h"
#include "http/session.h"

#define NEW_ROUTE "/agent/lieux/nouveau"
#define OUT_ROUTE "/agent/lieux/:lieu/retirer"
#define AWAY_ROUTE "/agent/lieux/retires"

static str author(const struct req *req)
{
	return str_printf(req->a, "user:%lld", (long long)req->session->user_id);
}

static enum err line(struct db *db, const struct req *req, const char *action, i64 organisation, i64 place)
{
	return audit_write(db, &(struct audit){ .user_id = req->session->user_id, .organisation_id = organisation, .action = action, .object = "place",
		.object_id = place });
}

/* ---- a new one ---- */

static enum err show_new(struct req *req)
{
	struct edit_page page = { .form = req->form, .groups = edit_groups(&req->v) };
	req->v.here = S("/agent/lieux");
	try(form_stamp(req, NEW_ROUTE));
	return place_new_html(&req->v, &page);
}

enum err place_new_form(struct req *req)
{
	req->form->n_errors = 0;                 /* nobody has been asked yet */
	return show_new(req);
}

struct making { struct req *req; struct place place; };

static enum err make_tx(struct db *db, void *arg, str *ret_path)
{
	const struct making *m = arg;
	struct place_owned made;
	str id;
	try(place_make(db, &m->place, author(m->req), &id));
	try(place_owned(db, id, &made));
	*ret_path = history_path(m->req, id);
	return line(db, m->req, "place.make", made.organisation_id, made.place.place_id);
}

enum err place_new_post(struct req *req)
{
	const struct view *v = &req->v;
	struct place none = { .place_id = 0 };
	struct making m = { .req = req };
	for (enum place_field f = 0; f < P_COUNT; f++)
		none.f[f] = S("");
	if (form_ok(req))
		m.place = edit_read(req, edit_spec, &none);
	enum err e = OK;
	if (form_ok(req)) {
		try(place_amend_locate(req->db, &none, &m.place));
		m.place.f[P_STRUCTURE_PARENTE] = form_text(req, "structure");
		e = post_once(req, make_tx, &m);
	}
	if (e == INVALID)
		form_fail(req, "nom", _("Ces réponses ne font pas encore un lieu : il faut un nom, une adresse, un code postal et une commune."));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show_new(req);
}

/* ---- out ---- */

static enum err show_out(struct req *req, const struct place_owned *owned)
{
	struct take_out_page page = { .form = req->form, .id = owned->place.f[P_ID], .name = owned->place.f[P_NOM] };
	page.version = str_printf(req->a, "%lld", (long long)owned->version_id);
	req->v.here = S("/agent/lieux");
	try(form_stamp(req, OUT_ROUTE));
	return take_out_html(&req->v, &page);
}

enum err take_out_form(struct req *req)
{
	struct place_owned owned;
	req->form->n_errors = 0;
	try(place_owned(req->db, req_param(req, "lieu"), &owned));
	return show_out(req, &owned);
}

struct taking { struct req *req; struct place_owned owned; };

static enum err take_tx(struct db *db, void *arg, str *ret_path)
{
	const struct taking *t = arg;
	*ret_path = S(AWAY_ROUTE "?fait=1");
	try(place_take_out(db, &t->owned, author(t->req), form_text(t->req, "raison")));
	return line(db, t->req, "place.take-out", t->owned.organisation_id, t->owned.place.place_id);
}

enum err take_out_post(struct req *req)
{
	const struct view *v = &req->v;
	struct taking t = { .req = req };
	i64 seen = 0;
	try(place_owned(req->db, req_param(req, "lieu"), &t.owned));
	bool late = !str_i64(form_text(req, "version"), &seen) || seen != t.owned.version_id;
	enum err e = form_ok(req) && !late ? post_once(req, take_tx, &t) : OK;
	if (e == CONFLICT || (form_ok(req) && late))
		form_fail(req, "raison", _("Quelqu’un vient de changer ce lieu. Regardez-le à nouveau, puis retirez-le si c’est encore juste."));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show_out(req, &t.owned);
}

/* ---- back ---- */

static str why(const struct view *v, str reason)
{
	return choice_shown(v, away_reasons, reason);
}

/* After a merge was undone: what somebody had changed since, on the place that had been kept ("?reste=horaires,services&lieu=…"). */
static enum err put_left(struct req *req, struct away_page *page)
{
	struct place_owned kept;
	str rest = form_text(req, "reste"), labels[P_COUNT];
	size_t n = 0;
	for (str one; rest.n && n < lengthof(labels) && str_next(&rest, ',', &one);)
		if (place_field_named(one) < P_COUNT)
			labels[n++] = edit_label(&req->v, place_field_named(one));
	enum err e = n ? place_owned(req->db, form_text(req, "lieu"), &kept) : NOT_FOUND;
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	page->left = str_join(req->a, labels, n, S(", "));
	page->kept_code = kept.place.f[P_ID];
	page->kept_name = kept.place.f[P_NOM];
	return OK;
}

static enum err show_away(struct req *req)
{
	const struct view *v = &req->v;
	struct places_away out;
	struct places_lost lost;
	struct away_page page = { .form = req->form, .done = req->method == GET && form_given(req, "fait") };
	try(places_away(req->db, AWAY_MOST, &out));
	try(places_lost(req->db, AWAY_MOST, &lost));
	page.out.v = arena_many(req->a, struct away_line, out.n + 1);
	page.lost.v = arena_many(req->a, struct away_line, lost.n + 1);
	for (; page.out.n < out.n; page.out.n++) {
		const struct place_away *p = &out.v[page.out.n];
		page.out.v[page.out.n] = (struct away_line){ p->public_id, p->name, p->commune, why(v, p->reason), date_shown(v, paris_of_ms(p->at).date),
			p->kept_code, p->kept_name };
	}
	for (; page.lost.n < lost.n; page.lost.n++) {
		const struct place_lost *p = &lost.v[page.lost.n];
		page.lost.v[page.lost.n] = (struct away_line){ .id = p->public_id, .name = p->name, .commune = p->commune, .day = iso_date_shown(v, p->checked) };
	}
	if (page.done)
		try(put_left(req, &page));
	req->v.here = S("/agent/lieux");
	try(form_stamp(req, AWAY_ROUTE));
	return away_html(&req->v, &page);
}

enum err away_index(struct req *req)
{
	return show_away(req);
}

/* Where to go after a merge was undone: a page that tells what was left as it is. */
static str unmerged_path(struct req *req, const struct place_unmerged *un)
{
	struct buf b = buf_new(req->a, 4096);
	bool any = false;
	buf_put(&b, S(AWAY_ROUTE "?fait=1"));
	for (enum place_field f = 0; f < P_COUNT; f++)
		if (un->left[f] && f != P_DATE_MAJ) {
			buf_printf(&b, "%s%s", any ? "," : "&reste=", place_field_names[f]);
			any = true;
		}
	if (any) {
		buf_put(&b, S("&lieu="));
		esc_url_part(&b, un->kept_code);
	}
	return buf_str(&b);
}

static enum err back_tx(struct db *db, void *arg, str *ret_path)
{
	struct req *req = arg;
	struct place_owned back;
	struct place_unmerged un;
	str id = form_text(req, "remettre");
	enum err e = place_unmerge(db, id, author(req), &un);
	bool merged = e != NOT_FOUND;
	*ret_path = merged ? unmerged_path(req, &un) : S(AWAY_ROUTE "?fait=1");
	try(merged ? e : place_put_back(db, id, author(req)));
	try(place_owned(db, id, &back));
	return line(db, req, merged ? "place.unmerge" : "place.put-back", back.organisation_id, back.place.place_id);
}

enum err away_put_back(struct req *req)
{
	const struct view *v = &req->v;
	enum err e = form_ok(req) ? post_once(req, back_tx, req) : OK;
	if (e == NOT_FOUND)
		form_fail(req, "remettre", _("Ce lieu est déjà dans l’annuaire."));
	if (e == CONFLICT)
		form_fail(req, "remettre", _("La fiche avec laquelle ce lieu a été réuni est retirée elle aussi. Remettez-la d’abord."));
	if (form_ok(req))
		return e;
	form_refused(req);
	return show_away(req);
}
