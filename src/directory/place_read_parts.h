/* What the two readers share; not for others. */
#ifndef GABARE_DIRECTORY_PLACE_READ_PARTS_H
#define GABARE_DIRECTORY_PLACE_READ_PARTS_H

#include "base/rows.h"
#include "directory/place_read.h"

struct place_input {
	struct rows_in in;
	struct arena *a, *row;                   /* a: for the fault and for what lasts as long as the file; row: for one row of a table */
	const struct place_sink *sink;
	str fault;
};

/* Sets the fault, gives INVALID. */
enum err place_input_fault(struct place_input *i, str fault);
enum err place_input_not_utf8(struct place_input *i, i64 line, str column);
/* The names of a table's columns: refuses a file that lacks what every place must have, tells those that are not read. */
must_use enum err place_input_header(struct place_input *i, i64 line, const str *names, size_t n);
must_use enum err place_read_table_from(struct place_input *i);
must_use enum err place_read_json_from(struct place_input *i);

#endif
