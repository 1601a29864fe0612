/* Places as data·inclusion v1 writes them: a structure for each place, and a service for each place that says what it helps
 * with. What their words become is in tables of place_inclusion.c, held to the published correspondence by a test. */
#ifndef GABARE_DIRECTORY_PLACE_INCLUSION_H
#define GABARE_DIRECTORY_PLACE_INCLUSION_H

#include "base/buf.h"
#include "directory/place.h"
#include "html/view.h"

/* True when the place has what the schema demands of everyone: a date of 2000 or later. */
bool inclusion_holds(const struct place *p);
/* True when the place has a service to tell of. */
bool inclusion_serves(const struct place *p);
/* {"source":…,"id":…,…}: unknown fields are left out. */
void inclusion_structure(struct buf *out, const struct city *city, const struct place *p);
void inclusion_service(struct buf *out, const struct city *city, const struct place *p);

/* From a word of the national schema to one of data·inclusion's; a word may have two (`also`), or none (not in the table). */
struct inclusion_word { const char *from, *to, *also; };
struct inclusion_table { enum place_field field; const char *name; const struct inclusion_word *words; };
/* Ends with words == NULL; `name` is the member it makes. */
extern const struct inclusion_table inclusion_tables[];

#endif
