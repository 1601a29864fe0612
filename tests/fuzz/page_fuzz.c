/* Every public page and the API, asked with any target of the fuzzer's making, on the demonstration city: what comes back is an
 * answer, never a failure of ours, and a page is well-formed HTML, an API answer JSON. */
#include "fuzz.h"

#include "base/log.h"
#include "base/timex.h"
#include "db/db.h"
#include "db/upkeep.h"
#include "directory/demo.h"
#include "http/request.h"
#include "http/route.h"
#include "pages/html.h"

#include <jansson.h>

static struct db *db;

/* Once, before the first input: the demonstration city in a database of this process alone. */
int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	char dir[4000], url[4100];
	const char *tmp = getenv("TMPDIR");
	struct arena *a = arena_new((size_t)256 << 20);
	struct place_import_report report;
	int applied;
	time_init();
	log_threshold(LOG_ERROR);
	snprintf(dir, sizeof dir, "%s/fuzz.XXXXXX", tmp ? tmp : "/tmp");
	must_hold(mkdtemp(dir));
	snprintf(url, sizeof url, "sqlite:%s/db", dir);
	must_hold(db_open(url, (struct db_options){ .create = true }, &db) == OK);
	db_use_arena(db, a);
	must_hold(db_migrate(db, false, &applied) == OK);
	must_hold(demo_load(db, url, a, &report) == OK && report.added > 100);
	arena_free(a);
	return 0;
}

/* A request for `target`, as the server would open it; NULL when it is refused. */
static struct req *open_request(struct arena *a, str target)
{
	static const struct city city = { .name = S_INIT("Essai"), .help_phone = S_INIT("+33261914400"), .help_hours = S_INIT("le lundi"),
		.help_desk = S_INIT("à la mairie"), .demo = true };
	struct req *req = arena_one(a, struct req);
	struct incoming in = { .method = S("GET"), .target = target, .version = S("HTTP/1.1"), .header_max = 16384 };
	struct networks none = { 0 };
	struct framing framing;
	*req = (struct req){ .a = a, .db = db, .status = 200, .content_type = S("text/html; charset=utf-8") };
	req->headers = (struct pairs){ arena_one(a, struct pair), 1 };
	req->headers.v[0] = (struct pair){ S("Host"), S("localhost") };
	req->out = buf_new(a, 8 << 20);
	req->v = (struct view){ .out = &req->out, .a = a, .city = &city };
	return request_open(req, &in, &none, &framing).status ? NULL : req;
}

static void check_html(struct arena *a, const struct req *req)
{
	static struct page p;
	p = (struct page){ .a = a };
	page_read(&p, buf_str(&req->out));
	for (int i = 0; i < p.n_problems; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(p.problems[i]));
	must_hold(p.n_problems == 0);
}

static void check_json(const struct req *req)
{
	json_error_t error;
	json_t *json = json_loadb(req->out.p, req->out.n, 0, &error);
	must_hold(json);
	json_decref(json);
}

FUZZ(a, in)
{
	str allow;
	db_use_arena(db, a);
	struct req *req = open_request(a, in);
	if (!req || route_find(a, GET, req->path, &req->route, req->params, &allow) != OK || req->route->cap != CAP_PUBLIC)
		return;
	if (req->route->form)
		req->form = form_read(req, req->route->form, &req->query);
	enum err e = req->route->handler(req);
	must_hold(e != INTERNAL && e != BUSY && !req->out.full);
	if (e != OK || req->out.n == 0)
		return;
	if (str_starts(req->content_type, S("text/html")))
		check_html(a, req);
	else if (str_find(req->content_type, S("json")) >= 0)
		check_json(req);
}
