/* The vault's inside, apart from its loop so that it can be tested: keys, and what is done with them. */
#ifndef GABARE_APP_VAULT_H
#define GABARE_APP_VAULT_H

#include "app/config.h"
#include "http/seal.h"

#define KEY_BYTES 32
#define KEY_ID_CHARS 16

/* The keys derived from the master key; in locked memory. */
struct keys {
	u8 mac[KEY_BYTES], column[KEY_BYTES], index[KEY_BYTES], wrap[KEY_BYTES];
	u8 column_before[KEY_BYTES], wrap_before[KEY_BYTES];           /* of the master key that is being replaced */
	char before[KEY_ID_CHARS + 1];           /* its name; empty: none is */
	bool master;                             /* false: no master key; MACs work (they die with the process), columns do not */
	char id[KEY_ID_CHARS + 1];               /* names the master key, in backups and logs; not secret */
};

/* Locked memory for the keys: a random key for MACs, no master key. */
struct keys *keys_new(void);
/* Derives all from a master key. */
void keys_derive(struct keys *k, const u8 master[KEY_BYTES]);
/* Where the master key is: the configured file, else systemd's credential, else the demonstration's own; NULL: nowhere. */
const char *vault_key_path(struct arena *a, const struct config *c);
/* Reads a key file ("gabare-key-1 ID HEX"). NOT_FOUND; INVALID: not one of ours, or others may read it. */
must_use enum err key_file_read(const char *path, u8 ret_master[KEY_BYTES], const char **ret_problem);
/* What a key file holds: the master key; the one before it, while values may be sealed under it; and the key of the indexes, which outlives
 * the master key that it comes from: with another one no name would be found again, and every card would bear another code. */
struct key_ring { u8 master[KEY_BYTES], before[KEY_BYTES], indexes[KEY_BYTES]; bool has_before, has_indexes; };
/* As key_file_read. The caller forgets it (sodium_memzero). */
must_use enum err key_ring_read(const char *path, struct key_ring *ret, const char **ret_problem);
/* Writes it over `path`, at once (a file beside it that takes its name), mode 0600. */
must_use enum err key_ring_write(const char *path, const struct key_ring *r);
void keys_of_ring(struct keys *k, const struct key_ring *r);
/* The ring with a new master key, and the one that it had as the one before; without that one. */
void key_ring_turn(struct key_ring *r);
void key_ring_retire(struct key_ring *r);
/* The name of a master key, in backups and logs. */
void key_ring_id(const struct key_ring *r, char ret_id[KEY_ID_CHARS + 1]);
/* Makes a new key file, mode 0600; CONFLICT when it is there already. */
must_use enum err key_file_make(const char *path, char ret_id[KEY_ID_CHARS + 1]);

/* What one message asks, by kind (http/vault.h, http/seal.h). The answer is in the arena. */
must_use enum err vault_answer(const struct keys *k, struct arena *a, u32 kind, str message, str *ret_answer);
/* Asks these keys themselves, not the vault: for commands outside the server, and tests. */
struct vault_asker vault_of_keys(struct keys *k, struct arena *a, str id);
/* How many openings a message asks, for the budget; 0 for other kinds. `ret_id` and `ret_purpose` say who and why. */
size_t vault_openings(u32 kind, str message, str *ret_id, str *ret_purpose);

#endif
