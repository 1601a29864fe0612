/* The one dialect in which migrations and statements are written, turned into each engine's. Used by the program when it
 * migrates and by tools/sqlgen.c when it checks, so that both see the same schema. */
#ifndef GABARE_DDL_H
#define GABARE_DDL_H

#include "db/db.h"

/* Keeps the lines meant for one engine: a line "-- sqlite:" or "-- pg:" begins lines for that engine alone, "-- both:" ends
 * them. The others become empty, so that line numbers stay. In the arena. */
str ddl_lines(struct arena *a, str sql, enum db_engine engine);
/* A migration's text for one engine: its lines as above; on SQLite BIGINT becomes INTEGER, DOUBLE PRECISION REAL and BYTEA
 * BLOB, and every CREATE TABLE is STRICT. Line numbers stay. In the arena. */
str ddl_text(struct arena *a, str sql, enum db_engine engine);

#endif
