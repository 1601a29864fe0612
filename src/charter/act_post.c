/* What is done on the page of one file's charter: preparing, noting what was signed on paper, taking back. */
#include "charter/show.h"

#include "charter/act_html.h"
#include "http/session.h"

enum gesture { G_NONE, G_PREPARE, G_PAPER, G_WITHDRAW, G_CANCEL, G_BACK, G_PDF };
struct doing {
	struct charter_looking *l;
	enum gesture gesture;
	struct charter_prepare prepare;
	struct charter_signing signing[CR_COUNT];
	size_t n;
	i64 signature;
	str reason;
};

static enum err do_tx(struct db *db, void *arg, str *ret_path)
{
	const struct doing *d = arg;
	const struct charter_looking *l = d->l;
	struct file_doer who = { l->req->session->user_id, l->c.organisation_id };
	static const char *const said[] = { [G_PREPARE] = "prepare", [G_PAPER] = "signe", [G_WITHDRAW] = "repris", [G_CANCEL] = "annule", [G_BACK] = "retour",
		[G_PDF] = "signe" };
	const char *word = d->gesture ? said[d->gesture] : "signe";
	if (d->gesture == G_PAPER && charter_signed_with(l, d->n))
		word = "tous";
	*ret_path = charter_file_path(db_arena(db), &l->c, l->f.public_id, str_printf(db_arena(db), "/charte?fait=%s", word).p);
	switch (d->gesture) {
	case G_PREPARE: return charter_prepare_put(db, &d->prepare, &who);
	case G_PAPER: return charter_sign_put(db, &l->act, &l->f, d->signing, d->n, &who);
	case G_WITHDRAW: return charter_sign_withdraw(db, &l->act, &l->f, d->signature, d->reason, &who);
	case G_CANCEL: return charter_act_cancel(db, &l->act, &l->f, d->reason, &who);
	case G_BACK: return file_step_undo(db, &l->f, FS_SIGNED, d->reason, &who);
	case G_PDF: return charter_pdf_again(db, l->act.id);
	case G_NONE: break;
	}
	return CONFLICT;                         /* a form that was overtaken; sent twice, it is answered as the first time */
}

static enum err take_prepare(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	enum lang lang = LANG_FR;
	d->gesture = G_PREPARE;
	if (d->l->f.state != FS_ELIGIBLE)
		form_fail(req, "langue", _("La charte se prépare quand la famille est retenue."));
	else if (form_given(req, "langue") && !charter_lang_of(form_text(req, "langue"), &lang))
		form_fail(req, "langue", _("Choisissez une langue de la liste."));
	if (!form_ok(req))
		return OK;
	enum err e = charter_prepare(req->db, &vault, req->v.city, &d->l->c, &d->l->f, &d->l->h, lang, form_int(req, "nombre", 1), &d->prepare);
	if (e == NOT_FOUND)
		form_fail(req, "langue", _("Aucun texte n’est en vigueur : écrivez-en un d’abord."));
	return e == NOT_FOUND ? OK : e;
}

/* One of those who sign, when its name was given. */
static void take_signature(struct req *req, struct doing *d, enum charter_role r, str day)
{
	const struct view *v = &req->v;
	const char *name = str_printf(req->a, "nom_%s", charter_roles[r].field).p, *quality = str_printf(req->a, "qualite_%s", charter_roles[r].field).p;
	if (!form_given(req, name) || !charter_waits_for(d->l, r))
		return;
	const struct charter_quality *q = charter_quality_of(form_text(req, quality));
	struct charter_signing *s = &d->signing[d->n];
	if (!q || q->role != r) {
		form_fail(req, quality, _("Dites en quelle qualité cette personne signe."));
		return;
	}
	*s = (struct charter_signing){ .role = r, .quality = q, .day = day, .name = form_text(req, name) };
	d->n += charter_take_order(req, q, s);
}

static enum err take_paper(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	str day = charter_day_given(req, "jour");
	d->gesture = G_PAPER;
	for (enum charter_role r = 0; r < CR_COUNT; r++)
		take_signature(req, d, r, day);
	if (form_ok(req) && !d->n)
		form_fail(req, "jour", _("Écrivez le nom d’au moins une personne qui a signé."));
	if (form_ok(req) && charter_signed_with(d->l, d->n) && d->l->f.state != FS_ELIGIBLE)
		form_fail(req, "jour", _("Le dossier n’est plus « Éligible » : revenez à cette étape sur sa page, puis notez la dernière signature."));
	return form_ok(req) ? charter_sign_seal(&vault, &d->l->act, d->signing, d->n) : OK;
}

static enum err take(struct req *req, struct doing *d)
{
	const struct view *v = &req->v;
	str act = form_text(req, "geste");
	d->reason = form_text(req, "raison");
	if (str_eq(act, S("preparer")))
		return take_prepare(req, d);
	if (str_eq(act, S("papier")) && d->l->act.id)
		return take_paper(req, d);
	if (str_eq(act, S("refaire")) && d->l->act.id)
		d->gesture = G_PDF;
	else if (form_given(req, "signature") && charter_reason_given(req, "raison"))
		d->gesture = str_i64(form_text(req, "signature"), &d->signature) ? G_WITHDRAW : G_NONE;
	else if (str_eq(act, S("annuler")) && d->l->act.id && charter_reason_given(req, "raison"))
		d->gesture = G_CANCEL;
	else if (str_eq(act, S("retour")) && !d->l->act.id && charter_reason_given(req, "raison"))
		d->gesture = G_BACK;
	else if (form_ok(req))
		form_fail(req, "raison", _("Choisissez ce qu’il faut faire."));
	return OK;
}

enum err charter_act_post(struct req *req)
{
	const struct view *v = &req->v;
	struct charter_looking l;
	struct doing d = { .l = &l };
	if (str_eq(form_text(req, "geste"), S("copie")))
		return charter_copy_post(req);
	try(charter_look(req, &l));
	enum err e = CONFLICT;
	if (form_int(req, "version", -1) == l.act.version) {
		try(take(req, &d));
		e = form_ok(req) ? post_once(req, do_tx, &d) : INVALID;
	} else {
		e = post_once(req, do_tx, &d);   /* overtaken, or sent twice */
	}
	if (e != CONFLICT && e != INVALID)
		return e;
	if (e == INVALID && form_ok(req))
		form_fail(req, "raison", _("Le dossier est allé plus loin que « Charte signée » : revenez d’abord à cette étape, sur sa page."));
	if (e == CONFLICT)
		form_fail(req, "raison", _("Quelqu’un vient de changer cette charte : rien de ce que vous aviez choisi n’est noté. Voici où elle en est."));
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(charter_look(req, &l));
	return charter_act_page(&l);
}
