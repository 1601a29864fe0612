/* The open data: what sets there are, in which formats; shared by the catalogue page, its forms for machines and the tests. */
#ifndef GABARE_DIRECTORY_OPEN_H
#define GABARE_DIRECTORY_OPEN_H

#include "directory/directory.h"
#include "directory/place_format.h"
#include "http/route.h"

/* What a file weighs: as much as every place in one of the forms, or little enough not to say. */
enum { WEIGHS_LITTLE = PLACE_FORMS };

struct open_file {
	const char *url, *format, *media;        /* "/api/v1/lieux.json" "JSON" "application/json" */
	int weight;                              /* an enum place_form, or WEIGHS_LITTLE */
};
struct open_set {
	const char *name, *title, *what;         /* name in ids; title and what are msgids */
	const char *standard;                    /* URL of the schema it follows, or NULL */
	const struct open_file *files; size_t n_files;
};
#define OPEN_SETS 5
extern const struct open_set open_sets[OPEN_SETS];

#define OPEN_LICENCE "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
#define OPEN_LICENCE_EU "http://publications.europa.eu/resource/authority/licence/ETALAB_2_0"

/* What the catalogue says in all its forms: how many places, the day of the last change, what files weigh (about: told by the
 * first places and their number; 0 where it is short). */
struct open_facts { i64 places, updated_ms, bytes[PLACE_FORMS + 1]; };
must_use enum err open_facts(struct req *req, struct open_facts *ret);
/* "https://…/donnees": an address of ours for other sites; relative while the city has no public address. */
str open_url(const struct req *req, const char *path);

enum err open_page(struct req *req);
enum err open_catalogue(struct req *req);
enum err open_package(struct req *req);
enum err open_places_csv(struct req *req);
enum err open_places_json(struct req *req);
enum err open_places_geojson(struct req *req);
enum err open_structures(struct req *req);
enum err open_services(struct req *req);
enum err open_communes_csv(struct req *req);
enum err open_feed(struct req *req);
enum err open_embed(struct req *req);
enum err place_fragment(struct req *req);

#endif
