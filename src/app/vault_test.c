/* What the vault promises: what was sealed opens in its own place only, keys are files that only their owner reads, and a
 * message that is cut or forged gets nothing. */
#include "app/vault.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/pack.h"
#include "http/seal.h"
#include "unit.h"

static struct keys *some_keys(u8 fill)
{
	u8 master[KEY_BYTES];
	struct keys *k = keys_new();
	memset(master, fill, sizeof(master));
	keys_derive(k, master);
	return k;
}

static str question(struct arena *a, const struct vault_item *items, size_t n)
{
	struct buf b = buf_new(a, WAIT_MESSAGE_MAX);
	pack_str(&b, S("0123456789abcdef"));
	pack_str(&b, S("test"));
	pack_i64(&b, (i64)n);
	for (size_t i = 0; i < n; i++) {
		pack_str(&b, items[i].at);
		pack_str(&b, items[i].value);
	}
	return buf_str(&b);
}

static str first(str answer)
{
	struct unpack u = { .rest = answer };
	return unpack_str(&u);
}

TEST(vault_opens_in_its_own_place_only)
{
	struct arena *a = arena_new(1 << 20);
	struct keys *k = some_keys(7), *other = some_keys(8);
	str sealed, opened;
	struct vault_item item = { S("person:phone:12"), S("+33639980001") };
	assert_ok(vault_answer(k, a, VAULT_SEAL, question(a, &item, 1), &sealed));
	item.value = first(sealed);
	assert_true(str_find(item.value, S("39980001")) < 0);
	assert_ok(vault_answer(k, a, VAULT_OPEN, question(a, &item, 1), &opened));
	assert_str(first(opened), "+33639980001");
	assert_err(vault_answer(other, a, VAULT_OPEN, question(a, &item, 1), &opened), INVALID);
	item.at = S("person:phone:13");
	assert_err(vault_answer(k, a, VAULT_OPEN, question(a, &item, 1), &opened), INVALID);
	arena_free(a);
}

TEST(vault_refuses_any_changed_byte)
{
	struct arena *a = arena_new((size_t)8 << 20);
	struct keys *k = some_keys(7);
	str sealed, opened;
	struct vault_item item = { S("t:c:1"), S("Lieu") };
	assert_ok(vault_answer(k, a, VAULT_SEAL, question(a, &item, 1), &sealed));
	str value = first(sealed);
	for (size_t i = 0; i < value.n; i++) {
		char *altered = (char *)(uintptr_t)str_copy(a, value).p;
		altered[i] ^= 1;
		item.value = (str){ altered, value.n };
		assert_err(vault_answer(k, a, VAULT_OPEN, question(a, &item, 1), &opened), INVALID);
	}
	arena_free(a);
}

TEST(vault_seals_differently_each_time_and_indexes_alike)
{
	struct arena *a = arena_new(1 << 20);
	struct keys *k = some_keys(7);
	str one, two;
	struct vault_item item = { S("person:name"), S("martin") };
	assert_ok(vault_answer(k, a, VAULT_SEAL, question(a, &item, 1), &one));
	assert_ok(vault_answer(k, a, VAULT_SEAL, question(a, &item, 1), &two));
	assert_false(str_eq(one, two));
	assert_ok(vault_answer(k, a, VAULT_INDEX, question(a, &item, 1), &one));
	assert_ok(vault_answer(k, a, VAULT_INDEX, question(a, &item, 1), &two));
	assert_true(str_eq(one, two));
	item.at = S("person:phone");
	assert_ok(vault_answer(k, a, VAULT_INDEX, question(a, &item, 1), &two));
	assert_false(str_eq(one, two));
	arena_free(a);
}

TEST(vault_without_master_key_only_makes_macs)
{
	struct arena *a = arena_new(1 << 20);
	struct keys *k = keys_new();
	str answer;
	struct vault_item item = { S("t:c:1"), S("x") };
	assert_err(vault_answer(k, a, VAULT_SEAL, question(a, &item, 1), &answer), INTERNAL);
	str message = { "stamp\0/inscription", 18 };
	assert_ok(vault_answer(k, a, VAULT_MAC, message, &answer));
	assert_int_equal(answer.n, VAULT_MAC_SIZE);
	assert_err(vault_answer(k, a, VAULT_MAC, S("no purpose"), &answer), INVALID);
	arena_free(a);
}

TEST(vault_gives_nothing_for_cut_messages)
{
	struct arena *a = arena_new(1 << 20);
	struct keys *k = some_keys(7);
	struct vault_item items[2] = { { S("t:c:1"), S("un") }, { S("t:c:2"), S("deux") } };
	str whole = question(a, items, 2), answer;
	for (size_t n = 0; n < whole.n; n++)
		assert_err(vault_answer(k, a, VAULT_SEAL, str_slice(whole, 0, n), &answer), INVALID);
	assert_ok(vault_answer(k, a, VAULT_SEAL, whole, &answer));
	assert_err(vault_answer(k, a, 99, whole, &answer), INVALID);
	arena_free(a);
}

TEST(vault_seals_under_a_key_of_ones_own_that_it_never_shows)
{
	struct arena *a = arena_new(4 << 20);
	struct vault_asker v = vault_of_keys(some_keys(7), a, S("test"));
	const str places[2] = { S("person:key:1"), S("person:key:2") };
	str keys[2], sealed[2], opened[2];
	assert_ok(vault_keys_new(&v, places, 2, keys));
	struct vault_own mine[2] = { { { places[0], keys[0] }, { S("person:name:1"), S("Zohra") } }, { { places[1], keys[1] }, { S("person:name:2"), S("Yann") } } };
	assert_ok(vault_seal_own(&v, mine, 2, sealed));
	mine[0].item.value = sealed[0];
	mine[1].item.value = sealed[1];
	assert_ok(vault_open_own(&v, S("test"), mine, 2, opened));
	assert_str(opened[0], "Zohra");
	assert_str(opened[1], "Yann");
	struct vault_item wrapped = { places[0], keys[0] };
	assert_err(vault_open_as(&v, S("test"), &wrapped, 1, opened), INVALID);     /* a key is no column: it is not given out */
	struct vault_item column = { S("person:name:1"), sealed[0] };
	assert_err(vault_open_as(&v, S("test"), &column, 1, opened), INVALID);      /* nor does the master key open what is theirs */
	mine[0].key = mine[1].key;
	assert_err(vault_open_own(&v, S("test"), mine, 1, opened), INVALID);        /* each key is one person's */
	mine[0].key = (struct vault_item){ places[0], S("") };
	assert_err(vault_open_own(&v, S("test"), mine, 1, opened), INVALID);        /* destroyed */
	arena_free(a);
}

TEST(vault_takes_any_number_of_values_of_ones_own)
{
	enum { MANY = 900 };
	struct arena *a = arena_new((size_t)16 << 20);
	struct vault_asker v = vault_of_keys(some_keys(7), a, S("test"));
	str place = S("person:key:1"), key, *sealed = arena_many(a, str, MANY), *opened = arena_many(a, str, MANY);
	struct vault_own *items = arena_many(a, struct vault_own, MANY);
	assert_ok(vault_keys_new(&v, &place, 1, &key));
	for (int i = 0; i < MANY; i++)
		items[i] = (struct vault_own){ { place, key }, { str_printf(a, "person:note:%d", i), str_printf(a, "note %d", i) } };
	assert_ok(vault_seal_own(&v, items, MANY, sealed));
	for (int i = 0; i < MANY; i++)
		items[i].item.value = sealed[i];
	assert_ok(vault_open_own(&v, S("test"), items, MANY, opened));
	assert_str(opened[0], "note 0");
	assert_str(opened[MANY - 1], "note 899");
	arena_free(a);
}

TEST(vault_counts_openings)
{
	struct arena *a = arena_new(1 << 20);
	struct vault_item items[2] = { { S("t:c:1"), S("un") }, { S("t:c:2"), S("deux") } };
	str id, purpose;
	assert_int_equal(vault_openings(VAULT_OPEN, question(a, items, 2), &id, &purpose), 2);
	assert_str(id, "0123456789abcdef");
	assert_str(purpose, "test");
	assert_int_equal(vault_openings(VAULT_OPEN_OWN, question(a, items, 2), &id, &purpose), 1);
	assert_int_equal(vault_openings(VAULT_SEAL, question(a, items, 2), &id, &purpose), 0);
	arena_free(a);
}

TEST(key_file_is_for_its_owner_and_never_replaced)
{
	struct arena *a = arena_new(1 << 16);
	const char *path = str_printf(a, "%s/k", unit_dir()).p, *problem;
	char id[KEY_ID_CHARS + 1], text[200] = { 0 };
	u8 master[KEY_BYTES];
	struct stat st;
	assert_ok(key_file_make(path, id));
	assert_err(key_file_make(path, id), CONFLICT);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_ok(key_file_read(path, master, &problem));
	struct keys *k = keys_new();
	keys_derive(k, master);
	assert_string_equal(k->id, id);
	chmod(path, 0640);
	assert_err(key_file_read(path, master, &problem), INVALID);
	chmod(path, 0600);
	int fd = open(path, O_RDWR);
	assert_true(read(fd, text, sizeof(text)) > 60);
	text[40] = text[40] == '0' ? '1' : '0';
	assert_true(pwrite(fd, text, strlen(text), 0) > 0);
	close(fd);
	assert_err(key_file_read(path, master, &problem), INVALID);
	assert_err(key_file_read("/nonexistent/key", master, &problem), NOT_FOUND);
	arena_free(a);
}
