/* See place_dump.h. */
#include "directory/place_dump.h"

#include "directory/directory.h"
#include "directory/place_export.h"

enum { PAGE = 200 };

struct dump { enum dump_format format; bool full; FILE *out; struct arena *a; i64 n; };

static bool write_text(const struct dump *d, str s)
{
	return fwrite(s.p, 1, s.n, d->out) == s.n;
}

static bool write_page(struct dump *d, const struct place_list *page)
{
	struct buf b = buf_new(d->a, (size_t)128 << 20);
	for (size_t i = 0; i < page->n; i++, d->n++) {
		if (d->format != DUMP_CSV)
			buf_put(&b, d->n ? S(",\n") : S("\n"));
		if (d->format == DUMP_CSV)
			place_csv_row(&b, &page->v[i], d->full);
		else if (d->format == DUMP_JSON)
			place_json_object(&b, &page->v[i], d->full);
		else
			place_geojson_feature(&b, &page->v[i], d->full);
	}
	return !b.full && write_text(d, buf_str(&b));
}

static bool begin(struct dump *d)
{
	struct buf b = buf_new(d->a, 8192);
	if (d->format == DUMP_CSV)
		place_csv_header(&b, d->full);
	else
		buf_put(&b, d->format == DUMP_JSON ? S("[") : S("{\"type\":\"FeatureCollection\",\"features\":["));
	return write_text(d, buf_str(&b));
}

static enum err dump(struct db *db, void *arg)
{
	struct dump *d = arg;
	struct place_query everything = { 0 };
	struct place_list page;
	i64 after = 0;
	if (!begin(d))
		return INTERNAL;
	do {
		arena_reset(d->a);
		try(directory_page(db, &everything, after, PAGE, &page));
		if (!write_page(d, &page))
			return INTERNAL;
		if (page.n)
			after = page.v[page.n - 1].place_id;
	} while (page.n == PAGE);
	str end = d->format == DUMP_CSV ? S("") : d->format == DUMP_JSON ? S("\n]\n") : S("\n]}\n");
	return write_text(d, end) && fflush(d->out) == 0 ? OK : INTERNAL;
}

enum err place_dump(struct db *db, enum dump_format format, bool full, FILE *out, i64 *ret_n)
{
	struct dump d = { .format = format, .full = full, .out = out, .a = arena_new((size_t)256 << 20) };
	struct arena *before = db_arena(db);
	db_use_arena(db, d.a);
	enum err e = db_read(db, dump, &d);
	db_use_arena(db, before);
	arena_free(d.a);
	*ret_n = d.n;
	return e;
}
