/* What other pages show of handovers: a file's page, the page of a device whose label was just read, the file that a family is handed. */
#include "accounts/accounts.h"
#include "handover/pages.h"

static str day_and_hour(const struct view *v, const struct handover_booked_row *b)
{
	return _f("{1}, {2}, {3}", iso_date_shown(v, b->day), clock_shown(v, (int)(b->from_minute + b->slot * b->slot_minutes)), b->place);
}

static enum err put_made(struct req *req, const struct campaign *c, const struct file *f, const struct handover_row *made, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct device d;
	str path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/remise", (long long)c->id, STR_ARG(f->public_id));
	try(stock_get(req->db, made->device_id, &d));
	file_panel_line(ret, _f("{1}, {2}, remis le {3}.", stock_device_words(v, &d), stock_label(req->a, d.label), iso_date_shown(v, made->day)));
	file_panel_line(ret, _f("Premier atelier : le {1}, {2}.", iso_date_shown(v, made->workshop_day), made->workshop_place));
	file_panel_link(ret, path, _("La remise, et son reçu"));
	return OK;
}

enum err handover_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct handover_row made;
	struct handover_booked_row b;
	ret->title = _("Remise");
	enum err e = handover_live(req->db, f->id, &made);
	if (e == OK)
		return put_made(req, c, f, &made, ret);
	if (e != NOT_FOUND || f->state != FS_ALLOCATED)
		return e == NOT_FOUND ? OK : e;
	e = handover_booking_of(req->db, f->id, &b);
	if (e != OK && e != NOT_FOUND)
		return e;
	file_panel_line(ret, e == OK && !b.cancelled ? _f("Attendue le {1}.", day_and_hour(v, &b)) : _("Pas encore de jour de remise."));
	if (file_who_of(req, c) == FW_OFFICER) {
		file_panel_link(ret, str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/remise", (long long)c->id, STR_ARG(f->public_id)), _("Remettre l’ordinateur"));
		file_panel_link(ret, str_printf(req->a, "/agent/campagnes/%lld/remises", (long long)c->id), _("Les jours de remise"));
	}
	return OK;
}

/* ---- a label was read ---- */

enum err handover_deeds(struct req *req, const struct device *d, struct stock_panel *ret)
{
	const struct view *v = &req->v;
	struct handover_awaiting_row_list rows;
	struct household h[AWAITING_MOST];
	i64 roots[AWAITING_MOST];
	if ((d->state != SS_IN_STOCK && d->state != SS_RESERVED) || !(accounts_roles_in(req, d->organisation_id) & 1u << ROLE_PROGRAMME_OFFICER))
		return OK;
	try(handover_awaiting(req->db, d->organisation_id, date_iso(req->a, today_paris()), AWAITING_MOST, &rows));
	if (!rows.n)
		return OK;
	for (size_t i = 0; i < rows.n; i++)
		roots[i] = rows.v[i].root;
	try(households_shown(req, d->organisation_id, roots, rows.n, false, "handover day", h));
	ret->title = _("Remettre à…");
	for (int kept = 1; kept >= 0; kept--)    /* the family that it is kept for comes first */
		for (size_t i = 0; i < rows.n; i++) {
			const struct handover_awaiting_row *r = &rows.v[i];
			bool its = r->reserved.set && r->reserved.v == d->id;
			if (its != (kept == 1) || (d->state == SS_RESERVED && !its))
				continue;
			stock_panel_add(ret, str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/remise?poste=%.*s", (long long)r->campaign_id, STR_ARG(r->public_id),
				STR_ARG(stock_label(req->a, d->label))), _f("{1}, {2}", clock_shown(v, (int)(r->from_minute + r->slot * r->slot_minutes)), household_name(req->a, &h[i])),
				its ? _("Il est gardé pour cette famille.") : S(""));
		}
	ret->empty = _("Il est gardé pour une famille qui n’est pas attendue aujourd’hui.");
	return OK;
}

/* ---- the access file ---- */

static enum err open_all(struct req *req, const struct handover_held_row_list *rows, str *ret)
{
	struct vault_asker vault = vault_of(req);
	struct vault_own items[20];
	for (size_t i = 0; i < rows->n; i++)
		items[i] = receipt_item(req->a, rows->v[i].household_id, rows->v[i].key_enc, rows->v[i].id, rows->v[i].receipt_enc);
	return rows->n ? vault_open_own(&vault, S("access file"), items, rows->n, ret) : OK;
}

enum err handover_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct handover_held_row_list rows;
	str opened[20];
	try(handovers_of_household(req->db, h->id, &rows));
	try(open_all(req, &rows, opened));
	for (size_t i = 0; i < rows.n; i++) {
		struct receipt r;
		str title = rows.v[i].undone_at.set ? _f("Le reçu de l’ordinateur, annulé : {1}", rows.v[i].receipt_no)
			: _f("Le reçu de l’ordinateur : {1}", rows.v[i].receipt_no);
		receipt_read(req->a, opened[i], &r);
		const struct receipt_lines *lines = receipt_read_in(v, &r);
		for (size_t k = 0; k < lines->n; k++)
			(lines->v[k].french ? held_put_french : held_put)(req->a, ret, title, lines->v[k].label, lines->v[k].value);
	}
	return OK;
}

enum err handover_purge(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	try(handover_forget(db, date_iso(db_arena(db), paris_of_ms(before).date), most));
	*ret_n = db_changes(db);
	try(handover_notices_forget(db, before, most));
	*ret_n += db_changes(db);
	return OK;
}
