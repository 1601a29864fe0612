/* What the HTTP layer asks of the vault, the only process that holds keys (wait.h: vault_ask). */
#ifndef GABARE_HTTP_VAULT_H
#define GABARE_HTTP_VAULT_H

#include "http/wait.h"

/* VAULT_MAC: the message is a purpose ("stamp"), a NUL, and what is to be authenticated; the answer is VAULT_MAC_SIZE bytes,
 * a keyed BLAKE2b of both under a key kept for MACs. Verifying is asking again and comparing in constant time. */
enum { VAULT_MAC = 1 };
#define VAULT_MAC_SIZE 32

#endif
