/* The wifi sites as open data: everything in one file, CSV or GeoJSON. */
#include "base/csv.h"
#include "base/json_out.h"
#include "db/db.h"
#include "directory/wifi.h"
#include "directory/wifi_sql.h"
#include "http/req.h"

#define BODY_MAX ((size_t)6 << 20)

enum err wifi_csv(struct req *req)
{
	struct wifi_site_list sites;
	depends_on(req, GEN_DIRECTORY);
	try(wifi_open(req->db, WIFI_MAX, &sites));
	req->content_type = S("text/csv; charset=utf-8; header=present");
	req->out.max = BODY_MAX;
	buf_put(&req->out, S("nom,adresse,commune,reseau,horaires,latitude,longitude\n"));
	for (size_t i = 0; i < sites.n; i++) {
		const struct wifi_site *s = &sites.v[i];
		bool at = s->lat.set && s->lon.set;
		csv_row(&req->out, (const str[]){ s->name, s->address, s->commune, s->network, s->hours, at ? str_printf(req->a, "%.6f", s->lat.v) : S(""),
			at ? str_printf(req->a, "%.6f", s->lon.v) : S("") }, 7);
	}
	return OK;
}

static void put_feature(struct req *req, struct json *j, const struct wifi_site *s)
{
	const struct { const char *name; str value; } members[] = {
		{"nom", s->name}, {"adresse", s->address}, {"commune", s->commune}, {"reseau", s->network}, {"horaires", s->hours},
	};
	json_open(j, '{');
	json_member(j, S("type"), S("Feature"));
	json_key(j, S("geometry"));
	if (s->lat.set && s->lon.set)
		json_raw(j, str_printf(req->a, "{\"type\":\"Point\",\"coordinates\":[%.6f,%.6f]}", s->lon.v, s->lat.v));
	else
		json_null(j);
	json_key(j, S("properties"));
	json_open(j, '{');
	for (size_t i = 0; i < lengthof(members); i++)
		if (members[i].value.n)
			json_member(j, str_c(members[i].name), members[i].value);
	json_close(j, '}');
	json_close(j, '}');
}

enum err wifi_geojson(struct req *req)
{
	struct wifi_site_list sites;
	struct json j = json_new(&req->out);
	depends_on(req, GEN_DIRECTORY);
	try(wifi_open(req->db, WIFI_MAX, &sites));
	req->content_type = S("application/geo+json; charset=utf-8");
	req->out.max = BODY_MAX;
	json_open(&j, '{');
	json_member(&j, S("type"), S("FeatureCollection"));
	json_key(&j, S("features"));
	json_open(&j, '[');
	for (size_t i = 0; i < sites.n; i++)
		put_feature(req, &j, &sites.v[i]);
	json_close(&j, ']');
	json_close(&j, '}');
	return OK;
}
