/* What people confide: it is found again by those who may, is not in a stolen database, and is gone once its key is. */
#include "people/people.h"

#include "audit/audit.h"
#include "audit/audit_sql.h"
#include "base/timex.h"
#include "given_people.h"
#include "people/find.h"
#include "people/people_sql.h"

#define PHONE "+33199001201"

static struct households found(i64 organisation, const char *typed)
{
	struct vault_asker vault = ask_vault();
	struct households h;
	if (people_find(ask_db(), &vault, &organisation, 1, str_c(typed), &h) != OK)
		fail_msg("%s", db_error(ask_db()));
	return h;
}

static void finds(i64 organisation, const char *typed, size_t n)
{
	size_t got = found(organisation, typed).n;
	if (got != n)
		fail_msg("\"%s\": %zu found, expected %zu", typed, got, n);
}

static enum err merge_tx(struct db *db, void *arg)
{
	struct household *const *both = arg;
	return household_merge(db, both[0], both[1]);
}

TEST(a_household_is_found_by_its_names_in_any_order_its_telephone_and_nothing_less)
{
	i64 ville = given_organisation("ville"), ccas = given_organisation("ccas");
	given_household(ville, "Khadija", "El Amrani", PHONE);
	given_household(ville, "Jean", "Le Goff", "+33199001202");
	given_household(ccas, "Khadija", "Benali", "+33199001203");
	finds(ville, "Khadidja Amrani", 1);
	finds(ville, "elamrani kadija", 1);
	finds(ville, "el amrani", 1);
	finds(ville, "KHADIJA", 1);
	finds(ville, "legoff", 1);
	finds(ville, "Le Goff Jean", 1);
	finds(ville, "amr", 1);
	finds(ville, "Inès Amrani", 1);              /* the child's first name beside the parent's name */
	finds(ville, "Amrani Inx", 0);
	finds(ville, "Amrani ine", 1);
	finds(ville, "Ines", 2);
	finds(ville, "01 99 00 12 01", 1);
	finds(ville, "+33 1 99 00 12 01", 1);
	finds(ville, "01 99 00 12 03", 0);           /* another organisation's */
	finds(ville, "Benali", 0);
	finds(ccas, "Benali", 1);
	finds(ville, "", 0);
	finds(ville, "%", 0);
	assert_str(household_name(unit_arena(1 << 10), &found(ville, "legoff").v[0]), "Jean Le Goff");
	assert_false(found(ville, "legoff").v[0].address.p);    /* no more is opened than a list shows */
}

TEST(a_shared_file_is_found_while_it_is_shared)
{
	i64 ville = given_organisation("ville"), ccas = given_organisation("ccas");
	str h = given_household(ville, "Khadija", "El Amrani", PHONE);
	finds(ccas, "Amrani", 0);
	given_share(h, ccas, now_ms() - 1);
	finds(ccas, "Amrani", 0);
	given_share(h, ccas, now_ms() + 60000);
	finds(ccas, "Amrani", 1);
	finds(ccas, "Amrani Khadija Ines", 1);
	finds(ccas, "01 99 00 12 01", 1);
}

TEST(at_most_twenty_are_shown)
{
	i64 ville = given_organisation("ville");
	for (int i = 0; i < 23; i++)
		given_household(ville, "Mohamed", "Traoré", str_printf(unit_arena(1 << 8), "+331990012%02d", i).p);
	struct households h = found(ville, "Muhammad Traore");
	assert_int_equal(h.n, PEOPLE_FOUND_MOST);
	assert_true(h.more);
	assert_false(found(ville, "01 99 00 12 22").more);
}

TEST(households_are_read_in_the_order_asked_with_those_merged_into_them)
{
	i64 ville = given_organisation("ville");
	str first = given_household(ville, "Khadija", "El Amrani", PHONE), second = given_household(ville, "Jean", "Le Goff", "+33199001202"),
		third = given_household(ville, "Nadia", "Benali", "+33199001203");
	struct household one, two, three, read[4];
	assert_ok(household_named(ask_db(), first, &one));
	assert_ok(household_named(ask_db(), second, &two));
	assert_ok(household_named(ask_db(), third, &three));
	assert_ok(db_tx(ask_db(), merge_tx, (struct household *[]){ &two, &one }));
	assert_ok(households_get(ask_db(), (const i64[]){ three.id, one.id, two.id, one.id }, 4, read));
	assert_int_equal(read[0].id, three.id);
	assert_int_equal(read[0].n, three.n);
	assert_int_equal(read[1].n, one.n + two.n);  /* read as part of it */
	assert_int_equal(read[2].n, two.n);
	assert_int_equal(read[2].merged_into, one.id);
	assert_int_equal(read[3].id, one.id);
	assert_err(households_get(ask_db(), (const i64[]){ one.id, 12 }, 2, read), NOT_FOUND);
}

TEST(people_alike_are_proposed)
{
	i64 ville = given_organisation("ville");
	struct vault_asker vault = ask_vault();
	struct households alike;
	given_household(ville, "Khadija", "El Amrani", PHONE);
	struct person p[] = { { .given = S("Khadidja"), .family = S("Amrani") }, { .given = S("Autre"), .family = S("Nom"), .phone = S(PHONE) },
		{ .given = S("Nadia"), .family = S("El Amrani") } };
	const size_t expected[] = { 1, 1, 0 };
	for (size_t i = 0; i < lengthof(p); i++) {
		struct household h = { .organisation_id = ville, .persons = &p[i], .n = 1 };
		assert_ok(people_alike(ask_db(), &vault, &h, &alike));
		assert_int_equal(alike.n, expected[i]);
	}
}

/* ---- what a thief has ---- */

static bool file_has(const char *path, const char *text)
{
	static char all[64 << 20];
	FILE *f = fopen(path, "re");
	if (!f)
		return false;
	size_t n = fread(all, 1, sizeof all, f);
	fclose(f);
	return memmem(all, n, text, strlen(text)) != NULL;
}

/* The bytes of the database: the file and its log, or what the server's own dump says. */
static bool thief_has(const char *text)
{
	const char *url = ask_db_url();
	struct arena *a = unit_arena(1 << 12);
	const char *path = str_starts(str_c(url), S("sqlite:")) ? url + strlen("sqlite:") : NULL;
	if (path)
		return file_has(path, text) || file_has(str_printf(a, "%s-wal", path).p, text);
	const char *dump = str_printf(a, "%s/dump.sql", unit_dir()).p;
	assert_int_equal(system(str_printf(a, "pg_dump --inserts '%s' > %s", url, dump).p), 0);
	return file_has(dump, text);
}

TEST(a_stolen_database_shows_nobody)
{
	static const char *const secrets[] = { "Khadija", "khadija", "Amrani", "amrani", "99001201", "Cordages", "cordages", "mardi", "Halage", "Inès" };
	i64 ville = given_organisation("ville");
	given_household(ville, "Khadija", "El Amrani", PHONE);
	finds(ville, "Khadija", 1);
	assert_true(thief_has("ville"));             /* the organisation's name is no secret: the test does read the bytes */
	for (size_t i = 0; i < lengthof(secrets); i++)
		if (thief_has(secrets[i]))
			fail_msg("the stolen database has \"%s\"", secrets[i]);
}

/* ---- erasing, keeping ---- */

static struct household named(str id)
{
	struct household h;
	assert_ok(household_named(ask_db(), id, &h));
	return h;
}

static enum err erase_tx(struct db *db, void *arg)
{
	return household_erase(db, *(i64 *)arg, "asked");
}

/* How many rows of the index speak of somebody of that name and telephone. */
static i64 tokens_of(i64 organisation, const char *given, const char *family)
{
	struct vault_asker vault = ask_vault();
	struct person p = { .given = str_c(given), .family = str_c(family), .phone = S(PHONE) };
	str *tokens;
	size_t n;
	i64 all = 0, one;
	assert_ok(person_tokens(&vault, &p, &tokens, &n));
	for (size_t i = 0; i < n; i++) {
		assert_ok(token_count(ask_db(), organisation, tokens[i], 10, &one));
		all += one;
	}
	return all;
}

TEST(an_erased_household_stays_as_a_number_only)
{
	i64 ville = given_organisation("ville");
	struct vault_asker vault = ask_vault();
	str id = given_household(ville, "Khadija", "El Amrani", PHONE);
	given_share(id, given_organisation("ccas"), now_ms() + 60000);
	struct household before = named(id);
	assert_true(tokens_of(ville, "Khadija", "El Amrani") >= 7);
	struct note_row_list notes;
	str text, key = str_copy(vault.a, before.key);
	assert_ok(db_tx(ask_db(), erase_tx, &before.id));
	struct household after = named(id);
	assert_true(after.erased && !after.key.n && !after.sealed_address.n);
	assert_int_equal(after.n, 0);
	finds(ville, "Khadija", 0);
	assert_int_equal(tokens_of(ville, "Khadija", "El Amrani"), 0);
	assert_ok(note_list(ask_db(), before.id, 10, ville, &notes));
	assert_int_equal(notes.n, 1);
	assert_true(!notes.v[0].key_enc.n);
	notes.v[0].key_enc = key;
	assert_err(notes_open(&vault, S("test"), notes.v, 1, &text), INVALID);    /* its text is gone too */
}

TEST(what_was_sealed_does_not_open_without_its_own_key)
{
	i64 ville = given_organisation("ville");
	struct vault_asker vault = ask_vault();
	struct household one = named(given_household(ville, "Khadija", "El Amrani", PHONE)), two = named(given_household(ville, "Jean", "Le Goff", "+33199001202"));
	struct household *v[] = { &one };
	one.persons[0].key = two.persons[0].key;
	assert_err(household_open(&vault, S("test"), v, 1), INVALID);
}

#define DAY_MS ((i64)86400 * 1000)

static enum err purge_tx(struct db *db, void *arg)
{
	return people_purge(db, 100, arg);
}

static enum err age_tx(struct db *db, void *arg)
{
	return households_met(db, arg, 1, now_ms());
}

static i64 held_until;

static enum err hold_tx(struct db *db, void *arg)
{
	return households_hold(db, &(struct hold){ *(i64 *)arg, held_until }, 1);
}

static enum err unmet_tx(struct db *db, void *arg)
{
	struct sealed_household s;
	struct vault_asker vault = ask_vault();
	struct household *h = arg;
	try(household_seal(&vault, h, &s));
	return household_put(db, &s);
}

static i64 purged(void)
{
	i64 n = 0;
	assert_ok(db_tx(ask_db(), purge_tx, &n));
	return n;
}

TEST(files_go_when_their_time_is_over_and_leave_a_line)
{
	i64 ville = given_organisation("ville"), start = now_ms();
	struct household met = named(given_household(ville, "Khadija", "El Amrani", PHONE));
	struct audit_row_list lines;
	assert_int_equal(purged(), 0);
	clock_set(start + 700 * DAY_MS);
	assert_int_equal(purged(), 0);
	assert_ok(db_tx(ask_db(), age_tx, &met.id));
	clock_set(start + 800 * DAY_MS);
	assert_int_equal(purged(), 0);               /* there was a contact a hundred days ago */
	clock_set(start + 1500 * DAY_MS);
	held_until = start + 1600 * DAY_MS;
	assert_ok(db_tx(ask_db(), hold_tx, &met.id));
	assert_int_equal(purged(), 0);               /* a loan is running */
	clock_set(start + 1601 * DAY_MS);
	assert_int_equal(purged(), 1);
	assert_int_equal(purged(), 0);
	assert_true(named(met.public_id).erased);
	assert_ok(audit_of_object(ask_db(), S("household"), met.id, INT64_MAX, 10, &lines));
	assert_int_equal(lines.n, 1);
	assert_str(lines.v[0].action, "household.erase");
	assert_str(lines.v[0].detail, "why=time");
	clock_set(0);
}

TEST(a_family_that_was_named_and_never_met_goes_after_three_months)
{
	i64 ville = given_organisation("ville"), start = (i64)20787 * DAY_MS + DAY_MS / 2;      /* 30 November 2026, at noon */
	str none = S("");
	struct date end;
	clock_set(start);
	struct household h = { .organisation_id = ville, .address = none, .district = none, .district_code = none, .priority_area = none, .priority_area_code = none,
		.areas_on = none, .school = true, .origin = S("school") };
	assert_ok(db_tx(ask_db(), unmet_tx, &h));
	h = named(h.public_id);
	assert_ok(household_ends(ask_db(), &h, &end));
	assert_string_equal(str_z(db_arena(ask_db()), date_iso(db_arena(ask_db()), end)), "2027-02-28");
	clock_set(start + 90 * DAY_MS);
	assert_int_equal(purged(), 0);
	clock_set(start + 91 * DAY_MS);
	assert_int_equal(purged(), 1);
	assert_true(named(h.public_id).erased);
	clock_set(0);
}
