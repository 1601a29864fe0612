/* Reading what others publish of schools, in a child: the list with the social index (JSON), the directory of the State and other tables
 * (CSV), points (GeoJSON). What a file is, its first byte and the names of its columns say. */
#include <jansson.h>

#include "base/pack.h"
#include "base/table.h"
#include "base/utf8.h"
#include "schools/file.h"

#define FILE_MAX ((size_t)32 << 20)
enum { CELL_MAX = 600 };

struct reading { struct child_out *out; struct arena *a; struct table in; };

static enum err send_line(struct reading *r, const struct school_line *l)
{
	struct buf b = buf_new(r->in.row, CHILD_RECORD_MAX);
	const str texts[] = { l->uai, l->name, l->kind, l->sector, l->address, l->postal_code, l->commune, l->insee, l->state, l->rep, l->year, l->reason, l->fault };
	pack_i64(&b, l->line);
	pack_i64(&b, l->said);
	for (size_t i = 0; i < lengthof(texts); i++)
		pack_str(&b, texts[i]);
	pack_i64(&b, l->placed);
	pack_f64(&b, l->at.lat);
	pack_f64(&b, l->at.lon);
	pack_i64(&b, l->ips);
	pack_i64(&b, l->pupils);
	return b.full ? INTERNAL : child_send(r->out, buf_str(&b));
}

bool school_line_unpack(str record, struct school_line *ret)
{
	struct unpack u = { .rest = record };
	*ret = (struct school_line){ .line = unpack_i64(&u), .said = (enum school_said)unpack_i64(&u) };
	str *texts[] = { &ret->uai, &ret->name, &ret->kind, &ret->sector, &ret->address, &ret->postal_code, &ret->commune, &ret->insee, &ret->state, &ret->rep,
		&ret->year, &ret->reason, &ret->fault };
	bool valid = ret->said >= SAID_SCHOOL && ret->said <= SAID_OTHER;
	for (size_t i = 0; i < lengthof(texts); i++) {
		*texts[i] = unpack_str(&u);
		valid &= utf8_valid(*texts[i]);
	}
	ret->placed = unpack_i64(&u) != 0;
	ret->at.lat = unpack_f64(&u);
	ret->at.lon = unpack_f64(&u);
	ret->ips = unpack_i64(&u);
	ret->pupils = unpack_i64(&u);
	return unpack_done(&u) && valid;
}

static enum err fault(struct reading *r, str why)
{
	r->in.ended = true;
	return send_line(r, &(struct school_line){ .fault = why });
}

/* ---- what a line says ---- */

static bool holds(struct arena *a, str text, const char *word)
{
	return str_find(utf8_fold(a, text), str_c(word)) >= 0;
}

/* "Ecole élémentaire Ampère" says its kind; what does not is a primaire, or none of the first degree. */
static str kind_of(struct reading *r, const struct school_line *l, str nature)
{
	struct arena *a = r->in.row;
	bool nursery = holds(a, l->name, "maternelle"), elementary = holds(a, l->name, "elementaire");
	if (nursery != elementary)
		return nursery ? S("maternelle") : S("elementaire");
	return nature.n && holds(a, nature, "maternelle") ? S("maternelle") : S("primaire");
}

static str state_of(struct reading *r, str said)
{
	if (!said.n)
		return S("");
	return holds(r->in.row, said, "a ouvrir") ? S("opening") : holds(r->in.row, said, "ouvert") ? S("open") : S("closed");
}

static i64 tenths(struct reading *r, str said)
{
	double v;
	return str_f64(str_replace(r->in.row, said, S(","), S(".")), &v) && v > 0 && v < 1000 ? (i64)(v * 10 + 0.5) : 0;
}

static bool too_long(const struct school_line *l)
{
	const str texts[] = { l->uai, l->name, l->address, l->postal_code, l->commune, l->insee, l->year, l->rep };
	for (size_t i = 0; i < lengthof(texts); i++)
		if (texts[i].n > CELL_MAX)
			return true;
	return false;
}

static enum err take(struct reading *r, struct school_line *l)
{
	bool coded = l->said == SAID_SCHOOL || l->said == SAID_REP;
	if (too_long(l))
		*l = (struct school_line){ .line = l->line, .reason = S("un texte dépasse 600 octets") };
	else if (coded && !uai_valid(l->uai))
		l->reason = l->uai.n ? S("ce n’est pas un code UAI : la lettre ne suit pas des chiffres") : S("sans code UAI");
	else if (l->said != SAID_REP && !l->name.n)
		l->reason = S("sans nom");
	else if (l->said == SAID_SCHOOL && l->insee.n != 5)
		l->reason = S("sans code de commune");
	if (l->said == SAID_REP && !l->reason.n && !l->rep.n)
		l->reason = S("le réseau est rep, rep+ ou none");
	return send_line(r, l);
}

/* ---- CSV ---- */

#define COLUMN(name, ...) static const char *const name[] = { __VA_ARGS__, NULL }
COLUMN(uai_columns, "uai", "code_etablissement", "identifiant_de_l_etablissement", "numero_uai", "code_uai", "rne");
COLUMN(name_columns, "appellation_officielle", "nom_etablissement", "ecole", "nom", "nom_ecole", "nom_de_l_ecole", "name");
COLUMN(sector_columns, "secteur_public_prive", "statut_public_prive", "secteur", "statut", "sector");
COLUMN(address_columns, "adresse", "adresse_1", "address");
COLUMN(postal_columns, "code_postal", "postal_code");
COLUMN(commune_columns, "commune", "nom_commune", "city");
COLUMN(insee_columns, "code_commune", "code_insee", "insee", "code_commune_insee");
COLUMN(nature_columns, "nature", "libelle_nature", "type_etablissement", "kind");
COLUMN(state_columns, "etat_etablissement", "etat", "state");
COLUMN(rep_columns, "rep", "reseau", "education_prioritaire", "appartenance_education_prioritaire");
COLUMN(ips_columns, "ips", "indice_de_position_sociale");
COLUMN(year_columns, "annee_scolaire", "ips_annee", "rentree_scolaire", "year");
COLUMN(pupils_columns, "effectif", "effectifs", "eleves", "nombre_d_eleves");
COLUMN(lat_columns, "latitude", "lat");
COLUMN(lon_columns, "longitude", "lon");

static str network_of(struct reading *r, str said)
{
	str w = utf8_fold(r->in.row, said);
	if (str_eq(w, S("rep+")) || str_eq(w, S("rep plus")))
		return S("rep+");
	return str_eq(w, S("rep")) ? S("rep") : str_eq(w, S("none")) || str_eq(w, S("hors rep")) || str_eq(w, S("non")) ? S("none") : S("");
}

static bool first_degree(struct reading *r, str nature, str name)
{
	struct arena *a = r->in.row;
	bool higher = holds(a, name, "secondaire") || holds(a, name, "college") || holds(a, name, "lycee");
	return !higher && (nature.n ? holds(a, nature, "ecole") : true);
}

static enum err header(void *arg)
{
	struct reading *r = arg;
	bool coded = table_has(&r->in, uai_columns);
	if (!table_has(&r->in, name_columns) && !(coded && table_has(&r->in, rep_columns)))
		return fault(r, S("l’en-tête n’a ni nom d’école (ecole, nom, appellation_officielle), ni code UAI avec un réseau (uai, rep)"));
	return OK;
}

static enum err record(void *arg)
{
	struct reading *r = arg;
	const struct table *t = &r->in;
	bool coded = table_has(t, uai_columns), named = table_has(t, name_columns);
	str nature = table_cell(t, nature_columns), pupils = table_cell(t, pupils_columns);
	struct school_line l = {
		.line = t->line, .said = !coded ? SAID_NAME : named ? SAID_SCHOOL : SAID_REP, .uai = table_cell(t, uai_columns), .name = table_cell(t, name_columns),
		.address = table_cell(t, address_columns), .postal_code = table_cell(t, postal_columns), .commune = table_cell(t, commune_columns),
		.insee = table_cell(t, insee_columns), .year = table_cell(t, year_columns),
	};
	if (l.said == SAID_SCHOOL && !first_degree(r, nature, l.name))
		l.said = SAID_OTHER;
	l.kind = kind_of(r, &l, nature);
	l.sector = holds(r->in.row, table_cell(t, sector_columns), "priv") ? S("private") : S("public");
	l.state = state_of(r, table_cell(t, state_columns));
	l.rep = network_of(r, table_cell(t, rep_columns));
	l.ips = tenths(r, table_cell(t, ips_columns));
	if (!str_i64(pupils, &l.pupils) || l.pupils < 0)
		l.pupils = 0;
	l.placed = str_f64(table_cell(t, lat_columns), &l.at.lat) && str_f64(table_cell(t, lon_columns), &l.at.lon) && point_valid(l.at);
	return take(r, &l);
}

/* ---- JSON ---- */

static str text_at(const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? (str){ json_string_value(v), json_string_length(v) } : S("");
}

static enum err take_object(struct reading *r, const json_t *o)
{
	const json_t *address = json_object_get(o, "address"), *at = json_object_get(o, "coordinates"), *ips = json_object_get(o, "ips");
	const json_t *lat = json_object_get(at, "latitude"), *lon = json_object_get(at, "longitude");
	str type = text_at(o, "type");
	struct school_line l = {
		.line = r->in.line, .said = holds(r->in.row, type, "college") || holds(r->in.row, type, "lycee") ? SAID_OTHER : SAID_SCHOOL,
		.uai = text_at(o, "uai"), .name = text_at(o, "name"),
		.address = text_at(address, "street"), .postal_code = text_at(address, "postal_code"), .commune = text_at(address, "city"),
		.insee = text_at(address, "insee_code"), .year = text_at(ips, "year"), .at = { json_number_value(lat), json_number_value(lon) },
	};
	l.kind = kind_of(r, &l, type);
	l.sector = holds(r->in.row, text_at(o, "public_private"), "priv") ? S("private") : S("public");
	l.ips = tenths(r, text_at(ips, "value"));
	l.placed = json_is_number(lat) && json_is_number(lon) && point_valid(l.at);
	return take(r, &l);
}

static enum err take_feature(struct reading *r, const json_t *f)
{
	const json_t *p = json_object_get(f, "properties"), *pair = json_object_get(json_object_get(f, "geometry"), "coordinates");
	str name = text_at(p, "nom"), category = text_at(p, "LIBCATEGORIE");
	struct school_line l = { .line = r->in.line, .said = SAID_POINT, .name = name.n ? name : text_at(json_object_get(p, "geo"), "name"), .commune = text_at(p,
		"COMMUNE"),
		.at = { json_number_value(json_array_get(pair, 1)), json_number_value(json_array_get(pair, 0)) } };
	l.placed = point_valid(l.at);
	if (category.n && !holds(r->in.row, category, "maternelle") && !holds(r->in.row, category, "elementaire") && !holds(r->in.row, category, "primaire"))
		l.said = SAID_OTHER;
	if (l.said == SAID_POINT && !l.placed)
		l.reason = S("sans point");
	return take(r, &l);
}

static enum err read_json(struct reading *r, str bytes)
{
	json_error_t error;
	json_t *root = json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, &error);
	json_t *features = json_object_get(root, "features"), *list = json_is_array(root) ? root : features;
	enum err e = OK;
	if (!root)
		e = fault(r, str_printf(r->a, "ligne %d : ce n’est pas du JSON", error.line));
	else if (!json_is_array(list))
		e = fault(r, S("ce n’est ni une liste d’écoles ni une collection GeoJSON (features)"));
	for (size_t i = 0; e == OK && i < json_array_size(list); i++) {
		r->in.line = (i64)i + 1;
		e = features ? take_feature(r, json_array_get(list, i)) : take_object(r, json_array_get(list, i));
		arena_reset(r->in.row);
	}
	json_decref(root);
	return e;
}

enum err school_read(int fd, struct child_out *out, void *arg)
{
	(void)arg;
	struct arena *a = arena_new((size_t)200 << 20);
	struct reading *r = arena_one(a, struct reading);
	*r = (struct reading){ .out = out, .a = a, .in = table_new(a) };
	str bytes;
	if (!table_bytes(fd, FILE_MAX, a, &bytes))
		return fault(r, S("ce fichier ne se lit pas, ou dépasse 32 Mio"));
	if (!utf8_valid(bytes))
		return fault(r, S("ce fichier n’est pas en UTF-8"));
	str head = str_trim(bytes);
	if (str_starts(head, S("{")) || str_starts(head, S("[")))
		return read_json(r, bytes);
	enum err e = table_read_csv(&r->in, bytes, header, record, r);
	return e == NOT_FOUND ? fault(r, S("ce fichier n’a pas d’en-tête")) : e;
}
