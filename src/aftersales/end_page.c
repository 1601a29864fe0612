/* A computer given back, lost or stolen: noted by who runs the programme; a theft with its declaration, sealed. The same page says what was
 * noted, and takes it back. */
#include "aftersales/end_page_html.h"
#include "aftersales/pages.h"
#include "db/id.h"
#include "http/session.h"

struct ending { struct req *req; bool lost, noted, officer; struct care_at at; struct household h; struct loan_end e; };

static enum err look(struct req *req, bool lost, struct ending *x)
{
	*x = (struct ending){ .req = req, .lost = lost };
	try(care_at(req, &x->at));
	x->officer = file_who_of(req, &x->at.c) == FW_OFFICER;
	enum err e = x->at.by_device ? NOT_FOUND : end_of_file(req->db, x->at.f.id, lost, &x->e);
	x->noted = e == OK;
	return e == NOT_FOUND ? OK : e;
}

/* ---- showing ---- */

static void put_reasons(struct req *req, const struct ending *x, struct end_page *page)
{
	const struct view *v = &req->v;
	page->reasons.v = arena_many(req->a, struct care_option, 8);
	for (const struct file_reason *r = file_reasons; r->code; r++)
		if (r->kind == (x->lost ? FR_LOST : FR_RETURN) && page->reasons.n < 8)
			page->reasons.v[page->reasons.n++] = (struct care_option){ str_c(r->code), tr_here(v, r->label), str_eq(form_text(req, "raison"), str_c(r->code)) };
}

static enum err put_devices(struct req *req, const struct ending *x, struct end_page *page)
{
	page->devices.v = arena_many(req->a, struct care_option, x->at.devices.n + 1);
	for (size_t i = 0; i < x->at.devices.n; i++) {
		const struct device *d = &x->at.devices.v[i];
		str words;
		if (d->state != SS_LENT)
			continue;
		try(care_device_words(req, d->id, &words));
		page->devices.v[page->devices.n++] = (struct care_option){ d->label, words, str_eq(form_text(req, "appareil"), d->label) };
	}
	return OK;
}

/* The declaration of a theft: "number\nday\nstation". */
static enum err put_report(struct req *req, const struct ending *x, struct end_page *page)
{
	struct vault_asker vault = vault_of(req);
	str rest, day = S("");
	page->number = page->report_day = page->station = S("");
	if (!x->noted || !x->e.sealed.n || !x->e.key.n)
		return OK;
	struct vault_own item = care_sealed(req->a, "care_end:report", x->e.household_id, x->e.key, x->e.id, x->e.sealed);
	try(vault_open_own(&vault, S("a declaration of theft"), &item, 1, &rest));
	(void)(str_next(&rest, '\n', &page->number) && str_next(&rest, '\n', &day) && str_next(&rest, '\n', &page->station));
	page->report_day = iso_date_shown(&req->v, day);
	return OK;
}

static enum err show(struct req *req, struct ending *x)
{
	const struct view *v = &req->v;
	struct end_page page = { .form = req->form, .campaign = x->at.c.id, .public_id = x->at.f.public_id, .path = x->at.path,
		.back = x->at.back, .officer = x->officer, .noted = x->noted, .saved = form_given(req, "fait"),
		.kind = x->e.kind.p ? x->e.kind : S(""), .day = x->noted ? iso_date_shown(v, x->e.day) : S(""),
		.reason = x->noted ? tr_here(v, file_reason_label(x->e.reason)) : S(""), .version = str_printf(req->a, "%lld", (long long)x->at.f.version),
		.blocked = S(""), .spare = x->e.spare };
	if (!x->noted && !care_file_has_device(x->at.f.state) && !x->at.devices.n)
		page.blocked = _("Cette famille n’a pas d’ordinateur du plan en ce moment.");
	try(care_name(req, &x->at, &page.name));
	put_reasons(req, x, &page);
	try(put_devices(req, x, &page));
	try(care_device_words(req, x->noted ? x->e.device_id : 0, &page.device));
	try(put_report(req, x, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, x->at.by_device ? x->lost ? CARE_DEVICE_ROUTE "perte" : CARE_DEVICE_ROUTE "retour"
		: x->lost ? CARE_FILE_ROUTE "perte" : CARE_FILE_ROUTE "retour"));
	return x->lost ? loss_html(&req->v, &page) : return_html(&req->v, &page);
}

static enum err form_of(struct req *req, bool lost)
{
	struct ending x;
	try(look(req, lost, &x));
	req->form->n_errors = 0;
	return x.at.f.id ? show(req, &x) : resp_redirect(req, x.at.back);
}

enum err return_form(struct req *req) { return form_of(req, false); }
enum err loss_form(struct req *req) { return form_of(req, true); }

/* ---- doing ---- */

enum act { ACT_NONE, ACT_NOTE, ACT_UNDO, ACT_FOUND, ACT_FOUND_KEPT };
struct doing { struct ending *x; enum act act; struct ticket ticket; str day; };

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	const struct ending *x = d->x;
	struct file_doer who = { x->req->session->user_id, x->at.c.organisation_id };
	*ret_path = str_printf(db_arena(db), "%.*s?fait=1", STR_ARG(x->at.back));
	switch (d->act) {
	case ACT_NOTE:
		if (x->e.spare)
			try(ticket_spare_back(db, &d->ticket, x->e.day, x->lost, &who));
		return x->e.spare && !x->lost ? OK : end_note(db, &x->at.f, &x->e, &who);
	case ACT_UNDO: return end_undo(db, &x->at.f, &x->e, &who);
	case ACT_FOUND: return end_found(db, &x->at.f, &x->e, false, d->day, &who);
	case ACT_FOUND_KEPT: return end_found(db, &x->at.f, &x->e, true, d->day, &who);
	case ACT_NONE: break;
	}
	return INVALID;
}

/* The only one that the family has, or the one that was chosen. */
static void take_device(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct ending *x = d->x;
	size_t lent = 0;
	str asked = form_given(req, "appareil") ? form_text(req, "appareil") : S("");
	for (size_t i = 0; i < x->at.devices.n; i++) {
		const struct device *one = &x->at.devices.v[i];
		lent += one->state == SS_LENT;
		if (one->state == SS_LENT && (!asked.n || str_eq(asked, one->label)))
			x->e.device_id = one->id;
	}
	if (lent && (!x->e.device_id || (lent > 1 && !asked.n)))
		form_fail(req, "appareil", _("Choisissez l’ordinateur."));
	x->e.spare = d->ticket.id && x->e.device_id && x->e.device_id == d->ticket.spare_id;
	if (d->ticket.id && !x->e.spare)
		form_fail(req, "appareil", _("Une panne de cet ordinateur est encore suivie : notez d’abord comment elle finit."));
	else if (!x->e.spare && !care_file_has_device(x->at.f.state))
		form_fail(req, "appareil", _("Cette famille n’a pas d’ordinateur du plan en ce moment."));
	else if (x->e.spare && !x->lost && !x->at.by_device)
		form_fail(req, "appareil", _("C’est un ordinateur de prêt : son retour se note dans le suivi de la panne."));
}

/* A theft has a declaration to the police: its number, its day, where. */
static enum err take_report(struct req *req, struct doing *d, str *ret)
{
	const struct view *v = &req->v;
	struct date day = { 0, 0, 0 };
	*ret = S("");
	if (!str_eq(d->x->e.kind, S("stolen")))
		return OK;
	for (size_t i = 0; i < req->form->spec->n; i++)
		if (!strcmp(req->form->spec->fields[i].name, "depose") && req->form->values[i].date.set)
			day = (struct date){ req->form->values[i].date.y, req->form->values[i].date.m, req->form->values[i].date.d };
	if (!form_given(req, "numero"))
		form_fail(req, "numero", _("Un vol se note avec le numéro de sa déclaration à la police ou à la gendarmerie. Sans elle, notez une perte."));
	if (!day.y)
		form_fail(req, "depose", _("Écrivez le jour de la déclaration."));
	else if (date_days(day) > date_days(today_paris()))
		form_fail(req, "depose", _("Ce jour n’est pas encore venu."));
	if (!form_given(req, "poste"))
		form_fail(req, "poste", _("Écrivez où elle a été déposée."));
	*ret = str_printf(req->a, "%.*s\n%.*s\n%.*s\n", STR_ARG(form_text(req, "numero")), STR_ARG(date_iso(req->a, day)), STR_ARG(form_text(req, "poste")));
	return OK;
}

static enum err take_note(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct ending *x = d->x;
	struct vault_asker vault = vault_of(req);
	str report;
	d->act = ACT_NOTE;
	x->e = (struct loan_end){ .id = id_new(), .file_id = x->at.f.id, .household_id = x->at.f.root, .sealed = S(""),
		.reason = form_given(req, "raison") ? form_text(req, "raison") : S("") };
	x->e.kind = x->lost ? x->e.reason : S("returned");
	enum err e = ticket_live(req->db, x->at.f.id, &d->ticket);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == NOT_FOUND)
		d->ticket.id = 0;
	if (!file_reason_fits(x->lost ? FR_LOST : FR_RETURN, x->e.reason))
		form_fail(req, "raison", x->lost ? _("Dites s’il est perdu ou volé.") : _("Choisissez pourquoi."));
	take_device(req, d);
	x->e.day = care_day(req, x->e.spare ? S("") : x->at.f.since);
	try(take_report(req, d, &report));
	if (!form_ok(req) || !report.n)
		return OK;
	try(household_get(req->db, x->at.f.root, &x->h));
	struct vault_own item = care_sealed(req->a, "care_end:report", x->h.id, x->h.key, x->e.id, report);
	return vault_seal_own(&vault, &item, 1, &x->e.sealed);
}

static enum err take(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	str act = form_text(req, "geste");
	d->day = S("");
	if (!d->x->noted)
		return take_note(req, d);
	d->act = str_eq(act, S("annuler")) ? ACT_UNDO : str_eq(act, S("retrouve")) ? ACT_FOUND : str_eq(act, S("garde")) ? ACT_FOUND_KEPT : ACT_NONE;
	if (d->act == ACT_NONE)
		form_fail(req, "appareil", _("C’est déjà noté : voici ce qui l’a été."));
	else if (!d->x->officer)
		form_fail(req, "appareil", _f("Cela se décide à la conduite des programmes de {1} : demandez-lui.", d->x->at.c.organisation));
	else if (d->act != ACT_UNDO)
		d->day = care_day(req, d->x->e.day);
	return OK;
}

static enum err post_of(struct req *req, bool lost)
{
	const struct view *v = &req->v;
	struct ending x;
	struct doing d = { .x = &x };
	try(look(req, lost, &x));
	if (!x.at.f.id)
		return resp_redirect(req, x.at.back);
	i64 shown = form_int(req, "version", -1), now = x.at.f.version;
	enum err e = CONFLICT;
	x.at.f.version = shown;
	if (shown == now) {
		try(take(req, &d));
		e = form_ok(req) ? post_once(req, do_tx, &d) : INVALID;
	} else {
		e = post_once(req, do_tx, &d);   /* sent twice: the answer of the first time */
		e = e == INVALID ? CONFLICT : e;
	}
	if (e != CONFLICT && e != INVALID)
		return e;
	try(look(req, lost, &x));
	if (e == CONFLICT)
		form_fail(req, "appareil", _("Quelqu’un vient de changer ce dossier ou cet ordinateur : rien de ce que vous aviez choisi n’est noté. Voici où il en est."));
	else if (form_ok(req))
		form_fail(req, "appareil", _("L’ordinateur, ou le dossier de la famille, n’est plus là où il était : rien n’est noté. Voyez le stock, et le dossier."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show(req, &x);
}

enum err return_post(struct req *req) { return post_of(req, false); }
enum err loss_post(struct req *req) { return post_of(req, true); }
