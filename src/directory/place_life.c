/* See place_life.h. */
#include "directory/place_life.h"

#include "base/pack.h"
#include "db/id.h"
#include "directory/place_clean.h"
#include "directory/place_import_sql.h"
#include "directory/place_life_sql.h"
#include "directory/place_store.h"
#include "http/req.h"

#define BY_HAND S("gabare")                      /* the source of places made here */
#define RECORD_MAX ((size_t)256 << 10)

static enum err writer_now(struct db *db, str author, struct place_writer *ret)
{
	i64 epoch = 0;
	try(import_epoch(db, &epoch));
	*ret = (struct place_writer){ .epoch = epoch, .born = epoch, .at = now_ms(), .author = author };
	return OK;
}

enum err place_make(struct db *db, const struct place *p, str author, str *ret_id)
{
	struct place whole = *p;
	struct place_writer w;
	enum place_field bad;
	i64 id;
	for (enum place_field f = 0; f < P_COUNT; f++)
		if (!whole.f[f].p)
			whole.f[f] = S("");
	*ret_id = whole.f[P_ID] = str_printf(db_arena(db), "lieu-%llx", (unsigned long long)id_new());
	if (!whole.f[P_PIVOT].n)
		whole.f[P_PIVOT] = S("00000000000000");
	if (!place_holds(db_arena(db), &whole, today_paris(), &bad))
		return INVALID;
	try(writer_now(db, author, &w));
	try(place_store_new(db, &w, arena_one(db_arena(db), struct place_words), BY_HAND, &whole, &id));
	return generation_bump(db, GEN_DIRECTORY);
}

/* ---- out, and back ---- */

str place_packed(struct arena *a, const struct place *p)
{
	struct buf b = buf_new(a, RECORD_MAX);
	for (enum place_field f = 0; f < P_COUNT; f++)
		pack_str(&b, p->f[f]);
	return buf_str(&b);
}

bool place_unpacked(str record, struct place *ret)
{
	struct unpack u = { record, false };
	ret->place_id = 0;
	for (enum place_field f = 0; f < P_COUNT; f++)
		ret->f[f] = unpack_str(&u);
	return unpack_done(&u);
}

enum err place_gone(struct db *db, str public_id, struct place *ret, str *ret_reason)
{
	struct life_away_row row;
	try(life_away(db, public_id, &row));
	*ret_reason = row.reason;
	return place_unpacked(row.record, ret) ? OK : INTERNAL;
}

static enum err note(struct db *db, const struct place_writer *w, i64 place_id, str before, str after)
{
	return import_change_put(db, id_new(), place_id, str_c(place_field_names[P_ID]), before, after, w->at, w->born, (struct opt_i64){ 0 }, w->author);
}

enum err place_take_out(struct db *db, const struct place_owned *seen, str author, str reason)
{
	const struct place *p = &seen->place;
	struct place_owned now;
	struct place_writer w;
	try(place_owned(db, p->f[P_ID], &now));
	if (now.version_id != seen->version_id)
		return CONFLICT;
	try(writer_now(db, author, &w));
	try(life_away_put(db, p->place_id, w.at, author, reason, p->f[P_NOM], p->f[P_COMMUNE], place_packed(db_arena(db), p)));
	try(import_version_die(db, seen->version_id, w.born));
	try(note(db, &w, p->place_id, p->f[P_ID], (str){ 0 }));
	return generation_bump(db, GEN_DIRECTORY);
}

enum err place_put_back(struct db *db, str public_id, str author)
{
	struct life_away_row away;
	struct place_writer w;
	struct place p = { .place_id = 0 };
	try(life_away(db, public_id, &away));
	if (!place_unpacked(away.record, &p))
		return INTERNAL;
	try(writer_now(db, author, &w));
	try(place_store_back(db, &w, arena_one(db_arena(db), struct place_words), away.place_id, &p));
	try(life_away_drop(db, away.place_id));
	try(note(db, &w, away.place_id, (str){ 0 }, public_id));
	return generation_bump(db, GEN_DIRECTORY);
}

/* ---- lists ---- */

enum err places_away(struct db *db, i64 most, struct places_away *ret)
{
	struct life_away_line_list rows;
	try(life_aways(db, most, &rows));
	*ret = (struct places_away){ arena_many(db_arena(db), struct place_away, rows.n + 1), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = (struct place_away){ rows.v[i].public_id, rows.v[i].nom, rows.v[i].commune, rows.v[i].reason, rows.v[i].at, rows.v[i].kept_code,
			rows.v[i].kept_name };
	return OK;
}

enum err places_lost(struct db *db, i64 most, struct places_lost *ret)
{
	struct life_lost_line_list rows;
	try(life_lost(db, most, &rows));
	*ret = (struct places_lost){ arena_many(db_arena(db), struct place_lost, rows.n + 1), rows.n };
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = (struct place_lost){ rows.v[i].public_id, rows.v[i].nom, rows.v[i].commune, rows.v[i].date_maj };
	return OK;
}
