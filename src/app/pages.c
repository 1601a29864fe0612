/* Pages that belong to no domain; see pages.h. */
#include "app/pages.h"

#include "http/response.h"
#include "pages/pages.h"

int pages_status(enum err e)
{
	switch (e) {
	case OK:
		return 200;
	case INVALID:
		return 400;
	case NOT_FOUND:
		return 404;
	case FORBIDDEN:
		return 403;
	case CONFLICT:
		return 409;
	case BUSY:
		return 503;
	case INTERNAL:
	case WAITING:
	case MOVED:
		break;
	}
	return 500;
}

static str problem_title(int status)
{
	static const struct { int status; const char *title; } titles[] = {
		{ 400, "Bad request" }, { 403, "Forbidden" }, { 404, "Not found" }, { 405, "Method not allowed" }, { 408, "Request timeout" },
		{ 409, "Conflict" }, { 413, "Content too large" }, { 414, "URI too long" }, { 417, "Expectation failed" }, { 429, "Too many requests" },
		{ 431, "Request header fields too large" }, { 501, "Not implemented" }, { 503, "Service unavailable" }, { 505, "HTTP version not supported" },
	};
	for (size_t i = 0; i < lengthof(titles); i++)
		if (titles[i].status == status)
			return str_c(titles[i].title);
	return S("Internal server error");
}

void pages_error(struct req *req, int status, const char *detail)
{
	bool api = req->route ? req->route->flags & ROUTE_API : str_starts(req->path, S("/api/"));
	req->depends = 0;
	req->out.n = 0;
	req->out.full = false;
	req->status = status;
	if (api) {
		resp_problem(req, status, problem_title(status), str_c(detail));
		return;
	}
	req->content_type = S("text/html; charset=utf-8");
	if (error_page_html(&req->v, status) != OK) {
		req->out.n = 0;
		req->out.full = false;
		buf_printf(&req->out, "%d\n", status);
	}
}

static enum err healthz(struct req *req)
{
	req->content_type = S("text/plain; charset=utf-8");
	req->no_store = true;
	buf_put(&req->out, S("ok\n"));
	return OK;
}

ROUTES(app,
	ROUTE_WITH(GET, "/healthz", healthz, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_NO_LANG),
);
