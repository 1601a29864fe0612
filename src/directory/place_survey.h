/* What a file holds, before anybody has said what its columns are: looked through in a child process, then a layout is proposed. */
#ifndef GABARE_DIRECTORY_PLACE_SURVEY_H
#define GABARE_DIRECTORY_PLACE_SURVEY_H

#include "base/buf.h"
#include "directory/place_layout.h"
#include "directory/place_read.h"

#define SURVEY_VALUES 120                        /* different cells kept of a column */
#define SURVEY_CHARACTERS 200                    /* of one */

struct survey_column { str name; i64 filled; bool more; str *v; size_t n; };     /* v: different cells, in the order they come; more: not all */
struct place_survey { struct survey_column *v; size_t n; i64 rows; };

/* Reads all of `fd`. INVALID: unreadable, *ret_fault says why; INTERNAL: the child died. In the arena. */
must_use enum err place_survey_read(int fd, enum place_format format, struct arena *a, struct place_survey *ret, str *ret_fault);

/* As bytes, to be kept; and back, in the arena, its texts in `bytes`. False: they are none. */
#define SURVEY_PACKED_MAX ((size_t)4 << 20)
void survey_pack(struct buf *b, const struct place_survey *s);
bool survey_unpack(struct arena *a, str bytes, struct place_survey *ret);

/* What each column seems to be, by its name and what it holds; "" where nothing is recognised. For columns of closed vocabularies, the
 * values that are not the schema's are listed, each with the nearest one, or "". */
struct place_layout place_layout_propose(struct arena *a, const struct place_survey *s);
/* The same of the values of one column, as what c->as says. */
void place_layout_values(struct arena *a, const struct survey_column *s, struct layout_column *c);
/* The written values of a column under `as` that neither the schema nor the layout's terms know; *ret_n of them, in the arena. */
str *place_survey_unknown(struct arena *a, const struct survey_column *s, const struct layout_column *c, size_t *ret_n);

#endif
