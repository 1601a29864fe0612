/* See response.h. The rules on headers are those of docs/security.md: no script at all, nothing framed, nothing leaked to
 * other sites, nothing personal left in a shared browser. */
#include "http/response.h"

#include "base/json_out.h"
#include "http/form.h"

#define PROBLEM_MAX ((size_t)16384)

static const struct pair always[] = {
	{ S_INIT("X-Content-Type-Options"), S_INIT("nosniff") },
	{ S_INIT("Content-Security-Policy"),
	  S_INIT("default-src 'none'; img-src 'self' data:; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
	         "frame-ancestors 'none'") },
	{ S_INIT("Permissions-Policy"), S_INIT("camera=(), geolocation=(), microphone=(), payment=(), usb=()") },
	{ S_INIT("Cross-Origin-Opener-Policy"), S_INIT("same-origin") },
};

static void put(struct answer *ans, str name, str value)
{
	if (value.n == 0)
		return;                          /* libmicrohttpd has no empty headers */
	assert(ans->n_headers < ANSWER_HEADERS);
	ans->headers[ans->n_headers++] = (struct pair){ name, value };
}

static bool has(const struct answer *ans, str name)
{
	for (size_t i = 0; i < ans->n_headers; i++)
		if (str_ieq(ans->headers[i].name, name))
			return true;
	return false;
}

/* Says what the handler has not said itself. */
static void put_default(struct answer *ans, str name, str value)
{
	if (!has(ans, name))
		put(ans, name, value);
}

/* A fingerprint of the body; it needs to be quick, not secret. Two 64-bit words at a time, multiplied and folded. */
static u64 fold(u64 a, u64 b)
{
	__extension__ unsigned __int128 product = (unsigned __int128)a * b;

	return (u64)product ^ (u64)(product >> 64);
}

static u64 fingerprint(str s)
{
	u64 h = 0x9e3779b97f4a7c15u ^ s.n, w[2];
	size_t i = 0;

	for (; i + sizeof w <= s.n; i += sizeof w) {
		memcpy(w, s.p + i, sizeof w);
		h = fold(w[0] ^ 0xa0761d6478bd642fu, w[1] ^ h);
	}
	memset(w, 0, sizeof w);
	if (i < s.n)
		memcpy(w, s.p + i, s.n - i);
	h = fold(w[0] ^ 0xe7037ed1a0b428dbu, w[1] ^ h);
	return fold(h ^ 0x8ebc6af09c88c6e3u, 0x589965cc75374cc3u ^ s.n);
}

static bool is_api(const struct req *req)
{
	return (req->route && (req->route->flags & ROUTE_API)) || str_starts(req->path, S("/api/"));
}

static str cache_control(const struct req *req, const struct answer *ans)
{
	if (req->no_store || ans->status >= 300 || (req->method != GET && req->method != HEAD))
		return S("no-store");
	return req->session || req->v.stamp ? S("no-cache, private") : S("no-cache");
}

static void put_security(struct req *req, struct answer *ans)
{
	bool secret = req->secret_path.p || (req->route && (req->route->flags & ROUTE_SECRET_PATH));
	const struct city *city = req->v.city;

	for (size_t i = 0; i < lengthof(always); i++)
		put_default(ans, always[i].name, always[i].value);
	put_default(ans, S("Referrer-Policy"), secret ? S("no-referrer") : S("same-origin"));
	put_default(ans, S("Cross-Origin-Resource-Policy"), is_api(req) ? S("cross-origin") : S("same-origin"));
	if (is_api(req)) {
		put_default(ans, S("Access-Control-Allow-Origin"), S("*"));
		put_default(ans, S("Access-Control-Expose-Headers"), S("ETag, Link"));
	}
	if (req->tls && city && !city->demo && str_starts(city->public_url, S("https://")))
		put_default(ans, S("Strict-Transport-Security"), S("max-age=31536000"));
}

static bool has_body(int status)
{
	return status >= 200 && status != 204 && status != 304;
}

/* A body that is not there yet has been named by its maker. */
static void put_etag(struct req *req, struct answer *ans)
{
	if (ans->pieces) {
		ans->etag = pairs_get(&(struct pairs){ ans->headers, ans->n_headers }, "ETag");
		return;
	}
	ans->etag = str_printf(req->a, "W/\"%016llx\"", (unsigned long long)fingerprint(ans->body));
	put_default(ans, S("ETag"), ans->etag);
}

void answer_seal(struct req *req, struct answer *ret)
{
	str type = req->content_type.p ? req->content_type : S("text/html; charset=utf-8");

	*ret = (struct answer){ .status = req->status ? req->status : 200 };
	for (int i = 0; i < req->n_out_headers; i++)
		put(ret, req->out_headers[i].name, req->out_headers[i].value);
	if (has_body(ret->status)) {
		ret->body = buf_str(&req->out);
		if (ret->body.n > 0 || req->next_piece)
			put_default(ret, S("Content-Type"), type);
	}
	put_default(ret, S("Cache-Control"), cache_control(req, ret));
	ret->pieces = ret->status == 200 ? req->next_piece : NULL;
	ret->compress = coding_worth(type, ret->pieces ? SIZE_MAX : ret->body.n) && !has(ret, S("Content-Encoding"));
	if (ret->compress)
		put_default(ret, S("Vary"), S("Accept-Encoding"));
	put_security(req, ret);
	if (ret->status != 200 || req->no_store || (req->method != GET && req->method != HEAD))
		return;
	put_etag(req, ret);
}

/* An entity tag without the mark of weakness. */
static str opaque(str tag)
{
	tag = str_trim(tag);
	return str_starts(tag, S("W/")) ? str_slice(tag, 2, tag.n) : tag;
}

bool answer_is_known(str etag, str if_none_match)
{
	str rest = if_none_match, tag, ours = opaque(etag);

	if (!etag.p)
		return false;
	while (str_next(&rest, ',', &tag))
		if (str_eq(str_trim(tag), S("*")) || (str_eq(opaque(tag), ours) && ours.n > 0))
			return true;
	return false;
}

bool answer_is_public(const struct req *req, const struct answer *ans)
{
	return req->depends && ans->status == 200 && (req->method == GET || req->method == HEAD) && !req->session && !req->no_store &&
	       !req->v.stamp && !req->out.full && !has(ans, S("Set-Cookie"));
}

void resp_options(struct req *req, str allow)
{
	req->status = 204;
	req->out.n = 0;
	resp_header(req, "Allow", allow);
	if (!is_api(req))
		return;
	resp_header(req, "Access-Control-Allow-Methods", allow);
	resp_header(req, "Access-Control-Allow-Headers", S("Content-Type, If-None-Match"));
	resp_header(req, "Access-Control-Max-Age", S("86400"));
}

/* What is wrong with the declared fields, each with its name: an API's client must know what to put right. */
static void put_field_errors(struct json *j, const struct form *form)
{
	if (!form || !form->n_errors)
		return;
	json_key(j, S("errors"));
	json_open(j, '[');
	for (size_t i = 0; i < form->n_errors; i++) {
		json_open(j, '{');
		json_member(j, S("field"), str_c(form->errors[i].field));
		json_member(j, S("message"), form->errors[i].message);
		json_close(j, '}');
	}
	json_close(j, ']');
}

void resp_problem(struct req *req, int status, str title, str detail)
{
	struct buf out = buf_new(req->a, PROBLEM_MAX);
	struct json j = json_new(&out);

	json_open(&j, '{');
	json_member(&j, S("type"), S("about:blank"));
	json_member(&j, S("title"), title);
	json_key(&j, S("status"));
	json_i64(&j, status);
	json_member(&j, S("detail"), detail);
	put_field_errors(&j, req->form);
	json_member(&j, S("instance"), str_printf(req->a, "urn:gabare:request:%s", req->id));
	json_close(&j, '}');
	req->status = status;
	req->content_type = S("application/problem+json");
	req->out = out;
}
