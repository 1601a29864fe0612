/* A file of places read in a child process that has no database, no network and no other file: it reads, cleans, and sends rows
 * that this side unpacks with suspicion. */
#ifndef GABARE_DIRECTORY_PLACE_PARSE_H
#define GABARE_DIRECTORY_PLACE_PARSE_H

#include "base/child.h"
#include "directory/place_layout.h"
#include "directory/place_read.h"

/* What comes out of the child, one at a time. */
struct place_parsed {
	enum { PARSED_ROW, PARSED_NOTE, PARSED_FAULT } kind;
	i64 line, offset;                        /* offset: bytes of the file read so far */
	struct place_cleaned row;                /* of a row */
	str column, text;                        /* of a note: the column and why; of a fault: why the file is unreadable */
};

struct place_parse;

/* How: `layout` NULL: the file has the national columns. `day`: of the records, where the file says none; today unless set. */
struct place_parse_options { enum place_format format; struct date today, day; const struct place_layout *layout; };

/* Starts reading `fd`, from where it is; the layout must last until the end. BUSY: no process to be had. */
must_use enum err place_parse_start(int fd, struct place_parse_options o, struct arena *a, struct place_parse **ret);
/* The next thing, in the arena. NOT_FOUND at the end; INTERNAL when the child died. */
must_use enum err place_parse_next(struct place_parse *p, struct arena *a, struct place_parsed *ret);
/* Ends the child, read to the end or not. */
void place_parse_end(struct place_parse *p);

#endif
