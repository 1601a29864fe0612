/* What work apart promises: records come whole and in order, and a child that misbehaves is told apart from one that ends. */
#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/pack.h"
#include "unit.h"

#define QUICK (struct child_limits){ 5, 5, (size_t)64 << 20 }

static enum err counts(int in_fd, struct child_out *out, void *arg)
{
	(void)in_fd;
	for (i64 i = 0; i < *(i64 *)arg; i++)
		try(child_send(out, (str){ (const char *)&i, sizeof(i) }));
	return CONFLICT;
}

TEST(child_streams_records_in_order_and_returns_its_result)
{
	struct arena *a = arena_new(1 << 20);
	struct child c;
	str r;
	i64 n = 100000, seen = 0;
	assert_ok(child_start(counts, -1, &n, QUICK, &c));
	struct arena_mark m = arena_mark(a);
	while (child_next(&c, a, &r) == OK) {
		assert_int_equal(r.n, sizeof(i64));
		assert_memory_equal(r.p, &seen, sizeof(seen));
		seen++;
		arena_rewind(a, m);
	}
	assert_int_equal(seen, n);
	assert_err(child_end(&c), CONFLICT);
	arena_free(a);
}

static enum err big(int in_fd, struct child_out *out, void *arg)
{
	static char text[300000];
	(void)in_fd;
	(void)arg;
	memset(text, 'x', sizeof(text));
	try(child_send(out, S("first")));
	try(child_send(out, (str){ text, sizeof(text) }));
	return child_send(out, S("last"));
}

TEST(child_sends_records_larger_than_its_buffer)
{
	struct arena *a = arena_new(1 << 20);
	struct child c;
	str r;
	assert_ok(child_start(big, -1, NULL, QUICK, &c));
	assert_ok(child_next(&c, a, &r));
	assert_str(r, "first");
	assert_ok(child_next(&c, a, &r));
	assert_int_equal(r.n, 300000);
	assert_int_equal(r.p[299999], 'x');
	assert_ok(child_next(&c, a, &r));
	assert_str(r, "last");
	assert_err(child_next(&c, a, &r), NOT_FOUND);
	assert_ok(child_end(&c));
	arena_free(a);
}

static enum err copies(int in_fd, struct child_out *out, void *arg)
{
	char text[64];
	ssize_t n = read(in_fd, text, sizeof(text));
	(void)arg;
	return n > 0 ? child_send(out, (str){ text, (size_t)n }) : INTERNAL;
}

TEST(child_reads_the_descriptor_it_was_given)
{
	struct arena *a = arena_new(1 << 16);
	struct child c;
	str r;
	int fd[2];
	assert_int_equal(pipe(fd), 0);
	assert_int_equal(write(fd[1], "des lieux", 9), 9);
	assert_ok(child_start(copies, fd[0], NULL, QUICK, &c));
	assert_ok(child_next(&c, a, &r));
	assert_str(r, "des lieux");
	assert_ok(child_end(&c));
	arena_free(a);
}

static enum err crashes(int in_fd, struct child_out *out, void *arg)
{
	(void)in_fd;
	(void)out;
	(void)arg;
	abort();
}

TEST(child_that_crashes_is_internal)
{
	struct child c;
	assert_ok(child_start(crashes, -1, NULL, QUICK, &c));
	assert_err(child_end(&c), INTERNAL);
}

static enum err spins(int in_fd, struct child_out *out, void *arg)
{
	(void)in_fd;
	(void)out;
	(void)arg;
	for (volatile i64 i = 0;; i++)
		continue;
	return OK;
}

TEST(child_over_its_time_is_stopped)
{
	struct child c;
	assert_ok(child_start(spins, -1, NULL, (struct child_limits){ 1, 1, (size_t)64 << 20 }, &c));
	assert_err(child_end(&c), INTERNAL);
}

static enum err tries(int in_fd, struct child_out *out, void *arg)
{
	(void)in_fd;
	(void)arg;
	const char *open_says = open("/etc/passwd", O_RDONLY) >= 0 ? "opened" : "refused";
	const char *socket_says = socket(AF_INET, SOCK_STREAM, 0) >= 0 ? "opened" : "refused";
	const char *fork_says = fork() >= 0 ? "forked" : "refused";
	try(child_send(out, str_c(open_says)));
	try(child_send(out, str_c(socket_says)));
	return child_send(out, str_c(fork_says));
}

/* Takes as many megabytes as it is told, and says how it went. */
static enum err take_memory(int in_fd, struct child_out *out, void *arg)
{
	(void)in_fd;
	size_t n = (size_t)*(const int *)arg << 20;
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return p == MAP_FAILED ? INVALID : child_send(out, S("taken"));
}

/* A parent that has reserved more than its child may take: arenas are reserved large and touched little. */
TEST(child_takes_its_memory_whatever_its_parent_had_and_no_more)
{
#ifdef __SANITIZE_ADDRESS__
	unit_skip("the sanitizer reserves terabytes: no limit is set then");
#else
	struct arena *a = unit_arena((size_t)1 << 30);
	int within = 40, beyond = 80;
	str record;
	assert_ok(child_made(take_memory, &within, (struct child_limits){ 5, 10, (size_t)64 << 20, false, false }, a, 64, &record));
	assert_err(child_made(take_memory, &beyond, (struct child_limits){ 5, 10, (size_t)64 << 20, false, false }, a, 64, &record), INVALID);
#endif
}

TEST(child_may_neither_open_nor_connect_nor_fork)
{
	struct arena *a = arena_new(1 << 16);
	struct child c;
	str r;
#ifdef __SANITIZE_ADDRESS__
	unit_skip("sanitized builds run without the sandbox");
#endif
	assert_ok(child_start(tries, -1, NULL, QUICK, &c));
	for (int i = 0; i < 3; i++) {
		assert_ok(child_next(&c, a, &r));
		assert_str(r, "refused");
	}
	assert_ok(child_end(&c));
	arena_free(a);
}

TEST(unpack_stops_at_the_first_cut_value)
{
	struct arena *a = arena_new(1 << 16);
	struct buf b = buf_new(a, 1000);
	pack_i64(&b, -7);
	pack_str(&b, S("lieu"));
	pack_str(&b, (str){ 0 });
	pack_f64(&b, 47.25);
	struct unpack u = { .rest = buf_str(&b) };
	assert_int_equal(unpack_i64(&u), -7);
	assert_str(unpack_str(&u), "lieu");
	assert_null(unpack_str(&u).p);
	assert_true(unpack_f64(&u) == 47.25);
	assert_true(unpack_done(&u));
	struct unpack cut = { .rest = str_slice(buf_str(&b), 0, 18) };
	assert_int_equal(unpack_i64(&cut), -7);
	assert_null(unpack_str(&cut).p);
	assert_int_equal(unpack_i64(&cut), 0);
	assert_false(unpack_done(&cut));
	arena_free(a);
}
