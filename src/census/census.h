/* The census: an edition is opened, each place gets a link of its own, says by it what has changed, and the network's coordinator takes
 * it in field by field; closing freezes the directory of that moment under the edition's name, to be cited. */
#ifndef GABARE_CENSUS_H
#define GABARE_CENSUS_H

#include "db/db.h"
#include "html/view.h"
#include "http/route.h"
#include "http/seal.h"

extern const struct route census_routes[];

/* What an edition needs the vault for, away from requests: its list of who is asked, and their messages. Does some of it in short
 * transactions; *ret_n: how many places or messages. For the outbox process, each second. */
must_use enum err census_prepare_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n);

/* Freezes the edition that is being closed, if one is, and the directory holds still; *ret: whether one is closed now. For the jobs process. */
must_use enum err census_freeze_due(struct db *db, const struct city *city, bool *ret);

/* The frozen file of a closed edition, whole. NOT_FOUND: none is closed under that name. INVALID: it is not what was frozen. */
must_use enum err census_frozen(struct db *db, str name, str *ret);

#endif
