/* Invitations from the side of who is invited: a link or a code on paper leads to choosing a password. Looking at the page does nothing
 * (mail scanners follow links) and tells no name. */
#include "accounts/pages.h"

#include "accounts/accounts_sql.h"
#include "accounts/codes.h"
#include "accounts/identity.h"
#include "accounts/login_html.h"
#include "accounts/password.h"
#include "base/timex.h"
#include "http/session.h"

/* ---- a code that was typed ---- */

enum err invitation_form(struct req *req)
{
	try(form_stamp(req, "/invitation"));
	return invitation_code_html(&req->v, req->form);
}

enum err invitation_typed(struct req *req)
{
	struct view *v = &req->v;
	str code = code_plain(req->a, form_text(req, "code"));
	if (form_ok(req) && code.n != CODE_GROUPS * 4)
		form_fail(req, "code", _("Le code a vingt lettres et chiffres. Recopiez-le comme il est sur la lettre."));
	if (form_ok(req))
		return resp_redirect(req, str_printf(req->a, "/invitation/%.*s", STR_ARG(code)));
	form_refused(req);
	return invitation_form(req);
}

/* ---- the password ---- */

struct welcome { struct account account; i64 invitation; str hash; struct session *session; bool late; };

static enum err over(struct req *req)
{
	req->status = 404;
	req->no_store = true;
	return invitation_over_html(&req->v);
}

/* The invitation of the path, and whom it is for. NOT_FOUND: it serves no more. */
static enum err welcome_of(struct req *req, struct welcome *w)
{
	struct invitation_row row;
	try(invitation_by_code(req->db, invitation_hash(req->a, req_param(req, "code")), now_ms(), &row));
	try(account_get(req->db, row.user_id, &w->account));
	w->invitation = row.id;
	return w->account.state == ACCOUNT_DISABLED ? NOT_FOUND : OK;
}

static enum err show(struct req *req, const struct welcome *w)
{
	struct welcome_page page = { code_plain(req->a, req_param(req, "code")), w->account.password_hash.n > 0, identity_offered(req->v.city) };
	req->no_store = true;
	try(form_stamp(req, "/invitation/:code"));
	return welcome_html(&req->v, req->form, &page);
}

enum err welcome_form(struct req *req)
{
	struct welcome w;
	enum err e = welcome_of(req, &w);
	if (e == NOT_FOUND)
		return over(req);
	return e == OK ? show(req, &w) : e;
}

static enum err welcome_tx(struct db *db, void *arg)
{
	struct welcome *w = arg;
	i64 now = now_ms();
	try(invitation_use(db, w->invitation, now));
	w->late = db_changes(db) == 0;
	if (w->late)
		return OK;
	try(account_set_password(db, w->account.id, w->hash, now));
	try(account_sessions_end(db, w->account.id, (str){ 0 }));
	if (!w->session->pending)
		try(account_seen(db, w->account.id, now));
	return session_store(db, w->session);
}

static enum err welcome_done(struct req *req)
{
	struct welcome *w = req->handler_data;
	try(req->wait->result);
	w->hash = req->wait->answer;
	w->session = session_new(req, w->account.id, w->account.totp_enc.n > 0);
	try(db_tx(req->db, welcome_tx, w));
	if (w->late)
		return over(req);
	return resp_redirect(req, w->session->pending ? S("/connexion/code") : S("/agent"));
}

void password_choose(struct req *req, const struct account *account)
{
	struct view *v = &req->v;
	str password = form_text(req, "passe");
	const char *weak = form_ok(req) ? password_weak(req->a, password, account->email, account->name) : NULL;
	if (weak)
		form_fail(req, "passe", tr(v->lang, weak));
	else if (form_ok(req) && !str_eq(password, form_text(req, "encore")))
		form_fail(req, "encore", _("Les deux mots de passe ne sont pas les mêmes. Tapez-les à nouveau."));
	if (!form_ok(req))
		form_refused(req);
}

enum err welcome_post(struct req *req)
{
	struct welcome *w = arena_one(req->a, struct welcome);
	struct vault_asker vault = vault_of(req);
	struct account *const one = &w->account;
	enum err e = welcome_of(req, w);
	if (e == NOT_FOUND)
		return over(req);
	try(e);
	if (str_eq(form_text(req, "geste"), S("identite")))
		return identity_begin(req, &(struct identity_step){ "invitation", { one->id, true }, { w->invitation, true }, S("/agent"), req->path });
	try(account_open(&vault, S("choose a password"), &one, 1));
	password_choose(req, one);
	if (!form_ok(req))
		return show(req, w);
	req->handler_data = w;
	return password_hash(req, form_text(req, "passe"), welcome_done);
}
