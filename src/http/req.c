/* What handlers ask of a request and say of its answer (req.h). */
#include "http/req.h"

str pairs_get(const struct pairs *p, const char *name)
{
	str wanted = str_c(name);

	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->v[i].name, wanted))
			return p->v[i].value;
	return (str){ 0 };
}

str req_cookie(const struct req *req, const char *name) { return pairs_get(&req->cookies, name); }

str req_header(const struct req *req, const char *name)
{
	str wanted = str_c(name);

	for (size_t i = 0; i < req->headers.n; i++)
		if (str_ieq(req->headers.v[i].name, wanted))
			return req->headers.v[i].value;
	return (str){ 0 };
}

str req_param(const struct req *req, const char *name)
{
	str wanted = str_c(name);

	for (size_t i = 0; i < REQ_PATH_PARAMS; i++)
		if (req->params[i].name.p && str_eq(req->params[i].name, wanted))
			return req->params[i].value;
	return (str){ 0 };
}

static bool plain_text(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((u8)s.p[i] < ' ' || s.p[i] == 0x7F)
			return false;
	return true;
}

void resp_header(struct req *req, const char *name, str value)
{
	assert(plain_text(str_c(name)) && plain_text(value));
	assert(req->n_out_headers < REQ_HEADERS_OUT);
	req->out_headers[req->n_out_headers++] = (struct pair){ str_c(name), value };
}

void resp_file(struct req *req, str name, bool personal)
{
	static const struct { const char *end, *type; } types[] = { { ".csv", "text/csv; charset=utf-8; header=present" },
		{ ".geojson", "application/geo+json; charset=utf-8" }, { ".json", "application/json; charset=utf-8" } };
	size_t t = 0;
	while (t < lengthof(types) && !str_ends(name, str_c(types[t].end)))
		t++;
	assert(t < lengthof(types) && str_find(name, S("\"")) < 0);
	req->content_type = str_c(types[t].type);
	req->no_store |= personal;
	resp_header(req, "Content-Disposition", str_printf(req->a, "attachment; filename=\"%.*s\"", STR_ARG(name)));
}

void resp_pieces(struct req *req, piece_fn *next, str etag)
{
	req->next_piece = next;
	if (etag.p)
		resp_header(req, "ETag", etag);
}

enum err resp_redirect(struct req *req, str path)
{
	const char *prefix = langs[req->v.lang].prefix;

	assert(path.n > 0 && path.p[0] == '/' && !str_starts(path, S("//")));
	req->status = 303;
	if (prefix[0] && !str_starts(path, S("/api/")) && !str_starts(path, S("/q/")))
		path = str_printf(req->a, "/%s%.*s", prefix, STR_ARG(path));
	resp_header(req, "Location", path);
	return OK;
}

enum err resp_moved(struct req *req, str path)
{
	if (req->raw_query.n)
		path = str_printf(req->a, "%.*s?%.*s", STR_ARG(path), STR_ARG(req->raw_query));
	enum err e = resp_redirect(req, path);
	assert(e == OK);
	req->status = req->method == POST ? 308 : 301;
	return MOVED;
}

void true_until(struct req *req, i64 ms)
{
	if (!req->until_ms || ms < req->until_ms)
		req->until_ms = ms;
}

void depends_on(struct req *req, enum generation g)
{
	assert(g < GEN_COUNT);
	req->depends |= 1u << g;
}
