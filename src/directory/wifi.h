/* Free public wifi: reading the city's file, storing it, and what pages and the API show. */
#ifndef GABARE_DIRECTORY_WIFI_H
#define GABARE_DIRECTORY_WIFI_H

#include "base/child.h"
#include "geo/geo.h"

struct db;
struct req;

#define WIFI_MAX 5000                            /* sites of a city */

/* ---- reading, in a child process ---- */

/* A site of the file, or what is wrong with one (reason), or with the file (fault; nothing follows). */
struct wifi_row {
	i64 line;                                /* of a table; the rank of a feature */
	str code, name, address, commune, network, hours;
	bool placed; struct point at;
	str reason, fault;
};

/* The child's work (child_fn): CSV with ';', ',' or tabs, or GeoJSON, told by the first byte. No argument. */
enum err wifi_read(int fd, struct child_out *out, void *arg);
/* In the parent: a record. False when it is malformed. */
bool wifi_row_unpack(str record, struct wifi_row *ret);

/* ---- import ---- */

struct wifi_import {
	int fd;
	bool dry_run;
	void (*reject)(void *arg, i64 line, str what, str reason);   /* may be NULL */
	void *arg;
};
struct wifi_report {
	i64 read, added, changed, unchanged, rejected, ended;
	str fault;                               /* why nothing was taken, in French; in the arena */
};

/* The file is the whole: what it has not, or no longer, ends; what comes back opens again. The same file twice changes nothing.
 * INVALID: the file cannot be read, or has no site at all; nothing was changed. */
must_use enum err wifi_import(struct db *db, const struct wifi_import *o, struct arena *a, struct wifi_report *ret);

/* ---- pages (wifi_page.c, wifi_api.c) ---- */
enum err wifi_page(struct req *req);
enum err wifi_csv(struct req *req);
enum err wifi_geojson(struct req *req);

#endif
