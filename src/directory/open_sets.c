/* What the open data are: the table of sets, their facts, and the catalogue for machines (DCAT-AP, Frictionless). */
#include "base/json_out.h"
#include "base/timex.h"
#include "directory/open.h"
#include "directory/open_sql.h"
#include "directory/place_clean.h"
#include "html/i18n.h"

#define SAMPLE 20                                /* places weighed */
#define SAMPLE_BYTES ((size_t)1 << 18)
#define SCHEMA "https://schema.data.gouv.fr/LaMednum/standard-mediation-num/"
#define INCLUSION "https://data-inclusion.gouv.fr/"

static const struct open_file places_files[] = {
	{ "/donnees/lieux.csv", "CSV", "text/csv", AS_CSV },
	{ "/donnees/lieux.json", "JSON", "application/json", AS_JSON },
	{ "/donnees/lieux.geojson", "GeoJSON", "application/geo+json", AS_GEOJSON },
};
static const struct open_file inclusion_files[] = {
	{ "/donnees/structures.json", "JSON", "application/json", AS_STRUCTURES },
	{ "/donnees/services.json", "JSON", "application/json", AS_SERVICES },
};
static const struct open_file communes_files[] = {
	{ "/donnees/communes.csv", "CSV", "text/csv", WEIGHS_LITTLE },
};
static const struct open_file changes_files[] = {
	{ "/flux/lieux.atom", "Atom", "application/atom+xml", WEIGHS_LITTLE },
};

static const struct open_file wifi_files[] = {
	{ "/api/v1/wifi.csv", "CSV", "text/csv", WEIGHS_LITTLE },
	{ "/api/v1/wifi.geojson", "GeoJSON", "application/geo+json", WEIGHS_LITTLE },
};

const struct open_set open_sets[OPEN_SETS] = {
	{ "lieux", N_("Les lieux d’aide"), N_("Nom, adresse, téléphone, horaires, services et prix de chaque lieu, au format du schéma national."),
	  SCHEMA, places_files, lengthof(places_files) },
	{ "data-inclusion", N_("Les lieux, pour data·inclusion"), N_("Les mêmes lieux au format data·inclusion v1 : des structures et leurs services."),
	  INCLUSION, inclusion_files, lengthof(inclusion_files) },
	{ "communes", N_("Nombre de lieux par commune"), N_("Pour chaque commune : le nombre de lieux, et de lieux gratuits."),
	  NULL, communes_files, lengthof(communes_files) },
	{ "changements", N_("Ce qui change"), N_("Lieux nouveaux, changés, ou que leur source n’a plus : les 50 dernières nouvelles."),
	  NULL, changes_files, lengthof(changes_files) },
	{ "wifi", N_("Le wifi gratuit"), N_("Les sites où l’on se connecte sans payer : nom, adresse, réseau, horaires."),
	  NULL, wifi_files, lengthof(wifi_files) },
};

str open_url(const struct req *req, const char *path)
{
	return str_printf(req->a, "%.*s%s", STR_ARG(req->v.city->public_url), path);
}

/* ---- facts ---- */

static i64 weigh(struct req *req, enum place_form form, const struct place_list *sample, i64 places)
{
	struct place_voice voice = { form, false, req->v.city };
	struct buf b = buf_new(req->a, SAMPLE_BYTES);
	i64 n = 0;
	place_form_put(&b, &voice, sample, &n);
	return sample->n ? (i64)b.n * places / (i64)sample->n : 0;
}

enum err open_facts(struct req *req, struct open_facts *ret)
{
	struct place_query everything = { 0 };
	struct place_list sample;
	*ret = (struct open_facts){ 0 };
	depends_on(req, GEN_DIRECTORY);
	depends_on(req, GEN_CONFIG);
	try(directory_count(req->db, &everything, &ret->places));
	try(open_updated(req->db, &ret->updated_ms));
	try(directory_page(req->db, &everything, 0, SAMPLE, &sample));
	for (enum place_form form = 0; form < PLACE_FORMS; form++)
		ret->bytes[form] = weigh(req, form, &sample, ret->places);
	return OK;
}

/* ---- DCAT-AP ---- */

static void put_node(struct json *j, str key, const char *id)
{
	json_key(j, key);
	json_open(j, '{');
	json_member(j, S("@id"), str_c(id));
	json_close(j, '}');
}

static void put_context(struct json *j)
{
	static const char *const names[][2] = {
		{ "dcat", "http://www.w3.org/ns/dcat#" }, { "dct", "http://purl.org/dc/terms/" }, { "foaf", "http://xmlns.com/foaf/0.1/" },
		{ "xsd", "http://www.w3.org/2001/XMLSchema#" },
	};
	json_key(j, S("@context"));
	json_open(j, '{');
	for (size_t i = 0; i < lengthof(names); i++)
		json_member(j, str_c(names[i][0]), str_c(names[i][1]));
	json_close(j, '}');
}

static void put_date(struct req *req, struct json *j, i64 ms)
{
	if (!ms)
		return;
	json_key(j, S("dct:modified"));
	json_open(j, '{');
	json_member(j, S("@type"), S("xsd:dateTime"));
	json_member(j, S("@value"), ms_iso(req->a, ms));
	json_close(j, '}');
}

static void put_publisher(struct req *req, struct json *j)
{
	json_key(j, S("dct:publisher"));
	json_open(j, '{');
	json_member(j, S("@type"), S("foaf:Agent"));
	json_member(j, S("foaf:name"), req->v.city->name);
	json_close(j, '}');
}

static void put_distribution(struct req *req, struct json *j, const struct open_file *f, i64 bytes)
{
	json_open(j, '{');
	json_member(j, S("@type"), S("dcat:Distribution"));
	json_member(j, S("dct:title"), str_c(f->format));
	put_node(j, S("dcat:accessURL"), str_z(req->a, open_url(req, f->url)));
	put_node(j, S("dcat:mediaType"), str_z(req->a, str_printf(req->a, "https://www.iana.org/assignments/media-types/%s", f->media)));
	put_node(j, S("dct:license"), OPEN_LICENCE_EU);
	if (bytes) {
		json_key(j, S("dcat:byteSize"));
		json_i64(j, bytes);
	}
	json_close(j, '}');
}

static void put_dataset(struct req *req, struct json *j, const struct open_set *set, const struct open_facts *facts)
{
	json_open(j, '{');
	json_member(j, S("@id"), str_printf(req->a, "%.*s#%s", STR_ARG(open_url(req, "/donnees")), set->name));
	json_member(j, S("@type"), S("dcat:Dataset"));
	json_member(j, S("dct:title"), str_c(set->title));
	json_member(j, S("dct:description"), str_c(set->what));
	put_node(j, S("dct:language"), "http://publications.europa.eu/resource/authority/language/FRA");
	put_node(j, S("dct:license"), OPEN_LICENCE_EU);
	if (set->standard)
		put_node(j, S("dct:conformsTo"), set->standard);
	put_publisher(req, j);
	put_date(req, j, facts->updated_ms);
	json_key(j, S("dcat:distribution"));
	json_open(j, '[');
	for (size_t i = 0; i < set->n_files; i++)
		put_distribution(req, j, &set->files[i], facts->bytes[set->files[i].weight]);
	json_close(j, ']');
	json_close(j, '}');
}

enum err open_catalogue(struct req *req)
{
	struct open_facts facts;
	struct json j = json_new(&req->out);
	try(open_facts(req, &facts));
	req->content_type = S("application/ld+json; charset=utf-8");
	json_open(&j, '{');
	put_context(&j);
	json_member(&j, S("@id"), open_url(req, "/donnees"));
	json_member(&j, S("@type"), S("dcat:Catalog"));
	json_member(&j, S("dct:title"), str_printf(req->a, "Données ouvertes de l’aide au numérique : %.*s", STR_ARG(req->v.city->name)));
	json_member(&j, S("dct:description"), S("Les lieux où l’on est aidé avec le numérique, et leurs changements."));
	put_node(&j, S("dct:license"), OPEN_LICENCE_EU);
	put_publisher(req, &j);
	put_date(req, &j, facts.updated_ms);
	json_key(&j, S("dcat:dataset"));
	json_open(&j, '[');
	for (size_t i = 0; i < OPEN_SETS; i++)
		put_dataset(req, &j, &open_sets[i], &facts);
	json_close(&j, ']');
	json_close(&j, '}');
	return OK;
}

/* ---- Frictionless ---- */

static void put_field(struct json *j, const char *name, const char *type, bool required)
{
	json_open(j, '{');
	json_member(j, S("name"), str_c(name));
	json_member(j, S("type"), str_c(type));
	if (required) {
		json_key(j, S("constraints"));
		json_open(j, '{');
		json_key(j, S("required"));
		json_bool(j, true);
		json_close(j, '}');
	}
	json_close(j, '}');
}

static void open_resource(struct req *req, struct json *j, const struct open_set *set, const struct open_facts *facts)
{
	const struct open_file *f = &set->files[0];
	json_open(j, '{');
	json_member(j, S("name"), str_c(set->name));
	json_member(j, S("title"), str_c(set->title));
	json_member(j, S("description"), str_c(set->what));
	json_member(j, S("path"), open_url(req, f->url));
	json_member(j, S("profile"), S("tabular-data-resource"));
	json_member(j, S("format"), S("csv"));
	json_member(j, S("mediatype"), str_c(f->media));
	json_member(j, S("encoding"), S("utf-8"));
	if (facts->bytes[f->weight]) {
		json_key(j, S("bytes"));
		json_i64(j, facts->bytes[f->weight]);
	}
	json_key(j, S("schema"));
	json_open(j, '{');
	json_key(j, S("fields"));
	json_open(j, '[');
}

static void close_resource(struct json *j)
{
	json_close(j, ']');
	json_close(j, '}');
	json_close(j, '}');
}

static void put_resources(struct req *req, struct json *j, const struct open_facts *facts)
{
	open_resource(req, j, &open_sets[0], facts);
	for (enum place_field f = 0; f < PLACE_SCHEMA; f++)
		put_field(j, place_field_names[f], f == P_LATITUDE || f == P_LONGITUDE ? "number" : f == P_DATE_MAJ ? "date" : "string", place_field_required(f));
	close_resource(j);
	open_resource(req, j, &open_sets[2], facts);
	put_field(j, "commune", "string", true);
	put_field(j, "code_insee", "string", false);
	put_field(j, "lieux", "integer", true);
	put_field(j, "gratuits", "integer", true);
	close_resource(j);
}

enum err open_package(struct req *req)
{
	struct open_facts facts;
	struct json j = json_new(&req->out);
	try(open_facts(req, &facts));
	req->content_type = S("application/json; charset=utf-8");
	json_open(&j, '{');
	json_member(&j, S("profile"), S("tabular-data-package"));
	json_member(&j, S("name"), S("lieux-aide-numerique"));
	json_member(&j, S("title"), str_printf(req->a, "Lieux d’aide au numérique : %.*s", STR_ARG(req->v.city->name)));
	json_member(&j, S("homepage"), open_url(req, "/donnees"));
	if (facts.updated_ms)
		json_member(&j, S("created"), ms_iso(req->a, facts.updated_ms));
	json_key(&j, S("licenses"));
	json_open(&j, '[');
	json_open(&j, '{');
	json_member(&j, S("name"), S("etalab-2.0"));
	json_member(&j, S("title"), S("Licence Ouverte 2.0"));
	json_member(&j, S("path"), S(OPEN_LICENCE));
	json_close(&j, '}');
	json_close(&j, ']');
	json_key(&j, S("resources"));
	json_open(&j, '[');
	put_resources(req, &j, &facts);
	json_close(&j, ']');
	json_close(&j, '}');
	return OK;
}
