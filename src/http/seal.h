/* Encrypted columns: what may be asked of the vault, the only holder of keys, besides MACs (http/vault.h). A question and its
 * answer are one message: ask for many values at once (18 µs a message). Implemented in http/seal.c; how a request asks, in
 * src/app/vault_client.c. */
#ifndef GABARE_SEAL_H
#define GABARE_SEAL_H

#include "http/vault.h"

enum { VAULT_SEAL = 2, VAULT_OPEN, VAULT_INDEX, VAULT_KEY_NEW, VAULT_SEAL_OWN, VAULT_OPEN_OWN, VAULT_REWRAP_KEY, VAULT_REWRAP_COLUMN, VAULT_KEY_IDS };

/* A value of an encrypted column. `at` ties it to its place: "table:column:id"; sealed elsewhere, it does not open. */
struct vault_item { str at, value; };

/* Who asks: a request (vault_of), a process that serves none, or a command that holds the key's file. */
struct vault_asker {
	enum err (*ask)(const struct vault_asker *v, u32 kind, str message, str *ret_answer);
	struct arena *a;                         /* where answers go */
	str id;                                  /* of the request, or of what is done: for the budget's log */
	void *arg;
};
/* The request's own, for what is asked in common with other processes. */
struct vault_asker vault_of(struct req *req);

/* XChaCha20-Poly1305 of each value, in order, in `ret` (n of them; arena). INTERNAL: no master key (`gabare keys init`). */
must_use enum err vault_seal(struct req *req, const struct vault_item *items, size_t n, str *ret);
/* The values back. `purpose` says why, for the budget's log. INVALID: one was altered, or belongs elsewhere (all are refused).
 * FORBIDDEN: over the budget of openings of this worker this minute. */
must_use enum err vault_open(struct req *req, str purpose, const struct vault_item *items, size_t n, str *ret);
/* Keyed BLAKE2b of each value (32 bytes), to find again what is encrypted; `at` names the index ("person:phone"). */
must_use enum err vault_index(struct req *req, const struct vault_item *items, size_t n, str *ret);
/* The three, for whoever asks. */
must_use enum err vault_seal_as(const struct vault_asker *v, const struct vault_item *items, size_t n, str *ret);
must_use enum err vault_open_as(const struct vault_asker *v, str purpose, const struct vault_item *items, size_t n, str *ret);
must_use enum err vault_index_as(const struct vault_asker *v, const struct vault_item *items, size_t n, str *ret);

/* Keys of somebody's own. What a person confides is sealed under a key of theirs, and that key under the master key: the row keeps it
 * wrapped, only the vault sees it bare. Destroying the wrapped key makes all that it sealed unreadable, in every copy that does not hold it. */
struct vault_own { struct vault_item key, item; };         /* a wrapped key at its place, and a value at its own */

/* New keys, wrapped, for the places `at`. */
must_use enum err vault_keys_new(const struct vault_asker *v, const str *at, size_t n, str *ret);
/* As vault_seal_as and vault_open_as, under those keys; any number of values, in as many messages as they need. */
must_use enum err vault_seal_own(const struct vault_asker *v, const struct vault_own *items, size_t n, str *ret);
must_use enum err vault_open_own(const struct vault_asker *v, str purpose, const struct vault_own *items, size_t n, str *ret);

/* When the master key is being replaced (src/app/rotate.c): each value (`keys`: a key of somebody's own) sealed again under the key of now,
 * shown to nobody. Empty: it is already; absent: neither the key of now nor the one before opens it. */
must_use enum err vault_rewrap(const struct vault_asker *v, bool keys, const struct vault_item *items, size_t n, str *ret);
/* The identifiers of the key of now and of the one before (empty: none is being replaced). */
must_use enum err vault_key_ids(const struct vault_asker *v, str ret[2]);

#endif
