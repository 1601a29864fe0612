/* What the pages of one file's charter have in common; see show.h. */
#include "charter/show.h"

#include "accounts/accounts.h"
#include "http/session.h"

str charter_file_path(struct arena *a, const struct campaign *c, str public_id, const char *rest)
{
	return str_printf(a, "/agent/campagnes/%lld/dossiers/%.*s%s", (long long)c->id, STR_ARG(public_id), rest);
}

enum err charter_look(struct req *req, struct charter_looking *l)
{
	struct vault_asker vault = vault_of(req);
	*l = (struct charter_looking){ .req = req };
	try(campaign_of(req, &l->c));
	try(file_of(req, &l->c, req_param(req, "dossier"), &l->f));
	try(household_get(req->db, l->f.root, &l->h));
	try(household_open_names(&vault, S("a charter"), &(struct household *const){ &l->h }, 1));
	enum err e = charter_act_of_file(req->db, l->f.id, &l->act);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	return charter_signatures(req->db, l->act.id, &l->signatures);
}

enum err charter_seen(struct charter_looking *l, const char *why)
{
	l->req->no_store = true;
	if (l->seen)
		return OK;
	l->seen = true;
	return households_seen(l->req, l->c.organisation_id, &l->h.id, 1, why);
}

str charter_day_given(struct req *req, const char *field)
{
	const struct view *v = &req->v;
	str today = date_iso(req->a, today_paris()), day = form_given(req, field) ? form_text(req, field) : today;
	if (str_cmp(day, today) > 0)
		form_fail(req, field, _("Ce jour n’est pas encore venu : notez une signature quand elle est faite."));
	return day;
}

struct options charter_reasons(struct req *req)
{
	struct options all = { arena_many(req->a, struct option, 8), 0 };
	for (const struct file_reason *r = file_reasons; r->code && all.n < 8; r++)
		if (r->kind == FR_BACK)
			all.v[all.n++] = (struct option){ r->code, tr(req->v.lang, r->label), false };
	return all;
}

bool charter_reason_given(struct req *req, const char *field)
{
	const struct view *v = &req->v;
	if (form_given(req, field) && file_reason_fits(FR_BACK, form_text(req, field)))
		return true;
	form_fail(req, field, _("Dites pourquoi : choisissez une raison de la liste."));
	return false;
}

static bool has_signed(const struct charter_looking *l, enum charter_role r)
{
	for (size_t i = 0; i < l->signatures.n; i++)
		if (str_eq(l->signatures.v[i].role, str_c(charter_roles[r].code)))
			return true;
	return false;
}

bool charter_waits_for(const struct charter_looking *l, enum charter_role r) { return charter_signs(l->act.signers, r) && !has_signed(l, r); }

bool charter_offers(const struct charter_looking *l, const struct charter_quality *q, enum charter_role r)
{
	return q->role == r && (r != CR_FAMILY || !campaign_of_adults(&l->c) || str_eq(str_c(q->code), S("self")));
}

bool charter_signed_with(const struct charter_looking *l, size_t n) { return l->signatures.n + n >= charter_signers_count(l->act.signers); }

bool charter_take_order(struct req *req, const struct charter_quality *q, struct charter_signing *ret)
{
	const struct view *v = &req->v;
	ret->order_number = ret->order_day = S("");
	if (!q->order)
		return true;
	if (!form_given(req, "arrete"))
		form_fail(req, "arrete", _("Écrivez le numéro de l’arrêté de délégation : sans lui, cette signature n’engage pas la ville."));
	if (!form_given(req, "arrete_jour"))
		form_fail(req, "arrete_jour", _("Écrivez la date de l’arrêté de délégation."));
	else if (str_cmp(form_text(req, "arrete_jour"), ret->day) > 0)
		form_fail(req, "arrete_jour", _("L’arrêté est postérieur à la signature : il ne peut pas l’autoriser."));
	ret->order_number = form_text(req, "arrete");
	ret->order_day = form_text(req, "arrete_jour");
	return form_ok(req);
}
