/* Reading a file of wifi sites: cities name their columns as they like, so names are looked for among those that are used;
 * what a site says is then checked strictly. */
#include <jansson.h>

#include "base/pack.h"
#include "base/table.h"
#include "base/utf8.h"
#include "directory/wifi.h"
#include "hours/hours.h"

enum { CELL_MAX = 300 };
#define FILE_MAX ((size_t)32 << 20)

struct reading {
	struct child_out *out;
	struct arena *a;
	struct table in;                         /* the file, or the feature of GeoJSON that is read */
};

static enum err send_row(struct reading *r, const struct wifi_row *row)
{
	struct buf b = buf_new(r->in.row, CHILD_RECORD_MAX);
	const str texts[] = {row->code, row->name, row->address, row->commune, row->network, row->hours, row->reason, row->fault};
	pack_i64(&b, row->line);
	for (size_t i = 0; i < lengthof(texts); i++)
		pack_str(&b, texts[i]);
	pack_i64(&b, row->placed);
	pack_f64(&b, row->at.lat);
	pack_f64(&b, row->at.lon);
	return b.full ? INTERNAL : child_send(r->out, buf_str(&b));
}

bool wifi_row_unpack(str record, struct wifi_row *ret)
{
	struct unpack u = {.rest = record};
	*ret = (struct wifi_row){.line = unpack_i64(&u)};
	str *texts[] = {&ret->code, &ret->name, &ret->address, &ret->commune, &ret->network, &ret->hours, &ret->reason, &ret->fault};
	bool valid = true;
	for (size_t i = 0; i < lengthof(texts); i++) {
		*texts[i] = unpack_str(&u);
		valid &= utf8_valid(*texts[i]);
	}
	ret->placed = unpack_i64(&u) != 0;
	ret->at.lat = unpack_f64(&u);
	ret->at.lon = unpack_f64(&u);
	return unpack_done(&u) && valid;
}

static enum err fault(struct reading *r, str why)
{
	r->in.ended = true;
	return send_row(r, &(struct wifi_row){.fault = why});
}

/* ---- what a line says ---- */

#define COLUMN(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}
COLUMN(code_columns, "id", "identifiant", "id_site", "code", "idobj", "gid", "objectid");
COLUMN(name_columns, "nom", "nom_du_site", "nom_site", "nom_complet", "nom_du_lieu", "nom_lieu", "site", "lieu", "libelle", "name");
COLUMN(address_columns, "adresse", "adresse_du_site", "adresse_complete", "adresse_postale", "voie", "address");
COLUMN(commune_columns, "commune", "nom_commune", "ville", "city");
COLUMN(network_columns, "reseau", "ssid", "nom_du_reseau", "nom_reseau", "reseau_wifi", "internet_access_ssid");
COLUMN(hours_columns, "horaires", "horaire", "horaires_d_ouverture", "heures_d_ouverture", "ouverture", "opening_hours");
COLUMN(lat_columns, "latitude", "lat", "lat_wgs84", "y_wgs84");
COLUMN(lon_columns, "longitude", "lon", "long", "lng", "long_wgs84", "x_wgs84");
COLUMN(pair_columns, "geo_point_2d", "geo_point", "geopoint", "_geopoint", "geolocalisation", "localisation", "location", "coordonnees", "coordonnees_gps");

/* An expression when the hours can be read as one without loss; as they are written otherwise. */
static str hours_of(struct arena *a, str said)
{
	str expression;
	struct hours_error error;
	return said.n && hours_from_french(a, said, &expression, &error) == OK ? expression : said;
}

/* False: there is a position, and it is none. */
static bool position(const struct reading *r, struct wifi_row *row)
{
	str lat = table_cell(&r->in, lat_columns), lon = table_cell(&r->in, lon_columns), pair = table_cell(&r->in, pair_columns), part;
	if (!lat.n && !lon.n && pair.n && str_next(&pair, ',', &part)) {
		lat = str_trim(part);
		lon = str_trim(pair);
	}
	if (!lat.n && !lon.n)
		return true;
	lat = str_replace(r->in.row, lat, S(","), S("."));      /* a comma for the decimals, in a French table */
	lon = str_replace(r->in.row, lon, S(","), S("."));
	row->placed = str_f64(lat, &row->at.lat) && str_f64(lon, &row->at.lon) && point_valid(row->at);
	return row->placed;
}

static enum err take(struct reading *r, const struct point *at)
{
	struct wifi_row row = {
		.line = r->in.line, .name = table_cell(&r->in, name_columns), .address = table_cell(&r->in, address_columns), .commune = table_cell(&r->in, commune_columns),
		.network = table_cell(&r->in, network_columns), .code = table_cell(&r->in, code_columns),
	};
	row.hours = hours_of(r->in.row, table_cell(&r->in, hours_columns));
	bool sound = at ? point_valid(*at) : position(r, &row);
	if (at) {
		row.placed = true;
		row.at = *at;
	}
	if (!row.code.n)
		row.code = utf8_fold(r->in.row, str_printf(r->in.row, "%.*s|%.*s", STR_ARG(row.name), STR_ARG(row.address)));
	if (!row.name.n)
		row.reason = S("sans nom");
	else if (!sound)
		row.reason = S("la position n’est pas en degrés (latitude, longitude WGS84)");
	else if (!row.placed && !row.address.n)
		row.reason = S("ni adresse ni position : personne ne le trouverait");
	const str texts[] = {row.name, row.address, row.commune, row.network, row.hours, row.code};
	for (size_t i = 0; i < lengthof(texts); i++)
		if (texts[i].n > CELL_MAX * 2)
			row.reason = S("un texte dépasse 600 octets");
	return send_row(r, &row);
}

/* ---- CSV ---- */

static enum err header(void *arg)
{
	struct reading *r = arg;
	return table_has(&r->in, name_columns) ? OK : fault(r, S("l’en-tête n’a pas de colonne pour le nom du site (nom, nom_du_site, site, libelle)"));
}

static enum err record(void *arg)
{
	return take(arg, NULL);
}

/* ---- GeoJSON ---- */

static str text_of(struct arena *a, const json_t *v)
{
	if (json_is_integer(v))
		return str_printf(a, "%lld", (long long)json_integer_value(v));
	return json_is_string(v) ? str_copy(a, (str){json_string_value(v), json_string_length(v)}) : S("");
}

static enum err take_feature(struct reading *r, json_t *feature)
{
	json_t *properties = json_object_get(feature, "properties"), *value;
	const json_t *geometry = json_object_get(feature, "geometry"), *pair = json_object_get(geometry, "coordinates");
	const json_t *lon = json_array_get(pair, 0), *lat = json_array_get(pair, 1);
	const char *key;
	r->in.n_names = r->in.n_cells = 0;
	json_object_foreach(properties, key, value) {
		if (r->in.n_cells == TABLE_COLUMNS)
			break;
		table_name(&r->in, r->in.row, str_c(key));
		r->in.cells[r->in.n_cells++] = text_of(r->in.row, value);
	}
	struct point at = {json_number_value(lat), json_number_value(lon)};
	return take(r, json_is_number(lat) && json_is_number(lon) ? &at : NULL);
}

static enum err read_geojson(struct reading *r, str bytes)
{
	json_error_t error;
	json_t *root = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &error);
	const json_t *features = json_object_get(root, "features");
	enum err e = OK;
	if (!root)
		e = fault(r, str_printf(r->a, "ligne %d : ce n’est pas du JSON", error.line));
	else if (!json_is_array(features))
		e = fault(r, S("ce n’est pas une collection GeoJSON (features)"));
	for (size_t i = 0; e == OK && i < json_array_size(features); i++) {
		r->in.line = (i64)i + 1;
		e = take_feature(r, json_array_get(features, i));
		arena_reset(r->in.row);
	}
	json_decref(root);
	return e;
}

enum err wifi_read(int fd, struct child_out *out, void *arg)
{
	(void)arg;
	struct arena *a = arena_new((size_t)200 << 20);
	struct reading *r = arena_one(a, struct reading);
	*r = (struct reading){.out = out, .a = a, .in = table_new(a)};
	str bytes;
	if (!table_bytes(fd, FILE_MAX, a, &bytes))
		return fault(r, S("ce fichier ne se lit pas, ou dépasse 32 Mio"));
	if (!utf8_valid(bytes))
		return fault(r, S("ce fichier n’est pas en UTF-8"));
	if (str_starts(str_trim(bytes), S("{")))
		return read_geojson(r, bytes);
	enum err e = table_read_csv(&r->in, bytes, header, record, r);
	return e == NOT_FOUND ? fault(r, S("ce fichier n’a pas d’en-tête")) : e;
}
