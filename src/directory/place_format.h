/* The forms that places go out in: what stands before, between and after them, and how one is written. The API writes a page of
 * places with these; the whole directory is written by place_dump.h, a page at a time. */
#ifndef GABARE_DIRECTORY_PLACE_FORMAT_H
#define GABARE_DIRECTORY_PLACE_FORMAT_H

#include "base/buf.h"
#include "html/view.h"

struct place_list;

enum place_form { AS_CSV, AS_JSON, AS_GEOJSON, AS_STRUCTURES, AS_SERVICES, PLACE_FORMS };

/* How it is written: `city` for data·inclusion, whose ids name who publishes; `full` as place_export.h says. */
struct place_voice { enum place_form form; bool full; const struct city *city; };

/* With its charset: "text/csv; charset=utf-8; header=present". Static storage. */
str place_form_type(enum place_form form);
/* What stands before the first place, and after the last. */
void place_form_begin(struct buf *out, const struct place_voice *voice);
void place_form_end(struct buf *out, const struct place_voice *voice);
/* The places that the form has room for (data·inclusion's wants a date, and a service to tell of), after *n others; raises *n. */
void place_form_put(struct buf *out, const struct place_voice *voice, const struct place_list *places, i64 *n);

#endif
