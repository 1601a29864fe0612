/* See place_dump.h. */
#include "directory/place_dump.h"

#include "db/db.h"
#include "directory/directory.h"
#include "http/req.h"

#define PAGE 100
#define PIECE_BYTES ((size_t)16 << 20)

static enum err next(struct db *db, void *arg)
{
	struct place_reading *r = ((void **)arg)[0];
	struct buf *out = ((void **)arg)[1];
	struct place_query everything = { 0 };
	struct place_list page;
	i64 generation;
	try(generation_now(db, GEN_DIRECTORY, &generation));
	if (r->state == READING_BEGINS)
		place_form_begin(out, &r->voice);
	else if (generation != r->generation)
		return CONFLICT;
	r->generation = generation;
	try(directory_page(db, &everything, r->after, PAGE, &page));
	place_form_put(out, &r->voice, &page, &r->written);
	r->after = page.n ? page.v[page.n - 1].place_id : r->after;
	r->state = page.n == PAGE ? READING_GOES_ON : READING_ENDED;
	if (r->state == READING_ENDED)
		place_form_end(out, &r->voice);
	return out->full ? INTERNAL : OK;
}

/* A page may hold nothing that the form has room for: the piece is then the next one's. */
enum err place_reading_next(struct db *db, struct place_reading *r, struct buf *out)
{
	while (!out->n && r->state != READING_ENDED)
		try(db_read(db, next, (void *[]){ r, out }));
	return OK;
}

struct dump { struct place_reading reading[2]; size_t n; FILE *out; struct arena *a; };

static bool write_text(const struct dump *d, str s)
{
	return fwrite(s.p, 1, s.n, d->out) == s.n;
}

static enum err dump_one(struct db *db, const struct dump *d, struct place_reading *r)
{
	struct buf piece;
	do {
		arena_reset(d->a);
		piece = buf_new(d->a, PIECE_BYTES);
		try(place_reading_next(db, r, &piece));
		if (!write_text(d, buf_str(&piece)))
			return INTERNAL;
	} while (piece.n);
	return OK;
}

static enum err dump(struct db *db, void *arg)
{
	static const str around[][2] = { { S_INIT(""), S_INIT("") }, { S_INIT("{\"structures\":"), S_INIT(",\"services\":") } };
	struct dump *d = arg;
	for (size_t i = 0; i < d->n; i++) {
		if (!write_text(d, around[d->n - 1][i]))
			return INTERNAL;
		try(dump_one(db, d, &d->reading[i]));
	}
	return write_text(d, d->n > 1 ? S("}\n") : S("")) && fflush(d->out) == 0 ? OK : INTERNAL;
}

static enum err dump_with_memory(struct db *db, struct dump *d)
{
	struct arena *before = db_arena(db);
	d->a = arena_new((size_t)64 << 20);
	db_use_arena(db, d->a);
	enum err e = db_read(db, dump, d);
	db_use_arena(db, before);
	arena_free(d->a);
	return e;
}

enum err place_dump(struct db *db, const struct place_voice *voice, FILE *out, i64 *ret_n)
{
	struct dump d = { .reading = { { .voice = *voice } }, .n = 1, .out = out };
	enum err e = dump_with_memory(db, &d);
	*ret_n = d.reading[0].written;
	return e;
}

enum err place_dump_inclusion(struct db *db, const struct city *city, FILE *out, i64 *ret_structures, i64 *ret_services)
{
	struct dump d = { .reading = { { .voice = { AS_STRUCTURES, false, city } }, { .voice = { AS_SERVICES, false, city } } }, .n = 2, .out = out };
	enum err e = dump_with_memory(db, &d);
	*ret_structures = d.reading[0].written;
	*ret_services = d.reading[1].written;
	return e;
}
