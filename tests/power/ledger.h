/* The small ledger that the power-loss test and the write benchmark write to: one payment is an entry that its key makes
 * unique, a balance, and a line of effect that nothing makes unique (so that a payment done twice would show). */
#ifndef GABARE_TESTS_LEDGER_H
#define GABARE_TESTS_LEDGER_H

#include "db/db.h"
#include "db/stmt.h"

#define LEDGER_ACCOUNTS 64

/* The statements of one payment, in order: what a raw writer runs too. $1, $2… are their `in`: key, account, amount, or some. */
extern const char *const ledger_schema;
extern const struct db_stmt ledger_entry, ledger_balance, ledger_effect;

/* Makes the tables and the accounts in a new database, with the engine alone. False: the reason is on stderr. */
bool ledger_make(const char *path);
/* Pays `amount` into `account` in one transaction, once whatever the number of calls with that key. CONFLICT: it had been
 * done before (a replay). */
must_use enum err ledger_pay(struct db *db, i64 key, i64 account, i64 amount);

struct ledger_state { i64 entries, effects, keys_with_effect, balance, amounts; };
/* What the ledger holds. */
must_use enum err ledger_state(struct db *db, struct ledger_state *ret);
/* Whether the payment of this key is there. */
must_use enum err ledger_has(struct db *db, i64 key, bool *ret);

#endif
