/* The master key is replaced while everything stays readable: in batches that can end anywhere, until nothing bears the key before. */
#include "app/rotate.h"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include "accounts/account.h"
#include "app/rotate_sql.h"
#include "app/vault.h"
#include "base/timex.h"
#include "given_people.h"
#include "people/people.h"

/* The keys of the tests (ask.c), then those of the next ring. */
static struct key_ring first_ring(void)
{
	return (struct key_ring){ .master = { 1 } };
}

static struct vault_asker vault_with(const struct key_ring *ring)
{
	struct keys *k = keys_new();
	keys_of_ring(k, ring);
	return vault_of_keys(k, unit_arena((size_t)64 << 20), S("test"));
}

static bool opens(const struct vault_asker *vault, str household)
{
	struct household h;
	assert_ok(household_named(ask_db(), household, &h));
	enum err e = household_open(vault, S("test"), &(struct household *const){ &h }, 1);
	if (e == OK)
		assert_true(str_eq(h.persons[0].given, S("Leïla")) && str_eq(h.address, S("3 rue des Cordages, 44000 Nantes")));
	return e == OK;
}

static str id_of(const struct key_ring *ring)
{
	static char id[KEY_ID_CHARS + 1];
	key_ring_id(ring, id);
	return str_c(id);
}

/* Until there is no more to do; how many batches. */
static int run(const struct vault_asker *vault, i64 most, int stop_after)
{
	bool more = true;
	int n = 0;
	for (; more && n < stop_after; n++)
		assert_ok(rotate_step(ask_db(), vault, most, &more));
	return n;
}

/* To the end: what is left now, and again once nothing can be under way any more. */
static void finish(const struct vault_asker *vault, i64 most)
{
	struct rotation r;
	str ids[2];
	assert_ok(vault_key_ids(vault, ids));
	run(vault, most, 1000);
	assert_ok(rotation_state(ask_db(), ids[0], &r));
	assert_false(r.ended);
	clock_set(now_ms() + 3 * 60000);
	run(vault, most, 1000);
}

TEST(everything_is_readable_before_during_and_after_and_the_key_before_opens_nothing)
{
	i64 org = given_organisation("ville");
	str household[7];
	struct rotation r;
	struct key_ring ring = first_ring(), last;
	struct vault_asker old = vault_with(&ring);
	for (size_t i = 0; i < lengthof(household); i++)
		household[i] = given_household(org, "Leïla", "Benali", "+33199001201");
	i64 user = given_account("a@ville.example", "Andrea", org, ROLE_DESK_AGENT);
	key_ring_turn(&ring);
	struct vault_asker both = vault_with(&ring);
	assert_true(opens(&both, household[0]));     /* sealed under the key before */
	run(&both, 2, 3);                            /* then the process is killed: what follows goes on from the database */
	assert_ok(rotation_state(ask_db(), id_of(&ring), &r));
	assert_true(r.begun && !r.ended && r.moved == 6);
	for (size_t i = 0; i < lengthof(household); i++)
		assert_true(opens(&both, household[i]));
	finish(&both, 2);
	assert_ok(rotation_state(ask_db(), id_of(&ring), &r));
	assert_true(r.ended && r.lost == 0 && r.pass == 2);
	assert_int_equal(r.moved, 7 + 14 + 2);       /* households, persons, an account's name and address */
	last = ring;
	key_ring_retire(&last);
	struct vault_asker alone = vault_with(&last);
	for (size_t i = 0; i < lengthof(household); i++) {
		assert_true(opens(&alone, household[i]));
		assert_false(opens(&old, household[i]));
	}
	struct account a;
	assert_ok(account_get(ask_db(), user, &a));
	assert_ok(account_open(&alone, S("test"), &(struct account *const){ &a }, 1));
	assert_str(a.name, "Andrea");
}

TEST(names_and_cards_are_found_under_the_next_key)
{
	i64 org = given_organisation("ville");
	struct key_ring ring = first_ring();
	str household = given_household(org, "Leïla", "Benali", "+33199001201");
	struct households found;
	key_ring_turn(&ring);
	struct vault_asker both = vault_with(&ring);
	finish(&both, 100);
	key_ring_turn(&ring);                        /* twice: the indexes are those of the first */
	struct vault_asker next = vault_with(&ring);
	finish(&next, 100);
	key_ring_retire(&ring);
	struct vault_asker alone = vault_with(&ring);
	assert_ok(people_find(ask_db(), &alone, &org, 1, S("leyla ben"), &found));
	assert_int_equal(found.n, 1);
	assert_true(str_eq(found.v[0].public_id, household));
}

TEST(what_was_sealed_late_under_the_key_before_is_found_by_another_pass)
{
	i64 org = given_organisation("ville");
	struct rotation r;
	struct key_ring ring = first_ring();
	given_household(org, "Leïla", "Benali", "+33199001201");
	key_ring_turn(&ring);
	struct vault_asker both = vault_with(&ring);
	run(&both, 100, 5);                          /* households and persons are done */
	str late = given_household(org, "Leïla", "Benali", "+33199001202");      /* by a process that had not heard yet */
	finish(&both, 100);
	assert_ok(rotation_state(ask_db(), id_of(&ring), &r));
	assert_true(r.ended && r.pass == 3);
	key_ring_retire(&ring);
	struct vault_asker alone = vault_with(&ring);
	assert_true(opens(&alone, late));
}

struct strange { i64 id; str was, key; };

static enum err strange_tx(struct db *db, void *arg)
{
	const struct strange *x = arg;
	return rotated_household_key_put(db, x->id, x->was, x->key);
}

TEST(a_value_that_no_key_opens_stops_nothing_and_is_told)
{
	i64 org = given_organisation("ville");
	struct rotation r;
	struct household h;
	struct key_ring ring = first_ring();
	str household = given_household(org, "Leïla", "Benali", "+33199001201");
	assert_ok(household_named(ask_db(), household, &h));
	struct vault_asker stranger = vault_with(&(struct key_ring){ .master = { 9 } });
	str key;
	str at = str_printf(unit_arena(1 << 10), "household:key:%lld", (long long)h.id);
	assert_ok(vault_keys_new(&stranger, &at, 1, &key));
	assert_ok(db_tx(ask_db(), strange_tx, &(struct strange){ h.id, h.key, key }));
	key_ring_turn(&ring);
	struct vault_asker both = vault_with(&ring);
	finish(&both, 100);
	assert_ok(rotation_state(ask_db(), id_of(&ring), &r));
	assert_true(r.ended && r.lost == 1);
}

TEST(without_a_key_to_replace_there_is_nothing_to_do)
{
	struct key_ring ring = first_ring();
	struct vault_asker one = vault_with(&ring);
	bool more = true;
	assert_ok(rotate_step(ask_db(), &one, 10, &more));
	assert_false(more);
}

TEST(a_key_file_keeps_its_ring)
{
	struct key_ring ring = first_ring(), read;
	const char *problem, *path = str_printf(unit_arena(1 << 10), "%s/ring.key", unit_dir()).p;
	struct stat st;
	assert_ok(key_ring_write(path, &ring));
	assert_ok(key_ring_read(path, &read, &problem));
	assert_false(read.has_before || read.has_indexes);
	key_ring_turn(&ring);
	assert_ok(key_ring_write(path, &ring));
	assert_ok(key_ring_read(path, &read, &problem));
	assert_true(read.has_before && read.has_indexes);
	assert_memory_equal(read.master, ring.master, KEY_BYTES);
	assert_memory_equal(read.before, ring.before, KEY_BYTES);
	assert_memory_equal(read.indexes, ring.indexes, KEY_BYTES);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	int fd = open(path, O_WRONLY | O_APPEND);
	assert_true(write(fd, "before 0 0\n", 11) == 11);
	close(fd);
	assert_int_equal(key_ring_read(path, &read, &problem), INVALID);
}

static str text_of(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "re");
	if (!f)
		fail_msg("cannot read %s (tests run from the root)", path);
	char *p = arena_alloc(a, 1 << 20);
	size_t n = fread(p, 1, 1 << 20, f);
	fclose(f);
	return (str){ p, n };
}

/* A module that keeps keys of somebody's own, wrapped, and is forgotten here, would lose all that they seal. */
TEST(each_wrapped_key_of_the_schema_is_sealed_again)
{
	struct arena *a = unit_arena((size_t)64 << 20);
	str known = text_of(a, "src/app/rotate.sql"), create = S("CREATE TABLE ");
	glob_t files;
	int found = 0;
	assert_int_equal(glob("migrations/*.sql", 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		str text = text_of(a, files.gl_pathv[i]), line, table = S("");
		while (str_next(&text, '\n', &line)) {
			if (str_starts(line, create)) {
				str rest = str_slice(line, create.n, line.n);
				str_next(&rest, ' ', &table);
			}
			if (!str_starts(str_trim(line), S("key_enc BYTEA")))
				continue;
			found++;
			if (str_find(known, str_printf(a, "UPDATE %.*s SET key_enc", STR_ARG(table))) < 0)
				fail_msg("%.*s.key_enc is not in src/app/rotate.sql and rotate.c: replacing the master key would lose it", STR_ARG(table));
		}
	}
	globfree(&files);
	assert_true(found >= 3);
}
