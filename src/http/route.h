/* Routes: one row a page. Every argument is mandatory, so that authorization cannot be forgotten. */
#ifndef GABARE_ROUTE_H
#define GABARE_ROUTE_H

#include "http/form.h"
#include "http/req.h"

/* What a route demands of the one who asks. CAP_PUBLIC: nobody in particular. CAP_SESSION: somebody who has logged in. Which roles have
 * the others is one table: src/accounts/roles.c. */
enum cap {
	CAP_NONE_ = 0, CAP_PUBLIC, CAP_SESSION, CAP_OPERATE, CAP_ACCOUNTS, CAP_MESSAGES, CAP_AUDIT, CAP_REPORTS, CAP_PLACES, CAP_NETWORK, CAP_CONTACTS,
	CAP_CAMPAIGNS, CAP_PEOPLE, CAP_REGISTRY, CAP_DEVICES, CAP_COUNT
};

typedef enum err handler_fn(struct req *req);
/* Finds whether the object of the path is within the session's reach: OK, or NOT_FOUND (what the person sees either way). */
typedef enum err scope_fn(struct req *req);
#define SCOPE_NONE NULL                          /* only with CAP_PUBLIC: checked at start and by the tests */
#define SCOPE(fn) fn

struct route {
	enum method method;                      /* GET answers HEAD too */
	const char *path;                        /* "/lieux/:id", "/lieux/:id.vcf"; literal segments before parameters */
	handler_fn *handler;
	enum cap cap;
	scope_fn *scope;
	const struct form_spec *form;            /* FORM_NONE or FORM(name) */
	const char *handler_name;
	unsigned flags;
};

#define UPLOAD_MAX ((size_t)4 << 20)             /* bytes of a form with a file (ROUTE_UPLOAD) */

/* Extra facts of a route, or-ed in ROUTE_WITH's last argument. */
enum route_flag {
	ROUTE_SECRET_PATH = 1,                   /* the path is a secret link: masked in logs */
	ROUTE_API = 2,                           /* no language prefix; errors are application/problem+json; CORS */
	ROUTE_NO_LANG = 4,                       /* answers only without a language prefix (robots.txt, assets, q/…) */
	ROUTE_LONG = 8,                          /* a download: longer deadline for slow lines */
	ROUTE_UPLOAD = 32,                       /* a form with a file: larger bodies, from those who may ask for it */
	ROUTE_COUNTED = 64,                      /* each asking counts as a form does: what could be tried one after the other */
	ROUTE_AGENT = 16,                        /* a page for agents: their layout, French and English only, never on a line that others read */
};

#define ROUTE(method, path, handler, cap, scope, form) { method, path, handler, cap, scope, form, #handler, 0 }
#define ROUTE_WITH(method, path, handler, cap, scope, form, flags) { method, path, handler, cap, scope, form, #handler, flags }
#define ROUTES(domain, ...) const struct route domain##_routes[] = { __VA_ARGS__ { .path = NULL } }

/* The tables of all domains, ending with NULL (src/app/routes.c). */
extern const struct route *const route_tables[];

/* The row for a method and decoded path, its path parameters in ret_params (REQ_PATH_PARAMS of them, unused ones absent).
 * Where several rows fit, the one whose literal segments come first, then the one whose parameter has an ending.
 * NOT_FOUND: no such path. FORBIDDEN: the path exists for other methods, joined in *ret_allow ("GET, HEAD"), and *ret is the row of one of
 * them (OPTIONS of an API: see resp_options). */
must_use enum err route_find(struct arena *a, enum method m, str path, const struct route **ret, struct pair *ret_params, str *ret_allow);
must_use enum err route_find_in(const struct route *const *tables, struct arena *a, enum method m, str path, const struct route **ret,
                                struct pair *ret_params, str *ret_allow);
/* What is wrong with the tables (a row without handler, capability or scope, a path given twice or ill-formed), or an absent
 * str. The program refuses to start on it. */
str route_fault(const struct route *const *tables, struct arena *a);

#endif
