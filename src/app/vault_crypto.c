/* The vault's keys and sums; see vault.h. libsodium does all of it. */
#include "app/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/pack.h"
#include "http/seal.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define KEY_FILE_HEAD "gabare-key-1 "
#define ITEMS_MAX 4096

/* ---- keys ---- */

struct keys *keys_new(void)
{
	if (sodium_init() < 0)
		die("libsodium does not start");
	struct keys *k = sodium_malloc(sizeof(*k));
	if (!k)
		die("no locked memory for the keys");
	memset(k, 0, sizeof(*k));
	randombytes_buf(k->mac, sizeof(k->mac));
	return k;
}

static void key_id(const u8 master[KEY_BYTES], char ret_id[KEY_ID_CHARS + 1])
{
	u8 h[KEY_ID_CHARS / 2 + crypto_generichash_BYTES_MIN];
	crypto_generichash(h, crypto_generichash_BYTES_MIN, (const u8 *)"gabare key id", 13, master, KEY_BYTES);
	sodium_bin2hex(ret_id, KEY_ID_CHARS + 1, h, KEY_ID_CHARS / 2);
}

void keys_derive(struct keys *k, const u8 master[KEY_BYTES])
{
	crypto_kdf_derive_from_key(k->mac, KEY_BYTES, 1, "macs____", master);
	crypto_kdf_derive_from_key(k->column, KEY_BYTES, 2, "columns_", master);
	crypto_kdf_derive_from_key(k->index, KEY_BYTES, 3, "indexes_", master);
	crypto_kdf_derive_from_key(k->wrap, KEY_BYTES, 4, "wrapping", master);
	key_id(master, k->id);
	k->master = true;
}

const char *vault_key_path(struct arena *a, const struct config *c)
{
	const char *credentials = getenv("CREDENTIALS_DIRECTORY");
	if (c->key_file.n)
		return str_z(a, c->key_file);
	if (credentials)
		return str_printf(a, "%s/gabare-key", credentials).p;
	return c->city.demo ? str_printf(a, "%.*s/demo.key", STR_ARG(c->data)).p : NULL;
}

enum err key_file_read(const char *path, u8 ret_master[KEY_BYTES], const char **ret_problem)
{
	char text[256] = { 0 };
	char id[KEY_ID_CHARS + 1];
	struct stat st;
	size_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	*ret_problem = "there is no such file";
	if (fd < 0)
		return errno == ENOENT ? NOT_FOUND : INVALID;
	ssize_t got = read(fd, text, sizeof(text) - 1);
	bool open_to_others = fstat(fd, &st) || st.st_mode & 077;
	close(fd);
	*ret_problem = "others may read it: chmod 600";
	if (open_to_others)
		return INVALID;
	*ret_problem = "it is not a key file of Gabare";
	size_t head = sizeof(KEY_FILE_HEAD) - 1;
	if (got < 0 || strncmp(text, KEY_FILE_HEAD, head) != 0 ||
	    sodium_hex2bin(ret_master, KEY_BYTES, text + head + KEY_ID_CHARS + 1, KEY_BYTES * 2, NULL, &n, NULL) || n != KEY_BYTES)
		return INVALID;
	*ret_problem = "its identifier does not fit its key: a digit was lost";
	key_id(ret_master, id);
	sodium_memzero(text + head + KEY_ID_CHARS, KEY_BYTES * 2 + 1);
	return memcmp(id, text + head, KEY_ID_CHARS) == 0 ? OK : INVALID;
}

enum err key_file_make(const char *path, char ret_id[KEY_ID_CHARS + 1])
{
	u8 master[KEY_BYTES];
	char hex[KEY_BYTES * 2 + 1], line[256];
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? CONFLICT : INVALID;
	crypto_kdf_keygen(master);
	key_id(master, ret_id);
	sodium_bin2hex(hex, sizeof(hex), master, sizeof(master));
	int n = snprintf(line, sizeof(line), KEY_FILE_HEAD "%s %s\n", ret_id, hex);
	bool ok = write(fd, line, (size_t)n) == n && fsync(fd) == 0;
	sodium_memzero(master, sizeof(master));
	sodium_memzero(hex, sizeof(hex));
	sodium_memzero(line, sizeof(line));
	ok = close(fd) == 0 && ok;
	return ok ? OK : INTERNAL;
}

/* ---- MACs ---- */

static enum err mac(const struct keys *k, struct arena *a, str message, str *ret)
{
	u8 *p = arena_alloc(a, VAULT_MAC_SIZE);
	if (str_find_byte(message, 0) < 1)
		return INVALID;
	crypto_generichash(p, VAULT_MAC_SIZE, (const u8 *)message.p, message.n, k->mac, KEY_BYTES);
	*ret = (str){ (char *)p, VAULT_MAC_SIZE };
	return OK;
}

/* ---- columns ---- */

static str sealed_under(const u8 key[KEY_BYTES], struct arena *a, str at, str value)
{
	size_t n = NONCE + value.n + TAG;
	u8 *p = arena_alloc(a, n);
	randombytes_buf(p, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(p + NONCE, NULL, (const u8 *)value.p, value.n, (const u8 *)at.p, at.n, NULL, p, key);
	return (str){ (char *)p, n };
}

static enum err opened_under(const u8 key[KEY_BYTES], struct arena *a, str at, str value, str *ret)
{
	if (value.n < NONCE + TAG)
		return INVALID;
	size_t n = value.n - NONCE - TAG;
	u8 *p = arena_alloc(a, n + 1);
	const u8 *v = (const u8 *)value.p;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(p, NULL, NULL, v + NONCE, value.n - NONCE, (const u8 *)at.p, at.n, v, key))
		return INVALID;
	*ret = (str){ (char *)p, n };
	return OK;
}

static enum err seal_one(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	*ret = sealed_under(k->column, a, at, value);
	return OK;
}

static enum err open_one(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	return opened_under(k->column, a, at, value, ret);
}

/* ---- keys of somebody's own, wrapped under a key that opens nothing else: VAULT_OPEN cannot be asked for one ---- */

static enum err key_new_one(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	u8 own[KEY_BYTES];
	if (value.n)
		return INVALID;
	randombytes_buf(own, sizeof(own));
	*ret = sealed_under(k->wrap, a, at, (str){ (char *)own, sizeof(own) });
	sodium_memzero(own, sizeof(own));
	return OK;
}

static enum err own_one(const struct keys *k, struct arena *a, bool seal, const struct vault_item *key, const struct vault_item *item, str *ret)
{
	str own;
	enum err e = opened_under(k->wrap, a, key->at, key->value, &own);
	if (e != OK || own.n != KEY_BYTES)
		return INVALID;
	if (seal)
		*ret = sealed_under((const u8 *)own.p, a, item->at, item->value);
	else
		e = opened_under((const u8 *)own.p, a, item->at, item->value, ret);
	sodium_memzero((char *)(uintptr_t)own.p, own.n);
	return e;
}

static enum err index_one(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	u8 *p = arena_alloc(a, 32);
	u64 n = at.n;
	crypto_generichash_state st;
	crypto_generichash_init(&st, k->index, KEY_BYTES, 32);
	crypto_generichash_update(&st, (const u8 *)&n, sizeof(n));
	crypto_generichash_update(&st, (const u8 *)at.p, at.n);
	crypto_generichash_update(&st, (const u8 *)value.p, value.n);
	crypto_generichash_final(&st, p, 32);
	*ret = (str){ (char *)p, 32 };
	return OK;
}

typedef enum err item_fn(const struct keys *k, struct arena *a, str at, str value, str *ret);

static enum err each(const struct keys *k, struct arena *a, item_fn *fn, str message, str *ret)
{
	struct unpack u = { .rest = message };
	struct buf b = buf_new(a, WAIT_MESSAGE_MAX);
	if (!k->master)
		return INTERNAL;
	unpack_str(&u);
	unpack_str(&u);
	i64 n = unpack_i64(&u);
	if (u.bad || n < 0 || n > ITEMS_MAX)
		return INVALID;
	for (i64 i = 0; i < n; i++) {
		str at = unpack_str(&u), value = unpack_str(&u), one;
		if (u.bad || !at.n)
			return INVALID;
		try(fn(k, a, at, value, &one));
		pack_str(&b, one);
	}
	*ret = buf_str(&b);
	return b.full || !unpack_done(&u) ? INVALID : OK;
}

/* Items by two: a wrapped key, to which nothing is answered, and what it seals or opens. */
static enum err each_own(const struct keys *k, struct arena *a, bool seal, str message, str *ret)
{
	struct unpack u = { .rest = message };
	struct buf b = buf_new(a, WAIT_MESSAGE_MAX);
	if (!k->master)
		return INTERNAL;
	unpack_str(&u);
	unpack_str(&u);
	i64 n = unpack_i64(&u);
	if (u.bad || n < 0 || n > ITEMS_MAX || n % 2)
		return INVALID;
	for (i64 i = 0; i < n; i += 2) {
		struct vault_item key, item;
		key.at = unpack_str(&u);
		key.value = unpack_str(&u);
		item.at = unpack_str(&u);
		item.value = unpack_str(&u);
		str one;
		if (u.bad || !key.at.n || !item.at.n)
			return INVALID;
		try(own_one(k, a, seal, &key, &item, &one));
		pack_str(&b, S(""));
		pack_str(&b, one);
	}
	*ret = buf_str(&b);
	return b.full || !unpack_done(&u) ? INVALID : OK;
}

enum err vault_answer(const struct keys *k, struct arena *a, u32 kind, str message, str *ret_answer)
{
	switch (kind) {
	case VAULT_MAC:
		return mac(k, a, message, ret_answer);
	case VAULT_SEAL:
		return each(k, a, seal_one, message, ret_answer);
	case VAULT_OPEN:
		return each(k, a, open_one, message, ret_answer);
	case VAULT_INDEX:
		return each(k, a, index_one, message, ret_answer);
	case VAULT_KEY_NEW:
		return each(k, a, key_new_one, message, ret_answer);
	case VAULT_SEAL_OWN:
	case VAULT_OPEN_OWN:
		return each_own(k, a, kind == VAULT_SEAL_OWN, message, ret_answer);
	default:
		return INVALID;
	}
}

static enum err ask_keys(const struct vault_asker *v, u32 kind, str message, str *ret_answer)
{
	return vault_answer(v->arg, v->a, kind, message, ret_answer);
}

struct vault_asker vault_of_keys(struct keys *k, struct arena *a, str id)
{
	return (struct vault_asker){ ask_keys, a, id, k };
}

size_t vault_openings(u32 kind, str message, str *ret_id, str *ret_purpose)
{
	struct unpack u = { .rest = message };
	*ret_id = unpack_str(&u);
	*ret_purpose = unpack_str(&u);
	i64 n = unpack_i64(&u);
	if (u.bad || n <= 0 || (kind != VAULT_OPEN && kind != VAULT_OPEN_OWN))
		return 0;
	return (size_t)(kind == VAULT_OPEN ? n : n / 2);
}
