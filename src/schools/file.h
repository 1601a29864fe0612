/* What a file says of schools, as the child that reads it tells its parent. */
#ifndef GABARE_SCHOOLS_FILE_H
#define GABARE_SCHOOLS_FILE_H

#include "geo/geo.h"
#include "schools/schools.h"

enum school_said { SAID_SCHOOL, SAID_POINT, SAID_REP, SAID_NAME, SAID_OTHER /* not of the first degree */ };

/* A line of the file, or what is wrong with it (reason), or with the file (fault; nothing follows). */
struct school_line {
	i64 line;
	enum school_said said;
	str uai, name, kind, sector, address, postal_code, commune, insee, state, rep, year, reason, fault;
	bool placed; struct point at;
	i64 ips, pupils;                         /* 0: not said */
};

/* The child's work (child_fn). No argument. */
enum err school_read(int fd, struct child_out *out, void *arg);
/* The district and the priority area of today in which its point lies. */
must_use enum err school_put_in_areas(struct db *db, struct school *s);
/* In the parent: a record. False when it is malformed. */
bool school_line_unpack(str record, struct school_line *ret);

#endif
