/* What the pages of after-sales have in common, and what others show of it: the panel of a family's file, its access file. */
#include "aftersales/pages.h"
#include "html/escape.h"
#include "http/session.h"

struct vault_own care_sealed(struct arena *a, const char *table_column, i64 household_id, str key, i64 row_id, str value)
{
	return (struct vault_own){ { str_printf(a, "household:key:%lld", (long long)household_id), key },
		{ str_printf(a, "%s:%lld", table_column, (long long)row_id), value } };
}

str care_day(struct req *req, str since)
{
	const struct view *v = &req->v;
	struct date day = today_paris(), before;
	for (size_t i = 0; i < req->form->spec->n; i++)
		if (!strcmp(req->form->spec->fields[i].name, "jour") && req->form->values[i].date.set)
			day = (struct date){ req->form->values[i].date.y, req->form->values[i].date.m, req->form->values[i].date.d };
	if (date_days(day) > date_days(today_paris()))
		form_fail(req, "jour", _("Ce jour n’est pas encore venu."));
	else if (date_parse(since, &before) && date_days(day) < date_days(before))
		form_fail(req, "jour", _f("Ce qui précède est du {1} : ce jour ne peut pas être plus ancien.", date_shown(v, before)));
	return date_iso(req->a, day);
}

enum err care_device_words(struct req *req, i64 device_id, str *ret)
{
	struct device d;
	*ret = S("");
	if (!device_id)
		return OK;
	try(stock_get(req->db, device_id, &d));
	str label = stock_label(req->a, d.label), words = stock_device_words(&req->v, &d);
	*ret = str_printf(req->a, "%.*s (%.*s)", STR_ARG(label), STR_ARG(words));
	return OK;
}

static str state_words(const struct view *v, enum care_state s) { return tr_here(v, care_states[s].label); }

static str step_words(const struct view *v, str code)
{
	enum care_state s;
	return care_state_of(code, &s) ? state_words(v, s) : code;
}

str care_event_words(const struct view *v, const struct care_event_row *e, str device)
{
	str to = step_words(v, e->after);
	if (str_eq(e->kind, S("spare")))
		return _f("Ordinateur de prêt confié : {1}", device);
	if (str_eq(e->kind, S("spare_back")))
		return _f("Ordinateur de prêt revenu : {1}", device);
	if (str_eq(e->kind, S("spare_lost")))
		return _f("Ordinateur de prêt perdu ou volé : {1}", device);
	if (str_eq(e->kind, S("back")))
		return _f("Retour à « {1} »", to);
	if (e->reason.n)
		return _f("{1} : {2}", to, choice_shown(v, care_findings, e->reason));
	return device.n ? _f("{1} : {2}", to, device) : to;
}

/* ---- the panel of a file ---- */

static str under(struct req *req, const struct campaign *c, const struct file *f, const char *rest)
{
	return in_language(&req->v, req->v.lang, str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/%s", (long long)c->id, STR_ARG(f->public_id), rest));
}

static enum err put_tickets(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret, bool *ret_live)
{
	const struct view *v = &req->v;
	struct care_ticket_row_list rows;
	*ret_live = false;
	try(care_tickets_of_file(req->db, f->id, &rows));
	for (size_t i = 0; i < rows.n && i < 3; i++) {
		struct ticket t = ticket_of_row(&rows.v[i]);
		*ret_live |= care_live(t.state);
		str what = choice_shown(v, care_symptoms, t.symptom);
		str path = str_printf(req->a, "/agent/campagnes/%lld/apres-vente/%lld", (long long)c->id, (long long)t.id);
		file_panel_link(ret, in_language(v, v->lang, path),
			_f("{1}, depuis le {2} : {3}", state_words(v, t.state), iso_date_shown(v, t.since), what));
	}
	return OK;
}

enum err aftersales_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	bool live, officer = file_who_of(req, c) == FW_OFFICER;
	ret->title = _("Après-vente");
	try(put_tickets(req, c, f, ret, &live));
	if (care_file_has_device(f->state)) {
		if (!live)
			file_panel_link(ret, under(req, c, f, "panne"), _("Signaler une panne"));
		file_panel_link(ret, under(req, c, f, "retour"), _("Noter que l’ordinateur est rendu"));
	}
	if (care_file_has_device(f->state) || (officer && f->state == FS_LOST))
		file_panel_link(ret, under(req, c, f, "perte"), f->state == FS_LOST ? _("La perte ou le vol, et s’il est retrouvé") : _("Noter une perte ou un vol"));
	if (officer && f->state == FS_RETURNED)
		file_panel_link(ret, under(req, c, f, "retour"), _("Le retour de l’ordinateur"));
	return OK;
}

/* ---- the access file ---- */

static enum err hold_ticket(struct req *req, const struct ticket *t, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct care_event_row_list events;
	str said = S("");
	held_put(req->a, ret, title, iso_date_shown(v, t->opened), _f("Panne : {1}", choice_shown(v, care_symptoms, t->symptom)));
	if (t->sealed.n && t->key.n) {
		struct vault_own item = care_sealed(req->a, "care_ticket:said", t->household_id, t->key, t->id, t->sealed);
		try(vault_open_own(&vault, S("access file"), &item, 1, &said));
	}
	held_put(req->a, ret, title, _("Ce que vous en avez dit"), said);
	try(care_events(req->db, t->id, &events));
	for (size_t i = 0; i < events.n; i++) {
		str device;
		try(care_device_words(req, events.v[i].device_id.set ? events.v[i].device_id.v : 0, &device));
		held_put(req->a, ret, title, iso_date_shown(v, events.v[i].day), care_event_words(v, &events.v[i], device));
	}
	return OK;
}

static enum err hold_end(struct req *req, const struct care_end_row *e, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	str report = S("");
	held_put(req->a, ret, title, iso_date_shown(v, e->day), tr_here(v, file_reason_label(e->reason)));
	if (!str_eq(e->state, S("noted")))
		held_put(req->a, ret, title, iso_date_shown(v, e->state_day), str_eq(e->state, S("undone")) ? _("noté par erreur") : _("retrouvé"));
	if (e->report_enc.n && e->key_enc.n) {
		struct vault_own item = care_sealed(req->a, "care_end:report", e->household_id, e->key_enc, e->id, e->report_enc);
		try(vault_open_own(&vault, S("access file"), &item, 1, &report));
	}
	held_put(req->a, ret, title, _("Déclaration de vol"), str_replace(req->a, report, S("\n"), S(", ")));
	return OK;
}

enum err aftersales_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct family_files files;
	try(files_ever_of_family(req->db, h->id, &files));
	for (size_t i = 0; i < files.n; i++) {
		struct care_ticket_row_list tickets;
		struct care_end_row_list ends;
		files_speak_of(req, &files, i);
		str title = _f("Ce qui est arrivé à l’ordinateur : {1}", files.campaigns[i]);
		try(care_tickets_of_file(req->db, files.v[i].id, &tickets));
		try(care_ends_of_file(req->db, files.v[i].id, &ends));
		for (size_t k = tickets.n; k-- > 0;) {
			struct ticket t = ticket_of_row(&tickets.v[k]);
			try(hold_ticket(req, &t, title, ret));
		}
		for (size_t k = ends.n; k-- > 0;)
			try(hold_end(req, &ends.v[k], title, ret));
	}
	return OK;
}

enum err aftersales_forget(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(care_words_forget(db, date_iso(db_arena(db), paris_of_ms(before).date), S(""), most));
	*ret_n = db_changes(db);
	return OK;
}
