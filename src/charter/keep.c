/* What a charter leaves elsewhere: a few lines on the page of its file, what is handed over to the family, and how long copies are kept. */
#include "accounts/accounts.h"
#include "audit/audit.h"
#include "charter/pages.h"
#include "people/people.h"

#define AFTER_LOAN_DAYS (5 * 366)                /* as the household's file: files_hold */
#define UNUSED_DAYS 365                          /* of a charter that no loan followed */

/* ---- on the file's page ---- */

enum err charter_panel(struct req *req, const struct campaign *c, const struct file *f, struct file_panel *ret)
{
	const struct view *v = &req->v;
	struct charter_act_row act;
	struct charter_signature_row_list signatures;
	bool officer = file_who_of(req, c) == FW_OFFICER;
	ret->title = _("Charte d’engagement");
	enum err e = charter_act_of_file(req->db, f->id, &act);
	if (e != OK && e != NOT_FOUND)
		return e;
	if (e == NOT_FOUND && f->state != FS_ELIGIBLE && f->state != FS_SIGNED)
		return OK;
	if (e == NOT_FOUND) {
		file_panel_line(ret, f->state == FS_SIGNED ? _("Signée, sans acte ici.") : _("Pas encore préparée."));
	} else if (str_eq(act.state, S("signed"))) {
		file_panel_line(ret, _("Signée par tous."));
	} else {
		try(charter_signatures(req->db, act.id, &signatures));
		file_panel_line(ret, !signatures.n ? _("Préparée, pas encore signée.")
			: _f("Préparée, signatures : {1} sur {2}", number_shown(v->a, v->lang, (i64)signatures.n),
			number_shown(v->a, v->lang, (i64)charter_signers_count(act.signers))));
	}
	if (officer)
		file_panel_link(ret, str_printf(req->a, "/agent/campagnes/%lld/dossiers/%.*s/charte", (long long)c->id, STR_ARG(f->public_id)),
			e == NOT_FOUND && f->state == FS_ELIGIBLE ? _("Préparer la charte") : _("Voir la charte"));
	return OK;
}

/* ---- for the family ---- */

static enum err put_signatures(struct req *req, const struct charter_act_row *act, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_signature_row_list rows;
	struct vault_own items[CR_COUNT];
	str names[CR_COUNT];
	try(charter_signatures(req->db, act->id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		items[i] = charter_own(req->a, act, "charter_signature:name", rows.v[i].id, rows.v[i].name_enc);
	try(vault_open_own(&vault, S("access file"), items, rows.n, names));
	for (size_t i = 0; i < rows.n; i++) {
		const struct charter_quality *q = charter_quality_of(rows.v[i].quality);
		enum charter_role r = CR_FAMILY;
		(void)charter_role_of(rows.v[i].role, &r);
		held_put(req->a, ret, title, tr(v->lang, said_for(v, charter_roles[r].label)), _f("{1}, {2}, le {3}", names[i], q ? tr(v->lang, q->label) : rows.v[i].quality,
			iso_date_shown(v, rows.v[i].day)));
	}
	return OK;
}

static enum err put_copies(struct req *req, i64 act_id, str title, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct charter_file_row_list rows;
	try(charter_files(req->db, act_id, S("copy"), &rows));
	for (size_t i = 0; i < rows.n; i++) {
		str day = date_shown(v, paris_of_ms(rows.v[i].at).date);
		held_put(req->a, ret, title, _("Copie de ce qui est signé"), rows.v[i].gone_at.set ? _f("gardée le {1}, détruite depuis", day)
			: _f("gardée le {1}, détruite cinq ans après la fin du prêt", day));
	}
	return OK;
}

static enum err put_act(struct req *req, const struct charter_held_row *r, struct held_facts *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_act_row act;
	struct charter_doc d;
	str title = _f("Une charte d’engagement : {1}", r->campaign);
	try(charter_act_by_id(req->db, r->id, &act));
	enum err e = charter_doc_read(req->db, &vault, S("access file"), &act, &d);
	if (e != OK && e != INVALID)
		return e;
	held_put(req->a, ret, title, _("Préparée le"), date_shown(v, paris_of_ms(r->at).date));
	held_put(req->a, ret, title, _("Où elle en est"),
		str_eq(r->state, S("signed")) ? _("signée par tous") : str_eq(r->state, S("cancelled")) ? _("annulée") : _("préparée"));
	if (e == OK) {
		held_put(req->a, ret, title, _("La famille, comme la charte la nomme"), d.values.v[CB_FAMILY]);
		held_put(req->a, ret, title, _("École"), d.values.v[CB_SCHOOL]);
		held_put(req->a, ret, title, _("Ordinateurs"), number_shown(v->a, v->lang, d.devices));
	}
	try(put_signatures(req, &act, title, ret));
	return put_copies(req, r->id, title, ret);
}

enum err charter_held(struct req *req, const struct household *h, struct held_facts *ret)
{
	struct charter_held_row_list rows;
	try(charter_acts_of_household(req->db, h->id, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		req->v.said = campaign_said(rows.v[i].named);
		try(put_act(req, &rows.v[i], ret));
	}
	return OK;
}

/* ---- how long ---- */

static str day_before(struct db *db, i64 days) { return date_iso(db_arena(db), date_of_days(date_days(today_paris()) - days)); }

enum err charter_forget(struct db *db, i64 before, i64 most, i64 *ret_n)
{
	struct charter_over_row_list rows;
	(void)before;
	try(charter_files_over(db, 0, day_before(db, AFTER_LOAN_DAYS), day_before(db, UNUSED_DAYS), most, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		try(charter_parts_drop(db, rows.v[i].id));
		try(charter_file_gone(db, rows.v[i].id, S(""), now_ms()));
		try(audit_write(db, &(struct audit){ .action = "charter.forget", .object = "file", .object_id = rows.v[i].file_id }));
	}
	*ret_n = (i64)rows.n;
	return OK;
}
