/* A web process in the test: the pipeline's own callbacks, called as http/mhd.c calls them; see ask.h. */
#include "ask.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/parser.h"
#include "app/vault.h"
#include "app/web.h"
#include "base/pack.h"
#include "base/timex.h"
#include "db/upkeep.h"
#include "http/oidc.h"
#include "http/parse.h"
#include "http/pieces.h"
#include "http/request.h"

enum { MEMORY = 64 << 20 };

/* ---- the process ---- */

static int listening(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET, .sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	assert_true(fd >= 0 && bind(fd, (struct sockaddr *)&any, sizeof any) == 0 && listen(fd, 1) == 0);
	return fd;
}

static struct keys *keys_of_tests(void)
{
	static const u8 master[KEY_BYTES] = { 1 };
	struct keys *keys = keys_new();
	keys_derive(keys, master);
	return keys;
}

struct vault_asker ask_vault(void)
{
	static struct keys *keys;
	keys = keys ? keys : keys_of_tests();
	return vault_of_keys(keys, unit_arena(MEMORY), S("test"));
}

/* The vault: a child that answers until the test ends. */
static _Noreturn void answer_as_vault(int fd)
{
	static char room[WAIT_MESSAGE_MAX];
	struct arena *a = arena_new(MEMORY);
	struct keys *keys = keys_of_tests();
	struct ipc_head head;
	str body;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	while (getppid() != 1) {
		str answer = S("");
		poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 1000);
		if (ipc_receive(fd, &head, room, sizeof room, &body) != OK)
			continue;
		head.result = vault_answer(keys, a, head.kind, body, &answer);
		if (ipc_send(fd, head, answer) != OK)
			break;
		arena_reset(a);
	}
	_exit(0);
}

static struct config *limits;

static struct process *process_for_tests(struct arena *a)
{
	static struct process p;
	static struct channels channels;
	struct config *config = arena_one(a, struct config);
	str problem = S("");
	enum err e = config_read(a, str_c(unit_dir()), str_c(unit_db_url()), (str){ NULL, 0 }, config, &problem);
	if (e != OK)
		fail_msg("configuration: %.*s", STR_ARG(problem));
	config->city.demo = true;
	config->workers = 1;
	limits = config;
	p = (struct process){ .role = ROLE_WEB, .config = config, .shared = shared_new(), .channels = &channels, .metrics_fd = -1,
		.signal_fd = -1, .listen_fd = listening() };
	ipc_open(&channels, 1);
	fflush(NULL);
	if (fork() == 0)
		answer_as_vault(channels.v[0][HELPER_VAULT].helper);
	return &p;
}

static struct web *web_for_tests(void)
{
	static struct web w;
	if (web)
		return web;
	struct arena *a = unit_arena(MEMORY);
	w.db = unit_db((struct db_options){ .application = "gabare test" }, a);
	w.p = process_for_tests(a);
	w.config = w.p->config;
	w.shared = w.p->shared;
	w.counters = &w.shared->worker[0];
	w.pending = arena_many(a, struct pending, (size_t)w.config->waiting_max * HELPER_COUNT);
	w.room = arena_alloc(a, WAIT_MESSAGE_MAX);
	w.ask_room = arena_alloc(a, WAIT_MESSAGE_MAX);
	struct http_options o = { .listen_fd = w.p->listen_fd, .on = dispatch_callbacks, .app = &w };
	w.http = http_start(&o);
	assert_non_null(w.http);
	web = &w;
	return web;
}

void ask_without_limits(void)
{
	web_for_tests();
	limits->post_burst = 100000;
}

void ask_public_url(const char *url)
{
	web_for_tests();
	limits->city.public_url = str_c(url);
}

struct db *ask_db(void)
{
	return web_for_tests()->db;
}

const char *ask_db_url(void)
{
	web_for_tests();
	return unit_db_url();
}

/* ---- asking ---- */

struct task { u32 kind; str message; };

static enum err in_child(int in_fd, struct child_out *out, void *arg)
{
	struct task *t = arg;
	(void)in_fd;
	return parser_task(t->kind, t->message, out);
}

static const struct http_callbacks *on = &dispatch_callbacks;

/* ---- the provider's part ---- */

static struct { const char *subject, *wrong; char state[100], nonce[100], challenge[100]; } identity;

void ask_identity(const char *subject, const char *wrong)
{
	web_for_tests();
	limits->city.demo = false;
	limits->city.public_url = S("https://ville.example");
	limits->city.identity_issuer = S("https://id.example");
	identity.subject = subject;
	identity.wrong = wrong;
}

const char *ask_identity_back(void)
{
	return str_printf(unit_arena(1 << 12), "/connexion/retour?code=un-code&state=%s", identity.state).p;
}

static const char *kept(char to[100], str s)
{
	snprintf(to, 100, "%.*s", STR_ARG(s));
	return to;
}

/* What proves that who comes back is who went: the nonce that was said, and what the challenge was made of. */
static void check_way(struct unpack *u)
{
	u8 hash[crypto_hash_sha256_BYTES];
	char text[sodium_base64_ENCODED_LEN(sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	assert_str(unpack_str(u), "un-code");
	assert_str(unpack_str(u), identity.nonce);
	str verifier = unpack_str(u);
	crypto_hash_sha256(hash, (const u8 *)verifier.p, verifier.n);
	assert_str(str_c(sodium_bin2base64(text, sizeof text, hash, sizeof hash, sodium_base64_VARIANT_URLSAFE_NO_PADDING)), identity.challenge);
}

static void answer_as_provider(struct req *req)
{
	struct unpack u = { .rest = req->wait->message };
	struct buf b = buf_new(req->a, 4096);
	assert_true(str_starts(unpack_str(&u), S("https://ville.example/connexion")));
	pack_str(&b, str_c(identity.wrong));
	pack_i64(&b, strcmp(identity.wrong, "away") == 0);
	if (req->wait->kind == OIDC_FINISH) {
		check_way(&u);
		pack_str(&b, S("https://id.example"));
		pack_str(&b, str_c(identity.subject));
		pack_str(&b, S("un.jeton.signe"));
	} else if (req->wait->kind == OIDC_BEGIN) {
		kept(identity.state, unpack_str(&u));
		kept(identity.nonce, unpack_str(&u));
		kept(identity.challenge, unpack_str(&u));
		pack_str(&b, S("https://id.example/authorize?state=x"));
	} else {
		assert_true(unpack_str(&u).n >= 32);
		assert_str(unpack_str(&u), "un.jeton.signe");
		pack_str(&b, S("https://id.example/end"));
	}
	assert_true(unpack_done(&u));
	req->wait->result = OK;
	req->wait->answer = buf_str(&b);
}

/* ---- the helpers' parts ---- */

/* The parser's, in a child as it does. */
static void answer_as_parser(struct req *req)
{
	struct child child;
	struct task task = { req->wait->kind, req->wait->message };
	assert_int_equal(req->wait->helper, HELPER_PARSER);
	assert_ok(child_start(in_child, -1, &task, (struct child_limits){ 20, 30, (size_t)512 << 20, false }, &child));
	str answer = S("");
	enum err got = child_next(&child, unit_arena(MEMORY), &answer), e = child_end(&child);
	req->wait->result = e == OK && got == INTERNAL ? INTERNAL : e;
	req->wait->answer = e == OK ? answer : S("");
}

/* Until the handler has its answer. */
static void wait_on_helpers(struct web *w, struct req *req)
{
	do
		if (req->wait->helper == HELPER_OIDC)
			answer_as_provider(req);
		else
			answer_as_parser(req);
	while (!dispatch_go_on(w, req));
}

/* From the headers to an answer in req, as the server drives it. */
static void drive(struct web *w, struct req *req, str body)
{
	struct incoming in = { .method = req->method == POST ? S("POST") : S("GET"), .target = req->target, .version = S("HTTP/1.1"),
		.header_max = 16384 };
	struct networks none = { 0 };
	struct framing framing;
	size_t body_max = 0;
	struct refusal r = request_open(req, &in, &none, &framing);
	if (r.status) {
		req->status = r.status;
		on->on_refused(w, req, r.reason);
		return;
	}
	if (on->on_headers(w, req, &body_max) == HTTP_ANSWER)
		return;
	req->body_raw = body;
	assert_true(request_read_form(req));
	if (on->on_request(w, req) == HTTP_SUSPEND)
		wait_on_helpers(w, req);
}

/* A body that is made while it is sent. */
static str whole_body(struct req *req)
{
	struct pieces *p = pieces_new(req, CODING_IDENTITY);
	struct buf body = buf_new(unit_arena(MEMORY), MEMORY / 2);
	char room[5000];
	ssize_t n;
	while ((n = pieces_read(p, room, sizeof room)) > 0)
		buf_put(&body, (str){ room, (size_t)n });
	pieces_free(p);
	db_use_arena(req->db, req->a);           /* not that of the pieces, which is gone */
	assert_true(n == PIECES_END && !body.full);
	return buf_str(&body);
}

/* ---- one browser's cookies ---- */

static char cookies[4][200];

static bool same_name(const char *kept, str set_cookie)
{
	size_t n = (size_t)str_find_byte(set_cookie, '=') + 1;
	return strncmp(kept, set_cookie.p, n) == 0;
}

void ask_with_cookie(str set_cookie)
{
	size_t i = 0;
	while (i < lengthof(cookies) && cookies[i][0] && !same_name(cookies[i], set_cookie))
		i++;
	assert_true(i < lengthof(cookies));
	snprintf(cookies[i], sizeof cookies[i], "%.*s", STR_ARG(str_slice(set_cookie, 0, (size_t)str_find_byte(set_cookie, ';'))));
}

static void keep_cookies(const struct answer *a)
{
	for (size_t i = 0; i < a->n_headers; i++)
		if (str_ieq(a->headers[i].name, S("Set-Cookie")))
			ask_with_cookie(a->headers[i].value);
}

static str cookie_header(struct arena *a)
{
	struct buf b = buf_new(a, 2048);
	for (size_t i = 0; i < lengthof(cookies) && cookies[i][0]; i++)
		buf_printf(&b, "%s%s", i ? "; " : "", cookies[i]);
	return buf_str(&b);
}

void ask_as_nobody(void) { memset(cookies, 0, sizeof cookies); }

static const char *body_type = "application/x-www-form-urlencoded";

static struct answer ask(enum method method, const char *target, str fields, const char *header, const char *value)
{
	struct web *w = web_for_tests();
	struct arena *a = unit_arena(MEMORY);
	struct req *req = arena_one(a, struct req);
	struct pair *headers = arena_many(a, struct pair, 5);
	struct answer ans;
	size_t n = 0;
	headers[n++] = (struct pair){ S("Host"), S("localhost") };
	if (method == POST) {
		headers[n++] = (struct pair){ S("Content-Type"), str_c(body_type) };
		headers[n++] = (struct pair){ S("Content-Length"), str_printf(a, "%zu", fields.n) };
	}
	if (header)
		headers[n++] = (struct pair){ str_c(header), str_c(value) };
	if (cookies[0][0])
		headers[n++] = (struct pair){ S("Cookie"), cookie_header(a) };
	*req = (struct req){ .a = a, .method = method, .target = str_c(target), .headers = { headers, n }, .status = 200,
		.content_type = S("text/html; charset=utf-8"), .client = S("127.0.0.1"), .started_us = mono_us() };
	snprintf(req->id, sizeof req->id, "%016x", 1u);
	req->out = buf_new(a, 4 << 20);
	req->v = (struct view){ .out = &req->out, .a = a };
	drive(w, req, fields);
	answer_seal(req, &ans);
	if (ans.pieces)
		ans.body = whole_body(req);
	keep_cookies(&ans);
	struct http_outcome outcome = { .status = ans.status, .bytes = ans.body.n };
	on->on_answered(w, req, &outcome);
	return ans;
}

struct answer get(const char *target) { return ask(GET, target, S(""), NULL, NULL); }
struct answer get_with(const char *target, const char *header, const char *value) { return ask(GET, target, S(""), header, value); }
struct answer post(const char *target, const char *fields) { return ask(POST, target, str_c(fields), NULL, NULL); }

/* What stands between `from` and the next quote after it; absent when it does not. */
static str between(str in, const char *from)
{
	ptrdiff_t at = str_find(in, str_c(from));
	str value, rest = at < 0 ? (str){ NULL, 0 } : str_slice(in, (size_t)at + strlen(from), in.n);
	return at >= 0 && str_next(&rest, '"', &value) ? value : (str){ NULL, 0 };
}

/* The hidden fields of a page's forms, as a form's body. */
static str hidden_fields(struct arena *a, str body)
{
	static const str mark = S_INIT("type=\"hidden\" name=\"");
	struct buf b = buf_new(a, MEMORY / 4);
	for (ptrdiff_t at; (at = str_find(body, mark)) >= 0;) {
		str rest = str_slice(body, (size_t)at + mark.n, body.n), name, value;
		body = rest;
		if (str_next(&rest, '"', &name) && str_next(&rest, '"', &value) && str_next(&rest, '"', &value))
			buf_printf(&b, "%.*s=%.*s&", STR_ARG(name), STR_ARG(value));
	}
	return buf_str(&b);
}

struct answer fill_late(const char *form, struct answer opened, const char *fields)
{
	struct arena *a = unit_arena(MEMORY);
	struct answer page = get(form);
	str seen = hidden_fields(a, opened.body), one;
	struct buf b = buf_new(a, MEMORY / 4);
	while (seen.n && str_next(&seen, '&', &one))
		if (!str_starts(one, S("_s=")))          /* a stamp is of its session */
			buf_printf(&b, "%.*s&", STR_ARG(one));
	buf_printf(&b, "_s=%.*s&%s", STR_ARG(between(page.body, "name=\"_s\" value=\"")), fields);
	return post(str_z(a, between(page.body, " method=\"post\" action=\"")), str_z(a, buf_str(&b)));
}

struct answer post_from(struct answer opened, const char *path, const char *fields)
{
	struct arena *a = unit_arena(MEMORY);
	return post(path, str_printf(a, "%.*s%s", STR_ARG(hidden_fields(a, opened.body)), fields).p);
}

struct answer fill(const char *form, const char *fields)
{
	struct arena *a = unit_arena(MEMORY);
	struct answer page = get(form);
	str action = between(page.body, " method=\"post\" action=\""), hidden = hidden_fields(a, page.body);
	if (str_find(hidden, S("_s=")) < 0)
		fail_msg("%s has no stamped form", form);
	return post(str_z(a, action), str_printf(a, "%.*s%s", STR_ARG(hidden), fields).p);
}

struct answer fill_file(const char *form, const char *fields, const char *field, const char *file_name, str content)
{
	struct arena *a = unit_arena(MEMORY);
	struct answer page = get(form);
	str rest = str_printf(a, "%.*s%s", STR_ARG(hidden_fields(a, page.body)), fields), one, name;
	struct buf b = buf_new(a, MEMORY / 2);
	while (rest.n && str_next(&rest, '&', &one))
		if (str_next(&one, '=', &name))
			buf_printf(&b, "--X\r\nContent-Disposition: form-data; name=\"%.*s\"\r\n\r\n%.*s\r\n", STR_ARG(name), STR_ARG(one));
	buf_printf(&b, "--X\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n", field, file_name);
	buf_put(&b, content);
	buf_put(&b, S("\r\n--X--\r\n"));
	body_type = "multipart/form-data; boundary=X";
	struct answer got = ask(POST, str_z(a, between(page.body, " method=\"post\" action=\"")), buf_str(&b), NULL, NULL);
	body_type = "application/x-www-form-urlencoded";
	return got;
}

str header_of(struct answer a, const char *name)
{
	for (size_t i = 0; i < a.n_headers; i++)
		if (str_ieq(a.headers[i].name, str_c(name)))
			return a.headers[i].value;
	return (str){ NULL, 0 };
}

/* ---- looking ---- */

/* What is read of some markup. */
static str visible(str markup)
{
	static const struct { str entity, is; } entities[] = { { S_INIT("&lt;"), S_INIT("<") }, { S_INIT("&gt;"), S_INIT(">") },
		{ S_INIT("&quot;"), S_INIT("\"") }, { S_INIT("&amp;"), S_INIT("&") }, { S_INIT("\u00A0"), S_INIT(" ") },
		{ S_INIT("\u202F"), S_INIT(" ") }, { S_INIT("\n"), S_INIT(" ") }, { S_INIT("  "), S_INIT(" ") } };
	struct arena *a = unit_arena(MEMORY);
	struct buf b = buf_new(a, markup.n + 1);
	bool tag = false;
	for (size_t i = 0; i < markup.n; i++) {
		tag = tag || markup.p[i] == '<';
		if (!tag)
			buf_byte(&b, markup.p[i]);
		tag = tag && markup.p[i] != '>';
	}
	str s = buf_str(&b);
	for (size_t i = 0; i < lengthof(entities); i++)
		s = str_replace(a, s, entities[i].entity, entities[i].is);
	return s;
}

static _Noreturn void fails(struct answer a, const char *file, int line)
{
	fprintf(stderr, "status %d\n%.*s\n", a.status, STR_ARG(str_slice(a.body, 0, 3000)));
	_fail(file, line);
	abort();
}

void ask_status(struct answer a, int status, const char *file, int line)
{
	if (a.status == status)
		return;
	fprintf(stderr, "expected status %d\n", status);
	fails(a, file, line);
}

void ask_text(struct answer a, const char *text, bool there, const char *file, int line)
{
	bool found = str_find(a.body, str_c(text)) >= 0 || str_find(visible(a.body), str_c(text)) >= 0;
	if (found == there)
		return;
	fprintf(stderr, there ? "does not say \"%s\"\n" : "says \"%s\"\n", text);
	fails(a, file, line);
}

void ask_order(struct answer a, const char *const *texts, const char *file, int line)
{
	str rest = visible(a.body);
	for (; *texts; texts++) {
		ptrdiff_t at = str_find(rest, str_c(*texts));
		if (at < 0) {
			fprintf(stderr, "\"%s\" is missing, or comes too early\n", *texts);
			fails(a, file, line);
		}
		rest = str_slice(rest, (size_t)at + strlen(*texts), rest.n);
	}
}
