/* Sessions and "once only" (session.h). The cookie holds a random secret; the database its hash; what protects forms is derived
 * from the secret, so that nothing more is stored. */
#include "http/session.h"

#include <sodium.h>

#include "base/timex.h"
#include "http/session_sql.h"

#define SECRET 32                                /* bytes in the cookie */
#define TOUCH_MS (5 * 60 * (i64)1000)            /* how precisely its use is noted */

static const char *cookie_name(const struct req *req)
{
	return req->tls ? "__Host-g" : "g";      /* browsers refuse Secure, hence __Host-, on plain HTTP */
}

/* The hash that names the session, and the key of its CSRF tokens. */
static void derive(const u8 secret[SECRET], struct session *s)
{
	static const u8 csrf[] = "gabare csrf token of a session";

	crypto_generichash(s->id_hash, sizeof s->id_hash, secret, SECRET, NULL, 0);
	crypto_generichash(s->csrf_key, sizeof s->csrf_key, csrf, sizeof csrf, secret, SECRET);
}

static bool secret_of_cookie(const struct req *req, u8 ret[SECRET])
{
	str value = req_cookie(req, cookie_name(req));
	size_t n;

	return value.p && sodium_base642bin(ret, SECRET, value.p, value.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       n == SECRET;
}

static str hash_of(const struct session *s)
{
	return (str){ (const char *)s->id_hash, sizeof s->id_hash };
}

static enum err touch(struct db *db, void *arg)
{
	return session_touch(db, hash_of(arg), now_ms());
}

enum err session_load(struct req *req)
{
	u8 secret[SECRET];
	struct session_row row;
	i64 now = now_ms();

	req->session = NULL;
	if (!secret_of_cookie(req, secret))
		return OK;
	struct session *s = arena_one(req->a, struct session);
	derive(secret, s);
	enum err e = session_find(req->db, hash_of(s), now, now - SESSION_IDLE_MS, &row);
	if (e != OK)
		return e == NOT_FOUND ? OK : e;
	s->user_id = row.user_id;
	s->created_at = row.created_at;
	s->seen_at = row.seen_at;
	s->expires_at = row.expires_at;
	s->pending = row.pending != 0;
	req->session = s;
	return now - row.seen_at > TOUCH_MS ? db_tx(req->db, touch, s) : OK;
}

/* "Firefox, Android": enough for people to know their own devices again; versions would tell more than that. */
static str device_of(const struct req *req)
{
	static const char *const browsers[][2] = { { "Edg", "Edge" }, { "Firefox", "Firefox" }, { "Chrom", "Chrome" }, { "Safari", "Safari" },
		{ "w3m", "w3m" }, { "Lynx", "Lynx" } };
	static const char *const systems[][2] = { { "Android", "Android" }, { "iPhone", "iPhone" }, { "iPad", "iPad" }, { "Windows", "Windows" },
		{ "Mac OS", "Mac" }, { "CrOS", "ChromeOS" }, { "Linux", "Linux" } };
	str agent = req_header(req, "User-Agent"), browser = S(""), system = S("");

	for (size_t i = lengthof(browsers); i-- > 0;)
		browser = str_find(agent, str_c(browsers[i][0])) >= 0 ? str_c(browsers[i][1]) : browser;
	for (size_t i = lengthof(systems); i-- > 0;)
		system = str_find(agent, str_c(systems[i][0])) >= 0 ? str_c(systems[i][1]) : system;
	return str_printf(req->a, "%.*s%s%.*s", STR_ARG(browser), browser.n && system.n ? ", " : "", STR_ARG(system));
}

struct session *session_new(struct req *req, i64 user_id, bool pending)
{
	u8 secret[SECRET];
	char text[sodium_base64_ENCODED_LEN(SECRET, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	struct session *s = arena_one(req->a, struct session);
	i64 now = now_ms();

	randombytes_buf(secret, sizeof secret);
	sodium_bin2base64(text, sizeof text, secret, sizeof secret, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	*s = (struct session){ .user_id = user_id, .created_at = now, .seen_at = now, .pending = pending, .device = device_of(req), .before = req->session,
		.expires_at = now + (pending ? SESSION_PENDING_MS : SESSION_MAX_MS) };
	derive(secret, s);
	resp_header(req, "Set-Cookie", str_printf(req->a, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s", cookie_name(req), text, req->tls ? "; Secure" : ""));
	return s;
}

enum err session_store(struct db *db, const struct session *s)
{
	if (s->before)
		try(session_delete(db, hash_of(s->before)));
	return session_insert(db, hash_of(s), s->user_id, s->created_at, s->expires_at, s->pending, s->device);
}

static enum err end(struct db *db, void *arg)
{
	return session_delete(db, hash_of(arg));
}

enum err session_revoke(struct req *req)
{
	if (req->session)
		try(db_tx(req->db, end, req->session));
	req->session = NULL;
	req->no_store = true;
	resp_header(req, "Set-Cookie", str_printf(req->a, "%s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0%s", cookie_name(req), req->tls ? "; Secure" : ""));
	resp_header(req, "Clear-Site-Data", S("\"cache\", \"cookies\", \"storage\""));
	return OK;
}

enum err sessions_purge(struct db *db, i64 limit, i64 *ret_n)
{
	i64 now = now_ms();

	try(session_forget(db, now, now - SESSION_IDLE_MS, limit));
	*ret_n = db_changes(db);
	return OK;
}

bool session_may(const struct session *s, enum cap cap)
{
	return cap == CAP_PUBLIC || (s && s->caps & 1u << cap);
}

/* ---- once only ---- */

struct once { struct req *req; once_fn *fn; void *arg; str path; };

static enum err once(struct db *db, void *arg)
{
	struct once *o = arg;
	struct idempotency_row row;
	str key = o->req->idem;

	try(idempotency_claim(db, key, o->req->path, now_ms()));
	if (db_changes(db) == 0) {
		try(idempotency_find(db, key, &row));
		o->path = row.location;
		return str_eq(row.route, o->req->path) ? OK : CONFLICT;
	}
	try(o->fn(db, o->arg, &o->path));
	return idempotency_settle(db, key, o->path);
}

enum err post_once(struct req *req, once_fn *fn, void *arg)
{
	struct once o = { req, fn, arg, { 0 } };

	assert(req->idem.n > 0);
	try(db_tx(req->db, once, &o));
	return resp_redirect(req, o.path);
}

enum err idempotency_purge(struct db *db, i64 before, i64 limit, i64 *ret_n)
{
	try(idempotency_forget(db, before, limit));
	*ret_n = db_changes(db);
	return OK;
}
