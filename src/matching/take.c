/* What is posted to a proposal: pairs taken out or changed, all of it accepted, all of it undone. */
#include "http/session.h"
#include "matching/pages.h"

enum taking { TAKE_NOTHING, TAKE_ACCEPT, TAKE_UNDO, TAKE_PAIRS };
struct pairs_taken { struct match_doing d; enum taking what; struct match_changing v[LINES_A_PAGE]; size_t n; str path; };

static enum err take_tx(struct db *db, void *arg, str *ret_path)
{
	const struct pairs_taken *t = arg;
	*ret_path = t->path;
	if (t->what == TAKE_ACCEPT)
		return match_accept(db, &t->d);
	if (t->what == TAKE_UNDO)
		return match_undo(db, &t->d);
	try(match_begin(db, &t->d));
	for (size_t i = 0; i < t->n; i++)
		try(match_change(db, &t->d, &t->v[i]));
	return OK;
}

/* The device of the label that was typed, for one file. */
static enum err take_device(struct req *req, struct pairs_taken *t)
{
	const struct view *v = &req->v;
	struct device d;
	if (!form_given(req, "poste")) {
		form_fail(req, "poste", _("Lisez l’étiquette avec le téléphone, ou tapez son code."));
		return OK;
	}
	enum err e = stock_by_label(req->db, form_text(req, "poste"), &d);
	if (e != OK && e != NOT_FOUND && e != INVALID)
		return e;
	if (e == INVALID)
		form_fail(req, "poste", stock_label_fault(v, form_text(req, "poste")));
	else if (e == NOT_FOUND || d.organisation_id != t->d.who.organisation_id)
		form_fail(req, "poste", _("Aucun poste de votre stock n’a ce code : relisez l’étiquette, ou entrez d’abord ce poste dans le stock."));
	else if (d.state != SS_IN_STOCK)
		form_fail(req, "poste", _("Ce poste n’est pas libre en ce moment : prenez-en un autre."));
	else if (t->n > 1)
		form_fail(req, "poste", _("Un appareil se donne à une seule famille : n’en cochez qu’une."));
	else if (t->n)
		t->v[0].device_id = d.id;
	return OK;
}

static enum err take_ticks(struct req *req, const struct proposing_page *x, struct pairs_taken *t, str reason)
{
	const struct form *f = req->form;
	for (size_t i = 0; i < f->spec->n; i++)
		for (size_t k = 0; !strcmp(f->spec->fields[i].name, "dossier") && k < f->values[i].n_many && t->n < LINES_A_PAGE; k++) {
			struct match_line_found found;
			enum err e = match_line_of(req->db, x->p->id, f->values[i].many[k], &found);
			if (e != OK && e != NOT_FOUND)
				return e;
			if (e == OK)
				t->v[t->n++] = (struct match_changing){ found.file_id, 0, reason };
		}
	return OK;
}

static enum err take_pairs(struct req *req, const struct proposing_page *x, struct pairs_taken *t)
{
	const struct view *v = &req->v;
	str rest = form_given(req, "acte") ? form_text(req, "acte") : S(""), code;
	(void)str_next(&rest, ':', &code);
	str reason = rest.p ? str_copy(req->a, rest) : S("");
	bool out = str_eq(code, S("out")), other = str_eq(code, S("other"));
	if ((out && !choice_label(match_out_reasons, reason)) || (!out && !other && !str_eq(code, S("back")))) {
		form_fail(req, "acte", _("Choisissez ce qu’il faut faire."));
		return OK;
	}
	try(take_ticks(req, x, t, out ? reason : S("")));
	if (!t->n)
		form_fail(req, "dossier", _("Cochez au moins une famille."));
	return other ? take_device(req, t) : OK;
}

static enum err take(struct req *req, const struct proposing_page *x, struct pairs_taken *t)
{
	const struct view *v = &req->v;
	str act = form_text(req, "geste");
	t->what = str_eq(act, S("accepter")) ? TAKE_ACCEPT : str_eq(act, S("annuler")) ? TAKE_UNDO : str_eq(act, S("noter")) ? TAKE_PAIRS : TAKE_NOTHING;
	if (!x->p || t->what == TAKE_NOTHING) {
		form_fail(req, "acte", x->p ? _("Choisissez ce qu’il faut faire.") : _("Aucune proposition n’a encore été faite pour cette vague."));
		return OK;
	}
	t->d = (struct match_doing){ x->m.w.id, form_int(req, "version", -1), x->p->id, { req->session->user_id, x->m.c.organisation_id } };
	t->path = str_printf(req->a, "%.*s&fait=1", STR_ARG(proposal_path(req->a, x, x->uai, x->what, form_int(req, "page", 1))));
	return t->what == TAKE_PAIRS ? take_pairs(req, x, t) : OK;
}

enum err proposal_post(struct req *req)
{
	const struct view *v = &req->v;
	struct proposing_page x;
	struct pairs_taken *t = arena_one(req->a, struct pairs_taken);
	*t = (struct pairs_taken){ .path = S("") };
	try(proposal_of(req, &x));
	try(take(req, &x, t));
	enum err e = form_ok(req) ? post_once(req, take_tx, t) : INVALID;
	if (e == CONFLICT)
		form_fail(req, "acte", _("Quelqu’un vient de changer cette répartition : rien n’a été fait. Voici où elle en est."));
	else if (e == INVALID && form_ok(req))
		form_fail(req, "poste", _("Ce poste n’est pas libre, ou cette proposition le donne déjà à une autre famille : prenez-en un autre."));
	else if (e != INVALID)
		return e;
	form_refused(req);
	req->status = e == CONFLICT ? 409 : 422;
	try(proposal_of(req, &x));
	return proposal_page_show(req, &x);
}
