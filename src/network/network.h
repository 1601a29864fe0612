/* The network: groups of structures with their themes, a list of people who agreed to be written to, and mail to a group or to all of
 * them. Nobody is written to before they agreed, but to ask whether they do; each message holds the link by which one withdraws. */
#ifndef GABARE_NETWORK_H
#define GABARE_NETWORK_H

#include "db/db.h"
#include "html/view.h"
#include "http/route.h"
#include "http/seal.h"

extern const struct route network_routes[];

/* Writes some of what is to be written to contacts: the question whether they agree, and mail that was sent to them. In short
 * transactions; *ret_n: how many. For the outbox process, each second. */
must_use enum err network_write_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n);

/* Forgets contacts who did not agree within three months and mails of more than a year, at most `most` of each; asks again who agreed
 * three years ago. In a transaction. */
must_use enum err network_purge(struct db *db, i64 most, i64 *ret_n);

/* Invented groups and contacts for the demonstration, in structures of its directory, unless there are groups already. */
must_use enum err network_demo_load(struct db *db, const struct vault_asker *vault);

#endif
