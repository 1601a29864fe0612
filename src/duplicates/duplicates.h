/* Places that are perhaps recorded twice: candidate pairs with their reasons, for who coordinates the network. */
#ifndef GABARE_DUPLICATES_H
#define GABARE_DUPLICATES_H

#include "db/db.h"
#include "http/route.h"

extern const struct route duplicates_routes[];

enum pair_reason {
	PAIR_SIRET = 1, PAIR_SAME_NAME = 2, PAIR_LIKE_NAME = 4, PAIR_SAME_ADDRESS = 8, PAIR_LIKE_ADDRESS = 16, PAIR_PHONE = 32, PAIR_NEAR = 64,
};
struct pair_found { i64 first_id, second_id; int score; u32 reasons; struct opt_i64 metres; };      /* first_id < second_id */
struct pairs_found { struct pair_found *v; size_t n; i64 places, compared; };

/* The likeliest pairs of the directory, the likeliest first, at most `most`, decided ones included. Reads everything (40,000 places in
 * two seconds of processor): for the jobs process and the command line. In `a`. */
must_use enum err pairs_find(struct db *db, struct arena *a, size_t most, struct pairs_found *ret);

#define PAIRS_KEPT 500                           /* the likeliest: when they are decided, others take their place */
/* Finds them again if the directory has changed since, and keeps them for the pages, in short transactions; *ret_n are kept. */
must_use enum err pairs_refresh(struct db *db, struct arena *a, i64 *ret_n);

/* Who a place of a pair is, for a list; and whether somebody said that they are two places. */
struct pair_side { str id, name, address, commune; };
must_use enum err pair_sides(struct db *db, const struct pair_found *p, struct pair_side ret[2], bool *ret_apart);

#endif
