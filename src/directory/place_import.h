/* Taking a file of places in, whole or not at all: rows are staged in the next epoch in short transactions, then one makes them
 * all current. What the source has not changed since its last reading stays as the city has it; what it no longer has is marked
 * as vanished, never deleted. */
#ifndef GABARE_DIRECTORY_PLACE_IMPORT_H
#define GABARE_DIRECTORY_PLACE_IMPORT_H

#include "db/db.h"
#include "directory/place_layout.h"
#include "directory/place_read.h"

/* What an import would make of one place: `now` is absent of a new one, `next` of one that its source no longer has. Both in memory that
 * serves again once told. */
struct place_foreseen { const struct place *now, *next; };

struct place_import_options {
	int fd;                                  /* the file, from where it is */
	enum place_format format;
	const struct place_layout *layout;       /* how its columns are read; NULL: they are the national ones */
	struct date day;                         /* with a layout: of the records that have no date; today unless set */
	str source;                              /* what matching and "vanished" go by */
	str file_name;
	const char *url;                         /* the database's, for the lock between imports */
	bool dry_run;                            /* read and compare everything, store nothing */
	/* Each thing told: lines of the rejects file. Anything but OK stops the import. May be NULL. */
	enum err (*reject)(void *arg, i64 line, str id, const struct place_told *told);
	/* Of a dry run: each place that would be new, change or vanish. Anything but OK stops it. May be NULL. */
	enum err (*foresee)(void *arg, const struct place_foreseen *f);
	/* Called now and then; false stops the import, which leaves nothing. May be NULL. */
	bool (*progress)(void *arg, i64 rows, i64 bytes);
	void *arg;
};

struct place_import_report {
	i64 import_id;                           /* of the run */
	i64 read, added, changed, unchanged, rejected, vanished;    /* rows */
	i64 left_out, doubts;                    /* values */
	str fault;                               /* why nothing was taken, in French; in the arena */
	bool stopped;                            /* progress said so */
};

/* OK: done, the report says what. INVALID: unreadable file. BUSY: another import runs. INTERNAL: the database or the child.
 * In all but the first the directory is as it was, and `fault` says why. A file of which no row could be taken changes nothing
 * either (read == rejected, OK). */
must_use enum err place_import(struct db *db, const struct place_import_options *o, struct arena *a, struct place_import_report *ret);

/* Takes away what a killed import has left, unless one is running. Nobody sees those rows; this gives their room back. For the
 * jobs process. */
must_use enum err place_import_cleanup(struct db *db, const char *url, struct arena *a);

#endif
