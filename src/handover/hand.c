/* Handing a device over to a family: the label is read, what goes with it is ticked, the first workshop is set; one transaction lends the device,
 * moves the file and keeps the receipt. Taken back with a reason, while nothing followed. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/code.h"
#include "db/id.h"
#include "directory/directory.h"
#include "gazetteer/gazetteer.h"
#include "handover/hand_html.h"
#include "handover/pages.h"
#include "http/session.h"

#include <sodium.h>

#define PLACES_SHOWN 3
#define NEAR_M 4000

struct handing {
	struct req *req;
	struct campaign c;
	struct file f;
	struct household h;
	struct device d, kept;                   /* kept.id: 0, or what is reserved for this family */
	bool found;
	str accessories, seen, workshop, workshop_day, workshop_hour, receipt, day;
	bool gift;
	i64 id;
	str number, sealed, hash;
	struct handover_row made;                /* id: 0, or what was handed over */
};

static enum err look(struct req *req, struct handing *g)
{
	struct devices of;
	struct vault_asker vault = vault_of(req);
	*g = (struct handing){ .req = req };
	try(campaign_of(req, &g->c));
	try(file_of(req, &g->c, req_param(req, "dossier"), &g->f));
	try(household_get(req->db, g->f.root, &g->h));
	try(household_open(&vault, S("handover"), &(struct household *const){ &g->h }, 1));
	try(stock_of_file(req->db, g->f.id, &of));
	for (size_t i = 0; i < of.n; i++)
		if (of.v[i].state == SS_RESERVED)
			g->kept = of.v[i];
	enum err e = handover_live(req->db, g->f.id, &g->made);
	return e == NOT_FOUND ? OK : e;
}

static str file_path(struct arena *a, const struct handing *g, const char *rest)
{
	return str_printf(a, "/agent/campagnes/%lld/dossiers/%.*s%s", (long long)g->c.id, STR_ARG(g->f.public_id), rest);
}

/* ---- places near them ---- */

static enum err where_of(struct req *req, const struct handing *g, struct point *ret, bool *ret_found)
{
	struct gazetteer_answer spot = { .found = false };
	struct handover_school_row school;
	if (g->h.address.n)
		try(gazetteer_find(req->db, g->h.address, &spot));
	*ret_found = spot.found;
	if (spot.found) {
		*ret = spot.v[0].at;
		return OK;
	}
	enum err e = handover_school_at(req->db, g->f.id, &school);
	*ret_found = e == OK && school.lat.set && school.lon.set;
	if (*ret_found)
		*ret = (struct point){ school.lat.v, school.lon.v };
	return e == NOT_FOUND ? OK : e;
}

static enum err put_places(struct req *req, const struct handing *g, struct handing_page *page)
{
	const struct view *v = &req->v;
	struct place_query q = { .near = true, .radius_m = NEAR_M, .services = place_mask(P_SERVICES, S("Maîtrise des outils numériques du quotidien")) };
	struct place_hits hits = { .n = 0 };
	bool found;
	try(where_of(req, g, &q.at, &found));
	if (found)
		try(directory_search(req->db, &q, 0, &hits));
	page->places.v = arena_many(req->a, struct place_option, PLACES_SHOWN + 1);
	for (size_t i = 0; i < hits.n && i < PLACES_SHOWN; i++) {
		const struct place *p = &hits.v[i].place;
		page->places.v[page->places.n++] = (struct place_option){ p->f[P_ID], p->f[P_NOM], str_printf(req->a, "%.*s, %.*s",
			STR_ARG(distance_shown(v, hits.v[i].metres)), STR_ARG(place_address(v, p))), str_eq(form_text(req, "ou"), p->f[P_ID]) };
	}
	return OK;
}

/* ---- showing the form ---- */

static void put_gift(const struct view *v, const struct handing *g, struct handing_page *page)
{
	const struct device *d = g->found ? &g->d : g->kept.id ? &g->kept : NULL;
	if (!d)
		return;
	const struct title_rule *r = stock_title_rule(d->owner_kind, TO_FAMILY);
	page->gift = r->gift;
	page->worth = r->worth;
	page->commitment = r->commitment;
	page->decision = r->decision;
	page->gift_why = _f("{1} ({2})", tr_here(v, r->why), str_c(r->article));
}

static enum err put_appointment(struct req *req, const struct handing *g, struct handing_page *page)
{
	const struct view *v = &req->v;
	struct handover_booked_row b;
	page->appointment = S("");
	page->day_path = str_printf(req->a, "/agent/campagnes/%lld/remises", (long long)g->c.id);
	enum err e = handover_booking_of(req->db, g->f.id, &b);
	if (e != OK || b.cancelled)
		return e == NOT_FOUND ? OK : e;
	page->appointment = _f("{1}, {2}, {3}", iso_date_shown(v, b.day), clock_shown(v, (int)(b.from_minute + b.slot * b.slot_minutes)), b.place);
	page->day_path = str_printf(req->a, "/agent/campagnes/%lld/remises/%lld/jour", (long long)g->c.id, (long long)b.day_id);
	return OK;
}

static enum err show_form(struct req *req, const struct handing *g)
{
	const struct view *v = &req->v;
	struct handing_page page = { .form = req->form, .campaign = g->c.id, .path = file_path(req->a, g, "/remise"), .file_path = file_path(req->a, g, ""),
		.public_id = g->f.public_id, .name = household_name(req->a, &g->h), .version = str_printf(req->a, "%lld", (long long)g->f.version),
		.reserved = S(""), .gift_why = S(""), .uninformed = household_uninformed(v, &g->h), .other = g->found && g->kept.id && g->kept.id != g->d.id };
	if (g->kept.id) {
		page.reserved = stock_label(req->a, g->kept.label);
		page.reserved_words = stock_device_words(v, &g->kept);
	}
	put_gift(v, g, &page);
	try(put_places(req, g, &page));
	try(put_appointment(req, g, &page));
	try(form_stamp(req, HAND_ROUTE));
	return g->f.state == FS_ALLOCATED ? handing_html(&req->v, &page) : handing_early_html(&req->v, &page);
}

static enum err open_receipt(struct req *req, const struct handing *g, struct receipt *ret)
{
	struct vault_asker vault = vault_of(req);
	struct household sealed_for;
	str text;
	try(household_get(req->db, g->made.household_id, &sealed_for));
	struct vault_own item = receipt_item(req->a, sealed_for.id, sealed_for.key, g->made.id, g->made.receipt_enc);
	try(vault_open_own(&vault, S("receipt"), &item, 1, &text));
	receipt_read(req->a, text, ret);
	return OK;
}

static enum err show_handed(struct req *req, const struct handing *g)
{
	const struct view *v = &req->v;
	struct receipt *r = arena_one(req->a, struct receipt);
	struct device d;
	struct handing_page near = { .form = NULL };
	try(open_receipt(req, g, r));
	struct handover_pdf_row pdf;
	try(stock_get(req->db, g->made.device_id, &d));
	try(put_appointment(req, g, &near));
	enum err e = handover_pdf_of(req->db, g->made.id, &pdf);
	if (e != OK && e != NOT_FOUND)
		return e;
	struct handed_page page = { .form = req->form, .campaign = g->c.id, .path = file_path(req->a, g, "/remise"), .file_path = file_path(req->a, g, ""),
		.public_id = g->f.public_id, .name = household_name(req->a, &g->h), .device = stock_device_words(v, &d), .device_path = str_printf(req->a,
		"/agent/postes/%.*s", STR_ARG(stock_label(req->a, d.label))), .day = iso_date_shown(v, g->made.day), .receipt = r,
		.version = str_printf(req->a, "%lld", (long long)g->f.version), .saved = req->method == GET && form_given(req, "fait"),
		.may_undo = g->f.state == FS_HANDED_OVER, .drawn = e == OK && pdf.pdf_enc.n > 0, .next_path = near.day_path, .workshop = r->f[R_WORKSHOP] };
	try(form_stamp(req, HAND_ROUTE));
	return handed_html(&req->v, &page);
}

static enum err show(struct req *req, struct handing *g)
{
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	try(households_seen(req, g->c.organisation_id, &g->h.id, 1, "handover"));
	return g->made.id ? show_handed(req, g) : show_form(req, g);
}

/* ---- the device that was read ---- */

/* Why this device is not to be handed to them, and what to do; empty: it may be. */
static enum err device_fault(struct req *req, const struct handing *g, str *ret)
{
	const struct view *v = &req->v;
	struct file other = { .public_id = S("") };
	*ret = S("");
	if (g->d.file_id && g->d.file_id != g->f.id)
		try(file_get(req->db, g->d.file_id, &other));
	if (g->d.state == SS_RESERVED && g->d.file_id != g->f.id)
		*ret = _f("Ce poste est gardé pour le dossier {1} : reposez-le, et prenez celui de cette famille.", other.public_id);
	else if (g->d.state == SS_LENT)
		*ret = g->d.file_id == g->f.id ? _("Ce poste est déjà entre les mains de cette famille.")
			: _f("Ce poste est déjà prêté au dossier {1}. Relisez l’étiquette ; s’il est bien là, notez d’abord qu’il est rendu, sur sa page.", other.public_id);
	else if (g->d.state == SS_RETURNED)
		*ret = _("Ce poste a été rendu et n’est pas encore vérifié. Vérifiez-le, notez-le « En stock », puis revenez ; ou prenez-en un autre.");
	else if (g->d.state == SS_IN_REPAIR)
		*ret = _("Ce poste est noté en réparation. S’il marche, notez-le « En stock » sur sa page ; sinon, prenez-en un autre.");
	else if (g->d.state == SS_LOST)
		*ret = _("Ce poste est noté perdu ou volé. Gardez-le ici, et notez-le retrouvé sur sa page ; prenez-en un autre pour la famille.");
	else if (g->d.state == SS_GONE)
		*ret = _("Ce poste est sorti du stock : il ne se remet plus. Prenez-en un autre.");
	return OK;
}

/* The device of the code that was typed or read. */
static enum err take_device_read(struct req *req, struct handing *g)
{
	const struct view *v = &req->v;
	str fault;
	if (!form_given(req, "poste")) {
		form_fail(req, "poste", _("Lisez l’étiquette avec le téléphone, ou tapez son code."));
		return OK;
	}
	enum err e = stock_by_label(req->db, form_text(req, "poste"), &g->d);
	if (e != OK && e != NOT_FOUND && e != INVALID)
		return e;
	g->found = e == OK && g->d.organisation_id == g->c.organisation_id;
	if (!g->found) {
		form_fail(req, "poste", e == INVALID ? stock_label_fault(v, form_text(req, "poste"))
			: _("Aucun poste de votre stock n’a ce code : relisez l’étiquette, ou entrez d’abord ce poste dans le stock."));
		return OK;
	}
	try(device_fault(req, g, &fault));
	if (fault.n)
		form_fail(req, "poste", fault);
	else if (g->kept.id && g->kept.id != g->d.id && !form_bool(req, "autre"))
		form_fail(req, "autre", _f("Un autre poste est gardé pour cette famille : {1}. Prenez-le, ou cochez la case pour remettre celui-ci à sa place.",
			stock_label(req->a, g->kept.label)));
	return OK;
}

enum err handing_form(struct req *req)
{
	struct handing g;
	try(look(req, &g));
	req->form->n_errors = 0;
	if (form_given(req, "poste") && !g.made.id)
		try(take_device_read(req, &g));
	if (!form_ok(req))
		form_refused(req);
	return show(req, &g);
}

/* ---- handing over ---- */

static const struct form_value *value_of(const struct req *req, const char *name)
{
	const struct form *f = req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		if (strcmp(f->spec->fields[i].name, name) == 0)
			return &f->values[i];
	abort();
}

static void take_title(struct req *req, struct handing *g)
{
	const struct view *v = &req->v;
	g->gift = str_eq(form_text(req, "titre"), S("don"));
	if (!g->gift || !g->found)
		return;
	struct gift what = { form_int(req, "valeur", -1), form_bool(req, "engagement"), form_bool(req, "decision") };
	enum gift_answer a = stock_gift_check(g->d.owner_kind, TO_FAMILY, &what);
	if (a != GIFT_ALLOWED)
		form_fail(req, a == GIFT_NO_COMMITMENT ? "engagement" : a == GIFT_NO_DECISION ? "decision" : a == GIFT_NEVER ? "titre" : "valeur",
			tr_here(v, stock_gift_words(a)));
}

static enum err take_workshop(struct req *req, struct handing *g)
{
	const struct view *v = &req->v;
	const struct form_value *day = value_of(req, "jour");
	i64 minute;
	struct place p;
	g->workshop = g->workshop_day = g->workshop_hour = S("");
	if (form_given(req, "lieu"))
		g->workshop = form_text(req, "lieu");
	else if (form_given(req, "ou")) {
		enum err e = directory_place(req->db, form_text(req, "ou"), &p);
		if (e != OK && e != NOT_FOUND)
			return e;
		if (e == OK)
			g->workshop = str_printf(req->a, "%.*s, %.*s", STR_ARG(p.f[P_NOM]), STR_ARG(place_address(v, &p)));
	}
	if (day->date.set)
		g->workshop_day = date_iso(req->a, (struct date){ day->date.y, day->date.m, day->date.d });
	if (form_given(req, "heure") && !minute_read(form_text(req, "heure"), &minute))
		form_fail(req, "heure", _("Écrivez une heure comme 14:00."));
	else if (form_given(req, "heure"))
		g->workshop_hour = str_printf(req->a, "%02lld:%02lld", (long long)minute / 60, (long long)minute % 60);
	if (!g->workshop.n)
		form_fail(req, "ou", _("Choisissez où a lieu le premier atelier : un ordinateur sans personne pour aider reste souvent dans sa boîte."));
	if (!g->workshop_day.n)
		form_fail(req, "jour", _("Convenez d’un jour avec la famille pour le premier atelier."));
	else if (str_cmp(g->workshop_day, g->day) < 0)
		form_fail(req, "jour", _("Ce jour est passé."));
	return OK;
}

static enum err take_act(struct req *req, struct handing *g)
{
	const struct view *v = &req->v;
	const struct form_value *with = value_of(req, "accessoire");
	g->day = date_iso(req->a, today_paris());
	g->accessories = str_join(req->a, with->many, with->n_many, S(" "));
	g->seen = form_given(req, "etat") ? form_text(req, "etat") : S("");
	try(take_device_read(req, g));
	if (!g->seen.n)
		form_fail(req, "etat", _("Dites dans quel état vous l’avez vu ensemble."));
	take_title(req, g);
	return take_workshop(req, g);
}

/* ---- the receipt ---- */

static enum err charter_day(struct req *req, const struct handing *g, str *ret)
{
	struct handover_signed_row row;
	enum err e = handover_signed(req->db, g->f.id, &row);
	*ret = e == OK ? row.day : S("");
	return e == NOT_FOUND ? OK : e;
}

/* In French and in the family's language, whatever the agent's: it is the family's paper. */
static enum err make_receipt(struct req *req, struct handing *g)
{
	struct vault_asker vault = vault_of(req);
	struct receipt r;
	str agent, address, signed_on;
	u8 bits[8];
	randombytes_buf(bits, sizeof bits);
	bits[0] = 22;                            /* "R": a receipt, neither a device nor a file */
	g->number = code_of_bits(req->a, (str){ (const char *)bits, sizeof bits }, 2);
	g->id = id_new();
	try(accounts_own(req, &agent, &address));
	try(charter_day(req, g, &signed_on));
	receipt_fill(req->a, &(struct receipt_facts){ .lang = lang_of_family(family_reached(req->a, req->v.city, &g->h).language), .device = &g->d,
		.number = g->number, .day = g->day, .organisation = g->c.organisation, .agent = agent, .family = household_name(req->a, &g->h),
		.file = g->f.public_id, .campaign = g->c.f[C_NAME], .accessories = g->accessories, .seen = g->seen, .signed_on = signed_on, .workshop = g->workshop,
		.workshop_day = g->workshop_day, .workshop_hour = g->workshop_hour, .phone = req->v.city->help_phone, .gift = g->gift,
		.decision = form_bool(req, "decision"), .said = req->v.said }, &r);
	str text = receipt_text(req->a, &r);
	receipt_read(req->a, text, &r);
	g->hash = r.hash;
	struct vault_own item = receipt_item(req->a, g->h.id, g->h.key, g->id, text);
	return vault_seal_own(&vault, &item, 1, &g->sealed);
}

static enum err hand_tx(struct db *db, void *arg, str *ret_path)
{
	struct handing *g = arg;
	i64 user = g->req->session->user_id;
	struct stock_doer who = { user, g->c.organisation_id };
	struct stock_loan loan = { .file_id = g->f.id, .gift = g->gift, .from_day = g->day };
	if (g->kept.id && g->kept.id != g->d.id)
		try(stock_release(db, &g->kept, &who));
	try(stock_lend(db, &g->d, &loan, &who));
	try(file_step_make(db, &g->f, FS_HANDED_OVER, g->day, S(""), &(struct file_doer){ user, g->c.organisation_id }));
	try(handover_insert(db, g->id, g->number, g->f.id, g->h.id, g->d.id, g->day, g->gift, g->accessories, g->seen, g->workshop, g->workshop_day, g->workshop_hour,
		g->sealed, g->hash, user, now_ms()));
	try(handover_pdf_put(db, g->id));
	*ret_path = file_path(db_arena(db), g, "/remise?fait=1");
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = g->c.organisation_id, .action = "handover.make", .object = "file",
		.object_id = g->f.id, .detail = str_printf(db_arena(db), "device=%lld title=%s", (long long)g->d.id, g->gift ? "gift" : "loan") });
}

/* ---- taking it back ---- */

static enum err undo_tx(struct db *db, void *arg, str *ret_path)
{
	struct handing *g = arg;
	i64 user = g->req->session->user_id;
	str why = form_text(g->req, "raison");
	try(stock_lend_undo(db, &g->d, &(struct stock_doer){ user, g->c.organisation_id }));
	try(file_step_undo(db, &g->f, FS_HANDED_OVER, S("mistake"), &(struct file_doer){ user, g->c.organisation_id }));
	try(handover_undo(db, g->made.id, now_ms(), why));
	*ret_path = file_path(db_arena(db), g, "/remise?fait=2");
	return audit_write(db, &(struct audit){ .user_id = user, .organisation_id = g->c.organisation_id, .action = "handover.undo", .object = "file",
		.object_id = g->f.id, .detail = str_printf(db_arena(db), "device=%lld why=%.*s", (long long)g->d.id, STR_ARG(why)) });
}

static enum err take_undo(struct req *req, struct handing *g)
{
	const struct view *v = &req->v;
	str why = form_text(req, "raison");
	if (!str_eq(why, S("family")) && !str_eq(why, S("device")) && !str_eq(why, S("refused")))
		form_fail(req, "raison", _("Dites pourquoi cette remise est annulée."));
	return g->made.id ? stock_get(req->db, g->made.device_id, &g->d) : OK;
}

static enum err conflict(struct req *req, const struct handing *before)
{
	const struct view *v = &req->v;
	struct handing g;
	str fault = S("");
	try(look(req, &g));
	if (!g.made.id && before->d.id) {
		try(stock_get(req->db, before->d.id, &g.d));
		g.found = true;
		try(device_fault(req, &g, &fault));
	}
	form_fail(req, g.made.id ? "raison" : "poste", fault.n ? fault : g.made.id ? _("Cette famille a déjà reçu son ordinateur : quelqu’un vient de le remettre.")
		: _("Quelqu’un vient de changer ce dossier ou ce poste : rien n’est remis. Regardez, puis recommencez."));
	form_refused(req);
	req->status = 409;
	return show(req, &g);
}

enum err handing_post(struct req *req)
{
	struct handing g;
	bool undo = str_eq(form_text(req, "geste"), S("annuler"));
	try(look(req, &g));
	i64 now = g.f.version;
	g.f.version = form_int(req, "version", -1);
	bool stale = g.f.version != now || (g.made.id != 0) != undo || (!undo && g.f.state != FS_ALLOCATED);
	if (stale) {                             /* sent twice: the answer of the first time; else somebody came first */
		g.f.version = -1;
		g.sealed = g.hash = g.number = g.accessories = g.seen = g.workshop = g.workshop_day = g.workshop_hour = g.day = S("");
		if (form_given(req, "poste"))
			(void)!stock_by_label(req->db, form_text(req, "poste"), &g.d);
		g.d.version = -1;
		enum err e = post_once(req, undo ? undo_tx : hand_tx, &g);
		return e == CONFLICT || e == INVALID ? conflict(req, &g) : e;
	}
	try(undo ? take_undo(req, &g) : take_act(req, &g));
	if (!form_ok(req)) {
		form_refused(req);
		return show(req, &g);
	}
	if (!undo)
		try(make_receipt(req, &g));
	enum err e = post_once(req, undo ? undo_tx : hand_tx, &g);
	return e == CONFLICT || e == INVALID ? conflict(req, &g) : e;
}

enum err handing_receipt(struct req *req)
{
	struct handing g;
	struct receipt r;
	try(look(req, &g));
	if (!g.made.id)
		return resp_redirect(req, file_path(req->a, &g, "/remise"));
	try(open_receipt(req, &g, &r));
	try(households_seen(req, g.c.organisation_id, &g.h.id, 1, "handover"));
	req->no_store = true;
	req->v.here = S("/agent/campagnes");
	struct receipt_page page = { g.c.id, file_path(req->a, &g, "/remise"), &r, household_name(req->a, &g.h) };
	return receipt_html(&req->v, &page);
}

/* Not drawn yet, it is a page: there one prints it, or comes back. */
enum err handing_receipt_pdf(struct req *req)
{
	struct handing g;
	struct handover_pdf_row row = { .pdf_enc = { 0 } };
	struct vault_asker vault = vault_of(req);
	struct household sealed_for;
	str pdf;
	try(look(req, &g));
	enum err e = g.made.id ? handover_pdf_of(req->db, g.made.id, &row) : NOT_FOUND;
	if (e != OK && e != NOT_FOUND)
		return e;
	if (!row.pdf_enc.n)
		return resp_redirect(req, file_path(req->a, &g, "/remise"));
	try(household_get(req->db, g.made.household_id, &sealed_for));
	struct vault_own item = receipt_pdf_item(req->a, sealed_for.id, sealed_for.key, g.made.id, row.pdf_enc);
	try(vault_open_own(&vault, S("receipt"), &item, 1, &pdf));
	try(households_seen(req, g.c.organisation_id, &g.h.id, 1, "handover"));
	req->content_type = S("application/pdf");
	req->no_store = true;
	resp_header(req, "Content-Disposition", str_printf(req->a, "attachment; filename=\"recu-%.*s.pdf\"", STR_ARG(g.made.receipt_no)));
	buf_put(&req->out, pdf);
	return OK;
}
