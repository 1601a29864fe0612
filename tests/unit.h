/* Unit tests: TEST(name) { … } registers itself; the body uses cmocka's asserts. All *_test.c files link into one program,
 * build/unit-tests. Each test runs in a process of its own, so that one that fails, leaks or crashes spoils no other. */
#ifndef GABARE_UNIT_H
#define GABARE_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/base.h"

struct arena;
struct db;
struct db_options;

struct unit_test {
	const char *name, *file;
	int line;
	void (*run)(void);
	struct unit_test *next;
};

void unit_register(struct unit_test *t);

#define TEST(test_name)                                                                                            \
	static void test_name(void);                                                                               \
	static struct unit_test test_name##_unit_ = { #test_name, __FILE__, __LINE__, test_name, NULL };           \
	__attribute__((constructor)) static void test_name##_register_(void) { unit_register(&test_name##_unit_); } \
	static void test_name(void)

/* A directory of the running test alone, removed after it. Static storage. */
const char *unit_dir(void);
/* An arena of the running test, freed after it. */
struct arena *unit_arena(size_t max);
/* Where the test's database is to be, empty: on the PostgreSQL server that GABARE_TEST_DB names, in a database of this test
 * alone; without it a new SQLite file in unit_dir(). Both go after the test. The same at each call. Static storage. */
const char *unit_db_url(void);
/* Opens the test's database, migrated, for `a`: for most tests, instead of unit_db_url(). Again for another connection. */
struct db *unit_db(struct db_options o, struct arena *a);
/* Ends the test, saying why it could not be done here; it counts as skipped. */
_Noreturn void unit_skip(const char *why);

/* Strings of ours against literals: says both when they differ. */
#define assert_str(actual, expected) unit_assert_str((actual), (expected), __FILE__, __LINE__)
void unit_assert_str(str actual, const char *expected, const char *file, int line);
#define assert_ok(expr) unit_assert_err((expr), OK, #expr, __FILE__, __LINE__)
#define assert_err(expr, expected) unit_assert_err((expr), (expected), #expr, __FILE__, __LINE__)
void unit_assert_err(enum err actual, enum err expected, const char *what, const char *file, int line);
/* The body (a function of no argument) must abort the process: broken invariants do. */
#define assert_aborts(fn) unit_assert_aborts((fn), #fn, __FILE__, __LINE__)
void unit_assert_aborts(void (*fn)(void), const char *what, const char *file, int line);

#endif
