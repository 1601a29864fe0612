/* From a row as read to a place as stored: tolerant of how people write, strict in what comes out. Every value that comes out
 * satisfies the schema; every value that could not is told, with its column, the value, the reason and what was perhaps meant.
 *
 * A missing or unusable required value refuses the row. A bad optional value is left out and told; the place is taken. What is
 * merely doubtful is taken and told. */
#ifndef GABARE_DIRECTORY_PLACE_CLEAN_H
#define GABARE_DIRECTORY_PLACE_CLEAN_H

#include "base/timex.h"
#include "directory/place.h"

/* A column's name as in the file, and the cell; `as`: which column of ours it is, when its name does not tell (place_layout.h). */
struct place_pair { str name, value, as; };
struct file_row {
	i64 line;                                /* of the record's first line, from 1 */
	struct place_pair *v; size_t n;
	const char *broken;                      /* why the record could not be read as cells (too few, too many), or NULL */
	bool columns_vary;                       /* JSON: a column that is absent is an empty one */
	bool laid_out;                           /* read by a layout: what the file never had is not missed */
};

enum told { TOLD_REFUSED, TOLD_LEFT_OUT, TOLD_DOUBT };
struct place_told { enum told kind; str column, value, reason, proposal; };
#define PLACE_TOLD_MAX 100                       /* a row; the last one then says that there were more */

struct place_cleaned {
	struct place place;                      /* f absent: the file has no such column; empty: it has, and no value */
	bool refused;
	struct place_told *told; size_t n_told;
};

/* Everything in the arena. The row's texts must be valid UTF-8. */
void place_clean(struct arena *a, const struct file_row *row, struct date today, struct place_cleaned *ret);
/* Whether a column of this name is read (exactly, or by an older name): "courriel", "conditions_acces"… Columns that are
 * known and have no place in the model ("cle_ban") are not. */
bool place_column_known(struct arena *a, str name);
/* The schema's own columns that every file must have, and that `names` does not: joined by ", "; empty when all are there. */
str place_columns_missing(struct arena *a, const str *names, size_t n);

/* Whether the schema wants this field of every place. */
bool place_field_required(enum place_field f);
/* Does every field satisfy the schema, as it must to be stored? *ret_bad is the first that does not. */
bool place_holds(struct arena *a, const struct place *p, struct date today, enum place_field *ret_bad);

#endif
