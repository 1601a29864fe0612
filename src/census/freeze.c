/* Closing an edition: the whole directory of one moment, as the open data writes it, kept for ever under the edition's name. Written in
 * pieces, so that nobody waits for it; when the directory changes meanwhile, it begins again. */
#include "census/pages.h"

#include <sodium.h>

#include "census/record.h"
#include "db/id.h"

#include "base/timex.h"

#define TRIES 5
#define PIECE_ROOM ((size_t)1 << 20)
#define ARENA_ROOM ((size_t)64 << 20)

struct freezing { i64 edition; struct place_reading reading; crypto_hash_sha256_state hash; i64 position; str body; };

static enum err drop_tx(struct db *db, void *arg)
{
	try(census_pieces_drop(db, *(i64 *)arg));
	return census_records_drop(db, *(i64 *)arg);
}

static enum err piece_tx(struct db *db, void *arg)
{
	const struct freezing *f = arg;
	return census_piece_put(db, f->edition, f->position, f->body);
}

struct ending { i64 edition, places, generation; str digest, record_digest; };

/* Only if nothing has moved up to now: what is public data from here on lists the edition. */
static enum err end_tx(struct db *db, void *arg)
{
	const struct ending *x = arg;
	i64 generation;
	try(generation_now(db, GEN_DIRECTORY, &generation));
	if (generation != x->generation)
		return CONFLICT;
	try(census_end(db, x->edition, now_ms(), x->places, x->digest, x->record_digest));
	return generation_bump(db, GEN_DIRECTORY);
}

str census_digest(struct arena *a, crypto_hash_sha256_state *state)
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
	struct ending x = { edition, f.reading.written, f.reading.generation, census_digest(outer, &f.hash), S("") };
	try(census_records_freeze(db, edition, f.reading.generation, &x.record_digest));
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

static enum err demo_tx(struct db *db, void *arg)
{
	i64 id = id_new();
	(void)arg;
	try(census_insert(db, id, S("essai"), date_iso(db_arena(db), today_paris()), S(CENSUS_ALL), now_ms()));
	return census_begin_closing(db, id);
}

enum err census_demo_load(struct db *db, const struct city *city)
{
	struct census_edition running;
	struct census_edition_list closed;
	bool done;
	enum err e = census_running(db, &running);
	if (e != NOT_FOUND)
		return e;
	try(census_closed(db, 1, &closed));
	if (closed.n)
		return OK;
	try(db_tx(db, demo_tx, NULL));
	return census_freeze_due(db, city, &done);
}

/* ---- reading one again ---- */

#define WHOLE_MAX ((size_t)512 << 20)

struct whole { i64 edition; struct buf places, wifi; crypto_hash_sha256_state hash; };

static enum err read_open(struct db *db, void *arg)
{
	struct whole *w = arg;
	struct census_piece_row row;
	enum err e = OK;
	for (i64 at = 0; e == OK; at++) {
		e = census_piece_at(db, w->edition, at, &row);
		if (e == OK)
			buf_put(&w->places, row.body);
	}
	crypto_hash_sha256_update(&w->hash, (const u8 *)w->places.p, w->places.n);
	return e == NOT_FOUND ? OK : e;
}

static enum err read_records(struct db *db, void *arg)
{
	struct whole *w = arg;
	struct census_record_row row;
	enum err e = OK;
	for (i64 at = 0; e == OK; at++) {
		e = census_record_at(db, w->edition, at, &row);
		if (e != OK)
			break;
		buf_put(str_eq(row.what, S("wifi")) ? &w->wifi : &w->places, row.body);
		crypto_hash_sha256_update(&w->hash, (const u8 *)row.body.p, row.body.n);
	}
	return e == NOT_FOUND ? OK : e;
}

/* The pieces of one kind, held to the digest that was taken of them. */
static enum err read_whole(struct db *db, i64 edition, db_tx_fn *fn, str digest, struct whole *w)
{
	*w = (struct whole){ .edition = edition, .places = buf_new(db_arena(db), WHOLE_MAX), .wifi = buf_new(db_arena(db), WHOLE_MAX) };
	crypto_hash_sha256_init(&w->hash);
	try(db_read(db, fn, w));
	if (w->places.full || w->wifi.full)
		return INTERNAL;
	return str_eq(census_digest(db_arena(db), &w->hash), digest) ? OK : INVALID;
}

static enum err closed_named(struct db *db, str name, struct census_edition *ret)
{
	try(census_named(db, name, ret));
	return str_eq(ret->state, S("closed")) ? OK : NOT_FOUND;
}

enum err census_frozen(struct db *db, str name, str *ret)
{
	struct census_edition edition;
	struct whole open, records;
	try(closed_named(db, name, &edition));
	enum err e = read_whole(db, edition.id, read_open, edition.digest, &open);
	*ret = buf_str(&open.places);
	return e == OK && edition.record_digest.n ? read_whole(db, edition.id, read_records, edition.record_digest, &records) : e;
}

enum err census_exported(struct db *db, str name, str *ret)
{
	struct census_edition edition;
	struct census_withdrawal_row_list withdrawn;
	struct frozen_row row;
	try(census_frozen(db, name, ret));
	try(census_named(db, name, &edition));
	try(census_withdrawals(db, edition.id, &withdrawn));
	str first = *ret;
	if (!withdrawn.n || !frozen_next(db_arena(db), &first, &row))
		return OK;
	struct frozen_header h = frozen_header_of(&row);
	struct buf out = buf_new(db_arena(db), WHOLE_MAX);
	frozen_put_without(&out, *ret, &h, &withdrawn);
	*ret = buf_str(&out);
	return OK;
}

enum err census_closed_names(struct db *db, i64 most, struct closed_editions *ret)
{
	struct census_edition_list rows;
	try(census_closed(db, most, &rows));
	*ret = (struct closed_editions){ arena_many(db_arena(db), struct closed_edition, rows.n + 1), 0 };
	for (; ret->n < rows.n; ret->n++)
		ret->v[ret->n] = (struct closed_edition){ rows.v[ret->n].name, paris_of_ms(rows.v[ret->n].closed_at.v).date };
	return OK;
}

/* ---- its places ---- */

static void put_places(struct arena *a, str rest, const struct census_withdrawal_row_list *withdrawn, size_t most, struct frozen *f)
{
	struct frozen_row row = { .n = 0 };
	frozen_next(a, &rest, &row);
	struct frozen_header h = frozen_header_of(&row);
	while (f->n < most && frozen_next(a, &rest, &row)) {
		struct frozen_place *p = &f->v[f->n++];
		*p = (struct frozen_place){ .place = frozen_place_of(&h, &row) };
		p->district_code = h.district_code < row.n ? row.cells[h.district_code] : S("");
		p->district = h.district < row.n ? row.cells[h.district] : S("");
		frozen_withhold(withdrawn, &p->place);
	}
}

static void put_wifi(struct arena *a, str rest, struct frozen *f)
{
	struct frozen_row row = { .n = 0 };
	size_t most = 0;
	for (size_t i = 0; i < rest.n; i++)
		most += rest.p[i] == '\n';
	f->wifi = (struct wifi_spots){ arena_many(a, struct wifi_spot, most + 1), 0 };
	frozen_next(a, &rest, &row);
	while (frozen_next(a, &rest, &row))
		if (row.n == 4)
			f->wifi.v[f->wifi.n++] = (struct wifi_spot){ row.cells[0], row.cells[1], row.cells[2], row.cells[3] };
}

enum err census_places(struct db *db, str name, struct frozen *ret)
{
	struct census_edition edition;
	struct census_withdrawal_row_list withdrawn;
	struct whole w;
	struct arena *a = db_arena(db);
	try(closed_named(db, name, &edition));
	bool whole = edition.record_digest.n > 0;
	try(read_whole(db, edition.id, whole ? read_records : read_open, whole ? edition.record_digest : edition.digest, &w));
	try(census_withdrawals(db, edition.id, &withdrawn));
	*ret = (struct frozen){ .name = edition.name, .whole = whole, .at = edition.closed_at.v, .date = paris_of_ms(edition.closed_at.v).date };
	ret->v = arena_many(a, struct frozen_place, (size_t)edition.places + 1);
	put_places(a, buf_str(&w.places), &withdrawn, (size_t)edition.places, ret);
	put_wifi(a, buf_str(&w.wifi), ret);
	return OK;
}
