/* Reading a file of places row by row, in constant memory: CSV (comma, semicolon or tab, quoted newlines, CRLF, BOM), a JSON array of
 * objects or an object that holds one (GeoJSON), in UTF-8, UTF-16 or Windows-1252; a sheet of an XLSX workbook (xlsx.h). Objects in
 * objects give columns "a.b". What cannot be read at all stops the reading with a message in French that names the line. */
#ifndef GABARE_DIRECTORY_PLACE_READ_H
#define GABARE_DIRECTORY_PLACE_READ_H

#include <stdio.h>

#include "directory/place_clean.h"

enum place_format { PLACE_GUESS, PLACE_CSV, PLACE_JSON };

#define PLACE_RECORD_MAX ((size_t)256 << 10)     /* bytes of one record */
#define PLACE_COLUMNS_MAX 300

struct place_sink {
	/* One row; its texts live until the function returns. Anything but OK stops the reading and is returned. */
	enum err (*row)(void *arg, const struct file_row *row);
	/* Something about the file as a whole: a column that is not read, or appears twice. */
	enum err (*note)(void *arg, i64 line, str column, const char *reason);
	void *arg;
	bool any_columns;                        /* columns are not looked at: the caller knows what each is */
};

/* The format that a name's end tells, else PLACE_GUESS. */
enum place_format place_format_of(str file_name);
/* Reads all of `in`. INVALID: unreadable, *ret_fault says why (in the arena). */
must_use enum err place_read(FILE *in, enum place_format format, const struct place_sink *sink, struct arena *a, str *ret_fault);
/* The same over bytes in memory. */
must_use enum err place_read_csv(str bytes, const struct place_sink *sink, struct arena *a, str *ret_fault);
must_use enum err place_read_json(str bytes, const struct place_sink *sink, struct arena *a, str *ret_fault);

#endif
