/* GeoJSON of areas: a FeatureCollection of polygons in WGS84. */
#include <jansson.h>

#include "gazetteer/outline.h"
#include "gazetteer/read.h"

#define OUTLINE_MAX (CHILD_RECORD_MAX - (64 << 10))

static str text_of(const json_t *object, const char *const *names)
{
	for (; *names; names++) {
		const json_t *v = json_object_get(object, *names);
		if (json_is_string(v) && json_string_length(v))
			return (str){json_string_value(v), json_string_length(v)};
	}
	return (str){0};
}

/* GeoJSON is WGS84 by its standard; older files name a system, and "CRS84" or "4326" are that one. */
static bool wgs84(const json_t *root)
{
	const json_t *crs = json_object_get(root, "crs");
	if (!crs || json_is_null(crs))
		return true;
	str name = text_of(json_object_get(crs, "properties"), (const char *const[]){"name", NULL});
	return str_find(name, S("CRS84")) >= 0 || str_find(name, S("4326")) >= 0;
}

static bool add_ring(struct buf *b, struct arena *a, const json_t *ring)
{
	size_t n = json_array_size(ring);
	if (n < 4 || n > 200000)
		return false;
	struct point *v = arena_many(a, struct point, n);
	for (size_t i = 0; i < n; i++) {
		const json_t *pair = json_array_get(ring, i), *lon = json_array_get(pair, 0), *lat = json_array_get(pair, 1);
		if (!json_is_number(lon) || !json_is_number(lat))
			return false;
		v[i] = (struct point){json_number_value(lat), json_number_value(lon)};
		if (!point_valid(v[i]))
			return false;
	}
	outline_ring(b, v, n - 1);               /* the last is the first again */
	return true;
}

static bool add_polygon(struct buf *b, struct arena *a, const json_t *polygon)
{
	size_t n = json_array_size(polygon);
	for (size_t i = 0; i < n; i++)
		if (!add_ring(b, a, json_array_get(polygon, i)))
			return false;
	return n > 0;
}

static str outline_of(struct arena *a, const json_t *geometry)
{
	struct buf b = buf_new(a, OUTLINE_MAX);
	const char *type = json_string_value(json_object_get(geometry, "type"));
	const json_t *coordinates = json_object_get(geometry, "coordinates");
	bool good = false;
	if (type && strcmp(type, "Polygon") == 0)
		good = add_polygon(&b, a, coordinates);
	for (size_t i = 0, n = json_array_size(coordinates); type && strcmp(type, "MultiPolygon") == 0 && i < n; i++) {
		good = add_polygon(&b, a, json_array_get(coordinates, i));
		if (!good)
			break;
	}
	return good && !b.full ? buf_str(&b) : (str){0};
}

static enum err send_area(const json_t *feature, i64 rank, struct child_out *out, struct arena *a)
{
	static const char *const names[] = {"nom", "name", "lib_qp", "nom_qp", "libelle", "quartier", NULL};
	static const char *const communes[] = {"lib_com", "commune", NULL};
	const json_t *properties = json_object_get(feature, "properties");
	struct gaz_row row = {.line = rank, .name = str_trim(text_of(properties, names)), .commune = text_of(properties, communes)};
	row.outline = outline_of(a, json_object_get(feature, "geometry"));
	if (!row.name.n || row.name.n > 200) {
		row.said = GAZ_REFUSED;
		row.reason = S("sans nom (nom, name, lib_qp)");
	} else if (!row.outline.n) {
		row.said = GAZ_REFUSED;
		row.reason = S("sans polygone en longitude, latitude WGS84");
	}
	return gaz_send(out, a, &row);
}

enum err gaz_read_areas(str bytes, struct child_out *out, struct arena *a, str *ret_fault)
{
	json_error_t error;
	json_t *root = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &error);
	const json_t *features = json_object_get(root, "features");
	enum err e = OK;
	if (!root)
		*ret_fault = str_printf(a, "ligne %d : ce n’est pas du JSON (%s)", error.line, error.text);
	else if (!json_is_array(features))
		*ret_fault = S("ce n’est pas une collection GeoJSON (features)");
	else if (!wgs84(root))
		*ret_fault = S("les coordonnées doivent être en WGS84 (longitude, latitude)");
	for (size_t i = 0; e == OK && !ret_fault->n && i < json_array_size(features); i++) {
		struct arena_mark m = arena_mark(a);
		e = send_area(json_array_get(features, i), (i64)i + 1, out, a);
		arena_rewind(a, m);
	}
	json_decref(root);
	return e;
}
