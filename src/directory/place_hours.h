/* Is a text of opening hours in OpenStreetMap's form, which the schema asks for? Only its grammar is read here, not what it
 * means: "Mo-Fr 09:00-12:00,14:00-18:30; Sa[1] 08:30-12:00; PH off". */
#ifndef GABARE_DIRECTORY_PLACE_HOURS_H
#define GABARE_DIRECTORY_PLACE_HOURS_H

#include "base/arena.h"

/* True when `s` follows the grammar; *ret is then s with days and months in their usual case and hours on two digits (s
 * itself when it already is so). False: *ret_at is the offset of what could not be read. */
bool place_hours_read(struct arena *a, str s, str *ret, size_t *ret_at);

#endif
