/* Places in the national schema: columns in its order, '|' in lists, texts and numbers as they are stored, so that what is
 * exported, imported and exported again is the same to the byte. The API and the command line share these.
 *
 * `full` adds our additions, internal notes included: never for the public. */
#ifndef GABARE_DIRECTORY_PLACE_EXPORT_H
#define GABARE_DIRECTORY_PLACE_EXPORT_H

#include "base/buf.h"
#include "directory/place.h"

/* CSV by RFC 4180: quotes where a cell holds a comma, a quote or an end of line, and nowhere else; lines end with LF. */
void place_csv_header(struct buf *out, bool full);
void place_csv_row(struct buf *out, const struct place *p, bool full);

/* {"id":…,…}: empty fields are left out, coordinates are numbers as they were written. With `full` the additions are all there,
 * even empty, so that a reading of it can take them away. */
void place_json_object(struct buf *out, const struct place *p, bool full);
/* A GeoJSON feature; its geometry is null when the place has no point. */
void place_geojson_feature(struct buf *out, const struct place *p, bool full);

#endif
