/* A kept page is given until what it depends on changes, whoever changes it. */
#include "http/cache.h"

#include "base/timex.h"
#include "db/db.h"

#include "unit.h"

#include <unistd.h>

static struct arena *a;
static int dropped;
static _Atomic u64 shared[GEN_COUNT];

static void drop(void *sent)
{
	(void)sent;
	dropped++;
}

static struct answer answer_of(const char *body)
{
	struct answer ans = { .status = 200, .body = str_c(body), .etag = S("W/\"1\""), .n_headers = 1 };

	ans.headers[0] = (struct pair){ S("Content-Type"), S("text/html") };
	return ans;
}

static void put(struct cache *c, const char *key, const char *body, u32 depends)
{
	struct answer ans = answer_of(body);
	struct generations then;

	assert_true(cache_generations(c, &then));
	cache_keep(c, str_c(key), &ans, depends, &then);
}

static const char *given(struct cache *c, const char *key)
{
	static char text[100];
	struct cached *e = cache_find(c, str_c(key));

	if (!e)
		return "";
	snprintf(text, sizeof text, "%.*s", STR_ARG(e->ans.body));
	return text;
}

TEST(cache_gives_what_it_was_given)
{
	struct cache *c = cache_new(1 << 20, shared, NULL, drop);
	char body[] = "bonjour";

	put(c, "/a", body, 1u << GEN_DIRECTORY);
	body[0] = 'B';                           /* it has its own copy */
	assert_string_equal(given(c, "/a"), "bonjour");
	assert_string_equal(given(c, "/b"), "");
	struct cached *e = cache_find(c, S("/a"));
	assert_str(e->ans.headers[0].value, "text/html");
	assert_str(e->ans.etag, "W/\"1\"");
	assert_int_equal(e->hits, 2);
	put(c, "/a", "encore", 1u << GEN_DIRECTORY);
	assert_string_equal(given(c, "/a"), "encore");
	cache_free(c);
}

TEST(cache_forgets_what_has_changed)
{
	struct cache *c = cache_new(1 << 20, shared, NULL, drop);

	put(c, "/a", "a", 1u << GEN_DIRECTORY);
	put(c, "/b", "b", 1u << GEN_CONFIG);
	put(c, "/ab", "ab", 1u << GEN_CONFIG | 1u << GEN_DIRECTORY);
	cache_find(c, S("/a"))->sent[0] = &dropped;
	atomic_fetch_add(&shared[GEN_DIRECTORY], 1);
	assert_string_equal(given(c, "/a"), "");
	assert_string_equal(given(c, "/b"), "b");
	assert_string_equal(given(c, "/ab"), "");
	assert_int_equal(dropped, 1);
	cache_free(c);
}

TEST(cache_does_not_keep_what_changed_while_it_was_computed)
{
	struct cache *c = cache_new(1 << 20, shared, NULL, drop);
	struct answer ans = answer_of("old");
	struct generations then;

	assert_true(cache_generations(c, &then));
	atomic_fetch_add(&shared[GEN_DIRECTORY], 1);
	cache_keep(c, S("/a"), &ans, 1u << GEN_DIRECTORY, &then);
	assert_string_equal(given(c, "/a"), "");
	cache_free(c);
}

TEST(cache_lets_go_of_what_the_clock_changes)
{
	struct cache *c = cache_new(1 << 20, shared, NULL, drop);
	struct answer ans = answer_of("open until five");
	struct generations then;

	clock_set(1000);
	assert_true(cache_generations(c, &then));
	then.until = 2000;
	cache_keep(c, S("/a"), &ans, 1u << GEN_DIRECTORY, &then);
	assert_string_equal(given(c, "/a"), "open until five");
	clock_set(2000);
	assert_string_equal(given(c, "/a"), "");
	clock_set(0);
	cache_free(c);
}

TEST(cache_is_bounded_and_drops_the_least_used)
{
	struct cache *c = cache_new(64 * 1024, shared, NULL, drop);
	char body[4000], key[20];

	memset(body, 'x', sizeof body - 1);
	body[sizeof body - 1] = '\0';
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof key, "/%d", i);
		put(c, key, body, 1);
		assert_true(*given(c, "/0"));    /* used all the time: it stays */
		assert_true(cache_bytes(c) <= 64 * 1024);
	}
	assert_true(*given(c, "/99"));
	assert_string_equal(given(c, "/1"), "");
	struct cached *e = cache_find(c, S("/99"));
	e->sent[CODING_BROTLI] = &dropped;
	cache_grew(c, e, 60 * 1024);
	assert_true(*given(c, "/99"));
	assert_string_equal(given(c, "/0"), "");
	cache_free(c);
	assert_int_equal(dropped, 1);
}

TEST(cache_does_not_let_one_page_take_all)
{
	struct cache *c = cache_new(16 * 1024, shared, NULL, drop);
	char body[4000];

	memset(body, 'x', sizeof body - 1);
	body[sizeof body - 1] = '\0';
	put(c, "/large", body, 1);
	assert_string_equal(given(c, "/large"), "");
	assert_int_equal(cache_bytes(c), 0);
	cache_free(c);
}

/* ---- with a database ---- */

static struct db *open_db(void)
{
	if (!a)
		a = arena_new(1 << 22);
	return unit_db((struct db_options){ .create = true }, a);
}

static enum err bump(struct db *db, void *arg)
{
	(void)arg;
	return generation_bump(db, GEN_DIRECTORY);
}

/* On PostgreSQL the notice comes over the network: within the second the product promises. */
static const char *given_soon(struct cache *c, const char *key)
{
	for (i64 until = mono_us() + 1000000; mono_us() < until; usleep(500)) {
		cache_turn(c);
		if (!*given(c, key))
			return "";
	}
	return given(c, key);
}

TEST(cache_sees_what_other_programs_commit)
{
	struct db *db = open_db(), *other = open_db();
	struct cache *c = cache_new(1 << 20, shared, db, drop);

	put(c, "/a", "a", 1u << GEN_DIRECTORY);
	cache_turn(c);
	assert_string_equal(given(c, "/a"), "a");
	assert_ok(db_tx(other, bump, NULL));
	assert_string_equal(given_soon(c, "/a"), "");
	put(c, "/a", "new", 1u << GEN_DIRECTORY);
	cache_turn(c);
	assert_string_equal(given(c, "/a"), "new");
	assert_int_equal(atomic_load(&shared[GEN_DIRECTORY]), 1);
	cache_free(c);
	db_close(db);
	db_close(other);
}

TEST(cache_sees_what_this_process_commits)
{
	struct db *db = open_db();
	struct cache *c = cache_new(1 << 20, shared, db, drop);

	put(c, "/a", "a", 1u << GEN_DIRECTORY);
	assert_string_equal(given(c, "/a"), "a");
	assert_ok(db_tx(db, bump, NULL));
	cache_wrote(c);
	assert_string_equal(given(c, "/a"), "");
	cache_free(c);
	db_close(db);
}

TEST(cache_shares_with_the_other_workers)
{
	struct db *db = open_db(), *other_db = open_db();
	struct cache *c = cache_new(1 << 20, shared, db, drop), *other = cache_new(1 << 20, shared, other_db, drop);

	put(other, "/a", "a", 1u << GEN_DIRECTORY);
	assert_ok(db_tx(db, bump, NULL));
	cache_wrote(c);
	assert_string_equal(given(other, "/a"), ""); /* in the very turn in which it had asked already */
	cache_free(c);
	cache_free(other);
	db_close(db);
	db_close(other_db);
}
