/* Handover days of a campaign: made, filled with the families to whom a device is allocated, moved by hand, called, and gone through on the day. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "db/id.h"
#include "handover/days_html.h"
#include "handover/pages.h"
#include "http/session.h"
#include "schools/schools.h"

#define EVENTS_SHOWN 15

/* ---- the days of a campaign ---- */

static enum err put_schools(struct req *req, const struct campaign *c, struct days_page *page)
{
	struct handover_named_row_list rows;
	try(handover_school_named(req->db, c->id, &rows));
	page->schools.v = arena_many(req->a, struct school_option, rows.n + 1);
	for (; page->schools.n < rows.n; page->schools.n++)
		page->schools.v[page->schools.n] = (struct school_option){ rows.v[page->schools.n].uai, rows.v[page->schools.n].name,
			str_eq(form_text(req, "ecole"), rows.v[page->schools.n].uai) };
	return OK;
}

static enum err show_days(struct req *req, const struct campaign *c)
{
	const struct view *v = &req->v;
	struct handover_day_line_list rows;
	struct days_page page = { .form = req->form, .campaign = c->id, .name = c->f[C_NAME], .saved = req->method == GET && form_given(req, "fait") };
	try(handover_days_of(req->db, c->id, DAYS_MOST, &rows));
	page.v = arena_many(req->a, struct day_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct handover_day_line *r = &rows.v[page.n];
		page.v[page.n] = (struct day_line){ r->id, iso_date_shown(v, r->day), r->place, _f("de {1} à {2}", clock_shown(v, (int)(r->from_minute)),
			clock_shown(v, (int)(r->from_minute + r->slots * r->slot_minutes))), str_printf(v->a, "%lld / %lld", (long long)r->placed,
			(long long)(r->slots * r->per_slot)), number_shown(v->a, v->lang, r->handed), r->cancelled != 0 };
	}
	try(put_schools(req, c, &page));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, DAYS_ROUTE));
	return handover_days_html(&req->v, &page);
}

enum err handover_index(struct req *req)
{
	struct campaign c;
	try(campaign_of(req, &c));
	form_put(req->form, "debut", S("9:00"));
	form_put(req->form, "duree", S("20"));
	form_put(req->form, "creneaux", S("9"));
	form_put(req->form, "places", S("3"));
	req->form->n_errors = 0;
	return show_days(req, &c);
}

struct making { struct req *req; struct campaign c; struct handover_day_row d; };

static enum err note(struct db *db, const struct making *m, i64 day, const char *what, struct opt_i64 file, str before, str after)
{
	i64 user = m->req->session->user_id;
	try(handover_event_put(db, id_new(), day, str_c(what), file, before, after, user, now_ms()));
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = m->c.organisation_id, .object = "handover_day", .object_id = day,
		.action = "handover.plan", .detail = str_printf(db_arena(db), "what=%s", what) });
}

static enum err make_tx(struct db *db, void *arg, str *ret_path)
{
	struct making *m = arg;
	const struct handover_day_row *d = &m->d;
	i64 id = id_new();
	try(handover_day_insert(db, id, m->c.id, d->day, d->place, d->school_id, d->from_minute, d->slot_minutes, d->slots, d->per_slot, now_ms()));
	*ret_path = str_printf(db_arena(db), "/agent/campagnes/%lld/remises/%lld?fait=1", (long long)m->c.id, (long long)id);
	return note(db, m, id, "made", (struct opt_i64){ 0 }, S(""), d->day);
}

static str day_typed_in(const struct req *req, const char *name)
{
	const struct form *f = req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		if (strcmp(f->spec->fields[i].name, name) == 0 && f->values[i].date.set)
			return date_iso(req->a, (struct date){ f->values[i].date.y, f->values[i].date.m, f->values[i].date.d });
	return S("");
}

static enum err take_day(struct req *req, struct making *m)
{
	const struct view *v = &req->v;
	struct handover_day_row *d = &m->d;
	struct school s = { .name = S("") };
	d->day = day_typed_in(req, "jour");
	d->slot_minutes = form_int(req, "duree", 20);
	d->slots = form_int(req, "creneaux", 1);
	d->per_slot = form_int(req, "places", 1);
	if (!minute_read(form_given(req, "debut") ? form_text(req, "debut") : S("9:00"), &d->from_minute))
		form_fail(req, "debut", _("Écrivez une heure comme 9:00."));
	else if (d->from_minute + d->slots * d->slot_minutes > 24 * 60)
		form_fail(req, "creneaux", _("Ces créneaux passent minuit : moins de créneaux, ou plus courts."));
	if (form_given(req, "ecole")) {
		enum err e = school_by_uai(req->db, form_text(req, "ecole"), &s);
		if (e == NOT_FOUND)
			form_fail(req, "ecole", _("Choisissez une des écoles proposées."));
		else if (e != OK)
			return e;
		d->school_id = (struct opt_i64){ s.id, e == OK };
	}
	d->place = form_given(req, "lieu") ? form_text(req, "lieu") : s.name;
	if (!d->place.n)
		form_fail(req, "lieu", _("Écrivez où les familles viennent, ou choisissez une école."));
	return OK;
}

enum err handover_day_post(struct req *req)
{
	struct making m = { .req = req };
	try(campaign_of(req, &m.c));
	try(take_day(req, &m));
	if (form_ok(req))
		return post_once(req, make_tx, &m);
	form_refused(req);
	return show_days(req, &m.c);
}

/* ---- one day ---- */

static str event_told_words(const struct view *v, const struct handover_event_row *e)
{
	str file = e->file.p ? e->file : S("");
	if (str_eq(e->what, S("placed")))
		return _f("{1} placée à {2}", file, e->after);
	if (str_eq(e->what, S("moved")))
		return _f("{1} déplacée de {2} à {3}", file, e->before, e->after);
	if (str_eq(e->what, S("removed")))
		return _f("{1} enlevée de ce jour", file);
	if (str_eq(e->what, S("cancelled")))
		return _("Jour annulé");
	return str_eq(e->what, S("restored")) ? _("Jour rétabli") : _("Jour prévu");
}

static enum err put_told(struct req *req, const struct handover_day_row *d, struct day_page *page)
{
	struct vault_asker vault = vault_of(req);
	struct handover_event_row_list rows;
	i64 ids[EVENTS_SHOWN];
	str names[EVENTS_SHOWN];
	try(handover_events(req->db, d->id, EVENTS_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		ids[i] = rows.v[i].user_id;
	try(accounts_names(req->db, &vault, ids, rows.n, names));
	page->events.v = arena_many(req->a, struct event_told, rows.n + 1);
	for (; page->events.n < rows.n; page->events.n++)
		page->events.v[page->events.n] = (struct event_told){ date_shown(&req->v, paris_of_ms(rows.v[page->events.n].at).date),
			event_told_words(&req->v, &rows.v[page->events.n]), names[page->events.n] };
	return OK;
}

enum err handover_notices_of(struct req *req, i64 day_id, struct handover_notice_row_list *ret)
{
	try(handover_notices(req->db, day_id, ret));
	ret->n = ret->n < BOOKED_MOST ? ret->n : BOOKED_MOST;
	return OK;
}

/* What each knows; those that somebody must call, booked here or taken off since. */
static enum err put_notices(struct req *req, const struct campaign *c, const struct handover_day_row *d, struct day_page *page)
{
	const struct view *v = &req->v;
	struct handover_notice_row_list rows;
	struct household h[BOOKED_MOST];
	i64 roots[BOOKED_MOST];
	try(handover_notices_of(req, d->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, c->organisation_id, roots, rows.n, false, "handover day", h));
	page->calls.v = arena_many(req->a, struct booked_line, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		const struct handover_notice_row *r = &rows.v[i];
		struct notice_state s = notice_state_of(d, r);
		str told = notice_words(v, r, &s);
		page->untold += !s.asked && str_eq(r->file_state, S("allocated"));
		page->unwritten += s.waits && s.due != N_NOTHING;
		page->letters += s.to_call;
		for (size_t k = 0; k < page->booked.n; k++)
			if (str_eq(page->booked.v[k].public_id, r->public_id)) {
				page->booked.v[k].told = told;
				page->booked.v[k].call = s.to_call;
			}
		if (s.to_call && !(r->booked_day.set && r->booked_day.v == d->id))
			page->calls.v[page->calls.n++] = (struct booked_line){ .public_id = r->public_id, .name = household_name(req->a, &h[i]), .told = told };
	}
	return OK;
}

static enum err put_booked(struct req *req, const struct campaign *c, const struct handover_day_row *d, struct day_page *page)
{
	const struct view *v = &req->v;
	struct handover_booking_row_list rows;
	struct household h[BOOKED_MOST];
	i64 roots[BOOKED_MOST];
	try(handover_bookings(req->db, d->id, &rows));
	rows.n = rows.n < BOOKED_MOST ? rows.n : BOOKED_MOST;
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, c->organisation_id, roots, rows.n, false, "handover day", h));
	page->booked.v = arena_many(req->a, struct booked_line, rows.n + 1);
	for (; page->booked.n < rows.n; page->booked.n++) {
		const struct handover_booking_row *r = &rows.v[page->booked.n];
		enum file_state s = FS_ALLOCATED;
		(void)file_state_of(r->state, &s);
		page->booked.v[page->booked.n] = (struct booked_line){ r->public_id, household_name(req->a, &h[page->booked.n]), r->school.p ? r->school : S(""),
			slot_words(v, d, r->slot), tr_here(v, file_states[s].label), r->label.p ? stock_label(req->a, r->label) : S(""), S(""), handed_over(r->state),
			false };
	}
	return OK;
}

static enum err put_waiting(struct req *req, const struct campaign *c, const struct handover_day_row *d, struct day_page *page)
{
	struct handover_waiting_row_list rows;
	struct household h[WAITING_SHOWN];
	i64 roots[WAITING_SHOWN];
	try(handover_waiting(req->db, c->id, d->school_id.set ? d->school_id.v : 0, date_iso(req->a, today_paris()), WAITING_SHOWN, &rows));
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, c->organisation_id, roots, rows.n, false, "handover day", h));
	page->waiting.v = arena_many(req->a, struct booked_line, rows.n + 1);
	for (; page->waiting.n < rows.n; page->waiting.n++) {
		const struct handover_waiting_row *r = &rows.v[page->waiting.n];
		page->waiting.v[page->waiting.n] = (struct booked_line){ .public_id = r->public_id, .name = household_name(req->a, &h[page->waiting.n]),
			.school = r->school.p ? r->school : S("") };
	}
	return OK;
}

static enum err show_day(struct req *req, const struct campaign *c, const struct handover_day_row *d)
{
	const struct view *v = &req->v;
	struct day_page page = { .form = req->form, .campaign = c->id, .id = d->id, .name = c->f[C_NAME], .day = iso_date_shown(v, d->day), .place = d->place,
		.when = _f("de {1} à {2}", clock_shown(v, (int)(d->from_minute)), clock_shown(v, (int)(d->from_minute + d->slots * d->slot_minutes))),
		.version = str_printf(v->a, "%lld", (long long)d->version), .school = d->school.p ? d->school : S(""), .cancelled = d->cancelled != 0,
		.saved = req->method == GET && form_given(req, "fait"), .today = str_eq(d->day, date_iso(req->a, today_paris())),
		.past = handover_day_past(d) };
	try(put_booked(req, c, d, &page));
	try(put_notices(req, c, d, &page));
	if (!page.cancelled)
		try(put_waiting(req, c, d, &page));
	page.slots.v = arena_many(req->a, struct slot_option, (size_t)d->slots + 1);
	for (i64 i = 0; i < d->slots; i++)
		page.slots.v[page.slots.n++] = (struct slot_option){ i, slot_words(v, d, i) };
	try(put_told(req, d, &page));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, DAY_ROUTE));
	return handover_day_html(&req->v, &page);
}

enum err handover_show(struct req *req)
{
	struct campaign c;
	struct handover_day_row d;
	try(handover_day_of(req, &c, &d));
	req->form->n_errors = 0;
	return show_day(req, &c, &d);
}

/* ---- who comes when ---- */

struct planned { struct file f; i64 from, to; };       /* -1: on no slot of this day */
struct planning { struct making m; str act; struct planned v[BOOKED_MOST]; size_t n; bool cancel, told; };

static i64 slot_now(const struct handover_booking_row_list *booked, i64 file_id)
{
	for (size_t i = 0; i < booked->n; i++)
		if (booked->v[i].file_id == file_id)
			return booked->v[i].slot;
	return -1;
}

static void count_taken(const struct handover_booking_row_list *booked, i64 *taken)
{
	for (size_t i = 0; i < booked->n; i++)
		if (booked->v[i].slot < SLOTS_MOST)
			taken[booked->v[i].slot]++;
}

static enum err take_all(struct req *req, struct planning *p, const struct handover_booking_row_list *booked)
{
	const struct handover_day_row *d = &p->m.d;
	struct handover_waiting_row_list rows;
	i64 taken[SLOTS_MOST] = { 0 }, slots[BOOKED_MOST];
	try(handover_waiting(req->db, p->m.c.id, d->school_id.set ? d->school_id.v : 0, date_iso(req->a, today_paris()), BOOKED_MOST, &rows));
	count_taken(booked, taken);
	slots_fill(d, taken, rows.n, slots);
	for (size_t i = 0; i < rows.n; i++)
		if (slots[i] >= 0 && booked->n + p->n < BOOKED_MOST) {
			p->v[p->n] = (struct planned){ .from = -1, .to = slots[i] };
			try(file_get(req->db, rows.v[i].file_id, &p->v[p->n++].f));
		}
	return OK;
}

static enum err take_ticked(struct req *req, struct planning *p, const struct handover_booking_row_list *booked)
{
	const struct form *f = req->form;
	i64 to = str_eq(p->act, S("deplacer")) ? form_int(req, "creneau", 0) : -1;
	for (size_t i = 0; i < f->spec->n; i++) {
		const struct form_value *v = &f->values[i];
		for (size_t k = 0; strcmp(f->spec->fields[i].name, "dossier") == 0 && k < v->n_many && p->n < BOOKED_MOST; k++) {
			struct planned *one = &p->v[p->n];
			enum err e = file_of(req, &p->m.c, v->many[k], &one->f);
			if (e != OK && e != NOT_FOUND)
				return e;
			one->from = e == OK ? slot_now(booked, one->f.id) : -1;
			one->to = to;
			p->n += e == OK && (p->told || (one->from != to && (one->f.state == FS_ALLOCATED || one->from >= 0)));
		}
	}
	return OK;
}

static enum err plan_tx(struct db *db, void *arg, str *ret_path)
{
	const struct planning *p = arg;
	const struct handover_day_row *d = &p->m.d;
	const struct view *v = &p->m.req->v;
	i64 settled = now_ms() + CHANGE_SETTLES_MS;
	try(p->cancel ? handover_day_cancel(db, d->id, d->version, !d->cancelled) : handover_day_touch(db, d->id, d->version));
	if (!db_changes(db))
		return CONFLICT;
	if (p->cancel) {
		try(note(db, &p->m, d->id, d->cancelled ? "restored" : "cancelled", (struct opt_i64){ 0 }, S(""), S("")));
		try(handover_notices_touch(db, d->id, settled));
	}
	for (size_t i = 0; i < p->n; i++) {
		const struct planned *o = &p->v[i];
		if (p->told) {
			try(notice_told_otherwise(db, o->f.id, p->m.req->session->user_id));
			continue;
		}
		str from = o->from >= 0 ? slot_words(v, d, o->from) : S(""), to = o->to >= 0 ? slot_words(v, d, o->to) : S("");
		try(o->to >= 0 ? handover_booking_put(db, o->f.id, d->id, o->to) : handover_booking_delete(db, o->f.id, d->id));
		try(handover_notice_touch(db, o->f.id, settled));
		try(note(db, &p->m, d->id, o->to < 0 ? "removed" : o->from >= 0 ? "moved" : "placed", (struct opt_i64){ o->f.id, true }, from, to));
	}
	*ret_path = handover_day_path(db_arena(db), d, "?fait=1");
	return OK;
}

static enum err take_plan(struct req *req, struct planning *p)
{
	const struct view *v = &req->v;
	struct handover_booking_row_list booked;
	try(handover_bookings(req->db, p->m.d.id, &booked));
	if (p->cancel)
		return OK;
	if (str_eq(p->act, S("placer")))
		try(take_all(req, p, &booked));
	else if (p->told || str_eq(p->act, S("deplacer")) || str_eq(p->act, S("enlever")))
		try(take_ticked(req, p, &booked));
	if (form_int(req, "creneau", 0) >= p->m.d.slots)
		form_fail(req, "creneau", _("Choisissez un des créneaux du jour."));
	else if (!p->n)
		form_fail(req, "dossier", str_eq(p->act, S("placer")) ? _("Aucune famille n’attend de jour, ou tout est plein.")
			: _("Cochez au moins une famille."));
	return OK;
}

enum err handover_post(struct req *req)
{
	const struct view *v = &req->v;
	struct planning *p = arena_one(req->a, struct planning);
	p->m.req = req;
	p->act = form_given(req, "geste") ? form_text(req, "geste") : S("");
	p->cancel = str_eq(p->act, S("annuler"));
	p->told = str_eq(p->act, S("prevenue"));
	try(handover_day_of(req, &p->m.c, &p->m.d));
	i64 shown = form_int(req, "version", -1), now = p->m.d.version;
	if (shown == now)
		try(take_plan(req, p));
	p->m.d.version = shown;
	enum err e = form_ok(req) ? post_once(req, plan_tx, p) : INVALID;
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == CONFLICT)
		form_fail(req, "dossier", _("Quelqu’un vient de changer ce jour : rien n’est noté. Le voici comme il est."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(handover_day_of(req, &p->m.c, &p->m.d));
	return show_day(req, &p->m.c, &p->m.d);
}

/* ---- on paper ---- */

enum err handover_calls(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct handover_day_row d;
	struct handover_booking_row_list rows;
	struct household *h = arena_many(req->a, struct household, BOOKED_MOST);
	i64 roots[BOOKED_MOST];
	try(handover_day_of(req, &c, &d));
	try(handover_bookings(req->db, d.id, &rows));
	rows.n = rows.n < BOOKED_MOST ? rows.n : BOOKED_MOST;
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, c.organisation_id, roots, rows.n, true, "handover calls", h));
	struct called_page page = { .campaign = c.id, .id = d.id, .name = c.f[C_NAME], .day = iso_date_shown(v, d.day), .place = d.place,
		.v = arena_many(req->a, struct called_line, rows.n + 1) };
	for (; page.n < rows.n; page.n++) {
		const struct handover_booking_row *r = &rows.v[page.n];
		str phone = household_phone(&h[page.n]);
		page.no_phone |= !phone.n;
		page.v[page.n] = (struct called_line){ slot_words(v, &d, r->slot), household_name(req->a, &h[page.n]), phone,
			r->public_id, r->label.p ? stock_label(req->a, r->label) : S(""), r->school.p ? r->school : S("") };
	}
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return handover_calls_html(&req->v, &page);
}

/* ---- the day itself, on a telephone ---- */

static enum err put_scanned(struct req *req, const struct campaign *c, struct next_page *page)
{
	const struct view *v = &req->v;
	struct device d;
	if (!form_given(req, "poste"))
		return OK;
	enum err e = stock_by_label(req->db, form_text(req, "poste"), &d);
	if (e != OK && e != NOT_FOUND && e != INVALID)
		return e;
	if (e != OK || d.organisation_id != c->organisation_id) {
		form_fail(req, "poste", e == INVALID ? stock_label_fault(v, form_text(req, "poste")) : _("Aucun poste de votre stock n’a ce code."));
		return OK;
	}
	page->label = stock_label(req->a, d.label);
	page->device = stock_device_words(v, &d);
	page->device_path = str_printf(req->a, "/agent/postes/%.*s", STR_ARG(page->label));
	if (d.state != SS_IN_STOCK && d.state != SS_RESERVED)
		page->fault = tr_here(v, stock_states[d.state].label);
	return OK;
}

enum err handover_today(struct req *req)
{
	const struct view *v = &req->v;
	struct campaign c;
	struct handover_day_row d;
	struct handover_booking_row_list rows;
	struct household h[BOOKED_MOST];
	i64 roots[BOOKED_MOST];
	try(handover_day_of(req, &c, &d));
	struct next_page page = { .form = req->form, .campaign = c.id, .id = d.id, .name = c.f[C_NAME], .day = iso_date_shown(v, d.day), .place = d.place,
		.label = S(""), .device = S(""), .fault = S("") };
	req->form->n_errors = 0;
	try(put_scanned(req, &c, &page));
	try(handover_bookings(req->db, d.id, &rows));
	rows.n = rows.n < BOOKED_MOST ? rows.n : BOOKED_MOST;
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, c.organisation_id, roots, rows.n, false, "handover day", h));
	page.v = arena_many(req->a, struct next_line, rows.n + 1);
	for (; page.n < rows.n; page.n++) {
		const struct handover_booking_row *r = &rows.v[page.n];
		bool done = handed_over(r->state);
		page.left += !done;
		page.v[page.n] = (struct next_line){ str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/remise?poste=%.*s", (long long)c.id, STR_ARG(r->public_id),
			STR_ARG(page.label)), slot_words(v, &d, r->slot), household_name(req->a, &h[page.n]), r->public_id,
			r->label.p && !done ? _f("gardé pour elle : {1}", stock_label(req->a, r->label)) : S(""), done ? _("remis") : S("") };
	}
	if (!form_ok(req))
		form_refused(req);
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	return handover_today_html(&req->v, &page);
}
