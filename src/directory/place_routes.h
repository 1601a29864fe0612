/* The directory's routes, and the conditions of a search, the same for /lieux and for the API. */
#ifndef GABARE_DIRECTORY_PLACE_ROUTES_H
#define GABARE_DIRECTORY_PLACE_ROUTES_H

#include "directory/directory.h"
#include "gazetteer/gazetteer.h"
#include "http/route.h"

extern const struct route directory_routes[];
extern const struct choice sheet_languages[];    /* of the printed sheet (place_sheet.c) */

#define ALL_PRIORITY_AREAS S("prioritaires")      /* what "quartier" says for them together */

/* Reads the form into a query. False when something is wrong: the form's errors say what. */
bool place_query_of(struct req *req, struct place_query *ret);
/* Reads the area asked for ("quartier"), and where one is ("pres"): into the query's point when the gazetteer knows it, else, when
 * none are given, into its words: people type what they look for where they are asked where they are. *ret says what it was
 * taken for. An unknown area is an error of the form. */
must_use enum err place_where(struct req *req, struct place_query *q, struct gazetteer_answer *ret);
/* The same where nobody is there to choose: INVALID, and the form says why, unless it is known. */
must_use enum err place_where_known(struct req *req, struct place_query *q);
/* Takes one condition ("q", "pres", "commune", "lat", "service", "public", "frais", "ouvert") off. */
void place_query_drop(struct place_query *q, const char *name);

/* The handlers (place_list.c, place_show.c, place_sheet.c, place_card.c, place_linked.c, place_api.c). */
enum err place_criteria(struct req *req);
enum err place_list(struct req *req);
enum err place_show(struct req *req);
enum err place_sheet(struct req *req);
enum err place_card(struct req *req);
enum err place_linked(struct req *req);
enum err place_report_new(struct req *req);
enum err place_report(struct req *req);
enum err place_thanks(struct req *req);
enum err place_api_csv(struct req *req);
enum err place_api_json(struct req *req);
enum err place_api_geojson(struct req *req);
enum err place_api_structures(struct req *req);
enum err place_api_services(struct req *req);
enum err place_api_one(struct req *req);
enum err place_api_openapi(struct req *req);

#endif
