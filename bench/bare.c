/* The bare program that Gabare's uncached pages are compared with: libmicrohttpd, the same queries and the same compiled
 * templates (the very handlers), pre-forked alike; and nothing of what makes a server: no route table, no cache, no session,
 * no limits, no compression, no validator, no security header, no log.
 *
 *   bare URL PORT PROCESSES */
#include <arpa/inet.h>
#include <microhttpd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/timex.h"
#include "db/db.h"
#include "http/form.h"
#include "http/route.h"

#define QUERY_MAX 32

static struct city city = { .name = S_INIT("Gabare-sur-Loire"), .help_phone = S_INIT("+33261914400"), .demo = true };
static const char place_path[] = "/lieux/";

struct bare { struct db *db; struct arena *a; const struct route *list, *place; };

static enum MHD_Result add_query(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct pairs *p = cls;
	(void)kind;
	if (p->n < QUERY_MAX)
		p->v[p->n++] = (struct pair){ str_c(name), str_c(value ? value : "") };
	return MHD_YES;
}

static enum err show(const struct bare *b, struct req *req, const char *url)
{
	if (strncmp(url, place_path, sizeof place_path - 1) == 0) {
		req->params[0] = (struct pair){ S("id"), str_c(url + sizeof place_path - 1) };
		return b->place->handler(req);
	}
	req->form = form_read(req, b->list->form, &req->query);
	return strcmp(url, "/lieux") == 0 ? b->list->handler(req) : NOT_FOUND;
}

static const struct route *route_of(struct arena *a, str path)
{
	const struct route *r;
	struct pair params[REQ_PATH_PARAMS];
	str allow;
	if (route_find(a, GET, path, &r, params, &allow) != OK)
		die("no route for %.*s", STR_ARG(path));
	return r;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
	const char *data, size_t *data_n, void **state)
{
	struct bare *b = cls;
	static int seen;
	(void)method, (void)version, (void)data, (void)data_n;
	if (!*state) {
		*state = &seen;
		return MHD_YES;
	}
	arena_reset(b->a);
	struct req *req = arena_one(b->a, struct req);
	*req = (struct req){ .a = b->a, .db = b->db, .path = str_c(url), .status = 200 };
	req->query.v = arena_many(b->a, struct pair, QUERY_MAX);
	req->out = buf_new(b->a, (size_t)4 << 20);
	req->v = (struct view){ .out = &req->out, .a = b->a, .lang = LANG_FR, .city = &city, .path = req->path };
	db_use_arena(b->db, b->a);
	MHD_get_connection_values(mhd, MHD_GET_ARGUMENT_KIND, add_query, &req->query);
	enum err e = show(b, req, url);
	str body = e == OK ? buf_str(&req->out) : S("no\n");
	struct MHD_Response *r = MHD_create_response_from_buffer(body.n, (void *)body.p, MHD_RESPMEM_MUST_COPY);
	MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
	enum MHD_Result queued = MHD_queue_response(mhd, e == OK ? (unsigned)req->status : 404, r);
	MHD_destroy_response(r);
	return queued;
}

static _Noreturn void serve(const char *url, int listening)
{
	struct bare b = { .a = arena_new((size_t)8 << 20) };
	b.list = route_of(b.a, S("/lieux"));
	b.place = route_of(b.a, S("/lieux/x"));
	if (db_open(url, (struct db_options){ .application = "bare" }, &b.db) != OK)
		die("%s: %s", url, db_error(NULL));
	struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL, 0, NULL, NULL, on_request, &b, MHD_OPTION_LISTEN_SOCKET, listening,
		MHD_OPTION_END);
	while (d && MHD_run_wait(d, -1) == MHD_YES)
		continue;
	die("libmicrohttpd does not run");
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((u16)strtol(argv[2], NULL, 10)) };
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
	if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, 1024) != 0) {
		perror("bare");
		return 1;
	}
	time_init();
	signal(SIGPIPE, SIG_IGN);
	for (long n = strtol(argv[3], NULL, 10); n > 0; n--)
		if (fork() == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			serve(argv[1], fd);
		}
	while (wait(NULL) > 0)
		continue;
	return 0;
}
