/* Reading a file of wifi sites: cities name their columns as they like, so names are looked for among those that are used;
 * what a site says is then checked strictly. */
#include <csv.h>
#include <jansson.h>
#include <unistd.h>

#include "base/pack.h"
#include "base/utf8.h"
#include "base/words.h"
#include "directory/wifi.h"
#include "hours/hours.h"

enum { COLUMNS = 60, CELL_MAX = 300 };
#define FILE_MAX ((size_t)32 << 20)

struct reading {
	struct child_out *out;
	struct arena *a, *row;                   /* row: of the line being read */
	str names[COLUMNS], cells[COLUMNS]; size_t n_names, n_cells;
	i64 line;
	bool ended;                              /* a fault was sent */
	enum err e;
};

static enum err send_row(struct reading *r, const struct wifi_row *row)
{
	struct buf b = buf_new(r->row, CHILD_RECORD_MAX);
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
	r->ended = true;
	return send_row(r, &(struct wifi_row){.fault = why});
}

/* ---- what a line says ---- */

/* "Nom du site" and "nom_du_site" are one name. */
static str column_name(struct arena *a, str s)
{
	str folded = str_trim(utf8_fold(a, s));
	struct buf b = buf_new(a, 200);
	for (size_t i = 0; i < folded.n; i++) {
		char c = folded.p[i];
		buf_byte(&b, (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_');
	}
	return buf_str(&b);
}

static str cell(const struct reading *r, const char *const *columns)
{
	for (; *columns; columns++)
		for (size_t i = 0; i < r->n_names && i < r->n_cells; i++)
			if (str_eq(r->names[i], str_c(*columns)) && str_trim(r->cells[i]).n)
				return str_trim(r->cells[i]);
	return S("");
}

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
	str lat = cell(r, lat_columns), lon = cell(r, lon_columns), pair = cell(r, pair_columns), part;
	if (!lat.n && !lon.n && pair.n && str_next(&pair, ',', &part)) {
		lat = str_trim(part);
		lon = str_trim(pair);
	}
	if (!lat.n && !lon.n)
		return true;
	lat = str_replace(r->row, lat, S(","), S("."));      /* a comma for the decimals, in a French table */
	lon = str_replace(r->row, lon, S(","), S("."));
	row->placed = str_f64(lat, &row->at.lat) && str_f64(lon, &row->at.lon) && point_valid(row->at);
	return row->placed;
}

static enum err take(struct reading *r, const struct point *at)
{
	struct wifi_row row = {
		.line = r->line, .name = cell(r, name_columns), .address = cell(r, address_columns), .commune = cell(r, commune_columns),
		.network = cell(r, network_columns), .code = cell(r, code_columns),
	};
	row.hours = hours_of(r->row, cell(r, hours_columns));
	bool sound = at ? point_valid(*at) : position(r, &row);
	if (at) {
		row.placed = true;
		row.at = *at;
	}
	if (!row.code.n)
		row.code = utf8_fold(r->row, str_printf(r->row, "%.*s|%.*s", STR_ARG(row.name), STR_ARG(row.address)));
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

static enum err record(struct reading *r)
{
	if (r->n_names)
		return take(r, NULL);
	for (size_t i = 0; i < r->n_cells; i++)
		r->names[i] = str_copy(r->a, column_name(r->row, r->cells[i]));
	r->n_names = r->n_cells;
	for (size_t i = 0; i < r->n_names; i++)
		for (const char *const *name = name_columns; *name; name++)
			if (str_eq(r->names[i], str_c(*name)))
				return OK;
	return fault(r, S("l’en-tête n’a pas de colonne pour le nom du site (nom, nom_du_site, site, libelle)"));
}

static void on_cell(void *text, size_t n, void *arg)
{
	struct reading *r = arg;
	if (r->n_cells < COLUMNS)
		r->cells[r->n_cells++] = n ? str_copy(r->row, (str){text, n}) : S("");
}

static void on_record(int end, void *arg)
{
	(void)end;
	struct reading *r = arg;
	bool blank = r->n_cells == 0 || (r->n_cells == 1 && !r->cells[0].n);
	r->line++;
	if (r->e == OK && !r->ended && !blank)
		r->e = record(r);
	r->n_cells = 0;
	arena_reset(r->row);
}

static enum err read_csv(struct reading *r, str bytes)
{
	struct csv_parser p;
	str rest = bytes, head;
	str_next(&rest, '\n', &head);
	if (csv_init(&p, CSV_APPEND_NULL))
		return INTERNAL;
	csv_set_delim(&p, (u8)str_csv_delimiter(head));
	bool read = csv_parse(&p, bytes.p, bytes.n, on_cell, on_record, r) == bytes.n && csv_fini(&p, on_cell, on_record, r) == 0;
	csv_free(&p);
	return read ? r->e : INTERNAL;
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
	r->n_names = r->n_cells = 0;
	json_object_foreach(properties, key, value) {
		if (r->n_cells == COLUMNS)
			break;
		r->names[r->n_names++] = column_name(r->row, str_c(key));
		r->cells[r->n_cells++] = text_of(r->row, value);
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
		r->line = (i64)i + 1;
		e = take_feature(r, json_array_get(features, i));
		arena_reset(r->row);
	}
	json_decref(root);
	return e;
}

static bool read_file(int fd, struct arena *a, str *ret)
{
	struct buf b = buf_new(a, FILE_MAX);
	ssize_t n;
	for (char piece[65536]; (n = read(fd, piece, sizeof piece)) > 0;)
		buf_put(&b, (str){piece, (size_t)n});
	*ret = buf_str(&b);
	if (str_starts(*ret, S("\xEF\xBB\xBF")))
		*ret = str_slice(*ret, 3, ret->n);
	return n == 0 && !b.full;
}

enum err wifi_read(int fd, struct child_out *out, void *arg)
{
	(void)arg;
	struct arena *a = arena_new((size_t)200 << 20);
	struct reading *r = arena_one(a, struct reading);
	*r = (struct reading){.out = out, .a = a, .row = arena_new((size_t)64 << 20)};
	str bytes;
	if (!read_file(fd, a, &bytes))
		return fault(r, S("ce fichier ne se lit pas, ou dépasse 32 Mio"));
	if (!utf8_valid(bytes))
		return fault(r, S("ce fichier n’est pas en UTF-8"));
	return str_starts(str_trim(bytes), S("{")) ? read_geojson(r, bytes) : read_csv(r, bytes);
}
