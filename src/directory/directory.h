/* The directory, for its pages, its API and the other modules: finding places and reading one. */
#ifndef GABARE_DIRECTORY_DIRECTORY_H
#define GABARE_DIRECTORY_DIRECTORY_H

#include "directory/labels.h"
#include "directory/opening.h"
#include "directory/place.h"
#include "directory/place_amend.h"
#include "directory/place_dump.h"
#include "directory/place_export.h"
#include "directory/place_import.h"
#include "directory/place_layouts.h"
#include "directory/place_life.h"
#include "directory/place_merge.h"
#include "directory/place_paper.h"
#include "directory/place_survey.h"
#include "directory/place_terms.h"
#include "directory/place_undo.h"
#include "directory/place_values.h"
#include "directory/search.h"
#include "gazetteer/gazetteer.h"
#include "geo/geo.h"

struct db;

/* What is asked of a search. Zero and absent mean "no condition". */
struct place_query {
	str words;                               /* as typed */
	str commune;                             /* a commune's name, postal code or INSEE code, as typed */
	bool near; struct point at; i64 radius_m; /* 1..50,000 */
	i64 services;                            /* all of these (bits of place_mask) */
	i64 publics, frais;                      /* any of these */
	i64 traits;                              /* all of these (bits of place_traits) */
	const struct gazetteer_outlines *areas;  /* within one of these; NULL: anywhere */
	bool open; i64 open_ms;                  /* open at this moment; 0: now */
};

#define PLACES_PAGE 10
#define PLACES_CAP 1000                          /* beyond it, a total is "more than 1,000" and only these are shown */
#define RADIUS_DEFAULT_M 5000
#define RADIUS_MAX_M 50000

struct place_hit { i64 version_id, place_id; double metres; struct place place; };
struct place_hits {
	struct place_hit *v; size_t n;           /* the page asked for, places read */
	i64 total;
	bool capped;                             /* there are more than `total` */
	str corrected;                           /* the words looked for when a typing error was mended, or absent */
};

/* The page (from 0) of the places that satisfy q: closest first when a point is given, else those whose name has the words
 * first, then by name (French order). Everything in db_arena. */
__attribute__((warn_unused_result)) enum err directory_search(struct db *db, const struct place_query *q, i64 page, struct place_hits *ret);
/* How many satisfy it (at most PLACES_CAP + 1 when words, a point or `open` are given). */
__attribute__((warn_unused_result)) enum err directory_count(struct db *db, const struct place_query *q, i64 *ret);

/* The place of a public id (the one of URLs and exports). NOT_FOUND when there is none. */
__attribute__((warn_unused_result)) enum err directory_place(struct db *db, str public_id, struct place *ret);

/* "14 rue des Lavoirs, 44100 Nantes" */
str place_address(const struct view *v, const struct place *p);

/* Places in the order of their ids, for exports: those after `after` (0: from the start), at most `limit`. */
struct place_list { struct place *v; size_t n; };
__attribute__((warn_unused_result)) enum err directory_page(struct db *db, const struct place_query *q, i64 after, i64 limit, struct place_list *ret);
/* The first `limit` places in the French order of their names, and how many there are. */
__attribute__((warn_unused_result)) enum err directory_by_name(struct db *db, i64 limit, struct place_list *ret, i64 *ret_total);

/* The free wifi of the city, in the order of names. */
struct wifi_spot { str name, address, commune, network; };
struct wifi_spots { struct wifi_spot *v; size_t n; };
__attribute__((warn_unused_result)) enum err directory_wifi(struct db *db, struct wifi_spots *ret);

/* A reader says that something is wrong about a place. `contact` is sealed by the vault (place_report:contact_enc), or absent.
 * In a transaction. */
struct place_report { i64 id, place_id; str what, contact; };
__attribute__((warn_unused_result)) enum err directory_report(struct db *db, const struct place_report *r);
/* Erases the contacts of the reports made before `before`, `most` of them at a time; how many went. In a transaction. */
__attribute__((warn_unused_result)) enum err directory_forget_contacts(struct db *db, i64 before, i64 most, i64 *ret_n);

#endif
