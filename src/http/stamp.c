/* Whether a POST was meant by a page of ours (session.h). A form bears a stamp: the minute, a random, and a MAC of both and of
 * the form's action, made by the vault, or with a session by a key derived from it. The random makes each answer's stamp
 * another (compression would give a fixed secret away), and is the idempotency key. */
#include "http/session.h"

#include <sodium.h>

#include "base/timex.h"
#include "http/vault.h"

#define MAC 16
#define RANDOM 12

/* The stamp before it is written in base64. */
struct stamp { u8 minute[4]; u8 random[RANDOM]; u8 mac[MAC]; };

#define TEXT sodium_base64_ENCODED_LEN(sizeof(struct stamp), sodium_base64_VARIANT_URLSAFE_NO_PADDING)
#define MINUTE_MS ((i64)60000)

static void put_minute(struct stamp *s, i64 minute)
{
	for (size_t i = 0; i < sizeof s->minute; i++)
		s->minute[i] = (u8)(minute >> (24 - 8 * i));
}

static i64 minute_of(const struct stamp *s)
{
	i64 minute = 0;

	for (size_t i = 0; i < sizeof s->minute; i++)
		minute = minute << 8 | s->minute[i];
	return minute;
}

/* The MAC of a stamp for this action: by the session's key (then masked), or by the vault. */
static enum err mac_of(struct req *req, const struct stamp *s, str action, u8 ret[MAC])
{
	struct buf b = buf_new(req->a, action.n + 64);
	str answer;

	buf_put(&b, (str){ "stamp\0", 6 });
	buf_put(&b, action);
	buf_byte(&b, '\0');
	buf_put(&b, (str){ (const char *)s, offsetof(struct stamp, mac) });
	if (req->session) {
		crypto_generichash(ret, MAC, (const u8 *)b.p, b.n, req->session->csrf_key, sizeof req->session->csrf_key);
		return OK;
	}
	if (vault_ask(req, VAULT_MAC, buf_str(&b), &answer) != OK || answer.n != VAULT_MAC_SIZE)
		return BUSY;
	memcpy(ret, answer.p, MAC);
	return OK;
}

enum err form_stamp(struct req *req, const char *action)
{
	struct stamp s;
	char *text = arena_alloc(req->a, TEXT);

	put_minute(&s, now_ms() / MINUTE_MS);
	randombytes_buf(s.random, sizeof s.random);
	try(mac_of(req, &s, str_c(action), s.mac));
	sodium_bin2base64(text, TEXT, (const u8 *)&s, sizeof s, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	req->v.stamp = text;
	return OK;
}

/* "https://host:port" of an Origin header is this site: what the request was sent to, or the city's public address. */
static bool origin_is_ours(const struct req *req, str origin)
{
	ptrdiff_t slashes = str_find(origin, S("://"));
	str host = req_header(req, "Host");

	if (req->v.city && req->v.city->public_url.n > 0 && str_ieq(origin, req->v.city->public_url))
		return true;
	return slashes >= 0 && host.n > 0 && str_ieq(str_slice(origin, (size_t)slashes + 3, origin.n), host);
}

/* Browsers say where a request comes from; text browsers say nothing, and the stamp has to do. */
static bool comes_from_us(const struct req *req)
{
	str site = req_header(req, "Sec-Fetch-Site"), origin = req_header(req, "Origin");

	if (site.p)
		return str_eq(site, S("same-origin")) || str_eq(site, S("none"));
	return !origin.p || origin_is_ours(req, origin);
}

static bool stamp_parse(str text, struct stamp *ret)
{
	size_t n;

	return text.p && sodium_base642bin((u8 *)ret, sizeof *ret, text.p, text.n, NULL, &n, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
	       n == sizeof *ret;
}

static bool fresh(const struct stamp *s)
{
	i64 age = now_ms() / MINUTE_MS - minute_of(s);

	return age >= -1 && age <= STAMP_MAX_MS / MINUTE_MS; /* -1: another machine's clock */
}

enum err session_check_post(struct req *req)
{
	struct stamp s;
	u8 mac[MAC];
	char key[2 * RANDOM + 1];

	if (!comes_from_us(req) || !stamp_parse(pairs_get(&req->body, STAMP_FIELD), &s) || !fresh(&s))
		return FORBIDDEN;
	try(mac_of(req, &s, str_c(req->route->path), mac));
	if (sodium_memcmp(mac, s.mac, MAC) != 0)
		return FORBIDDEN;
	sodium_bin2hex(key, sizeof key, s.random, sizeof s.random);
	req->idem = str_copy(req->a, str_c(key));
	return OK;
}
