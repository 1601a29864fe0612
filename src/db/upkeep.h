/* The database as a whole: checkpoints, copies, its integrity, its schema. */
#ifndef GABARE_DB_UPKEEP_H
#define GABARE_DB_UPKEEP_H

#include "base/base.h"

struct db;

/* One bounded step of checkpointing, for the jobs process (nothing to do on PostgreSQL). */
must_use enum err db_checkpoint_step(struct db *db);
/* Everything of the WAL into the database file, which is then synced: what a server does alone, before it serves, after a
 * sync has failed. */
must_use enum err db_checkpoint_all(struct db *db);
/* What the planner knows of the tables, looked at again by samples (SQLite; PostgreSQL does it by itself).
 * For the jobs process. */
must_use enum err db_optimize(struct db *db);
/* A consistent copy while serving, to a path that must not exist (VACUUM INTO; pg_dump -Fc). */
must_use enum err db_backup_to(struct db *db, const char *url, const char *path);
/* From such a copy into a database that must not exist (SQLite) or must be empty (PostgreSQL): CONFLICT otherwise. The
 * reason of a failure is in db_error(NULL). */
must_use enum err db_restore_from(const char *url, const char *path);
/* The engine's own integrity check: OK, or INTERNAL with the first complaint in db_error(). */
must_use enum err db_integrity(struct db *db);

/* ---- migrations (migrate.c) ---- */
struct migration { int number; const char *name; const char *sql; };
extern const struct migration migrations[];      /* generated from migrations/NNNN_name.sql, ends with number 0 */
/* The schema's version in the database; 0 when empty. *ret_known is false when it is newer than this program or its
 * checksums differ. */
must_use enum err db_schema_version(struct db *db, int *ret_version, bool *ret_known);
int db_schema_wanted(void);
/* Brings the schema up to date, each file in one transaction, checksummed. */
must_use enum err db_migrate(struct db *db, bool dry_run, int *ret_applied);

#endif
