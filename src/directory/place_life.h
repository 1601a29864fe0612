/* Places made by hand, and taken out of the directory: an import never takes one out, it only says which ones its file no longer has. */
#ifndef GABARE_DIRECTORY_PLACE_LIFE_H
#define GABARE_DIRECTORY_PLACE_LIFE_H

#include "directory/place_amend.h"

/* A new place, of place_amend_read against an empty one; of the organisation that P_STRUCTURE_PARENTE names, else of its own.
 * *ret_id: its public id, made here. INVALID: a value does not satisfy the schema. In a transaction. */
must_use enum err place_make(struct db *db, const struct place *p, str author, str *ret_id);

/* Takes a place out, as it was seen; its addresses answer 404 at once, imports leave it out. `reason`: "closed", "no-help", "twin" or
 * "mistake". CONFLICT: somebody has changed it since. In a transaction. */
must_use enum err place_take_out(struct db *db, const struct place_owned *seen, str author, str reason);
/* Puts it back as it was (place_unmerge() does, when it was merged); the next import brings what its source says since. NOT_FOUND: it was
 * not out. In a transaction. */
must_use enum err place_put_back(struct db *db, str public_id, str author);

/* What a place said when it was taken out, and why it was. NOT_FOUND: it is not out. */
must_use enum err place_gone(struct db *db, str public_id, struct place *ret, str *ret_reason);

/* A whole record, every field in order, as it is stored beside a place that is out. */
str place_packed(struct arena *a, const struct place *p);
bool place_unpacked(str record, struct place *ret);

struct place_away {
	str public_id, name, commune, reason;
	i64 at;
	str kept_code, kept_name;                /* into which it was merged; no code while that one is out too, no name when it was not merged */
};
struct places_away { struct place_away *v; size_t n; };
/* Those that are out, the last one first. */
must_use enum err places_away(struct db *db, i64 most, struct places_away *ret);
struct place_lost { str public_id, name, commune, checked; };
struct places_lost { struct place_lost *v; size_t n; };
/* Those that are in the directory, but in no source's file any more. */
must_use enum err places_lost(struct db *db, i64 most, struct places_lost *ret);

#endif
