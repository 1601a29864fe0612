/* The audit log: who did what, in the transaction that does it. Append-only by trigger; sealed each second by the jobs process
 * into a chain of hashes (audit_seal), so that a row or a seal that was changed, cut out or slipped in is found and named. It
 * holds pseudonymous ids and words of ours, never a name. Rows are kept a year, their seals for ever. */
#ifndef GABARE_AUDIT_H
#define GABARE_AUDIT_H

#include "db/db.h"

#define AUDIT_DETAIL_MAX 200
#define AUDIT_HASH 32
#define AUDIT_KEEP_MS ((i64)365 * 24 * 3600 * 1000)

struct audit {
	i64 user_id, organisation_id;            /* 0: none */
	const char *action;                      /* "account.invite": lower-case letters, digits, dots, underscores, hyphens */
	const char *object;                      /* "user"; "" when nothing in particular */
	i64 object_id;                           /* 0: none */
	str detail;                              /* the same signs, and = , : + / space: what could be a name aborts by its capital */
};
/* One line of the log, in the caller's transaction. */
must_use enum err audit_write(struct db *db, const struct audit *a);
/* The same line of each of several objects (a->object_id is not looked at), in two statements however many. */
must_use enum err audit_write_each(struct db *db, const struct audit *a, const i64 *object_ids, size_t n);

/* Seals what is not yet, in order of id, at most `most` rows, in a transaction of its own; *ret_n rows were. For the jobs process. */
must_use enum err audit_seal_some(struct db *db, i64 most, i64 *ret_n);
/* Seals all that is not yet: before an export. */
must_use enum err audit_seal_all(struct db *db);
/* Forgets the rows written before `before` (ms), at most `most`, keeping their seals. In a transaction. */
must_use enum err audit_forget(struct db *db, i64 before, i64 most, i64 *ret_n);

enum audit_fault {
	AUDIT_SOUND = 0,
	AUDIT_ROW_CHANGED, AUDIT_ROW_MISSING, AUDIT_ROW_UNSEALED,      /* of row .id */
	AUDIT_SEAL_CHANGED, AUDIT_SEAL_MISSING,                        /* at .position */
	AUDIT_CUT,                                                     /* the chain ends before or after its head */
	AUDIT_FORGOTTEN_EARLY,                                         /* rows younger than a year were let go */
	AUDIT_HEAD_LOST,                                               /* the head noted earlier is not in the chain */
};

struct audit_report {
	i64 rows, sealed, pending, forgotten;    /* rows read; seals read; not sealed yet; sealed and forgotten since */
	i64 position;                            /* of the chain's end */
	u8 hash[AUDIT_HASH];                     /* at its end */
	enum audit_fault fault;                  /* the first */
	i64 id, fault_position;                  /* of the bad row (0: none), and where in the chain (0: nowhere) */
};
/* A head that was noted apart (`gabare audit` prints it): the chain must still hold it. */
struct audit_noted { i64 position; u8 hash[AUDIT_HASH]; };

/* Computes the whole chain again, reading only. `noted` may be NULL. OK also when the log is not sound: see ret->fault. */
must_use enum err audit_verify(struct db *db, const struct audit_noted *noted, struct audit_report *ret);
/* "row changed"… in English. Static storage. */
const char *audit_fault_name(enum audit_fault f);

#endif
