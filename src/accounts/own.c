/* "Mon compte": one's sessions, password and code. What opens an account asks for its password again. */
#include "accounts/pages.h"

#include <sodium.h>

#include "accounts/codes.h"
#include "accounts/identity.h"
#include "accounts/identity_html.h"
#include "accounts/identity_sql.h"
#include "accounts/own_html.h"
#include "accounts/password.h"
#include "accounts/slow.h"
#include "audit/audit.h"
#include "base/timex.h"
#include "html/qr.h"
#include "http/session.h"

static str own_hash(const struct req *req)
{
	return (str){ (const char *)req->session->id_hash, sizeof req->session->id_hash };
}

static struct session_lines *session_lines(struct req *req, const struct account_session_row_list *rows)
{
	struct session_lines *lines = arena_one(req->a, struct session_lines);
	lines->v = arena_many(req->a, struct session_line, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct account_session_row *r = &rows->v[i];
		char *hex = arena_alloc(req->a, 2 * r->id_hash.n + 1);
		sodium_bin2hex(hex, 2 * r->id_hash.n + 1, (const u8 *)r->id_hash.p, r->id_hash.n);
		struct civil seen = paris_of_ms(r->created_at);
		lines->v[lines->n++] = (struct session_line){ .hash = str_c(hex), .device = r->device, .mine = str_eq(r->id_hash, own_hash(req)),
			.since = day_at_shown(&req->v, date_shown(&req->v, seen.date), clock_shown(&req->v, seen.hh * 60 + seen.mm)) };
	}
	return lines;
}

static enum err ways_in(struct req *req, const struct account *me, struct own_identity_page *ret)
{
	i64 at = 0;
	enum err e = identity_linked(req, me->id, &at);
	if (e != OK && e != NOT_FOUND)
		return e;
	*ret = (struct own_identity_page){ identity_offered(req->v.city), e == OK, me->password_hash.n > 0, S("") };
	if (e == OK)
		ret->since = date_shown(&req->v, paris_of_ms(at).date);
	return OK;
}

enum err own_show(struct req *req)
{
	struct own_identity_page ways;
	struct account me;
	struct account_session_row_list rows;
	i64 now = now_ms();
	req->v.here = S("/compte");
	req->no_store = true;
	try(account_own(req, &me));
	try(account_sessions(req->db, me.id, now, now - SESSION_IDLE_MS, &rows));
	try(ways_in(req, &me, &ways));
	try(form_stamp(req, "/compte"));
	return own_html(&req->v, &me, session_lines(req, &rows), &ways);
}

struct ending { i64 user; str hash, mine; };

static enum err end_tx(struct db *db, void *arg)
{
	struct ending *e = arg;
	return e->hash.n ? account_session_end(db, e->user, e->hash) : account_sessions_end(db, e->user, e->mine);
}

enum err own_end_session(struct req *req)
{
	u8 *hash = arena_alloc(req->a, SESSION_HASH);
	size_t n = 0;
	str hex = form_text(req, "session");
	struct ending e = { .user = req->session->user_id, .mine = own_hash(req) };
	if (!str_eq(hex, S("autres"))) {
		if (sodium_hex2bin(hash, SESSION_HASH, hex.p ? hex.p : "", hex.n, NULL, &n, NULL) || n != SESSION_HASH)
			return INVALID;
		e.hash = (str){ (const char *)hash, n };
	}
	try(db_tx(req->db, end_tx, &e));
	return resp_redirect(req, S("/compte"));
}

/* ---- one's password, asked again ---- */

struct own {
	struct account me;
	struct slow slow;
	str hash, issuer;
	struct session *session;
	bool good;
	str codes[RECOVERY_CODES], hashes[RECOVERY_CODES];
	i64 step;
};

static enum err failed_tx(struct db *db, void *arg)
{
	return slow_failed(db, arg);
}

/* Checks "actuel" before `done`, which calls own_is_right first. OK: it was refused, and said in the form. */
static enum err ask_own(struct req *req, struct own *o, handler_fn *done)
{
	struct view *v = &req->v;
	try(slow_look(req, str_printf(req->a, "own:%lld", (long long)o->me.id), &o->slow));
	if (o->slow.wait_ms) {
		form_fail(req, "actuel", _("Trop d’essais. Attendez une minute, puis réessayez."));
		form_refused(req);
		req->status = 429;
		return OK;
	}
	req->handler_data = o;
	return password_check(req, o->me.password_hash, form_text(req, "actuel"), done);
}

static enum err own_is_right(struct req *req, struct own *o)
{
	struct view *v = &req->v;
	o->good = req->wait->result == OK;
	if (req->wait->result != INVALID)
		return req->wait->result;
	form_fail(req, "actuel", _("Ce n’est pas votre mot de passe."));
	form_refused(req);
	return db_tx(req->db, failed_tx, &o->slow);
}

/* ---- the password ---- */

enum err own_password_form(struct req *req)
{
	req->no_store = true;
	req->v.here = S("/compte");
	try(form_stamp(req, "/compte/mot-de-passe"));
	return own_password_html(&req->v, req->method == POST ? req->form : NULL);
}

static enum err password_tx(struct db *db, void *arg)
{
	struct own *o = arg;
	try(account_set_password(db, o->me.id, o->hash, now_ms()));
	try(account_sessions_end(db, o->me.id, (str){ 0 }));
	try(audit_write(db, &(struct audit){ .user_id = o->me.id, .action = "account.password", .object = "user", .object_id = o->me.id }));
	try(identity_carry(db, o->session));
	return session_store(db, o->session);
}

static enum err password_hashed(struct req *req)
{
	struct own *o = req->handler_data;
	try(req->wait->result);
	o->hash = req->wait->answer;
	o->session = session_new(req, o->me.id, false);
	try(db_tx(req->db, password_tx, o));
	return resp_redirect(req, S("/compte"));
}

static enum err password_asked(struct req *req)
{
	struct own *o = req->handler_data;
	try(own_is_right(req, o));
	return o->good ? password_hash(req, form_text(req, "passe"), password_hashed) : own_password_form(req);
}

enum err own_password_post(struct req *req)
{
	struct own *o = arena_one(req->a, struct own);
	try(account_own(req, &o->me));
	password_choose(req, &o->me);
	enum err e = form_ok(req) ? ask_own(req, o, password_asked) : OK;
	return e == OK ? own_password_form(req) : e;
}

/* ---- the code ---- */

static struct vault_item totp_item(struct req *req, const char *column, i64 id, str value)
{
	return (struct vault_item){ str_printf(req->a, "user_account:%s:%lld", column, (long long)id), value };
}

static enum err show_code(struct req *req, struct own *o)
{
	struct code_page page = { .active = o->me.totp_enc.n > 0 };
	struct qr qr;
	str secret;
	req->no_store = true;
	req->v.here = S("/compte");
	if (!page.active && o->me.totp_new_enc.n) {
		struct vault_item item = totp_item(req, "totp_new_enc", o->me.id, o->me.totp_new_enc);
		struct view *v = &req->v;
		try(vault_open(req, S("set up a code"), &item, 1, &secret));
		page.secret = totp_base32(req->a, secret);
		try(qr_make(req->a, totp_url(req->a, secret, str_printf(req->a, "Gabare %.*s", STR_ARG(req->v.city->name)), o->me.email), &qr));
		page.qr = qr_html(v, &qr, _("Code QR pour votre application"));
	}
	try(recovery_count(req->db, o->me.id, &page.left));
	try(form_stamp(req, "/compte/code"));
	return own_code_html(&req->v, req->method == POST ? req->form : NULL, &page);
}

enum err own_code_form(struct req *req)
{
	struct own *o = arena_one(req->a, struct own);
	try(account_own(req, &o->me));
	return show_code(req, o);
}

static enum err begin_tx(struct db *db, void *arg)
{
	struct own *o = arg;
	return totp_begin(db, o->me.id, o->hash);
}

static enum err remove_tx(struct db *db, void *arg)
{
	struct own *o = arg;
	try(totp_remove(db, o->me.id));
	try(recovery_clear(db, o->me.id));
	return audit_write(db, &(struct audit){ .user_id = o->me.id, .action = "account.code-removed", .object = "user", .object_id = o->me.id });
}

/* Begins or removes, once the password is right. */
static enum err code_asked(struct req *req)
{
	struct own *o = req->handler_data;
	char *secret = arena_alloc(req->a, TOTP_SECRET);
	try(own_is_right(req, o));
	if (!o->good)
		return show_code(req, o);
	if (o->me.totp_enc.n)
		try(db_tx(req->db, remove_tx, o));
	else {
		randombytes_buf(secret, TOTP_SECRET);
		struct vault_item item = totp_item(req, "totp_new_enc", o->me.id, (str){ secret, TOTP_SECRET });
		try(vault_seal(req, &item, 1, &o->hash));
		try(db_tx(req->db, begin_tx, o));
	}
	return resp_redirect(req, S("/compte/code"));
}

static enum err confirm_tx(struct db *db, void *arg)
{
	struct own *o = arg;
	try(totp_confirm(db, o->me.id, o->hash, o->step));
	o->good = db_changes(db) == 1;
	if (!o->good)
		return OK;
	try(recovery_clear(db, o->me.id));
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		try(recovery_put(db, o->me.id, o->hashes[i]));
	return audit_write(db, &(struct audit){ .user_id = o->me.id, .action = "account.code-set", .object = "user", .object_id = o->me.id });
}

/* The ten codes for paper: shown here, once; their keyed hashes are stored. */
static enum err make_codes(struct req *req, struct own *o)
{
	struct vault_item items[RECOVERY_CODES];
	char *bits = arena_alloc(req->a, RECOVERY_CODES * RECOVERY_GROUPS * 4);
	randombytes_buf(bits, RECOVERY_CODES * RECOVERY_GROUPS * 4);
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		o->codes[i] = code_of_bits(req->a, (str){ bits + i * RECOVERY_GROUPS * 4, RECOVERY_GROUPS * 4 }, RECOVERY_GROUPS);
		items[i] = (struct vault_item){ str_printf(req->a, "recovery_code:%lld", (long long)o->me.id), code_plain(req->a, o->codes[i]) };
	}
	return vault_index(req, items, RECOVERY_CODES, o->hashes);
}

static enum err confirm(struct req *req, struct own *o)
{
	struct view *v = &req->v;
	struct vault_item item = totp_item(req, "totp_new_enc", o->me.id, o->me.totp_new_enc);
	str secret;
	try(vault_open(req, S("set up a code"), &item, 1, &secret));
	o->step = totp_match(secret, code_plain(req->a, form_text(req, "code")), now_ms(), -1);
	if (o->step < 0) {
		form_fail(req, "code", _("Ce code n’est pas le bon. Attendez le suivant et recopiez-le."));
		form_refused(req);
		return show_code(req, o);
	}
	item = totp_item(req, "totp_enc", o->me.id, secret);
	try(vault_seal(req, &item, 1, &o->hash));
	try(make_codes(req, o));
	try(db_tx(req->db, confirm_tx, o));
	if (!o->good)
		return resp_redirect(req, S("/compte/code"));
	req->no_store = true;
	return own_recovery_html(&req->v, &(struct code_list){ o->codes, RECOVERY_CODES });
}

enum err own_code_post(struct req *req)
{
	struct own *o = arena_one(req->a, struct own);
	try(account_own(req, &o->me));
	if (form_given(req, "code") && o->me.totp_new_enc.n && !o->me.totp_enc.n)
		return confirm(req, o);
	enum err e = ask_own(req, o, code_asked);
	return e == OK ? show_code(req, o) : e;
}

/* ---- the identity at a provider ---- */

static enum err show_identity(struct req *req, const struct account *me)
{
	struct own_identity_page page;
	try(ways_in(req, me, &page));
	if (!page.offered)
		return resp_redirect(req, S("/compte"));
	req->no_store = true;
	req->v.here = S("/compte");
	try(form_stamp(req, "/compte/identite"));
	return own_identity_html(&req->v, req->method == POST ? req->form : NULL, &page);
}

enum err own_identity_form(struct req *req)
{
	struct account me;
	try(account_own(req, &me));
	return show_identity(req, &me);
}

static enum err unlink_tx(struct db *db, void *arg)
{
	struct own *o = arg;
	try(identity_remove(db, o->me.id, o->issuer));
	if (db_changes(db) == 0)
		return OK;
	try(account_sessions_end(db, o->me.id, o->hash));
	return audit_write(db, &(struct audit){ .user_id = o->me.id, .action = "account.identity-unlinked", .object = "user", .object_id = o->me.id });
}

/* Who has no password has answered "no" to what was asked: the only way in is not taken away. */
static enum err identity_asked(struct req *req)
{
	struct own *o = req->handler_data;
	try(own_is_right(req, o));
	if (!o->good)
		return show_identity(req, &o->me);
	o->issuer = req->v.city->identity_issuer;
	o->hash = own_hash(req);
	if (str_eq(form_text(req, "geste"), S("relier")))
		return identity_begin(req, &(struct identity_step){ "link", { o->me.id, true }, { 0 }, S("/compte"), S("/compte/identite") });
	try(db_tx(req->db, unlink_tx, o));
	return resp_redirect(req, S("/compte/identite"));
}

enum err own_identity_post(struct req *req)
{
	struct own *o = arena_one(req->a, struct own);
	try(account_own(req, &o->me));
	if (!form_ok(req))
		form_refused(req);
	bool may = form_ok(req) && identity_offered(req->v.city);
	enum err e = may ? ask_own(req, o, identity_asked) : OK;
	return e == OK ? show_identity(req, &o->me) : e;
}
