/* Closing an edition: the whole directory of one moment, as the open data writes it, kept for ever under the edition's name. Written in
 * pieces, so that nobody waits for it; when the directory changes meanwhile, it begins again. */
#include "census/pages.h"

#include <sodium.h>

#include "base/timex.h"

#define TRIES 5
#define PIECE_ROOM ((size_t)1 << 20)
#define ARENA_ROOM ((size_t)64 << 20)

struct freezing { i64 edition; struct place_reading reading; crypto_hash_sha256_state hash; i64 position; str body; };

static enum err drop_tx(struct db *db, void *arg)
{
	return census_pieces_drop(db, *(i64 *)arg);
}

static enum err piece_tx(struct db *db, void *arg)
{
	const struct freezing *f = arg;
	return census_piece_put(db, f->edition, f->position, f->body);
}

struct ending { i64 edition, places, generation; str digest; };

/* Only if nothing has moved up to now: what is public data from here on lists the edition. */
static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	i64 generation;
	try(generation_now(db, GEN_DIRECTORY, &generation));
	if (generation != x->generation)
		return CONFLICT;
	try(census_end(db, x->edition, now_ms(), x->places, x->digest));
	return generation_bump(db, GEN_DIRECTORY);
}

static str digest_of(struct arena *a, crypto_hash_sha256_state *state)
{
	u8 hash[crypto_hash_sha256_BYTES];
	char *hex = arena_alloc(a, 2 * sizeof hash + 1);
	crypto_hash_sha256_final(state, hash);
	sodium_bin2hex(hex, 2 * sizeof hash + 1, hash, sizeof hash);
	return str_c(hex);
}

static enum err freeze(struct db *db, const struct city *city, i64 edition)
{
	struct freezing f = { .edition = edition, .reading.voice = { AS_CSV, false, city } };
	struct arena *outer = db_arena(db);
	crypto_hash_sha256_init(&f.hash);
	try(db_tx(db, drop_tx, &edition));
	for (;; f.position++) {
		cleanup(arena_freep) struct arena *a = arena_new(ARENA_ROOM);
		struct buf out = buf_new(a, PIECE_ROOM);
		db_use_arena(db, a);
		enum err e = place_reading_next(db, &f.reading, &out);
		f.body = buf_str(&out);
		if (e == OK && out.full)
			e = INTERNAL;
		if (e == OK && out.n)
			e = db_tx(db, piece_tx, &f);
		db_use_arena(db, outer);
		try(e);
		if (!out.n)
			break;
		crypto_hash_sha256_update(&f.hash, (const u8 *)f.body.p, f.body.n);
	}
	struct ending x = { edition, f.reading.written, f.reading.generation, digest_of(outer, &f.hash) };
	return db_tx(db, end_tx, &x);
}

enum err census_freeze_due(struct db *db, const struct city *city, bool *ret)
{
	struct census_edition edition;
	*ret = false;
	enum err e = census_running(db, &edition);
	if (e != OK || !str_eq(edition.state, S("closing")))
		return e == NOT_FOUND ? OK : e;
	e = CONFLICT;
	for (int i = 0; e == CONFLICT && i < TRIES; i++)
		e = freeze(db, city, edition.id);
	*ret = e == OK;
	return e == CONFLICT ? BUSY : e;         /* the next turn begins again */
}

/* ---- reading one again ---- */

#define WHOLE_MAX ((size_t)512 << 20)

struct reading { const struct census_edition *edition; struct buf out; };

static enum err read_tx(struct db *db, void *arg)
{
	struct reading *r = arg;
	struct census_piece_row row;
	enum err e = OK;
	for (i64 at = 0; e == OK; at++) {
		e = census_piece_at(db, r->edition->id, at, &row);
		if (e == OK)
			buf_put(&r->out, row.body);
	}
	return e == NOT_FOUND ? OK : e;
}

enum err census_frozen(struct db *db, str name, str *ret)
{
	struct census_edition edition;
	crypto_hash_sha256_state hash;
	try(census_named(db, name, &edition));
	if (!str_eq(edition.state, S("closed")))
		return NOT_FOUND;
	struct reading r = { &edition, buf_new(db_arena(db), WHOLE_MAX) };
	try(db_read(db, read_tx, &r));
	*ret = buf_str(&r.out);
	crypto_hash_sha256_init(&hash);
	crypto_hash_sha256_update(&hash, (const u8 *)ret->p, ret->n);
	return str_eq(digest_of(db_arena(db), &hash), edition.digest) ? OK : INVALID;
}
