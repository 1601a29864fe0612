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
/* Makes a new key file, mode 0600; CONFLICT when it is there already. */
must_use enum err key_file_make(const char *path, char ret_id[KEY_ID_CHARS + 1]);

/* What one message asks, by kind (http/vault.h, http/seal.h). The answer is in the arena. */
must_use enum err vault_answer(const struct keys *k, struct arena *a, u32 kind, str message, str *ret_answer);
/* Asks these keys themselves, not the vault: for commands outside the server, and tests. */
struct vault_asker vault_of_keys(struct keys *k, struct arena *a, str id);
/* How many openings a message asks, for the budget; 0 for other kinds. `ret_id` and `ret_purpose` say who and why. */
size_t vault_openings(u32 kind, str message, str *ret_id, str *ret_purpose);

#endif
