/* Tables of communes (the national postal codes, as CSV; the communes, as JSON) and of addresses (BAL), gathered by commune or
 * street: an address file has a line a number. */
#include <jansson.h>

#include "base/table.h"
#include "base/words.h"
#include "gazetteer/names.h"
#include "gazetteer/read.h"

/* A commune or a street, while its lines are read. */
struct gathered { str key; struct gaz_row row; double lat, lon; i64 n; };

struct gathering {
	const struct gaz_reading *r;
	struct child_out *out;
	struct arena *a;
	struct table in;                         /* the file, or the line of JSON that is read */
	struct gathered **slot; size_t slots;    /* open addressing */
	struct gathered **v; size_t n, cap;      /* in order of appearance */
};

/* What a line says. */
struct said { str insee, name, commune, postal, lat, lon; };

/* ---- gathering ---- */

static size_t slot_of(const struct gathering *t, str key)
{
	size_t at = (size_t)str_hash(key) & (t->slots - 1);
	while (t->slot[at] && !str_eq(t->slot[at]->key, key))
		at = (at + 1) & (t->slots - 1);
	return at;
}

static void grow(struct gathering *t)
{
	t->slots = t->slots ? t->slots * 4 : 4096;
	t->slot = arena_many(t->a, struct gathered *, t->slots);
	for (size_t i = 0; i < t->n; i++)
		t->slot[slot_of(t, t->v[i]->key)] = t->v[i];
	struct gathered **v = arena_many(t->a, struct gathered *, t->slots);
	if (t->n)
		memcpy(v, t->v, t->n * sizeof(struct gathered *));
	t->v = v;
}

static struct gathered *gathered(struct gathering *t, str key)
{
	if (t->n * 2 >= t->slots)
		grow(t);
	size_t at = slot_of(t, key);
	if (!t->slot[at]) {
		t->slot[at] = arena_one(t->a, struct gathered);
		t->slot[at]->key = str_copy(t->a, key);
		t->v[t->n++] = t->slot[at];
	}
	return t->slot[at];
}

static bool insee_valid(str s)
{
	if (s.n != 5)
		return false;
	for (size_t i = 0; i < 5; i++)
		if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(i == 1 && (s.p[i] == 'A' || s.p[i] == 'B')))
			return false;
	return true;
}

static enum err refuse(struct gathering *t, const struct said *s, str reason)
{
	return gaz_send(t->out, t->a, &(struct gaz_row){.said = GAZ_REFUSED, .line = t->in.line, .name = s->name, .reason = reason});
}

static void add_postal(struct gathering *t, struct gaz_row *row, str postal)
{
	if (postal.n != 5 || str_find(row->postal, postal) >= 0 || row->postal.n > 600)
		return;
	row->postal = row->postal.n ? str_printf(t->a, "%.*s %.*s", STR_ARG(row->postal), STR_ARG(postal)) : str_copy(t->a, postal);
}

static str key_of(struct gathering *t, const struct said *s)
{
	if (t->r->kind == GAZ_COMMUNE)
		return s->insee;
	return str_printf(t->in.row, "%.*s %.*s", STR_ARG(s->insee), STR_ARG(name_parts(t->in.row, s->name)));
}

static enum err take(struct gathering *t, const struct said *s)
{
	struct point p;
	if (!insee_valid(s->insee))
		return refuse(t, s, S("sans code INSEE de commune"));
	if (!s->name.n || s->name.n > 200)
		return refuse(t, s, S("sans nom"));
	struct gathered *g = gathered(t, key_of(t, s));
	if (!g->row.name.n)
		g->row = (struct gaz_row){
			.line = t->in.line, .insee = str_copy(t->a, s->insee), .name = str_copy(t->a, name_title(t->in.row, s->name)),
			.commune = str_copy(t->a, s->commune),
		};
	add_postal(t, &g->row, s->postal);
	if (str_f64(s->lat, &p.lat) && str_f64(s->lon, &p.lon) && point_valid(p)) {
		g->lat += p.lat;
		g->lon += p.lon;
		g->n++;
	}
	return OK;
}

static enum err send_all(struct gathering *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct gathered *g = t->v[i];
		g->row.placed = g->n > 0;
		if (g->n)
			g->row.at = (struct point){g->lat / (double)g->n, g->lon / (double)g->n};
		if (!g->n && t->r->kind == GAZ_STREET) {
			g->row.said = GAZ_REFUSED;
			g->row.reason = S("sans longitude et latitude");
		}
		try(gaz_send(t->out, t->a, &g->row));
	}
	return OK;
}

static enum err fault(struct gathering *t, str reason)
{
	t->in.ended = true;
	return gaz_send(t->out, t->a, &(struct gaz_row){.said = GAZ_FAULT, .reason = reason});
}

/* ---- CSV ---- */

#define COLUMN(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}
COLUMN(insee_columns, "code_commune_insee", "code_insee", "code_commune", "commune_insee", "commune_in", "insee");
COLUMN(commune_columns, "nom_de_la_commune", "nom_commune", "nom");
COLUMN(postal_columns, "code_postal");
COLUMN(lat_columns, "latitude", "lat", "lat_wgs84");
COLUMN(lon_columns, "longitude", "long", "lon", "long_wgs84");
COLUMN(pair_columns, "_geopoint", "coordonnees_gps");
COLUMN(street_columns, "voie_nom", "toponyme");
COLUMN(of_commune_columns, "commune_nom", "commune_no");
COLUMN(key_columns, "cle_interop", "cle_intero");

static enum err header(void *arg)
{
	struct gathering *t = arg;
	const struct table *in = &t->in;
	if (t->r->kind == GAZ_STREET && (!table_has(in, street_columns) || !table_has(in, lat_columns) || !table_has(in, lon_columns)))
		return fault(t, S("l’en-tête n’a pas les colonnes d’une Base Adresse Locale : voie_nom (ou toponyme), long, lat"));
	if (t->r->kind == GAZ_COMMUNE && (!table_has(in, insee_columns) || !table_has(in, commune_columns) || !table_has(in, postal_columns)))
		return fault(t, S("l’en-tête n’a pas les colonnes des codes postaux : code_commune_insee, nom_de_la_commune, code_postal"));
	return OK;
}

static enum err record(void *arg)
{
	struct gathering *t = arg;
	const struct table *in = &t->in;
	bool street = t->r->kind == GAZ_STREET;
	struct said s = {
		.insee = table_cell(in, insee_columns), .name = table_cell(in, street ? street_columns : commune_columns),
		.commune = table_cell(in, of_commune_columns), .postal = table_cell(in, postal_columns),
		.lat = table_cell(in, lat_columns), .lon = table_cell(in, lon_columns),
	};
	if (!s.insee.n)
		s.insee = str_slice(table_cell(in, key_columns), 0, 5);
	str pair = table_cell(in, pair_columns), part;
	if (!s.lat.n && pair.n && str_next(&pair, ',', &part)) {
		s.lat = str_trim(part);
		s.lon = str_trim(pair);
	}
	return take(t, &s);
}

static enum err read_csv(struct gathering *t, str bytes)
{
	enum err e = table_read_csv(&t->in, bytes, header, record, t);
	return e == NOT_FOUND ? fault(t, S("ce fichier n’a pas d’en-tête")) : e;
}

/* ---- JSON ---- */

static str text_of(const json_t *object, const char *one, const char *other)
{
	const json_t *v = json_object_get(object, one);
	v = json_is_string(v) ? v : json_object_get(object, other);
	return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : S("");
}

static enum err take_object(struct gathering *t, const json_t *object)
{
	str type = text_of(object, "type", "");
	if (type.n && str_starts(type, S("commune-")) && !str_eq(type, S("commune-actuelle")))
		return OK;                       /* a part of a commune, or one that is no more */
	const json_t *codes = json_object_get(object, "codesPostaux"), *centre = json_object_get(json_object_get(object, "centre"), "coordinates");
	struct said s = {
		.insee = text_of(object, "code", "codeCommune"), .name = text_of(object, "nom", "nomCommune"), .postal = text_of(object, "codePostal", ""),
	};
	if (json_is_number(json_array_get(centre, 0)) && json_is_number(json_array_get(centre, 1))) {
		s.lon = str_printf(t->in.row, "%.7f", json_number_value(json_array_get(centre, 0)));
		s.lat = str_printf(t->in.row, "%.7f", json_number_value(json_array_get(centre, 1)));
	}
	try(take(t, &s));
	for (size_t i = 0; i < json_array_size(codes) && insee_valid(s.insee) && s.name.n; i++) {
		const json_t *code = json_array_get(codes, i);
		if (json_is_string(code))
			add_postal(t, &gathered(t, s.insee)->row, (str){json_string_value(code), json_string_length(code)});
	}
	return OK;
}

static enum err read_json(struct gathering *t, str bytes)
{
	json_error_t error;
	json_t *root = json_loadb(bytes.p, bytes.n, 0, &error);
	if (!root)
		return fault(t, str_printf(t->a, "ligne %d : ce n’est pas du JSON (%s)", error.line, error.text));
	enum err e = json_is_array(root) ? OK : fault(t, S("ce n’est pas une liste de communes"));
	for (size_t i = 0; e == OK && i < json_array_size(root); i++) {
		t->in.line = (i64)i + 1;
		e = take_object(t, json_array_get(root, i));
		arena_reset(t->in.row);
	}
	json_decref(root);
	return e;
}

enum err gaz_read_table(str bytes, const struct gaz_reading *r, struct child_out *out, struct arena *a)
{
	struct gathering *t = arena_one(a, struct gathering);
	*t = (struct gathering){.r = r, .out = out, .a = a, .in = table_new(a)};
	enum err e = r->format == GAZ_JSON ? read_json(t, bytes) : read_csv(t, bytes);
	table_free(&t->in);
	return e != OK || t->in.ended ? e : send_all(t);
}
