/* Changing a place by hand: read as imports read, stored as strictly, one line of history for each field. */
#ifndef GABARE_DIRECTORY_PLACE_AMEND_H
#define GABARE_DIRECTORY_PLACE_AMEND_H

#include "base/timex.h"
#include "db/db.h"
#include "directory/place.h"

/* A place as it is now, whose it is, and the version that says so: each change makes another version. */
struct place_owned { struct place place; i64 version_id, organisation_id; };
/* By public id. NOT_FOUND when there is none. */
must_use enum err place_owned(struct db *db, str public_id, struct place_owned *ret);

struct place_name { str public_id, name, address, commune; };
struct place_names { struct place_name *v; size_t n; };
/* The places of an organisation in the French order of their names, at most `most`. */
must_use enum err places_owned_by(struct db *db, i64 organisation_id, i64 most, struct place_names *ret);

struct place_fault { enum place_field field; str value, why, proposal; };       /* why: French, a msgid when it is of hours */
struct place_faults { struct place_fault *v; size_t n; };
/* What was typed (absent fields were not asked) in the schema's form: hours in French words become an expression, numbers and
 * addresses are read as imports read them. Faults say, in French, what cannot be stored and what was perhaps meant. The date of the last
 * check becomes today's. */
struct place place_amend_read(struct arena *a, const struct place *now, const struct place *typed, struct date today, struct place_faults *ret);

/* Where the gazetteer knows the changed address, and far from where the place was, its position follows; the code of its commune too. */
must_use enum err place_amend_locate(struct db *db, const struct place *now, struct place *change);

struct place_amend {
	i64 place_id, version_id;                /* the version that the person had before them */
	str author;                              /* "user:1234" */
	struct place place;                      /* of place_amend_read, or of the history: absent fields stay */
};
/* Stores it and makes public pages tell it. CONFLICT: somebody has changed the place since that version; nothing is stored.
 * INVALID: a value does not satisfy the schema. In a transaction. */
must_use enum err place_amend(struct db *db, const struct place_amend *am);

struct place_past { i64 id, at; enum place_field field; str before, after, author; };
struct place_pasts { struct place_past *v; size_t n; };
/* What changed, the newest first, at most `most`. */
must_use enum err place_pasts(struct db *db, i64 place_id, i64 most, struct place_pasts *ret);

#endif
