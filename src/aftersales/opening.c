/* Noting that a family's computer has broken down: which, in plain words what happens, and what the family says, sealed. */
#include "aftersales/opening_html.h"
#include "aftersales/pages.h"
#include "db/id.h"
#include "http/session.h"

struct opening { struct req *req; struct care_at at; struct household h; struct ticket t; bool warned; };

static enum err look(struct req *req, struct opening *o)
{
	*o = (struct opening){ .req = req };
	return care_at(req, &o->at);
}

static enum err show(struct req *req, struct opening *o)
{
	const struct devices *devices = &o->at.devices;
	struct ticket_new_page page = { .form = req->form, .path = o->at.path, .back = o->at.back, .warned = o->warned };
	try(care_name(req, &o->at, &page.name));
	page.devices.v = arena_many(req->a, struct care_option, devices->n + 1);
	for (size_t i = 0; i < devices->n; i++) {
		const struct device *d = &devices->v[i];
		str words;
		if (d->state != SS_LENT)
			continue;
		try(care_device_words(req, d->id, &words));
		page.devices.v[page.devices.n++] = (struct care_option){ d->label, words, str_eq(form_text(req, "appareil"), d->label) };
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, o->at.by_device ? CARE_DEVICE_ROUTE "panne" : CARE_FILE_ROUTE "panne"));
	return ticket_new_html(&req->v, &page);
}

enum err ticket_new_form(struct req *req)
{
	struct opening o;
	try(look(req, &o));
	req->form->n_errors = 0;
	return o.at.f.id ? show(req, &o) : resp_redirect(req, o.at.back);
}

static enum err open_tx(struct db *db, void *arg, str *ret_path)
{
	const struct opening *o = arg;
	*ret_path = o->at.by_device ? str_printf(db_arena(db), "%.*s?fait=1", STR_ARG(o->at.back))
		: str_printf(db_arena(db), "/agent/campagnes/%lld/apres-vente/%lld?fait=1", (long long)o->at.c.id, (long long)o->t.id);
	return ticket_open(db, &o->t, &(struct file_doer){ o->req->session->user_id, o->at.c.organisation_id });
}

/* The only one, or the one that was chosen. */
static void take_device(struct req *req, struct opening *o)
{
	const struct view *v = &req->v;
	size_t lent = 0;
	str asked = form_given(req, "appareil") ? form_text(req, "appareil") : S("");
	for (size_t i = 0; i < o->at.devices.n; i++) {
		const struct device *d = &o->at.devices.v[i];
		lent += d->state == SS_LENT;
		if (d->state == SS_LENT && (!asked.n || str_eq(asked, d->label)))
			o->t.device_id = d->id;
	}
	if (!lent)
		form_fail(req, "appareil", _("Le stock ne dit pas quel ordinateur cette famille a : notez-le d’abord dans le stock."));
	else if (!o->t.device_id || (lent > 1 && !asked.n))
		form_fail(req, "appareil", _("Choisissez l’ordinateur qui est en panne."));
}

static void take_said(struct req *req, struct opening *o)
{
	u32 found = note_warnings(req->a, form_given(req, "dit") ? form_text(req, "dit") : S(""));
	o->warned = found != 0;
	for (enum note_warning w = 0; w < WARN_COUNT; w++)
		if (found & 1u << w && !form_bool(req, "relue"))
			form_fail(req, "dit", tr_here(&req->v, note_warning_text(w)));
}

static enum err seal(struct req *req, struct opening *o)
{
	struct vault_asker vault = vault_of(req);
	try(household_get(req->db, o->at.f.root, &o->h));
	o->t.household_id = o->h.id;
	o->t.sealed = S("");
	if (!form_given(req, "dit"))
		return OK;
	struct vault_own item = care_sealed(req->a, "care_ticket:said", o->h.id, o->h.key, o->t.id, form_text(req, "dit"));
	return vault_seal_own(&vault, &item, 1, &o->t.sealed);
}

enum err ticket_new_post(struct req *req)
{
	const struct view *v = &req->v;
	struct opening o;
	try(look(req, &o));
	if (!o.at.f.id)
		return resp_redirect(req, o.at.back);
	if (!care_file_has_device(o.at.f.state))
		form_fail(req, "appareil", _("Cette famille n’a pas d’ordinateur du plan en ce moment."));
	else
		take_device(req, &o);
	take_said(req, &o);
	o.t.id = id_new();
	o.t.file_id = o.at.f.id;
	o.t.opened = care_day(req, S(""));
	o.t.symptom = form_text(req, "symptome");
	enum err e = INVALID;
	if (form_ok(req)) {
		try(seal(req, &o));
		e = post_once(req, open_tx, &o);
		if (e == CONFLICT || e == INVALID)
			form_fail(req, "appareil", _("Quelqu’un vient de signaler cette panne, ou de reprendre cet ordinateur : rien n’est noté. Voyez le dossier de la famille."));
	}
	if (e != CONFLICT && e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req, &o);
}
