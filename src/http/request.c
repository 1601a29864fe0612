/* See request.h. */
#include "http/request.h"

#include "http/multipart.h"

#define TARGET_MAX ((size_t)8 * 1024)

static const struct refusal fine = { 0, NULL };

/* What is wrong with the message itself, before anything of it is interpreted. */
static struct refusal check_message(struct req *req, const struct incoming *in, struct framing *ret_framing)
{
	bool http_1_1 = str_eq(in->version, S("HTTP/1.1"));

	if (!http_1_1 && !str_eq(in->version, S("HTTP/1.0")))
		return (struct refusal){ 505, "version" };
	if (in->header_bytes > in->header_max)
		return (struct refusal){ 431, "headers too large" };
	if (in->target.n > TARGET_MAX)
		return (struct refusal){ 414, "target too long" };
	const char *wrong = framing_check(&req->headers, http_1_1, ret_framing);
	if (wrong)
		return (struct refusal){ 400, wrong };
	if (!method_known(in->method))
		return (struct refusal){ 501, "method" };
	str expect = req_header(req, "Expect");
	if (expect.p && !str_ieq(expect, S("100-continue")))
		return (struct refusal){ 417, "expect" };
	return fine;
}

static struct refusal read_target(struct req *req, str target)
{
	struct target t;

	if (target_parse(req->a, target, &t) != OK || (str_eq(t.path, S("*")) && req->method != OPTIONS))
		return (struct refusal){ 400, "target" };
	req->v.lang = t.lang;
	req->path = t.path;
	req->raw_query = t.raw_query;
	req->v.path = t.raw_query.n ? str_printf(req->a, "%.*s?%.*s", STR_ARG(t.raw_path), STR_ARG(t.raw_query)) : t.raw_path;
	if (!t.moved.p)
		return fine;
	resp_header(req, "Location", t.moved);
	return (struct refusal){ 308, "moved" };
}

struct refusal request_open(struct req *req, const struct incoming *in, const struct networks *trusted, struct framing *ret_framing)
{
	req->target = in->target;
	req->method = method_of(in->method);
	client_identify(req, &in->peer, in->tls, trusted);
	struct refusal r = check_message(req, in, ret_framing);
	if (!r.status)
		r = read_target(req, in->target);
	if (r.status)
		return r;
	if (pairs_parse(req->a, req->raw_query, &req->query) != OK)
		return (struct refusal){ 400, "query" };
	if (cookies_parse(req->a, req_header(req, "Cookie"), &req->cookies) != OK)
		return (struct refusal){ 400, "cookies" };
	return fine;
}

bool request_read_form(struct req *req)
{
	str type = req_header(req, "Content-Type"), whole = type;
	ptrdiff_t parameters = str_find_byte(type, ';');

	if (parameters >= 0)
		type = str_slice(type, 0, (size_t)parameters);
	if (str_ieq(str_trim(type), S("multipart/form-data")))
		return multipart_parse(req->a, whole, req->body_raw, &req->body, &req->file) == OK;
	if (!str_ieq(str_trim(type), S("application/x-www-form-urlencoded")))
		return true;
	return pairs_parse(req->a, req->body_raw, &req->body) == OK;
}
