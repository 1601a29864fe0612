/* To the provider and back; see identity.h. What protects the way (state, nonce, code verifier) is derived from a cookie of this
 * browser alone: the database holds its hash, and is asked once. */
#include "accounts/identity.h"

#include <sodium.h>

#include "accounts/identity_html.h"
#include "accounts/identity_sql.h"
#include "accounts/pages.h"
#include "audit/audit.h"
#include "base/log.h"
#include "base/pack.h"
#include "base/timex.h"
#include "db/id.h"
#include "http/oidc.h"

#define SECRET 32                                /* bytes of the cookie */
#define MESSAGE_MAX WAIT_MESSAGE_MAX
#define TEXT sodium_base64_ENCODED_LEN(SECRET, sodium_base64_VARIANT_URLSAFE_NO_PADDING)

bool identity_offered(const struct city *c)
{
	return c->identity_issuer.n && c->public_url.n && !c->demo;
}

enum err identity_linked(struct req *req, i64 user_id, i64 *ret_at)
{
	struct identity_row_list rows;
	try(identity_of_user(req->db, user_id, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq(rows.v[i].issuer, req->v.city->identity_issuer)) {
			*ret_at = rows.v[i].linked_at;
			return OK;
		}
	return NOT_FOUND;
}

/* ---- this browser's way ---- */

struct way { u8 secret[SECRET]; str state, nonce, verifier, hash; };

static str base64(struct arena *a, const u8 bytes[SECRET])
{
	char *text = arena_alloc(a, TEXT);
	sodium_bin2base64(text, TEXT, bytes, SECRET, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return str_c(text);
}

static str derived(struct arena *a, const struct way *w, str what)
{
	u8 bytes[SECRET];
	crypto_generichash(bytes, sizeof bytes, (const u8 *)what.p, what.n, w->secret, sizeof w->secret);
	return base64(a, bytes);
}

static void derive(struct arena *a, struct way *w)
{
	u8 *hash = arena_alloc(a, SECRET);
	crypto_generichash(hash, SECRET, w->secret, sizeof w->secret, NULL, 0);
	w->hash = (str){ (const char *)hash, SECRET };
	w->state = derived(a, w, S("gabare oidc state"));
	w->nonce = derived(a, w, S("gabare oidc nonce"));
	w->verifier = derived(a, w, S("gabare oidc verifier"));
}

static const char *cookie_name(const struct req *req)
{
	return req->tls ? "__Host-o" : "o";
}

static void put_cookie(struct req *req, str value, i64 seconds)
{
	resp_header(req, "Set-Cookie", str_printf(req->a, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s", cookie_name(req), STR_ARG(value),
	                                          (long long)seconds, req->tls ? "; Secure" : ""));
}

static bool way_of_cookie(struct req *req, struct way *ret)
{
	str value = req_cookie(req, cookie_name(req));
	size_t n = 0;
	if (!value.p || sodium_base642bin(ret->secret, SECRET, value.p, value.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) || n != SECRET)
		return false;
	derive(req->a, ret);
	return true;
}

static str redirect_uri(const struct req *req)
{
	return str_printf(req->a, "%.*s/connexion/retour", STR_ARG(req->v.city->public_url));
}

/* ---- what went wrong ---- */

static enum err failed(struct req *req, enum identity_fault fault, str back)
{
	static const int status[] = { [IDENTITY_LATE] = 400, [IDENTITY_REFUSED] = 403, [IDENTITY_AWAY] = 503, [IDENTITY_UNVERIFIED] = 403,
		[IDENTITY_UNKNOWN] = 403, [IDENTITY_TAKEN] = 409 };
	req->status = status[fault];
	req->no_store = true;
	req->v.error = true;
	req->v.path = back.n ? back : S("/connexion");           /* for its language links: this address serves once */
	return identity_failed_html(&req->v, &(struct identity_failure){ fault, back.n ? back : S("/connexion") });
}

/* The helper's answer: false when there is none to go on with, *ret_fault says why. */
static bool answered(const struct req *req, struct unpack *u, enum identity_fault *ret_fault)
{
	*u = (struct unpack){ .rest = req->wait->answer };
	*ret_fault = IDENTITY_AWAY;
	if (req->wait->result != OK)
		return false;
	str wrong = unpack_str(u);
	bool away = unpack_i64(u) != 0;
	*ret_fault = away ? IDENTITY_AWAY : IDENTITY_UNVERIFIED;
	if (wrong.n)
		log_line(LOG_WARN, "the identity provider's answer is not taken", "id=%s reason=%s", req->id, log_quote(req->a, wrong));
	return !u->bad && !wrong.n;
}

/* ---- going ---- */

struct going { struct identity_step step; struct way way; str lang; };

static enum err step_tx(struct db *db, void *arg)
{
	const struct going *g = arg;
	return identity_step_put(db, g->way.hash, str_c(g->step.purpose), g->step.user_id, g->step.invitation_id, g->step.suite, g->lang,
	                         now_ms() + IDENTITY_STEP_MS);
}

/* Not by a redirect: the policy of the page whose form was posted forbids browsers to be led to another site by it. */
static enum err go(struct req *req, str address)
{
	req->no_store = true;
	resp_header(req, "Refresh", str_printf(req->a, "0;url=%.*s", STR_ARG(address)));
	return identity_leave_html(&req->v, address);
}

static bool is_address(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] <= ' ' || (u8)s.p[i] >= 0x7F)
			return false;
	return str_starts(s, S("https://")) || str_starts(s, S("http://"));
}

static enum err begun(struct req *req)
{
	struct going *g = req->handler_data;
	struct unpack u;
	enum identity_fault fault;
	if (!answered(req, &u, &fault))
		return failed(req, fault, g->step.back);
	str address = unpack_str(&u);
	if (!unpack_done(&u) || !is_address(address))
		return INTERNAL;
	try(db_tx(req->db, step_tx, g));
	put_cookie(req, base64(req->a, g->way.secret), IDENTITY_STEP_MS / 1000);
	return go(req, address);
}

enum err identity_begin(struct req *req, const struct identity_step *s)
{
	struct going *g = arena_one(req->a, struct going);
	struct buf b = buf_new(req->a, MESSAGE_MAX);
	u8 hash[crypto_hash_sha256_BYTES];
	if (!identity_offered(req->v.city))
		return NOT_FOUND;
	*g = (struct going){ .step = *s, .lang = str_c(langs[req->v.lang].prefix) };
	randombytes_buf(g->way.secret, sizeof g->way.secret);
	derive(req->a, &g->way);
	crypto_hash_sha256(hash, (const u8 *)g->way.verifier.p, g->way.verifier.n);
	pack_str(&b, redirect_uri(req));
	pack_str(&b, g->way.state);
	pack_str(&b, g->way.nonce);
	pack_str(&b, base64(req->a, hash));
	req->handler_data = g;
	return wait_for(req, HELPER_OIDC, OIDC_BEGIN, buf_str(&b), begun);
}

/* ---- coming back ---- */

struct back {
	struct way way;
	struct identity_step_row step;
	bool link, invitation, taken;
	struct account account;
	struct session *session;                 /* NULL: the one there is goes on */
	str issuer, index, token_enc, back;
	i64 token_id;
};

static enum err take_tx(struct db *db, void *arg)
{
	struct back *b = arg;
	try(identity_step_get(db, b->way.hash, now_ms(), &b->step));
	try(identity_step_take(db, b->way.hash));
	b->taken = db_changes(db) == 1;
	return OK;
}

/* Where one tries again. */
static enum err put_back(struct req *req, struct back *b)
{
	struct vault_asker vault = vault_of(req);
	str code;
	b->link = str_eq(b->step.purpose, S("link"));
	b->invitation = str_eq(b->step.purpose, S("invitation"));
	b->back = b->link ? S("/compte/identite") : S("/connexion");
	if (!b->invitation)
		return OK;
	try(invitation_code(&vault, b->step.invitation_id.v, &code));
	b->back = str_printf(req->a, "/invitation/%.*s", STR_ARG(code));
	return OK;
}

static enum err entered_tx(struct db *db, void *arg)
{
	struct back *b = arg;
	i64 now = now_ms(), id = b->account.id;
	const char *purpose = b->link ? "link" : b->invitation ? "invitation" : "login";
	if (b->invitation) {
		try(invitation_use(db, b->step.invitation_id.v, now));
		if (db_changes(db) == 0)
			return NOT_FOUND;
		try(identity_activate(db, id));
		try(account_sessions_end(db, id, (str){ 0 }));
	}
	if (b->link || b->invitation) {
		try(identity_remove(db, id, b->issuer));
		try(identity_put(db, b->index, id, b->issuer, now));
		if (db_changes(db) == 0)
			return CONFLICT;         /* it opens another account */
		try(audit_write(db, &(struct audit){ .user_id = id, .action = "account.identity-linked", .object = "user", .object_id = id,
			.detail = str_c(purpose) }));
	}
	if (!b->session)
		return OK;
	try(identity_seen(db, b->index, now));
	if (!b->session->pending) {
		try(account_seen(db, id, now));
		try(audit_write(db, &(struct audit){ .user_id = id, .action = "account.login", .object = "user", .object_id = id, .detail = S("identity") }));
	}
	try(session_store(db, b->session));
	return identity_session_put(db, b->token_id, (str){ (const char *)b->session->id_hash, SESSION_HASH }, b->token_enc, now);
}

/* Whose account it is: the one it opens, or is to open. NOT_FOUND: none that may be entered. */
static enum err account_of(struct req *req, struct back *b)
{
	struct identity_row row;
	i64 user_id = b->step.user_id.v;
	if (!b->link && !b->invitation) {
		try(identity_by_subject(req->db, b->index, &row));
		user_id = row.user_id;
	}
	try(account_get(req->db, user_id, &b->account));
	bool may = b->invitation ? b->account.state != ACCOUNT_DISABLED : b->account.state == ACCOUNT_ACTIVE;
	return may && !b->account.demo ? OK : NOT_FOUND;
}

static enum err seal_token(struct req *req, struct back *b, str token)
{
	b->token_id = id_new();
	struct vault_item item = { str_printf(req->a, "identity_session:token_enc:%lld", (long long)b->token_id), token };
	return vault_seal(req, &item, 1, &b->token_enc);
}

static enum err enter(struct req *req, struct back *b)
{
	enum err e = account_of(req, b);
	if (e == NOT_FOUND)
		return failed(req, IDENTITY_UNKNOWN, b->back);
	try(e);
	bool code = b->account.totp_enc.n > 0;
	if (!b->link)
		b->session = session_new(req, b->account.id, code);
	e = db_tx(req->db, entered_tx, b);
	if (e != OK) {
		req->n_out_headers = 0;          /* no session after all */
		put_cookie(req, S(""), 0);
	}
	if (e == CONFLICT || e == NOT_FOUND)
		return failed(req, e == CONFLICT ? IDENTITY_TAKEN : IDENTITY_LATE, b->back);
	try(e);
	if (b->link)
		return resp_redirect(req, S("/compte/identite"));
	return resp_redirect(req, code ? str_printf(req->a, "/connexion/code?suite=%.*s", STR_ARG(b->step.suite)) : b->step.suite);
}

static enum err verified(struct req *req)
{
	struct back *b = req->handler_data;
	struct unpack u;
	enum identity_fault fault;
	if (!answered(req, &u, &fault))
		return failed(req, fault, b->back);
	b->issuer = unpack_str(&u);
	str subject = unpack_str(&u), token = unpack_str(&u);
	if (!unpack_done(&u) || !subject.n || !str_eq(b->issuer, req->v.city->identity_issuer))
		return INTERNAL;
	struct vault_item item = { S("user_identity:subject"), str_printf(req->a, "%.*s\n%.*s", STR_ARG(b->issuer), STR_ARG(subject)) };
	try(vault_index(req, &item, 1, &b->index));
	try(seal_token(req, b, token));
	return enter(req, b);
}

/* Whoever is to be linked must still be who began. */
static bool same_person(const struct req *req, const struct back *b)
{
	return !b->link || (req->session && !req->session->pending && req->session->user_id == b->step.user_id.v);
}

enum err identity_return(struct req *req)
{
	struct back *b = arena_one(req->a, struct back);
	struct buf m = buf_new(req->a, MESSAGE_MAX);
	str state = form_text(req, "state"), code = form_text(req, "code");
	req->no_store = true;
	if (!identity_offered(req->v.city) || !way_of_cookie(req, &b->way) || state.n != b->way.state.n ||
	    sodium_memcmp(state.p, b->way.state.p, state.n) != 0)
		return failed(req, IDENTITY_LATE, S(""));
	put_cookie(req, S(""), 0);
	enum err e = db_tx(req->db, take_tx, b);
	if (e == NOT_FOUND || (e == OK && !b->taken))
		return failed(req, IDENTITY_LATE, S(""));
	try(e);
	req->v.lang = str_eq(b->step.lang, S("en")) ? LANG_EN : LANG_FR;
	try(put_back(req, b));
	if (!same_person(req, b))
		return failed(req, IDENTITY_LATE, S(""));
	if (!code.n || form_given(req, "error"))
		return failed(req, IDENTITY_REFUSED, b->back);
	pack_str(&m, redirect_uri(req));
	pack_str(&m, code);
	pack_str(&m, b->way.nonce);
	pack_str(&m, b->way.verifier);
	req->handler_data = b;
	return wait_for(req, HELPER_OIDC, OIDC_FINISH, buf_str(&m), verified);
}

/* ---- leaving ---- */

enum err identity_carry(struct db *db, const struct session *fresh)
{
	if (!fresh->before)
		return OK;
	return identity_session_move(db, (str){ (const char *)fresh->before->id_hash, SESSION_HASH }, (str){ (const char *)fresh->id_hash, SESSION_HASH });
}

static enum err forget_tx(struct db *db, void *arg)
{
	return identity_session_remove(db, *(i64 *)arg);
}

static enum err left(struct req *req)
{
	struct unpack u;
	enum identity_fault fault;
	bool told = answered(req, &u, &fault);
	str address = told ? unpack_str(&u) : S("");
	return is_address(address) ? go(req, address) : resp_redirect(req, S("/connexion"));
}

enum err identity_leave(struct req *req, bool *ret_going)
{
	struct identity_session_row row;
	struct buf b = buf_new(req->a, MESSAGE_MAX);
	u8 random[SECRET];
	str token;
	*ret_going = false;
	enum err e = identity_session_get(req->db, (str){ (const char *)req->session->id_hash, SESSION_HASH }, &row);
	if (e == NOT_FOUND || !identity_offered(req->v.city))
		return OK;
	try(e);
	struct vault_item item = { str_printf(req->a, "identity_session:token_enc:%lld", (long long)row.id), row.token_enc };
	if (vault_open(req, S("leave the provider's session"), &item, 1, &token) != OK)
		return OK;
	try(db_tx(req->db, forget_tx, &row.id));
	try(session_revoke(req));                /* here it is over, whatever the provider says */
	req->v.sections = NULL;
	randombytes_buf(random, sizeof random);
	pack_str(&b, str_printf(req->a, "%.*s/connexion", STR_ARG(req->v.city->public_url)));
	pack_str(&b, base64(req->a, random));
	pack_str(&b, token);
	*ret_going = true;
	return wait_for(req, HELPER_OIDC, OIDC_LEAVE, buf_str(&b), left);
}
