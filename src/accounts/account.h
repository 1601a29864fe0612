/* One account: its sealed name and address, its roles, its invitations. For the pages of this folder and for `gabare user`. */
#ifndef GABARE_ACCOUNTS_ACCOUNT_H
#define GABARE_ACCOUNTS_ACCOUNT_H

#include "accounts/accounts.h"
#include "db/db.h"
#include "http/seal.h"

#define INVITATION_MS (14 * 86400 * (i64)1000)   /* how long an invitation may be used: a letter takes days */
#define CODE_GROUPS 5                            /* of four signs: 100 bits */

enum account_state { ACCOUNT_INVITED, ACCOUNT_ACTIVE, ACCOUNT_DISABLED };

struct account {
	i64 id;
	str email, name;                         /* opened; absent where not asked for */
	enum account_state state;
	str password_hash;                       /* absent: none was chosen yet */
	str totp_enc, totp_new_enc;              /* sealed; absent: none */
	bool demo;
	struct opt_i64 seen_at;
};
struct accounts { struct account *v; size_t n; };

/* An address in the one form under which accounts are found; absent when it is none. */
str account_email(struct arena *a, str typed);
/* The keyed hash of an address of account_email. */
must_use enum err account_index(const struct vault_asker *vault, str email, str *ret);
/* The account of an address of account_email, or of an id; name and address stay sealed. NOT_FOUND. */
must_use enum err account_find(struct db *db, const struct vault_asker *vault, str email, struct account *ret);
must_use enum err account_get(struct db *db, i64 id, struct account *ret);
struct account_row;
struct account account_of_row(const struct account_row *r);
/* Opens name and address of several accounts at once; `purpose` is for the vault's log. */
must_use enum err account_open(const struct vault_asker *vault, str purpose, struct account *const *v, size_t n);
/* All accounts, at most `most`, opened, in order of their making: for the command line. */
must_use enum err account_list(struct db *db, const struct vault_asker *vault, i64 most, struct accounts *ret);

/* Somebody new, sealed: what account_add stores. `email` is one of account_email. */
struct account_new { i64 id; str email_index, email_enc, name_enc; };
must_use enum err account_prepare(const struct vault_asker *vault, str email, str name, struct account_new *ret);
/* Adds it, unless the address has an account already: *ret_id is the account's. In a transaction. */
must_use enum err account_add(struct db *db, const struct account_new *n, i64 *ret_id);
/* Gives a role in an organisation; giving it again changes nothing. CONFLICT: it cannot be held with another that the account
 * has (who orders, pays and keeps the till are three people). In a transaction. */
must_use enum err account_give(struct db *db, i64 user_id, i64 organisation_id, enum account_role role);

/* An invitation to choose a password, prepared: what invitation_store stores in a transaction, ending those before it. */
struct invitation { i64 id, user_id, expires_at; struct opt_i64 organisation_id; str code, code_hash; };
must_use enum err invitation_prepare(const struct vault_asker *vault, struct invitation *ret);
must_use enum err invitation_store(struct db *db, const struct invitation *i);
/* The code of a stored one, "ABCD-EFGH-…": made again from its id. */
must_use enum err invitation_code(const struct vault_asker *vault, i64 id, str *ret);
/* The hash under which a code, as somebody typed it, is stored. */
str invitation_hash(struct arena *a, str typed);

/* A path parameter that a scope resolver has checked to be an id. */
i64 param_id(const struct req *req, const char *name);

#endif
