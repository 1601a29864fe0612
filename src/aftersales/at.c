/* Of whom the forms of after-sales speak: a family, by its file; or a device, by its label, for those who hold it and need not know whose it is. */
#include "accounts/accounts.h"
#include "aftersales/pages.h"
#include "html/escape.h"

static enum err by_device(struct req *req, struct care_at *at)
{
	struct stock_loan loan;
	struct device *d = arena_one(req->a, struct device);
	try(stock_by_label(req->db, req_param(req, "poste"), d));
	at->back = str_printf(req->a, "/agent/postes/%.*s", STR_ARG(stock_label(req->a, d->label)));
	at->path = at->back;
	at->by_device = true;
	enum err e = stock_loan_now(req->db, d->id, &loan);
	if (e != OK || d->state != SS_LENT)
		return e == NOT_FOUND ? OK : e;
	at->devices = (struct devices){ d, 1 };
	try(file_get(req->db, loan.file_id, &at->f));
	try(campaign_get(req->db, at->f.campaign_id, &at->c));
	at->named = accounts_may_in(req, CAP_PEOPLE, at->c.organisation_id);
	return OK;
}

enum err care_at(struct req *req, struct care_at *ret)
{
	*ret = (struct care_at){ .named = true };
	if (req_param(req, "poste").p)
		return by_device(req, ret);
	try(campaign_of(req, &ret->c));
	try(file_of(req, &ret->c, req_param(req, "dossier"), &ret->f));
	ret->back = ret->path = str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s", (long long)ret->c.id, STR_ARG(ret->f.public_id));
	return stock_of_file(req->db, ret->f.id, &ret->devices);
}

enum err care_name(struct req *req, const struct care_at *at, str *ret)
{
	const struct view *v = &req->v;
	struct household h;
	*ret = _f("Dossier {1}", at->f.public_id);
	if (!at->named)
		return OK;
	try(households_shown(req, at->c.organisation_id, &at->f.root, 1, false, "aftersales", &h));
	*ret = str_printf(req->a, "%.*s %.*s", STR_ARG(household_name(req->a, &h)), STR_ARG(at->f.public_id));
	return OK;
}

enum err ticket_live(struct db *db, i64 file_id, struct ticket *ret)
{
	struct care_ticket_row_list rows;
	try(care_tickets_of_file(db, file_id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		*ret = ticket_of_row(&rows.v[i]);
		if (care_live(ret->state))
			return OK;
	}
	return NOT_FOUND;
}

/* ---- on the device's page ---- */

static str under(struct req *req, const struct device *d, const char *rest)
{
	return str_printf(req->a, "/agent/postes/%.*s/%s", STR_ARG(stock_label(req->a, d->label)), rest);
}

enum err aftersales_deeds(struct req *req, const struct device *d, struct stock_panel *ret)
{
	const struct view *v = &req->v;
	struct stock_loan loan;
	struct file f;
	struct campaign c;
	struct ticket t;
	enum err e = d->state == SS_LENT ? stock_loan_now(req->db, d->id, &loan) : NOT_FOUND;
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	try(file_get(req->db, loan.file_id, &f));
	try(campaign_get(req->db, f.campaign_id, &c));
	e = ticket_live(req->db, f.id, &t);
	if (e != OK && e != NOT_FOUND)
		return e;
	ret->title = loan.spare ? _("Il est prêté à une famille pendant une réparation") : _("Il est chez une famille");
	if (e == OK && accounts_may_in(req, CAP_PEOPLE, c.organisation_id))
		stock_panel_add(ret, str_printf(req->a, "/agent/campagnes/%lld/apres-vente/%lld", (long long)c.id, (long long)t.id), _("Suivre sa panne"),
			_("Le réparer, le remplacer, ou en prêter un autre."));
	else if (e != OK)
		stock_panel_add(ret, under(req, d, "panne"), _("Signaler une panne"), _("Ensuite, il est réparé ou remplacé."));
	if (e != OK || loan.spare)
		stock_panel_add(ret, under(req, d, "retour"), _("Noter qu’il est rendu"), S(""));
	if (e != OK || loan.spare)
		stock_panel_add(ret, under(req, d, "perte"), _("Noter une perte ou un vol"), S(""));
	ret->empty = _("Une panne est déjà signalée, et suivie.");
	return OK;
}
