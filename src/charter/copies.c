/* Copies of what was signed on paper: kept sealed, opened by who runs the campaign alone, written down each time, destroyed when one says so or
 * when the time is over. */
#include "charter/act_html.h"
#include "charter/show.h"
#include "http/session.h"

#define COPY_ROUTE CHARTER_ACT_ROUTE "/copies/:copie"

struct keeping { struct charter_looking *l; struct charter_sealed sealed; };

static enum err keep_tx(struct db *db, void *arg, str *ret_path)
{
	const struct keeping *k = arg;
	const struct charter_looking *l = k->l;
	struct file_doer who = { l->req->session->user_id, l->c.organisation_id };
	struct charter_act_row now;
	*ret_path = charter_file_path(db_arena(db), &l->c, l->f.public_id, "/charte?fait=copie");
	try(charter_act_of_file(db, l->f.id, &now));
	if (now.id != l->act.id)
		return CONFLICT;
	try(charter_file_keep(db, &l->act, "copy", &k->sealed, who.user_id));
	return charter_note(db, l->act.id, "copy", S(""), date_iso(db_arena(db), today_paris()), S(""), &who);
}

static enum err take(struct req *req, struct charter_looking *l, struct charter_sealed *ret)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_file_row_list rows;
	enum charter_type type;
	const char *why;
	size_t kept = 0;
	try(charter_files(req->db, l->act.id, S("copy"), &rows));
	for (size_t i = 0; i < rows.n; i++)
		kept += !rows.v[i].gone_at.set;
	if (!req->file.content.p)
		form_fail(req, "copie", _("Choisissez un fichier."));
	else if (!req->file.content.n)
		form_fail(req, "copie", _("Ce fichier est vide."));
	else if (req->file.content.n > CHARTER_COPY_MAX)
		form_fail(req, "copie", _("Ce fichier a plus de 3 Mo : scannez en noir et blanc, ou photographiez de plus loin."));
	else if (!charter_type_of(req->file.content, &type, &why))
		form_fail(req, "copie", tr(v->lang, why));
	else if (kept >= CHARTER_COPIES_MOST || rows.n >= 20)
		form_fail(req, "copie", _("Assez de copies sont gardées : détruisez-en une d’abord."));
	return form_ok(req) ? charter_seal_file(req->a, &vault, &l->act, type, req->file.content, ret) : OK;
}

enum err charter_copy_post(struct req *req)
{
	const struct view *v = &req->v;
	struct charter_looking l;
	struct keeping k = { .l = &l };
	try(charter_look(req, &l));
	if (!l.act.id)
		return NOT_FOUND;
	try(take(req, &l, &k.sealed));
	enum err e = form_ok(req) ? post_once(req, keep_tx, &k) : INVALID;
	if (e == NOT_FOUND)
		e = CONFLICT;
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == CONFLICT)
		form_fail(req, "copie", _("Quelqu’un vient d’annuler cette charte : la copie n’est pas gardée."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(charter_look(req, &l));
	return charter_act_page(&l);
}

/* ---- one ---- */

struct one { struct charter_looking l; struct charter_file_row row; struct charter_act_row act; str reason; };

/* The copy of ":copie", whose act may have been cancelled since. */
static enum err one_of(struct req *req, struct one *o)
{
	i64 id;
	try(charter_look(req, &o->l));
	try(str_i64(req_param(req, "copie"), &id) ? charter_copy_of(req->db, id, o->l.f.id, &o->row) : NOT_FOUND);
	return charter_act_by_id(req->db, o->row.act_id, &o->act);
}

static enum charter_type type_of(str code)
{
	for (enum charter_type t = 0; t < CT_COUNT; t++)
		if (str_eq(code, str_c(charter_types[t].code)))
			return t;
	return CT_PDF;
}

static enum err show_one(struct req *req, struct one *o)
{
	const struct view *v = &req->v;
	str path = charter_file_path(req->a, &o->l.c, o->l.f.public_id, "/charte/copies/"), id = str_printf(req->a, "%lld", (long long)o->row.id);
	struct charter_copy_page page = { .form = req->form, .back = charter_file_path(req->a, &o->l.c, o->l.f.public_id, "/charte"),
		.path = str_printf(req->a, "%.*s%.*s", STR_ARG(path), STR_ARG(id)), .open = str_printf(req->a, "%.*s%.*s/fichier", STR_ARG(path), STR_ARG(id)),
		.label = _f("{1}, copie ajoutée le {2} ({3} Ko)", household_name(req->a, &o->l.h), date_shown(v, paris_of_ms(o->row.at).date),
			number_shown(v->a, v->lang, (o->row.size + 1023) / 1024)), .reasons = charter_reasons(req) };
	try(charter_seen(&o->l, "charter"));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, COPY_ROUTE));
	return charter_copy_html(&req->v, &page);
}

enum err charter_copy_send(struct req *req)
{
	struct one o;
	try(one_of(req, &o));
	if (!str_ends(req->path, S("/fichier"))) {
		req->form->n_errors = 0;
		return show_one(req, &o);
	}
	struct vault_asker vault = vault_of(req);
	const struct charter_type_words *type = &charter_types[type_of(o.row.type)];
	str bytes;
	try(charter_file_open(req->db, req->a, &vault, S("a copy of a charter"), &o.act, o.row.id, &bytes));
	try(charter_seen(&o.l, "charter-copy"));
	req->content_type = str_c(type->mime);
	resp_header(req, "Content-Disposition", str_printf(req->a, "attachment; filename=\"charte-%.*s.%s\"", STR_ARG(o.l.f.public_id), type->ending));
	buf_put(&req->out, bytes);
	return OK;
}

static enum err remove_tx(struct db *db, void *arg, str *ret_path)
{
	const struct one *o = arg;
	struct file_doer who = { o->l.req->session->user_id, o->l.c.organisation_id };
	*ret_path = charter_file_path(db_arena(db), &o->l.c, o->l.f.public_id, "/charte?fait=enleve");
	try(charter_file_gone(db, o->row.id, o->reason, now_ms()));
	if (!db_changes(db))
		return CONFLICT;
	try(charter_parts_drop(db, o->row.id));
	return charter_note(db, o->act.id, "copy_removed", S(""), date_iso(db_arena(db), today_paris()), o->reason, &who);
}

enum err charter_copy_remove(struct req *req)
{
	struct one o;
	try(one_of(req, &o));
	o.reason = form_text(req, "raison");
	if (charter_reason_given(req, "raison"))
		return post_once(req, remove_tx, &o);
	form_refused(req);
	return show_one(req, &o);
}
