/* Sessions: a random secret in the cookie, its hash in the table. */
#include "http/session.h"

#include <sodium.h>

#include "base/timex.h"
#include "http/session_sql.h"

#define SECRET_BYTES 32
#define SECRET_CHARS 64
#define IDLE_MS (2 * 3600 * (i64)1000)
#define TOUCH_MS (5 * 60 * (i64)1000)

static const char *cookie_name(const struct req *req) { return req->tls ? "__Host-g" : "g"; }

static void derive(const u8 secret[SECRET_BYTES], u8 id_hash[SESSION_HASH], u8 csrf_key[SESSION_HASH])
{
	static const u8 purpose[] = "csrf";
	crypto_generichash(id_hash, SESSION_HASH, secret, SECRET_BYTES, NULL, 0);
	crypto_generichash(csrf_key, SESSION_HASH, purpose, sizeof purpose - 1, secret, SECRET_BYTES);
}

static str hash_of(const struct session *s) { return (str){(const char *)s->id_hash, SESSION_HASH}; }

static enum err touch(struct db *db, void *arg)
{
	return session_touch(db, hash_of(arg), now_ms());
}

enum err session_load(struct req *req)
{
	u8 secret[SECRET_BYTES];
	size_t n;
	struct session_row row;
	str cookie = req_cookie(req, cookie_name(req));
	req->session = NULL;
	if (cookie.n != SECRET_CHARS || sodium_hex2bin(secret, sizeof secret, cookie.p, cookie.n, NULL, &n, NULL) || n != SECRET_BYTES)
		return OK;
	struct session *s = arena_one(req->a, struct session);
	derive(secret, s->id_hash, s->csrf_key);
	enum err e = session_find(req->db, hash_of(s), &row);
	if (e == NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	i64 now = now_ms();
	if (row.expires_at <= now || row.seen_at + IDLE_MS <= now)
		return OK;
	s->user_id = row.user_id;
	s->created_at = row.created_at;
	s->seen_at = row.seen_at;
	s->expires_at = row.expires_at;
	s->caps = 1u << CAP_PUBLIC;
	req->session = s;
	req->no_store = true;
	return row.seen_at + TOUCH_MS <= now ? db_tx(req->db, touch, s) : OK;
}

enum err session_create(struct req *req, i64 user_id)
{
	u8 secret[SECRET_BYTES];
	char text[SECRET_CHARS + 1];
	struct session *s = arena_one(req->a, struct session);
	randombytes_buf(secret, sizeof secret);
	derive(secret, s->id_hash, s->csrf_key);
	s->user_id = user_id;
	s->created_at = s->seen_at = now_ms();
	s->expires_at = s->created_at + SESSION_MAX_MS;
	s->caps = 1u << CAP_PUBLIC;
	try(session_add(req->db, hash_of(s), user_id, s->created_at, s->expires_at));
	sodium_bin2hex(text, sizeof text, secret, sizeof secret);
	resp_header(req, "Set-Cookie", str_printf(req->a, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s", cookie_name(req), text, req->tls ? "; Secure" : ""));
	req->session = s;
	req->no_store = true;
	return OK;
}

enum err session_revoke(struct req *req)
{
	if (req->session)
		try(session_delete(req->db, hash_of(req->session)));
	resp_header(req, "Set-Cookie",
		str_printf(req->a, "%s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0%s", cookie_name(req), req->tls ? "; Secure" : ""));
	resp_header(req, "Clear-Site-Data", S("\"cache\", \"cookies\", \"storage\""));
	req->session = NULL;
	return OK;
}

enum err sessions_purge(struct db *db, i64 limit, i64 *ret_n)
{
	i64 now = now_ms();
	try(session_delete_over(db, now, now - IDLE_MS, limit));
	*ret_n = db_changes(db);
	return OK;
}

bool session_may(const struct session *s, enum cap cap)
{
	return cap == CAP_PUBLIC || (s && (s->caps & 1u << cap));
}
