/* The child: the whole file in memory, then rows. */
#include "gazetteer/read.h"

#include "base/pack.h"
#include "base/table.h"
#include "base/utf8.h"

#define FILE_MAX ((size_t)160 << 20)

enum err gaz_send(struct child_out *out, struct arena *a, const struct gaz_row *row)
{
	struct arena_mark m = arena_mark(a);
	struct buf b = buf_new(a, CHILD_RECORD_MAX);
	pack_i64(&b, row->said);
	pack_i64(&b, row->line);
	pack_str(&b, row->insee);
	pack_str(&b, row->name);
	pack_str(&b, row->commune);
	pack_str(&b, row->postal);
	pack_i64(&b, row->placed);
	pack_f64(&b, row->at.lat);
	pack_f64(&b, row->at.lon);
	pack_str(&b, row->outline);
	pack_str(&b, row->reason);
	enum err e = b.full ? INTERNAL : child_send(out, buf_str(&b));
	arena_rewind(a, m);
	return e;
}

bool gaz_row_unpack(str record, struct gaz_row *ret)
{
	struct unpack u = {.rest = record};
	i64 said = unpack_i64(&u);
	*ret = (struct gaz_row){.said = (enum gaz_said)said, .line = unpack_i64(&u)};
	ret->insee = unpack_str(&u);
	ret->name = unpack_str(&u);
	ret->commune = unpack_str(&u);
	ret->postal = unpack_str(&u);
	ret->placed = unpack_i64(&u) != 0;
	ret->at.lat = unpack_f64(&u);
	ret->at.lon = unpack_f64(&u);
	ret->outline = unpack_str(&u);
	ret->reason = unpack_str(&u);
	bool sound = unpack_done(&u) && said >= GAZ_ROW && said <= GAZ_FAULT && utf8_valid(ret->name) && utf8_valid(ret->reason);
	return sound && utf8_valid(ret->insee) && utf8_valid(ret->commune) && utf8_valid(ret->postal);
}

enum err gaz_read(int fd, struct child_out *out, void *arg)
{
	const struct gaz_reading *r = arg;
	struct arena *a = arena_new((size_t)460 << 20);
	str bytes, fault = {0};
	bool areas = r->kind == GAZ_DISTRICT || r->kind == GAZ_PRIORITY_AREA || r->kind == GAZ_WATER;
	if (!table_bytes(fd, FILE_MAX, a, &bytes))
		fault = S("ce fichier ne se lit pas, ou dépasse 160 Mio");
	else if (!utf8_valid(bytes))
		fault = S("ce fichier n’est pas en UTF-8");
	else
		try(areas ? gaz_read_areas(bytes, out, a, &fault) : gaz_read_table(bytes, r, out, a));
	return fault.n ? gaz_send(out, a, &(struct gaz_row){.said = GAZ_FAULT, .reason = fault}) : OK;
}
