/* Was a POST meant by a page of ours, and has it been done already? Without a session a form bears a stamp signed by the vault;
 * with one, a token masked anew in each answer, so that a compressed page never repeats a secret (BREACH). */
#include <sodium.h>

#include "base/timex.h"
#include "http/session.h"
#include "http/session_sql.h"
#include "http/vault.h"

#define RANDOM_BYTES 16
#define MINUTE_MS 60000

/* ---- without a session: MINUTE.RANDOM.MAC ---- */

static enum err mac_of(struct req *req, const char *action, str body, str *ret)
{
	static const char purpose[] = "stamp";
	struct buf b = buf_new(req->a, 1024);
	buf_put(&b, (str){purpose, sizeof purpose});     /* its NUL too */
	buf_put(&b, str_c(action));
	buf_byte(&b, 0);
	buf_put(&b, body);
	try(vault_ask(req, VAULT_MAC, buf_str(&b), ret));
	return ret->n == VAULT_MAC_SIZE ? OK : INTERNAL;
}

static str hex_of(struct arena *a, const void *bytes, size_t n)
{
	char *text = arena_alloc(a, n * 2 + 1);
	sodium_bin2hex(text, n * 2 + 1, bytes, n);
	return (str){text, n * 2};
}

static enum err signed_stamp(struct req *req, const char *action)
{
	u8 random[RANDOM_BYTES];
	str mac;
	randombytes_buf(random, sizeof random);
	str body = str_printf(req->a, "%lld.%s", (long long)(now_ms() / MINUTE_MS), hex_of(req->a, random, sizeof random).p);
	try(mac_of(req, action, body, &mac));
	req->v.stamp = str_printf(req->a, "%.*s.%s", STR_ARG(body), hex_of(req->a, mac.p, mac.n).p).p;
	return OK;
}

static enum err check_stamp(struct req *req, str stamp)
{
	str rest = stamp, minute, random, mac, wanted;
	i64 made;
	if (!str_next(&rest, '.', &minute) || !str_next(&rest, '.', &random) || !str_next(&rest, '.', &mac) || rest.p)
		return FORBIDDEN;
	i64 age = now_ms() - (str_i64(minute, &made) && made >= 0 && made < INT64_MAX / MINUTE_MS ? made * MINUTE_MS : 0);
	if (age > STAMP_MAX_MS || age < -2 * MINUTE_MS || random.n != RANDOM_BYTES * 2 || mac.n != VAULT_MAC_SIZE * 2)
		return FORBIDDEN;
	str body = str_slice(stamp, 0, minute.n + 1 + random.n);
	try(mac_of(req, req->route->path, body, &wanted));
	if (sodium_memcmp(mac.p, hex_of(req->a, wanted.p, wanted.n).p, mac.n))
		return FORBIDDEN;
	req->idem = str_printf(req->a, "%s %.*s", req->route->path, STR_ARG(body));
	return OK;
}

/* ---- with a session: MASK + (MASK xor key of the session and the route), hexadecimal ---- */

static void route_key(const struct session *s, const char *action, u8 ret[SESSION_HASH])
{
	crypto_generichash(ret, SESSION_HASH, (const u8 *)action, strlen(action), s->csrf_key, SESSION_HASH);
}

static void masked_token(struct req *req, const char *action)
{
	u8 token[SESSION_HASH * 2], key[SESSION_HASH];
	route_key(req->session, action, key);
	randombytes_buf(token, SESSION_HASH);
	for (size_t i = 0; i < SESSION_HASH; i++)
		token[SESSION_HASH + i] = token[i] ^ key[i];
	req->v.stamp = hex_of(req->a, token, sizeof token).p;
}

static enum err check_token(struct req *req, str text)
{
	u8 token[SESSION_HASH * 2], key[SESSION_HASH];
	size_t n;
	if (sodium_hex2bin(token, sizeof token, text.p, text.n, NULL, &n, NULL) || n != sizeof token)
		return FORBIDDEN;
	route_key(req->session, req->route->path, key);
	for (size_t i = 0; i < SESSION_HASH; i++)
		token[SESSION_HASH + i] ^= token[i];
	if (sodium_memcmp(token + SESSION_HASH, key, SESSION_HASH))
		return FORBIDDEN;
	req->idem = str_printf(req->a, "%s %s %s", req->route->path, hex_of(req->a, req->session->id_hash, SESSION_HASH).p,
		hex_of(req->a, token, SESSION_HASH).p);
	return OK;
}

/* ---- both ---- */

enum err form_stamp(struct req *req, const char *action)
{
	req->no_store = true;                    /* a form with a stamp of its own is nobody else's */
	if (!req->session)
		return signed_stamp(req, action);
	masked_token(req, action);
	return OK;
}

/* Browsers say where a request comes from: a foreign page cannot lie about it. Older ones say nothing. */
static bool foreign(const struct req *req)
{
	str site = req_header(req, "Sec-Fetch-Site"), origin = req_header(req, "Origin"), host = req_header(req, "Host");
	if (site.n && !str_eq(site, S("same-origin")) && !str_eq(site, S("none")))
		return true;
	if (!origin.n)
		return false;
	ptrdiff_t scheme = str_find(origin, S("://"));
	return scheme < 0 || !str_ieq(str_slice(origin, (size_t)scheme + 3, origin.n), host);
}

enum err session_check_post(struct req *req)
{
	if (foreign(req))
		return FORBIDDEN;
	str stamp = pairs_get(&req->body, STAMP_FIELD);
	if (!stamp.n)
		return FORBIDDEN;
	return req->session ? check_token(req, stamp) : check_stamp(req, stamp);
}

struct once { struct req *req; once_fn *fn; void *arg; str path; };

static enum err do_once(struct db *db, void *arg)
{
	struct once *o = arg;
	struct idempotency_row done;
	try(idempotency_claim(db, o->req->idem, str_c(o->req->route->path), now_ms()));
	if (db_changes(db) == 0) {
		try(idempotency_find(db, o->req->idem, &done));
		o->path = done.location;
		return OK;
	}
	try(o->fn(db, o->arg, &o->path));
	return idempotency_answer(db, o->req->idem, o->path);
}

enum err post_once(struct req *req, once_fn *fn, void *arg)
{
	assert(req->idem.n);
	struct once o = {.req = req, .fn = fn, .arg = arg};
	try(db_tx(req->db, do_once, &o));
	return resp_redirect(req, o.path);
}

enum err idempotency_purge(struct db *db, i64 before, i64 limit, i64 *ret_n)
{
	try(idempotency_delete_old(db, before, limit));
	*ret_n = db_changes(db);
	return OK;
}
