/* Inviting somebody into an organisation, and changing what they may do there. Nobody gives or takes more than they have, nor acts
 * upon themselves; and no organisation can make a link that opens what another has given. */
#include "accounts/users.h"

#include "accounts/users_html.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "http/session.h"
#include "msg/msg.h"

/* ---- inviting ---- */

struct inviting {
	struct req *req;
	i64 organisation, user;
	enum account_role role;
	struct account_new fresh;
	struct invitation invitation;
	struct msg_ready mail;
	bool send;
	const char *problem;
};

static enum err show(struct req *req, str name)
{
	struct invite_page page = { .organisation = param_id(req, "organisation"), .organisation_name = name };
	page.roles = roles_of_mask(req->a, roles_grantable(accounts_roles_in(req, page.organisation)));
	page.role = req->method == POST ? form_text(req, "role") : S("");
	try(form_stamp(req, "/agent/comptes/:organisation/inviter"));
	return invite_html(&req->v, req->method == POST ? req->form : NULL, &page);
}

enum err invite_form(struct req *req)
{
	str name;
	try(organisation_name_of(req, &name));
	return show(req, name);
}

static enum err note(struct db *db, const struct req *req, const char *action, i64 organisation, i64 user, str detail)
{
	return audit_write(db, &(struct audit){ .user_id = req->session->user_id, .organisation_id = organisation, .action = action, .object = "user",
		.object_id = user, .detail = detail });
}

static enum err invite_tx(struct db *db, void *arg, str *ret_path)
{
	struct inviting *i = arg;
	try(account_add(db, &i->fresh, &i->user));
	if (i->invitation.user_id != 0 && i->user != i->fresh.id)
		return CONFLICT;                 /* somebody made this account at the same moment */
	enum err e = account_give(db, i->user, i->organisation, i->role);
	if (e == CONFLICT)
		i->problem = N_("Ce rôle ne va pas avec un autre de cette personne : qui ordonne, qui paie et qui tient la caisse sont trois personnes.");
	try(e);
	if (i->invitation.user_id)
		try(invitation_store(db, &i->invitation));
	if (i->send)
		try(msg_queue(db, &i->mail));
	*ret_path = str_printf(i->req->a, "/agent/comptes/%lld/%lld", (long long)i->organisation, (long long)i->user);
	return note(db, i->req, "account.invite", i->organisation, i->user, str_c(role_code(i->role)));
}

/* The mail that carries the link, written before the transaction that queues it. */
static enum err write_mail(struct req *req, const struct vault_asker *vault, str to, str organisation, const struct invitation *i, struct msg_ready *ret)
{
	str values[] = { organisation, str_printf(req->a, "%.*s/invitation/%.*s", STR_ARG(req->v.city->public_url), STR_ARG(i->code)),
		date_shown(&req->v, paris_of_ms(i->expires_at).date) };
	struct msg m = { .channel = MSG_MAIL, .to = to, .template = "account-invitation", .lang = LANG_FR,
		.key = str_printf(req->a, "account-invitation:%lld", (long long)i->id), .values = values, .n_values = lengthof(values) };
	return msg_write(vault, req->v.city, &m, ret);
}

/* What is known of the address: somebody new is invited; who has an account gets the role at once, unless it was never opened. */
static enum err prepare(struct req *req, struct inviting *i, str email, str organisation)
{
	struct vault_asker vault = vault_of(req);
	struct account known;
	enum err e = account_find(req->db, &vault, email, &known);
	if (e == OK && known.state == ACCOUNT_INVITED)
		i->problem = N_("Cette personne a déjà une invitation. Attendez qu’elle ouvre son compte, ou renvoyez-la depuis sa page.");
	if (e != OK && e != NOT_FOUND)
		return e;
	try(account_prepare(&vault, email, form_text(req, "nom"), &i->fresh));
	if (e == OK)
		return OK;
	i->invitation = (struct invitation){ .user_id = i->fresh.id, .organisation_id = { i->organisation, true } };
	try(invitation_prepare(&vault, &i->invitation));
	i->send = form_bool(req, "envoi") && req->v.city->public_url.n > 0;
	return i->send ? write_mail(req, &vault, email, organisation, &i->invitation, &i->mail) : OK;
}

enum err invite_post(struct req *req)
{
	struct view *v = &req->v;
	struct inviting i = { .req = req, .organisation = param_id(req, "organisation") };
	str name, email = account_email(req->a, form_text(req, "courriel"));
	try(organisation_name_of(req, &name));
	u32 grantable = roles_grantable(accounts_roles_in(req, i.organisation));
	if (form_ok(req) && (!role_of_code(form_text(req, "role"), &i.role) || !(grantable & 1u << i.role)))
		form_fail(req, "role", _("Vous ne pouvez pas donner ce rôle."));
	if (form_ok(req) && !email.n)
		form_fail(req, "courriel", _("Écrivez une adresse comme nom@exemple.fr."));
	enum err e = form_ok(req) ? prepare(req, &i, email, name) : OK;
	if (e == OK && form_ok(req) && !i.problem)
		e = post_once(req, invite_tx, &i);
	if (i.problem)
		form_fail(req, "courriel", tr(v->lang, i.problem));
	if (form_ok(req) || (e != OK && !i.problem))
		return e;
	form_refused(req);
	return show(req, name);
}

/* ---- changing ---- */

enum gesture { GIVE, TAKE, SUSPEND, RESUME, INVITE, REVOKE, GESTURES };

struct change {
	struct req *req;
	const struct target *t;
	enum gesture gesture;
	enum account_role role;
	struct invitation invitation;
	str path, detail;
	const char *action;
};

static enum err change_tx(struct db *db, void *arg, str *ret_path)
{
	struct change *c = arg;
	i64 user = c->t->account.id, organisation = c->t->organisation, now = now_ms();
	enum err e = OK;
	if (c->gesture == GIVE)
		e = account_give(db, user, organisation, c->role);
	else if (c->gesture == TAKE)
		e = membership_remove(db, user, organisation, str_c(role_code(c->role)));
	else if (c->gesture == SUSPEND || c->gesture == RESUME)
		e = membership_suspend(db, user, organisation, (struct opt_i64){ now, c->gesture == SUSPEND });
	else if (c->gesture == INVITE)
		e = invitation_store(db, &c->invitation);
	if (e == OK && (c->gesture == REVOKE || c->gesture == SUSPEND))
		e = invitation_end_from(db, user, organisation, now);
	try(e);
	*ret_path = c->path;
	return note(db, c->req, c->action, organisation, user, c->detail);
}

static bool gesture_of(struct req *req, const struct target *t, struct change *c)
{
	static const struct { const char *name, *action; } gestures[GESTURES] = {
		[GIVE] = { "donner", "account.role-given" }, [TAKE] = { "retirer", "account.role-taken" }, [SUSPEND] = { "suspendre", "account.suspended" },
		[RESUME] = { "retablir", "account.resumed" }, [INVITE] = { "inviter", "account.invited-again" }, [REVOKE] = { "revoquer", "account.invitation-revoked" },
	};
	u32 grantable = roles_grantable(accounts_roles_in(req, t->organisation));
	str name = form_text(req, "geste");
	for (c->gesture = 0; c->gesture < GESTURES && !str_eq(name, str_c(gestures[c->gesture].name));)
		c->gesture++;
	if (c->gesture == GESTURES || !t->may || (c->gesture == INVITE && !target_may_be_invited(t)))
		return false;
	c->action = gestures[c->gesture].action;
	if (c->gesture != GIVE && c->gesture != TAKE)
		return true;
	bool given = role_of_code(form_text(req, c->gesture == GIVE ? "donner" : "retirer"), &c->role) && grantable & 1u << c->role;
	c->detail = given ? str_c(role_code(c->role)) : S("");
	return given;
}

/* The last role here is not taken but suspended, so that the account stays in sight of who gave it. */
static bool last_role(const struct change *c)
{
	return c->gesture == TAKE && c->t->here == 1u << c->role;
}

enum err colleague_change(struct req *req)
{
	struct view *v = &req->v;
	struct vault_asker vault = vault_of(req);
	struct target t;
	try(target_of(req, &t));
	struct change c = { .req = req, .t = &t };
	c.path = str_printf(req->a, "/agent/comptes/%lld/%lld", (long long)t.organisation, (long long)t.account.id);
	if (!gesture_of(req, &t, &c))
		return NOT_FOUND;
	if (c.gesture == INVITE) {
		c.invitation = (struct invitation){ .user_id = t.account.id, .organisation_id = { t.organisation, true } };
		try(invitation_prepare(&vault, &c.invitation));
		c.path = str_printf(req->a, "%.*s/lettre", STR_ARG(c.path));
	}
	if (last_role(&c)) {
		form_fail(req, "retirer", _("C’est le dernier rôle de cette personne ici. Suspendez plutôt son accès."));
		form_refused(req);
		return colleague_show(req);
	}
	enum err e = post_once(req, change_tx, &c);
	if (e != CONFLICT || c.gesture != GIVE)
		return e;
	form_fail(req, "donner", _("Ce rôle ne va pas avec un autre de cette personne : qui ordonne, qui paie et qui tient la caisse sont trois personnes."));
	form_refused(req);
	return colleague_show(req);
}
