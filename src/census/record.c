/* The whole records of an edition; see record.h. */
#include "census/record.h"

#include <sodium.h>

#include "base/csv.h"
#include "census/pages.h"

#define PAGE 100
#define PIECE_ROOM ((size_t)4 << 20)
#define ARENA_ROOM ((size_t)128 << 20)
#define DISTRICT_COLUMNS S(",quartier_code,quartier\n")

/* ---- writing ---- */

struct writing { i64 edition, generation, after, position; const char *what; struct buf out; bool ended; };

static enum err put_place(struct db *db, struct buf *out, const struct place *p)
{
	struct point at;
	struct gazetteer_areas areas = { .n = 0 };
	const struct gazetteer_area *district = NULL;
	if (str_f64(p->f[P_LATITUDE], &at.lat) && str_f64(p->f[P_LONGITUDE], &at.lon))
		try(gazetteer_areas_at(db, at, &areas));
	for (size_t i = 0; i < areas.n && !district; i++)
		district = areas.v[i].kind == GAZ_DISTRICT ? &areas.v[i] : NULL;
	for (size_t f = 0; f < P_COUNT; f++) {
		if (f != P_NOTES)
			csv_cell(out, p->f[f]);
		buf_byte(out, ',');
	}
	csv_cell(out, district ? district->code : S(""));
	buf_byte(out, ',');
	csv_cell(out, district ? district->name : S(""));
	buf_byte(out, '\n');
	return OK;
}

static void put_names(struct buf *out)
{
	for (size_t f = 0; f < P_COUNT; f++)
		buf_printf(out, f ? ",%s" : "%s", place_field_names[f]);
	buf_put(out, DISTRICT_COLUMNS);
}

static enum err put_wifi(struct db *db, struct buf *out)
{
	struct wifi_spots spots;
	try(directory_wifi(db, &spots));
	buf_put(out, S("nom,adresse,commune,reseau\n"));
	for (size_t i = 0; i < spots.n; i++) {
		const struct wifi_spot *s = &spots.v[i];
		csv_row(out, (const str[]){ s->name, s->address, s->commune, s->network }, 4);
	}
	return OK;
}

/* The next page of places; after the last one, the wifi. */
static enum err next(struct db *db, void *arg)
{
	struct writing *w = arg;
	struct place_query everything = { 0 };
	struct place_list page;
	i64 generation;
	try(generation_now(db, GEN_DIRECTORY, &generation));
	if (generation != w->generation)
		return CONFLICT;
	try(directory_page(db, &everything, w->after, PAGE, &page));
	w->what = page.n ? "places" : "wifi";
	w->ended = !page.n;
	if (!page.n)
		return put_wifi(db, &w->out);
	if (!w->position)
		put_names(&w->out);
	for (size_t i = 0; i < page.n; i++)
		try(put_place(db, &w->out, &page.v[i]));
	w->after = page.v[page.n - 1].place_id;
	return OK;
}

static enum err piece_tx(struct db *db, void *arg)
{
	const struct writing *w = arg;
	return census_record_put(db, w->edition, w->position, str_c(w->what), buf_str(&w->out));
}

enum err census_records_freeze(struct db *db, i64 edition, i64 generation, str *ret_digest)
{
	struct writing w = { .edition = edition, .generation = generation };
	struct arena *outer = db_arena(db);
	crypto_hash_sha256_state hash;
	crypto_hash_sha256_init(&hash);
	for (; !w.ended; w.position++) {
		cleanup(arena_freep) struct arena *a = arena_new(ARENA_ROOM);
		w.out = buf_new(a, PIECE_ROOM);
		db_use_arena(db, a);
		enum err e = db_read(db, next, &w);
		if (e == OK && w.out.full)
			e = INTERNAL;
		if (e == OK)
			e = db_tx(db, piece_tx, &w);
		db_use_arena(db, outer);
		try(e);
		crypto_hash_sha256_update(&hash, (const u8 *)w.out.p, w.out.n);
	}
	*ret_digest = census_digest(outer, &hash);
	return OK;
}

/* ---- reading again ---- */

/* A cell that begins at *at, which is left behind it: at a comma, an end of line, or the end. */
static str cell(struct arena *a, str s, size_t *at)
{
	size_t from = *at;
	if (from >= s.n || s.p[from] != '"') {
		while (*at < s.n && s.p[*at] != ',' && s.p[*at] != '\n')
			(*at)++;
		return str_slice(s, from, *at);
	}
	bool twice = false;
	for (*at = ++from; *at < s.n; (*at)++) {
		if (s.p[*at] != '"')
			continue;
		if (*at + 1 >= s.n || s.p[*at + 1] != '"')
			break;
		twice = true;
		(*at)++;
	}
	str text = str_slice(s, from, *at);
	if (*at < s.n)
		(*at)++;
	return twice ? str_replace(a, text, S("\"\""), S("\"")) : text;
}

bool frozen_next(struct arena *a, str *rest, struct frozen_row *ret)
{
	size_t at = 0;
	ret->n = 0;
	if (!rest->n)
		return false;
	for (;; at++) {
		str one = cell(a, *rest, &at);
		if (ret->n < FROZEN_COLUMNS)
			ret->cells[ret->n++] = one;
		if (at >= rest->n || rest->p[at] == '\n')
			break;
	}
	ret->raw = str_slice(*rest, 0, at + 1);
	*rest = str_slice(*rest, at + 1, rest->n);
	return true;
}

struct frozen_header frozen_header_of(const struct frozen_row *row)
{
	struct frozen_header h = { .n = row->n, .district_code = FROZEN_COLUMNS, .district = FROZEN_COLUMNS };
	for (size_t i = 0; i < row->n; i++) {
		h.of[i] = place_field_named(row->cells[i]);
		if (str_eq(row->cells[i], S("quartier_code")))
			h.district_code = i;
		if (str_eq(row->cells[i], S("quartier")))
			h.district = i;
	}
	return h;
}

struct place frozen_place_of(const struct frozen_header *h, const struct frozen_row *row)
{
	struct place p = { .place_id = 0 };
	for (size_t i = 0; i < row->n && i < h->n; i++)
		if (h->of[i] < P_COUNT)
			p.f[h->of[i]] = row->cells[i];
	return p;
}

/* ---- withdrawn contacts ---- */

static const struct { const char *contact; enum place_field fields[2]; } contacts[] = {
	{ "telephone", { P_TELEPHONE, P_TELEPHONES } }, { "courriels", { P_COURRIELS, P_COURRIELS } }, { "site_web", { P_SITE_WEB, P_SITE_WEB } },
	{ "prise_rdv", { P_PRISE_RDV, P_PRISE_RDV } }, { "complement_adresse", { P_COMPLEMENT_ADRESSE, P_COMPLEMENT_ADRESSE } },
	{ "presentation", { P_PRESENTATION_RESUME, P_PRESENTATION_DETAIL } },
};

bool frozen_withhold(const struct census_withdrawal_row_list *withdrawn, struct place *p)
{
	bool any = false;
	for (size_t i = 0; i < withdrawn->n; i++)
		for (size_t c = 0; c < lengthof(contacts) && str_eq(withdrawn->v[i].public_id, p->f[P_ID]); c++)
			for (size_t f = 0; f < 2 && str_eq(withdrawn->v[i].contact, str_c(contacts[c].contact)); f++) {
				any = any || p->f[contacts[c].fields[f]].n;
				p->f[contacts[c].fields[f]] = S("");
			}
	return any;
}

void frozen_put_without(struct buf *out, str piece, const struct frozen_header *h, const struct census_withdrawal_row_list *withdrawn)
{
	struct frozen_row row;
	while (frozen_next(out->a, &piece, &row)) {
		struct place p = frozen_place_of(h, &row);
		if (!frozen_withhold(withdrawn, &p)) {
			buf_put(out, row.raw);
			continue;
		}
		for (size_t i = 0; i < row.n; i++) {
			csv_cell(out, h->of[i] < P_COUNT ? p.f[h->of[i]] : row.cells[i]);
			buf_byte(out, i + 1 < row.n ? ',' : '\n');
		}
	}
}
