/* A place as linked data: JSON-LD in the words of schema.org, at /lieux/ID.jsonld, named by a <link> of its page. Only what is
 * certain is said: no hours where weeks differ or one must call first, no price where it depends. */
#include "base/json_out.h"
#include "directory/open_pages.h"
#include "directory/place_routes.h"

static bool has_kind(const struct place *p, const char *const *codes)
{
	str list = p->f[P_TYPOLOGIE], code;
	while (list.n && str_next(&list, '|', &code))
		for (size_t i = 0; codes[i]; i++)
			if (str_eq(code, str_c(codes[i])))
				return true;
	return false;
}

static str type_of(const struct place *p)
{
	static const char *const libraries[] = {"BIB", "RELAIS_LECTURE", NULL};
	static const char *const offices[] = {"CAF", "CC", "CCAS", "CD", "CDAS", "CFP", "CIAS", "CPAM", "DEETS", "DEPT", "EPCI", "FT", "MDPH", "MDS", "MSA",
		"MSAP", "MUNI", "PREF", "REG", "RFS", NULL};
	static const char *const job_places[] = {"CAP_EMPLOI", "MDE", "MDEF", "ML", "PLIE", NULL};
	return has_kind(p, libraries) ? S("Library") : has_kind(p, offices) ? S("GovernmentOffice") :
		has_kind(p, job_places) ? S("EmploymentAgency") : S("LocalBusiness");
}

static void open_thing(struct json *j, const char *key, const char *type)
{
	json_key(j, str_c(key));
	json_open(j, '{');
	json_member(j, S("@type"), str_c(type));
}

/* A member with a value, when there is one. */
static void put(struct json *j, const char *key, str value)
{
	if (value.n)
		json_member(j, str_c(key), value);
}

static void put_list(const struct view *v, struct json *j, const char *key, str list)
{
	const struct labels values = split_list(v, list);
	if (!values.n)
		return;
	json_key(j, str_c(key));
	json_open(j, '[');
	for (size_t i = 0; i < values.n; i++)
		json_str(j, values.v[i]);
	json_close(j, ']');
}

static void put_where(struct json *j, const struct place *p)
{
	double ignored;
	open_thing(j, "address", "PostalAddress");
	put(j, "streetAddress", p->f[P_ADRESSE]);
	put(j, "postalCode", p->f[P_CODE_POSTAL]);
	put(j, "addressLocality", p->f[P_COMMUNE]);
	put(j, "addressCountry", S("FR"));
	json_close(j, '}');
	if (!str_f64(p->f[P_LATITUDE], &ignored) || !str_f64(p->f[P_LONGITUDE], &ignored))
		return;
	open_thing(j, "geo", "GeoCoordinates");
	json_key(j, S("latitude"));
	json_raw(j, p->f[P_LATITUDE]);
	json_key(j, S("longitude"));
	json_raw(j, p->f[P_LONGITUDE]);
	json_close(j, '}');
}

/* Languages are of the people who answer, not of the walls: schema.org has them on the point of contact. */
static void put_contact(const struct view *v, struct json *j, const struct place *p)
{
	if (!p->f[P_TELEPHONE].n && !p->f[P_LANGUES].n)
		return;
	open_thing(j, "contactPoint", "ContactPoint");
	put(j, "telephone", p->f[P_TELEPHONE]);
	put_list(v, j, "availableLanguage", p->f[P_LANGUES]);
	json_close(j, '}');
}

static str clock_iso(const struct view *v, int minutes)
{
	return str_printf(v->a, "%02d:%02d", minutes / 60 % 24, minutes % 60);
}

static bool open_for_sure(const struct hours_day_pieces *day)
{
	for (size_t i = 0; i < day->n; i++)
		if (day->v[i].state != HOURS_OPEN || day->v[i].comment.n)
			return false;
	return true;
}

static bool certain(const struct place_week *week)
{
	bool sure = week->n && !week->dated;
	for (int d = 0; d < 7; d++)
		sure &= open_for_sure(&week->day[d]);
	for (size_t i = 0; i < week->n_changes; i++)
		sure &= open_for_sure(&week->change[i].hours);
	return sure;
}

/* NULL: closed all day. */
static void put_times(const struct view *v, struct json *j, const struct hours_piece *piece)
{
	json_member(j, S("opens"), piece ? clock_iso(v, piece->from) : S("00:00"));
	json_member(j, S("closes"), !piece ? S("00:00") : piece->to == 1440 ? S("23:59") : clock_iso(v, piece->to));
}

static void put_hours(const struct view *v, struct json *j, const struct place *p)
{
	static const char *const days[] = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	const struct place_week *week = place_week(v, p->f[P_HORAIRES], today_paris(), false);
	if (!certain(week))
		return;
	json_key(j, S("openingHoursSpecification"));
	json_open(j, '[');
	for (int d = 0; d < 7; d++)
		for (size_t i = 0; i < week->day[d].n; i++) {
			json_open(j, '{');
			json_member(j, S("@type"), S("OpeningHoursSpecification"));
			json_member(j, S("dayOfWeek"), str_printf(v->a, "https://schema.org/%s", days[d]));
			put_times(v, j, &week->day[d].v[i]);
			json_close(j, '}');
		}
	json_close(j, ']');
}

static void put_days(const struct view *v, struct json *j, const struct week_change *c, const struct hours_piece *piece)
{
	json_open(j, '{');
	json_member(j, S("@type"), S("OpeningHoursSpecification"));
	json_member(j, S("validFrom"), date_iso(v->a, c->from));
	json_member(j, S("validThrough"), date_iso(v->a, c->to));
	put_times(v, j, piece);
	json_close(j, '}');
}

/* Days to come that are not like the week. */
static void put_special_hours(const struct view *v, struct json *j, const struct place *p)
{
	const struct place_week *week = place_week(v, p->f[P_HORAIRES], today_paris(), false);
	if (!certain(week) || !week->n_changes)
		return;
	json_key(j, S("specialOpeningHoursSpecification"));
	json_open(j, '[');
	for (size_t i = 0; i < week->n_changes; i++) {
		const struct week_change *c = &week->change[i];
		for (size_t k = 0; k < (c->hours.n ? c->hours.n : 1); k++)
			put_days(v, j, c, c->hours.n ? &c->hours.v[k] : NULL);
	}
	json_close(j, ']');
}

/* Free or not, when it is one thing only. */
static void put_price(struct json *j, const struct place *p)
{
	bool is_free = str_eq(p->f[P_FRAIS], S("Gratuit"));
	if (!is_free && !str_eq(p->f[P_FRAIS], S("Payant")))
		return;
	json_key(j, S("isAccessibleForFree"));
	json_bool(j, is_free);
}

static void put_amenity(struct json *j, const struct place *p)
{
	static const struct { enum place_field field; const char *name; } known[] = {{P_PLAIN_PIED, "Entrée de plain-pied"}, {P_ASCENSEUR, "Ascenseur"}};
	json_key(j, S("amenityFeature"));
	json_open(j, '[');
	for (size_t i = 0; i < lengthof(known); i++) {
		str said = p->f[known[i].field];
		if (!said.n)
			continue;
		json_open(j, '{');
		json_member(j, S("@type"), S("LocationFeatureSpecification"));
		json_member(j, S("name"), str_c(known[i].name));
		json_key(j, S("value"));
		json_bool(j, str_eq(said, S("oui")));
		json_close(j, '}');
	}
	json_close(j, ']');
}

enum err place_linked(struct req *req)
{
	struct view *v = &req->v;
	struct place p;
	depends_on(req, GEN_CONFIG);
	true_until(req, midnight_ms());          /* the days to come */
	try(place_of_path(req, &p));
	str url = place_page_url(v, v->city->public_url, p.f[P_ID]);
	struct json j = json_new(&req->out);
	json_open(&j, '{');
	put(&j, "@context", S("https://schema.org"));
	put(&j, "@type", type_of(&p));
	put(&j, "@id", url);
	put(&j, "url", url);
	put(&j, "name", p.f[P_NOM]);
	put(&j, "description", p.f[P_PRESENTATION_RESUME]);
	put_where(&j, &p);
	put(&j, "telephone", p.f[P_TELEPHONE]);
	put_list(v, &j, "email", p.f[P_COURRIELS]);
	put_list(v, &j, "sameAs", p.f[P_SITE_WEB]);
	put_contact(v, &j, &p);
	put_hours(v, &j, &p);
	put_special_hours(v, &j, &p);
	put_price(&j, &p);
	if (p.f[P_PLAIN_PIED].n || p.f[P_ASCENSEUR].n)
		put_amenity(&j, &p);
	if (p.f[P_STRUCTURE_PARENTE].n) {
		open_thing(&j, "parentOrganization", "Organization");
		put(&j, "name", p.f[P_STRUCTURE_PARENTE]);
		json_close(&j, '}');
	}
	json_close(&j, '}');
	req->content_type = S("application/ld+json; charset=utf-8");
	return OK;
}
