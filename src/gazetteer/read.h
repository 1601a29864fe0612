/* Reading a file of the gazetteer, in a child process: what comes out of it is rows, one a commune, street or area. */
#ifndef GABARE_GAZETTEER_READ_H
#define GABARE_GAZETTEER_READ_H

#include "base/child.h"
#include "gazetteer/gazetteer.h"

struct gaz_row {
	enum gaz_said { GAZ_ROW, GAZ_REFUSED, GAZ_FAULT } said;
	i64 line;                                /* 0: unknown */
	str insee, name, commune;                /* commune: of a street */
	str postal;                              /* of a commune, separated by spaces */
	bool placed; struct point at;            /* communes and streets */
	str outline;                             /* areas */
	str reason;                              /* refused, fault */
};

struct gaz_reading { enum gazetteer_kind kind; enum gazetteer_format format; };

/* The child's work (child_fn): `arg` is a struct gaz_reading. */
enum err gaz_read(int fd, struct child_out *out, void *arg);
/* In the parent: a record. False when it is malformed. */
bool gaz_row_unpack(str record, struct gaz_row *ret);

/* ---- inside the child ---- */
must_use enum err gaz_send(struct child_out *out, struct arena *a, const struct gaz_row *row);
must_use enum err gaz_read_table(str bytes, const struct gaz_reading *r, struct child_out *out, struct arena *a);
must_use enum err gaz_read_areas(str bytes, struct child_out *out, struct arena *a, str *ret_fault);

#endif
