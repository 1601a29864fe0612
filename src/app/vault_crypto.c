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

#define BEFORE_HEAD "before "
#define INDEXES_HEAD "indexes "

/* "HEAD ID HEX": a line of a key file. */
static bool read_line(str line, const char *head, u8 ret[KEY_BYTES], const char **ret_problem)
{
	char id[KEY_ID_CHARS + 1], hex[KEY_BYTES * 2 + 1] = "";
	size_t at = strlen(head), n = 0;
	*ret_problem = "it is not a key file of Gabare";
	if (!str_starts(line, str_c(head)) || line.n != at + KEY_ID_CHARS + 1 + KEY_BYTES * 2)
		return false;
	memcpy(hex, line.p + at + KEY_ID_CHARS + 1, KEY_BYTES * 2);
	bool ok = sodium_hex2bin(ret, KEY_BYTES, hex, KEY_BYTES * 2, NULL, &n, NULL) == 0 && n == KEY_BYTES;
	sodium_memzero(hex, sizeof(hex));
	if (!ok)
		return false;
	*ret_problem = "its identifier does not fit its key: a digit was lost";
	key_id(ret, id);
	return memcmp(id, line.p + at, KEY_ID_CHARS) == 0;
}

static enum err read_ring(str text, struct key_ring *ret, const char **ret_problem)
{
	str line;
	*ret_problem = "it is not a key file of Gabare";
	if (!str_next(&text, '\n', &line) || !read_line(str_trim(line), KEY_FILE_HEAD, ret->master, ret_problem))
		return INVALID;
	while (str_next(&text, '\n', &line)) {
		line = str_trim(line);
		if (!line.n)
			continue;
		bool before = str_starts(line, S(BEFORE_HEAD));
		if (!read_line(line, before ? BEFORE_HEAD : INDEXES_HEAD, before ? ret->before : ret->indexes, ret_problem))
			return INVALID;
		*(before ? &ret->has_before : &ret->has_indexes) = true;
	}
	return OK;
}

enum err key_ring_read(const char *path, struct key_ring *ret, const char **ret_problem)
{
	char text[1024] = { 0 };
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	*ret = (struct key_ring){ .has_before = false };
	*ret_problem = "there is no such file";
	if (fd < 0)
		return errno == ENOENT ? NOT_FOUND : INVALID;
	ssize_t got = read(fd, text, sizeof(text) - 1);
	bool open_to_others = fstat(fd, &st) || st.st_mode & 077;
	close(fd);
	*ret_problem = "others may read it: chmod 600";
	enum err e = open_to_others || got < 0 ? INVALID : read_ring((str){ text, (size_t)got }, ret, ret_problem);
	sodium_memzero(text, sizeof(text));
	return e;
}

enum err key_file_read(const char *path, u8 ret_master[KEY_BYTES], const char **ret_problem)
{
	struct key_ring ring;
	enum err e = key_ring_read(path, &ring, ret_problem);
	memcpy(ret_master, ring.master, KEY_BYTES);
	sodium_memzero(&ring, sizeof(ring));
	return e;
}

void keys_of_ring(struct keys *k, const struct key_ring *r)
{
	keys_derive(k, r->master);
	if (r->has_indexes)
		memcpy(k->index, r->indexes, KEY_BYTES);
	if (!r->has_before)
		return;
	crypto_kdf_derive_from_key(k->column_before, KEY_BYTES, 2, "columns_", r->before);
	crypto_kdf_derive_from_key(k->wrap_before, KEY_BYTES, 4, "wrapping", r->before);
	key_id(r->before, k->before);
}

void key_ring_turn(struct key_ring *r)
{
	if (!r->has_indexes)
		crypto_kdf_derive_from_key(r->indexes, KEY_BYTES, 3, "indexes_", r->master);
	memcpy(r->before, r->master, KEY_BYTES);
	crypto_kdf_keygen(r->master);
	r->has_before = r->has_indexes = true;
}

void key_ring_retire(struct key_ring *r)
{
	sodium_memzero(r->before, sizeof(r->before));
	r->has_before = false;
}

void key_ring_id(const struct key_ring *r, char ret_id[KEY_ID_CHARS + 1])
{
	key_id(r->master, ret_id);
}

static bool write_line(int fd, const char *head, const u8 key[KEY_BYTES])
{
	char id[KEY_ID_CHARS + 1], hex[KEY_BYTES * 2 + 1], line[256];
	key_id(key, id);
	sodium_bin2hex(hex, sizeof(hex), key, KEY_BYTES);
	int n = snprintf(line, sizeof(line), "%s%s %s\n", head, id, hex);
	bool ok = write(fd, line, (size_t)n) == n;
	sodium_memzero(hex, sizeof(hex));
	sodium_memzero(line, sizeof(line));
	return ok;
}

enum err key_ring_write(const char *path, const struct key_ring *r)
{
	char beside[4096];
	if (snprintf(beside, sizeof(beside), "%s.new", path) >= (int)sizeof(beside))
		return INVALID;
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return INVALID;
	bool ok = fchmod(fd, 0600) == 0 && write_line(fd, KEY_FILE_HEAD, r->master) && (!r->has_before || write_line(fd, BEFORE_HEAD, r->before)) &&
		(!r->has_indexes || write_line(fd, INDEXES_HEAD, r->indexes)) && fsync(fd) == 0;
	ok = close(fd) == 0 && ok;
	return ok && rename(beside, path) == 0 ? OK : INTERNAL;
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
	enum err e = opened_under(k->column, a, at, value, ret);
	return e == INVALID && *k->before ? opened_under(k->column_before, a, at, value, ret) : e;
}

static enum err open_wrapped(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	enum err e = opened_under(k->wrap, a, at, value, ret);
	return e == INVALID && *k->before ? opened_under(k->wrap_before, a, at, value, ret) : e;
}

/* Empty: it is sealed under the key of now; absent: neither key opens it. Nothing clear leaves. */
static enum err again(const u8 now[KEY_BYTES], const u8 before[KEY_BYTES], bool has_before, struct arena *a, struct vault_item item, str *ret)
{
	str clear;
	*ret = S("");
	enum err e = opened_under(now, a, item.at, item.value, &clear);
	if (e != OK && has_before) {
		e = opened_under(before, a, item.at, item.value, &clear);
		if (e == OK)
			*ret = sealed_under(now, a, item.at, clear);
	}
	if (e != OK)
		*ret = (str){ 0 };
	else
		sodium_memzero((char *)(uintptr_t)clear.p, clear.n);
	return OK;
}

static enum err rewrap_key_one(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	return again(k->wrap, k->wrap_before, *k->before, a, (struct vault_item){ at, value }, ret);
}

static enum err rewrap_column_one(const struct keys *k, struct arena *a, str at, str value, str *ret)
{
	return again(k->column, k->column_before, *k->before, a, (struct vault_item){ at, value }, ret);
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
	enum err e = open_wrapped(k, a, key->at, key->value, &own);
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

static enum err tell_ids(const struct keys *k, struct arena *a, str *ret)
{
	struct buf b = buf_new(a, 256);
	pack_str(&b, str_c(k->id));
	pack_str(&b, str_c(k->before));
	*ret = buf_str(&b);
	return OK;
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
	case VAULT_REWRAP_KEY:
		return each(k, a, rewrap_key_one, message, ret_answer);
	case VAULT_REWRAP_COLUMN:
		return each(k, a, rewrap_column_one, message, ret_answer);
	case VAULT_KEY_IDS:
		return tell_ids(k, a, ret_answer);
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
