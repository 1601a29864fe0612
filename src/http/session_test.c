/* Sessions, stamps, and what happens when a form is sent twice. */
#include "http/session.h"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/timex.h"
#include "db/trunk_sql.h"

#include "unit.h"

#define NOON ((i64)1795000000000)

/* Everything these tests make. */
static struct arena *room(void)
{
	static struct arena *a;

	if (!a)
		a = unit_arena(8 << 20);
	return a;
}

static const struct route form_route = { .method = POST, .path = "/lieux/:id/erreur" };

static struct db *open_db(struct db_shared *shared)
{
	return unit_db((struct db_options){ .shared = shared }, room());
}

static struct req *request(struct db *db, const char *path)
{
	struct arena *a = room();
	struct req *req = arena_one(a, struct req);

	req->a = req->v.a = a;
	req->db = db;
	req->method = POST;
	req->path = str_c(path);
	req->route = &form_route;
	if (db)
		db_use_arena(db, a);
	return req;
}

static void header(struct req *req, const char *name, const char *value)
{
	struct pair *v = arena_many(req->a, struct pair, req->headers.n + 1);

	for (size_t i = 0; i < req->headers.n; i++)
		v[i] = req->headers.v[i];
	v[req->headers.n++] = (struct pair){ str_c(name), str_c(value) };
	req->headers.v = v;
}

static void cookie(struct req *req, str set_cookie)
{
	ptrdiff_t equals = str_find_byte(set_cookie, '='), semicolon = str_find_byte(set_cookie, ';');

	req->cookies.v = arena_one(req->a, struct pair);
	req->cookies.v[0] = (struct pair){ str_copy(req->a, str_slice(set_cookie, 0, (size_t)equals)),
	                                   str_copy(req->a, str_slice(set_cookie, (size_t)equals + 1, (size_t)semicolon)) };
	req->cookies.n = 1;
}

static void body(struct req *req, const char *stamp)
{
	req->body.v = arena_one(req->a, struct pair);
	req->body.v[0] = (struct pair){ S("_s"), str_copy(req->a, str_c(stamp)) };
	req->body.n = 1;
}

/* ---- sessions ---- */

static enum err create(struct db *db, void *arg)
{
	return session_store(db, session_new(arg, 42, false));
}

static struct req *again(struct db *db, str set_cookie, bool tls)
{
	struct req *req = request(db, "/dossier");

	req->tls = tls;
	cookie(req, set_cookie);
	assert_ok(session_load(req));
	return req;
}

TEST(session_lives_in_its_cookie)
{
	struct db *db = open_db(NULL);
	struct req *req = request(db, "/entrer");

	req->tls = true;
	assert_ok(db_tx(db, create, req));
	str set = req->out_headers[0].value;
	assert_true(str_starts(set, S("__Host-g=")) && str_ends(set, S("; Secure")) && str_find(set, S("HttpOnly; SameSite=Lax")) > 0);
	assert_int_equal(again(db, set, true)->session->user_id, 42);
	assert_null(again(db, set, false)->session); /* a TLS cookie is not read on plain HTTP */
	struct req *other = request(db, "/entrer");
	assert_ok(db_tx(db, create, other));
	assert_false(str_eq(other->out_headers[0].value, set));
	assert_true(str_starts(other->out_headers[0].value, S("g=")));
	assert_ok(session_revoke(again(db, set, true)));
	assert_null(again(db, set, true)->session);
	db_close(db);
}

TEST(session_ends_by_itself)
{
	struct db *db = open_db(NULL);
	struct req *req = request(db, "/entrer");

	clock_set(NOON);
	assert_ok(db_tx(db, create, req));
	str set = str_copy(room(), req->out_headers[0].value);
	clock_set(NOON + 29 * 60000);
	assert_non_null(again(db, set, false)->session); /* used: the half-hour starts again */
	clock_set(NOON + 58 * 60000);
	assert_non_null(again(db, set, false)->session);
	clock_set(NOON + 89 * 60000);
	assert_null(again(db, set, false)->session);
	db_close(db);
}

TEST(session_of_nobody)
{
	struct db *db = open_db(NULL);

	assert_null(again(db, S("g=;"), false)->session);
	assert_null(again(db, S("g=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;"), false)->session);
	assert_null(again(db, S("g=!;"), false)->session);
	assert_true(session_may(NULL, CAP_PUBLIC));
	assert_false(session_may(NULL, CAP_OPERATE));
	struct session s = { .caps = 1u << CAP_OPERATE };
	assert_true(session_may(&s, CAP_OPERATE));
	db_close(db);
}

struct purge { i64 n; };

static enum err purge_sessions(struct db *db, void *arg)
{
	return sessions_purge(db, 10, &((struct purge *)arg)->n);
}

static enum err purge_keys(struct db *db, void *arg)
{
	return idempotency_purge(db, NOON + 1, 10, &((struct purge *)arg)->n);
}

TEST(session_purge_takes_those_that_are_over)
{
	struct db *db = open_db(NULL);
	struct purge p = { 0 };

	clock_set(NOON);
	assert_ok(db_tx(db, create, request(db, "/entrer")));
	assert_ok(db_tx(db, purge_sessions, &p));
	assert_int_equal(p.n, 0);
	clock_set(NOON + SESSION_MAX_MS);
	assert_ok(db_tx(db, create, request(db, "/entrer")));
	assert_ok(db_tx(db, purge_sessions, &p));
	assert_int_equal(p.n, 1);
	db_close(db);
}

/* ---- stamps ---- */

static const char *stamp_for(const char *action, struct session *s)
{
	struct req *req = request(NULL, "/");

	req->session = s;
	assert_ok(form_stamp(req, action));
	return req->v.stamp;
}

static struct req *posting(const char *stamp)
{
	struct req *req = request(NULL, "/lieux/12/erreur");

	body(req, stamp);
	return req;
}

TEST(stamp_of_a_form_is_accepted_once_looked_at)
{
	struct req *req = posting(stamp_for("/lieux/:id/erreur", NULL));

	assert_ok(session_check_post(req));
	assert_int_equal(req->idem.n, 24);
	assert_string_not_equal(stamp_for("/lieux/:id/erreur", NULL), stamp_for("/lieux/:id/erreur", NULL));
}

TEST(stamp_forged_altered_or_of_another_form_is_refused)
{
	char stamp[100];

	assert_err(session_check_post(request(NULL, "/lieux/12/erreur")), FORBIDDEN);
	assert_err(session_check_post(posting("")), FORBIDDEN);
	assert_err(session_check_post(posting("AAAA")), FORBIDDEN);
	assert_err(session_check_post(posting(stamp_for("/inscription", NULL))), FORBIDDEN);
	snprintf(stamp, sizeof stamp, "%s", stamp_for("/lieux/:id/erreur", NULL));
	for (size_t i = 0; i < strlen(stamp); i++) {
		char kept = stamp[i];
		stamp[i] = kept == 'A' ? 'Q' : 'A';
		assert_err(session_check_post(posting(stamp)), FORBIDDEN);
		stamp[i] = kept;
	}
	assert_ok(session_check_post(posting(stamp)));
	stamp[strlen(stamp) - 1] = '\0';
	assert_err(session_check_post(posting(stamp)), FORBIDDEN);
}

TEST(stamp_lasts_twelve_hours)
{
	clock_set(NOON);
	const char *stamp = stamp_for("/lieux/:id/erreur", NULL);
	clock_set(NOON + STAMP_MAX_MS);
	assert_ok(session_check_post(posting(stamp)));
	clock_set(NOON + STAMP_MAX_MS + 60000);
	assert_err(session_check_post(posting(stamp)), FORBIDDEN);
	clock_set(NOON - 5 * 60000);
	assert_err(session_check_post(posting(stamp)), FORBIDDEN); /* not from the future */
}

TEST(stamp_of_a_session_is_its_own)
{
	struct session mine = { .csrf_key = { 1 } }, other = { .csrf_key = { 2 } };
	struct req *req = posting(stamp_for("/lieux/:id/erreur", &mine));

	req->session = &mine;
	assert_ok(session_check_post(req));
	req->session = &other;
	assert_err(session_check_post(req), FORBIDDEN);
	req->session = NULL;
	assert_err(session_check_post(req), FORBIDDEN);
	req = posting(stamp_for("/lieux/:id/erreur", NULL));
	req->session = &mine;
	assert_err(session_check_post(req), FORBIDDEN);
}

static enum err post_from(const char *header_name, const char *value)
{
	struct req *req = posting(stamp_for("/lieux/:id/erreur", NULL));

	header(req, "Host", "gabare.example:8080");
	header(req, header_name, value);
	return session_check_post(req);
}

TEST(stamp_does_not_excuse_a_foreign_origin)
{
	assert_ok(post_from("Origin", "http://gabare.example:8080"));
	assert_ok(post_from("Sec-Fetch-Site", "same-origin"));
	assert_err(post_from("Origin", "https://evil.example"), FORBIDDEN);
	assert_err(post_from("Origin", "http://gabare.example:8080.evil.example"), FORBIDDEN);
	assert_err(post_from("Origin", "null"), FORBIDDEN);
	assert_err(post_from("Sec-Fetch-Site", "cross-site"), FORBIDDEN);
	assert_err(post_from("Sec-Fetch-Site", "same-site"), FORBIDDEN);
}

TEST(stamp_is_accepted_from_a_page_without_referrer)
{
	struct req *req = posting(stamp_for("/lieux/:id/erreur", NULL));

	header(req, "Sec-Fetch-Site", "same-origin");
	header(req, "Origin", "null");           /* what browsers send from a page with Referrer-Policy: no-referrer */
	assert_ok(session_check_post(req));
}

/* ---- once only ---- */

static enum err effect(struct db *db, void *arg, str *ret_path)
{
	*ret_path = *(str *)arg;
	return generation_raise(db, GEN_CONFIG);
}

static enum err effect_then_fail(struct db *db, void *arg, str *ret_path)
{
	(void)arg, (void)ret_path;
	try(generation_raise(db, GEN_CONFIG));
	return CONFLICT;
}

static i64 effects(struct db *db)
{
	struct generation_row_list rows;

	assert_ok(generation_all(db, &rows));
	for (size_t i = 0; i < rows.n; i++)
		if (rows.v[i].domain == GEN_CONFIG)
			return rows.v[i].value;
	return 0;
}

static struct req *keyed(struct db *db, const char *path, const char *key)
{
	struct req *req = request(db, path);

	req->idem = str_c(key);
	return req;
}

TEST(post_once_has_one_effect_and_one_answer)
{
	struct db *db = open_db(NULL);
	str thanks = S("/lieux/12/merci"), elsewhere = S("/ailleurs");
	struct req *req = keyed(db, "/lieux/12/erreur", "k1");

	assert_ok(post_once(req, effect, &thanks));
	assert_int_equal(req->status, 303);
	assert_str(req->out_headers[0].value, "/lieux/12/merci");
	req = keyed(db, "/lieux/12/erreur", "k1");
	assert_ok(post_once(req, effect, &elsewhere));
	assert_str(req->out_headers[0].value, "/lieux/12/merci");
	assert_int_equal(effects(db), 1);
	assert_err(post_once(keyed(db, "/lieux/13/erreur", "k1"), effect, &thanks), CONFLICT);
	assert_ok(post_once(keyed(db, "/lieux/12/erreur", "k2"), effect, &thanks));
	assert_int_equal(effects(db), 2);
	db_close(db);
}

TEST(post_once_may_be_tried_again_after_a_failure)
{
	struct db *db = open_db(NULL);
	str thanks = S("/merci");
	struct purge p = { 0 };

	clock_set(NOON);
	assert_err(post_once(keyed(db, "/f", "k"), effect_then_fail, NULL), CONFLICT);
	assert_int_equal(effects(db), 0);
	assert_ok(post_once(keyed(db, "/f", "k"), effect, &thanks));
	assert_int_equal(effects(db), 1);
	assert_ok(db_tx(db, purge_keys, &p));
	assert_int_equal(p.n, 1);
	db_close(db);
}

/* A worker of its own that posts with the key all others have; 0 when it got the answer. */
static int post_at_once(struct db_shared *shared)
{
	struct db *db = open_db(shared);
	str thanks = S("/merci");
	struct req *req = keyed(db, "/f", "same");

	return post_once(req, effect, &thanks) == OK && str_eq(req->out_headers[0].value, thanks) ? 0 : 1;
}

TEST(post_once_holds_for_many_workers_at_the_same_moment)
{
	struct db_shared *shared = mmap(NULL, db_shared_size(), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pid_t children[6];
	int status;

	db_shared_init(shared);
	db_close(open_db(NULL));           /* closed before any fork */
	for (size_t i = 0; i < lengthof(children); i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(post_at_once(shared));
	}
	for (size_t i = 0; i < lengthof(children); i++) {
		waitpid(children[i], &status, 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	struct db *db = open_db(shared);
	assert_int_equal(effects(db), 1);
	db_close(db);
}
