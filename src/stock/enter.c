/* Devices come in: one, several alike, or one a line; and what was written of one is corrected. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/session.h"
#include "stock/enter_html.h"
#include "stock/pages.h"

#define NEW_ROUTE STOCK_ROUTE "/nouveau"
#define EDIT_ROUTE DEVICE_ROUTE "/modifier"

/* ---- reading ---- */

bool screen_read(str typed, i64 *ret)
{
	double inches;
	char p[8] = { 0 };
	*ret = 0;
	if (!typed.n)
		return true;
	if (typed.n >= sizeof p)
		return false;
	for (size_t i = 0; i < typed.n; i++)
		p[i] = typed.p[i] == ',' ? '.' : typed.p[i];
	if (!str_f64((str){ p, typed.n }, &inches) || inches < 5 || inches > 40)
		return false;
	*ret = (i64)(inches * 10 + 0.5);
	return true;
}

static str text_of(struct req *req, const char *name) { return form_given(req, name) ? form_text(req, name) : S(""); }

void take_device(struct req *req, struct device *d)
{
	const struct view *v = &req->v;
	d->kind = text_of(req, "sorte");
	d->model = text_of(req, "modele");
	d->serial = text_of(req, "serie");
	d->grade = text_of(req, "note");
	d->memory_gb = form_int(req, "memoire", 0);
	d->disk_gb = form_int(req, "disque", 0);
	d->os = text_of(req, "systeme");
	d->owner = text_of(req, "proprietaire");
	if (!screen_read(text_of(req, "ecran"), &d->screen_tenths))
		form_fail(req, "ecran", _("Écrivez la diagonale en pouces, comme 13,3."));
	(void)!stock_owner_of(text_of(req, "genre"), &d->owner_kind);
}

static bool number_cell(str cell, i64 most, i64 *ret)
{
	if (!cell.n)
		return true;
	return str_i64(cell, ret) && *ret >= 0 && *ret <= most;
}

static char separator_of(str line)
{
	return str_find_byte(line, '\t') >= 0 ? '\t' : ';';
}

bool device_line_read(const struct view *v, str line, struct device *d, str *ret_fault)
{
	str cell, cells[6] = { S(""), S(""), S(""), S(""), S(""), S("") };
	char sep = separator_of(line);
	size_t n = 0;
	while (str_next(&line, sep, &cell) && n < lengthof(cells))
		cells[n++] = str_trim(cell);
	d->model = cells[0].n ? cells[0] : d->model;
	d->serial = cells[1];
	if (cells[2].n)
		d->grade = str_replace(v->a, str_replace(v->a, str_replace(v->a, cells[2], S("a"), S("A")), S("b"), S("B")), S("c"), S("C"));
	*ret_fault = S("");
	if (!d->model.n)
		*ret_fault = _("il manque la marque et le modèle");
	else if (d->grade.n != 1 || d->grade.p[0] < 'A' || d->grade.p[0] > 'C')
		*ret_fault = _("la qualité est A, B ou C");
	else if (!number_cell(cells[3], 1024, &d->memory_gb) || !number_cell(cells[4], 100000, &d->disk_gb))
		*ret_fault = _("la mémoire et le disque sont des nombres de Go, sans unité");
	else if (cells[5].n && !screen_read(cells[5], &d->screen_tenths))
		*ret_fault = _("l’écran est en pouces, comme 13,3");
	return !ret_fault->n;
}

/* ---- entering ---- */

/* The organisations where the one who asks is an officer. */
static enum err put_choices(struct req *req, struct entry_page *page)
{
	const struct grants *g = req->session->grants;
	page->organisations.v = arena_many(req->a, struct option, g->n + 1);
	for (size_t i = 0; i < g->n; i++) {
		str name, id = str_printf(req->a, "%lld", (long long)g->v[i].organisation_id);
		if (!stock_may_change(req, g->v[i].organisation_id))
			continue;
		try(accounts_organisation_name(req->db, g->v[i].organisation_id, &name));
		page->organisations.v[page->organisations.n++] = (struct option){ id.p, name, str_eq(form_text(req, "organisation"), id) };
	}
	return OK;
}

static enum err show_new(struct req *req)
{
	const struct view *v = &req->v;
	struct entry_page page = { .form = req->form, .path = S(NEW_ROUTE), .title = _("Entrer des postes"), .several = true };
	try(put_choices(req, &page));
	req->v.here = S(STOCK_ROUTE);
	try(form_stamp(req, NEW_ROUTE));
	return stock_entry_html(&req->v, &page);
}

enum err device_new_form(struct req *req)
{
	struct entry_page first = { .form = req->form };
	try(put_choices(req, &first));
	form_put(req->form, "proprietaire", first.organisations.n ? first.organisations.v[0].label : S(""));
	form_put(req->form, "systeme", S("Linux Mint"));
	req->form->n_errors = 0;
	return show_new(req);
}

struct entering { struct req *req; struct device v[ENTRY_MOST]; size_t n; i64 organisation; bool duplicate; };

static void take_lines(struct req *req, const struct device *like, struct entering *e)
{
	const struct view *v = &req->v;
	str rest = form_text(req, "lignes"), line, fault;
	for (i64 number = 1; rest.n && str_next(&rest, '\n', &line); number++) {
		if (!str_trim(line).n)
			continue;
		if (e->n == ENTRY_MOST) {
			form_fail(req, "lignes", _("50 postes au plus à la fois : enregistrez ceux-ci, puis entrez les autres."));
			return;
		}
		e->v[e->n] = *like;
		if (!device_line_read(v, str_trim(line), &e->v[e->n], &fault))
			form_fail(req, "lignes", _f("Ligne {1} : {2}.", number_shown(v->a, v->lang, number), fault));
		e->n++;
	}
}

static void take_entry(struct req *req, struct entering *e)
{
	const struct view *v = &req->v;
	struct device like = { .label = S("") };
	i64 number = form_int(req, "nombre", 1);
	take_device(req, &like);
	like.organisation_id = e->organisation;
	if (form_given(req, "lignes"))
		take_lines(req, &like, e);
	else {
		if (!like.model.n)
			form_fail(req, "modele", _("Écrivez la marque et le modèle."));
		if (number > 1 && like.serial.n)
			form_fail(req, "serie", _("Un n° de série est celui d’un seul poste : videz-le, ou écrivez les postes un par ligne."));
		for (i64 i = 0; i < number && i < ENTRY_MOST; i++)
			e->v[e->n++] = like;
	}
	for (size_t i = 0; i < e->n; i++)
		for (size_t k = 0; k < i; k++)
			if (e->v[i].serial.n && str_eq(e->v[i].serial, e->v[k].serial)) {
				form_fail(req, "lignes", _f("Le n° de série {1} est écrit deux fois.", e->v[i].serial));
				return;
			}
}

static enum err enter_tx(struct db *db, void *arg, str *ret_path)
{
	struct entering *e = arg;
	try(stock_add(db, e->v, e->n, &(struct stock_doer){ e->req->session->user_id, e->organisation }));
	*ret_path = str_printf(db_arena(db), STOCK_ROUTE "?depuis=%lld&fait=1", (long long)e->v[0].id);
	return OK;
}

static enum err refuse_new(struct req *req, int status)
{
	form_refused(req);
	req->status = status;
	return show_new(req);
}

enum err device_new_post(struct req *req)
{
	const struct view *v = &req->v;
	struct entry_page page = { .form = req->form };
	struct entering *e = arena_one(req->a, struct entering);
	e->req = req;
	try(put_choices(req, &page));
	for (size_t i = 0; i < page.organisations.n; i++)
		if (page.organisations.n == 1 || page.organisations.v[i].chosen)
			(void)!str_i64(str_c(page.organisations.v[i].value), &e->organisation);
	if (!e->organisation)
		form_fail(req, "organisation", _("Choisissez qui garde ces postes."));
	take_entry(req, e);
	if (!form_ok(req) || !e->n)
		return refuse_new(req, 422);
	enum err err = post_once(req, enter_tx, e);
	if (err != CONFLICT)
		return err;
	form_fail(req, form_given(req, "lignes") ? "lignes" : "serie",
		_("Un de ces n° de série est déjà dans le stock : rien n’est entré. Cherchez-le dans la liste."));
	return refuse_new(req, 409);
}

/* ---- correcting ---- */

static enum err show_edit(struct req *req, const struct device *d)
{
	const struct view *v = &req->v;
	str label = stock_label(req->a, d->label);
	struct entry_page page = { .form = req->form, .path = device_path(req->a, d, "/modifier"), .title = _f("Corriger le poste {1}", label),
		.version = str_printf(req->a, "%lld", (long long)d->version), .label = label };
	req->v.here = S(STOCK_ROUTE);
	try(form_stamp(req, EDIT_ROUTE));
	return stock_entry_html(&req->v, &page);
}

static str number_typed(struct arena *a, i64 n) { return n ? str_printf(a, "%lld", (long long)n) : S(""); }

static str screen_typed(struct arena *a, i64 tenths)
{
	return tenths ? str_printf(a, "%lld,%lld", (long long)tenths / 10, (long long)tenths % 10) : S("");
}

enum err device_edit_form(struct req *req)
{
	struct device d;
	try(device_of(req, &d));
	form_put(req->form, "sorte", d.kind);
	form_put(req->form, "modele", d.model);
	form_put(req->form, "serie", d.serial);
	form_put(req->form, "note", d.grade);
	form_put(req->form, "memoire", number_typed(req->a, d.memory_gb));
	form_put(req->form, "disque", number_typed(req->a, d.disk_gb));
	form_put(req->form, "ecran", screen_typed(req->a, d.screen_tenths));
	form_put(req->form, "systeme", d.os);
	form_put(req->form, "proprietaire", d.owner);
	form_put(req->form, "genre", str_c(stock_owners[d.owner_kind].code));
	req->form->n_errors = 0;
	return show_edit(req, &d);
}

struct correcting { struct req *req; struct device was, now; };

static enum err correct_tx(struct db *db, void *arg, str *ret_path)
{
	const struct correcting *c = arg;
	const struct device *w = &c->was, *n = &c->now;
	struct arena *a = db_arena(db);
	const struct { const char *field; str before, after; } facts[] = {
		{ "kind", w->kind, n->kind }, { "model", w->model, n->model }, { "serial", w->serial, n->serial }, { "grade", w->grade, n->grade },
		{ "memory_gb", number_typed(a, w->memory_gb), number_typed(a, n->memory_gb) }, { "disk_gb", number_typed(a, w->disk_gb), number_typed(a, n->disk_gb) },
		{ "screen", screen_typed(a, w->screen_tenths), screen_typed(a, n->screen_tenths) }, { "os", w->os, n->os }, { "owner", w->owner, n->owner },
		{ "owner_kind", str_c(stock_owners[w->owner_kind].code), str_c(stock_owners[n->owner_kind].code) },
	};
	struct buf detail = buf_new(a, AUDIT_DETAIL_MAX);
	try(device_update(db, w->id, n->version, n->owner, str_c(stock_owners[n->owner_kind].code), n->kind, n->model, n->serial, n->grade, n->memory_gb, n->disk_gb,
		n->screen_tenths, n->os));
	if (!db_changes(db))
		return CONFLICT;
	for (size_t i = 0; i < lengthof(facts); i++) {
		if (str_eq(facts[i].before, facts[i].after))
			continue;
		buf_printf(&detail, "%s%s", detail.n ? " " : "", facts[i].field);
		try(device_event_put(db, id_new(), w->id, str_c(facts[i].field), facts[i].before, facts[i].after, S(""), (struct opt_i64){ 0 },
			c->req->session->user_id, now_ms()));
	}
	*ret_path = device_path(a, w, "?fait=1");
	return audit_write(db, &(struct audit){ .user_id = c->req->session->user_id, .organisation_id = w->organisation_id, .action = "device.edit",
		.object = "device", .object_id = w->id, .detail = buf_str(&detail) });
}

enum err device_edit_post(struct req *req)
{
	const struct view *v = &req->v;
	struct correcting c = { .req = req };
	try(device_of(req, &c.was));
	c.now = c.was;
	take_device(req, &c.now);
	c.now.version = form_int(req, "version", -1);
	if (!c.now.model.n)
		form_fail(req, "modele", _("Écrivez la marque et le modèle."));
	enum err e = form_ok(req) ? post_once(req, correct_tx, &c) : INVALID;
	if (e != CONFLICT && e != INVALID)
		return e;
	struct device fresh;
	try(device_of(req, &fresh));
	if (e == CONFLICT && fresh.version != c.now.version)
		form_fail(req, "modele", _f("Quelqu’un vient de changer ce poste : {1}, {2}. Vérifiez, puis enregistrez à nouveau.", stock_device_words(v, &fresh),
			stock_device_facts(v, &fresh)));
	else if (e == CONFLICT)
		form_fail(req, "serie", _("Un autre poste du stock a ce n° de série."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	return show_edit(req, &fresh);
}
