/* What the audit log promises: rows are only added, a chain seals them, and whatever was changed, cut out or slipped in behind
 * its back is found and named. */
#include "audit/audit.h"

#include <sodium.h>

#include "ask.h"
#include "audit/audit_sql.h"
#include "base/timex.h"
#include "db/db_test_tools.h"
#include "db/id.h"

static enum err write_tx(struct db *db, void *arg)
{
	struct audit a = { .user_id = 7, .organisation_id = 3, .action = "account.invite", .object = "user", .object_id = *(i64 *)arg,
		.detail = S("role=desk_agent") };
	return audit_write(db, &a);
}

/* n rows about objects 1 to n, sealed but for the last `open`. */
static void given_log(i64 n, i64 open)
{
	assert_true(sodium_init() >= 0);
	db_use_arena(ask_db(), unit_arena(64 << 20));
	for (i64 i = 1; i <= n; i++) {
		if (i == n - open + 1)
			assert_ok(audit_seal_all(ask_db()));
		assert_ok(db_tx(ask_db(), write_tx, &i));
	}
	if (!open)
		assert_ok(audit_seal_all(ask_db()));
}

static struct audit_report verify(void)
{
	struct audit_report r;
	assert_ok(audit_verify(ask_db(), NULL, &r));
	return r;
}

/* What only someone with the database in hands can do: past the triggers. */
static void tamper(const char *sql)
{
	if (test_on_pg()) {
		test_ddl(ask_db(), "ALTER TABLE audit DISABLE TRIGGER ALL; ALTER TABLE audit_seal DISABLE TRIGGER ALL;");
	} else {
		test_ddl(ask_db(), "DROP TRIGGER audit_kept; DROP TRIGGER audit_kept_whole; DROP TRIGGER audit_seal_kept; DROP TRIGGER audit_seal_kept_whole;");
	}
	test_ddl(ask_db(), sql);
}

static void expect_fault(enum audit_fault fault, i64 position)
{
	struct audit_report r = verify();
	if (r.fault != fault || r.fault_position != position)
		fail_msg("%s at %lld, not %s at %lld", audit_fault_name(r.fault), (long long)r.fault_position, audit_fault_name(fault), (long long)position);
}

TEST(audit_is_sealed_in_one_chain)
{
	given_log(1200, 2);
	struct audit_report r = verify();
	assert_int_equal(r.fault, AUDIT_SOUND);
	assert_int_equal(r.rows, 1198);
	assert_int_equal(r.sealed, 1198);
	assert_int_equal(r.position, 1198);
	assert_int_equal(r.pending, 2);
	assert_ok(audit_seal_all(ask_db()));
	r = verify();
	assert_int_equal(r.fault, AUDIT_SOUND);
	assert_int_equal(r.position, 1200);
	assert_int_equal(r.pending, 0);
}

static enum err each_tx(struct db *db, void *arg)
{
	return audit_write_each(db, &(struct audit){ .user_id = 7, .organisation_id = 3, .action = "file.step", .object = "file", .detail = S("to=signed") },
		arg, 3);
}

TEST(audit_writes_the_same_line_of_each_of_several)
{
	given_log(2, 0);
	assert_ok(db_tx(ask_db(), each_tx, (i64[]){ 41, 42, 43 }));
	struct audit_row_list rows;
	assert_ok(audit_of_object(ask_db(), S("file"), 42, INT64_MAX, 10, &rows));
	assert_int_equal(rows.n, 1);
	assert_str(rows.v[0].detail, "to=signed");
	assert_int_equal(rows.v[0].user_id.v, 7);
	assert_int_equal(verify().pending, 3);
	assert_ok(audit_seal_all(ask_db()));
	assert_int_equal(verify().fault, AUDIT_SOUND);
	assert_int_equal(verify().sealed, 5);
}

TEST(audit_of_nothing_is_sound)
{
	given_log(0, 0);
	struct audit_report r = verify();
	assert_int_equal(r.fault, AUDIT_SOUND);
	assert_int_equal(r.position, 0);
}

TEST(audit_refuses_to_be_changed_or_cut)
{
	static const char *const sqls[] = { "UPDATE audit SET detail = 'x' WHERE object_id = 2;", "DELETE FROM audit WHERE object_id = 2;",
		"UPDATE audit_seal SET audit_id = 1 WHERE position = 2;", "DELETE FROM audit_seal WHERE position = 3;", "DELETE FROM audit;" };
	given_log(3, 0);
	for (size_t i = 0; i < lengthof(sqls); i++)
		assert_true(test_script(ask_db(), sqls[i]) != OK);
	assert_int_equal(verify().rows, 3);
	assert_int_equal(verify().fault, AUDIT_SOUND);
}

TEST(audit_finds_a_row_that_was_changed)
{
	given_log(20, 0);
	tamper("UPDATE audit SET user_id = 8 WHERE object_id = 12;");
	expect_fault(AUDIT_ROW_CHANGED, 12);
	assert_true(verify().id > 0);
}

TEST(audit_finds_the_last_row_changed)
{
	given_log(20, 0);
	tamper("UPDATE audit SET detail = 'role=admin' WHERE object_id = 20;");
	expect_fault(AUDIT_ROW_CHANGED, 20);
}

TEST(audit_finds_a_row_that_was_deleted)
{
	given_log(20, 0);
	tamper("DELETE FROM audit WHERE object_id = 12;");
	expect_fault(AUDIT_ROW_MISSING, 12);
}

TEST(audit_finds_a_row_deleted_before_its_seal)
{
	given_log(20, 1);
	tamper("DELETE FROM audit WHERE object_id = 20;");
	assert_ok(audit_seal_all(ask_db()));
	assert_int_equal(verify().fault, AUDIT_ROW_MISSING);
}

TEST(audit_finds_a_row_that_was_slipped_in)
{
	given_log(20, 0);
	tamper("INSERT INTO audit (id, at, action, object, detail) VALUES (12345, 1, 'place.edit', '', '');");
	struct audit_report r = verify();
	assert_int_equal(r.fault, AUDIT_ROW_UNSEALED);
	assert_int_equal(r.id, 12345);
}

static const char *blob(void)
{
	return test_on_pg() ? "'\\x0000000000000000000000000000000000000000000000000000000000000000'"
	                    : "X'0000000000000000000000000000000000000000000000000000000000000000'";
}

TEST(audit_finds_a_seal_that_was_changed)
{
	given_log(20, 0);
	tamper(str_printf(unit_arena(1 << 16), "UPDATE audit_seal SET hash = %s WHERE position = 12;", blob()).p);
	expect_fault(AUDIT_SEAL_CHANGED, 12);
}

TEST(audit_finds_the_last_seal_changed)
{
	given_log(20, 0);
	tamper(str_printf(unit_arena(1 << 16), "UPDATE audit_seal SET hash = %s WHERE position = 20;", blob()).p);
	expect_fault(AUDIT_SEAL_CHANGED, 20);
}

TEST(audit_finds_a_seal_that_was_deleted)
{
	given_log(20, 0);
	tamper("DELETE FROM audit_seal WHERE position = 12;");
	expect_fault(AUDIT_SEAL_MISSING, 12);
}

TEST(audit_finds_an_end_that_was_cut)
{
	given_log(20, 0);
	tamper("DELETE FROM audit WHERE object_id > 18; DELETE FROM audit_seal WHERE position > 18;");
	expect_fault(AUDIT_CUT, 19);
}

/* Who rewrites all of it, head included, is found by who has noted the head apart. */
TEST(audit_keeps_to_the_head_that_was_noted)
{
	given_log(20, 0);
	struct audit_report r = verify();
	struct audit_noted noted = { r.position, { 0 } };
	memcpy(noted.hash, r.hash, AUDIT_HASH);
	assert_ok(audit_verify(ask_db(), &noted, &r));
	assert_int_equal(r.fault, AUDIT_SOUND);
	noted.hash[5] ^= 1;
	assert_ok(audit_verify(ask_db(), &noted, &r));
	assert_int_equal(r.fault, AUDIT_HEAD_LOST);
}

struct forgetting { i64 before, n; };

static enum err forget_tx(struct db *db, void *arg)
{
	struct forgetting *f = arg;
	return audit_forget(db, f->before, 500, &f->n);
}

TEST(audit_forgets_after_a_year_and_stays_sound)
{
	i64 noon = now_ms();
	clock_set(noon - AUDIT_KEEP_MS - (i64)5 * 24 * 3600 * 1000);
	given_log(5, 0);
	clock_set(noon);
	given_log(3, 1);
	struct forgetting f = { .before = noon - AUDIT_KEEP_MS };
	assert_ok(db_tx(ask_db(), forget_tx, &f));
	assert_int_equal(f.n, 5);
	struct audit_report r = verify();
	assert_int_equal(r.fault, AUDIT_SOUND);
	assert_int_equal(r.forgotten, 5);
	assert_int_equal(r.rows, 2);
	tamper("DELETE FROM audit WHERE object_id = 1;");
	expect_fault(AUDIT_ROW_MISSING, 6);
}

TEST(audit_finds_rows_forgotten_before_their_time)
{
	given_log(5, 0);
	test_ddl(ask_db(), "UPDATE audit_head SET forgotten_before = 9000000000000000000; DELETE FROM audit;");
	assert_int_equal(verify().fault, AUDIT_FORGOTTEN_EARLY);
}

static void write_a_name(void)
{
	struct audit a = { .action = "account.invite", .object = "user", .detail = S("Jeanne Exemple") };
	assert_ok(audit_write(ask_db(), &a));
}

TEST(audit_takes_no_name)
{
	given_log(0, 0);
	assert_aborts(write_a_name);
}
