/* Files compiled into the program by tools/assetc.c. Public ones are served at a URL that holds their checksum, so that a
 * browser may keep them for ever. */
#ifndef GABARE_ASSETS_H
#define GABARE_ASSETS_H

#include "base/base.h"

struct asset {
	const char *name, *type;                 /* "gabare.css", "text/css; charset=utf-8" */
	str url;                                 /* "/a/gabare-1a2b3c4d.css" */
	str identity, br, gzip;                  /* the body; absent in an encoding that would not make it smaller */
};

/* The public ones; ends with a NULL name. Generated. */
extern const struct asset assets[];

/* The public asset served at this path, or NULL. */
const struct asset *asset_find(str path);
/* The URL of a public asset. A name that is none is a defect (abort). */
str asset_url(const char *name);
/* The member of a table that ends with a NULL name, or NULL. */
const struct asset *asset_named(const struct asset *table, str name);

#endif
