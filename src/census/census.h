/* The census: an edition is opened, each place gets a link of its own, says by it what has changed, and the network's coordinator takes
 * it in field by field; closing freezes the directory of that moment under the edition's name, to be cited. */
#ifndef GABARE_CENSUS_H
#define GABARE_CENSUS_H

#include "db/db.h"
#include "directory/directory.h"
#include "html/view.h"
#include "http/route.h"
#include "http/seal.h"

extern const struct route census_routes[];

/* What an edition needs the vault for, away from requests: its list of who is asked, and their messages. Does some of it in short
 * transactions; *ret_n: how many places or messages. For the outbox process, each second. */
must_use enum err census_prepare_some(struct db *db, const struct vault_asker *vault, const struct city *city, i64 *ret_n);

/* Freezes the edition that is being closed, if one is, and the directory holds still; *ret: whether one is closed now. For the jobs process. */
must_use enum err census_freeze_due(struct db *db, const struct city *city, bool *ret);

/* The frozen file of a closed edition, whole, as it was frozen. NOT_FOUND: none is closed under that name. INVALID: it is not what was
 * frozen, or the whole records beside it are not. */
must_use enum err census_frozen(struct db *db, str name, str *ret);

/* The same without the contacts that were withdrawn from it since. */
must_use enum err census_exported(struct db *db, str name, str *ret);

/* The places of a closed edition as they were, without the contacts that were withdrawn from it since; in the order of the file. `whole`:
 * with prices, closures, languages, and the district of that day; else only what the national schema has (editions closed by earlier
 * versions). NOT_FOUND, INVALID: as above. */
struct frozen_place { struct place place; str district_code, district; };
struct frozen { str name; struct date date; i64 at; bool whole; struct frozen_place *v; size_t n; struct wifi_spots wifi; };
must_use enum err census_places(struct db *db, str name, struct frozen *ret);

/* The closed editions, the last one first, at most `most`. */
struct closed_edition { str name; struct date date; };
struct closed_editions { struct closed_edition *v; size_t n; };
must_use enum err census_closed_names(struct db *db, i64 most, struct closed_editions *ret);

/* A closed edition "essai" for the demonstration, unless there is any edition. */
must_use enum err census_demo_load(struct db *db, const struct city *city);

/* Whether a contact was withdrawn from the edition at that moment or later: what was made of it before is to be made again. */
must_use enum err census_withdrawn_since(struct db *db, str edition, i64 ms, bool *ret);

/* Withdraws a contact of a place ("telephone", "courriels", "site_web", "prise_rdv", "complement_adresse", "presentation") from a closed
 * edition, for a reason ("asked", "left", "personal"): exports and guides leave it out from now on, the record stays. `user_id` 0: the
 * command line. In a transaction, with its line in the audit log. NOT_FOUND: no such closed edition. INVALID: no such contact or reason. */
struct withdrawal { str edition, public_id, contact, reason; i64 user_id; };
must_use enum err census_withdraw_contact(struct db *db, const struct withdrawal *w);

#endif
