/* See place_merge.h. */
#include "directory/place_merge.h"

#include "directory/place_merge_sql.h"

#define CHAIN_MOST 100

enum err place_merge(struct db *db, const struct place_merge *m)
{
	const struct place *kept = &m->kept.place, *other = &m->other.place;
	struct place_amend amend = { .place_id = kept->place_id, .version_id = m->kept.version_id, .author = m->author, .place = m->change };
	struct place_owned after;
	if (kept->place_id == other->place_id)
		return INVALID;
	amend.place.f[P_ID] = kept->f[P_ID];
	try(place_amend(db, &amend));
	try(place_owned(db, kept->f[P_ID], &after));
	try(place_take_out(db, &m->other, m->author, S("twin")));
	return merged_put(db, other->place_id, kept->place_id, place_packed(db_arena(db), kept), place_packed(db_arena(db), &after.place));
}

/* ---- the way back ---- */

/* The first of the fields that say one thing together: half an address of before and half of now would be nowhere. */
static enum place_field unit_of(enum place_field f)
{
	switch (f) {
	case P_COMPLEMENT_ADRESSE: case P_CODE_POSTAL: case P_COMMUNE: case P_CODE_INSEE: case P_LATITUDE: case P_LONGITUDE:
		return P_ADRESSE;
	case P_TELEPHONE:
		return P_TELEPHONES;
	default:
		return f;
	}
}

struct place place_former(const struct place *before, const struct place *after, const struct place *now, bool left[P_COUNT])
{
	struct place ret = { .place_id = now->place_id };
	bool since[P_COUNT] = { false };
	for (enum place_field f = P_PIVOT; f < P_COUNT; f++)
		since[unit_of(f)] |= !str_eq(now->f[f], after->f[f]);
	for (enum place_field f = P_PIVOT; f < P_COUNT; f++) {
		if (str_eq(before->f[f], after->f[f]) || str_eq(before->f[f], now->f[f]))
			continue;
		if (since[unit_of(f)])
			left[unit_of(f)] = true;
		else
			ret.f[f] = before->f[f].p ? before->f[f] : S("");
	}
	return ret;
}

enum err place_unmerge(struct db *db, str public_id, str author, struct place_unmerged *ret)
{
	struct merged_row row;
	struct place_owned now;
	struct place before, after;
	*ret = (struct place_unmerged){ .left = { false } };
	try(merged(db, public_id, &row));
	ret->kept_code = row.kept_code;
	enum err e = place_owned(db, row.kept_code, &now);
	if (e != OK)
		return e == NOT_FOUND ? CONFLICT : e;
	if (!place_unpacked(row.before, &before) || !place_unpacked(row.after, &after))
		return INTERNAL;
	struct place_amend amend = { .place_id = now.place.place_id, .version_id = now.version_id, .author = author };
	amend.place = place_former(&before, &after, &now.place, ret->left);
	amend.place.f[P_ID] = row.kept_code;
	try(place_amend(db, &amend));
	try(merged_drop(db, row.place_id));
	return place_put_back(db, public_id, author);
}

/* ---- addresses ---- */

enum err place_kept(struct db *db, str public_id, str *ret)
{
	struct merged_into_row next;
	*ret = public_id;
	for (int i = 0; i < CHAIN_MOST; i++) {
		enum err e = merged_into(db, *ret, &next);
		if (e != OK)
			return e == NOT_FOUND ? OK : e;
		*ret = next.kept_code;
	}
	return NOT_FOUND;
}

enum err place_moved(struct db *db, str public_id, str *ret)
{
	struct place_owned here;
	try(place_kept(db, public_id, ret));
	return str_eq(*ret, public_id) ? NOT_FOUND : place_owned(db, *ret, &here);
}
