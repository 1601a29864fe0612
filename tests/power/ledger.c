/* See ledger.h. The statements are written out here and not in a .sql file: they are no part of the program's schema. */
#include "ledger.h"

#include <sqlite3.h>
#include <stdio.h>

const char *const ledger_schema =
	"PRAGMA journal_mode=WAL;"
	"CREATE TABLE entry(key INTEGER PRIMARY KEY, account INTEGER NOT NULL, amount INTEGER NOT NULL) STRICT;"
	"CREATE TABLE account(id INTEGER PRIMARY KEY, balance INTEGER NOT NULL, payments INTEGER NOT NULL) STRICT;"
	"CREATE TABLE effect(id INTEGER PRIMARY KEY, key INTEGER NOT NULL, note TEXT NOT NULL) STRICT;"
	"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 63) INSERT INTO account SELECT i, 0, 0 FROM n;";

#define KEY { "key", DB_I64, false }
#define ACCOUNT { "account", DB_I64, false }
#define AMOUNT { "amount", DB_I64, false }

static const struct db_column entry_in[] = { KEY, ACCOUNT, AMOUNT };
static const struct db_column balance_in[] = { ACCOUNT, AMOUNT };
static const struct db_column effect_in[] = { KEY };
static const struct db_column state_out[] = {
	{ "entries", DB_I64, false }, { "effects", DB_I64, false }, { "keys", DB_I64, false },
	{ "balance", DB_I64, false }, { "amounts", DB_I64, false },
};
static const struct db_column has_out[] = { { "n", DB_I64, false } };

#define STATEMENT(NAME, SQL, IN, N_IN, OUT, N_OUT, WRITES)                                    \
	{ .name = NAME, .file = "tests/power/ledger.c", .sqlite = SQL, .pg = SQL, .n_in = N_IN, \
	  .n_out = N_OUT, .in = IN, .out = OUT, .writes = WRITES }

const struct db_stmt ledger_entry = STATEMENT("ledger_entry",
	"INSERT INTO entry(key, account, amount) VALUES($1, $2, $3) ON CONFLICT(key) DO NOTHING",
	entry_in, 3, NULL, 0, true);
const struct db_stmt ledger_balance = STATEMENT("ledger_balance",
	"UPDATE account SET balance = balance + $2, payments = payments + 1 WHERE id = $1", balance_in, 2, NULL, 0, true);
const struct db_stmt ledger_effect = STATEMENT("ledger_effect",
	"INSERT INTO effect(key, note) VALUES($1, 'a line as long as one that says what was paid, to whom, and by whom')",
	effect_in, 1, NULL, 0, true);
static const struct db_stmt ledger_totals = STATEMENT("ledger_totals",
	"SELECT (SELECT count(*) FROM entry), (SELECT count(*) FROM effect), (SELECT count(DISTINCT key) FROM effect),"
	" (SELECT sum(balance) FROM account), (SELECT coalesce(sum(amount), 0) FROM entry)", NULL, 0, state_out, 5, false);
static const struct db_stmt ledger_find = STATEMENT("ledger_find",
	"SELECT count(*) FROM effect JOIN entry USING (key) WHERE key = $1", effect_in, 1, has_out, 1, false);

bool ledger_make(const char *path)
{
	sqlite3 *db = NULL;
	char *why = NULL;
	bool made = sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, ledger_schema, NULL, NULL, &why) == SQLITE_OK;
	if (!made)
		fprintf(stderr, "%s: %s\n", path, why ? why : sqlite3_errmsg(db));
	sqlite3_free(why);
	sqlite3_close(db);
	return made;
}

static struct db_value number(i64 v)
{
	return (struct db_value){ .type = DB_I64, .i = v };
}

/* Runs one statement to its end; the first row, if any, goes to out. */
static enum err run(struct db *db, const struct db_stmt *st, const struct db_value *in, struct db_value *out)
{
	struct db_cursor *c;
	try(db_begin(db, st, in, &c));
	enum err e = db_step(c, out);
	db_end(c);
	return e == NOT_FOUND && st->n_out == 0 ? OK : e;
}

struct payment { i64 key, account, amount; };

static enum err pay(struct db *db, void *arg)
{
	const struct payment *p = arg;
	try(run(db, &ledger_entry, (struct db_value[]){ number(p->key), number(p->account), number(p->amount) }, NULL));
	if (db_changes(db) == 0)
		return CONFLICT;
	try(run(db, &ledger_balance, (struct db_value[]){ number(p->account), number(p->amount) }, NULL));
	return run(db, &ledger_effect, (struct db_value[]){ number(p->key) }, NULL);
}

enum err ledger_pay(struct db *db, i64 key, i64 account, i64 amount)
{
	return db_tx(db, pay, &(struct payment){ key, account, amount });
}

enum err ledger_state(struct db *db, struct ledger_state *ret)
{
	struct db_value out[5] = { 0 };
	try(run(db, &ledger_totals, NULL, out));
	*ret = (struct ledger_state){ out[0].i, out[1].i, out[2].i, out[3].i, out[4].i };
	return OK;
}

enum err ledger_has(struct db *db, i64 key, bool *ret)
{
	struct db_value out[1] = { 0 };
	try(run(db, &ledger_find, (struct db_value[]){ number(key) }, out));
	*ret = out[0].i > 0;
	return OK;
}
