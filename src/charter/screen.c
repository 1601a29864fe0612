/* Signing on screen, before an agent: the text as it is, then a name that is typed and a box that is ticked. A simple signature, and said to be. */
#include "charter/act_html.h"
#include "charter/show.h"
#include "http/session.h"

#define SCREEN_ROUTE CHARTER_ACT_ROUTE "/ecran"

static enum err show(struct charter_looking *l)
{
	struct req *req = l->req;
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct charter_doc d;
	if (!l->act.id)
		return NOT_FOUND;
	enum err e = charter_doc_read(req->db, &vault, S("a charter"), &l->act, &d);
	if (e != OK)
		return e == INVALID ? INTERNAL : e;
	struct charter_screen_page page = { .form = req->form, .back = charter_file_path(req->a, &l->c, l->f.public_id, "/charte"),
		.path = charter_file_path(req->a, &l->c, l->f.public_id, "/charte/ecran"), .version = str_printf(req->a, "%lld", (long long)l->act.version),
		.qualities.v = arena_many(req->a, struct option, 16) };
	charter_sheet_of(v, &d, &page.sheet);
	for (const struct charter_quality *q = charter_qualities; q->code; q++)
		if (charter_waits_for(l, q->role) && charter_offers(l, q, q->role))
			page.qualities.v[page.qualities.n++] = (struct option){ q->code,
				_f("{1} : {2}", tr(v->lang, said_for(v, charter_roles[q->role].label)), tr(v->lang, q->label)),
				str_eq(form_text(req, "qualite"), str_c(q->code)) };
	page.none = page.qualities.n == 0;
	try(charter_seen(l, "charter"));
	req->v.here = S("/agent/campagnes");
	try(form_stamp(req, SCREEN_ROUTE));
	return charter_screen_html(&req->v, &page);
}

enum err charter_screen_form(struct req *req)
{
	struct charter_looking l;
	try(charter_look(req, &l));
	req->form->n_errors = 0;
	return show(&l);
}

struct signing { struct charter_looking *l; struct charter_signing s; bool stale; };

static enum err sign_tx(struct db *db, void *arg, str *ret_path)
{
	const struct signing *x = arg;
	const struct charter_looking *l = x->l;
	struct file_doer who = { l->req->session->user_id, l->c.organisation_id };
	bool last = charter_signed_with(l, 1);
	*ret_path = charter_file_path(db_arena(db), &l->c, l->f.public_id, last ? "/charte?fait=tous" : "/charte?fait=signe");
	return x->stale ? CONFLICT : charter_sign_put(db, &l->act, &l->f, &x->s, 1, &who);
}

static void take(struct req *req, struct signing *x)
{
	const struct view *v = &req->v;
	const struct charter_quality *q = charter_quality_of(form_text(req, "qualite"));
	x->s = (struct charter_signing){ .screen = true, .day = date_iso(req->a, today_paris()), .name = form_text(req, "nom"), .quality = q };
	if (!form_given(req, "nom"))
		form_fail(req, "nom", _("La personne qui signe écrit son prénom et son nom."));
	if (!q || !charter_waits_for(x->l, q->role))
		form_fail(req, "qualite", _("Choisissez en quelle qualité cette personne signe."));
	if (!form_bool(req, "accord"))
		form_fail(req, "accord", _("Sans cette case, il n’y a pas de signature."));
	if (!q)
		return;
	x->s.role = q->role;
	(void)charter_take_order(req, q, &x->s);
	if (charter_signed_with(x->l, 1) && x->l->f.state != FS_ELIGIBLE)
		form_fail(req, "qualite", _("Le dossier n’est plus « Éligible » : revenez à cette étape sur sa page, puis notez la dernière signature."));
}

enum err charter_screen_post(struct req *req)
{
	const struct view *v = &req->v;
	struct charter_looking l;
	struct signing x = { .l = &l };
	struct vault_asker vault = vault_of(req);
	try(charter_look(req, &l));
	x.stale = !l.act.id || form_int(req, "version", -1) != l.act.version;
	if (!x.stale)
		take(req, &x);
	if (!x.stale && form_ok(req))
		try(charter_sign_seal(&vault, &l.act, &x.s, 1));
	enum err e = x.stale || form_ok(req) ? post_once(req, sign_tx, &x) : INVALID;
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == CONFLICT)
		form_fail(req, "nom", _("Quelqu’un vient de changer cette charte : cette signature n’est pas notée. Relisez-la, puis recommencez."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(charter_look(req, &l));
	return show(&l);
}
