/* Writing places as CSV, JSON and GeoJSON. */
#include "directory/place_export.h"

#include "base/csv.h"
#include "base/json_out.h"

static size_t columns(bool full)
{
	return full ? P_COUNT : PLACE_SCHEMA;
}

void place_csv_header(struct buf *out, bool full)
{
	for (size_t f = 0; f < columns(full); f++)
		buf_printf(out, f ? ",%s" : "%s", place_field_names[f]);
	buf_byte(out, '\n');
}

void place_csv_row(struct buf *out, const struct place *p, bool full)
{
	for (size_t f = 0; f < columns(full); f++) {
		if (f)
			buf_byte(out, ',');
		csv_cell(out, p->f[f]);
	}
	buf_byte(out, '\n');
}

static bool is_coordinate(size_t f)
{
	return f == P_LATITUDE || f == P_LONGITUDE;
}

static void members(struct json *j, const struct place *p, bool full, bool coordinates)
{
	for (size_t f = 0; f < columns(full); f++) {
		if ((!p->f[f].n && f < PLACE_SCHEMA) || (is_coordinate(f) && !coordinates))
			continue;
		json_key(j, str_c(place_field_names[f]));
		if (is_coordinate(f))
			json_raw(j, p->f[f]);
		else
			json_str(j, p->f[f].p ? p->f[f] : S(""));
	}
}

void place_json_object(struct buf *out, const struct place *p, bool full)
{
	struct json j = json_new(out);
	json_open(&j, '{');
	members(&j, p, full, true);
	json_close(&j, '}');
}

void place_geojson_feature(struct buf *out, const struct place *p, bool full)
{
	struct json j = json_new(out);
	json_open(&j, '{');
	json_member(&j, S("type"), S("Feature"));
	json_member(&j, S("id"), p->f[P_ID]);
	json_key(&j, S("geometry"));
	if (p->f[P_LATITUDE].n && p->f[P_LONGITUDE].n) {
		json_open(&j, '{');
		json_member(&j, S("type"), S("Point"));
		json_key(&j, S("coordinates"));
		json_open(&j, '[');
		json_raw(&j, p->f[P_LONGITUDE]);
		json_raw(&j, p->f[P_LATITUDE]);
		json_close(&j, ']');
		json_close(&j, '}');
	} else {
		json_null(&j);
	}
	json_key(&j, S("properties"));
	json_open(&j, '{');
	members(&j, p, full, false);
	json_close(&j, '}');
	json_close(&j, '}');
}
