/* Logging in and out: a password, then a code where the account asks for one. The answer to a wrong password, to an unknown
 * address, to an account that is disabled or has no password yet is one and the same, after the same time. */
#include "accounts/pages.h"

#include "accounts/accounts_sql.h"
#include "accounts/codes.h"
#include "accounts/identity.h"
#include "accounts/login_html.h"
#include "accounts/password.h"
#include "accounts/slow.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "http/session.h"

#define RECOVERY_SIGNS 12

str suite_of(struct req *req, str asked)
{
	bool ours = str_starts(asked, S("/agent")) || str_starts(asked, S("/compte"));
	for (size_t i = 0; ours && i < asked.n; i++)
		ours = asked.p[i] > ' ' && (u8)asked.p[i] < 0x7F && asked.p[i] != '\\';
	return ours && str_find(asked, S("//")) < 0 ? str_copy(req->a, asked) : S("/agent");
}

static enum err show(struct req *req)
{
	struct login_page page = { suite_of(req, form_text(req, "suite")), !req->tls, identity_offered(req->v.city) };
	req->no_store = true;
	try(form_stamp(req, "/connexion"));
	return login_html(&req->v, req->method == POST ? req->form : NULL, &page);
}

enum err login_form(struct req *req)
{
	if (session_may(req->session, CAP_SESSION))
		return resp_redirect(req, S("/agent"));
	return show(req);
}

/* ---- the password ---- */

struct login { struct slow slow; struct account account; struct session *session; };

/* Too early: said, with how long. */
static enum err make_wait(struct req *req, const char *field, i64 ms, handler_fn *page)
{
	struct view *v = &req->v;
	i64 seconds = (ms + 999) / 1000;
	resp_header(req, "Retry-After", str_printf(req->a, "%lld", (long long)seconds));
	form_fail(req, field, _n("Trop d’essais depuis votre connexion. Attendez une seconde, puis réessayez.",
	                         "Trop d’essais depuis votre connexion. Attendez {n} secondes, puis réessayez.", seconds));
	form_refused(req);
	req->status = 429;
	return page(req);
}

static enum err failed_tx(struct db *db, void *arg)
{
	return slow_failed(db, arg);
}

static enum err passed_tx(struct db *db, void *arg)
{
	struct login *l = arg;
	try(slow_passed(db, &l->slow));
	if (!l->session->pending) {
		try(account_seen(db, l->account.id, now_ms()));
		try(audit_write(db, &(struct audit){ .user_id = l->account.id, .action = "account.login", .object = "user", .object_id = l->account.id }));
	}
	try(identity_carry(db, l->session));
	return session_store(db, l->session);
}

static bool may_enter(const struct req *req, const struct login *l)
{
	return req->wait->result == OK && l->account.state == ACCOUNT_ACTIVE && (!l->account.demo || req->v.city->demo);
}

static enum err password_done(struct req *req)
{
	struct view *v = &req->v;
	struct login *l = req->handler_data;
	if (req->wait->result != OK && req->wait->result != INVALID)
		return req->wait->result;
	if (!may_enter(req, l)) {
		try(db_tx(req->db, failed_tx, &l->slow));
		form_fail(req, "courriel", _("Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis réessayez."));
		form_refused(req);
		return show(req);
	}
	bool code = l->account.totp_enc.n > 0;
	str suite = suite_of(req, form_text(req, "suite"));
	l->session = session_new(req, l->account.id, code);
	try(db_tx(req->db, passed_tx, l));
	return resp_redirect(req, code ? str_printf(req->a, "/connexion/code?suite=%.*s", STR_ARG(suite)) : suite);
}

enum err login_post(struct req *req)
{
	struct vault_asker vault = vault_of(req);
	struct login *l = arena_one(req->a, struct login);
	str email = account_email(req->a, form_text(req, "courriel"));
	if (str_eq(form_text(req, "geste"), S("identite")))
		return identity_begin(req, &(struct identity_step){ .purpose = "login", .suite = suite_of(req, form_text(req, "suite")) });
	if (!form_ok(req) || !email.n) {
		form_refused(req);
		return show(req);
	}
	try(slow_look(req, str_printf(req->a, "password:%.*s", STR_ARG(email)), &l->slow));
	if (l->slow.wait_ms)
		return make_wait(req, "courriel", l->slow.wait_ms, show);
	enum err e = account_find(req->db, &vault, email, &l->account);
	if (e != OK && e != NOT_FOUND)
		return e;
	req->handler_data = l;
	return password_check(req, l->account.password_hash, form_text(req, "passe"), password_done);
}

/* ---- the code ---- */

static enum err show_code(struct req *req)
{
	struct login_page page = { .suite = suite_of(req, form_text(req, "suite")) };
	req->no_store = true;
	try(form_stamp(req, "/connexion/code"));
	return login_code_html(&req->v, req->method == POST ? req->form : NULL, &page);
}

enum err login_code_form(struct req *req)
{
	if (!req->session || !req->session->pending)
		return resp_redirect(req, S("/connexion"));
	return show_code(req);
}

struct code_try { struct login l; i64 step; str recovery; bool good; };

/* A code is good once, on any worker: it is taken by a write. */
static enum err code_tx(struct db *db, void *arg)
{
	struct code_try *t = arg;
	if (t->step >= 0)
		try(totp_take(db, t->l.account.id, t->step));
	else
		try(recovery_take(db, t->l.account.id, t->recovery));
	t->good = db_changes(db) == 1;
	return t->good ? OK : slow_failed(db, &t->l.slow);
}

/* What was typed: a step of the application's code, or a code on paper. */
static enum err read_code(struct req *req, struct code_try *t)
{
	str secret = S(""), typed = code_plain(req->a, form_text(req, "code"));
	i64 id = t->l.account.id;
	struct vault_item totp = { str_printf(req->a, "user_account:totp_enc:%lld", (long long)id), t->l.account.totp_enc };
	struct vault_item paper = { str_printf(req->a, "recovery_code:%lld", (long long)id), typed };
	t->step = -1;
	if (typed.n == RECOVERY_SIGNS)
		return vault_index(req, &paper, 1, &t->recovery);
	try(vault_open(req, S("log in with a code"), &totp, 1, &secret));
	t->step = totp_match(secret, typed, now_ms(), -1);
	return OK;
}

enum err login_code_post(struct req *req)
{
	struct view *v = &req->v;
	struct code_try *t = arena_one(req->a, struct code_try);
	if (!req->session || !req->session->pending)
		return resp_redirect(req, S("/connexion"));
	try(account_get(req->db, req->session->user_id, &t->l.account));
	try(slow_look(req, str_printf(req->a, "code:%lld", (long long)t->l.account.id), &t->l.slow));
	if (t->l.slow.wait_ms)
		return make_wait(req, "code", t->l.slow.wait_ms, show_code);
	try(read_code(req, t));
	try(db_tx(req->db, code_tx, t));
	if (t->good) {
		t->l.session = session_new(req, t->l.account.id, false);
		try(db_tx(req->db, passed_tx, &t->l));
		return resp_redirect(req, suite_of(req, form_text(req, "suite")));
	}
	form_fail(req, "code", _("Ce code n’est pas le bon, ou il a déjà servi. Attendez le suivant et recopiez-le."));
	form_refused(req);
	return show_code(req);
}

/* ---- leaving ---- */

enum err logout_form(struct req *req)
{
	req->no_store = true;
	try(form_stamp(req, "/deconnexion"));
	return logout_html(&req->v);
}

enum err logout_post(struct req *req)
{
	bool going;
	enum err e = identity_leave(req, &going);
	if (e != OK || going)
		return e;
	try(session_revoke(req));
	return resp_redirect(req, S("/connexion"));
}
