/* Tokens: what of a person can be looked up without being read. For the files of this folder. */
#ifndef GABARE_PEOPLE_FIND_H
#define GABARE_PEOPLE_FIND_H

#include "people/people.h"

#define TOKEN_BYTES 16
#define CARD_GROUPS 2                            /* of four signs: 40 bits, with a telephone or a year of birth beside them */

/* Of each word of the names its sound and its first letters, and of the telephone: keyed hashes of TOKEN_BYTES. */
must_use enum err person_tokens(const struct vault_asker *vault, const struct person *p, str **ret, size_t *ret_n);
/* The code of a household's card ("ABCD-EFGH"), made again from its id and the card's number, and its keyed hash. */
must_use enum err card_code(const struct vault_asker *vault, i64 household_id, i64 number, str *ret_code, str *ret_index);
/* The keyed hash of a code as typed. */
must_use enum err card_index(const struct vault_asker *vault, str typed, str *ret);

/* What a person or a household was before its last change (*ret_at), sealed: household_open() opens it. NOT_FOUND: never changed. */
must_use enum err person_before(struct db *db, const struct person *now, struct person *ret, i64 *ret_at);
must_use enum err household_before(struct db *db, const struct household *now, struct household *ret, i64 *ret_at);

/* A note, sealed under its household's key. */
must_use enum err note_seal(const struct vault_asker *vault, const struct household *h, i64 note_id, str text, str *ret);
/* Notes back, in order; n of them. */
struct note_row;
must_use enum err notes_open(const struct vault_asker *vault, str purpose, const struct note_row *rows, size_t n, str *ret);

#endif
