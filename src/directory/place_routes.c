/* The directory's routes and forms. */
#include "base/timex.h"
#include "directory/labels.h"
#include "directory/open.h"
#include "directory/place_routes.h"
#include "directory/traits.h"
#include "directory/wifi.h"
#include "hours/hours.h"

FORM_FIELDS(place_search,
	{.name = "pres", .kind = F_TEXT, .label = N_("Où ?"), .max = 120},
	{.name = "q", .kind = F_TEXT, .label = N_("Que cherchez-vous ?"), .max = 100},
	{.name = "commune", .kind = F_TEXT, .label = N_("Commune ou code postal"), .max = 80},
	{.name = "lat", .kind = F_REAL, .label = N_("Latitude"), .min = -90, .max = 90},
	{.name = "lon", .kind = F_REAL, .label = N_("Longitude"), .min = -180, .max = 180},
	{.name = "rayon", .kind = F_INT, .label = N_("Rayon"), .min = 100, .max = RADIUS_MAX_M,
		.wrong = N_("Le rayon est un nombre de mètres, de 100 à 50 000.")},
	{.name = "service", .kind = F_CHOICES, .label = N_("Pour faire quoi"), .choices = service_choices},
	{.name = "public", .kind = F_CHOICES, .label = N_("Pour qui"), .choices = public_choices},
	{.name = "frais", .kind = F_CHOICES, .label = N_("Prix"), .choices = frais_choices},
	{.name = "besoin", .kind = F_CHOICES, .label = N_("Accueil préparé pour"), .choices = need_choices},
	{.name = "acces", .kind = F_CHOICES, .label = N_("Comment venir"), .choices = access_choices},
	{.name = "accompagnement", .kind = F_CHOICES, .label = N_("Comment être aidé"), .choices = accompaniment_choices},
	{.name = "langue", .kind = F_CHOICES, .label = N_("Langue parlée"), .choices = language_choices},
	{.name = "pass", .kind = F_CHOICES, .label = N_("Pass numérique"), .choices = pass_choices},
	{.name = "plain_pied", .kind = F_CHOICES, .label = N_("Entrée"), .choices = step_free_choices},
	{.name = "quartier", .kind = F_TEXT, .label = N_("Quartier"), .max = 120},
	{.name = "ouvert", .kind = F_TEXT, .label = N_("Ouvert"), .max = 20},
	{.name = "carte", .kind = F_TEXT, .label = N_("Carte"), .max = 10},
	{.name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 100000},
	{.name = "limit", .kind = F_INT, .label = N_("Nombre de lieux"), .min = 1, .max = 1000},
	{.name = "apres", .kind = F_TEXT, .label = N_("Lieu qui précède"), .max = 300},
	{.name = "style", .kind = F_TEXT, .label = N_("Mise en forme"), .max = 20},
);

FORM_FIELDS(wifi_search,
	{.name = "pres", .kind = F_TEXT, .label = N_("Où ?"), .max = 120},
	{.name = "carte", .kind = F_TEXT, .label = N_("Carte"), .max = 10},
	{.name = "page", .kind = F_INT, .label = N_("Page"), .min = 1, .max = 1000},
);

FORM_FIELDS(place_report,
	{.name = "erreur", .kind = F_LINES, .label = N_("Ce qui n’est pas juste"), .required = true, .max = 1000,
		.missing = N_("Écrivez en quelques mots ce qui n’est pas juste.")},
	{.name = "contact", .kind = F_TEXT, .label = N_("Téléphone ou courriel"), .max = 200},
);

FORM_FIELDS(place_sheet,
	{.name = "langue", .kind = F_CHOICE, .label = N_("Langue de la fiche"), .choices = sheet_languages},
);

/* "maintenant", or a local minute. */
static void open_of(struct req *req, struct place_query *ret)
{
	struct view *v = &req->v;
	struct local t;
	str open = form_text(req, "ouvert");
	if (!form_given(req, "ouvert"))
		return;
	bool now = str_eq(open, S("maintenant"));
	ret->open = now || local_parse(open, &t);
	if (!ret->open)
		form_fail(req, "ouvert", _("Écrivez « maintenant », ou un jour et une heure comme 2026-05-04T14:00."));
	else if (now)
		true_until(req, (now_ms() / 60000 + 1) * 60000);      /* hours are of whole minutes */
	else
		ret->open_ms = ms_of_local(t);
}

bool place_query_of(struct req *req, struct place_query *ret)
{
	struct view *v = &req->v;
	*ret = (struct place_query){
		.words = form_text(req, "q"), .commune = form_text(req, "commune"),
		.services = choices_mask(req, "service", P_SERVICES),
		.publics = choices_mask(req, "public", P_PUBLICS),
		.frais = choices_mask(req, "frais", P_FRAIS),
		.traits = traits_asked(req),
		.radius_m = form_int(req, "rayon", RADIUS_DEFAULT_M),
	};
	open_of(req, ret);
	bool lat = form_real(req, "lat", &ret->at.lat), lon = form_real(req, "lon", &ret->at.lon);
	ret->near = lat && lon;
	if (lat != lon && form_ok(req))
		form_fail(req, lat ? "lon" : "lat", lat ? _("Avec la latitude, donnez aussi la longitude.") : _("Avec la longitude, donnez aussi la latitude."));
	if (form_given(req, "rayon") && !ret->near && !form_given(req, "pres") && form_ok(req))
		form_fail(req, "lat", _("Un rayon demande un point : donnez la latitude et la longitude."));
	return form_ok(req);
}

/* The district or priority area asked for, "prioritaires" for all of these. */
static enum err area_of(struct req *req, struct place_query *q)
{
	struct view *v = &req->v;
	struct gazetteer_outlines *areas = arena_one(req->a, struct gazetteer_outlines);
	str code = form_text(req, "quartier");
	if (!form_given(req, "quartier"))
		return OK;
	enum err e = gazetteer_outlines_of(req->db, str_eq(code, ALL_PRIORITY_AREAS) ? (str){0} : code, areas);
	if (e == NOT_FOUND) {
		form_fail(req, "quartier", _("Ce quartier n’est pas connu ici. Effacez-le, ou choisissez-le dans « Plus de critères »."));
		return OK;
	}
	q->areas = e == OK ? areas : NULL;
	return e;
}

enum err place_where(struct req *req, struct place_query *q, struct gazetteer_answer *ret)
{
	*ret = (struct gazetteer_answer){0};
	if (form_given(req, "quartier") || form_given(req, "pres"))
		true_until(req, midnight_ms());  /* areas begin and end with a day */
	try(area_of(req, q));
	if (!form_given(req, "pres"))
		return OK;
	try(gazetteer_find(req->db, form_text(req, "pres"), ret));
	if (ret->found) {
		q->near = true;
		q->at = ret->v[0].at;
	} else if (!ret->n && !q->words.n)
		q->words = form_text(req, "pres");
	return OK;
}

enum err place_where_known(struct req *req, struct place_query *q)
{
	struct view *v = &req->v;
	struct gazetteer_answer answer;
	str names[GAZETTEER_CHOICES];
	try(place_where(req, q, &answer));
	if (answer.found || !form_given(req, "pres"))
		return form_ok(req) ? OK : INVALID;
	for (size_t i = 0; i < answer.n; i++)
		names[i] = gazetteer_full_name(v->a, &answer.v[i]);
	str choices = str_join(v->a, names, answer.n, S(" ; "));
	form_fail(req, "pres", answer.n ? _f("Dites lequel de ces endroits : {1}.", choices) : _("Cet endroit n’est pas connu ici."));
	return INVALID;
}

static void drop_trait(struct place_query *q, const char *name)
{
	const struct trait_field *t = trait_fields;
	while (t->name && strcmp(t->name, name) != 0)
		t++;
	assert(t->name);                         /* a condition that exists */
	q->traits &= ~trait_group(t->field);
}

void place_query_drop(struct place_query *q, const char *name)
{
	if (strcmp(name, "q") == 0)
		q->words = (str){0};
	else if (strcmp(name, "commune") == 0)
		q->commune = (str){0};
	else if (strcmp(name, "lat") == 0)
		q->near = false;
	else if (strcmp(name, "pres") == 0 && q->near)
		q->near = false;
	else if (strcmp(name, "pres") == 0)
		q->words = (str){0};             /* it was looked for as words */
	else if (strcmp(name, "service") == 0)
		q->services = 0;
	else if (strcmp(name, "public") == 0)
		q->publics = 0;
	else if (strcmp(name, "frais") == 0)
		q->frais = 0;
	else if (strcmp(name, "ouvert") == 0)
		q->open = false;
	else if (strcmp(name, "quartier") == 0)
		q->areas = NULL;
	else
		drop_trait(q, name);
}

ROUTES(directory,
	ROUTE(GET, "/lieux", place_list, CAP_PUBLIC, SCOPE_NONE, FORM(place_search)),
	ROUTE(GET, "/chercher", place_criteria, CAP_PUBLIC, SCOPE_NONE, FORM(place_search)),
	ROUTE(GET, "/lieux/:id", place_show, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/lieux/:id.vcf", place_card, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/lieux/:id.jsonld", place_linked, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE(GET, "/lieux/:id/fiche", place_sheet, CAP_PUBLIC, SCOPE_NONE, FORM(place_sheet)),
	ROUTE(GET, "/lieux/:id/erreur", place_report_new, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(POST, "/lieux/:id/erreur", place_report, CAP_PUBLIC, SCOPE_NONE, FORM(place_report)),
	ROUTE(GET, "/lieux/:id/merci", place_thanks, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/api/v1/lieux.csv", place_api_csv, CAP_PUBLIC, SCOPE_NONE, FORM(place_search), ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/lieux.json", place_api_json, CAP_PUBLIC, SCOPE_NONE, FORM(place_search), ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/lieux.geojson", place_api_geojson, CAP_PUBLIC, SCOPE_NONE, FORM(place_search), ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/data-inclusion/structures.json", place_api_structures, CAP_PUBLIC, SCOPE_NONE, FORM(place_search), ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/data-inclusion/services.json", place_api_services, CAP_PUBLIC, SCOPE_NONE, FORM(place_search), ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/lieux/:id", place_api_one, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE(GET, "/wifi", wifi_page, CAP_PUBLIC, SCOPE_NONE, FORM(wifi_search)),
	ROUTE_WITH(GET, "/api/v1/wifi.csv", wifi_csv, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/wifi.geojson", wifi_geojson, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE(GET, "/donnees", open_page, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE(GET, "/integrer", open_embed, CAP_PUBLIC, SCOPE_NONE, FORM_NONE),
	ROUTE_WITH(GET, "/fragment/lieux", place_fragment, CAP_PUBLIC, SCOPE_NONE, FORM(place_search), ROUTE_NO_LANG),
	ROUTE_WITH(GET, "/donnees/lieux.csv", open_places_csv, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API | ROUTE_LONG),
	ROUTE_WITH(GET, "/donnees/lieux.json", open_places_json, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API | ROUTE_LONG),
	ROUTE_WITH(GET, "/donnees/lieux.geojson", open_places_geojson, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API | ROUTE_LONG),
	ROUTE_WITH(GET, "/donnees/structures.json", open_structures, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API | ROUTE_LONG),
	ROUTE_WITH(GET, "/donnees/services.json", open_services, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API | ROUTE_LONG),
	ROUTE_WITH(GET, "/donnees/communes.csv", open_communes_csv, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/donnees/catalogue.jsonld", open_catalogue, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/donnees/datapackage.json", open_package, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/flux/lieux.atom", open_feed, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
	ROUTE_WITH(GET, "/api/v1/openapi.json", place_api_openapi, CAP_PUBLIC, SCOPE_NONE, FORM_NONE, ROUTE_API),
);
