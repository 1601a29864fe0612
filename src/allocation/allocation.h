/* Allocation: who is proposed a device, by dated and published rules. The engine is pure (params.h, share.h, draw.h, run.h, words.h);
 * what is around it keeps sets of parameters, draws and runs, and shows them. */
#ifndef GABARE_ALLOCATION_H
#define GABARE_ALLOCATION_H

#include "allocation/compare.h"
#include "allocation/match.h"
#include "allocation/run.h"
#include "allocation/words.h"
#include "db/db.h"
#include "http/route.h"
#include "http/seal.h"

extern const struct route allocation_routes[];

/* ---- rules and draws that are kept, for those who allocate from the database ---- */

/* The rule in force on a day (ISO): the city's, or the one that the program comes with. */
must_use enum err rule_on(struct db *db, struct arena *a, str day, struct params *ret);
/* The rules of an organisation, whatever their state, the newest first. */
struct rule_kept { i64 id; struct params params; };
struct rules_kept { struct rule_kept *v; size_t n; };
must_use enum err rules_kept(struct db *db, struct arena *a, i64 organisation_id, struct rules_kept *ret);

struct draw_kept { i64 id; str name, commitment, list, list_digest, seed; i64 committed_at; struct opt_i64 closed_at, revealed_at; };
must_use enum err draw_kept(struct db *db, i64 id, struct draw_kept *ret);
/* A new seed, sealed; then, in a transaction, its commitment is published. */
struct draw_new { i64 id; str commitment, sealed; };
must_use enum err draw_prepare(const struct vault_asker *vault, struct draw_new *ret);
must_use enum err draw_commit(struct db *db, const struct draw_new *d, i64 organisation_id, str name);
/* Publishes the list of pseudonyms (one a line, sorted), which changes no more. In a transaction. CONFLICT: it was closed already. */
must_use enum err draw_list_close(struct db *db, i64 id, str list);
/* The seed of a closed draw; then, in a transaction, it is revealed. INVALID: its list is open. CONFLICT: it was revealed already. */
must_use enum err draw_unseal(struct db *db, const struct vault_asker *vault, i64 id, str *ret_seed);
must_use enum err draw_seed_reveal(struct db *db, i64 id, str seed);

#endif
